//! One schema: what an object of this name is made of.

use askama::Template;
use serde_json::Value;

use crate::page::docs::shape::Shape;
use crate::page::docs::{list, text};
use crate::page::shell::Shell;
use crate::page::written::Written;

/// One schema.
#[derive(Template)]
#[template(path = "docs/schema.html")]
pub(crate) struct SchemaPage {
    shell: Shell,
    name: String,
    about: Written,
    /// What it looks like where it is no plain object.
    shape: Shape,
    members: Vec<Member>,
}

/// A member of an object.
struct Member {
    name: String,
    is_required: bool,
    shape: Shape,
    about: Written,
}

impl SchemaPage {
    /// The page of the schema of this name; `None` where there is none.
    pub(crate) fn of(description: &Value, name: &str, shell: Shell) -> Option<Self> {
        let schema = description.get("components")?.get("schemas")?.get(name)?;
        let members = members(schema, &shell);
        let is_plain = !members.is_empty() && text(schema, "type") == Some("object");
        let shape = if is_plain { Shape::default() } else { Shape::of(schema, &shell) };
        let about = Written::without_tables(text(schema, "description").unwrap_or_default());
        Some(Self { name: name.to_owned(), about, shape, members, shell })
    }
}

/// The members of an object; where it is one of several, those of all.
fn members(schema: &Value, shell: &Shell) -> Vec<Member> {
    let several = ["allOf", "oneOf", "anyOf"].into_iter().flat_map(|name| list(schema, name));
    let mut told: Vec<Member> = Vec::new();
    for schema in [schema].into_iter().chain(several) {
        let required = list(schema, "required");
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
        for (name, property) in properties {
            if told.iter().any(|member| member.name == *name) {
                continue;
            }
            told.push(Member {
                name: name.clone(),
                is_required: required.iter().any(|required| required.as_str() == Some(name)),
                shape: Shape::of(property, shell),
                about: Written::of(text(property, "description").unwrap_or_default()),
            });
        }
    }
    told
}
