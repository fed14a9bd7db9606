//! `/v1/resources/{id}`: a resource with everything around it, and the alignment that points at it.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use index::cards::Page;
use index::context::Brief;
use index::resolve::{Resolution, Verdict};
use index::search::MAX_LIMIT;
use serde::{Serialize, Serializer};
use serde_json::json;

use crate::alignment::{Alignments, Standard};
use crate::lookup::{Aligned, NO_ADDRESS, Question, Shown, ShownLinks, ShownResource, align, show};
use crate::server::answer::Answer;
use crate::server::credential::refuse;
use crate::server::openapi::either::ResourceOrLinks;
use crate::server::openapi::parameter::{AsOf, Paging, SAMPLE};
use crate::server::openapi::response::{AskedForAlignment, AskedOfOne, NotModified};
use crate::server::parameters::{Parameters, invalid, judged, number};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};

/// Shows the resource that an identifier names, in any spelling.
///
/// An identifier that names several is answered with 409 and what they are. 300 would say that the choice lies between forms of one resource
/// ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-15.4.1)), clients take it for a redirection that they may
/// follow by themselves, and it is no error that a problem could be the body of; 409 asks the caller to mend the question, and that is what is wanted.
#[utoipa::path(
    get,
    path = "/v1/resources/{id}",
    tag = "verifiers",
    operation_id = "showResource",
    summary = "A resource with everything around it, or a page of its links of one type",
    params(
        ("id" = String, Path, description = "An identifier in any spelling.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        ("relation" = Option<String>, Query, description = "The type of the links, as read from the resource: `requiredBy`, `taughtBy`, `owns` and so on.", min_length = 1, pattern = r"\S"),
        Paging,
        AsOf,
    ),
    responses((status = 200, description = "The resource, or its links.", body = ResourceOrLinks), NotModified, AskedOfOne)
)]
pub(super) async fn one(
    State(state): State<AppState>,
    Taken(reader): Taken,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let id = identifier(id)?;
    let [as_of, relation, limit, offset] =
        parameters.named(["asOf", "relation", "limit", "offset"])?;
    let as_of = judged(as_of.as_deref(), state.now())?;
    let page = page(limit, offset)?;
    let look_up = move |reader: &index::Reader| {
        let generation = reader.manifest().generation;
        let relation = relation.as_deref().map(|relation| (relation, page));
        let question = Question { id: &id, framework: None, relation, as_of: &as_of };
        match show(reader.cards(), generation, &question)? {
            Shown::Resource(shown) => Ok(Either::Resource(shown)),
            Shown::Links(shown) => Ok(Either::Links(shown)),
            Shown::NoRelation => Err(invalid("relation", "there is no such type of link")),
            Shown::Nothing(resolution) => Err(not_one(&resolution, generation, &as_of)),
        }
    };
    state.answer(reader, look_up).await
}

/// Gives the alignments that point at the resource that an identifier names, ready to be pasted into a badge.
#[utoipa::path(
    get,
    path = "/v1/resources/{id}/alignment",
    tag = "issuers",
    operation_id = "alignment",
    summary = "The alignment of a badge that points at a resource, ready to be pasted",
    params(
        ("id" = String, Path, description = "An identifier in any spelling.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        ("format" = Option<Standard>, Query, description = "Only the form of this standard."),
        AsOf,
    ),
    responses((status = 200, description = "The alignments.", body = Alignments), NotModified, AskedForAlignment)
)]
pub(super) async fn alignment(
    State(state): State<AppState>,
    Taken(reader): Taken,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let id = identifier(id)?;
    let [as_of, format] = parameters.named(["asOf", "format"])?;
    let as_of = judged(as_of.as_deref(), state.now())?;
    let standard = format.map(|name| standard(&name)).transpose()?;
    let look_up = move |reader: &index::Reader| {
        let generation = reader.manifest().generation;
        let question = Question { id: &id, framework: None, relation: None, as_of: &as_of };
        match align(reader.cards(), generation, &question)? {
            Aligned::Ready(ready) => Ok(match standard {
                Some(standard) => ready.only(standard),
                None => *ready,
            }),
            Aligned::NoAddress => Err(Problem::new(ProblemKind::NoPublicAddress, NO_ADDRESS)),
            Aligned::Nothing(resolution) => Err(not_one(&resolution, generation, &as_of)),
        }
    };
    state.answer(reader, look_up).await
}

fn standard(name: &str) -> Result<Standard, Problem> {
    let known = || Standard::ALL.map(Standard::as_str).to_vec();
    Standard::named(name)
        .ok_or_else(|| invalid("format", "there is no such form").with("known", known()))
}

/// The identifier in the path.
pub(super) fn identifier(id: Result<Path<String>, PathRejection>) -> Result<String, Problem> {
    let Ok(Path(id)) = id else {
        let detail = "the identifier in the path has to be UTF-8, percent-encoded";
        return Err(Problem::new(ProblemKind::InvalidPath, detail));
    };
    refuse(&id)?;
    Ok(id)
}

/// The links of a page where nothing else is asked for.
const DEFAULT_LIMIT: usize = 20;

fn page(limit: Option<String>, offset: Option<String>) -> Result<Page, Problem> {
    let limit = limit.map(|text| number("limit", &text)).transpose()?.unwrap_or(DEFAULT_LIMIT);
    if limit > MAX_LIMIT {
        let detail = format!("a page holds at most {MAX_LIMIT} links");
        return Err(invalid("limit", detail).with("max", MAX_LIMIT));
    }
    let offset = offset.map(|text| number("offset", &text)).transpose()?.unwrap_or(0);
    Ok(Page { offset, limit })
}

/// A resource, or a page of its links.
enum Either {
    Resource(Box<ShownResource>),
    Links(Box<ShownLinks>),
}

impl Serialize for Either {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Resource(shown) => shown.serialize(serializer),
            Self::Links(shown) => shown.serialize(serializer),
        }
    }
}

/// Says why there is not one resource to show.
pub(super) fn not_one(resolution: &Resolution, generation: u64, as_of: &str) -> Problem {
    let kind = match resolution.verdict {
        Verdict::Ambiguous => ProblemKind::AmbiguousResource,
        Verdict::Malformed => ProblemKind::InvalidPath,
        _ => ProblemKind::UnknownResource,
    };
    let mut problem = Problem::new(kind, resolution.reason.clone())
        .with("generation", generation)
        .with("asOf", as_of)
        .with("verdict", resolution.verdict.as_str())
        .with("tried", json!(resolution.tried));
    if kind == ProblemKind::AmbiguousResource {
        let found = resolution.found.iter().map(|found| Brief::of(&found.chosen.card));
        problem = problem.with("candidates", json!(found.collect::<Vec<_>>()));
    }
    if !resolution.notices.is_empty() {
        problem = problem.with("notices", json!(resolution.notices));
    }
    problem
}
