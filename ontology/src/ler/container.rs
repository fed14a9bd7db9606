//! The bytes of a badge, and the JSON in them.

use std::fmt;

use serde_json::Value;

use crate::ler::carrier::Carrier;
use crate::ler::format::UnreadFormat;

/// The longest document that is read, in bytes.
const LONGEST_DOCUMENT: usize = 2 * 1024 * 1024;
/// How deep lists and objects may be nested.
const DEEPEST_NESTING: usize = 32;
/// The eight bytes every PNG image starts with.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Why a document could not be read as a badge.
///
/// No message quotes the document: an error is written to logs and shown to strangers, and the document is about a
/// learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ContainerError {
    /// The document is no JSON, and no other form a badge can have.
    #[error("not JSON from line {line}, column {column} on")]
    NotJson {
        /// The line, counted from 1, where reading stopped.
        line: usize,
        /// The column where reading stopped; 0 is the line break before it.
        column: usize,
    },
    /// The document is readable, but is no badge.
    #[error("{found} is neither a badge nor a credential")]
    UnknownContainer {
        /// What the document is, in general words.
        found: &'static str,
    },
    /// The document has a known format that is not read.
    #[error("{format} is recognised, but not read")]
    Unsupported {
        /// The format that was recognised.
        format: UnreadFormat,
    },
    /// The document passes one of the limits.
    #[error("{limit}")]
    TooLarge {
        /// The limit it passes.
        limit: Limit,
    },
}

/// How large a document, and what is in it, may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The whole document: 2 MB.
    Document,
    /// Nesting of lists and objects: 32.
    Nesting,
    /// Alignments in one document: 500.
    Alignments,
    /// A string that would be taken out of the document: 4 kB.
    Text,
    /// Values about the learner in one credential, each of which must be kept out of what is taken: 1000.
    LearnerValues,
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Document => "the document is longer than 2 MB (2097152 bytes)",
            Self::Nesting => "the document is nested deeper than 32 levels",
            Self::Alignments => "the document has more than 500 alignments",
            Self::Text => {
                "an identifier or a text in the document is longer than 4 kB (4096 bytes)"
            }
            Self::LearnerValues => "a credential has more than 1000 values about its learner",
        })
    }
}

/// The JSON of a document.
///
/// Every string in which a credential is signed or enveloped, and that could be opened, is replaced by what it holds, so that
/// whoever reads on sees one tree.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Opened {
    /// What the credentials were carried in.
    pub carrier: Carrier,
    /// The tree.
    pub value: Value,
}

/// Reads the JSON of a document, or says what else the document is.
pub(super) fn open(bytes: &[u8]) -> Result<Opened, ContainerError> {
    if bytes.len() > LONGEST_DOCUMENT {
        return Err(ContainerError::TooLarge { limit: Limit::Document });
    }
    if bytes.starts_with(PNG) {
        return Err(ContainerError::Unsupported { format: UnreadFormat::Png });
    }
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii();
    if text.is_empty() {
        return Err(ContainerError::UnknownContainer { found: "an empty document" });
    }
    if text.starts_with(b"<") {
        return Err(markup(text));
    }
    if let Some(format) = str::from_utf8(text).ok().and_then(text_format) {
        return Err(ContainerError::Unsupported { format });
    }
    if nesting(text) > DEEPEST_NESTING {
        return Err(ContainerError::TooLarge { limit: Limit::Nesting });
    }
    // The parser's own message is left behind, since it may quote what it could not read.
    serde_json::from_slice(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes))
        .map(|value| Opened { carrier: Carrier::Json, value })
        .map_err(|error| ContainerError::NotJson { line: error.line(), column: error.column() })
}

/// The format of a credential that is written as one string, if the string is one.
pub(super) fn text_format(text: &str) -> Option<UnreadFormat> {
    let text = text.trim();
    if text.starts_with("VP1-") {
        return Some(UnreadFormat::Vpqr);
    }
    if (text.starts_with("https://") || text.starts_with("http://"))
        && !text.contains(char::is_whitespace)
    {
        return Some(UnreadFormat::Address);
    }
    match text.split_once('~') {
        Some((token, _)) => (compact_segments(token) == 3).then_some(UnreadFormat::SdJwt),
        None => match compact_segments(text) {
            3 => Some(UnreadFormat::CompactJws),
            5 => Some(UnreadFormat::Jwe),
            _ => None,
        },
    }
}

/// How many segments a compact token has; 0 if the text is none.
fn compact_segments(text: &str) -> usize {
    // `eyJ` is `{"` in base64url, the start of every protected header.
    let is_token = text.starts_with("eyJ")
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'='));
    if is_token { text.split('.').count() } else { 0 }
}

fn markup(text: &[u8]) -> ContainerError {
    if text.windows(4).any(|window| window == b"<svg") {
        ContainerError::Unsupported { format: UnreadFormat::Svg }
    } else {
        ContainerError::UnknownContainer { found: "an XML or HTML document" }
    }
}

/// How deep brackets are nested outside strings; asked before parsing, so that no depth can exhaust the stack.
fn nesting(text: &[u8]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0_usize);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(document: &[u8], expected: ContainerError) {
        assert_eq!(open(document), Err(expected));
    }

    #[test]
    fn other_containers_are_named() {
        let cases: &[(&[u8], UnreadFormat)] = &[
            (b"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln", UnreadFormat::CompactJws),
            (b"\n eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln \n", UnreadFormat::CompactJws),
            (b"\xef\xbb\xbfeyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln", UnreadFormat::CompactJws),
            (b"eyJhbGciOiJkaXIifQ.a.b.c.d", UnreadFormat::Jwe),
            (b"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln~WyJzYWx0Il0~", UnreadFormat::SdJwt),
            (b"\x89PNG\r\n\x1a\n....", UnreadFormat::Png),
            (
                b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                UnreadFormat::Svg,
            ),
            (b"VP1-B3ECQDAV", UnreadFormat::Vpqr),
            (b"https://issuer.example/assertions/1", UnreadFormat::Address),
        ];
        for (document, format) in cases {
            check(document, ContainerError::Unsupported { format: *format });
        }
    }

    #[test]
    fn what_is_no_container_is_told_in_general_words() {
        check(b"", ContainerError::UnknownContainer { found: "an empty document" });
        check(b"\xef\xbb\xbf \n", ContainerError::UnknownContainer { found: "an empty document" });
        check(
            b"<html></html>",
            ContainerError::UnknownContainer { found: "an XML or HTML document" },
        );
        check(b"{\"a\":\n  nonsense}", ContainerError::NotJson { line: 2, column: 4 });
        check(b"{\"a\": 1,}", ContainerError::NotJson { line: 1, column: 9 });
        check(b"{\"a\": \"\xff\"}", ContainerError::NotJson { line: 1, column: 8 });
    }

    #[test]
    fn a_byte_order_mark_is_no_obstacle() {
        assert_eq!(open(b"\xef\xbb\xbf[1]").unwrap().value, serde_json::json!([1]));
    }

    #[test]
    fn a_limit_is_named() {
        let deep = format!("{}{}", "[".repeat(33), "]".repeat(33));
        check(deep.as_bytes(), ContainerError::TooLarge { limit: Limit::Nesting });
        check("[".repeat(1_000_000).as_bytes(), ContainerError::TooLarge { limit: Limit::Nesting });
        let allowed = format!("{}{}", "[".repeat(32), "]".repeat(32));
        assert!(open(allowed.as_bytes()).is_ok());
        let in_a_string = format!("[\"\\\"{}\"]", "[".repeat(99));
        assert!(open(in_a_string.as_bytes()).is_ok());
        check(
            &vec![b' '; LONGEST_DOCUMENT + 1],
            ContainerError::TooLarge { limit: Limit::Document },
        );
    }

    #[test]
    fn a_message_is_a_fragment() {
        let message = |error: ContainerError| error.to_string();
        assert_eq!(
            message(ContainerError::NotJson { line: 2, column: 4 }),
            "not JSON from line 2, column 4 on"
        );
        assert_eq!(
            message(ContainerError::UnknownContainer { found: "an empty list" }),
            "an empty list is neither a badge nor a credential",
        );
        assert_eq!(
            message(ContainerError::Unsupported { format: UnreadFormat::CompactJws }),
            "a compact JWS is recognised, but not read",
        );
        assert_eq!(
            message(ContainerError::TooLarge { limit: Limit::Alignments }),
            "the document has more than 500 alignments",
        );
    }
}
