//! What the registry answers.

use std::io;

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::stream;
use serde_json::{Value, json};

/// What the registry answers.
pub(super) struct Answer {
    pub status: u16,
    pub text: String,
    pub archive: Vec<u8>,
    pub total: Option<(&'static str, String)>,
    pub is_cut_off: bool,
    pub hangs: bool,
}

impl Answer {
    pub(super) fn of(value: &Value) -> Self {
        let (text, archive) = (value.to_string(), Vec::new());
        Self { status: 200, text, archive, total: None, is_cut_off: false, hangs: false }
    }

    pub(super) fn into_response(self) -> Response {
        let mut response = Response::builder()
            .status(StatusCode::from_u16(self.status).unwrap())
            .header("content-type", "application/json")
            .header("date", "Tue, 01 Sep 2026 00:00:00 GMT");
        if let Some((name, total)) = self.total {
            response = response.header(name, total);
        }
        let body = if self.is_cut_off {
            // Not in the middle of a character, for there is none but ASCII.
            let half = self.text.split_at(self.text.len() * 2 / 3).0.to_owned();
            Body::from_stream(stream::iter([Ok(half), Err(io::Error::other("cut off"))]))
        } else if !self.archive.is_empty() {
            Body::from(self.archive)
        } else {
            Body::from(self.text)
        };
        response.body(body).unwrap()
    }
}

/// Answers in these words.
pub(super) fn refusal(status: u16, words: &str) -> Answer {
    Answer { status, ..Answer::of(&json!({ "errors": [words] })) }
}
