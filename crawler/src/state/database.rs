//! The database: sled, with what it does not do by itself.
//!
//! Its `flush` is no fsync on Linux, so its file is synced here. It panics where it is damaged, so it is called where a panic is
//! caught. And its own lock cannot be told from damage, so there is one beside it.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::state::error::StateError;
use crate::state::pending::{Change, Changes};
use crate::state::quiet::caught;

/// The file of sled that holds everything.
const FILE: &str = "db";

/// The file that says that the database was seen to be damaged.
const MARK: &str = "damaged";

/// The memory for pages that are read; sled would take a gigabyte.
const CACHE: u64 = 64 << 20;

/// How often our own lock is tried.
const LOCK_TRIALS: u32 = 30;

/// How often sled's is, which only this process itself can hold.
const TRIALS: u32 = 200;

/// How long is waited between two trials.
const PAUSE: Duration = Duration::from_millis(10);

/// How a database was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// As it was left.
    AsLeft,
    /// There was none.
    New,
    /// It was damaged, lies beside as `<folder>.damaged-<n>` now, and a new one has taken its place.
    SetAside,
}

/// An open database.
#[derive(Debug)]
pub(super) struct Database {
    folder: PathBuf,
    /// Taken out when it is closed.
    db: Option<sled::Db>,
    file: File,
    is_damaged: AtomicBool,
    /// Held for as long as the database is open.
    _lock: File,
}

impl Database {
    /// Opens the database in a folder, or a new one where there is none or where it is damaged.
    pub(super) fn open(folder: &Path) -> Result<(Self, Opened), StateError> {
        let lock = lock(folder)?;
        let is_new = !folder.join(FILE).exists();
        let reason = match open_in(folder) {
            Ok((db, file)) => {
                let opened = if is_new { Opened::New } else { Opened::AsLeft };
                return Ok((Self::of(folder, db, file, lock), opened));
            }
            Err(StateError::Damaged { reason, .. }) => reason,
            Err(error) => return Err(error),
        };
        let aside = set_aside(folder)?;
        tracing::warn!(
            reason,
            "the crawl state was damaged and lies in `{}` now; it is made anew",
            aside.display()
        );
        let (db, file) = open_in(folder)?;
        Ok((Self::of(folder, db, file, lock), Opened::SetAside))
    }

    fn of(folder: &Path, db: sled::Db, file: File, lock: File) -> Self {
        let is_damaged = AtomicBool::new(false);
        Self { folder: folder.to_owned(), db: Some(db), file, is_damaged, _lock: lock }
    }

    /// The value under a name.
    pub(super) fn get(&self, source: &str, name: &str) -> Result<Option<Vec<u8>>, StateError> {
        let value = self.call(|db| db.open_tree(source)?.get(name))?;
        Ok(value.map(|value| value.to_vec()))
    }

    /// The values under names with this beginning.
    pub(super) fn list(
        &self,
        source: &str,
        prefix: &str,
    ) -> Result<BTreeMap<String, Vec<u8>>, StateError> {
        self.call(|db| {
            let entries = db.open_tree(source)?.scan_prefix(prefix);
            entries
                .map(|entry| {
                    let (name, value) = entry?;
                    Ok((String::from_utf8_lossy(&name).into_owned(), value.to_vec()))
                })
                .collect()
        })
    }

    /// Keeps changes: all of them or, after a crash, none.
    pub(super) fn keep(&self, source: &str, changes: Changes) -> Result<(), StateError> {
        let mut batch = sled::Batch::default();
        for (name, change) in changes {
            match change {
                Change::Remember(value) => batch.insert(name.as_bytes(), value),
                Change::Forget => batch.remove(name.as_bytes()),
            }
        }
        self.call(|db| {
            db.open_tree(source)?.apply_batch(batch)?;
            db.flush()
        })?;
        // sled only asks the system to begin writing.
        self.file.sync_all().map_err(StateError::io(&self.folder.join(FILE)))
    }

    /// Calls sled. Damage that is seen is marked, so that the next opening sets the database aside.
    fn call<T>(&self, work: impl FnOnce(&sled::Db) -> sled::Result<T>) -> Result<T, StateError> {
        let gone = || StateError::Damaged {
            folder: self.folder.clone(),
            reason: "it was seen to be damaged before".to_owned(),
        };
        let db = self.db.as_ref().ok_or_else(gone)?;
        if self.is_damaged.load(Ordering::Acquire) {
            return Err(gone());
        }
        let result = judge(&self.folder, caught(|| work(db)));
        if let Err(StateError::Damaged { reason, .. }) = &result {
            self.is_damaged.store(true, Ordering::Release);
            let mark = self.folder.join(MARK);
            if let Err(error) = fs::write(&mark, reason) {
                tracing::warn!(%error, "cannot write `{}`", mark.display());
            }
        }
        result
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Some(db) = self.db.take() else { return };
        // What is to be kept is kept already; a damaged database may panic once more.
        if let Err(words) = caught(move || drop(db)) {
            tracing::debug!(words, "the crawl state did not close");
        }
    }
}

/// Takes the lock beside the folder.
fn lock(folder: &Path) -> Result<File, StateError> {
    if let Some(above) = folder.parent() {
        fs::create_dir_all(above).map_err(StateError::io(above))?;
    }
    let mut name = folder.as_os_str().to_owned();
    name.push(".lock");
    let path = PathBuf::from(name);
    let lock = File::create(&path).map_err(StateError::io(&path))?;
    // A process that has just ended, or a child that this one has just started, may hold it for a moment longer.
    for _ in 0..LOCK_TRIALS {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
            Err(TryLockError::Error(source)) => return Err(StateError::Io { path, source }),
        }
    }
    Err(StateError::InUse { folder: folder.to_owned() })
}

/// Opens what is in a folder and reads all of it, so that damage shows now and not in the middle of a run.
fn open_in(folder: &Path) -> Result<(sled::Db, File), StateError> {
    let mark = folder.join(MARK);
    if mark.exists() {
        let reason = fs::read_to_string(&mark).map_err(StateError::io(&mark))?;
        return Err(StateError::Damaged { folder: folder.to_owned(), reason });
    }
    // Everything is flushed when it is kept, and by nobody else.
    let config = sled::Config::new().path(folder).cache_capacity(CACHE).flush_every_ms(None);
    let opened = caught(|| {
        let db = open_patiently(&config)?;
        for name in db.tree_names() {
            for entry in &db.open_tree(name)? {
                entry?;
            }
        }
        db.flush()?;
        Ok(db)
    });
    let db = judge(folder, opened)?;
    let path = folder.join(FILE);
    let file = File::open(&path).map_err(StateError::io(&path))?;
    file.sync_all().map_err(StateError::io(&path))?;
    for folder in [Some(folder), folder.parent()].into_iter().flatten() {
        sync_folder(folder)?;
    }
    Ok((db, file))
}

/// Opens a database that this process may have closed a moment ago: sled's threads hold on to its file a little longer.
fn open_patiently(config: &sled::Config) -> sled::Result<sled::Db> {
    for _ in 0..TRIALS {
        match config.open() {
            Err(sled::Error::Io(error)) if is_lock(&error) => thread::sleep(PAUSE),
            opened => return opened,
        }
    }
    config.open()
}

/// sled has no kind of error for it.
fn is_lock(error: &io::Error) -> bool {
    error.to_string().starts_with("could not acquire lock")
}

/// Makes the names in a folder durable.
fn sync_folder(folder: &Path) -> Result<(), StateError> {
    // The folder above a relative name is the one we are in.
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(StateError::io(folder))
}

/// Tells damage from what the database is not to blame for.
fn judge<T>(folder: &Path, result: Result<sled::Result<T>, String>) -> Result<T, StateError> {
    let damaged = |reason: String| StateError::Damaged { folder: folder.to_owned(), reason };
    match result {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(sled::Error::Io(error))) if is_lock(&error) => {
            Err(StateError::InUse { folder: folder.to_owned() })
        }
        Ok(Err(sled::Error::Io(error))) if !is_damage(error.kind()) => {
            Err(StateError::Unusable { folder: folder.to_owned(), source: error.into() })
        }
        Ok(Err(error)) => Err(damaged(error.to_string())),
        Err(words) => Err(damaged(words)),
    }
}

/// Whether an error of the file system can come from what stands in a file.
fn is_damage(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnexpectedEof
            | ErrorKind::InvalidData
            | ErrorKind::InvalidInput
            | ErrorKind::NotFound
            | ErrorKind::IsADirectory
            | ErrorKind::NotADirectory
            | ErrorKind::FileTooLarge
            | ErrorKind::OutOfMemory
    )
}

/// Renames a folder out of the way; gives its new name.
fn set_aside(folder: &Path) -> Result<PathBuf, StateError> {
    let free = (1_u32..).find_map(|n| {
        let mut name = folder.as_os_str().to_owned();
        name.push(format!(".damaged-{n}"));
        let aside = PathBuf::from(name);
        (!aside.exists()).then_some(aside)
    });
    let aside = free.unwrap_or_default();
    fs::rename(folder, &aside).map_err(StateError::io(folder))?;
    Ok(aside)
}
