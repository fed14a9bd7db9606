//! A parameter of an operation, and the field into which it is typed.

use serde_json::Value;

use crate::page::docs::shape::Shape;
use crate::page::docs::{list, text, typed};
use crate::page::shell::Shell;
use crate::page::written::Written;

/// A parameter.
pub(super) struct Parameter {
    pub name: String,
    /// Whether it stands in the path.
    pub is_in_path: bool,
    pub is_required: bool,
    pub about: Written,
    pub shape: Shape,
    /// What holds of it besides.
    pub bounds: Vec<String>,
    /// What it may be, where that is one of few.
    pub choices: Vec<String>,
    /// What is typed in to begin with.
    pub value: String,
}

impl Parameter {
    /// A parameter as the description has it.
    pub(super) fn of(parameter: &Value, shell: &Shell) -> Self {
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        let example = parameter.get("example").or_else(|| schema.get("example"));
        let is_flag = text(schema, "type") == Some("boolean");
        let choices = match list(schema, "enum") {
            [] if is_flag => vec!["true".to_owned(), "false".to_owned()],
            values => values.iter().map(typed).collect(),
        };
        Self {
            name: text(parameter, "name").unwrap_or_default().to_owned(),
            is_in_path: text(parameter, "in") == Some("path"),
            is_required: parameter.get("required") == Some(&Value::Bool(true)),
            about: Written::of(text(parameter, "description").unwrap_or_default()),
            shape: Shape::of(schema, shell),
            bounds: bounds(schema, shell),
            value: example.map(typed).unwrap_or_default(),
            choices,
        }
    }

    /// Whether it is one of those that are shown first.
    pub(super) fn is_first(&self) -> bool {
        self.is_required || !self.value.is_empty()
    }
}

fn bounds(schema: &Value, shell: &Shell) -> Vec<String> {
    let told = [
        ("minimum", "docs-at-least"),
        ("maximum", "docs-at-most"),
        ("maxLength", "docs-at-most-characters"),
        ("default", "docs-default"),
    ];
    let told = told.into_iter().filter_map(|(member, name)| {
        let value = schema.get(member)?;
        Some(shell.tell(name, "value", typed(value)))
    });
    told.collect()
}
