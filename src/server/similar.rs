//! `/v1/similar`: what says nearly the same as a text or a resource, and the report over a framework.

use axum::extract::{Request, State};
use index::Reader;
use index::cards::Cards;
use index::similar::{Likeness, SimilarQuery};
use ontology::CanonicalKey;
use time::OffsetDateTime;

use crate::likeness::{DEFAULT_LIMIT, DEFAULT_THRESHOLD, Named, alike, named, report_on, size};
use crate::server::answer::Answer;
use crate::server::asked::{cards, not_answered};
use crate::server::body::{self, Whole};
use crate::server::form::Form;
use crate::server::many::object;
use crate::server::parameters::{Parameters, flag, invalid, number, share};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::resources::not_one;
use crate::server::state::{AppState, Taken};

/// The most resources of a framework that a report goes over here.
const MAX_REPORTED: usize = 2_000;

/// Finds what is like something that stands in the address.
pub(super) async fn of_address(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let asked = Asked::read(parameters, state.now())?;
    state.write(move || asked.answer(&reader)).await
}

/// Finds what is like something that stands in the body.
pub(super) async fn of_body(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
    request: Request,
) -> Result<Answer, Problem> {
    let (form, body) = body::read(request, state.time_limit(), state.large_bodies()).await?;
    if form == Form::Lines {
        return Err(Problem::new(ProblemKind::MediaType, "the body has to be one JSON object"));
    }
    let now = state.now();
    let work = move || {
        let Whole { bytes, place } = body;
        let object = object(&bytes)?;
        drop((bytes, place));
        let answer = Parameters::of_object(object, &parameters)
            .and_then(|parameters| Asked::read(parameters, now))
            .and_then(|asked| asked.answer(&reader));
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

impl Asked {
    fn read(mut parameters: Parameters, now: OffsetDateTime) -> Result<Self, Problem> {
        let filters = parameters.filters(now)?;
        let [id, text, report, elsewhere, threshold, limit, provisional] = parameters.named([
            "id",
            "text",
            "report",
            "elsewhere",
            "threshold",
            "limit",
            "provisional",
        ])?;
        let query = SimilarQuery {
            of: Likeness::Text(text.as_deref().unwrap_or_default().to_owned()),
            filters,
            elsewhere: flag("elsewhere", elsewhere.as_deref())?,
            threshold: threshold.map_or(Ok(DEFAULT_THRESHOLD), |text| share("threshold", &text))?,
            limit: limit.map_or(Ok(DEFAULT_LIMIT), |text| number("limit", &text))?,
        };
        let of = match (id, text, report) {
            (Some(id), None, None) => Of::Id(id),
            (None, Some(_), None) => Of::Text,
            (None, None, Some(framework)) => Of::Report(framework),
            (None, None, None) => {
                let detail = "one of `id`, `text`, `report` is expected";
                return Err(Problem::of_parameter(ProblemKind::MissingParameter, "id", detail));
            }
            _ => return Err(invalid("id", "only one of `id`, `text`, `report` is expected")),
        };
        let provisional = flag("provisional", provisional.as_deref())?;
        Ok(Self { of, query, provisional })
    }

    fn answer(mut self, reader: &Reader) -> Result<Answer, Problem> {
        let (cards, generation) = (cards(reader, self.provisional), reader.manifest().generation);
        let key = match &self.of {
            Of::Text => None,
            Of::Id(id) | Of::Report(id) => Some(self.held(&cards, id, generation)?),
        };
        match (self.of, key) {
            (Of::Report(_), Some(framework)) => report(&cards, generation, framework, &self.query),
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
        match named(cards, id, as_of)? {
            Named::Resource(key) => Ok(key),
            Named::Text => Err(invalid("id", "this is no identifier")),
            Named::Nothing(resolution) => Err(not_one(&resolution, generation, as_of)),
        }
    }
}

/// Writes a line for each item of a framework that has near-duplicates, and a last one that says how many were looked at.
fn report(
    cards: &Cards,
    generation: u64,
    framework: CanonicalKey,
    query: &SimilarQuery,
) -> Result<Answer, Problem> {
    let n_resources = size(cards, &framework).map_err(|error| not_answered(error, "report"))?;
    let Some(n_resources) = n_resources else {
        return Err(invalid("report", "this is no framework"));
    };
    if n_resources > MAX_REPORTED {
        let detail = format!(
            "a report goes over at most {MAX_REPORTED} resources here, and this framework has {n_resources}; \
             `alidade similar --report` goes over any number"
        );
        return Err(invalid("report", detail).with("max", MAX_REPORTED));
    }
    let mut lines = Answer::of_lines();
    let mut written = Ok(());
    let reported = report_on(cards, generation, (framework, query), &mut |duplicates| {
        if written.is_ok() {
            written = lines.line(&duplicates);
        }
    })?;
    written?;
    lines.line(&reported)?;
    Ok(lines)
}
