//! Why there is no answer, in the form of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).

use std::any::Any;

use axum::body::{Body, Bytes};
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderName, LINK, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use index::IndexError;
use serde_json::{Map, Value};

use crate::page::{ProblemPage, Shell, ToldProblem};
pub(super) use crate::server::kind::ProblemKind;
use crate::server::kind::Row;
use crate::server::link::link;
use crate::server::rates::Exhausted;
use crate::server::request_id::RequestId;

/// The header by which a server says what it takes ([LDP](https://www.w3.org/TR/ldp/#header-accept-post)).
const ACCEPT_POST: HeaderName = HeaderName::from_static("accept-post");

/// The media types that are taken.
const BODIES: &str = "application/json, application/x-ndjson";

/// The media types in which a query is taken.
const QUERIES: &str = "application/sparql-query, application/x-www-form-urlencoded";

/// The media type of one JSON text.
const JSON: &str = "application/json";

/// A problem: its kind, one sentence, and members of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    kind: ProblemKind,
    detail: String,
    members: Map<String, Value>,
    /// The seconds after which it may go well, where this request makes them others than its kind does.
    wait: Option<u64>,
}

impl Problem {
    /// A problem without members of its own.
    pub(super) fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), members: Map::new(), wait: None }
    }

    /// Adds a member.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// A problem with one parameter.
    pub(super) fn of_parameter(
        kind: ProblemKind,
        parameter: &str,
        detail: impl Into<String>,
    ) -> Self {
        Self::new(kind, detail).with("parameter", parameter)
    }

    /// The same problem at a place of a body: with a member of the object there, where it was one with a parameter of an address.
    ///
    /// The names of members that nobody knows are the caller's words, and are not repeated.
    pub(super) fn in_body(mut self, place: &str) -> Self {
        if let Some(Value::String(inside)) = self.members.get_mut("pointer") {
            inside.insert_str(0, place);
        }
        let Some(Value::String(name)) = self.members.shift_remove("parameter") else { return self };
        let kind = std::mem::replace(&mut self.kind, ProblemKind::InvalidBody);
        if kind == ProblemKind::UnknownParameter {
            "there is a member here whose name is not known".clone_into(&mut self.detail);
            return self.with("pointer", place);
        }
        let name = name.replace('~', "~0").replace('/', "~1");
        self.with("pointer", format!("{place}/{name}"))
    }

    /// The same, with the seconds after which it may go well.
    pub(super) fn until(self, wait: u64) -> Self {
        Self { wait: Some(wait), ..self }
    }

    /// Whether the fault is ours.
    pub(super) fn is_ours(&self) -> bool {
        self.kind.row().status.is_server_error()
    }

    /// Its kind.
    pub(super) fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// What could have been said instead, where that is a list.
    pub(super) fn known(&self) -> Option<String> {
        let known = self.members.get("known")?.as_array()?;
        Some(known.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
    }

    /// A fault of ours, of which the caller learns no more.
    pub(super) fn internal() -> Self {
        Self::new(ProblemKind::Internal, "something went wrong here; it is not your request")
    }

    /// The one sentence.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    /// The problem as it is written, with a `type` that is whole where the service knows its own address.
    pub(super) fn into_json(self, public_url: Option<&str>) -> Value {
        let Row { code, title, status, .. } = self.kind.row();
        let place = format!("{}/problems/{code}", public_url.unwrap_or_default());
        let mut members = Map::new();
        members.insert("type".to_owned(), place.into());
        members.insert("title".to_owned(), title.into());
        members.insert("status".to_owned(), status.as_u16().into());
        members.insert("detail".to_owned(), self.detail.into());
        members.extend(self.members);
        Value::Object(members)
    }

    /// The same as the answer to a request: by its number.
    pub(super) fn of_request(self, id: &RequestId, public_url: Option<&str>) -> Bytes {
        let mut json = self.into_json(public_url);
        if let Value::Object(members) = &mut json {
            members.insert("instance".to_owned(), id.urn().into());
        }
        Bytes::from(json.to_string())
    }

    /// The same for people.
    pub(super) fn page(&self, shell: Shell, id: &RequestId) -> ProblemPage {
        let Row { code, title, status, meaning, remedy } = self.kind.row();
        let known = self.known();
        let (status, detail, instance) = (status.as_u16(), self.detail.clone(), id.to_string());
        let told = ToldProblem { code, title, status, detail, known, meaning, remedy, instance };
        ProblemPage::of(told, shell)
    }

    /// The headers that help to mend it.
    fn headers(&self) -> Vec<(HeaderName, &'static str)> {
        match self.kind {
            ProblemKind::MediaType => {
                vec![(ACCEPT, BODIES), (ACCEPT_POST, BODIES)]
            }
            ProblemKind::JsonOnly => vec![(ACCEPT, JSON), (ACCEPT_POST, JSON)],
            ProblemKind::QueryBody => vec![(ACCEPT_POST, QUERIES)],
            ProblemKind::TooManyQueries
            | ProblemKind::NothingPublished
            | ProblemKind::DumpUnderWay => vec![(RETRY_AFTER, "5")],
            ProblemKind::DumpsBusy => vec![(RETRY_AFTER, "10")],
            ProblemKind::TimeOut | ProblemKind::TooManyConnections => vec![(RETRY_AFTER, "1")],
            _ => Vec::new(),
        }
    }
}

/// The media type of every problem.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";

/// Also hands the problem itself on, so that what surrounds the routes can say to which request it belongs.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let first = self.members.get("first").and_then(Value::as_str);
        let first = first.and_then(|first| link(first, "first"));
        let written = self.clone().into_json(None).to_string();
        let mut response = Response::new(Body::from(written));
        *response.status_mut() = self.kind.row().status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        for (name, value) in self.headers() {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        if let Some(wait) = self.wait {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
        }
        response.headers_mut().extend(first.map(|first| (LINK, first)));
        response.extensions_mut().insert(self);
        response
    }
}

/// A client has asked too much.
impl From<Exhausted> for Problem {
    fn from(Exhausted { wait, .. }: Exhausted) -> Self {
        let detail = format!("too much was asked from here; ask again in {wait} seconds");
        Self::new(ProblemKind::TooManyRequests, detail).until(wait)
    }
}

/// A store that fails is our fault. It is logged here; none of its errors repeats what a caller sent.
impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Self {
        let error = anyhow::Error::from(error);
        tracing::error!(error = format!("{error:#}"), "a look-up failed");
        Self::internal()
    }
}

/// Answers a path that no route has, and says which there are.
pub(super) async fn no_such_route(paths: Vec<&'static str>) -> Problem {
    let paths: Vec<Value> = paths.into_iter().map(Value::from).collect();
    Problem::new(ProblemKind::NoSuchRoute, "nothing is served at this path").with("routes", paths)
}

/// Answers a method that a route does not have; axum adds the header `Allow`.
pub(super) async fn no_such_method() -> Problem {
    let detail = "this path has other methods; the header `Allow` names them";
    Problem::new(ProblemKind::NoSuchMethod, detail)
}

/// Answers a panic. Its words may repeat what a caller sent, so nobody looks at them; where it was, the panic hook has logged.
pub(super) fn panicked(words: Box<dyn Any + Send>) -> Response {
    drop(words);
    Problem::internal().into_response()
}
