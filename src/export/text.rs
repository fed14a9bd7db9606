//! A body as the string of a JSON text, written while it streams by.

use std::io::Write as _;

/// Writes bytes as a part of a JSON string ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259#section-7)).
pub(super) fn escape(bytes: &[u8], out: &mut Vec<u8>) {
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            // Writing to memory cannot fail.
            0..=0x1f => drop(write!(out, "\\u{byte:04x}")),
            _ => out.push(byte),
        }
    }
}

/// Tells whether bytes that come in pieces are UTF-8.
#[derive(Debug, Default)]
pub(super) struct Utf8 {
    /// The beginning of a character whose end is yet to come.
    open: Vec<u8>,
    is_broken: bool,
}

impl Utf8 {
    /// Looks at the next piece.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.open.extend_from_slice(bytes);
        let n_good = match std::str::from_utf8(&self.open) {
            Ok(text) => text.len(),
            Err(error) => {
                self.is_broken |= error.error_len().is_some();
                error.valid_up_to()
            }
        };
        if self.is_broken {
            self.open.clear();
        } else {
            drop(self.open.drain(..n_good));
        }
    }

    /// Tells, at the end.
    pub(super) fn is_good(&self) -> bool {
        !self.is_broken && self.open.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Utf8, escape};

    proptest! {
        #[test]
        fn what_is_escaped_is_read_as_it_was(text in any::<String>()) {
            let mut out = vec![b'"'];
            escape(text.as_bytes(), &mut out);
            out.push(b'"');
            prop_assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }

        #[test]
        fn utf_8_is_told_in_pieces_as_in_one(bytes in prop::collection::vec(any::<u8>(), 0..12), text in ".{0,4}") {
            for bytes in [bytes, text.into_bytes()] {
                let mut utf8 = Utf8::default();
                bytes.chunks(1).for_each(|piece| utf8.push(piece));
                prop_assert_eq!(utf8.is_good(), std::str::from_utf8(&bytes).is_ok());
            }
        }
    }
}
