//! The content of a `data:` URL, [RFC 2397](https://www.rfc-editor.org/rfc/rfc2397).
//!
//! An [enveloped credential](https://www.w3.org/TR/vc-data-model-2.0/#enveloped-verifiable-credentials) is one: the token
//! stands behind `data:application/vc+jwt,`.

use crate::ler::container::base64url;

/// The text behind a `data:` URL, whatever media type it names.
pub(super) fn text(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once(':')?;
    let (head, content) = rest.split_once(',')?;
    if !scheme.eq_ignore_ascii_case("data") {
        return None;
    }
    let content = percent_decoded(content)?;
    let is_base64 =
        head.rsplit(';').next().is_some_and(|last| last.trim().eq_ignore_ascii_case("base64"));
    let bytes =
        if is_base64 { base64url::decode_either(str::from_utf8(&content).ok()?)? } else { content };
    String::from_utf8(bytes).ok()
}

/// Replaces `%7B` by the byte it stands for; `None` if a percent sign stands for nothing.
fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            decoded.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
        } else {
            decoded.push(byte);
        }
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_comes_out() {
        let cases = [
            ("data:application/vc+jwt,eyJ.a.b", Some("eyJ.a.b")),
            ("DATA:application/vc+ld+json;BASE64,eyJhIjoxfQ==", Some("{\"a\":1}")),
            ("data:application/vc+ld+json;charset=utf-8,%7B%22a%22:1%7d", Some("{\"a\":1}")),
            ("data:;base64,eyJhIjoxfQ%3D%3D", Some("{\"a\":1}")),
            ("data:,a,b", Some("a,b")),
            ("data:application/vc+jwt", None),
            ("https://a.example/,x", None),
            ("data:,%", None),
            ("data:,%4", None),
            ("data:,%ff", None),
            ("data:;base64,!", None),
        ];
        for (url, expected) in cases {
            assert_eq!(text(url).as_deref(), expected, "{url}");
        }
    }
}
