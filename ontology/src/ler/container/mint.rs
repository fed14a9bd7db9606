//! Tokens and pictures for tests, made by hand.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::Crc;
use serde_json::{Value, json};

use crate::ler::container::png;

pub(super) fn encoded(bytes: impl AsRef<[u8]>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

/// A compact JWS with a signature that is none.
pub(super) fn token(payload: &Value) -> String {
    format!("{}.{}.c2ln", encoded(r#"{"alg":"ES256"}"#), encoded(payload.to_string()))
}

/// A chunk of a picture, with its checksum.
pub(super) fn chunk(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap();
    [&length.to_be_bytes()[..], &kind, data, &crc.sum().to_be_bytes()].concat()
}

/// A chunk of uncompressed text.
pub(super) fn text_chunk(keyword: &str, text: &[u8]) -> Vec<u8> {
    chunk(*b"iTXt", &[keyword.as_bytes(), b"\0\0\0\0\0", text].concat())
}

/// A picture of one pixel with further chunks in it.
pub(super) fn picture(chunks: &[Vec<u8>]) -> Vec<u8> {
    let header = chunk(*b"IHDR", b"\0\0\0\x01\0\0\0\x01\x08\0\0\0\0");
    let end = chunk(*b"IEND", b"");
    [png::SIGNATURE, &header, &chunks.concat(), &end].concat()
}

/// A picture with a credential in the body of its element.
pub(super) fn drawing(credential: &str) -> String {
    format!(
        "<svg xmlns:ob=\"https://purl.imsglobal.org/ob/v3p0\"><ob:credential><![CDATA[{credential}]]></ob:credential></svg>"
    )
}

/// A credential of the least size.
pub(super) fn credential() -> Value {
    json!({"type": "OpenBadgeCredential", "credentialSubject": {"achievement": {"id": "urn:a"}}})
}
