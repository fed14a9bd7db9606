//! Which container a document is, and what is in it.

use serde_json::Value;

use crate::ler::carrier::Carrier;
use crate::ler::container::error::{ContainerError, Limit};
use crate::ler::container::json::{self, DEEPEST_NESTING};
use crate::ler::container::token::text_format;
use crate::ler::container::unfold::{token, unfold};
use crate::ler::container::{json_jws, png, svg};
use crate::ler::format::UnreadFormat;

/// The longest text that is read, in bytes.
pub(super) const LONGEST_TEXT: usize = 2 * 1024 * 1024;
/// The largest picture that is read, in bytes.
const LARGEST_PICTURE: usize = 16 * 1024 * 1024;
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What other files begin with, and what they are.
const OTHER_FILES: &[(&[u8], &str)] = &[
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file, such as a WebP picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\xff\xfe", "a text in UTF-16"),
    (b"\xfe\xff", "a text in UTF-16"),
];

/// The JSON of a document.
///
/// Every string in which a credential is signed or enveloped, and that could be opened, is replaced by what it holds, so that
/// whoever reads on sees one tree.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Opened {
    /// What the credentials were carried in: the outermost container.
    pub carrier: Carrier,
    /// The tree.
    pub value: Value,
}

/// Opens a document, or says what else it is. Its name and extension do not matter.
pub(crate) fn open(bytes: &[u8]) -> Result<Opened, ContainerError> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let is_markup = text.trim_ascii_start().starts_with(b"<");
    if bytes.starts_with(png::SIGNATURE) || is_markup {
        check_length(bytes, LARGEST_PICTURE, Limit::Picture)?;
        let (carrier, baked) = if is_markup {
            (Carrier::Svg, svg::baked(text)?.into_bytes())
        } else {
            (Carrier::Png, png::baked(bytes)?)
        };
        check_length(&baked, LONGEST_TEXT, Limit::Baked)?;
        return open_text(&baked).map(|opened| Opened { carrier, ..opened });
    }
    if bytes.starts_with(b"\x1f\x8b") {
        return Err(ContainerError::Compressed);
    }
    if let Some((_, found)) = OTHER_FILES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(ContainerError::UnknownContainer { found });
    }
    check_length(bytes, LONGEST_TEXT, Limit::Document)?;
    open_text(bytes)
}

fn check_length(bytes: &[u8], longest: usize, limit: Limit) -> Result<(), ContainerError> {
    if bytes.len() > longest { Err(ContainerError::TooLarge { limit }) } else { Ok(()) }
}

/// Opens a text: a token, or JSON.
fn open_text(bytes: &[u8]) -> Result<Opened, ContainerError> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    if text.trim_ascii().is_empty() {
        return Err(ContainerError::UnknownContainer { found: "an empty document" });
    }
    let line = str::from_utf8(text).ok().map(open_line).transpose()?;
    let mut opened = match line.flatten() {
        Some(opened) => opened,
        None => open_json(text)?,
    };
    open_object(&mut opened)?;
    unfold(&mut opened.value)?;
    Ok(opened)
}

fn open_json(text: &[u8]) -> Result<Opened, ContainerError> {
    let value = json::parse(text, DEEPEST_NESTING)?;
    let line = value.as_str().map(open_line).transpose()?;
    Ok(line.flatten().unwrap_or(Opened { carrier: Carrier::Json, value }))
}

/// Opens a document that is as a whole a JWS in JSON.
fn open_object(opened: &mut Opened) -> Result<(), ContainerError> {
    match &mut opened.value {
        Value::Object(object) if json_jws::is_one(object) => {
            let payload = json_jws::payload(object, DEEPEST_NESTING - 1)?;
            object.insert("payload".to_owned(), Value::Object(payload));
            if opened.carrier == Carrier::Json {
                opened.carrier = Carrier::JsonJws;
            }
            Ok(())
        }
        Value::Object(object) if json_jws::is_encrypted(object) => Err(ContainerError::Encrypted),
        _ => Ok(()),
    }
}

/// Opens a credential that is written as one string; `None` if a text is no such string.
fn open_line(text: &str) -> Result<Option<Opened>, ContainerError> {
    let carrier = match text_format(text) {
        Some(UnreadFormat::Address) => return Err(ContainerError::HostedUrl),
        Some(UnreadFormat::Vpqr) => return Err(ContainerError::Vpqr),
        Some(UnreadFormat::Jwe) => return Err(ContainerError::Encrypted),
        Some(UnreadFormat::SdJwt) => Carrier::SdJwt,
        _ => Carrier::Jws,
    };
    let payload = token(text, DEEPEST_NESTING)?;
    Ok(payload.map(|payload| Opened { carrier, value: Value::Object(payload) }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln";

    #[track_caller]
    fn check(document: &[u8], carrier: Carrier, value: &Value) {
        let opened = open(document).unwrap();
        assert_eq!((opened.carrier, &opened.value), (carrier, value));
    }

    #[track_caller]
    fn check_refused(document: &[u8], expected: ContainerError) {
        assert_eq!(open(document), Err(expected));
    }

    #[test]
    fn json_is_read_whatever_stands_before_it() {
        check(b"\xef\xbb\xbf[1]", Carrier::Json, &json!([1]));
        check(b"\r\n\t {\"a\": 1}\n", Carrier::Json, &json!({"a": 1}));
        check(b"\"a\"", Carrier::Json, &json!("a"));
        check(br#"{"a": 1, "a": 2}"#, Carrier::Json, &json!({"a": 2}));
    }

    #[test]
    fn the_payload_of_a_token_takes_its_place() {
        check(TOKEN.as_bytes(), Carrier::Jws, &json!({"a": 1}));
        check(format!("\u{feff}\n {TOKEN} \n").as_bytes(), Carrier::Jws, &json!({"a": 1}));
        check(TOKEN.replace("fQ.", "f\nQ==.").as_bytes(), Carrier::Jws, &json!({"a": 1}));
        check(format!("\"{TOKEN}\"").as_bytes(), Carrier::Jws, &json!({"a": 1}));
        check(format!("{TOKEN}~").as_bytes(), Carrier::SdJwt, &json!({"a": 1}));
        check(format!("[\"{TOKEN}\"]").as_bytes(), Carrier::Json, &json!([{"a": 1}]));
        let general = json!({"payload": "{\"vc\": 1}", "signatures": []}).to_string();
        let opened = json!({"payload": {"vc": 1}, "signatures": []});
        check(general.as_bytes(), Carrier::JsonJws, &opened);
    }

    #[test]
    fn what_is_not_read_is_named() {
        check_refused(b"eyJhbGciOiJkaXIifQ.a.b.c.d", ContainerError::Encrypted);
        check_refused(b"\"eyJhbGciOiJkaXIifQ.a.b.c.d\"", ContainerError::Encrypted);
        let jwe = json!({"protected": "e30", "ciphertext": "canary"}).to_string();
        check_refused(jwe.as_bytes(), ContainerError::Encrypted);
        check_refused(b"VP1-B3ECQDAV", ContainerError::Vpqr);
        check_refused(b"https://issuer.example/assertions/1", ContainerError::HostedUrl);
        check_refused(b"\x1f\x8b\x08\0", ContainerError::Compressed);
        let reason = "its payload is no base64url";
        check_refused(b"eyJhIjoxfQ.a.", ContainerError::BrokenToken { reason });
        let reason = "its payload is no JSON object";
        check_refused(
            br#"{"payload": "W10", "signature": ""}"#,
            ContainerError::BrokenToken { reason },
        );
    }

    #[test]
    fn what_is_no_container_is_told_in_general_words() {
        let unknown = |found| ContainerError::UnknownContainer { found };
        check_refused(b"", unknown("an empty document"));
        check_refused(b"\xef\xbb\xbf \n", unknown("an empty document"));
        check_refused(b"<html></html>", unknown("an XML or HTML document"));
        check_refused(b"<!DOCTYPE html><html><svg/></html>", unknown("an XML or HTML document"));
        check_refused(b"\xff\xd8\xff\xe0", unknown("a JPEG picture"));
        check_refused(b"%PDF-1.7", unknown("a PDF document"));
        check_refused(b"\xff\xfe{\0}\0", unknown("a text in UTF-16"));
        check_refused(b"{\"a\":\n  nonsense}", ContainerError::NotJson { line: 2, column: 4 });
        check_refused(b"{\"a\": 1,}", ContainerError::NotJson { line: 1, column: 9 });
        check_refused(b"{\"a\": \"\xff\"}", ContainerError::NotJson { line: 1, column: 8 });
    }

    #[test]
    fn a_limit_is_named() {
        let too_large = |limit| ContainerError::TooLarge { limit };
        let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
        check_refused(deep.as_bytes(), too_large(Limit::Nesting));
        check_refused("[".repeat(1_000_000).as_bytes(), too_large(Limit::Nesting));
        let allowed = format!("{}{}", "[".repeat(32), "]".repeat(32));
        assert!(open(allowed.as_bytes()).is_ok());
        let in_a_string = format!("[\"\\\"{}\"]", "[".repeat(99));
        assert!(open(in_a_string.as_bytes()).is_ok());
        check_refused(&vec![b' '; LONGEST_TEXT + 1], too_large(Limit::Document));
        let mut picture = png::SIGNATURE.to_vec();
        picture.resize(LARGEST_PICTURE + 1, 0);
        check_refused(&picture, too_large(Limit::Picture));
        let mut picture = b"<svg>".to_vec();
        picture.resize(LARGEST_PICTURE + 1, b' ');
        check_refused(&picture, too_large(Limit::Picture));
    }
}
