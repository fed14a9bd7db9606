//! What is known of dumps that were written once: their length and digest, for as long as their generation may be asked for.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use index::digest::Digest;
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

/// What came of the dumps of each generation; nothing where somebody works it out.
type Known = BTreeMap<(u64, Whole), Option<Measured>>;

/// What is known of all dumps.
#[derive(Debug, Default)]
pub(in crate::server) struct Digests {
    known: Mutex<Known>,
    /// Told when something becomes known, or fails.
    news: Notify,
}

impl Digests {
    /// What is known of a dump of a generation.
    pub(super) fn of(&self, generation: u64, dump: Whole) -> Option<Measured> {
        self.known().get(&(generation, dump)).copied().flatten()
    }

    /// The same; where nothing is known and nobody works it out, whoever asks has to.
    pub(super) fn claim(&self, generation: u64, dump: Whole) -> Measuring {
        let mut known = self.known();
        match known.get(&(generation, dump)) {
            Some(Some(measured)) => Measuring::Done(*measured),
            Some(None) => Measuring::UnderWay,
            None => {
                known.insert((generation, dump), None);
                Measuring::Yours
            }
        }
    }

    /// Notes what came of a dump, or that nothing did.
    pub(super) fn note(&self, generation: u64, dump: Whole, measured: Option<Measured>) {
        let mut known = self.known();
        let newest = known.last_key_value().map_or(generation, |((newest, _), _)| *newest);
        known.retain(|(of, _), _| of + REMEMBERED >= newest.max(generation));
        match (measured, known.get(&(generation, dump))) {
            (Some(_), _) => drop(known.insert((generation, dump), measured)),
            (None, Some(None)) => drop(known.remove(&(generation, dump))),
            (None, _) => {}
        }
        drop(known);
        self.news.notify_waiters();
    }

    /// Waits until it is known, or until it is the caller's turn to work it out.
    pub(super) async fn wait(&self, generation: u64, dump: Whole) -> Measuring {
        loop {
            // Whoever listens before looking misses nothing.
            let news = self.news.notified();
            match self.claim(generation, dump) {
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

    use super::{Digests, Measured, Measuring};
    use crate::export::Form;
    use crate::server::dumps::name::{Part, Whole};

    const DUMP: Whole = Whole { part: Part::All, form: Form::Rows };

    #[test]
    fn one_works_it_out_and_all_others_know_it_then() {
        let digests = Digests::default();
        let measured = Measured { len: 3, digest: Digest::of(b"abc") };
        assert_eq!(digests.of(1, DUMP), None);
        assert_eq!(digests.claim(1, DUMP), Measuring::Yours);
        assert_eq!(digests.claim(1, DUMP), Measuring::UnderWay);
        digests.note(1, DUMP, None);
        assert_eq!(digests.claim(1, DUMP), Measuring::Yours);
        digests.note(1, DUMP, Some(measured));
        assert_eq!(digests.claim(1, DUMP), Measuring::Done(measured));
        digests.note(1, DUMP, None);
        assert_eq!(digests.of(1, DUMP), Some(measured), "what failed takes nothing away");
    }

    #[test]
    fn old_generations_are_forgotten() {
        let digests = Digests::default();
        let measured = Some(Measured { len: 3, digest: Digest::of(b"abc") });
        for generation in 1..=9 {
            digests.note(generation, DUMP, measured);
        }
        let known: Vec<u64> = (0..12).filter(|at| digests.of(*at, DUMP).is_some()).collect();
        assert_eq!(known, [7, 8, 9]);
    }
}
