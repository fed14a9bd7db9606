//! `/v1/similar`: what says nearly the same as a text or a resource, and the report over a framework.

use std::ops::ControlFlow;
use std::time::Instant;

use axum::extract::{Request, State};
use index::Reader;
use index::cards::Cards;
use index::search::Filters;
use index::similar::{Duplicates, Likeness, SimilarQuery};
use ontology::CanonicalKey;
use time::OffsetDateTime;

use crate::likeness::{
    Alike, DEFAULT_LIMIT, DEFAULT_THRESHOLD, MAX_REPORTED, NOT_ELSEWHERE, alike, named, report_on,
    size,
};
use crate::server::answer::Answer;
use crate::server::asked::{cards, limit, not_answered};
use crate::server::body::{self, Whole};
use crate::server::caller::Caller;
use crate::server::form::Form;
use crate::server::many::object;
use crate::server::openapi::body::LikeBody;
use crate::server::openapi::lines::ReportLines;
use crate::server::openapi::parameter::{Likening, SAMPLE};
use crate::server::openapi::response::{AskedOfOne, AskedOfOneByBody};
use crate::server::parameters::{Parameters, flag, invalid, share};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::resources::not_one;
use crate::server::state::{AppState, Taken, late};

/// The most near-duplicates of each item of a report.
const MAX_FOR_EACH: usize = 10;

/// How many resources that a report goes over count for as much as a plain question.
const FOR_ONE: usize = 6;

/// The longest report, in bytes.
const MAX_REPORT: usize = 4 << 20;

/// Finds what is like something that stands in the address.
#[utoipa::path(
    get,
    path = "/v1/similar",
    tag = "issuers",
    operation_id = "similar",
    summary = "What says nearly the same as a resource or a statement; a report over a framework",
    description = "One of `id`, `text` and `report` says what of.",
    params(
        ("id" = Option<String>, Query, description = "A resource, by an identifier in any spelling.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        ("text" = Option<String>, Query, description = "A statement that somebody is about to write. Where it is not public, it belongs into a body.", min_length = 1, max_length = 10000, pattern = r"\S"),
        ("report" = Option<String>, Query, description = "A framework of at most 300 resources, by an identifier: each of them is looked at. The answer is NDJSON.", min_length = 1, pattern = r"\S"),
        Likening,
    ),
    responses(
        (status = 200, description = "What says nearly the same, or the report.", content((Alike = "application/json"), (ReportLines = "application/x-ndjson"))),
        AskedOfOne
    )
)]
pub(super) async fn of_address(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let asked = Asked::read(parameters, state.now())?;
    let (caller, end) = (Caller::of_now(), Instant::now() + state.time_limit());
    state.write(move || asked.answer(&reader, &caller, end)).await
}

/// Finds what is like something that stands in the body.
#[utoipa::path(
    post,
    path = "/v1/similar",
    tag = "issuers",
    operation_id = "similarToBody",
    summary = "The same, where what is looked for stands in the body",
    params(Likening),
    request_body(description = "One JSON object.", content(
        (LikeBody = "application/json", examples(
            ("resource" = (value = json!({ "id": SAMPLE, "threshold": 0.3 }))),
            ("text" = (value = json!({ "text": "Places fractions on a number line.", "threshold": 0.3 }))),
            ("report" = (value = json!({ "report": "363ed1ab-968c-5728-aafb-19128739b9e2", "threshold": 0.3 }))),
        )),
    )),
    responses(
        (status = 200, description = "What says nearly the same, or the report.", content((Alike = "application/json"), (ReportLines = "application/x-ndjson"))),
        AskedOfOneByBody
    )
)]
pub(super) async fn of_body(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
    request: Request,
) -> Result<Answer, Problem> {
    let now = state.now();
    check_address(parameters.clone(), now)?;
    let (form, body) = body::read(request, state.time_limit(), state.large_bodies()).await?;
    if form == Form::Lines {
        return Err(Problem::new(ProblemKind::JsonOnly, "the body has to be one JSON object"));
    }
    let (caller, end) = (Caller::of_now(), Instant::now() + state.time_limit());
    let work = move || {
        let Whole { bytes, place } = body;
        let object = object(&bytes)?;
        drop((bytes, place));
        let answer = Parameters::of_object(object, &parameters)
            .and_then(|parameters| Asked::read(parameters, now))
            .and_then(|asked| asked.answer(&reader, &caller, end));
        answer.map_err(|problem| problem.in_body(""))
    };
    state.write(work).await
}

/// What is looked for.
enum Of {
    Id(String),
    Text,
    Report(String),
}

/// A search for near-duplicates.
struct Asked {
    of: Of,
    query: SimilarQuery,
    provisional: bool,
}

/// What says how it is looked for, the filters aside.
const SETTINGS: [&str; 4] = ["elsewhere", "threshold", "limit", "provisional"];

/// Reads how it is looked for, and whether provisional records are found too.
fn settings(
    filters: Filters,
    [elsewhere, threshold, limited, provisional]: [Option<String>; 4],
) -> Result<(SimilarQuery, bool), Problem> {
    let query = SimilarQuery {
        of: Likeness::Text(String::new()),
        filters,
        elsewhere: flag("elsewhere", elsewhere.as_deref())?,
        threshold: threshold.map_or(Ok(DEFAULT_THRESHOLD), |text| share("threshold", &text))?,
        limit: limit(limited, DEFAULT_LIMIT)?,
    };
    Ok((query, flag("provisional", provisional.as_deref())?))
}

/// Refuses what may not stand in an address beside a body. Of what is looked for, the body says.
fn check_address(mut parameters: Parameters, now: OffsetDateTime) -> Result<(), Problem> {
    let filters = parameters.filters(now)?;
    settings(filters, parameters.named(SETTINGS)?)?;
    Ok(())
}

impl Asked {
    fn read(mut parameters: Parameters, now: OffsetDateTime) -> Result<Self, Problem> {
        let filters = parameters.filters(now)?;
        let [elsewhere, threshold, limit, provisional] = SETTINGS;
        let names = ["id", "text", "report", elsewhere, threshold, limit, provisional];
        let [id, text, report, elsewhere, threshold, limit, provisional] =
            parameters.named(names)?;
        let (mut query, provisional) =
            settings(filters, [elsewhere, threshold, limit, provisional])?;
        let of = match (id, text, report) {
            (Some(id), None, None) => Of::Id(id),
            (None, Some(_), None) if query.elsewhere => {
                return Err(invalid("elsewhere", NOT_ELSEWHERE));
            }
            (None, Some(text), None) => {
                query.of = Likeness::Text(text);
                Of::Text
            }
            (None, None, Some(_)) if query.limit > MAX_FOR_EACH => {
                let detail = format!("a report has at most {MAX_FOR_EACH} for each item");
                return Err(invalid("limit", detail).with("max", MAX_FOR_EACH));
            }
            (None, None, Some(framework)) => Of::Report(framework),
            (None, None, None) => {
                let detail = "one of `id`, `text`, `report` is expected";
                return Err(Problem::of_parameter(ProblemKind::MissingParameter, "id", detail));
            }
            (_, _, report) => {
                let second = if report.is_some() { "report" } else { "text" };
                return Err(invalid(second, "only one of `id`, `text`, `report` is expected"));
            }
        };
        Ok(Self { of, query, provisional })
    }

    fn answer(mut self, reader: &Reader, caller: &Caller, end: Instant) -> Result<Answer, Problem> {
        let (cards, generation) = (cards(reader, self.provisional), reader.manifest().generation);
        let key = match &self.of {
            Of::Text => None,
            Of::Id(id) | Of::Report(id) => Some(self.held(&cards, id, generation)?),
        };
        match (self.of, key) {
            (Of::Report(_), Some(framework)) => {
                let report = Report { cards: &cards, generation, caller, end };
                report.over(framework, &self.query)
            }
            (_, key) => {
                if let Some(key) = key {
                    self.query.of = Likeness::Resource(key);
                }
                let found = alike(&cards, generation, &self.query)
                    .map_err(|error| not_answered(error, "text"))?;
                let unknown = || Problem::new(ProblemKind::UnknownResource, "it is not held here");
                Answer::of(&found.ok_or_else(unknown)?)
            }
        }
    }

    /// The resource that an identifier names.
    fn held(&self, cards: &Cards, id: &str, generation: u64) -> Result<CanonicalKey, Problem> {
        let as_of = self.query.filters.as_of.as_deref().unwrap_or_default();
        named(cards, id, as_of)?.map_err(|resolution| not_one(&resolution, generation, as_of))
    }
}

/// A report, with what bounds it.
struct Report<'a> {
    cards: &'a Cards,
    generation: u64,
    /// Whoever asks for it.
    caller: &'a Caller,
    /// When whoever asked has been told that it took too long.
    end: Instant,
}

impl Report<'_> {
    /// Writes a line for each item of a framework that has near-duplicates, and a last one that says how many were looked at.
    fn over(self, framework: CanonicalKey, query: &SimilarQuery) -> Result<Answer, Problem> {
        self.check(&framework)?;
        let mut lines = Answer::of_lines();
        let mut written = Ok(());
        let reported = report_on(self.cards, self.generation, (framework, query), &mut |item| {
            written = self.write(&mut lines, &item);
            if written.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        written?;
        lines.line(&reported)?;
        Ok(lines)
    }

    /// Refuses what is no framework, or one that is too large.
    fn check(&self, framework: &CanonicalKey) -> Result<(), Problem> {
        let n_resources =
            size(self.cards, framework).map_err(|error| not_answered(error, "report"))?;
        let Some(n_resources) = n_resources else {
            return Err(invalid("report", "this is no framework"));
        };
        if n_resources <= MAX_REPORTED {
            return Ok(self.caller.owes(n_resources.div_ceil(FOR_ONE))?);
        }
        let detail = format!(
            "a report goes over at most {MAX_REPORTED} resources here, and this framework has {n_resources}; \
             `alidade similar --report` goes over any number"
        );
        Err(invalid("report", detail).with("max", MAX_REPORTED))
    }

    /// Writes the line of an item that has near-duplicates.
    fn write(&self, lines: &mut Answer, item: &Duplicates) -> Result<(), Problem> {
        // Nobody waits any longer, and others wait for the place.
        if Instant::now() > self.end {
            return Err(late());
        }
        if item.similar.is_empty() {
            return Ok(());
        }
        lines.line(item)?;
        if lines.n_bytes() <= MAX_REPORT {
            return Ok(());
        }
        let detail = format!(
            "a report has at most {MAX_REPORT} bytes here; ask for fewer with `limit`, or with `alidade similar --report`"
        );
        Err(invalid("report", detail).with("max", MAX_REPORT))
    }
}
