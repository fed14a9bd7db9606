//! An operation of the description, and what it says of an answer.

use std::path::Path;

use serde_json::Value;

use crate::support::DataDir;
use crate::support::http::{Answer, Server, encoded, request};
use crate::support::json_schema::Schemas;

/// The sample set that comes with the program, read by a service that lets credentials come too.
pub(super) fn served() -> (DataDir, Server) {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let data = DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")]);
    let address = "serve.public_url=https://alidade.example";
    let args = ["--set", "serve.credentials=true", "--set", address, "--set", "serve.rate=0"];
    let server = Server::with(&data, &args);
    (data, server)
}

/// One operation of the description.
pub(super) struct Operation<'a> {
    pub method: String,
    pub path: &'a str,
    pub told: &'a Value,
}

pub(super) fn operations(description: &Value) -> Vec<Operation<'_>> {
    let paths = description["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, told)| Operation { method: method.to_uppercase(), path, told })
    });
    operations.collect()
}

/// The operation by which a path is read.
pub(super) fn reading<'a>(description: &'a Value, path: &str) -> Operation<'a> {
    let mut all = operations(description).into_iter();
    all.find(|operation| operation.path == path && operation.method == "GET").unwrap()
}

impl Operation<'_> {
    /// The address that the examples of the parameters make. What has no example is where a link finds it.
    pub(super) fn address(&self, linked: &Value) -> String {
        let mut path = self.path.to_owned();
        let mut query = Vec::new();
        for parameter in self.told["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let example = match &parameter["example"] {
                Value::Null => linked[name].clone(),
                example => example.clone(),
            };
            let text = match example {
                Value::Null => continue,
                Value::String(text) => text,
                other => other.to_string(),
            };
            match parameter["in"].as_str().unwrap() {
                "path" => path = path.replace(&format!("{{{name}}}"), &encoded(&text)),
                "query" => query.push(format!("{name}={}", encoded(&text))),
                _ => {}
            }
        }
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// Every example of a body, with its media type; one of none where none is sent.
    pub(super) fn bodies(&self) -> Vec<(Option<&str>, String)> {
        let Some(content) = self.told["requestBody"]["content"].as_object() else {
            return vec![(None, String::new())];
        };
        let written = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let mut bodies = Vec::new();
        for (media_type, told) in content {
            let one = Some(&told["example"]).filter(|example| !example.is_null());
            let more = told["examples"].as_object().into_iter().flatten();
            let all = one.into_iter().chain(more.map(|(_, example)| &example["value"]));
            bodies.extend(all.map(|example| (Some(media_type.as_str()), written(example))));
        }
        bodies
    }

    /// Asks what an address with no body gives to whoever says more in the head.
    pub(super) fn ask_with(
        &self,
        server: &Server,
        address: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        server.send(&request(&self.method, address, fields, b""))
    }

    pub(super) fn ask(
        &self,
        server: &Server,
        address: &str,
        body: &(Option<&str>, String),
    ) -> Answer {
        let fields: Vec<(&str, &str)> =
            body.0.iter().map(|media_type| ("Content-Type", *media_type)).collect();
        server.send(&request(&self.method, address, &fields, body.1.as_bytes()))
    }

    /// Checks that an answer is as the description has it.
    #[track_caller]
    pub(super) fn check(&self, description: &Value, answer: &Answer) {
        let place = format!("{} {}: {}", self.method, self.path, answer.status);
        let told = &self.told["responses"][answer.status.to_string()];
        assert!(told.is_object(), "{place} is not described: {answer:?}");
        for (name, value) in &answer.fields {
            let is_ours = ["alidade-generation", "link", "etag"].contains(&name.as_str());
            let mut headers = told["headers"].as_object().unwrap().keys();
            let is_told = headers.any(|header| header.eq_ignore_ascii_case(name));
            assert!(is_told || !is_ours || name == "etag", "{place}: {name}: {value}");
        }
        if told["content"].is_null() {
            assert!(answer.body.is_empty(), "{place}: {answer:?}");
            return;
        }
        let media_type = answer.field("content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap();
        let schema = &told["content"][media_type];
        assert!(schema.is_object(), "{place}: `{media_type}` is not described");
        let schema = &schema["schema"];
        let schemas = Schemas::of(description);
        let checked = |schema: &Value, value: &Value| {
            let checked = schemas.check(schema, value);
            assert_eq!(checked, Ok(()), "{place}");
        };
        match media_type {
            "application/json" if self.path == "/openapi.json" => {}
            "application/json"
            | "application/ld+json"
            | "application/problem+json"
            | "application/sparql-results+json" => checked(schema, &answer.json()),
            "application/x-ndjson" => {
                let reference = schema["$ref"].as_str().unwrap().trim_start_matches('#');
                let lines = &description.pointer(reference).unwrap()["contentSchema"]["items"];
                for line in String::from_utf8(answer.body.clone()).unwrap().lines() {
                    checked(lines, &serde_json::from_str(line).unwrap());
                }
            }
            _ => assert!(!answer.body.is_empty(), "{place}"),
        }
    }
}
