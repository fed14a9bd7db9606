//! `/`: the box, and what is found by it.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use index::Reader;
use index::card::Card;
use index::cards::Cards;
use index::search::{Counted, Facet, Filters, SearchQuery, search};
use ontology::Kind;

use crate::page::{Examples, HomePage, Inside, Question, ResultsPage, Shell, Trouble};
use crate::server::answer::Answer;
use crate::server::asked::not_answered;
use crate::server::pages::results::results;
use crate::server::parameters::{Parameters, judged};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};
use crate::server::stats::counted;

/// How many competencies are looked through for an example.
const N_LOOKED_THROUGH: usize = 60;

/// How many credentials, courses and assessments are looked through for what they speak of.
const N_SPEAKING: usize = 30;

/// How many things that each speaks of are looked at.
const N_SPOKEN_OF: usize = 10;

/// How long a name is that makes a good example, in characters.
const GOOD_LENGTH: std::ops::RangeInclusive<usize> = 8..=60;

/// Shows the box; what is found, where something is asked.
pub(super) async fn home(
    State(state): State<AppState>,
    taken: Result<Taken, Problem>,
    parameters: Result<Parameters, Problem>,
) -> Response {
    let reader = taken.ok().map(|Taken(reader)| reader);
    let generation = reader.as_ref().map(|reader| reader.manifest().generation);
    let asked = match parameters {
        Ok(parameters) => parameters.letting_be_empty("q"),
        // What it was is not said again: it may be about somebody.
        Err(problem) => return troubled(problem, &Question::default(), generation),
    };
    let question = Question::new(asked.pairs());
    let answered = match reader {
        None => nothing(),
        Some(reader) if asked.pairs().is_empty() => inside(&state, reader).await,
        Some(reader) => results(&state, &reader, asked).await,
    };
    answered.map_or_else(|problem| troubled(problem, &question, generation), Answer::into_response)
}

/// A problem of the caller's stands above the box; one of ours is told as everywhere.
fn troubled(problem: Problem, question: &Question, generation: Option<u64>) -> Response {
    if problem.is_ours() {
        return problem.into_response();
    }
    let (kind, shell) = (problem.kind(), Shell::new("/", generation));
    let trouble = Trouble {
        detail: problem.detail().to_owned(),
        known: problem.known(),
        is_credential: kind == ProblemKind::Credential,
        is_gone: kind == ProblemKind::GenerationGone,
    };
    match Answer::page(&ResultsPage::troubled(question, trouble, shell)) {
        Ok(answer) => (kind.row().status, answer).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// The page of a data directory into which nothing was imported.
fn nothing() -> Result<Answer, Problem> {
    Answer::page(&HomePage::of(None, Shell::new("/", None)))
}

async fn inside(state: &AppState, reader: Arc<Reader>) -> Result<Answer, Problem> {
    let as_of = judged(None, state.now())?;
    state.write(move || page(&reader, &as_of)).await
}

fn page(reader: &Reader, as_of: &str) -> Result<Answer, Problem> {
    let stats = counted(reader, as_of.to_owned())?;
    let shell = Shell::new("/", Some(stats.generation));
    if stats.resources == 0 {
        return Answer::page(&HomePage::of(None, shell));
    }
    let cards = reader.cards();
    let frameworks = frameworks(cards, as_of)?;
    let examples = examples(cards, frameworks.first(), as_of)?;
    let inside = Inside {
        manifest: reader.manifest(),
        sources: reader.sources(),
        by: &stats.by,
        frameworks: &frameworks,
        resources: stats.resources,
        examples,
    };
    Answer::page(&HomePage::of(Some(inside), shell))
}

/// The frameworks that are in use, those with the most competencies first.
fn frameworks(cards: &Cards, as_of: &str) -> Result<Vec<Counted>, Problem> {
    let filters = Filters { kinds: vec![Kind::Competency], ..in_use(as_of) };
    let facets = vec![Facet::Framework];
    let query = SearchQuery { filters, facets, limit: 0, ..SearchQuery::new("") };
    let mut found = search(cards, &query).map_err(|error| not_answered(error, "q"))?;
    Ok(found.facets.remove(&Facet::Framework).unwrap_or_default())
}

/// Finds resources that show what can be asked here.
fn examples(cards: &Cards, framework: Option<&Counted>, as_of: &str) -> Result<Examples, Problem> {
    let frameworks = framework.and_then(|framework| framework.value.parse().ok());
    let filters = Filters {
        kinds: vec![Kind::Competency],
        frameworks: frameworks.into_iter().collect(),
        ..in_use(as_of)
    };
    let found = found(cards, filters, N_LOOKED_THROUGH)?;
    let is_good = |card: &&Card| {
        let label = card.label();
        let is_coded = card.resource.code().is_some_and(|code| code != label);
        let begins_well = label.starts_with(char::is_alphabetic);
        is_coded
            && begins_well
            && label.contains(' ')
            && GOOD_LENGTH.contains(&label.chars().count())
    };
    let coded = |card: &&Card| card.resource.code().is_some();
    let best = found.iter().find(is_good).or_else(|| found.iter().find(coded));
    let competency = best.or(found.first()).cloned().map(Box::new);
    Ok(Examples { competency, skill: skill(cards, as_of)? })
}

/// A competency that a credential, a course or an assessment speaks of.
fn skill(cards: &Cards, as_of: &str) -> Result<Option<Box<Card>>, Problem> {
    let kinds = vec![Kind::Credential, Kind::LearningOpportunity, Kind::Assessment];
    let filters = Filters { kinds, aligned: Some(true), ..in_use(as_of) };
    let mut otherwise = None;
    for speaking in found(cards, filters, N_SPEAKING)? {
        for link in cards.links_from(speaking.key())?.into_iter().take(N_SPOKEN_OF) {
            let Some(key) = &link.alignment.target.key else { continue };
            let mut named = cards.named(key)?;
            named.retain(|card| card.key() == key && card.competency().is_some());
            let Some(card) = named.into_iter().next() else { continue };
            if GOOD_LENGTH.contains(&card.label().chars().count()) {
                return Ok(Some(Box::new(card)));
            }
            otherwise = otherwise.or(Some(Box::new(card)));
        }
    }
    Ok(otherwise)
}

fn found(cards: &Cards, filters: Filters, limit: usize) -> Result<Vec<Card>, Problem> {
    let query = SearchQuery { filters, limit, ..SearchQuery::new("") };
    let found = search(cards, &query).map_err(|error| not_answered(error, "q"))?;
    Ok(found.hits.into_iter().map(|hit| hit.card).collect())
}

fn in_use(as_of: &str) -> Filters {
    let statuses = vec!["current".to_owned()];
    Filters { statuses, as_of: Some(as_of.to_owned()), ..Filters::default() }
}
