//! The standing of a resource: is it current, and what took its place.

use std::collections::BTreeSet;

use ontology::{AdoptionStatus, AlignmentType, CanonicalKey, Node, Object, local_name};
use serde::Serialize;

use crate::card::{Card, Step};
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;

/// The most steps of a chain of successors that are followed.
const MAX_SUCCESSORS: usize = 16;

/// Whether a resource may still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// Nothing speaks against it.
    Current,
    /// Its framework is a draft, or not in force yet.
    NotYetInForce,
    /// Its publisher has suspended it.
    Suspended,
    /// Its publisher has marked it, or its framework, as out of use.
    Deprecated,
    /// Its publisher names another in its place.
    Superseded,
    /// Its source no longer has it.
    Withdrawn,
}

impl State {
    /// The state in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::NotYetInForce => "not yet in force",
            Self::Suspended => "suspended",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// The standing of a resource on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    let successors = successors(cards, card.key())?;
    if let Some(next) = successors.first() {
        let name = next.code.as_deref().unwrap_or(&next.label);
        found.push((State::Superseded, format!("its publisher names `{name}` in its place")));
    }
    if let Some(node) = card.node() {
        stated(node, as_of, &mut found);
    }
    own_dates(card, as_of, &mut found);
    if let Some(framework) = &card.framework {
        let status = framework.adoption_status.as_deref();
        let state = match status.map(AdoptionStatus::read) {
            Some(AdoptionStatus::Retired) => Some(State::Deprecated),
            Some(
                AdoptionStatus::Draft | AdoptionStatus::PrivateDraft | AdoptionStatus::Pending,
            ) => Some(State::NotYetInForce),
            _ => None,
        };
        if let (Some(state), Some(word)) = (state, status) {
            found.push((state, format!("its framework has the status `{word}`")));
        }
        if let Some(end) = framework.status_end.as_deref().filter(|end| *end < as_of) {
            found.push((State::Deprecated, format!("its framework ended on {end}")));
        }
    }
    let state = found.iter().map(|(state, _)| *state).max().unwrap_or(State::Current);
    let reasons = found.into_iter().map(|(_, reason)| reason).collect();
    Ok(Standing { state, reasons, successors, as_of: as_of.to_owned() })
}

/// What a record of CTDL says of its own life: status, dates.
fn stated(node: &Node, as_of: &str, found: &mut Vec<(State, String)>) {
    for property in ["ceterms:credentialStatusType", "ceterms:lifeCycleStatusType"] {
        for word in node.objects(property).filter_map(status_word) {
            if let Some(state) = state_of(&word) {
                found.push((state, format!("its publisher gives it the status `{word}`")));
            }
        }
    }
    let day = |property| node.literal(property).and_then(|text| text.get(..10));
    if let Some(end) = day("ceterms:expirationDate").filter(|end| *end < as_of) {
        found.push((State::Deprecated, format!("it expired on {end}")));
    }
    if let Some(start) = day("ceterms:dateEffective").filter(|start| *start > as_of) {
        found.push((State::NotYetInForce, format!("it takes effect on {start}")));
    }
}

/// The status in a word: that of the term, or its name.
fn status_word(object: &Object) -> Option<String> {
    let term = |iri: &str| local_name(iri).to_owned();
    match object {
        Object::Iri(iri) => Some(term(iri)),
        Object::Node(node) => {
            let named = node.objects("ceterms:targetNode").find_map(Object::iri).map(term);
            named.or_else(|| node.literal("ceterms:targetNodeName").map(str::to_owned))
        }
        literal => literal.literal().map(str::to_owned),
    }
}

/// What a status of CTDL's schemes ([`credentialStat`](https://credreg.net/ctdl/vocabs/credentialStat),
/// [`lifeCycle`](https://credreg.net/ctdl/vocabs/lifeCycle)) means; a word outside them says nothing here.
fn state_of(word: &str) -> Option<State> {
    match word.to_ascii_lowercase().as_str() {
        "deprecated" | "ceased" | "inactive" | "retired" => Some(State::Deprecated),
        "superseded" => Some(State::Superseded),
        "suspended" => Some(State::Suspended),
        "developing" | "planned" | "draft" => Some(State::NotYetInForce),
        _ => None,
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
    if card.competency().is_some_and(ontology::Competency::is_marked_deprecated) {
        found.push((State::Deprecated, "its own text says so".to_owned()));
    }
}

/// Follows `replacedBy` from a resource, one successor at a time, and never in a circle.
fn successors(cards: &Cards, key: &CanonicalKey) -> Result<Vec<Step>, IndexError> {
    let mut chain = Vec::new();
    let mut seen = BTreeSet::from([key.clone()]);
    let mut at = key.clone();
    while chain.len() < MAX_SUCCESSORS {
        let links = cards.links_from(&at)?;
        let next = links.into_iter().find_map(|link| {
            let is_succession = matches!(
                link.alignment.kind,
                AlignmentType::ReplacedBy | AlignmentType::NextVersion
            );
            link.alignment
                .target
                .key
                .clone()
                .filter(|_| is_succession)
                .map(|key| (key, link.alignment.target))
        });
        let Some((next, target)) = next.filter(|(next, _)| seen.insert(next.clone())) else {
            break;
        };
        let held = choose(cards.named(&next)?).into_iter().next();
        chain.push(match held {
            Some(chosen) => Step {
                key: next.clone(),
                code: chosen.card.resource.code().map(str::to_owned),
                label: chosen.card.label(),
            },
            None => Step {
                key: next.clone(),
                code: None,
                label: target.uri.unwrap_or_else(|| next.to_string()),
            },
        });
        at = next;
    }
    Ok(chain)
}
