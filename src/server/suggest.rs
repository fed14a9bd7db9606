//! `/v1/suggest`: the competencies that a text is about. The text is read and thrown away.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use index::Reader;
use index::suggest::{SuggestQuery, suggest};
use serde_json::Value;
use time::OffsetDateTime;

use crate::lookup::Suggestions;
use crate::server::answer::Answer;
use crate::server::asked::{DEFAULT_LIMIT, cards, not_answered};
use crate::server::batch::invalid as invalid_body;
use crate::server::body::{self, Whole};
use crate::server::form::Form;
use crate::server::many::{Making, Many, object};
use crate::server::parameters::{Parameters, flag, number, required, share};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// The most texts of one body.
const MAX_TEXTS: usize = 100;

/// The list of the texts of a body.
const TEXTS: &str = "texts";

/// Suggests the competencies of a text, or of each of many: `{"text": …}`, `{"texts": […]}`, or one a line.
///
/// What a text does not say of itself is as the body has it beside the list, and else as the address has it.
pub(super) async fn of_texts(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
    headers: HeaderMap,
    request: Request,
) -> Result<Answer, Problem> {
    let (form, body) = body::read(request, state.time_limit(), state.large_bodies()).await?;
    let wanted = Form::wanted(&headers, form);
    let (now, end) = (state.now(), Instant::now() + state.time_limit());
    let work = move || {
        let Whole { bytes, place } = body;
        let asked = Asked::read(form, &bytes, parameters)?;
        drop((bytes, place));
        let generation = reader.manifest().generation;
        match asked {
            Asked::One(parameters) => {
                let suggestions =
                    one(&reader, parameters, now).map_err(|problem| problem.in_body(""))?;
                Answer::of(&suggestions)
            }
            Asked::Many(many, otherwise) => {
                let making = Making { name: "suggestions", generation, form: wanted, end };
                making.answers(many.entries, |value| {
                    let found = one(&reader, of_value(value, &otherwise)?, now)?;
                    Ok((generation, found.suggestions))
                })
            }
        }
    };
    state.write(work).await
}

/// What is asked for: about one text, or about many with what holds for all of them.
enum Asked {
    One(Parameters),
    Many(Many, Parameters),
}

impl Asked {
    fn read(form: Form, bytes: &[u8], otherwise: Parameters) -> Result<Self, Problem> {
        if form == Form::Lines {
            return Ok(Self::Many(Many::of_lines(bytes, MAX_TEXTS)?, otherwise));
        }
        let object = object(bytes)?;
        let in_body = |problem: Problem| problem.in_body("");
        if !object.contains_key(TEXTS) {
            return Ok(Self::One(Parameters::of_object(object, &otherwise).map_err(in_body)?));
        }
        let mut many = Many::of_object(object, (TEXTS, MAX_TEXTS))?;
        let rest = std::mem::take(&mut many.rest);
        let otherwise = Parameters::of_object(rest, &otherwise).map_err(in_body)?;
        Ok(Self::Many(many, otherwise))
    }
}

/// One of many: a text alone, or an object that says more.
fn of_value(value: Value, otherwise: &Parameters) -> Result<Parameters, Problem> {
    let object = match value {
        Value::Object(object) => object,
        Value::String(text) => [("text".to_owned(), Value::String(text))].into_iter().collect(),
        _ => return Err(invalid_body("", "a text or an object is expected")),
    };
    Parameters::of_object(object, otherwise)
}

fn one(
    reader: &Reader,
    mut parameters: Parameters,
    now: OffsetDateTime,
) -> Result<Suggestions, Problem> {
    let filters = parameters.filters(now)?;
    let [text, lang, threshold, limit, provisional] =
        parameters.named(["text", "lang", "threshold", "limit", "provisional"])?;
    let query = SuggestQuery {
        text: required(text, "text")?,
        filters,
        language: lang,
        threshold: threshold.map_or(Ok(0.0), |text| share("threshold", &text))?,
        limit: limit.map_or(Ok(DEFAULT_LIMIT), |text| number("limit", &text))?,
    };
    let cards = cards(reader, flag("provisional", provisional.as_deref())?);
    let suggestions = suggest(&cards, &query).map_err(|error| not_answered(error, "text"))?;
    Ok(Suggestions { generation: reader.manifest().generation, suggestions })
}
