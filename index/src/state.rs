//! What a record itself says of its life: status words and last days. What other records say, and what day it is, is for
//! [`standing`](crate::standing).

use ontology::{AdoptionStatus, Competency, Node, Object, local_name};
use serde::Serialize;
use time::Date;
use time::macros::format_description;
use utoipa::ToSchema;

use crate::card::Card;

/// Whether a resource may still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
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

/// Tells whether its publisher has marked a resource, or its framework, as no longer to be used, whatever the day.
///
/// What another record says, such as that something has taken its place, is not asked.
pub(crate) fn is_marked(card: &Card) -> bool {
    let word = card.framework.as_ref().and_then(|framework| framework.adoption_status.as_deref());
    let is_retired = word.map(AdoptionStatus::read) == Some(AdoptionStatus::Retired);
    let states = card.node().into_iter().flat_map(stated_words);
    let mut states = states.filter_map(|word| state_of(&word));
    is_retired
        || card.competency().is_some_and(Competency::is_marked_deprecated)
        || states.any(|state| matches!(state, State::Deprecated | State::Superseded))
}

/// The last day (`YYYY-MM-DD`) on which a resource is in force, by its own dates and its framework's.
pub(crate) fn last_day(card: &Card) -> Option<&str> {
    let item = card.competency().and_then(|item| item.status_end.as_deref());
    let framework = card.framework.as_ref().and_then(|framework| framework.status_end.as_deref());
    let expires = card.node().and_then(|node| node.literal("ceterms:expirationDate"));
    [item, framework, expires].into_iter().flatten().filter_map(day).min()
}

/// The statuses that a record of CTDL states.
pub(crate) fn stated_words(node: &Node) -> impl Iterator<Item = String> {
    let properties = ["ceterms:credentialStatusType", "ceterms:lifeCycleStatusType"];
    properties.into_iter().flat_map(|property| node.objects(property)).filter_map(status_word)
}

/// The day (`YYYY-MM-DD`) with which a date or a time begins. A record of CTDL keeps what its publisher wrote, and what is written otherwise
/// cannot be held against another day.
pub(crate) fn day(text: &str) -> Option<&str> {
    let day = text.trim().get(..10)?;
    Date::parse(day, format_description!("[year]-[month]-[day]")).is_ok().then_some(day)
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
pub(crate) fn state_of(word: &str) -> Option<State> {
    match word.to_ascii_lowercase().as_str() {
        "deprecated" | "ceased" | "inactive" | "retired" => Some(State::Deprecated),
        "superseded" => Some(State::Superseded),
        "suspended" => Some(State::Suspended),
        "developing" | "planned" | "draft" => Some(State::NotYetInForce),
        _ => None,
    }
}
