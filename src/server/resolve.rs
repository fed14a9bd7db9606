//! `/v1/resolve`: what identifiers mean.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use index::Reader;
use index::resolve::{Resolution, resolve, resolve_claim};
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::badge::NOT_CHECKED;
use crate::day::day;
use crate::server::answer::Answer;
use crate::server::batch::{Batch, Question, invalid as invalid_body};
use crate::server::body::{self, Whole};
use crate::server::caller::Caller;
use crate::server::form::Form;
use crate::server::openapi::lines::{QuestionLines, ResolvedLines};
use crate::server::openapi::parameter::{AsOf, SAMPLE};
use crate::server::openapi::problem::ProblemDocument;
use crate::server::openapi::question::QuestionsBody;
use crate::server::openapi::response::{AskedByBody, AskedByParameters};
use crate::server::parameters::{Parameters, flag, judged, required};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken, late};
use crate::suggestion::add_suggestion;

/// How many identifiers of a body count for as much as a plain question: what they cost is to look them up, and not to be asked.
const FOR_ONE: usize = 20;

/// The same where words are searched for what is not resolved.
const FOR_ONE_WITH_WORDS: usize = 5;

/// What one identifier means.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Resolved)]
struct One {
    /// The generation that says so.
    generation: u64,
    /// The day on which it was judged.
    #[schema(format = Date)]
    as_of: String,
    /// What it means.
    resolution: Resolution,
    /// What no answer here says.
    not_checked: &'static str,
}

/// What many identifiers mean, in the order of the questions.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ResolvedMany)]
struct Many<'a> {
    /// The generation that says so.
    generation: u64,
    /// The day on which they were judged.
    #[schema(format = Date)]
    as_of: &'a str,
    /// An answer to each question.
    answers: Vec<Each>,
    /// What no answer here says.
    not_checked: &'static str,
}

/// What one of many means. A question that could not be read is `malformed`, and its problem says why.
#[derive(Serialize, ToSchema)]
#[schema(as = ResolvedEach)]
struct Each {
    /// What it means.
    resolution: Resolution,
    /// Why the question could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ProblemDocument>)]
    error: Option<Value>,
}

/// The same on a line of its own, which says everything.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ResolvedLine)]
pub(super) struct Alone<'a> {
    /// The number of the question, from 0.
    index: usize,
    /// Its line, from 1, where the questions came line by line.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// The generation that says so.
    generation: u64,
    /// The day on which it was judged.
    #[schema(format = Date)]
    as_of: &'a str,
    /// What it means.
    resolution: Resolution,
    /// Why the question could not be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<ProblemDocument>)]
    error: Option<Value>,
    /// What no answer here says.
    not_checked: &'static str,
}

/// Says what one identifier means. What is unknown or ambiguous is an answer like others, in its `verdict`, and no problem.
#[utoipa::path(
    get,
    path = "/v1/resolve",
    tag = "verifiers",
    operation_id = "resolve",
    summary = "What one identifier means",
    description = "What is unknown or ambiguous is an answer like others, in its `verdict`, and no problem.",
    params(
        ("id" = String, Query, description = "An identifier in any spelling, or a code.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        ("framework" = Option<String>, Query, description = "The framework of a code, by its identifier or its title.", min_length = 1, pattern = r"\S"),
        AsOf,
    ),
    responses((status = 200, description = "What it means.", body = One), AskedByParameters)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [id, framework, as_of] = parameters.named(["id", "framework", "asOf"])?;
    let id = required(id, "id")?;
    let as_of = judged(as_of.as_deref(), state.now())?;
    let look_up = move |reader: &Reader| {
        let resolution = resolve(reader.cards(), &id, framework.as_deref(), &as_of)?;
        let generation = reader.manifest().generation;
        Ok(One { generation, as_of, resolution, not_checked: NOT_CHECKED })
    };
    state.answer(reader, look_up).await
}

/// Says what many identifiers, or alignments of badges, mean.
#[utoipa::path(
    post,
    path = "/v1/resolve",
    tag = "verifiers",
    operation_id = "resolveMany",
    summary = "What many identifiers mean, or alignments of badges",
    description = "Answers come in the order of the questions, in the form that `Accept` likes better, else in that of the questions. A question that cannot \
                   be read spoils no other: in its place stands the verdict `malformed`, and a problem.",
    params(
        AsOf,
        ("suggest" = Option<bool>, Query, description = "Whether to suggest what the words are like of what is not resolved."),
    ),
    request_body(description = "Up to 1,000 questions in at most 2 MiB.", content(
        (QuestionsBody = "application/json", example = json!({
            "ids": [SAMPLE, { "targetCode": "NMF.3.NU.4", "targetFramework": "Northfield Mathematics Framework 2019" }]
        })),
        (QuestionLines = "application/x-ndjson", example = json!("\"2373ee03-1b81-5d6f-9869-0a5bee3226c7\"\n{\"targetUrl\": \"https://a.example\"}\n")),
    )),
    responses(
        (status = 200, description = "What they mean.", content((Many<'_> = "application/json"), (ResolvedLines = "application/x-ndjson"))),
        AskedByBody
    )
)]
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
    let (caller, own) = (Caller::of_now(), state.clone());
    let work = move || {
        let Whole { bytes, place } = body;
        let batch = Batch::read(question, &bytes)?;
        drop((bytes, place));
        let as_of = day_of(as_of, batch.as_of, now)?;
        let suggests = suggest || batch.suggest;
        let for_one = if suggests { FOR_ONE_WITH_WORDS } else { FOR_ONE };
        caller.owes(batch.questions.len().div_ceil(for_one))?;
        let asking = Asking { as_of: &as_of, suggests, end, public_url: own.public_url() };
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
        (Some(text), None) => judged(Some(&text), now),
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
    /// The address by which the service knows itself.
    public_url: Option<&'a str>,
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
            Ok(Each { resolution, error: Some(problem.into_json(asking.public_url)) })
        }
    }
}
