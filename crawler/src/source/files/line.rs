//! A line of a dump of transactions: base64 of JSON.
//!
//! The Credential Registry writes the [URL-safe alphabet](https://www.rfc-editor.org/rfc/rfc4648#section-5) with padding; the
//! standard one and lines without padding are read too.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::error::FaultKind;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How many characters tell whether a transaction begins: enough for a bracket, some white space and a key.
const BEGINNING: usize = 48;

/// What the first key of a transaction may be, in its quotation marks.
const KEYS: [&[u8]; 3] = [b"\"status\"", b"\"date\"", b"\"envelope\""];

/// Decodes a line, with or without the bytes that end it.
pub(super) fn decode(mut line: Vec<u8>) -> Result<Vec<u8>, FaultKind> {
    line.truncate(line.trim_ascii_end().len());
    for byte in &mut line {
        *byte = match *byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
    }
    BASE64.decode(line).map_err(|source| FaultKind::NotBase64 { source })
}

/// Whether the first bytes of a text are those of a dump: a transaction begins one of its lines, of which the last may have no end.
pub(super) fn begins_dump(head: &[u8]) -> bool {
    head.split(|&byte| byte == b'\n').any(begins_transaction)
}

fn begins_transaction(line: &[u8]) -> bool {
    let line = line.trim_ascii();
    let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_=".contains(byte);
    if !line.iter().all(is_base64) {
        return false;
    }
    let length = line.len().min(BEGINNING) / 4 * 4;
    let beginning = line.get(..length).unwrap_or_default().to_vec();
    let Ok(json) = decode(beginning) else { return false };
    let key = json.trim_ascii_start().strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    key.is_some_and(|key| KEYS.iter().any(|name| key.starts_with(name)))
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn either_alphabet_is_read_with_padding_and_without() {
        let json = "{\"status\":\"\u{3ff}?>\u{7ff}~~\"}".as_bytes();
        for engine in [STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD] {
            let line = [engine.encode(json).as_bytes(), b"\r"].concat();
            assert!(begins_dump(&line));
            assert_eq!(decode(line).unwrap(), json);
        }
        assert_eq!(decode(b"%%%".to_vec()).unwrap_err().to_string(), "the line is not base64");
    }

    #[test]
    fn a_transaction_is_known_by_its_first_key() {
        let check = |json: &str, expected: bool| {
            assert_eq!(begins_dump(STANDARD.encode(json).as_bytes()), expected, "{json}");
        };
        check("{\"status\":\"created\"}", true);
        check("{ \n \"envelope\" : {}}", true);
        check("{\"date\":\"2016\", \"envelope\":{}}", true);
        check("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", false);
        check("\"status\"", false);
        check("{}", false);
        assert!(!begins_dump(b"") && !begins_dump(b"eyJz") && !begins_dump(b"{\"status\":1}"));
        let token = URL_SAFE_NO_PAD.encode("{\"status\":1,\"alg\":\"RS256\"}");
        assert!(!begins_dump(format!("{token}.e30.c2ln").as_bytes()));
        assert!(begins_dump(format!("?\r\n\n{token}").as_bytes()));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(text in prop::collection::vec(any::<u8>(), 0..200)) {
            begins_dump(&text);
            drop(decode(text));
        }
    }
}
