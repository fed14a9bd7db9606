//! What is known of a framework as a whole: worked out by whoever asks first, and kept for those who ask next.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use index::cards::Cards;
use index::edition::Edition;
use index::outline::Outline;
use index::related::{Related, related};
use index::{IndexError, Reader};
use ontology::CanonicalKey;

/// The most items of a framework that are looked at.
const MAX_ITEMS: usize = 100_000;

/// The most items that are kept, of all frameworks together. One takes some thirty bytes.
const MAX_KEPT: usize = 1_000_000;

/// For how many items a framework counts besides its own: its numbers take some kilobytes.
const OF_ITSELF: usize = 200;

/// A framework as a whole.
pub(super) struct Overview {
    /// Its items in order.
    pub outline: Outline,
    /// The frameworks that it is aligned to.
    pub related: Vec<Related>,
}

/// A framework in a generation.
type Name = (Edition, CanonicalKey);

/// What one works out, and the others wait for.
type Place = Arc<Mutex<Option<Arc<Overview>>>>;

/// An overview that is kept, or that somebody works out.
struct Held {
    place: Place,
    /// For how many items it counts.
    n: usize,
    /// When it was asked for last.
    asked: u64,
}

/// Overviews, and how often any was asked for.
#[derive(Default)]
struct Kept {
    held: BTreeMap<Name, Held>,
    n_asked: u64,
}

/// The overviews that are kept.
#[derive(Default)]
pub(super) struct Overviews {
    kept: Mutex<Kept>,
}

impl Overviews {
    /// The overview of a framework.
    pub(super) fn of(
        &self,
        reader: &Reader,
        framework: &CanonicalKey,
    ) -> Result<Arc<Overview>, IndexError> {
        let name = (reader.manifest().edition(), framework.clone());
        let place = self.kept().place(&name);
        // Whoever comes while it is worked out waits here.
        let mut known = place.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.as_ref() {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(overview(reader.cards(), framework)?);
        *known = Some(Arc::clone(&made));
        drop(known);
        self.kept().weigh(&name, made.outline.n_items() + made.related.len());
        Ok(made)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// The place of an overview, whether it is there already or not.
    fn place(&mut self, name: &Name) -> Place {
        self.n_asked += 1;
        let new = || Held { place: Place::default(), n: OF_ITSELF, asked: 0 };
        let held = self.held.entry(name.clone()).or_insert_with(new);
        held.asked = self.n_asked;
        Arc::clone(&held.place)
    }

    /// Notes how much an overview holds, and forgets those that nobody has asked for the longest until there is room for all.
    fn weigh(&mut self, name: &Name, n: usize) {
        if let Some(held) = self.held.get_mut(name) {
            held.n = OF_ITSELF + n;
        }
        let mut all: usize = self.held.values().map(|held| held.n).sum();
        if all <= MAX_KEPT {
            return;
        }
        let mut by_age: Vec<(u64, Name)> =
            self.held.iter().map(|(name, held)| (held.asked, name.clone())).collect();
        by_age.sort();
        for (_, oldest) in by_age {
            if all <= MAX_KEPT {
                break;
            }
            all -= self.held.remove(&oldest).map_or(0, |held| held.n);
        }
    }
}

fn overview(cards: &Cards, framework: &CanonicalKey) -> Result<Overview, IndexError> {
    let outline = Outline::of(cards, framework, MAX_ITEMS)?;
    let related = related(cards, &outline)?;
    Ok(Overview { outline, related })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use index::edition::Edition;
    use ontology::identify;

    use super::{Kept, MAX_KEPT, Name};

    fn name(generation: u64, imprint: u32) -> Name {
        let key = identify("6b9bf846-d7cc-11e8-824f-0242ac160002").key.unwrap();
        (Edition { generation, imprint }, key)
    }

    #[test]
    fn all_who_ask_for_one_framework_of_one_generation_wait_at_one_place() {
        let mut kept = Kept::default();
        let first = kept.place(&name(1, 7));
        assert!(Arc::ptr_eq(&first, &kept.place(&name(1, 7))));
        let again = kept.place(&name(1, 8));
        assert!(!Arc::ptr_eq(&first, &again), "a number may be used again");
    }

    #[test]
    fn what_nobody_has_asked_for_the_longest_makes_room() {
        let mut kept = Kept::default();
        for generation in 1..=3 {
            kept.place(&name(generation, 7));
            kept.weigh(&name(generation, 7), MAX_KEPT / 3);
            kept.place(&name(1, 7));
        }
        let left: Vec<u64> = kept.held.keys().map(|(edition, _)| edition.generation).collect();
        assert_eq!(left, [1, 3]);
    }
}
