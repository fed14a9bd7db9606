//! `/v1/resolve`: what identifiers mean.

use std::time::Instant;

use axum::extract::{Request, State};
use index::resolve::{Resolution, resolve, resolve_claim};
use serde::Serialize;

use crate::day::day;
use crate::lookup::{NOT_CHECKED, add_suggestion};
use crate::server::answer::Answer;
use crate::server::batch::{Batch, invalid as invalid_body};
use crate::server::body;
use crate::server::parameters::{Parameters, invalid, required};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken, late};

/// What one identifier means.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct One {
    generation: u64,
    as_of: String,
    resolution: Resolution,
    not_checked: &'static str,
}

/// What many identifiers mean, in the order of the questions.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Many {
    generation: u64,
    as_of: String,
    answers: Vec<Each>,
    not_checked: &'static str,
}

#[derive(Serialize)]
struct Each {
    resolution: Resolution,
}

/// Says what one identifier means. What is unknown or ambiguous is an answer like others, in its `verdict`, and no problem.
pub(super) async fn one(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [id, framework, as_of] = parameters.named(["id", "framework", "asOf"])?;
    let id = required(id, "id")?;
    let as_of =
        day(as_of.as_deref(), state.now()).map_err(|error| invalid("asOf", error.to_string()))?;
    let look_up = move |reader: &index::Reader| {
        let resolution = resolve(reader.cards(), &id, framework.as_deref(), &as_of)?;
        let generation = reader.manifest().generation;
        Ok(One { generation, as_of, resolution, not_checked: NOT_CHECKED })
    };
    state.answer(reader, look_up).await
}

/// Says what many identifiers, or alignments of badges, mean.
pub(super) async fn many(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
    request: Request,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let batch = Batch::read(&body::read(request, state.time_limit()).await?)?;
    let as_of = day(batch.as_of.as_deref(), state.now())
        .map_err(|error| invalid_body("/asOf", error.to_string()))?;
    let end = Instant::now() + state.time_limit();
    let look_up = move |reader: &index::Reader| {
        let mut answers = Vec::with_capacity(batch.claims.len());
        for claim in &batch.claims {
            // Whoever asked has been told already that it took too long.
            if Instant::now() > end {
                return Err(late());
            }
            let mut resolution = resolve_claim(reader.cards(), claim, &as_of)?;
            if batch.suggest {
                add_suggestion(reader.cards(), claim, &mut resolution)?;
            }
            answers.push(Each { resolution });
        }
        let generation = reader.manifest().generation;
        Ok(Many { generation, as_of, answers, not_checked: NOT_CHECKED })
    };
    state.answer(reader, look_up).await
}
