//! `/livez` and `/readyz`: what whoever runs the service asks. Parameters are let be; some probes add their own.

use axum::extract::State;
use index::Reader;
use ontology::identify;
use serde::Serialize;
use utoipa::ToSchema;

use crate::server::answer::Answer;
use crate::server::openapi::response::AskedWhetherReady;
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// A name that nothing has, to see whether look-ups work.
const NOBODY: &str = "urn:uuid:00000000-0000-4000-8000-000000000000";

/// How the service is.
#[derive(Serialize, ToSchema)]
struct Health {
    /// `live` or `ready`.
    status: &'static str,
    /// The generation that answers, where one was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    generation: Option<u64>,
}

/// The process is up and answers.
#[utoipa::path(
    get,
    path = "/livez",
    tag = "operators",
    operation_id = "livez",
    summary = "Whether the process is up",
    responses((status = 200, description = "It is.", body = Health))
)]
pub(super) async fn livez() -> Result<Answer, Problem> {
    Answer::of(&Health { status: "live", generation: None })
}

/// A generation is open and a look-up comes to its end in time.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "operators",
    operation_id = "readyz",
    summary = "Whether a generation is open and answers",
    responses((status = 200, description = "It does.", body = Health), AskedWhetherReady)
)]
pub(super) async fn readyz(
    State(state): State<AppState>,
    Taken(reader): Taken,
) -> Result<Answer, Problem> {
    let look_up = |reader: &Reader| {
        if let Some(key) = identify(NOBODY).key {
            reader.cards().named(&key)?;
        }
        Ok(Health { status: "ready", generation: Some(reader.manifest().generation) })
    };
    state.answer(reader, look_up).await
}
