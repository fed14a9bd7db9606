//! `/context.jsonld`: the context of our JSON-LD. Each document has its own part of it inside, so that nobody has to fetch it.

use axum::response::{IntoResponse, Response};

use crate::server::answer::Answer;
use crate::server::linked::json_ld::JsonLdContext;
use crate::server::linked::representation::unwritten;
use crate::server::openapi::response::{AskedOfProgram, NotModified};
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;

/// Gives the whole context.
#[utoipa::path(
    get,
    path = "/context.jsonld",
    tag = "marketplaces",
    operation_id = "context",
    summary = "The JSON-LD context of every document",
    responses((status = 200, description = "Prefixes and terms.", body = JsonLdContext, content_type = "application/ld+json"), NotModified, AskedOfProgram)
)]
pub(in crate::server) async fn context(parameters: Parameters) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    let mut bytes = serde_json::to_vec_pretty(&index::rdf::context())
        .map_err(|error| unwritten(error.into()))?;
    bytes.push(b'\n');
    Ok(Answer::written("application/ld+json", bytes).into_response())
}
