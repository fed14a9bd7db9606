//! Why there is no answer, in the form of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).

use std::any::Any;

use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderName, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use index::IndexError;
use serde_json::{Map, Value};

/// The header by which a server says what it takes ([LDP](https://www.w3.org/TR/ldp/#header-accept-post)).
const ACCEPT_POST: HeaderName = HeaderName::from_static("accept-post");

/// The media types that are taken.
const BODIES: &str = "application/json, application/x-ndjson";

/// The media type of a problem.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// The media type of one JSON text.
const JSON: &str = "application/json";

/// The kinds of problem. The code of each is a promise: clients may tell problems apart by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProblemKind {
    /// No route has this path.
    NoSuchRoute,
    /// The route is there and has no such method.
    NoSuchMethod,
    /// The path cannot be decoded.
    InvalidPath,
    /// A parameter that the route does not know.
    UnknownParameter,
    /// A parameter that has to be there.
    MissingParameter,
    /// A parameter given more than once.
    RepeatedParameter,
    /// A parameter with a value that it cannot have.
    InvalidParameter,
    /// The address is too long.
    AddressTooLong,
    /// The header fields are too many or too long.
    HeadersTooLarge,
    /// The body is of another media type.
    MediaType,
    /// The same, where the body has to be one JSON text.
    JsonOnly,
    /// The body is too long.
    BodyTooLarge,
    /// The body did not come in time, or not whole.
    BodyIncomplete,
    /// The body is no JSON.
    InvalidJson,
    /// The body is JSON of another shape.
    InvalidBody,
    /// What was sent looks like a credential.
    Credential,
    /// Credentials are not read here.
    CredentialsOff,
    /// What was sent holds no credential that can be read.
    UnreadableCredential,
    /// Nothing held here goes by the name.
    UnknownResource,
    /// Several resources go by the name.
    AmbiguousResource,
    /// The resource has no address that a badge could name.
    NoPublicAddress,
    /// A prefix of a hash that is not of the length and form that this server deals out by.
    InvalidPrefix,
    /// The names are dealt out under another version by now.
    AnotherVersion,
    /// Nothing has been published yet.
    NothingPublished,
    /// The answer took too long, or had to wait for too many others.
    TimeOut,
    /// The fault is ours.
    Internal,
}

impl ProblemKind {
    /// The code at the end of the `type`, the title, and the status.
    pub(super) fn row(self) -> (&'static str, &'static str, StatusCode) {
        match self {
            Self::NoSuchRoute => ("no-such-route", "No such route", StatusCode::NOT_FOUND),
            Self::NoSuchMethod => {
                ("no-such-method", "No such method here", StatusCode::METHOD_NOT_ALLOWED)
            }
            Self::InvalidPath => ("invalid-path", "Unreadable path", StatusCode::BAD_REQUEST),
            Self::UnknownParameter => {
                ("unknown-parameter", "Unknown parameter", StatusCode::BAD_REQUEST)
            }
            Self::MissingParameter => {
                ("missing-parameter", "Missing parameter", StatusCode::BAD_REQUEST)
            }
            Self::RepeatedParameter => {
                ("repeated-parameter", "Repeated parameter", StatusCode::BAD_REQUEST)
            }
            Self::InvalidParameter => {
                ("invalid-parameter", "Invalid parameter", StatusCode::BAD_REQUEST)
            }
            Self::AddressTooLong => {
                ("address-too-long", "Address too long", StatusCode::URI_TOO_LONG)
            }
            Self::HeadersTooLarge => (
                "headers-too-large",
                "Header fields too large",
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            ),
            Self::MediaType | Self::JsonOnly => {
                ("media-type", "Unsupported media type", StatusCode::UNSUPPORTED_MEDIA_TYPE)
            }
            Self::BodyTooLarge => {
                ("body-too-large", "Body too large", StatusCode::PAYLOAD_TOO_LARGE)
            }
            Self::BodyIncomplete => {
                ("body-incomplete", "Incomplete body", StatusCode::REQUEST_TIMEOUT)
            }
            Self::InvalidJson => ("invalid-json", "Unreadable JSON", StatusCode::BAD_REQUEST),
            Self::InvalidBody => ("invalid-body", "Invalid body", StatusCode::BAD_REQUEST),
            Self::Credential => {
                ("credential", "Identifiers, not credentials", StatusCode::UNPROCESSABLE_ENTITY)
            }
            Self::CredentialsOff => {
                ("credentials-off", "Credentials are not read here", StatusCode::NOT_FOUND)
            }
            Self::UnreadableCredential => {
                ("unreadable-credential", "Unreadable credential", StatusCode::UNPROCESSABLE_ENTITY)
            }
            Self::UnknownResource => {
                ("unknown-resource", "Unknown resource", StatusCode::NOT_FOUND)
            }
            Self::AmbiguousResource => {
                ("ambiguous-resource", "Ambiguous resource", StatusCode::CONFLICT)
            }
            Self::NoPublicAddress => {
                ("no-public-address", "No public address", StatusCode::CONFLICT)
            }
            Self::InvalidPrefix => ("invalid-prefix", "Invalid prefix", StatusCode::BAD_REQUEST),
            Self::AnotherVersion => {
                ("another-version", "Another version by now", StatusCode::NOT_FOUND)
            }
            Self::NothingPublished => {
                ("nothing-published", "Nothing published yet", StatusCode::SERVICE_UNAVAILABLE)
            }
            Self::TimeOut => ("time-out", "No answer in time", StatusCode::SERVICE_UNAVAILABLE),
            Self::Internal => ("internal", "Our fault", StatusCode::INTERNAL_SERVER_ERROR),
        }
    }
}

/// A problem: its kind, one sentence, and members of its own.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Problem {
    kind: ProblemKind,
    detail: String,
    members: Map<String, Value>,
}

impl Problem {
    /// A problem without members of its own.
    pub(super) fn new(kind: ProblemKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), members: Map::new() }
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

    /// Whether the fault is ours.
    pub(super) fn is_ours(&self) -> bool {
        self.kind.row().2.is_server_error()
    }

    /// A fault of ours, of which the caller learns no more.
    pub(super) fn internal() -> Self {
        Self::new(ProblemKind::Internal, "something went wrong here; it is not your request")
    }

    /// The one sentence.
    pub(super) fn detail(&self) -> &str {
        &self.detail
    }

    /// The problem as it is written.
    pub(super) fn into_json(self) -> Value {
        let (code, title, status) = self.kind.row();
        let mut members = Map::new();
        members.insert("type".to_owned(), format!("/problems/{code}").into());
        members.insert("title".to_owned(), title.into());
        members.insert("status".to_owned(), status.as_u16().into());
        members.insert("detail".to_owned(), self.detail.into());
        members.extend(self.members);
        Value::Object(members)
    }

    /// The headers that help to mend it.
    fn headers(&self) -> Vec<(HeaderName, &'static str)> {
        match self.kind {
            ProblemKind::MediaType => {
                vec![(ACCEPT, BODIES), (ACCEPT_POST, BODIES)]
            }
            ProblemKind::JsonOnly => vec![(ACCEPT, JSON), (ACCEPT_POST, JSON)],
            ProblemKind::NothingPublished => vec![(RETRY_AFTER, "5")],
            ProblemKind::TimeOut => vec![(RETRY_AFTER, "1")],
            _ => Vec::new(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (_, _, status) = self.kind.row();
        let headers = self.headers();
        let mut response = Response::new(Body::from(self.into_json().to_string()));
        *response.status_mut() = status;
        let media_type = HeaderValue::from_static(PROBLEM_JSON);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        for (name, value) in headers {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
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
    Problem::new(
        ProblemKind::NoSuchMethod,
        "this path has other methods; the header `Allow` names them",
    )
}

/// Answers a panic. Its words may repeat what a caller sent, so nobody looks at them; where it was, the panic hook has logged.
pub(super) fn panicked(words: Box<dyn Any + Send>) -> Response {
    drop(words);
    Problem::internal().into_response()
}
