//! The host of an IRI in its normal form.

use url::Host;

/// Brings a host into the form under which it is compared: lower-case, punycode, no trailing dot; `None` where it is no host.
pub(crate) fn normalized(text: &str) -> Option<String> {
    let undotted = text.trim_end_matches('.');
    let host = Host::parse(undotted).ok()?.to_string();
    // IDNA maps other full stops to the plain one, so that a trailing dot can appear here for the first time.
    let undotted = host.trim_end_matches('.');
    (!undotted.is_empty()).then(|| undotted.to_owned())
}

/// The host without the `www.` that many sites answer with and without.
pub(crate) fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_compared_in_punycode_and_lower_case() {
        for (text, expected) in [
            ("EXAMPLE.org", Some("example.org")),
            ("example.org.", Some("example.org")),
            ("bücher.example", Some("xn--bcher-kva.example")),
            ("xn--bcher-kva.example", Some("xn--bcher-kva.example")),
            ("[::1]", Some("[::1]")),
            ("127.0.0.1", Some("127.0.0.1")),
            ("a b.example", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(normalized(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_homograph_is_another_host() {
        assert_ne!(
            normalized("credentialengineregiѕtry.org"),
            normalized("credentialengineregistry.org")
        );
    }
}
