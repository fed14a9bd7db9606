//! What is asked, what is said, and who says it.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, request::Parts};
use axum::response::Response;
use serde_json::Value;

use crate::support::fake_server::wire::Fault;

/// Says what a server answers.
pub(crate) trait Site: Send + 'static {
    fn answer(&mut self, asked: &Asked) -> Said;
}

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    /// The header fields, names in lower case.
    pub fields: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Asked {
    pub(crate) fn of(parts: &Parts, body: Vec<u8>) -> Self {
        let query = parts.uri.query().unwrap_or_default();
        let query = url::form_urlencoded::parse(query.as_bytes());
        let fields = parts.headers.iter().map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        });
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: query.map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
            fields: fields.collect(),
            body,
        }
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(parameter, _)| parameter == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter that is a number.
    pub(crate) fn number(&self, name: &str) -> Option<usize> {
        self.parameter(name)?.parse().ok()
    }

    /// A header field.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.get(name).map(String::as_str)
    }

    /// The address under which the caller knows this server.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.field("host").unwrap_or("127.0.0.1"))
    }

    /// What follows `Authorization: Bearer`.
    pub(crate) fn token(&self) -> Option<&str> {
        self.field("authorization")?.split(' ').next_back()
    }
}

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub status: u16,
    pub fields: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    pub fault: Fault,
}

impl Said {
    pub(crate) fn of(status: u16, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let fields = vec![("content-type", content_type.to_owned())];
        Self { status, fields, body: body.into(), fault: Fault::None }
    }

    pub(crate) fn json(status: u16, value: &Value) -> Self {
        Self::of(status, "application/json", value.to_string())
    }

    pub(crate) fn html(status: u16, words: &str) -> Self {
        let page = format!("<!DOCTYPE html><html><body><h1>{words}</h1></body></html>");
        Self::of(status, "text/html; charset=utf-8", page)
    }

    /// An answer that leads elsewhere.
    pub(crate) fn redirect(status: u16, location: impl Into<String>) -> Self {
        Self::bare(status).with("location", location)
    }

    /// An answer without a body.
    pub(crate) fn bare(status: u16) -> Self {
        Self { status, fields: Vec::new(), body: Vec::new(), fault: Fault::None }
    }

    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.retain(|(field, _)| *field != name);
        self.fields.push((name, value.into()));
        self
    }

    #[must_use]
    pub(crate) fn failing(self, fault: Fault) -> Self {
        Self { fault, ..self }
    }

    pub(crate) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap();
        for (name, value) in self.fields {
            let value = HeaderValue::from_str(&value).unwrap();
            response.headers_mut().append(HeaderName::from_static(name), value);
        }
        response
    }
}
