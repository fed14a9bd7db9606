//! `/v1/suggest`: the competencies that a text is about. The text is read and thrown away.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use index::Reader;
use index::search::Filters;
use index::suggest::{SuggestQuery, Suggested, suggest};
use serde_json::Value;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::lookup::Suggestions;
use crate::server::answer::Answer;
use crate::server::asked::{DEFAULT_LIMIT, cards, limit, not_answered};
use crate::server::batch::invalid as invalid_body;
use crate::server::body::{self, Whole};
use crate::server::caller::Caller;
use crate::server::form::Form;
use crate::server::many::{Making, Many, object};
use crate::server::openapi::body::TextsBody;
use crate::server::openapi::either::SuggestionsOrMany;
use crate::server::openapi::lines::{TextAnsweredLines, TextLines};
use crate::server::openapi::parameter::Suggesting;
use crate::server::openapi::problem::ProblemDocument;
use crate::server::openapi::response::AskedByBody;
use crate::server::parameters::{Parameters, flag, required, share};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// The most texts of one body.
pub(super) const MAX_TEXTS: usize = 100;

/// How many texts of a body count for as much as a plain question.
const FOR_ONE: usize = 2;

/// The list of the texts of a body.
const TEXTS: &str = "texts";

/// What many texts are about, in their order.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `server::many` writes, and is never made")]
pub(super) struct TextsAnswered {
    /// The generation of the request.
    generation: u64,
    /// An answer to each text.
    answers: Vec<TextAnswered>,
}

/// What one of many texts is about, or what is wrong with it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `server::many` writes, and is never made")]
pub(super) struct TextAnswered {
    /// The number of the text, from 0, where the answers come line by line.
    index: Option<usize>,
    /// Its line, from 1, where the texts came line by line too.
    line: Option<usize>,
    /// The generation that says so.
    generation: Option<u64>,
    /// The competencies, the likeliest first.
    suggestions: Option<Vec<Suggested>>,
    /// What is wrong with it.
    error: Option<ProblemDocument>,
}

/// Suggests the competencies of a text, or of each of many: `{"text": …}`, `{"texts": […]}`, or one a line.
///
/// What a text does not say of itself is as the body has it beside the list, and else as the address has it.
#[utoipa::path(
    post,
    path = "/v1/suggest",
    tag = "issuers",
    operation_id = "suggest",
    summary = "The competencies that a text is about, or each of up to 100",
    description = "Texts are read and thrown away. What a text does not say of itself is as the body has it beside the list, and else as the address has it. What was not \
                   reached in time has the problem `time-out` in its place.",
    params(Suggesting),
    request_body(description = "A text, or up to 100, in at most 2 MiB.", content(
        (TextsBody = "application/json", examples(
            ("one" = (value = json!({ "text": "Pupils compare fractions with different denominators on a number line.", "limit": 3 }))),
            ("many" = (value = json!({ "texts": ["Pupils shade halves and quarters of a shape.", { "text": "Welds a fillet joint in the flat position.", "limit": 2 }], "limit": 3 }))),
        )),
        (TextLines = "application/x-ndjson", example = json!("\"Pupils shade halves and quarters of a shape.\"\n{\"text\": \"Welds a fillet joint.\", \"limit\": 2}\n")),
    )),
    responses(
        (status = 200, description = "What they are about.", content((SuggestionsOrMany = "application/json"), (TextAnsweredLines = "application/x-ndjson"))),
        AskedByBody
    )
)]
pub(super) async fn of_texts(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
    headers: HeaderMap,
    request: Request,
) -> Result<Answer, Problem> {
    let now = state.now();
    check_shared(parameters.clone(), now)?;
    let (form, body) = body::read(request, state.time_limit(), state.large_bodies()).await?;
    let wanted = Form::wanted(&headers, form);
    let end = state.end_of_many();
    let (caller, own) = (Caller::of_now(), state.clone());
    let work = move || {
        let Whole { bytes, place } = body;
        let asked = Asked::read(form, &bytes, parameters, now)?;
        drop((bytes, place));
        let generation = reader.manifest().generation;
        match asked {
            Asked::One(parameters) => {
                let suggestions =
                    one(&reader, parameters, now).map_err(|problem| problem.in_body(""))?;
                Answer::of(&suggestions)
            }
            Asked::Many(many, otherwise) => {
                caller.owes(many.n().div_ceil(FOR_ONE))?;
                let public_url = own.public_url();
                let making =
                    Making { name: "suggestions", generation, form: wanted, end, public_url };
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
    fn read(
        form: Form,
        bytes: &[u8],
        otherwise: Parameters,
        now: OffsetDateTime,
    ) -> Result<Self, Problem> {
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
        if rest.get("text").is_some_and(|text| !text.is_null()) {
            return Err(invalid_body("/text", "`text` or `texts` is expected, not both"));
        }
        let otherwise = Parameters::of_object(rest, &otherwise).map_err(in_body)?;
        check_shared(otherwise.clone(), now).map_err(in_body)?;
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
    let [lang, threshold, limit, provisional] = SETTINGS;
    let [text, lang, threshold, limit, provisional] =
        parameters.named(["text", lang, threshold, limit, provisional])?;
    let (query, provisional) = settings(filters, [lang, threshold, limit, provisional])?;
    let query = SuggestQuery { text: required(text, "text")?, ..query };
    let cards = cards(reader, provisional);
    let suggestions = suggest(&cards, &query).map_err(|error| not_answered(error, "text"))?;
    Ok(Suggestions { generation: reader.manifest().generation, suggestions })
}

/// What says how it is suggested, the filters aside.
const SETTINGS: [&str; 4] = ["lang", "threshold", "limit", "provisional"];

/// Reads how it is suggested, and whether provisional records are too.
fn settings(
    filters: Filters,
    [language, threshold, limited, provisional]: [Option<String>; 4],
) -> Result<(SuggestQuery, bool), Problem> {
    let query = SuggestQuery {
        text: String::new(),
        filters,
        language,
        threshold: threshold.map_or(Ok(0.0), |text| share("threshold", &text))?,
        limit: limit(limited, DEFAULT_LIMIT)?,
    };
    Ok((query, flag("provisional", provisional.as_deref())?))
}

/// Refuses what may not stand in the address or beside many texts. A text of a learner's has no place in an address, which others may keep.
fn check_shared(mut parameters: Parameters, now: OffsetDateTime) -> Result<(), Problem> {
    let filters = parameters.filters(now)?;
    settings(filters, parameters.named(SETTINGS)?)?;
    Ok(())
}
