//! An answer, already written as JSON.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::server::problem::Problem;

/// The JSON of an answer.
pub(super) struct Answer(Vec<u8>);

impl Answer {
    /// Writes an answer. Answers can be long, so this is no work for the threads that wait for the network.
    pub(super) fn of<T: Serialize>(value: &T) -> Result<Self, Problem> {
        match serde_json::to_vec(value) {
            Ok(json) => Ok(Self(json)),
            Err(error) => {
                tracing::error!(%error, "an answer cannot be written");
                Err(Problem::internal())
            }
        }
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.0));
        let media_type = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        response
    }
}
