//! What was put and is not kept yet.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What waits to be kept under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// This is remembered.
    Remember(Vec<u8>),
    /// Nothing is remembered any more.
    Forget,
}

/// What waits to be kept of one source.
pub(super) type Changes = BTreeMap<String, Change>;

/// What was put and is not kept yet, by source.
///
/// sled writes in the background whatever it is given. So whatever must not be remembered before it is true waits here.
#[derive(Debug, Default)]
pub(super) struct Pending(Mutex<Layers>);

#[derive(Debug, Default)]
struct Layers {
    /// What waits.
    waiting: BTreeMap<String, Changes>,
    /// What is being kept at this moment, and is not in the database for sure.
    leaving: BTreeMap<String, Changes>,
}

impl Pending {
    /// Puts a change.
    pub(super) fn put(&self, source: &str, name: &str, change: Change) {
        let mut layers = self.layers();
        layers.waiting.entry(source.to_owned()).or_default().insert(name.to_owned(), change);
    }

    /// The change that waits under a name.
    pub(super) fn get(&self, source: &str, name: &str) -> Option<Change> {
        let layers = self.layers();
        let both = [&layers.waiting, &layers.leaving];
        both.into_iter().find_map(|layer| layer.get(source)?.get(name)).cloned()
    }

    /// The changes that wait under names with this beginning.
    pub(super) fn list(&self, source: &str, prefix: &str) -> Changes {
        let layers = self.layers();
        let both = [&layers.leaving, &layers.waiting];
        let changes = both.into_iter().filter_map(|layer| layer.get(source));
        let below = changes.flat_map(|changes| {
            let from = changes.range(prefix.to_owned()..);
            from.take_while(|(name, _)| name.starts_with(prefix))
        });
        below.map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    /// Begins to keep what waits of a source. It is seen as before until [`end`](Self::end).
    pub(super) fn begin(&self, source: &str) -> Changes {
        let mut layers = self.layers();
        let changes = layers.waiting.remove(source).unwrap_or_default();
        layers.leaving.insert(source.to_owned(), changes.clone());
        changes
    }

    /// Ends keeping. What could not be kept waits again, unless something newer does.
    pub(super) fn end(&self, source: &str, is_kept: bool) {
        let mut layers = self.layers();
        let changes = layers.leaving.remove(source).unwrap_or_default();
        if !is_kept {
            let waiting = layers.waiting.entry(source.to_owned()).or_default();
            for (name, value) in changes {
                waiting.entry(name).or_insert(value);
            }
        }
    }

    fn layers(&self) -> MutexGuard<'_, Layers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
