//! JSON text, measured before it is parsed.

use serde_json::Value;

use crate::ler::container::error::{ContainerError, Limit};
use crate::record::JsonObject;

/// How deep lists and objects may be nested, through everything that was opened.
pub(super) const DEEPEST_NESTING: usize = 32;

/// How many values a document may have, in everything that was opened.
const MOST_VALUES: usize = 100_000;

/// Parses a text in which lists and objects may be nested `room` levels deep.
pub(super) fn parse(text: &[u8], room: usize) -> Result<Value, ContainerError> {
    let (nesting, n_values) = measure(text);
    if nesting > room {
        return Err(ContainerError::TooLarge { limit: Limit::Nesting });
    }
    check_number(n_values)?;
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

/// Counts the values of a tree, for whoever puts several into one.
#[derive(Debug, Default)]
pub(super) struct Tally(usize);

impl Tally {
    /// Counts a tree, less than 32 levels of which are left.
    pub(super) fn add(&mut self, tree: &Value) -> Result<(), ContainerError> {
        self.0 += number(tree);
        check_number(self.0)
    }
}

fn number(tree: &Value) -> usize {
    1 + match tree {
        Value::Array(list) => list.iter().map(number).sum(),
        Value::Object(object) => object.values().map(number).sum(),
        _ => 0,
    }
}

fn check_number(n_values: usize) -> Result<(), ContainerError> {
    if n_values > MOST_VALUES {
        return Err(ContainerError::TooLarge { limit: Limit::Values });
    }
    Ok(())
}

/// How deep brackets are nested outside strings, and how many values there are at most: each but the first stands behind a
/// bracket that opens or a comma. Asked before parsing, so that no depth can exhaust the stack and no number the memory.
fn measure(text: &[u8]) -> (usize, usize) {
    let (mut depth, mut deepest, mut n_values) = (0_usize, 0_usize, 1);
    let (mut in_string, mut escaped) = (false, false);
    for byte in text {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => {
                depth += 1;
                deepest = deepest.max(depth);
                n_values += 1;
            }
            b',' if !in_string => n_values += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    (deepest, n_values)
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
    fn values_are_counted_before_parsing() {
        let too_many = Err(ContainerError::TooLarge { limit: Limit::Values });
        let list = |n_values: usize| format!("[{}1]", "1,".repeat(n_values - 2));
        assert_eq!(parse(format!("{},", list(MOST_VALUES)).as_bytes(), 1), too_many);
        assert!(parse(list(MOST_VALUES).as_bytes(), 1).is_ok());
        assert_eq!(parse("[".repeat(1_000_000).as_bytes(), 1_000_000), too_many);
        assert!(parse(format!("[\"{}\"]", ",[{".repeat(MOST_VALUES)).as_bytes(), 1).is_ok());
        let mut tally = Tally::default();
        let tree = parse(list(MOST_VALUES).as_bytes(), 1).unwrap();
        assert_eq!(tally.add(&tree), Ok(()));
        assert_eq!(tally.add(&Value::Null), Err(ContainerError::TooLarge { limit: Limit::Values }));
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
