//! A body as it comes in: bounded in length and time, looked through on the way, and nowhere kept.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use hyper::body::Frame;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::server::credential::Guard;
use crate::server::form::Form;
use crate::server::problem::{Problem, ProblemKind};

/// The longest body with questions, in bytes: two kilobytes for each.
pub(super) const MAX_BODY: usize = 2 << 20;

/// A longer body needs a place among the large ones, so that all the bodies that come in at once stay within bounds.
const SMALL: usize = 64 << 10;

/// How many large bodies may come in at once.
pub(super) const MAX_LARGE: usize = 16;

/// How many times as long as a quiet of it a whole body may take.
const PATIENCE: u32 = 3;

/// The longest quiet within a body.
const MAX_QUIET: Duration = Duration::from_secs(10);

/// The longest that a body may take.
pub(super) fn longest(time_limit: Duration) -> Duration {
    PATIENCE * time_limit
}

/// A body that came in whole.
pub(super) struct Whole {
    /// What came.
    pub bytes: Vec<u8>,
    /// Its place among the large ones, kept as long as the bytes are.
    pub place: Option<OwnedSemaphorePermit>,
}

/// Reads a body with questions, and gives its form.
///
/// The bytes are judged before their media type and their length, so that a credential is told apart from other things that do not belong
/// here, whatever it is sent as; of a body that is refused nothing more is read.
pub(super) async fn read(
    request: Request,
    time_limit: Duration,
    large: Arc<Semaphore>,
) -> Result<(Form, Whole), Problem> {
    let form = Form::of_body(request.headers());
    let mut guard = Guard::default();
    let coming = Coming { body: request.into_body(), quiet: time_limit.min(MAX_QUIET) };
    let reading = whole(coming, MAX_BODY, large, move |data| guard.push(data));
    let body = in_time(time_limit, reading).await?;
    if let Some(form) = form {
        return Ok((form, body));
    }
    let detail = "the body has to be JSON or NDJSON, and its `Content-Type` `application/json` or `application/x-ndjson`";
    Err(Problem::new(ProblemKind::MediaType, detail))
}

/// Reads a body with a credential, where the operator has said that it may come. Whoever asks has taken a place for it.
pub(super) async fn read_credential(
    request: Request,
    max: usize,
    time_limit: Duration,
) -> Result<Vec<u8>, Problem> {
    let place = Arc::new(Semaphore::new(1));
    let coming = Coming { body: request.into_body(), quiet: time_limit.min(MAX_QUIET) };
    let reading = whole(coming, max, place, |_| Ok(()));
    Ok(in_time(time_limit, reading).await?.bytes)
}

async fn in_time(
    time_limit: Duration,
    reading: impl Future<Output = Result<Whole, Problem>>,
) -> Result<Whole, Problem> {
    tokio::time::timeout(longest(time_limit), reading).await.unwrap_or_else(|_| Err(too_slow()))
}

/// A body on its way.
struct Coming {
    body: Body,
    /// How long nothing may come of it.
    quiet: Duration,
}

impl Coming {
    /// The next piece of the body; none at its end.
    async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        loop {
            let next = poll_fn(|context| Pin::new(&mut self.body).poll_frame(context));
            let Ok(next) = tokio::time::timeout(self.quiet, next).await else {
                return Err(too_slow());
            };
            match next.map(|frame| frame.map(Frame::into_data)) {
                None => return Ok(None),
                Some(Ok(Ok(data))) => return Ok(Some(data)),
                // Trailers are of no use here.
                Some(Ok(Err(_))) => {}
                Some(Err(_)) => return Err(incomplete("the body broke off")),
            }
        }
    }
}

async fn whole(
    mut coming: Coming,
    max: usize,
    large: Arc<Semaphore>,
    mut judge: impl FnMut(&[u8]) -> Result<(), Problem>,
) -> Result<Whole, Problem> {
    let (mut bytes, mut place) = (Vec::new(), None);
    while let Some(data) = coming.next().await? {
        judge(&data)?;
        let n_bytes = bytes.len() + data.len();
        if n_bytes > max {
            let detail = format!("a body has at most {max} bytes");
            return Err(Problem::new(ProblemKind::BodyTooLarge, detail).with("max", max));
        }
        if n_bytes > SMALL && place.is_none() {
            place = Arc::clone(&large).acquire_owned().await.ok();
        }
        bytes.extend_from_slice(&data);
    }
    Ok(Whole { bytes, place })
}

fn too_slow() -> Problem {
    incomplete("the body did not come in time")
}

fn incomplete(detail: &str) -> Problem {
    Problem::new(ProblemKind::BodyIncomplete, detail)
}
