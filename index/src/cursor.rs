//! Cursors: where a page of a list ended, as a token that the caller gives back.
//!
//! A token names its generation and its question, and is sealed with a checksum, so that a slip of the pen is no other place. The
//! [cursors of searches](crate::search) are sealed alike, and name the place of a hit instead of a number.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::edition::Edition;

/// The version of the tokens; one of another version is refused.
const VERSION: u8 = 2;

/// The bytes of the checksum.
const CHECK: usize = 4;

/// Why a token leads nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// What was given as a cursor is none, or not whole.
    #[error("the cursor is damaged")]
    Damaged,
    /// The cursor goes on from the answer to another question.
    #[error("the cursor belongs to another question")]
    Foreign,
}

/// Where a page of a list ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The generation in which the list stands.
    pub edition: Edition,
    /// How much of the list lies before the next page.
    pub place: u64,
}

/// The content of a token.
#[derive(Serialize, Deserialize)]
struct Token {
    v: u8,
    g: u64,
    /// What tells the generation from others of its number.
    i: u32,
    /// The question, as a digest.
    q: u64,
    p: u64,
}

impl Cursor {
    /// Writes the cursor as a token that holds for one question.
    pub fn write(self, question: &str) -> String {
        let Edition { generation, imprint } = self.edition;
        let q = digest_of(question);
        seal(&Token { v: VERSION, g: generation, i: imprint, q, p: self.place })
    }

    /// Reads the token of a question.
    ///
    /// # Errors
    /// A token that was not given, or was given for another question.
    pub fn read(token: &str, question: &str) -> Result<Self, CursorError> {
        let token: Option<Token> = unseal(token);
        let token = token.filter(|token| token.v == VERSION).ok_or(CursorError::Damaged)?;
        if token.q != digest_of(question) {
            return Err(CursorError::Foreign);
        }
        let edition = Edition { generation: token.g, imprint: token.i };
        Ok(Self { edition, place: token.p })
    }
}

/// The first 64 bits of the digest of a text.
pub(crate) fn digest_of(text: &str) -> u64 {
    Digest::of(text.as_bytes()).head()
}

/// Writes a content in the letters of base64 that addresses may have ([RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-5)),
/// before its checksum: every object of JSON begins with the same letters, and none of them is the hyphen with which a command line begins
/// its options.
pub(crate) fn seal<T: Serialize>(content: &T) -> String {
    let content = serde_json::to_vec(content).unwrap_or_default();
    encode(&[content.as_slice(), &checksum(&content)].concat())
}

/// Reads the content of a token, where it is whole.
pub(crate) fn unseal<T: DeserializeOwned>(token: &str) -> Option<T> {
    let bytes = decode(token)?;
    let (content, check) = bytes.split_at_checked(bytes.len().checked_sub(CHECK)?)?;
    if check != checksum(content) {
        return None;
    }
    serde_json::from_slice(content).ok()
}

fn checksum(content: &[u8]) -> Vec<u8> {
    Digest::of(content).as_bytes().iter().take(CHECK).copied().collect()
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(token: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(token).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop, proptest};

    use super::{Cursor, CursorError, decode, encode};
    use crate::edition::Edition;

    const CURSOR: Cursor =
        Cursor { edition: Edition { generation: 7, imprint: u32::MAX }, place: 40 };

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_for_its_question_alone() {
        let token = CURSOR.write("children of a");
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        assert_eq!(Cursor::read(&token, "children of a"), Ok(CURSOR));
        assert_eq!(Cursor::read(&token, "children of b"), Err(CursorError::Foreign));
    }

    #[test]
    fn a_damaged_cursor_is_refused() {
        let token = CURSOR.write("");
        let cut = token.get(..token.len() - 1).unwrap().to_owned();
        let mut swapped = token.clone().into_bytes();
        swapped.swap(8, 9);
        let swapped = String::from_utf8(swapped).unwrap();
        for damaged in ["", "x", "é", "AAAA", &cut, &swapped, &format!("{token}=")] {
            assert_eq!(Cursor::read(damaged, ""), Err(CursorError::Damaged), "{damaged}");
        }
    }

    proptest! {
        #[test]
        fn bytes_are_read_as_they_were_written(bytes in prop::collection::vec(any::<u8>(), 0..50)) {
            assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn no_cursor_looks_like_an_option(generation: u64, imprint: u32, place: u64, question: String) {
            let token = Cursor { edition: Edition { generation, imprint }, place }.write(&question);
            assert!(token.starts_with("ey"), "{token}");
        }

        #[test]
        fn no_text_is_a_panic(text in "\\PC{0,60}", letters in "[A-Za-z0-9_-]{0,60}") {
            assert!(Cursor::read(&text, "").is_err());
            assert!(Cursor::read(&letters, "").is_err());
        }
    }
}
