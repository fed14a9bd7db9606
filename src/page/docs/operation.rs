//! One operation: what it takes, what it answers, and a form to try it.

use askama::Template;
use ontology::vocab::encode;
use serde_json::Value;

use crate::page::docs::parameter::Parameter;
use crate::page::docs::shape::Shape;
use crate::page::docs::{list, operations, text};
use crate::page::shell::Shell;
use crate::page::written::Written;

/// One operation.
#[derive(Template)]
#[template(path = "docs/operation.html")]
pub(crate) struct OperationPage {
    shell: Shell,
    method: String,
    path: String,
    summary: Written,
    title: String,
    about: Written,
    parameters: Vec<Parameter>,
    body: Option<Body>,
    answers: Vec<Answered>,
    /// The media types that can be asked for.
    forms: Vec<String>,
    /// An address that asks it, where one can.
    example: Option<String>,
}

/// The body of a request.
struct Body {
    about: Written,
    forms: Vec<Form>,
}

/// A form of a body or an answer.
struct Form {
    media_type: String,
    shape: Shape,
    example: String,
}

/// What may come back.
struct Answered {
    status: String,
    about: Written,
    forms: Vec<Form>,
}

impl OperationPage {
    /// The page of the operation of this name; `None` where there is none.
    pub(crate) fn of(description: &Value, id: &str, shell: Shell) -> Option<Self> {
        let operation = operations(description)
            .find(|operation| text(operation.value, "operationId") == Some(id))?;
        let (method, path, value) = (operation.method, operation.path, operation.value);
        let parameters = list(value, "parameters").iter();
        let parameters: Vec<Parameter> =
            parameters.map(|parameter| Parameter::of(parameter, &shell)).collect();
        let answers = answers(value, &shell);
        let good = answers.iter().find(|answer| answer.status == "200");
        let forms = good.iter().flat_map(|answer| &answer.forms);
        let summary = text(value, "summary").unwrap_or_default();
        Some(Self {
            example: (method == "get").then(|| example(path, &parameters)).flatten(),
            forms: forms.map(|form| form.media_type.clone()).collect(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: Written::of(summary),
            title: summary.replace('`', ""),
            about: Written::of(text(value, "description").unwrap_or_default()),
            body: value.get("requestBody").map(|body| Body {
                about: Written::of(text(body, "description").unwrap_or_default()),
                forms: of_content(body, &shell),
            }),
            parameters,
            answers,
            shell,
        })
    }

    /// The parameters that are shown first.
    fn first(&self) -> Vec<&Parameter> {
        self.parameters.iter().filter(|parameter| parameter.is_first()).collect()
    }

    /// Those that are shown to whoever looks for them.
    fn further(&self) -> Vec<&Parameter> {
        self.parameters.iter().filter(|parameter| !parameter.is_first()).collect()
    }
}

fn answers(operation: &Value, shell: &Shell) -> Vec<Answered> {
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    let answers = responses.map(|(status, response)| Answered {
        status: status.clone(),
        about: Written::of(text(response, "description").unwrap_or_default()),
        forms: of_content(response, shell),
    });
    answers.collect()
}

fn of_content(value: &Value, shell: &Shell) -> Vec<Form> {
    let content = value.get("content").and_then(Value::as_object).into_iter().flatten();
    let forms = content.map(|(media_type, content)| Form {
        media_type: media_type.clone(),
        shape: content.get("schema").map(|schema| Shape::of(schema, shell)).unwrap_or_default(),
        example: content.get("example").map(written).unwrap_or_default(),
    });
    forms.collect()
}

/// An example as it is sent.
fn written(example: &Value) -> String {
    match example {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    }
}

/// The address of an operation with the examples of its parameters; `None` where one that is needed has none.
fn example(path: &str, parameters: &[Parameter]) -> Option<String> {
    let (mut path, mut query) = (path.to_owned(), Vec::new());
    for parameter in parameters {
        let (name, value) = (&parameter.name, &parameter.value);
        if parameter.is_in_path {
            if value.is_empty() {
                return None;
            }
            path = path.replace(&format!("{{{name}}}"), &encode(value));
        } else if !value.is_empty() {
            query.push(format!("{name}={}", encode(value)));
        } else if parameter.is_required {
            return None;
        }
    }
    Some(if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::OperationPage;
    use crate::page::shell::Shell;

    #[test]
    fn an_operation_has_an_example_where_its_parameters_have() {
        let parameter = |name: &str, place: &str, example: &str| json!({"name": name, "in": place, "required": true, "schema": {"type": "string"}, "example": example});
        let operation = |id: &str, parameters: &[serde_json::Value]| json!({"get": {"operationId": id, "summary": "It", "parameters": parameters, "responses": {}}});
        let description = json!({"paths": {
            "/a/{id}": operation("a", &[parameter("id", "path", "x/y"), parameter("q", "query", "b c")]),
            "/b/{id}": operation("b", &[parameter("id", "path", "")]),
        }});
        let page = |id| OperationPage::of(&description, id, Shell::new("", None));
        assert_eq!(page("a").unwrap().example.as_deref(), Some("/a/x%2Fy?q=b%20c"));
        assert_eq!(page("b").unwrap().example, None);
        assert!(page("c").is_none());
    }
}
