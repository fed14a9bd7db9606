//! `/v1/changes`: what was added, changed, moved and retired, generation by generation, for whoever keeps a copy.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::HeaderMap;
use index::Reader;
use index::changes::{What, Words};
use index::cursor::{Cursor, CursorError};
use index::edition::Edition;
use index::feed::{ChangeLog, Event, MAX_EVENTS, Place, Wanted};
use serde::Serialize;
use utoipa::ToSchema;

use crate::server::answer::Answer;
use crate::server::form::Form;
use crate::server::openapi::lines::ChangeLines;
use crate::server::openapi::response::{AskedForPage, NotModified};
use crate::server::parameters::{Parameters, invalid, number};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};

/// The changes of an answer where nothing else is asked for.
const DEFAULT_LIMIT: usize = 1_000;

/// What the cursors of this feed hold for.
const QUESTION: &str = "/v1/changes";

/// A change as it is told.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct ChangeEntry {
    /// The cursor behind this change: whoever stops here goes on with `after=` this.
    pub cursor: String,
    /// The generation that has the change.
    pub generation: u64,
    /// When that was published.
    pub published_at: String,
    /// What happened.
    pub change: What,
    /// The subject of the resource, which is an identifier of it everywhere.
    pub subject: String,
    /// Its kind.
    pub kind: String,
    /// The source.
    pub source: String,
    /// The record.
    pub record: String,
    /// Its code and words before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Words>,
    /// Its code and words now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Words>,
}

/// A stretch of the changes.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ChangesAnswer {
    /// The newest generation.
    pub generation: u64,
    /// The changes in their order.
    pub changes: Vec<ChangeEntry>,
    /// What is asked with as `after` the next time, be it now or tomorrow.
    pub after: String,
    /// The same, where there is more already.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// Tells what has changed behind a cursor or a generation, in order; all that is kept, where none is named.
#[utoipa::path(
    get,
    path = "/v1/changes",
    tag = "copies",
    operation_id = "changes",
    summary = "What was added, changed, moved and retired, in order",
    params(
        ("after" = Option<String>, Query, description = "The cursor of the last change that is known, or the number of a generation of which all is known.", min_length = 1, pattern = r"\S"),
        ("limit" = Option<usize>, Query, description = "The most changes.", minimum = 1, maximum = 10_000),
    ),
    responses((
        status = 200,
        description = "A stretch of the changes: one a line, or in one JSON text where `Accept` asks for that.",
        content((ChangeLines = "application/x-ndjson"), (ChangesAnswer = "application/json")),
        headers(("Link" = String, description = "The address of the next stretch, with `rel=\"next\"`."))
    ), NotModified, AskedForPage)
)]
pub(super) async fn changes(
    State(state): State<AppState>,
    Taken(reader): Taken,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [after, limited] = parameters.clone().named(["after", "limit"])?;
    let limit = limited.map_or(Ok(DEFAULT_LIMIT), |text| number("limit", &text))?;
    if !(1..=MAX_EVENTS).contains(&limit) {
        let detail = format!("an answer has from 1 to {MAX_EVENTS} changes");
        return Err(invalid("limit", detail).with("max", MAX_EVENTS));
    }
    let after = after.map(|text| place(&text, &reader)).transpose()?;
    let form = Form::wanted(&headers, Form::Lines);
    let look_up = move || {
        let told = tell(&reader, after, limit)?;
        let next = told.next.as_ref().map(|next| {
            let query = parameters.query_with(&[("after", next)]);
            format!("/v1/changes?{query}")
        });
        let answer = match form {
            Form::Json => Answer::of(&told)?,
            Form::Lines => {
                let mut lines = Answer::of_lines();
                told.changes.iter().try_for_each(|change| lines.line(change))?;
                lines
            }
        };
        Ok(next.iter().fold(answer, |answer, next| answer.with_next(next)))
    };
    state.write(look_up).await
}

/// Reads a cursor of this feed, or the number of a generation of which all is known.
///
/// What is newer than all that is here, or of another edition than what is here under its number, is of another data directory.
fn place(text: &str, reader: &Reader) -> Result<Place, Problem> {
    let (place, edition) = match text.parse() {
        Ok(generation) => (Place::behind(generation), None),
        Err(_not_a_number) => {
            let Cursor { edition, place } = Cursor::read(text, QUESTION).map_err(refused)?;
            (Place { generation: edition.generation, bytes: place }, Some(edition))
        }
    };
    let here = reader.changes().edition(place.generation);
    let is_other = here.is_some() && edition.is_some() && here != edition;
    if is_other || place.generation > reader.manifest().generation {
        return Err(gone(reader));
    }
    Ok(place)
}

fn refused(error: CursorError) -> Problem {
    invalid("after", error.to_string())
}

fn written(place: Place, log: &ChangeLog) -> String {
    // Of what is kept no longer, the number alone is known.
    let unknown = Edition { generation: place.generation, imprint: 0 };
    let edition = log.edition(place.generation).unwrap_or(unknown);
    Cursor { edition, place: place.bytes }.write(QUESTION)
}

fn tell(reader: &Reader, after: Option<Place>, limit: usize) -> Result<ChangesAnswer, Problem> {
    let log = reader.changes();
    let sources = reader.sources().iter();
    // What may not be given away in bulk is searchable, and in no copy.
    let kept_back = sources
        .filter(|(_, status)| status.terms.as_ref().is_some_and(|terms| !terms.redistribute));
    let without: BTreeSet<&str> = kept_back.map(|(name, _)| name.as_str()).collect();
    let generation = reader.manifest().generation;
    let Some(stretch) = log.read(&Wanted { after, limit, without: &without })? else {
        return Err(gone(reader));
    };
    let after = written(stretch.end, log);
    let next = stretch.goes_on.then(|| after.clone());
    let changes = stretch.events.into_iter();
    let changes = changes.map(|(event, place)| entry(event, written(place, log))).collect();
    Ok(ChangesAnswer { generation, changes, after, next })
}

fn entry(event: Event, cursor: String) -> ChangeEntry {
    let Event { generation, published_at, change, subject, kind, source, record, old, new } = event;
    ChangeEntry {
        cursor,
        generation,
        published_at,
        change,
        subject,
        kind,
        source,
        record,
        old,
        new,
    }
}

/// Says that something behind the place is kept no longer, or never was here.
fn gone(reader: &Reader) -> Problem {
    let oldest = reader.changes().oldest().map(|(oldest, _)| oldest);
    let detail = "some of the changes behind this are kept no longer, or were never kept here; take a whole copy, which names its generation, and go on behind that";
    let problem = Problem::new(ProblemKind::GenerationGone, detail)
        .with("generation", reader.manifest().generation)
        .with("first", "/v1/changes")
        .with("dumps", "/dumps");
    match oldest {
        Some(oldest) => problem.with("oldest", oldest),
        None => problem,
    }
}
