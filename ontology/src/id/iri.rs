//! Absolute IRIs in their normal form.
//!
//! The form is that of [RFC 3986, section 6.2](https://www.rfc-editor.org/rfc/rfc3986#section-6.2), syntax and scheme, after mapping
//! the IRI to a URI: scheme and host in lower case, host in punycode, no default port, no dot segments, percent-encoding
//! only where it is needed. It changes nothing that could name another thing: `http` stays `http`, a trailing slash, a
//! query and a fragment stay, and no character is replaced by a similar one.

use crate::id::{host, percent};

/// Brings an absolute IRI into its normal form; `None` where the text is no absolute IRI.
pub(crate) fn normalized(text: &str) -> Option<String> {
    let joined: String = text.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let (scheme, rest) = scheme(&joined)?;
    if is_web(&scheme) {
        return web(&scheme, rest);
    }
    let is_spoken = rest.chars().any(|c| c.is_whitespace() || c.is_control());
    if rest.is_empty() || is_spoken {
        return None;
    }
    if scheme == "urn" {
        return urn(rest);
    }
    Some(format!("{scheme}:{}", generic(&scheme, rest)?))
}

/// Whether the scheme is one whose IRIs have a host and are fetched: `http` and `https`.
pub(crate) fn is_web(scheme: &str) -> bool {
    matches!(scheme, "http" | "https")
}

/// Splits a [scheme](https://www.rfc-editor.org/rfc/rfc3986#section-3.1), in lower case, off what follows its colon.
///
/// A scheme of one letter is taken for the drive of a path and refused.
pub(crate) fn scheme(text: &str) -> Option<(String, &str)> {
    let (name, rest) = text.split_once(':')?;
    let is_scheme = name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| (name.to_ascii_lowercase(), rest))
}

/// A web address: any number of slashes or backslashes before the host, as browsers read it.
fn web(scheme: &str, rest: &str) -> Option<String> {
    let (hierarchy, tail) = split_before(rest, &['?', '#']);
    let slashed = hierarchy.replace('\\', "/");
    let address = slashed.trim_start_matches('/');
    if address.len() == slashed.len() {
        return None;
    }
    let (authority, path) = split_before(address, &['/']);
    let authority = normal_authority(scheme, authority)?;
    Some(format!("{scheme}://{authority}{}{}", normal_path(path, true), normal_tail(tail)))
}

/// A URN: its namespace is compared without case, what follows is not
/// ([RFC 8141](https://www.rfc-editor.org/rfc/rfc8141#section-3.1)).
fn urn(rest: &str) -> Option<String> {
    let (namespace, specific) = rest.split_once(':')?;
    let namespace = namespace.to_ascii_lowercase();
    let is_namespace = !namespace.is_empty()
        && namespace.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !specific.is_empty();
    let (name, tail) = split_before(specific, &['?', '#']);
    is_namespace.then(|| {
        let name = percent::normalized(name, is_path_or_slash);
        format!("urn:{namespace}:{name}{}", normal_tail(tail))
    })
}

/// Everything behind the colon of another scheme.
fn generic(scheme: &str, rest: &str) -> Option<String> {
    let (hierarchy, tail) = split_before(rest, &['?', '#']);
    let tail = normal_tail(tail);
    let Some(address) = hierarchy.strip_prefix("//") else {
        return Some(format!("{}{tail}", normal_path(hierarchy, false)));
    };
    let (authority, path) = split_before(address, &['/']);
    let authority =
        if authority.is_empty() { String::new() } else { normal_authority(scheme, authority)? };
    Some(format!("//{authority}{}{tail}", normal_path(path, true)))
}

/// User information, host and port.
fn normal_authority(scheme: &str, authority: &str) -> Option<String> {
    let (user, place) = match authority.rsplit_once('@') {
        Some((user, place)) => (Some(user), place),
        None => (None, authority),
    };
    let (host, port) = split_port(place);
    let mut normal = String::new();
    if let Some(user) = user {
        normal.push_str(&percent::normalized(user, |byte| {
            byte != b'@' && percent::is_path_character(byte)
        }));
        normal.push('@');
    }
    normal.push_str(&host::normalized(host)?);
    let port = port.trim_start_matches('0');
    let is_number = port.len() <= 5 && port.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return None;
    }
    if !port.is_empty() && default_port(scheme) != Some(port) {
        normal.push(':');
        normal.push_str(port);
    }
    Some(normal)
}

/// Splits the port off a host; the colons inside the brackets of an IPv6 address are none of its business.
pub(crate) fn split_port(place: &str) -> (&str, &str) {
    match place.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (place, ""),
    }
}

fn default_port(scheme: &str) -> Option<&'static str> {
    match scheme {
        "http" | "ws" => Some("80"),
        "https" | "wss" => Some("443"),
        "ftp" => Some("21"),
        _ => None,
    }
}

fn normal_path(path: &str, has_authority: bool) -> String {
    let normal = percent::normalized(path, is_path_or_slash);
    if has_authority && normal.is_empty() {
        return "/".to_owned();
    }
    if !normal.starts_with('/') {
        return normal;
    }
    let undotted = without_dot_segments(&normal);
    // Without an authority, a path that begins with two slashes would be read as one.
    if !has_authority && undotted.starts_with("//") { format!("/.{undotted}") } else { undotted }
}

/// [Removes dot segments](https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4) from a path that begins with a slash.
fn without_dot_segments(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut ends_in_directory = false;
    for segment in path.split('/').skip(1) {
        ends_in_directory = matches!(segment, "." | "..");
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    if ends_in_directory {
        kept.push("");
    }
    format!("/{}", kept.join("/"))
}

/// Query and fragment, with the characters that introduce them.
fn normal_tail(tail: &str) -> String {
    let (query, fragment) = split_before(tail, &['#']);
    let mut normal = String::new();
    if let Some(query) = query.strip_prefix('?') {
        normal.push('?');
        normal.push_str(&percent::normalized(query, is_query_character));
    }
    if let Some(fragment) = fragment.strip_prefix('#') {
        normal.push('#');
        normal.push_str(&percent::normalized(fragment, is_query_character));
    }
    normal
}

fn is_path_or_slash(byte: u8) -> bool {
    percent::is_path_character(byte) || byte == b'/'
}

fn is_query_character(byte: u8) -> bool {
    is_path_or_slash(byte) || byte == b'?'
}

/// Splits before the first of `marks`; the second part begins with the mark or is empty.
pub(crate) fn split_before<'a>(text: &'a str, marks: &[char]) -> (&'a str, &'a str) {
    let at = text.find(marks).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(normalized(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn equivalent_iris_have_one_normal_form() {
        for (text, expected) in [
            ("HTTP://Example.ORG:80", "http://example.org/"),
            ("https://example.org:0443/a/./b/../c/", "https://example.org/a/c/"),
            ("https://example.org/a/..", "https://example.org/"),
            ("https://example.org/%7euser/%2fx", "https://example.org/~user/%2Fx"),
            ("https://bücher.example/é?ö#ü", "https://xn--bcher-kva.example/%C3%A9?%C3%B6#%C3%BC"),
            ("https:/example.org/a b", "https://example.org/a%20b"),
            ("https:\\\\example.org\\a", "https://example.org/a"),
            ("https://example.org./", "https://example.org/"),
            ("https://me@example.org:8443/", "https://me@example.org:8443/"),
            ("https://[::1]:3000/x", "https://[::1]:3000/x"),
            ("  https://example.org/a\n/b ", "https://example.org/a/b"),
            ("URN:Example:A%2fb", "urn:example:A%2Fb"),
            (
                "urn:uuid:0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B",
                "urn:uuid:0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B",
            ),
            ("DID:web:Example.org", "did:web:Example.org"),
            ("foo:/.//bar", "foo:/.//bar"),
            ("ftp://example.org:21/x", "ftp://example.org/x"),
            ("file:///a/../b", "file:///b"),
            ("http://example.org/?", "http://example.org/?"),
            ("http://example.org/#", "http://example.org/#"),
        ] {
            check(text, Some(expected));
            check(expected, Some(expected));
        }
    }

    #[test]
    fn what_is_no_absolute_iri_has_none() {
        for text in [
            "",
            "example.org/a",
            "/uri/x",
            "https://",
            "https:example.org",
            "urn:x",
            "urn:",
            "c:/a",
            "note: text",
            "https://a b/",
            "https://example.org:port/",
            "1a:b",
            "ｈttps://example.org/",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn what_could_be_another_thing_stays_apart() {
        for (one, other) in [
            ("http://example.org/a", "https://example.org/a"),
            ("https://example.org/a", "https://example.org/a/"),
            ("https://example.org/a", "https://example.org/A"),
            ("https://example.org/a", "https://example.org/a#b"),
            ("https://example.org/a", "https://www.example.org/a"),
            ("https://example.org/e\u{301}", "https://example.org/é"),
            ("https://example.org/%2F", "https://example.org//"),
        ] {
            assert_ne!(normalized(one), normalized(other));
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_is_its_own_normal_form(text in "(https?|urn|foo):/{0,3}[ -~é]{0,40}") {
            if let Some(once) = normalized(&text) {
                assert_eq!(normalized(&once).as_deref(), Some(once.as_str()));
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in any::<String>()) {
            let _normal = normalized(&text);
        }
    }
}
