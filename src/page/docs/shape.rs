//! What a value looks like, in a line: `list of` [something that has a page of its own].

use askama::Template;
use serde_json::Value;

use crate::page::docs::{list, text, typed};
use crate::page::shell::Shell;

/// The most values of an enumeration that stand in a line.
const MAX_VALUES: usize = 40;

/// How deep a value is described in a line.
const DEPTH: usize = 4;

/// What a value looks like.
#[derive(Template, Debug, Clone, Default, PartialEq, Eq)]
#[template(path = "docs/shape.html")]
pub(super) struct Shape {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Words(String),
    Code(String),
    /// A schema that has a page of its own.
    Named(String),
}

impl Shape {
    /// The shape that a schema describes.
    pub(super) fn of(schema: &Value, shell: &Shell) -> Self {
        let mut shape = Self::default();
        shape.add(schema, shell, DEPTH);
        shape
    }

    /// Whether nothing is known of it.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    fn words(&mut self, words: String) {
        self.pieces.push(Piece::Words(words));
    }

    fn code(&mut self, code: impl Into<String>) {
        self.pieces.push(Piece::Code(code.into()));
    }

    fn add(&mut self, schema: &Value, shell: &Shell, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if let Some(name) = text(schema, "$ref").and_then(|path| path.rsplit('/').next()) {
            self.pieces.push(Piece::Named(name.to_owned()));
            return;
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            let schemas = list(schema, several);
            for (number, schema) in schemas.iter().enumerate() {
                if number > 0 {
                    self.words(shell.say("docs-or"));
                }
                self.add(schema, shell, depth);
            }
            if !schemas.is_empty() {
                return;
            }
        }
        let values = list(schema, "enum");
        if !values.is_empty() {
            return self.add_values(values, shell);
        }
        match kind(schema) {
            Some("array") => {
                self.words(shell.say("docs-list-of"));
                self.add(schema.get("items").unwrap_or(&Value::Null), shell, depth);
            }
            Some("object") => match schema.get("additionalProperties") {
                Some(values @ Value::Object(_)) => {
                    self.words(shell.say("docs-by-name"));
                    self.add(values, shell, depth);
                }
                _ => self.code("object"),
            },
            Some(kind) => self.code(text(schema, "format").unwrap_or(kind)),
            None => {}
        }
    }

    fn add_values(&mut self, values: &[Value], shell: &Shell) {
        if values.len() > 1 {
            self.words(shell.say("docs-one-of"));
        }
        for value in values.iter().take(MAX_VALUES) {
            self.code(typed(value));
        }
    }
}

/// The type of a value, whether or not it may be left empty.
fn kind(schema: &Value) -> Option<&str> {
    let several = list(schema, "type").iter().filter_map(Value::as_str);
    text(schema, "type").or_else(|| several.into_iter().find(|kind| *kind != "null"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Shape;
    use crate::page::shell::Shell;

    #[test]
    fn a_shape_is_told_in_a_line_and_leads_on() {
        let of = |schema| Shape::of(&schema, &Shell::new("", None)).to_string().trim().to_owned();
        let list = json!({"type": "array", "items": {"$ref": "#/components/schemas/Hit"}});
        assert_eq!(of(list), "list of <a href=\"/docs/schemas/Hit\">Hit</a>");
        assert_eq!(of(json!({"type": "string", "format": "date"})), "<code>date</code>");
        let either = json!({"oneOf": [{"type": "string"}, {"enum": ["a", "b"]}]});
        assert_eq!(of(either), "<code>string</code> or one of <code>a</code> <code>b</code>");
        assert_eq!(of(json!({"type": ["integer", "null"]})), "<code>integer</code>");
        assert_eq!(of(json!({})), "");
    }
}
