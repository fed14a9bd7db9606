//! `/v1/frameworks`: all frameworks, and the tree below each.

use std::sync::Arc;

use axum::extract::State;
use index::Reader;
use index::card::LicenseCard;
use index::cards::Cards;
use index::context::{Branch, MAX_DEPTH, tree as grow};
use index::outline::count_items;
use index::search::{Facet, Hit, Order, SearchQuery, SearchResults, edition_of, search};
use ontology::{CanonicalKey, Kind};
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::server::answer::Answer;
use crate::server::around::About;
use crate::server::asked::{cards, not_answered};
use crate::server::gone::gone;
use crate::server::openapi::parameter::{Frameworks, Provisional, SAMPLE};
use crate::server::openapi::response::{AskedForPage, AskedOfOne, NotModified};
use crate::server::paged::of_page;
use crate::server::parameters::{Parameters, flag, invalid, number};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};

/// The levels of a tree where nothing else is asked for.
const DEFAULT_DEPTH: usize = 3;

/// A page of all frameworks.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameworksAnswer {
    /// The generation that says so.
    pub generation: u64,
    /// The day on which they were judged.
    pub as_of: String,
    /// How many there are on all pages. Copies and twins of one framework are one.
    pub n: usize,
    /// Those of this page, by title.
    pub items: Vec<FrameworkEntry>,
    /// The cursor of the next page, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A framework in short.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameworkEntry {
    /// Its identity.
    pub key: CanonicalKey,
    /// Its subject in the graph.
    pub subject: String,
    /// Its title.
    pub title: String,
    /// Who publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// Its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Its adoption status as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adoption_status: Option<String>,
    /// The licence that holds for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub license: Option<LicenseCard>,
    /// The page where its owner publishes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official_source_url: Option<String>,
    /// When its publisher last changed it, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
    /// The source that it was read from.
    pub source: String,
    /// Whether its source no longer has it.
    pub withdrawn: bool,
    /// How many competencies it has here.
    pub n_competencies: usize,
    /// The same framework in the other standard.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub twins: Vec<CanonicalKey>,
}

/// The tree below a framework, or below anything in it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TreeAnswer {
    /// The generation that says so.
    pub generation: u64,
    /// How many levels were asked for.
    pub depth: usize,
    /// How many resources the tree has here, the first among them.
    pub n: usize,
    /// What everything stands under.
    pub tree: Branch,
}

/// Lists all frameworks by title.
#[utoipa::path(
    get,
    path = "/v1/frameworks",
    tag = "issuers",
    operation_id = "frameworks",
    summary = "All frameworks by title",
    params(
        Frameworks,
    ),
    responses((status = 200, description = "A page of the frameworks.", body = FrameworksAnswer, headers(("Link" = String, description = "The address of the next page, with `rel=\"next\"`."))), NotModified, AskedForPage)
)]
pub(super) async fn all(
    State(state): State<AppState>,
    Taken(current): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let wanted = Wanted::read(parameters.clone(), state.now())?;
    let reader = wanted.reader(&state, current, "/v1/frameworks", &parameters)?;
    let look_up = move || {
        let found = wanted.find(&reader)?.answer;
        let answer = Answer::of(&found)?.of_generation(found.generation);
        let Some(next) = found.next_query(&parameters) else { return Ok(answer) };
        Ok(answer.with_next(&format!("/v1/frameworks?{next}")))
    };
    state.write(look_up).await
}

impl FrameworksAnswer {
    /// The query of the next page of what was asked with these parameters, where there is one.
    pub(super) fn next_query(&self, parameters: &Parameters) -> Option<String> {
        let next = self.next.as_deref()?;
        Some(parameters.query_with(&[("asOf", &self.as_of), ("cursor", next)]))
    }
}

/// Which frameworks are wanted.
pub(super) struct Wanted {
    /// The search that finds them.
    pub query: SearchQuery,
    /// Whether those that are provisional are wanted too.
    pub provisional: bool,
}

/// A page of frameworks, with the hits that they are.
pub(super) struct FoundFrameworks {
    pub answer: FrameworksAnswer,
    pub results: SearchResults,
}

impl Wanted {
    /// Reads which frameworks are wanted; all by title, where nothing is said.
    ///
    /// # Errors
    /// A parameter that is unknown, or that has a value which it cannot have.
    pub(super) fn read(mut parameters: Parameters, now: OffsetDateTime) -> Result<Self, Problem> {
        let mut filters = parameters.filters(now)?;
        if !filters.kinds.is_empty() {
            let kind = Facet::Kind.as_str();
            let detail = "this route has frameworks and nothing else";
            return Err(Problem::of_parameter(ProblemKind::UnknownParameter, kind, detail));
        }
        filters.kinds.push(Kind::Framework);
        let [limited, cursor, provisional] =
            parameters.named(["limit", "cursor", "provisional"])?;
        let provisional = flag("provisional", provisional.as_deref())?;
        let limit = of_page(limited)?;
        let as_of = filters.as_of.clone();
        let (order, offset) = (Order::Title, 0);
        let query =
            SearchQuery { filters, order, limit, offset, cursor, as_of, ..SearchQuery::new("") };
        Ok(Self { query, provisional })
    }

    /// The reader of the generation in which the page before was read.
    ///
    /// # Errors
    /// [`ProblemKind::GenerationGone`] where that is served no longer, with the address of a fresh start at the path.
    pub(super) fn reader(
        &self,
        state: &AppState,
        current: Arc<Reader>,
        path: &str,
        parameters: &Parameters,
    ) -> Result<Arc<Reader>, Problem> {
        // A token that was made up is refused by whichever answers.
        let Some(edition) = self.query.cursor.as_deref().and_then(edition_of) else {
            return Ok(current);
        };
        let begun = || {
            let query = parameters.clone().without("cursor").query_with(&[]);
            gone().with("first", format!("{path}?{query}").trim_end_matches('?'))
        };
        state.reader_of(edition).ok_or_else(begun)
    }

    /// Finds them.
    pub(super) fn find(&self, reader: &Reader) -> Result<FoundFrameworks, Problem> {
        let (cards, query) = (cards(reader, self.provisional), &self.query);
        let mut results = search(&cards, query).map_err(|error| not_answered(error, "q"))?;
        let items = results.hits.iter().map(|hit| entry(&cards, hit));
        let answer = FrameworksAnswer {
            generation: reader.manifest().generation,
            as_of: query.as_of.clone().unwrap_or_default(),
            n: results.total,
            items: items.collect::<Result<_, Problem>>()?,
            next: results.next.take(),
        };
        Ok(FoundFrameworks { answer, results })
    }
}

fn entry(cards: &Cards, hit: &Hit) -> Result<FrameworkEntry, Problem> {
    let (card, identity) = (&hit.card, hit.card.resource.identity());
    let framework = card.framework.as_ref();
    let text = |read: fn(&index::card::FrameworkCard) -> &Option<String>| {
        framework.and_then(|framework| read(framework).clone())
    };
    Ok(FrameworkEntry {
        key: identity.key.clone(),
        subject: identity.subject.clone(),
        title: card.label(),
        publisher: text(|framework| &framework.publisher),
        creator: text(|framework| &framework.creator),
        version: text(|framework| &framework.version),
        adoption_status: text(|framework| &framework.adoption_status),
        license: card.license.clone(),
        official_source_url: text(|framework| &framework.official_source_url),
        last_change: identity.last_change.clone(),
        source: card.origin.source.clone(),
        withdrawn: card.withdrawn,
        n_competencies: count_items(cards, &identity.key)?,
        twins: hit.twins.clone(),
    })
}

/// Grows the tree below a framework, or below anything in it, level by level.
#[utoipa::path(
    get,
    path = "/v1/frameworks/{id}/tree",
    tag = "issuers",
    operation_id = "tree",
    summary = "What stands under a framework, level by level",
    params(
        ("id" = String, Path, description = "An identifier in any spelling: a CTID, a GUID, an address, or the SHA-256 of a canonical key.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        ("depth" = Option<usize>, Query, description = "How many levels; the upper ones are whole where there are too many.", maximum = 16),
        Provisional,
    ),
    responses((status = 200, description = "The tree.", body = TreeAnswer), NotModified, AskedOfOne)
)]
pub(super) async fn tree(
    State(state): State<AppState>,
    Taken(reader): Taken,
    about: About,
) -> Result<Answer, Problem> {
    let [depth, provisional] = about.named(["depth", "provisional"])?;
    let depth = depth.map_or(Ok(DEFAULT_DEPTH), |text| number("depth", &text))?;
    if depth > MAX_DEPTH {
        let detail = format!("a tree has at most {MAX_DEPTH} levels");
        return Err(invalid("depth", detail).with("max", MAX_DEPTH));
    }
    let provisional = flag("provisional", provisional.as_deref())?;
    let look_up = move |reader: &Reader| {
        let among = cards(reader, provisional);
        let root = about.card(reader, &among)?;
        let grown = grow(&among, root, depth)?;
        let generation = reader.manifest().generation;
        Ok(TreeAnswer { generation, depth, n: grown.n, tree: grown.root })
    };
    state.answer(reader, look_up).await
}
