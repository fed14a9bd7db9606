//! A body as it comes in: bounded in length and time, looked through on the way, and nowhere kept.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;

use crate::server::credential::Guard;
use crate::server::problem::{Problem, ProblemKind};

/// The longest body, in bytes.
pub(super) const MAX_BODY: usize = 64 << 10;

/// Reads a body of JSON.
///
/// The bytes are judged before their media type and their length, so that a credential is told apart from other things that do not belong
/// here, whatever it is sent as; of a body that is refused nothing more is read.
pub(super) async fn read(request: Request, time_limit: Duration) -> Result<Vec<u8>, Problem> {
    let is_json = is_json(request.headers());
    let bytes = match tokio::time::timeout(time_limit, whole(request.into_body())).await {
        Ok(bytes) => bytes?,
        Err(_) => return Err(incomplete("the body did not come in time")),
    };
    if is_json {
        return Ok(bytes);
    }
    let detail = "the body has to be JSON, and its `Content-Type` `application/json`";
    Err(Problem::new(ProblemKind::MediaType, detail))
}

async fn whole(mut body: Body) -> Result<Vec<u8>, Problem> {
    let mut guard = Guard::default();
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let Ok(frame) = frame else { return Err(incomplete("the body broke off")) };
        let Ok(data) = frame.into_data() else { continue };
        guard.push(&data)?;
        if bytes.len() + data.len() > MAX_BODY {
            let detail = format!("a body has at most {MAX_BODY} bytes");
            return Err(Problem::new(ProblemKind::BodyTooLarge, detail));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn incomplete(detail: &str) -> Problem {
    Problem::new(ProblemKind::BodyIncomplete, detail)
}

/// Tells whether a body says that it is [JSON](https://www.rfc-editor.org/rfc/rfc8259#section-11), with whatever parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = media_type.and_then(|media_type| media_type.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}
