//! The standing of a resource: is it current, and what took its place.

use std::collections::{BTreeSet, VecDeque};

use ontology::{AdoptionStatus, AlignmentType, CanonicalKey, Competency, Node, Target};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::state::{day, state_of, stated_words};

pub use crate::state::State;

/// The most steps of a chain of successors that are followed.
const MAX_SUCCESSORS: usize = 16;

/// The standing of a resource on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The gravest of what is said below.
    pub state: State,
    /// Why, a sentence each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// The chain of successors, the next one first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub successors: Vec<Step>,
    /// The day for which this holds, `YYYY-MM-DD`.
    pub as_of: String,
}

/// Judges a resource on a day (`YYYY-MM-DD`).
pub fn standing(cards: &Cards, card: &Card, as_of: &str) -> Result<Standing, IndexError> {
    let mut found: Vec<(State, String)> = Vec::new();
    if card.withdrawn {
        let when = card.origin.fetched_at.split('T').next().unwrap_or_default();
        found.push((
            State::Withdrawn,
            format!("its source no longer has it; this is what it said on {when}"),
        ));
    }
    let successors = successors(cards, card.key(), as_of)?;
    if let Some(next) = successors.first() {
        let mut reason = format!("its publisher names `{}` in its place", name_of(next));
        if let Some(last) = successors.last().filter(|last| last.key != next.key) {
            reason = format!("{reason}, and `{}` is the newest", name_of(last));
        }
        found.push((State::Superseded, reason));
    }
    if let Some(node) = card.node() {
        stated(node, as_of, &mut found);
    }
    own_dates(card, as_of, &mut found);
    if let Some(framework) = &card.framework {
        let who = if framework.key == *card.key() { "it" } else { "its framework" };
        let status = framework.adoption_status.as_deref();
        let state = match status.map(AdoptionStatus::read) {
            Some(AdoptionStatus::Retired) => Some(State::Deprecated),
            Some(
                AdoptionStatus::Draft | AdoptionStatus::PrivateDraft | AdoptionStatus::Pending,
            ) => Some(State::NotYetInForce),
            _ => None,
        };
        if let (Some(state), Some(word)) = (state, status) {
            found.push((state, format!("{who} has the status `{word}`")));
        }
        if let Some(end) = framework.status_end.as_deref().filter(|end| *end < as_of) {
            found.push((State::Deprecated, format!("{who} ended on {end}")));
        }
    }
    let state = found.iter().map(|(state, _)| *state).max().unwrap_or(State::Current);
    let reasons = found.into_iter().map(|(_, reason)| reason).collect();
    Ok(Standing { state, reasons, successors, as_of: as_of.to_owned() })
}

/// The code of a successor, else its label.
fn name_of(step: &Step) -> &str {
    step.code.as_deref().unwrap_or(&step.label)
}

/// What a record of CTDL says of its own life: status, dates.
fn stated(node: &Node, as_of: &str, found: &mut Vec<(State, String)>) {
    for word in stated_words(node) {
        if let Some(state) = state_of(&word) {
            found.push((state, format!("its publisher gives it the status `{word}`")));
        }
    }
    let day_of = |property| node.literal(property).and_then(day);
    if let Some(end) = day_of("ceterms:expirationDate").filter(|end| *end < as_of) {
        found.push((State::Deprecated, format!("it expired on {end}")));
    }
    if let Some(start) = day_of("ceterms:dateEffective").filter(|start| *start > as_of) {
        found.push((State::NotYetInForce, format!("it takes effect on {start}")));
    }
}

fn own_dates(card: &Card, as_of: &str, found: &mut Vec<(State, String)>) {
    let (start, end) = match (card.competency(), card.as_framework()) {
        (Some(item), _) => (item.status_start.as_deref(), item.status_end.as_deref()),
        (_, Some(framework)) => (framework.status_start.as_deref(), None),
        _ => (None, None),
    };
    if let Some(end) = end.filter(|end| *end < as_of) {
        found.push((State::Deprecated, format!("it ended on {end}")));
    }
    if let Some(start) = start.filter(|start| *start > as_of) {
        found.push((State::NotYetInForce, format!("it starts on {start}")));
    }
    // The mark is of the day when it was read; before the last day that is stated it says nothing.
    let is_over = end.is_none_or(|end| end < as_of);
    if is_over && card.competency().is_some_and(Competency::is_marked_deprecated) {
        found.push((State::Deprecated, "its own text says so".to_owned()));
    }
}

/// A link from a resource to what takes its place.
struct Succession {
    key: CanonicalKey,
    /// The address as the link has it.
    uri: Option<String>,
    /// Whether the link leads to the newest straight away.
    is_latest: bool,
}

/// Follows what takes the place of a resource to the newest, nearest first, and never in a circle. What is in force only after the
/// day has not taken its place yet.
fn successors(cards: &Cards, key: &CanonicalKey, as_of: &str) -> Result<Vec<Step>, IndexError> {
    let mut chain = Vec::new();
    let mut seen = BTreeSet::from([key.clone()]);
    let mut open = VecDeque::from([key.clone()]);
    while let Some(at) = open.pop_front() {
        for next in successions(cards, &at)? {
            if chain.len() >= MAX_SUCCESSORS || !seen.insert(next.key.clone()) {
                continue;
            }
            let mut held = choose(cards.named(&next.key)?);
            // Whoever declares to be the same as something is not that something.
            held.sort_by_key(|held| *held.card.key() != next.key);
            let held = held.into_iter().next().map(|held| held.card);
            if held.as_ref().is_some_and(|held| start_of(held).is_some_and(|start| start > as_of)) {
                continue;
            }
            let code = held.as_ref().and_then(|held| held.resource.code()).map(str::to_owned);
            let label = held.as_ref().map(Card::label);
            let label = label.or(next.uri).unwrap_or_else(|| next.key.to_string());
            chain.push(Step { key: next.key.clone(), code, label });
            open.push_back(next.key);
        }
    }
    Ok(chain)
}

/// What a resource says takes its place, the next before the newest, in the order of their keys.
fn successions(cards: &Cards, key: &CanonicalKey) -> Result<Vec<Succession>, IndexError> {
    let mut found = Vec::new();
    for link in cards.links_from(key)? {
        let is_latest = link.alignment.kind == AlignmentType::LatestVersion;
        let is_next =
            matches!(link.alignment.kind, AlignmentType::ReplacedBy | AlignmentType::NextVersion);
        let Target { key, uri, .. } = link.alignment.target;
        found.extend(key.filter(|_| is_next || is_latest).map(|key| Succession {
            key,
            uri,
            is_latest,
        }));
    }
    found.sort_by(|a, b| (a.is_latest, &a.key).cmp(&(b.is_latest, &b.key)));
    Ok(found)
}

/// The first day on which a resource is in force, where it says one.
fn start_of(card: &Card) -> Option<&str> {
    let own = match (card.competency(), card.as_framework()) {
        (Some(item), _) => item.status_start.as_deref(),
        (_, Some(framework)) => framework.status_start.as_deref(),
        _ => None,
    };
    let stated = || day(card.node()?.literal("ceterms:dateEffective")?);
    own.or_else(stated)
}

#[cfg(test)]
mod tests {
    use ontology::{Node, Object, Statement};

    use super::{State, day, stated};

    /// What a record that states one date says of its life on the first day of 2026.
    fn states(property: &'static str, date: &str) -> Vec<State> {
        let objects = vec![Object::Text(date.into())];
        let statements = vec![Statement { property: property.into(), objects }];
        let node = Node { id: None, types: Vec::new(), statements };
        let mut found = Vec::new();
        stated(&node, "2026-01-01", &mut found);
        found.into_iter().map(|(state, _)| state).collect()
    }

    #[test]
    fn what_is_no_date_ends_and_begins_nothing() {
        for date in ["06/30/2030", "06/30/2020", "2020", "2020-13-01", "never", "", "ééééééééé"]
        {
            assert_eq!(states("ceterms:expirationDate", date), [], "{date}");
            assert_eq!(states("ceterms:dateEffective", date), [], "{date}");
        }
    }

    #[test]
    fn a_date_and_the_day_of_a_time_are_held_against_the_day() {
        for date in ["2020-06-30", " 2020-06-30 ", "2020-06-30T12:00:00Z"] {
            assert_eq!(day(date), Some("2020-06-30"));
            assert_eq!(states("ceterms:expirationDate", date), [State::Deprecated], "{date}");
        }
        assert_eq!(states("ceterms:expirationDate", "2030-06-30"), []);
        assert_eq!(states("ceterms:dateEffective", "2030-06-30"), [State::NotYetInForce]);
        assert_eq!(states("ceterms:dateEffective", "2020-06-30"), []);
    }
}
