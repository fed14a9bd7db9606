//! `/v1/search` and `/v1/multi-search`: resources by their words, codes or identifiers.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use serde_json::{Map, Value};
use time::OffsetDateTime;

use crate::server::answer::Answer;
use crate::server::asked::Asked;
use crate::server::batch::invalid as invalid_body;
use crate::server::body::{self, Whole};
use crate::server::form::Form;
use crate::server::many::{Making, Many};
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// The most searches of one body.
const MAX_SEARCHES: usize = 20;

/// Searches the resources.
pub(super) async fn search(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let asked = Asked::read(parameters.clone(), state.now())?;
    let reader = asked.reader(&state, &reader).map_err(|gone| {
        let first = parameters.clone().without("cursor").query_with(&[]);
        gone.with("first", format!("/v1/search?{first}"))
    })?;
    let look_up = move || {
        let found = asked.answer(&reader)?;
        let answer = Answer::of(&found)?.of_generation(found.generation);
        let Some(cursor) = found.results.next.as_deref() else { return Ok(answer) };
        // Whoever goes on tomorrow still asks as of today.
        let as_of = asked.query.as_of.as_deref().unwrap_or_default();
        let kept = parameters.without("offset").query_with(&[("asOf", as_of), ("cursor", cursor)]);
        Ok(answer.with_next(&format!("/v1/search?{kept}")))
    };
    state.write(look_up).await
}

/// Makes several searches, each as if it were alone.
pub(super) async fn several(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
    headers: HeaderMap,
    request: Request,
) -> Result<Answer, Problem> {
    let now = state.now();
    Asked::check_shared(parameters.clone(), now)?;
    let (form, body) = body::read(request, state.time_limit(), state.large_bodies()).await?;
    let wanted = Form::wanted(&headers, form);
    let end = state.end_of_many();
    let (states, generation) = (state.clone(), reader.manifest().generation);
    let work = move || {
        let Whole { bytes, place } = body;
        let many = Many::read(form, &bytes, ("searches", MAX_SEARCHES))?;
        drop((bytes, place));
        let otherwise =
            shared(many.rest, &parameters, now).map_err(|problem| problem.in_body(""))?;
        let making = Making { name: "results", generation, form: wanted, end };
        making.answers(many.entries, |value| {
            let Value::Object(object) = value else {
                return Err(invalid_body("", "an object with a search is expected"));
            };
            let asked = Asked::read(Parameters::of_object(object, &otherwise)?, now)?;
            let found = asked.answer(&*asked.reader(&states, &reader)?)?;
            Ok((found.generation, found.results))
        })
    };
    state.write(work).await
}

/// What stands beside the searches, read once before any of them.
fn shared(
    rest: Map<String, Value>,
    address: &Parameters,
    now: OffsetDateTime,
) -> Result<Parameters, Problem> {
    let parameters = Parameters::of_object(rest, address)?;
    Asked::check_shared(parameters.clone(), now)?;
    Ok(parameters)
}
