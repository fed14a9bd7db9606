//! An answer, already written.

use askama::Template;
use axum::body::Body;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, LINK};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::server::files::POLICY;
use crate::server::form::Form;
use crate::server::link::link;
use crate::server::problem::Problem;

/// The header that names the generation an answer comes from.
pub(super) const GENERATION: HeaderName = HeaderName::from_static("alidade-generation");

/// The media type of a page.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// Says of a request that it wants the head of its answer alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadAlone;

/// The bytes of an answer, and what its head says besides.
pub(super) struct Answer {
    status: StatusCode,
    media_type: &'static str,
    bytes: Vec<u8>,
    fields: Vec<(HeaderName, HeaderValue)>,
}

impl Answer {
    /// An answer that is written already, with its media type and its parameters.
    pub(super) fn written(media_type: &'static str, bytes: Vec<u8>) -> Self {
        Self { status: StatusCode::OK, media_type, bytes, fields: Vec::new() }
    }

    /// Writes an answer as JSON. Answers can be long, so this is no work for the threads that wait for the network.
    pub(super) fn of<T: Serialize>(value: &T) -> Result<Self, Problem> {
        let mut answer = Self::written(Form::Json.media_type(), Vec::new());
        answer.push(value)?;
        Ok(answer)
    }

    /// Writes an answer of a media type by its template.
    pub(super) fn templated<T: Template>(
        media_type: &'static str,
        template: &T,
    ) -> Result<Self, Problem> {
        let text = template.render().map_err(|error| {
            tracing::error!(%error, "a page cannot be written");
            Problem::internal()
        })?;
        Ok(Self::written(media_type, text.into_bytes()))
    }

    /// Writes an answer as a page.
    pub(super) fn page<T: Template>(page: &T) -> Result<Self, Problem> {
        let mut answer = Self::templated(HTML, page)?;
        answer.fields.push((CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)));
        Ok(answer)
    }

    /// An answer of one value a line, which has none yet.
    pub(super) fn of_lines() -> Self {
        Self::written(Form::Lines.media_type(), Vec::new())
    }

    /// How long it is so far.
    pub(super) fn n_bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Writes the next line.
    pub(super) fn line<T: Serialize>(&mut self, value: &T) -> Result<(), Problem> {
        self.push(value)?;
        self.bytes.push(b'\n');
        Ok(())
    }

    /// Says of which generation it is, where that need not be the current one.
    pub(super) fn of_generation(mut self, generation: u64) -> Self {
        self.fields.push((GENERATION, HeaderValue::from(generation)));
        self
    }

    /// Says by which address it goes on ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)), unless that is longer than an address
    /// may be here.
    pub(super) fn with_next(mut self, address: &str) -> Self {
        self.fields.extend(link(address, "next").map(|value| (LINK, value)));
        self
    }

    /// Says what it links to, as a `Link` field has it.
    pub(super) fn with_links(mut self, links: String) -> Self {
        self.fields.extend(HeaderValue::try_from(links).ok().map(|links| (LINK, links)));
        self
    }

    /// Says that not all is well.
    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// What it says.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn push<T: Serialize>(&mut self, value: &T) -> Result<(), Problem> {
        serde_json::to_writer(&mut self.bytes, value).map_err(|error| {
            tracing::error!(%error, "an answer cannot be written");
            Problem::internal()
        })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.bytes));
        *response.status_mut() = self.status;
        let media_type = HeaderValue::from_static(self.media_type);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        response.headers_mut().extend(self.fields);
        response
    }
}
