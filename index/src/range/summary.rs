//! A card in short: what a verifier needs, and no more than fits into a slot.

use ontology::{Object, plain};
use serde::Serialize;
use utoipa::ToSchema;

use crate::card::Card;
use crate::cards::Cards;
use crate::error::IndexError;
use crate::standing::{State, standing};

/// A day that no date speaks of; it is asked about where a card has no dates.
const SOME_DAY: &str = "2000-01-01";

/// The most bytes of a class; longer ones are of a publisher's own.
const MAX_CLASS: usize = 60;

/// A card in short. What lies in time is said by its days, so that the same words hold on every day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ShortCard)]
pub struct Summary {
    /// The IRI of the resource; none where it has no room.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its kind, in a word.
    pub kind: &'static str,
    /// Its class, in CTDL's word, where its record is one of CTDL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Its name as a person reads it; cut where it ends in `…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Its code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The title of its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// Who publishes its framework; who owns it, where it stands in none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Whether it may still be used, but for the days below.
    pub status: State,
    /// The first day on which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// The last day on which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<String>,
    /// The IRI of what takes its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor: Option<String>,
    /// Tells whether its texts are left out, because its source may not be given away in bulk.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub texts_withheld: bool,
}

impl Summary {
    /// Sums up a card.
    ///
    /// # Errors
    /// Where what takes its place cannot be looked up.
    pub fn of(cards: &Cards, card: &Card) -> Result<Self, IndexError> {
        let (from, until) = days(card);
        let a_day_between = from.as_deref().or(until.as_deref()).unwrap_or(SOME_DAY);
        let standing = standing(cards, card, a_day_between)?;
        let title = card.framework.as_ref().filter(|_| card.as_framework().is_none());
        let class = card.node().and_then(|node| node.types.first());
        let terms = card.origin.terms.as_ref();
        let texts_withheld = terms.is_some_and(|terms| !terms.redistribute);
        let text = |text: Option<String>| text.filter(|_| !texts_withheld);
        Ok(Self {
            id: Some(card.resource.identity().subject.clone()),
            kind: card.resource.kind().as_str(),
            class: class.filter(|class| class.len() <= MAX_CLASS).cloned(),
            label: text(Some(card.label())),
            code: text(card.resource.code().map(plain)),
            framework: text(title.and_then(|framework| framework.title.as_deref()).map(plain)),
            publisher: text(card.publisher().map(plain).or_else(|| owner(card))),
            status: standing.state,
            valid_from: from.map(|day| day_of(&day)),
            valid_until: until.map(|day| day_of(&day)),
            successor: standing.successors.first().and_then(|step| step.key.subject_iri()),
            texts_withheld,
        })
    }

    /// The same with texts of at most so many characters; at none they are left out.
    pub(super) fn cut(&self, room: usize) -> Self {
        Self {
            label: shortened(self.label.as_deref(), room),
            code: shortened(self.code.as_deref(), room / 2),
            framework: shortened(self.framework.as_deref(), room / 2),
            publisher: shortened(self.publisher.as_deref(), room / 2),
            ..self.clone()
        }
    }

    /// The same without what can be missed most easily; the last of it is the address, which whoever asks may know.
    pub(super) fn stripped(&self) -> Self {
        Self { class: None, id: None, successor: None, ..self.cut(0) }
    }
}

fn shortened(text: Option<&str>, room: usize) -> Option<String> {
    let text = text.filter(|_| room > 0)?;
    if text.chars().nth(room).is_none() {
        return Some(text.to_owned());
    }
    let kept: String = text.chars().take(room.saturating_sub(1)).collect();
    Some(kept.trim_end().to_owned() + "…")
}

/// The organization that a record of CTDL names as its owner.
fn owner(card: &Card) -> Option<String> {
    let owner = card.node()?.objects("ceterms:ownedBy").find_map(Object::iri)?;
    Some(owner.to_owned())
}

/// The latest first and the earliest last day that the card speaks of, as they are written.
fn days(card: &Card) -> (Option<String>, Option<String>) {
    let stated = |property| card.node().and_then(|node| node.literal(property));
    let item = card.competency();
    let begins = [
        stated("ceterms:dateEffective"),
        item.and_then(|item| item.status_start.as_deref()),
        card.as_framework().and_then(|framework| framework.status_start.as_deref()),
    ];
    let ends = [
        stated("ceterms:expirationDate"),
        item.and_then(|item| item.status_end.as_deref()),
        card.framework.as_ref().and_then(|framework| framework.status_end.as_deref()),
    ];
    let first = begins.into_iter().flatten().filter(|day| is_day(day)).max();
    let last = ends.into_iter().flatten().filter(|day| is_day(day)).min();
    (first.map(str::to_owned), last.map(str::to_owned))
}

/// Tells whether a text begins as a date does; anything else is no date that a client could compare.
fn is_day(text: &str) -> bool {
    text.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
        && day_of(text).bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// The day of a moment.
fn day_of(text: &str) -> String {
    text.chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_at_a_character_and_says_so() {
        assert_eq!(shortened(Some("räumlich"), 8).as_deref(), Some("räumlich"));
        assert_eq!(shortened(Some("räumlich"), 3).as_deref(), Some("rä…"));
        assert_eq!(shortened(Some("a b c"), 3).as_deref(), Some("a…"));
        assert_eq!(shortened(Some("a"), 0), None);
        assert_eq!(shortened(None, 9), None);
    }

    #[test]
    fn only_dates_are_days() {
        for (text, is) in [
            ("2024-06-30", true),
            ("2024-06-30T10:00:00Z", true),
            ("2024", true),
            ("June 2024", false),
            ("soon", false),
            ("", false),
        ] {
            assert_eq!(is_day(text), is, "{text}");
        }
        assert_eq!(day_of("2024-06-30T10:00:00Z"), "2024-06-30");
    }
}
