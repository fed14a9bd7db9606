//! `/livez` and `/readyz`: what whoever runs the service asks. Parameters are let be; some probes add their own.

use axum::extract::State;
use index::Reader;
use ontology::identify;
use serde_json::json;

use crate::server::answer::Answer;
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// A name that nothing has, to see whether look-ups work.
const NOBODY: &str = "urn:uuid:00000000-0000-4000-8000-000000000000";

/// The process is up and answers.
pub(super) async fn livez() -> Result<Answer, Problem> {
    Answer::of(&json!({ "status": "live" }))
}

/// A generation is open and a look-up comes to its end in time.
pub(super) async fn readyz(
    State(state): State<AppState>,
    Taken(reader): Taken,
) -> Result<Answer, Problem> {
    let look_up = |reader: &Reader| {
        if let Some(key) = identify(NOBODY).key {
            reader.cards().named(&key)?;
        }
        Ok(json!({ "status": "ready", "generation": reader.manifest().generation }))
    };
    state.answer(reader, look_up).await
}
