//! Hands a body over while it comes in, and ends it when it is too long, too deep or no JSON.

use url::Url;

use crate::client::answer::Answer;
use crate::client::error::FetchError;
use crate::client::failure::Failure;
use crate::client::request::Request;
use crate::client::taker::{Halt, Taker};
use crate::client::text::{Flaw, JsonText};
use crate::syntax::Syntax;

/// Reads a body to its end, or until the taker has enough of it.
pub(super) async fn receive(
    answer: &mut Answer<'_>,
    request: &Request,
    taker: &mut dyn Taker,
) -> Result<(), Failure> {
    let url = answer.head().url.clone();
    if answer.said_length().is_some_and(|length| length > request.max_bytes) {
        return Err(too_long(&url, request.max_bytes));
    }
    if has_enough(&url, taker.begin(answer.head()))? {
        return Ok(());
    }
    let mut text = request.is_json.then(JsonText::new);
    let mut n_bytes: u64 = 0;
    while let Some(chunk) = answer.chunk().await? {
        let mut bytes = chunk.as_ref();
        n_bytes = n_bytes.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if n_bytes > request.max_bytes {
            return Err(too_long(&url, request.max_bytes));
        }
        if let Some(text) = &mut text {
            bytes = text.feed(bytes).map_err(|flaw| flawed(&url, flaw))?;
        }
        if has_enough(&url, taker.bytes(bytes))? {
            return Ok(());
        }
    }
    text.map_or(Ok(()), |text| text.finish().map_err(|flaw| flawed(&url, flaw)))
}

fn too_long(url: &Url, limit: u64) -> Failure {
    Failure::unusable(url, format!("it is longer than {limit} bytes")).for_good()
}

fn flawed(url: &Url, flaw: Flaw) -> Failure {
    let failure = Failure::unusable(url, flaw.to_string());
    match flaw {
        Flaw::Syntax(Syntax::TooDeep { .. }) => failure.for_good(),
        Flaw::Empty | Flaw::Html | Flaw::Syntax(_) => failure,
    }
}

/// Whether the taker wants no more.
fn has_enough(url: &Url, taken: Result<(), Halt>) -> Result<bool, Failure> {
    match taken {
        Ok(()) => Ok(false),
        Err(Halt::Enough) => Ok(true),
        Err(Halt::Unusable(reason)) => Err(Failure::unusable(url, reason)),
        Err(Halt::Store(error)) => Err(FetchError::Store(error).into()),
    }
}
