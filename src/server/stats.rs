//! `/v1/stats`: how much there is, by what people ask for first.

use std::collections::BTreeMap;

use axum::extract::State;
use index::Reader;
use index::manifest::Counts;
use index::search::{Counted, Facet, Filters, SearchQuery, search};
use serde::Serialize;
use utoipa::ToSchema;

use crate::server::answer::Answer;
use crate::server::asked::not_answered;
use crate::server::openapi::response::{AskedByParameters, NotModified};
use crate::server::parameters::{Parameters, judged};
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// What resources are counted by.
const COUNTED_BY: [Facet; 6] =
    [Facet::Kind, Facet::Source, Facet::Status, Facet::Publisher, Facet::Language, Facet::License];

/// How many publishers are named, those with most first.
const MAX_NAMED: usize = 20;

/// How much there is.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatsAnswer {
    /// The generation that is counted.
    pub generation: u64,
    /// When it was published.
    pub published_at: String,
    /// The program that published it.
    pub program: String,
    /// The day on which states are judged.
    pub as_of: String,
    /// What it holds, every copy of a resource counted.
    pub counts: Counts,
    /// How many different resources there are: copies and twins count once.
    pub resources: usize,
    /// The same by kind, source, status, publisher, language and licence, most first; of each the first twenty.
    pub by: BTreeMap<Facet, Vec<Counted>>,
    /// The changes that are kept.
    pub changes: KeptChanges,
}

/// The changes that are kept.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct KeptChanges {
    /// How many there are.
    pub n: u64,
    /// The oldest generation that has its changes kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest: Option<u64>,
    /// When that was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

/// Counts what the current generation holds.
#[utoipa::path(
    get,
    path = "/v1/stats",
    tag = "operators",
    operation_id = "stats",
    summary = "How much there is",
    responses((status = 200, description = "The numbers.", body = StatsAnswer), NotModified, AskedByParameters)
)]
pub(super) async fn stats(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let as_of = judged(None, state.now())?;
    state.answer(reader, move |reader| counted(reader, as_of)).await
}

/// Counts what a generation holds, on a day.
pub(super) fn counted(reader: &Reader, as_of: String) -> Result<StatsAnswer, Problem> {
    let (manifest, log) = (reader.manifest(), reader.changes());
    let filters = Filters { as_of: Some(as_of.clone()), ..Filters::default() };
    let facets = COUNTED_BY.to_vec();
    let query = SearchQuery { filters, facets, limit: 0, ..SearchQuery::new("") };
    let found = search(reader.cards(), &query).map_err(|error| not_answered(error, "q"))?;
    let mut by = found.facets;
    for values in by.values_mut() {
        values.truncate(MAX_NAMED);
    }
    let oldest = log.oldest();
    Ok(StatsAnswer {
        generation: manifest.generation,
        published_at: manifest.published_at.clone(),
        program: manifest.program.clone(),
        as_of,
        counts: manifest.counts.clone(),
        resources: found.total,
        by,
        changes: KeptChanges {
            n: log.n_changes(),
            oldest: oldest.map(|(generation, _)| generation),
            since: oldest.map(|(_, kept)| kept.published_at.clone()),
        },
    })
}
