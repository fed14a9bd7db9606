//! `/` with a question: the same search as `/v1/search`, and the same answer to an identifier as `/v1/resolve`.

use std::collections::BTreeMap;
use std::sync::Arc;

use index::card::Card;
use index::cards::Cards;
use index::resolve::{Verdict, resolve};
use index::search::{Facet, SearchResults};
use index::standing::standing;
use index::{IndexError, Reader};
use ontology::{IdentifierKind, Resource, identify};

use crate::page::{
    Facets, Found, Meaning, Question, ResultsPage, Shell, Surroundings, licence_name,
};
use crate::publisher::publisher;
use crate::server::answer::Answer;
use crate::server::asked::{Asked, cards};
use crate::server::parameters::{Parameters, judged};
use crate::server::problem::Problem;
use crate::server::state::AppState;

/// The hits of a page where nothing else is asked for.
const DEFAULT_LIMIT: usize = 20;

/// The most licences whose names are looked up.
const MAX_LICENCES: usize = 25;

/// Shows what was found.
///
/// # Errors
/// What [`Asked::read`] refuses, and a cursor of a generation that is served no longer.
pub(super) async fn results(
    state: &AppState,
    current: &Arc<Reader>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let mut asked = Asked::read(parameters.clone(), state.now())?;
    asked.query.highlight = true;
    asked.query.facets = Facets::wanted();
    if !parameters.has("limit") {
        asked.query.limit = DEFAULT_LIMIT;
    }
    let reader = asked.reader(state, current)?;
    let today = judged(None, state.now())?;
    let mut pairs = parameters.pairs();
    // The pages that follow say which day it is; on that day it need not be said.
    pairs.retain(|(name, value)| name != "asOf" || *value != today);
    let question = Question::new(pairs);
    state.write(move || page(&reader, &asked, &question)).await
}

fn page(reader: &Reader, asked: &Asked, question: &Question) -> Result<Answer, Problem> {
    let found = asked.answer(reader)?;
    let (generation, results) = (found.generation, found.results);
    let cards = cards(reader, asked.provisional);
    let as_of = asked.query.as_of.as_deref().unwrap_or_default();
    let all = results.hits.iter().map(|hit| surroundings(&cards, &hit.card, as_of));
    let is_first = !question.is_beyond_first();
    let text = Some(asked.query.text.as_str()).filter(|_| is_first);
    let found = Found {
        surroundings: all.collect::<Result<_, _>>()?,
        meaning: text.map(|text| meaning(&cards, text, as_of)).transpose()?.flatten(),
        licences: licences(&cards, &results)?,
        results: &results,
        as_of,
    };
    let page = ResultsPage::of(question, found, Shell::new("/", Some(generation)));
    Ok(Answer::page(&page)?.of_generation(generation))
}

/// What is known of a resource besides its card.
fn surroundings(cards: &Cards, card: &Card, as_of: &str) -> Result<Surroundings, IndexError> {
    let state = standing(cards, card, as_of)?.state;
    Ok(Surroundings { state, publisher: publisher(cards, card)? })
}

/// What a text means, where it is an identifier; a code is spoken of only where it names something.
fn meaning(cards: &Cards, text: &str, as_of: &str) -> Result<Option<Meaning>, IndexError> {
    let kind = identify(text).kind;
    if matches!(kind, IdentifierKind::Text | IdentifierKind::BlankNode) {
        return Ok(None);
    }
    let mut resolution = resolve(cards, text, None, as_of)?;
    let is_found = matches!(resolution.verdict, Verdict::Resolved | Verdict::Ambiguous);
    if kind == IdentifierKind::Code && !is_found {
        return Ok(None);
    }
    let notices = resolution.notices.into_iter().map(|notice| notice.text).collect();
    let is_one = resolution.verdict == Verdict::Resolved && !resolution.found.is_empty();
    let card = is_one.then(|| Box::new(resolution.found.swap_remove(0).chosen.card));
    let card = card.map(|card| surroundings(cards, &card, as_of).map(|around| (card, around)));
    Ok(Some(Meaning { reason: resolution.reason, notices, card: card.transpose()? }))
}

/// The names of the licences that are counted, by their values.
fn licences(
    cards: &Cards,
    results: &SearchResults,
) -> Result<BTreeMap<String, String>, IndexError> {
    let mut names = BTreeMap::new();
    let counted = results.facets.get(&Facet::License).map(Vec::as_slice).unwrap_or_default();
    for value in counted.iter().take(MAX_LICENCES).map(|counted| &counted.value) {
        let on_page = results.hits.iter().filter_map(|hit| hit.card.license.as_ref());
        let mut on_page = on_page.filter(|licence| licence.uri.as_ref() == Some(value));
        let name = match on_page.find_map(licence_name) {
            Some(name) => Some(name),
            None => defined(cards, value)?,
        };
        names.extend(name.map(|name| (value.clone(), name)));
    }
    Ok(told_apart(&names))
}

/// Licences of the same name with the hosts of their addresses, so that one can be chosen.
fn told_apart(names: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut held: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names.values() {
        *held.entry(name).or_default() += 1;
    }
    let told = names.iter().map(|(value, name)| {
        let host = value.split_once("://").and_then(|(_, rest)| rest.split('/').next());
        let host = host.filter(|_| held.get(name.as_str()).is_some_and(|n| *n > 1));
        (value.clone(), host.map_or_else(|| name.clone(), |host| format!("{name} ({host})")))
    });
    told.collect()
}

/// The name of a licence that a framework defines.
fn defined(cards: &Cards, address: &str) -> Result<Option<String>, IndexError> {
    let Some(key) = identify(address).key else { return Ok(None) };
    let mut held = cards.named(&key)?;
    held.retain(|card| matches!(card.resource, Resource::Definition(_)));
    Ok(held.first().map(Card::label))
}
