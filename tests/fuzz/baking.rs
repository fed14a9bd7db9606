//! Bytes put into the carriers of credentials.
//!
//! The fuzz targets include this file and its neighbours as they are, so they name each other from where they stand.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use flate2::Crc;

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A compact JWS with a signature that is none.
pub(super) fn token(payload: &[u8]) -> Vec<u8> {
    format!("eyJhbGciOiJFUzI1NiJ9.{}.c2ln", BASE64_URL_SAFE_NO_PAD.encode(payload)).into_bytes()
}

/// A PNG picture with one chunk of the given data, whose checksum is right.
pub(super) fn picture(kind: [u8; 4], data: &[u8]) -> Vec<u8> {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    let length = u32::try_from(data.len()).unwrap_or_default();
    let end = b"\0\0\0\0IEND\xae\x42\x60\x82";
    [SIGNATURE, &length.to_be_bytes(), &kind, data, &crc.sum().to_be_bytes(), end].concat()
}

/// An SVG picture with the given bytes in the body of its credential.
pub(super) fn drawing(body: &[u8]) -> Vec<u8> {
    let start = b"<svg xmlns:ob=\"https://purl.imsglobal.org/ob/v3p0\"><ob:credential><![CDATA[";
    [start, body, b"]]></ob:credential></svg>"].concat()
}
