//! What one identifier means, by what a server told of its prefix.

use std::collections::BTreeMap;

use crawler::range::{Card, Entry};
use index::digest::Digest;
use index::resolve::Verdict;
use ontology::{CanonicalKey, Strength, fold_code};
use serde::Serialize;

use crate::private::names::{Name, Unaskable};

/// What one identifier means.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Meaning {
    /// How it was understood.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub reason: String,
    /// What was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub found: Vec<FoundCard>,
    /// The names that were looked for among what came.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub looked_for: Vec<CanonicalKey>,
    /// What a reader should know besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<String>,
}

/// A resource that was found.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FoundCard {
    /// The name by which it was found.
    pub via: CanonicalKey,
    /// How surely what was given names it.
    pub strength: Strength,
    /// Whether it may be used on the day that was asked for, in the word of a standing.
    pub state: String,
    /// Why, where that lies in the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The resource.
    pub card: Card,
}

/// The hash under which a name is asked for.
pub(super) fn hash(name: &Name) -> String {
    Digest::of(name.key.as_str().as_bytes()).to_string()
}

impl Meaning {
    /// What names mean on a day: the first that is held answers, as on the ladder.
    pub(super) fn of(
        names: Result<Vec<Name>, Unaskable>,
        entries: &BTreeMap<String, Vec<Entry>>,
        as_of: &str,
    ) -> Self {
        let names = match names {
            Ok(names) => names,
            Err(Unaskable { verdict, reason }) => {
                return Self::nothing(verdict, reason, Vec::new());
            }
        };
        let looked_for = names.iter().map(|name| name.key.clone()).collect();
        let held = names.iter().find_map(|name| Some((name, entries.get(&hash(name))?)));
        let Some((name, entries)) = held else {
            let reason = "the server holds nothing of this name".to_owned();
            return Self::nothing(Verdict::Unknown, reason, looked_for);
        };
        let found: Vec<FoundCard> =
            entries.iter().filter_map(|entry| found(name, entry, as_of)).collect();
        let n = entries.iter().map(|entry| entry.n).max().unwrap_or(0).max(found.len());
        let (verdict, reason) = match found.as_slice() {
            [one] if n == 1 => (Verdict::Resolved, reason(one)),
            _ => (Verdict::Ambiguous, format!("{n} resources go by this name")),
        };
        Self { verdict, reason, found, looked_for, notices: Vec::new() }
    }

    fn nothing(verdict: Verdict, reason: String, looked_for: Vec<CanonicalKey>) -> Self {
        Self { verdict, reason, found: Vec::new(), looked_for, notices: Vec::new() }
    }

    /// Holds the code of a badge against the published one.
    pub(super) fn held_against(mut self, code: Option<&str>) -> Self {
        let published = self.found.first().and_then(|found| found.card.code.as_deref());
        if let (Verdict::Resolved, Some(given), Some(published)) = (self.verdict, code, published)
            && !published.ends_with('…')
            && fold_code(given) != fold_code(published)
        {
            let notice = format!("the badge gives the code `{given}`, published is `{published}`");
            self.notices.push(notice);
        }
        self
    }
}

fn found(name: &Name, entry: &Entry, as_of: &str) -> Option<FoundCard> {
    let card = entry.card.clone()?;
    let (state, because) = state(&card, as_of);
    // The weaker of two links is how strong a chain is: the last in this order.
    let strength = entry.strength.unwrap_or(Strength::Inferred).max(name.surest);
    Some(FoundCard { via: name.key.clone(), strength, state, because, card })
}

/// The state on a day: what the days of the card say is added to what holds on every day, unless that is graver.
fn state(card: &Card, as_of: &str) -> (String, Option<String>) {
    let is_lesser = |words: &[&str]| words.contains(&card.status.as_str());
    let over = card.valid_until.as_deref().filter(|day| *day < as_of);
    if let Some(day) = over.filter(|_| is_lesser(&["current", "notYetInForce", "suspended"])) {
        return ("deprecated".to_owned(), Some(format!("it ended on {day}")));
    }
    let ahead = card.valid_from.as_deref().filter(|day| *day > as_of);
    if let Some(day) = ahead.filter(|_| is_lesser(&["current"])) {
        return ("notYetInForce".to_owned(), Some(format!("it starts on {day}")));
    }
    (card.status.clone(), None)
}

/// Says in one sentence what was found and why.
fn reason(found: &FoundCard) -> String {
    let card = &found.card;
    let code = card.code.as_deref().map(|code| format!(" {code}")).unwrap_or_default();
    let framework =
        card.framework.as_deref().map(|title| format!(" in {title}")).unwrap_or_default();
    format!("{}{code}{framework} ({})", card.kind, found.strength)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(key: &str, surest: Strength) -> Name {
        Name { key: key.parse().unwrap(), surest }
    }

    fn entry(strength: Strength, n: usize, status: &str) -> Entry {
        let card = Card {
            kind: "competency".to_owned(),
            code: Some("A.1".to_owned()),
            status: status.to_owned(),
            valid_from: Some("2020-01-01".to_owned()),
            valid_until: Some("2024-12-31".to_owned()),
            ..Card::default()
        };
        Entry { hash: String::new(), strength: Some(strength), n, card: Some(card) }
    }

    fn meaning(surest: Strength, entries: Vec<Entry>, as_of: &str) -> Meaning {
        let name = name("iri:https://skills.example/1", surest);
        let entries = BTreeMap::from([(hash(&name), entries)]);
        Meaning::of(Ok(vec![name]), &entries, as_of)
    }

    #[test]
    fn a_chain_is_as_strong_as_its_weaker_link() {
        for (surest, told, strength) in [
            (Strength::Exact, Strength::Exact, Strength::Exact),
            (Strength::Spelling, Strength::Exact, Strength::Spelling),
            (Strength::Exact, Strength::Declared, Strength::Declared),
        ] {
            let meaning = meaning(surest, vec![entry(told, 1, "current")], "2022-01-01");
            assert_eq!(meaning.verdict, Verdict::Resolved);
            assert_eq!(meaning.found[0].strength, strength);
        }
    }

    #[test]
    fn the_day_is_judged_here() {
        for (status, as_of, state) in [
            ("current", "2022-01-01", "current"),
            ("current", "2019-12-31", "notYetInForce"),
            ("current", "2025-01-01", "deprecated"),
            ("current", "2024-12-31", "current"),
            ("withdrawn", "2025-01-01", "withdrawn"),
            ("superseded", "2019-01-01", "superseded"),
        ] {
            let entries = vec![entry(Strength::Exact, 1, status)];
            let meaning = meaning(Strength::Exact, entries, as_of);
            assert_eq!(meaning.found[0].state, state, "{status} on {as_of}");
        }
    }

    #[test]
    fn what_several_have_is_ambiguous_even_where_one_is_listed() {
        let entries = vec![entry(Strength::Code, 20, "current")];
        assert_eq!(meaning(Strength::Code, entries, "2022-01-01").verdict, Verdict::Ambiguous);
        let nothing =
            Meaning::of(Ok(vec![name("iri:urn:a:b", Strength::Exact)]), &BTreeMap::new(), "");
        assert_eq!(nothing.verdict, Verdict::Unknown);
    }

    #[test]
    fn another_code_than_the_published_one_is_noticed() {
        let resolved =
            || meaning(Strength::Exact, vec![entry(Strength::Exact, 1, "current")], "2022-01-01");
        assert_eq!(resolved().held_against(Some("a-1")).notices, [""; 0]);
        assert_eq!(resolved().held_against(Some("B.1")).notices.len(), 1);
    }
}
