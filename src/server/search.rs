//! `/v1/search` and `/v1/multi-search`: resources by their words, codes or identifiers.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use index::search::SearchResults;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::lookup::FoundByWords;
use crate::server::answer::Answer;
use crate::server::asked::Asked;
use crate::server::batch::invalid as invalid_body;
use crate::server::body::{self, Whole};
use crate::server::caller::Caller;
use crate::server::form::Form;
use crate::server::many::{Making, Many};
use crate::server::openapi::body::SearchesBody;
use crate::server::openapi::lines::{SearchAnsweredLines, SearchLines};
use crate::server::openapi::parameter::{Search, Searching};
use crate::server::openapi::problem::ProblemDocument;
use crate::server::openapi::response::{AskedByBody, AskedForPage, NotModified};
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// The most searches of one body.
pub(super) const MAX_SEARCHES: usize = 20;

/// What several searches found, in their order.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `server::many` writes, and is never made")]
struct SearchesAnswered {
    /// The generation of the request.
    generation: u64,
    /// An answer to each search.
    answers: Vec<SearchAnswered>,
}

/// What one of several searches found, or what is wrong with it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `server::many` writes, and is never made")]
pub(super) struct SearchAnswered {
    /// The number of the search, from 0, where the answers come line by line.
    index: Option<usize>,
    /// Its line, from 1, where the searches came line by line too.
    line: Option<usize>,
    /// The generation that says so.
    generation: Option<u64>,
    /// What it found.
    results: Option<SearchResults>,
    /// What is wrong with it.
    error: Option<ProblemDocument>,
}

/// Searches the resources.
#[utoipa::path(
    get,
    path = "/v1/search",
    tag = "marketplaces",
    operation_id = "search",
    summary = "The resources that have the words, the code or the identifier",
    params(Search),
    responses(
        (status = 200, description = "A page of hits.", body = FoundByWords, headers(("Link" = String, description = "The address of the next page, with `rel=\"next\"`."))),
        NotModified,
        AskedForPage
    )
)]
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
#[utoipa::path(
    post,
    path = "/v1/multi-search",
    tag = "marketplaces",
    operation_id = "multiSearch",
    summary = "Several searches, each as if it were alone",
    description = "One that is wrong spoils no other: its problem stands in its place. What stands in the address holds for all that do not say it otherwise.",
    params(Searching),
    request_body(description = "Up to 20 searches.", content(
        (SearchesBody = "application/json", example = json!({ "searches": [{ "q": "fractions" }, { "q": "welding", "kind": ["credential"] }] })),
        (SearchLines = "application/x-ndjson", example = json!("{\"q\": \"fractions\"}\n{\"q\": \"welding\"}\n")),
    )),
    responses(
        (status = 200, description = "What they found.", content((SearchesAnswered = "application/json"), (SearchAnsweredLines = "application/x-ndjson"))),
        AskedByBody
    )
)]
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
    let caller = Caller::of_now();
    let work = move || {
        let Whole { bytes, place } = body;
        let many = Many::read(form, &bytes, ("searches", MAX_SEARCHES))?;
        drop((bytes, place));
        let n_searches = many.n();
        let otherwise =
            shared(many.rest, &parameters, now).map_err(|problem| problem.in_body(""))?;
        // Each of them as if it were alone.
        caller.owes(n_searches)?;
        let public_url = states.public_url();
        let making = Making { name: "results", generation, form: wanted, end, public_url };
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
