//! JSON text, measured before it is parsed.

use serde_json::Value;

use crate::ler::container::error::{ContainerError, Limit};
use crate::record::JsonObject;

/// How deep lists and objects may be nested, through everything that was opened.
pub(super) const DEEPEST_NESTING: usize = 32;

/// Parses a text in which lists and objects may be nested `room` levels deep.
pub(super) fn parse(text: &[u8], room: usize) -> Result<Value, ContainerError> {
    if nesting(text) > room {
        return Err(ContainerError::TooLarge { limit: Limit::Nesting });
    }
    // The parser's own message is left behind, since it may quote what it could not read.
    serde_json::from_slice(text)
        .map_err(|error| ContainerError::NotJson { line: error.line(), column: error.column() })
}

/// The object that a text is, or `None` if it is none.
pub(super) fn object(text: &[u8], room: usize) -> Result<Option<JsonObject>, ContainerError> {
    match parse(text, room) {
        Ok(Value::Object(object)) => Ok(Some(object)),
        Ok(_) | Err(ContainerError::NotJson { .. }) => Ok(None),
        Err(error) => Err(error),
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

    #[test]
    fn depth_is_counted_before_parsing() {
        let too_deep = Err(ContainerError::TooLarge { limit: Limit::Nesting });
        assert_eq!(parse("[".repeat(1_000_000).as_bytes(), 32), too_deep);
        assert_eq!(parse(b"[[1]]", 1), too_deep);
        assert!(parse(b"[[1]]", 2).is_ok());
        assert!(parse(br#"["\"[[[[", "]"]"#, 1).is_ok());
        assert_eq!(parse(b"[1", 1), Err(ContainerError::NotJson { line: 1, column: 2 }));
    }

    #[test]
    fn only_an_object_is_one() {
        assert_eq!(object(b"{}", 1), Ok(Some(JsonObject::new())));
        for other in [&b"[]"[..], b"1", b"", b"{", b"\xff"] {
            assert_eq!(object(other, 1), Ok(None));
        }
        let too_deep = Err(ContainerError::TooLarge { limit: Limit::Nesting });
        assert_eq!(object(b"{\"a\":{}}", 1), too_deep);
    }
}
