//! A web address taken apart, with or without its scheme and host.

use crate::id::{host, iri, percent};

/// The parts of a web address that tell which form of identifier it is; every part is percent-decoded.
///
/// It is read with more goodwill than an IRI: the scheme may be missing, and so may the host.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(crate) struct WebAddress {
    /// The host in its normal form.
    pub host: Option<String>,
    /// The whole path.
    pub path: String,
    /// The segments of the path that are not empty.
    pub segments: Vec<String>,
    /// The query without its question mark, still encoded.
    pub query: String,
    /// The fragment without its number sign.
    pub fragment: String,
}

impl WebAddress {
    /// Reads an address; `None` where the text has not the form of one.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (hierarchy, tail) = iri::split_before(text, &['?', '#']);
        let hierarchy = hierarchy.replace('\\', "/");
        let (authority, path) = authority_and_path(&hierarchy)?;
        let (query, fragment) = iri::split_before(tail, &['#']);
        let place = authority.map(|authority| authority.rsplit('@').next().unwrap_or(authority));
        Some(Self {
            host: place.and_then(|place| host::normalized(iri::split_port(place).0)),
            path: percent::fully_decoded(path),
            segments: segments(path),
            query: query.trim_start_matches('?').to_owned(),
            fragment: percent::fully_decoded(fragment.trim_start_matches('#')),
        })
    }

    /// The host, without `www.`.
    pub(crate) fn site(&self) -> &str {
        host::without_www(self.host.as_deref().unwrap_or_default())
    }

    /// The same address with its path cut anew after decoding, where that makes a difference.
    pub(crate) fn recut(&self) -> Option<Self> {
        let segments: Vec<String> =
            self.path.split('/').filter(|segment| !segment.is_empty()).map(str::to_owned).collect();
        (segments != self.segments).then(|| Self { segments, ..self.clone() })
    }

    /// The decoded values of the query.
    pub(crate) fn query_values(&self) -> impl Iterator<Item = String> + '_ {
        self.query.split(['&', ';']).map(|pair| {
            percent::fully_decoded(pair.split_once('=').map_or(pair, |(_, value)| value))
        })
    }
}

fn segments(path: &str) -> Vec<String> {
    path.split('/').filter(|segment| !segment.is_empty()).map(percent::fully_decoded).collect()
}

/// Splits the authority, where there is one, from the path.
fn authority_and_path(text: &str) -> Option<(Option<&str>, &str)> {
    let absolute = |rest: &'_ str| !rest.is_empty();
    if let Some((scheme, _)) = iri::scheme(text)
        && iri::is_web(&scheme)
    {
        let rest = text.split_once(':').map(|(_, rest)| rest)?;
        let address = rest.trim_start_matches('/');
        let (authority, path) = iri::split_before(address, &['/']);
        return (address.len() < rest.len() && absolute(authority))
            .then_some((Some(authority), path));
    }
    if text.contains(char::is_whitespace) {
        return None;
    }
    if let Some(address) = text.strip_prefix("//") {
        let (authority, path) = iri::split_before(address, &['/']);
        return Some((Some(authority), path));
    }
    let (first, path) = iri::split_before(text, &['/']);
    if path.is_empty() {
        return None;
    }
    if is_bare_authority(first) {
        return Some((Some(first), path));
    }
    let is_relative = !first.contains(':');
    is_relative.then_some((None, text))
}

/// Whether the text before the first slash is a host that lost its scheme: `example.org`, `localhost:3000`.
fn is_bare_authority(text: &str) -> bool {
    let (name, port) = iri::split_port(text);
    let has_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let top = name.rsplit('.').next().unwrap_or_default();
    let is_domain = name.contains('.') && top.len() > 1 && top.chars().all(char::is_alphabetic);
    !name.is_empty() && (has_port || (is_domain && port.is_empty() && !text.contains(':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, host: Option<&str>, segments: &[&str]) {
        let address = WebAddress::parse(text).unwrap();
        assert_eq!(
            (address.host.as_deref(), address.segments),
            (host, segments.iter().map(|&s| s.to_owned()).collect()),
            "{text}"
        );
    }

    #[test]
    fn an_address_is_read_with_goodwill() {
        check("https://Example.org:443/a//b%20c/?d#e", Some("example.org"), &["a", "b c"]);
        check("https:/example.org/a", Some("example.org"), &["a"]);
        check("https:\\\\example.org\\a", Some("example.org"), &["a"]);
        check("https://user@evil.example/a", Some("evil.example"), &["a"]);
        check("//example.org/a", Some("example.org"), &["a"]);
        check("example.org/a", Some("example.org"), &["a"]);
        check("localhost:3000/a", Some("localhost"), &["a"]);
        check("/a/b", None, &["a", "b"]);
        check("a/b", None, &["a", "b"]);
    }

    #[test]
    fn other_texts_are_no_address() {
        for text in ["", "a", "urn:a:b/c", "did:web:a/b", "a / b", "https:"] {
            assert_eq!(WebAddress::parse(text), None, "{text}");
        }
    }
}
