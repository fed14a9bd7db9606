//! The memory of all sources.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::receiver::StoreError;
use crate::state::database::{Database, Opened};
use crate::state::error::StateError;
use crate::state::pending::{Change, Pending};
use crate::state::seen::Seen;

/// The most bytes of a name and its value. sled puts larger ones into files that nobody syncs.
const MOST: usize = 64 << 10;

/// The most bytes of an address that is remembered.
const LONGEST_ADDRESS: usize = 8 << 10;

/// The memory of all sources.
///
/// What is put is seen at once by whoever asks, and is kept only by [`save`](Self::save). Its methods never panic: what is
/// damaged is an error, and set aside when it is opened the next time.
#[derive(Debug)]
pub struct State {
    database: Database,
    folder: PathBuf,
    pending: Pending,
    /// One source is saved after the other.
    saving: Mutex<()>,
}

impl State {
    /// Opens the memory that lies in a folder, and says how it was found. What has to be rebuilt is empty.
    ///
    /// # Errors
    /// [`StateError::InUse`] where another process has it open, and whatever the system refuses. Damage is no error.
    pub fn open(folder: &Path) -> Result<(Self, Opened), StoreError> {
        let (database, opened) = Database::open(folder)?;
        let folder = folder.to_owned();
        let (pending, saving) = (Pending::default(), Mutex::default());
        Ok((Self { database, folder, pending, saving }, opened))
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
        let value = match self.pending.get(source, name) {
            Some(Change::Remember(value)) => Some(value),
            Some(Change::Forget) => None,
            None => self.database.get(source, name)?,
        };
        Ok(value.and_then(|value| serde_json::from_slice(&value).ok()))
    }

    /// Remembers something under a name.
    ///
    /// # Errors
    /// [`StateError::TooLarge`] beyond 64 KiB.
    pub fn put<T: Serialize>(&self, source: &str, name: &str, value: &T) -> Result<(), StoreError> {
        let value = serde_json::to_vec(value)?;
        let bytes = name.len() + value.len();
        if bytes > MOST {
            return Err(StateError::TooLarge { name: name.to_owned(), bytes, most: MOST }.into());
        }
        self.pending.put(source, name, Change::Remember(value));
        Ok(())
    }

    /// Forgets what is remembered under a name.
    pub fn remove(&self, source: &str, name: &str) {
        self.pending.put(source, name, Change::Forget);
    }

    /// Everything that is remembered under names with this beginning, in order.
    pub fn list<T: DeserializeOwned>(
        &self,
        source: &str,
        prefix: &str,
    ) -> Result<BTreeMap<String, T>, StoreError> {
        // In this order: what is kept in the meantime is seen in one of both.
        let pending = self.pending.list(source, prefix);
        let mut found = self.database.list(source, prefix)?;
        for (name, change) in pending {
            match change {
                Change::Remember(value) => found.insert(name, value),
                Change::Forget => found.remove(&name),
            };
        }
        let values = found.into_iter();
        Ok(values
            .filter_map(|(name, value)| Some((name, serde_json::from_slice(&value).ok()?)))
            .collect())
    }

    /// Keeps what was put for a source until now, once `make_durable` has made that durable which it speaks of.
    ///
    /// What is put meanwhile waits for the next time, and so does everything where this fails.
    pub fn save(
        &self,
        source: &str,
        make_durable: impl FnOnce() -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let _one = self.saving.lock().unwrap_or_else(PoisonError::into_inner);
        let changes = self.pending.begin(source);
        let kept = make_durable().and_then(|()| {
            if changes.is_empty() { Ok(()) } else { Ok(self.database.keep(source, changes)?) }
        });
        self.pending.end(source, kept.is_ok());
        kept
    }

    /// Reads in what the ledger knows of a source: what came from which address, if that is not too long. It is kept with the next
    /// save.
    pub fn seed(
        &self,
        source: &str,
        seen: impl Iterator<Item = (String, Seen)>,
    ) -> Result<(), StoreError> {
        for (address, seen) in seen {
            if address.len() > LONGEST_ADDRESS {
                continue;
            }
            let seen = Seen { validators: seen.validators.within_bounds(), ..seen };
            let last = self.origin(source, &seen.record)?;
            let last: Option<Seen> = match last.filter(|last| *last != address) {
                Some(last) => self.get(source, &seen_under(&last))?,
                None => None,
            };
            if last.is_some_and(|last| last.at > seen.at) {
                self.put(source, &seen_under(&address), &seen)?;
            } else {
                self.note_origin(source, &address, seen)?;
            }
        }
        Ok(())
    }

    /// Remembers that the last document of a record came from this address, if that is not too long; without validators that are.
    pub(crate) fn note_origin(
        &self,
        source: &str,
        address: &str,
        seen: Seen,
    ) -> Result<(), StoreError> {
        if address.len() > LONGEST_ADDRESS {
            self.remove(source, &origin_under(&seen.record));
            return Ok(());
        }
        let seen = Seen { validators: seen.validators.within_bounds(), ..seen };
        self.put(source, &seen_under(address), &seen)?;
        self.put(source, &origin_under(&seen.record), &address)
    }

    /// The address that gave the last document of a record.
    pub(crate) fn origin(&self, source: &str, record: &str) -> Result<Option<String>, StoreError> {
        self.get(source, &origin_under(record))
    }
}

/// The name under which an address is remembered.
fn seen_under(address: &str) -> String {
    format!("seen/{address}")
}

/// The name under which it is remembered where a record came from.
fn origin_under(record: &str) -> String {
    format!("from/{record}")
}

#[cfg(test)]
mod tests;
