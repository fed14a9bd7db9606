//! `/sparql`: the [SPARQL 1.1 Protocol](https://www.w3.org/TR/sparql11-protocol/) for queries, over the current generation.
//!
//! A query runs in a process of its own ([`crate::sparql`]). Its answer is held until it is whole, so that the status is true: a query that
//! comes to a limit is a problem, and never the beginning of an answer.

mod description;
mod failing;
mod page;
mod protocol;
mod queries;
mod spent;
mod wanted;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::VARY;
use axum::http::{HeaderMap, HeaderValue, Uri};
use axum::response::{IntoResponse, Response};

use crate::server::answer::Answer;
use crate::server::openapi::found::{Rows, Triples};
use crate::server::openapi::parameter::Graphs;
use crate::server::openapi::response::{AskedByQuery, AskedByQueryInBody, NotModified};
use crate::server::problem::Problem;
use crate::server::sparql::protocol::{Asked, of_address, of_body};
use crate::server::sparql::wanted::{Greeting, Wanted};
use crate::server::state::{AppState, Taken};

pub(super) use crate::server::sparql::queries::Queries;

/// Answers the query in the address; without one, says what is here: to a browser with a page, to everybody else with a
/// [service description](https://www.w3.org/TR/sparql11-service-description/).
#[utoipa::path(
    get,
    path = "/sparql",
    tag = "marketplaces",
    operation_id = "query",
    summary = "What a query in SPARQL finds; without one, what is here",
    params(
        ("query" = Option<String>, Query, description = "A query in SPARQL 1.1: `SELECT`, `ASK`, `CONSTRUCT` or `DESCRIBE`.", example = "ASK {}"),
        Graphs,
    ),
    responses((
        status = 200,
        description = "What the query finds, whole: rows or a truth value in the first five media types, triples in the others. Without a query a \
            service description in Turtle, or a page for browsers.",
        content(
            (Rows = "application/sparql-results+json"),
            (Rows = "application/json"),
            (String = "application/sparql-results+xml"),
            (String = "text/csv"),
            (String = "text/tab-separated-values"),
            (String = "text/turtle"),
            (String = "application/n-triples"),
            (Triples = "application/ld+json"),
            (String = "application/trig"),
            (String = "application/n-quads"),
            (String = "application/rdf+xml"),
            (String = "text/html"),
        ),
    ), NotModified, AskedByQuery)
)]
pub(super) async fn get(
    State(state): State<AppState>,
    taken: Result<Taken, Problem>,
    uri: Uri,
    fields: HeaderMap,
) -> Result<Response, Problem> {
    if let Some(asked) = of_address(&uri)? {
        return answer(&state, taken?, asked, &fields).await;
    }
    let response = match Greeting::wanted(&fields, state.public_url().is_some())? {
        Greeting::Page => return page::html(&state),
        Greeting::Description(form, media_type) => {
            let n_quads = taken.ok().map(|Taken(reader)| reader.manifest().counts.quads);
            let bytes = description::description(state.public_url(), n_quads, form)?;
            Answer::written(media_type, bytes).into_response()
        }
    };
    Ok(varying(response))
}

/// Answers the query in a body.
#[utoipa::path(
    post,
    path = "/sparql",
    tag = "marketplaces",
    operation_id = "queryInBody",
    summary = "What a query in SPARQL finds",
    params(Graphs),
    request_body(
        description = "The query as it is, or a form with `query`, `default-graph-uri` and `named-graph-uri`; of at most 16 KiB.",
        content(
            (String = "application/sparql-query", example = json!("ASK {}")),
            (String = "application/x-www-form-urlencoded", example = json!("query=ASK+%7B%7D")),
        ),
    ),
    responses((
        status = 200,
        description = "What the query finds, whole: rows or a truth value in the first five media types, triples in the others.",
        content(
            (Rows = "application/sparql-results+json"),
            (Rows = "application/json"),
            (String = "application/sparql-results+xml"),
            (String = "text/csv"),
            (String = "text/tab-separated-values"),
            (String = "text/turtle"),
            (String = "application/n-triples"),
            (Triples = "application/ld+json"),
            (String = "application/trig"),
            (String = "application/n-quads"),
            (String = "application/rdf+xml"),
        ),
    ), AskedByQueryInBody)
)]
pub(super) async fn post(
    State(state): State<AppState>,
    taken: Result<Taken, Problem>,
    request: Request,
) -> Result<Response, Problem> {
    let fields = request.headers().clone();
    let asked = of_body(request, state.time_limit()).await?;
    answer(&state, taken?, asked, &fields).await
}

async fn answer(
    state: &AppState,
    Taken(reader): Taken,
    asked: Asked,
    fields: &HeaderMap,
) -> Result<Response, Problem> {
    let wanted = Wanted::of(fields)?;
    let answer = state.queries().answer(Arc::clone(&reader), asked, wanted).await?;
    Ok(varying(answer.into_response()))
}

/// Says that another `Accept` would have had another answer.
fn varying(mut response: Response) -> Response {
    response.headers_mut().append(VARY, HeaderValue::from_static("Accept"));
    response
}
