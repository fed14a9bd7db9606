//! The brake: a run that would retire or change too much of a source waits for the operator's word.
//!
//! A truncated answer looks like a mass deletion, and a broken export like a mass edit. Neither may reach the readers
//! unseen. Nothing is lost by waiting: the entries stay in the ledger.

use std::collections::BTreeMap;

use ontology::{CanonicalKey, Resource};

use crate::card::Card;

/// Below this number of resources the brake never holds.
const AT_LEAST: u64 = 50;

/// What a run would do to a source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Change {
    /// The resources that the source shows now.
    pub present: u64,
    /// How many of them it would show no more.
    pub retired: u64,
    /// How many of them it would show with another content.
    pub changed: u64,
}

/// What the brake says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The run may be applied.
    Free,
    /// The run waits, and this is why.
    Held(String),
}

impl Change {
    /// Adds what happens to the resources of one record.
    pub fn compare(&mut self, old: &[Card], new: &[Card]) {
        let live = |cards: &[Card]| -> BTreeMap<CanonicalKey, Resource> {
            let live = cards.iter().filter(|card| !card.withdrawn);
            live.map(|card| (card.key().clone(), card.resource.clone())).collect()
        };
        let new = live(new);
        for (key, resource) in live(old) {
            match new.get(&key) {
                None => self.retired += 1,
                Some(other) if *other != resource => self.changed += 1,
                Some(_) => {}
            }
        }
    }

    /// Holds what retires more than 5 % or changes more than 20 %, and at least 50 resources.
    pub fn verdict(&self) -> Verdict {
        let too_many = |n: u64, percent: u64| n >= AT_LEAST && n * 100 > self.present * percent;
        let share = |n: u64| n * 100 / self.present.max(1);
        if too_many(self.retired, 5) {
            let Self { retired, present, .. } = self;
            return Verdict::Held(format!(
                "would retire {retired} of {present} resources ({} %)",
                share(*retired)
            ));
        }
        if too_many(self.changed, 20) {
            let Self { changed, present, .. } = self;
            return Verdict::Held(format!(
                "would change {changed} of {present} resources ({} %)",
                share(*changed)
            ));
        }
        Verdict::Free
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Verdict};

    #[track_caller]
    fn check(present: u64, retired: u64, changed: u64, held: bool) {
        let verdict = Change { present, retired, changed }.verdict();
        assert_eq!(matches!(verdict, Verdict::Held(_)), held, "{verdict:?}");
    }

    #[test]
    fn a_run_is_held_above_five_percent_retired_or_twenty_changed() {
        check(1_000, 50, 0, false);
        check(1_000, 51, 0, true);
        check(1_000, 0, 200, false);
        check(1_000, 0, 201, true);
        check(60, 49, 0, false);
        check(60, 50, 0, true);
        check(0, 0, 0, false);
    }
}
