//! What one string is, when a credential is written as one.

use crate::ler::format::UnreadFormat;

/// The format of a credential that is written as one string, if the string is one.
pub(crate) fn text_format(text: &str) -> Option<UnreadFormat> {
    let text = text.trim();
    if text.starts_with("VP1-") {
        return Some(UnreadFormat::Vpqr);
    }
    if (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
    {
        return Some(UnreadFormat::Address);
    }
    let (token, is_selective) = match text.split_once('~') {
        Some((token, _)) => (token, true),
        None => (text, false),
    };
    match (segments(token), is_selective) {
        (3, true) => Some(UnreadFormat::SdJwt),
        (3, false) => Some(UnreadFormat::CompactJws),
        (4.., false) => Some(UnreadFormat::Jwe),
        _ => None,
    }
}

/// How many segments a compact token has; 0 if the text is none.
fn segments(text: &str) -> usize {
    // Every protected header is an object: `{"`, or `{` and white space, in base64url.
    let has_header =
        ["eyJ", "eyA", "ewo", "ew0", "ewk"].iter().any(|start| text.starts_with(start));
    let is_token = has_header
        && text.bytes().all(|byte| {
            byte.is_ascii_alphanumeric()
                || byte.is_ascii_whitespace()
                || matches!(byte, b'-' | b'_' | b'.' | b'=')
        });
    if is_token { text.split('.').count() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_is_known_by_its_form() {
        let cases = [
            ("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln", Some(UnreadFormat::CompactJws)),
            (" eyJhbGciOiJFUzI1NiJ9.\neyJhIjoxfQ==.c2ln\n", Some(UnreadFormat::CompactJws)),
            ("eyJhbGciOiJub25lIn0.eyJhIjoxfQ.", Some(UnreadFormat::CompactJws)),
            ("ewogImFsZyI6MX0.eyJhIjoxfQ.c2ln", Some(UnreadFormat::CompactJws)),
            ("eyJhbGciOiJkaXIifQ.a.b.c.d", Some(UnreadFormat::Jwe)),
            ("eyJhbGciOiJkaXIifQ.a.b.c", Some(UnreadFormat::Jwe)),
            ("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln~WyJzYWx0Il0~", Some(UnreadFormat::SdJwt)),
            ("VP1-B3ECQDAV", Some(UnreadFormat::Vpqr)),
            ("https://issuer.example/assertions/1", Some(UnreadFormat::Address)),
            ("https://issuer.example/ 1", None),
            ("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ", None),
            ("a.b.c", None),
            ("eyJh+/.b.c", None),
            ("", None),
            ("~", None),
        ];
        for (text, expected) in cases {
            assert_eq!(text_format(text), expected, "{text}");
        }
    }
}
