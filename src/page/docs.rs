//! `/docs`: the description of the interface, for people. It is read from the same `OpenAPI` document that programs get.

mod operation;
mod parameter;
mod schema;
mod shape;

use askama::Template;
use serde_json::Value;

use crate::page::shell::Shell;
use crate::page::written::Written;

pub(crate) use crate::page::docs::operation::OperationPage;
pub(crate) use crate::page::docs::schema::SchemaPage;

/// What can be asked, by who asks it.
#[derive(Template)]
#[template(path = "docs.html")]
pub(crate) struct DocsPage {
    shell: Shell,
    groups: Vec<Group>,
}

/// What somebody may ask.
struct Group {
    /// Who.
    name: String,
    about: String,
    lines: Vec<Line>,
}

/// A line of the list.
struct Line {
    method: String,
    path: String,
    id: String,
    summary: Written,
}

/// One operation of the description: a method of a path.
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    value: &'a Value,
}

impl DocsPage {
    /// The page of a description.
    pub(crate) fn of(description: &Value, shell: Shell) -> Self {
        let tags = list(description, "tags").iter().filter_map(|tag| text(tag, "name"));
        let groups = tags.map(|tag| group(description, tag, &shell)).collect();
        Self { shell, groups }
    }
}

fn group(description: &Value, tag: &str, shell: &Shell) -> Group {
    let is_of_group = |operation: &Operation<'_>| {
        list(operation.value, "tags").iter().any(|name| name.as_str() == Some(tag))
    };
    let (name, about) = match tag {
        "verifiers" => ("docs-verifiers", "docs-verifiers-ask"),
        "issuers" => ("docs-issuers", "docs-issuers-ask"),
        "marketplaces" => ("docs-marketplaces", "docs-marketplaces-ask"),
        "copies" => ("docs-copies", "docs-copies-ask"),
        "operators" => ("docs-operators", "docs-operators-ask"),
        _ => ("docs-people", "docs-people-ask"),
    };
    let lines = operations(description).filter(is_of_group).map(|operation| Line {
        method: operation.method.to_uppercase(),
        path: operation.path.to_owned(),
        id: text(operation.value, "operationId").unwrap_or_default().to_owned(),
        summary: Written::of(text(operation.value, "summary").unwrap_or_default()),
    });
    Group { name: shell.say(name), about: shell.say(about), lines: lines.collect() }
}

/// Every operation of a description.
fn operations(description: &Value) -> impl Iterator<Item = Operation<'_>> {
    let paths = description.get("paths").and_then(Value::as_object).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, value)| Operation { method, path, value })
    })
}

/// The members of a list in an object; none where there is no such list.
fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

/// A value as it is typed in: a text without its quotes.
fn typed(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(typed).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}
