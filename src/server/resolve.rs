//! `/v1/resolve`: what identifiers mean.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use index::Reader;
use index::resolve::{Resolution, resolve, resolve_claim};
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

use crate::badge::NOT_CHECKED;
use crate::day::day;
use crate::server::answer::Answer;
use crate::server::batch::{Batch, Question, invalid as invalid_body};
use crate::server::body::{self, Whole};
use crate::server::form::Form;
use crate::server::parameters::{Parameters, flag, invalid, required};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken, late};
use crate::suggestion::add_suggestion;

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
struct Many<'a> {
    generation: u64,
    as_of: &'a str,
    answers: Vec<Each>,
    not_checked: &'static str,
}

/// What one of many means. A question that could not be read is `malformed`, and its problem says why.
#[derive(Serialize)]
struct Each {
    resolution: Resolution,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
}

/// The same on a line of its own, which says everything.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Alone<'a> {
    /// The number of the question, from 0.
    index: usize,
    /// Its line, from 1, where the questions came line by line.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    generation: u64,
    as_of: &'a str,
    resolution: Resolution,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<Value>,
    not_checked: &'static str,
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
    let look_up = move |reader: &Reader| {
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
    headers: HeaderMap,
    request: Request,
) -> Result<Answer, Problem> {
    let [as_of, suggest] = parameters.named(["asOf", "suggest"])?;
    let suggest = flag("suggest", suggest.as_deref())?;
    let (question, body) = body::read(request, state.time_limit(), state.large_bodies()).await?;
    let wanted = Form::wanted(&headers, question);
    let (now, end) = (state.now(), Instant::now() + state.time_limit());
    let work = move || {
        let Whole { bytes, place } = body;
        let batch = Batch::read(question, &bytes)?;
        drop((bytes, place));
        let as_of = day_of(as_of, batch.as_of, now)?;
        let suggests = suggest || batch.suggest;
        let asking = Asking { as_of: &as_of, suggests, end };
        answers(&reader, batch.questions, asking, wanted)
    };
    state.write(work).await
}

/// The day stands in the address or in the body.
fn day_of(
    in_address: Option<String>,
    in_body: Option<String>,
    now: OffsetDateTime,
) -> Result<String, Problem> {
    match (in_address, in_body) {
        (Some(_), Some(_)) => Err(invalid_body("/asOf", "the day stands in the address already")),
        (Some(text), None) => {
            day(Some(&text), now).map_err(|error| invalid("asOf", error.to_string()))
        }
        (None, text) => {
            day(text.as_deref(), now).map_err(|error| invalid_body("/asOf", error.to_string()))
        }
    }
}

/// What counts for every question of a request.
#[derive(Clone, Copy)]
struct Asking<'a> {
    /// The day on which it is judged.
    as_of: &'a str,
    /// Whether suggestions are wanted.
    suggests: bool,
    /// When whoever asked has been told that it took too long.
    end: Instant,
}

fn answers(
    reader: &Reader,
    questions: Vec<Question>,
    asking: Asking<'_>,
    form: Form,
) -> Result<Answer, Problem> {
    let (generation, not_checked) = (reader.manifest().generation, NOT_CHECKED);
    let as_of = asking.as_of;
    let mut lines = Answer::of_lines();
    let mut answers = Vec::new();
    for (index, question) in questions.into_iter().enumerate() {
        // Whoever asked has been told already that it took too long.
        if Instant::now() > asking.end {
            return Err(late());
        }
        let line = question.line;
        let Each { resolution, error } = each(reader, question, asking)?;
        match form {
            Form::Json => answers.push(Each { resolution, error }),
            Form::Lines => lines.line(&Alone {
                index,
                line,
                generation,
                as_of,
                resolution,
                error,
                not_checked,
            })?,
        }
    }
    match form {
        Form::Json => Answer::of(&Many { generation, as_of, answers, not_checked }),
        Form::Lines => Ok(lines),
    }
}

fn each(reader: &Reader, question: Question, asking: Asking<'_>) -> Result<Each, Problem> {
    match question.claim {
        Ok(claim) => {
            let mut resolution = resolve_claim(reader.cards(), &claim, asking.as_of)?;
            if asking.suggests {
                add_suggestion(reader.cards(), &claim, &mut resolution)?;
            }
            Ok(Each { resolution, error: None })
        }
        Err(problem) => {
            // What has no text at all is malformed; only the reason is another.
            let mut resolution = resolve(reader.cards(), "", None, asking.as_of)?;
            problem.detail().clone_into(&mut resolution.reason);
            Ok(Each { resolution, error: Some(problem.into_json()) })
        }
    }
}
