//! An answer, already written.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_TYPE, HeaderName, LINK};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::server::form::Form;
use crate::server::link::link;
use crate::server::problem::Problem;

/// The header that names the generation an answer comes from.
pub(super) const GENERATION: HeaderName = HeaderName::from_static("alidade-generation");

/// Says of a request that it wants the head of its answer alone.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeadAlone;

/// The bytes of an answer, and what its head says besides.
pub(super) struct Answer {
    media_type: &'static str,
    bytes: Vec<u8>,
    fields: Vec<(HeaderName, HeaderValue)>,
}

impl Answer {
    /// An answer that is written already, with its media type and its parameters.
    pub(super) fn written(media_type: &'static str, bytes: Vec<u8>) -> Self {
        Self { media_type, bytes, fields: Vec::new() }
    }

    /// Writes an answer as JSON. Answers can be long, so this is no work for the threads that wait for the network.
    pub(super) fn of<T: Serialize>(value: &T) -> Result<Self, Problem> {
        let mut answer = Self::written(Form::Json.media_type(), Vec::new());
        answer.push(value)?;
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
        let media_type = HeaderValue::from_static(self.media_type);
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        response.headers_mut().extend(self.fields);
        response
    }
}
