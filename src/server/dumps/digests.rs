//! What is known of dumps that were written once: their length and digest, for as long as their generation may be asked for.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use index::digest::Digest;
use index::edition::Edition;
use tokio::sync::Notify;

use crate::server::dumps::name::Whole;

/// How many generations before the newest one are remembered.
const REMEMBERED: u64 = 2;

/// A dump that was written to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measured {
    pub len: u64,
    pub digest: Digest,
}

/// What is known of one dump.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measuring {
    /// Nothing; whoever asked works it out.
    Yours,
    /// Somebody works it out.
    UnderWay,
    /// All.
    Done(Measured),
}

/// What came of the dumps of each edition; nothing where somebody works it out.
type Known = BTreeMap<(Edition, Whole), Option<Measured>>;

/// What is known of all dumps.
#[derive(Debug, Default)]
pub(in crate::server) struct Digests {
    known: Mutex<Known>,
    /// Told when something becomes known, or fails.
    news: Notify,
}

impl Digests {
    /// What is known of a dump of an edition.
    pub(super) fn of(&self, edition: Edition, dump: Whole) -> Option<Measured> {
        self.known().get(&(edition, dump)).copied().flatten()
    }

    /// The same; where nothing is known and nobody works it out, whoever asks has to.
    pub(super) fn claim(&self, edition: Edition, dump: Whole) -> Measuring {
        let mut known = self.known();
        let place = (edition, dump);
        match known.get(&place) {
            Some(Some(measured)) => Measuring::Done(*measured),
            Some(None) => Measuring::UnderWay,
            None => {
                known.insert(place, None);
                Measuring::Yours
            }
        }
    }

    /// Notes what came of a dump, or that nothing did.
    pub(super) fn note(&self, edition: Edition, dump: Whole, measured: Option<Measured>) {
        let mut known = self.known();
        let generation = edition.generation;
        let newest = known.last_key_value().map_or(generation, |((of, _), _)| of.generation);
        known.retain(|(of, _), _| of.generation + REMEMBERED >= newest.max(generation));
        let place = (edition, dump);
        match (measured, known.get(&place)) {
            (Some(_), _) => drop(known.insert(place, measured)),
            (None, Some(None)) => drop(known.remove(&place)),
            (None, _) => {}
        }
        drop(known);
        self.news.notify_waiters();
    }

    /// Waits until it is known, or until it is the caller's turn to work it out.
    pub(super) async fn wait(&self, edition: Edition, dump: Whole) -> Measuring {
        loop {
            // Whoever listens before looking misses nothing.
            let news = self.news.notified();
            match self.claim(edition, dump) {
                Measuring::UnderWay => news.await,
                known => return known,
            }
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use index::digest::Digest;
    use index::edition::Edition;

    use super::{Digests, Measured, Measuring};
    use crate::export::Form;
    use crate::server::dumps::name::{Part, Whole};

    const DUMP: Whole = Whole { part: Part::All, form: Form::Rows };

    fn edition(generation: u64, imprint: u32) -> Edition {
        Edition { generation, imprint }
    }

    #[test]
    fn one_works_it_out_and_all_others_know_it_then() {
        let (digests, one) = (Digests::default(), edition(1, 7));
        let measured = Measured { len: 3, digest: Digest::of(b"abc") };
        assert_eq!(digests.of(one, DUMP), None);
        assert_eq!(digests.claim(one, DUMP), Measuring::Yours);
        assert_eq!(digests.claim(one, DUMP), Measuring::UnderWay);
        digests.note(one, DUMP, None);
        assert_eq!(digests.claim(one, DUMP), Measuring::Yours);
        digests.note(one, DUMP, Some(measured));
        assert_eq!(digests.claim(one, DUMP), Measuring::Done(measured));
        digests.note(one, DUMP, None);
        assert_eq!(digests.of(one, DUMP), Some(measured), "what failed takes nothing away");
        let other = edition(1, 8);
        assert_eq!(digests.of(other, DUMP), None, "a number may be used again");
    }

    #[test]
    fn old_generations_are_forgotten() {
        let digests = Digests::default();
        let measured = Some(Measured { len: 3, digest: Digest::of(b"abc") });
        for generation in 1..=9 {
            digests.note(edition(generation, 7), DUMP, measured);
        }
        let is_known = |at: &u64| digests.of(edition(*at, 7), DUMP).is_some();
        let known: Vec<u64> = (0..12).filter(is_known).collect();
        assert_eq!(known, [7, 8, 9]);
    }
}
