//! `/frameworks/{id}`.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use index::beside::copy_in;
use index::card::{Card, RecordCard};
use index::cards::Cards;
use index::context::count_in_state;
use index::outline::count_items;
use index::related::MAX_NAMED;
use index::search::{Facet, Filters, SearchQuery, edition_of, search};
use index::standing::standing;
use index::{IndexError, Reader};
use ontology::vocab::encode;
use ontology::{CanonicalKey, Kind};

use crate::lookup::{Named, one};
use crate::page::{
    Download, Downloads, FoundInside, FrameworkPage, Head, Numbers, Quality, RelatedRow, Shell,
    Standings, page_of, page_of_kind, place_in, segment, term_set,
};
use crate::server::answer::Answer;
use crate::server::asked::not_answered;
use crate::server::dumps::files_of;
use crate::server::gone::gone;
use crate::server::linked::address::Site;
use crate::server::linked::alternates::{address, alternates};
use crate::server::overview::Overview;
use crate::server::pages::tree::{At, Drawing, Marks};
use crate::server::parameters::{Parameters, judged, number};
use crate::server::problem::Problem;
use crate::server::resources::{identifier, not_one};
use crate::server::state::{AppState, Taken};

/// The hits of a page.
const HITS: usize = 20;

/// What is asked of a framework.
struct Asked {
    id: String,
    /// What the tree is opened at.
    at: Option<String>,
    /// From which of its children on they are shown.
    from: usize,
    /// What is searched for inside it.
    text: String,
    cursor: Option<String>,
    as_of: String,
}

/// Shows a framework with what is in it.
pub(super) async fn framework(
    State(state): State<AppState>,
    Taken(current): Taken,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let id = identifier(id)?;
    let parameters = parameters.letting_be_empty("q").letting_be_empty("at");
    let [at, from, text, cursor] = parameters.named(["at", "from", "q", "cursor"])?;
    let from = from.map_or(Ok(0), |text| number("from", &text))?;
    let as_of = judged(None, state.now())?;
    let asked = Asked { id, at, from, text: text.unwrap_or_default(), cursor, as_of };
    let reader = match asked.cursor.as_deref().and_then(edition_of) {
        Some(edition) => state.reader_of(edition).ok_or_else(gone)?,
        None => current,
    };
    let held = state.clone();
    state.aside(move || asked.answer(&held, &reader)).await
}

impl Asked {
    fn answer(&self, state: &AppState, reader: &Reader) -> Result<Response, Problem> {
        let card = self.one(reader, &self.id)?;
        if card.as_framework().is_none() {
            return Ok(Redirect::to(&page_of(card.key())).into_response());
        }
        let at = self.at.as_deref().map(|id| self.one(reader, id)).transpose()?;
        let at = at.map(|at| here(reader.cards(), at, card.key())).transpose()?;
        if let Some(other) = at.as_ref().filter(|at| !self.is_home(at, card.key())) {
            // What stands in another framework is shown there.
            return Ok(Redirect::to(&place(other)).into_response());
        }
        let at = at.map(|card| At { card, from: self.from });
        let page = self.page(state, reader, &card, at.as_ref())?;
        let generation = reader.manifest().generation;
        Ok(Answer::page(&page)?.of_generation(generation).into_response())
    }

    /// Whether something stands in the framework of the page, or in what it is called in the address: to lead on there would lead here again.
    fn is_home(&self, at: &Card, framework: &CanonicalKey) -> bool {
        home(at).is_some_and(|home| home == framework || segment(home) == encode(&self.id))
    }

    fn one(&self, reader: &Reader, id: &str) -> Result<Card, Problem> {
        match one(reader.cards(), id, &self.as_of)? {
            Named::Resource(card) => Ok(*card),
            Named::Nothing(resolution) => {
                Err(not_one(&resolution, reader.manifest().generation, &self.as_of))
            }
        }
    }

    fn page(
        &self,
        state: &AppState,
        reader: &Reader,
        card: &Card,
        at: Option<&At>,
    ) -> Result<FrameworkPage, Problem> {
        let (cards, generation) = (reader.cards(), reader.manifest().generation);
        let shell = Shell::new("/frameworks", Some(generation));
        let overview = state.overviews().of(reader, card.key())?;
        let mut copies = cards.named(card.key())?;
        copies.retain(|copy| copy.key() == card.key());
        let standing = standing(cards, card, &self.as_of)?;
        let n = count_items(cards, card.key())?;
        let head = Head::of(card, &standing, n, &copies, &shell);
        let path = page_of_kind(card.key(), Kind::Framework);
        let canonical = address(state, &path);
        let record = cards.record(&card.origin.graph())?;
        let of_all = head.status.clone();
        let marks = Marks { cards, shell: &shell, as_of: &self.as_of, of_all };
        Ok(FrameworkPage {
            text: self.text.clone(),
            found: self.found(&marks, card.key(), &path)?,
            twigs: Drawing::draw(&marks, card, at)?,
            numbers: numbers(cards, &overview, record.as_ref(), &shell)?,
            quality: quality(cards, &overview, record.as_ref(), &shell)?,
            related: related(&overview, &head.segment),
            n_unlisted: overview.related.len().saturating_sub(MAX_NAMED),
            downloads: downloads(state, reader, &copies),
            term_set: term_set(&head, &canonical),
            head,
            path,
            canonical,
            shell,
        })
    }

    /// What a search inside the framework found, where something is searched for.
    fn found(
        &self,
        marks: &Marks<'_>,
        framework: &CanonicalKey,
        path: &str,
    ) -> Result<Option<FoundInside>, Problem> {
        if self.text.is_empty() {
            return Ok(None);
        }
        let query = SearchQuery {
            filters: inside(framework),
            as_of: Some(self.as_of.clone()),
            highlight: true,
            limit: HITS,
            cursor: self.cursor.clone(),
            ..SearchQuery::new(self.text.clone())
        };
        let results = search(marks.cards, &query).map_err(|error| not_answered(error, "q"))?;
        let statuses = results.hits.iter().map(|hit| marks.of(&hit.card));
        let statuses = statuses.collect::<Result<_, IndexError>>()?;
        let next = results.next.as_deref().map(|cursor| {
            let query = Parameters::default().query_with(&[("q", &self.text), ("cursor", cursor)]);
            format!("{path}?{query}#contents")
        });
        Ok(Some(FoundInside::of(&results, statuses, path, next)))
    }
}

/// The competencies of a framework.
fn inside(framework: &CanonicalKey) -> Filters {
    let (kinds, frameworks) = (vec![Kind::Competency], vec![framework.clone()]);
    Filters { kinds, frameworks, ..Filters::default() }
}

/// Something in its copy that stands in a framework, where it has one; else as it is.
fn here(cards: &Cards, at: Card, framework: &CanonicalKey) -> Result<Card, IndexError> {
    if home(&at) == Some(framework) {
        return Ok(at);
    }
    Ok(copy_in(cards, at.key(), framework)?.unwrap_or(at))
}

/// The framework that something stands in.
fn home(card: &Card) -> Option<&CanonicalKey> {
    card.framework.as_ref().map(|framework| &framework.key)
}

/// Where something stands in the tree of its framework; where it has none, its own page.
fn place(card: &Card) -> String {
    let place =
        |framework: &CanonicalKey| place_in(&page_of_kind(framework, Kind::Framework), card.key());
    home(card).map_or_else(|| page_of(card.key()), place)
}

fn numbers(
    cards: &Cards,
    overview: &Overview,
    record: Option<&RecordCard>,
    shell: &Shell,
) -> Result<Numbers, Problem> {
    let query = SearchQuery {
        filters: inside(overview.outline.framework()),
        facets: vec![Facet::Level],
        limit: 0,
        ..SearchQuery::new("")
    };
    let results = search(cards, &query).map_err(|error| not_answered(error, "q"))?;
    let levels = results.facets.get(&Facet::Level).map(Vec::as_slice).unwrap_or_default();
    Ok(Numbers::of(overview.outline.statistics(), levels, record, shell))
}

fn quality(
    cards: &Cards,
    overview: &Overview,
    record: Option<&RecordCard>,
    shell: &Shell,
) -> Result<Quality, Problem> {
    let framework = overview.outline.framework();
    let standings = Standings {
        n_withdrawn: count_in_state(cards, framework, "withdrawn")?,
        n_provisional: count_in_state(cards, framework, "provisional")?,
    };
    let warnings = record.map(|record| record.warnings.clone()).unwrap_or_default();
    Ok(Quality::of(framework, overview.outline.statistics(), standings, &warnings, shell))
}

/// The other frameworks that a framework of a name is aligned to.
fn related(overview: &Overview, name: &str) -> Vec<RelatedRow> {
    let rows = overview.related.iter().take(MAX_NAMED).map(|related| {
        let other = segment(&related.framework);
        RelatedRow {
            compare: format!("/frameworks/compare?a={name}&b={other}"),
            href: page_of_kind(&related.framework, Kind::Framework),
            title: related.title.clone().unwrap_or_else(|| related.framework.to_string()),
            n_exact: related.n_exact,
            n_other: related.n_other,
        }
    });
    rows.collect()
}

fn downloads(state: &AppState, reader: &Reader, copies: &[Card]) -> Downloads {
    let files = files_of(state, reader, copies).into_iter().map(|dump| Download {
        href: dump.href,
        format: dump.format,
        checksum: dump.checksum,
    });
    let key = copies.first().map(Card::key);
    let documents =
        key.map(|key| alternates(&Site::of(state), key)).unwrap_or_default().into_iter();
    Downloads {
        files: files.collect(),
        documents: documents.map(|document| (document.href, document.name)).collect(),
    }
}
