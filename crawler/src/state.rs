//! What a crawl remembers: where it was, what it saw, how often something was missing.
//!
//! It can be lost. Whoever loses it pays with one conditional request for each address, and with waiting anew for what is to be confirmed.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::receiver::StoreError;

/// The memory of all sources.
///
/// What is put is seen at once by whoever asks, and is kept only by [`save`](Self::save).
#[derive(Debug)]
pub struct State {
    db: sled::Db,
    folder: PathBuf,
    pending: Mutex<BTreeMap<String, Changes>>,
}

/// What waits to be kept of one source; `None` removes.
type Changes = BTreeMap<String, Option<Vec<u8>>>;

impl State {
    /// Opens the memory that lies in a folder.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let db = sled::open(folder)?;
        Ok(Self { db, folder: folder.to_owned(), pending: Mutex::default() })
    }

    /// A file without a name beside the memory, which is gone as soon as nobody has it open.
    pub fn scratch(&self) -> Result<File, StoreError> {
        Ok(tempfile::tempfile_in(&self.folder)?)
    }

    /// What is remembered under a name; nothing where it cannot be read any more.
    pub fn get<T: DeserializeOwned>(
        &self,
        source: &str,
        name: &str,
    ) -> Result<Option<T>, StoreError> {
        if let Ok(pending) = self.pending.lock()
            && let Some(change) = pending.get(source).and_then(|changes| changes.get(name))
        {
            return Ok(change.as_ref().and_then(|value| serde_json::from_slice(value).ok()));
        }
        let value = self.db.open_tree(source)?.get(name)?;
        Ok(value.and_then(|value| serde_json::from_slice(&value).ok()))
    }

    /// Remembers something under a name.
    pub fn put<T: Serialize>(&self, source: &str, name: &str, value: &T) -> Result<(), StoreError> {
        let value = serde_json::to_vec(value)?;
        self.change(source, name, Some(value));
        Ok(())
    }

    /// Forgets what is remembered under a name.
    pub fn remove(&self, source: &str, name: &str) {
        self.change(source, name, None);
    }

    /// Everything that is remembered under names with this beginning, in order.
    pub fn list<T: DeserializeOwned>(
        &self,
        source: &str,
        prefix: &str,
    ) -> Result<BTreeMap<String, T>, StoreError> {
        let mut found: Changes = BTreeMap::new();
        for entry in self.db.open_tree(source)?.scan_prefix(prefix) {
            let (name, value) = entry?;
            found.insert(String::from_utf8_lossy(&name).into_owned(), Some(value.to_vec()));
        }
        if let Ok(pending) = self.pending.lock() {
            let changes = pending.get(source).into_iter().flatten();
            found.extend(
                changes
                    .filter(|(name, _)| name.starts_with(prefix))
                    .map(|(name, value)| (name.clone(), value.clone())),
            );
        }
        let values = found.into_iter().filter_map(|(name, value)| Some((name, value?)));
        Ok(values
            .filter_map(|(name, value)| Some((name, serde_json::from_slice(&value).ok()?)))
            .collect())
    }

    /// Keeps what was put for a source until now, once `make_durable` has made that durable which it speaks of.
    ///
    /// What is put meanwhile waits for the next time.
    pub fn save(
        &self,
        source: &str,
        make_durable: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let changes = self.pending.lock().ok().and_then(|mut pending| pending.remove(source));
        make_durable()?;
        let mut batch = sled::Batch::default();
        for (name, value) in changes.unwrap_or_default() {
            match value {
                Some(value) => batch.insert(name.as_bytes(), value),
                None => batch.remove(name.as_bytes()),
            }
        }
        self.db.open_tree(source)?.apply_batch(batch)?;
        self.db.flush()?;
        Ok(())
    }

    fn change(&self, source: &str, name: &str, value: Option<Vec<u8>>) {
        if let Ok(mut pending) = self.pending.lock() {
            pending.entry(source.to_owned()).or_default().insert(name.to_owned(), value);
        }
    }
}
