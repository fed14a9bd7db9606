//! Generations: the immutable copies that readers see, and the pointer to the current one.
//!
//! A generation is built beside its final name, verified and synced before it gets it, and is current only when the file
//! `current` names it. A crash at any step leaves the earlier generation current and whole.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::crash;
use crate::durable;
use crate::error::IndexError;
use crate::manifest::MANIFEST;

/// How many generations are kept, besides those in use.
const KEPT: usize = 3;

/// The folder of generations and the pointer beside it.
#[derive(Debug, Clone)]
pub struct Generations {
    folder: PathBuf,
    pointer: PathBuf,
}

impl Generations {
    /// Names the generations of a data directory.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("generations"), pointer: data.join("current") }
    }

    /// The number of the current generation; `None` before the first.
    pub fn current(&self) -> Result<Option<u64>, IndexError> {
        match fs::read_to_string(&self.pointer) {
            Ok(text) => {
                let number = text.trim().parse().ok();
                let named = number
                    .ok_or_else(|| IndexError::Pointer { path: self.pointer.clone(), found: text });
                named.map(Some)
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(IndexError::io(&self.pointer)(source)),
        }
    }

    /// The folder of a generation.
    pub fn path(&self, number: u64) -> PathBuf {
        self.folder.join(number.to_string())
    }

    /// Takes away what a crash left half built or half removed.
    pub(crate) fn tidy(&self) -> Result<(), IndexError> {
        durable::create_dir(&self.folder)?;
        for path in self.entries()? {
            if path.extension().is_some_and(|extension| extension == "tmp" || extension == "gone") {
                fs::remove_dir_all(&path).map_err(IndexError::io(&path))?;
            }
        }
        Ok(())
    }

    /// Makes the folder in which the next generation is built; gives its number.
    pub(crate) fn begin(&self) -> Result<(u64, PathBuf), IndexError> {
        self.tidy()?;
        let newest = self.numbers()?.last().copied().unwrap_or(0).max(self.current()?.unwrap_or(0));
        let number = newest + 1;
        let building = self.folder.join(format!("{number}.tmp"));
        fs::create_dir(&building).map_err(IndexError::io(&building))?;
        Ok((number, building))
    }

    /// Gives a built generation its name and makes it current.
    pub(crate) fn finish(&self, number: u64, building: &Path) -> Result<(), IndexError> {
        durable::sync_all_of(building)?;
        crash::point("publish.before_rename");
        let path = self.path(number);
        durable::rename_durably(building, &path)?;
        crash::point("publish.before_current");
        durable::write_atomically(&self.pointer, format!("{number}\n").as_bytes())?;
        crash::point("publish.after_current");
        Ok(())
    }

    /// Removes generations beyond those that are kept; one that a reader holds open stays.
    pub(crate) fn prune(&self) -> Result<(), IndexError> {
        let current = self.current()?;
        let numbers = self.numbers()?;
        let n_old = numbers.len().saturating_sub(KEPT);
        for number in numbers.into_iter().take(n_old).filter(|number| Some(*number) != current) {
            if !self.is_in_use(number)? {
                self.remove(number)?;
            }
        }
        Ok(())
    }

    /// Removes every generation but the current one, in use or not: what they hold must not be kept.
    pub(crate) fn forget_all_but_current(&self) -> Result<(), IndexError> {
        let current = self.current()?;
        for number in self.numbers()?.into_iter().filter(|number| Some(*number) != current) {
            self.remove(number)?;
        }
        Ok(())
    }

    fn remove(&self, number: u64) -> Result<(), IndexError> {
        crash::point("publish.before_prune");
        let gone = self.folder.join(format!("{number}.gone"));
        durable::rename_durably(&self.path(number), &gone)?;
        fs::remove_dir_all(&gone).map_err(IndexError::io(&gone))
    }

    /// Readers hold a shared lock on the manifest of the generation they read.
    fn is_in_use(&self, number: u64) -> Result<bool, IndexError> {
        let path = self.path(number).join(MANIFEST);
        let file = File::open(&path).map_err(IndexError::io(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(source)) => Err(IndexError::io(&path)(source)),
        }
    }

    /// The numbers of all whole generations, oldest first.
    pub fn numbers(&self) -> Result<Vec<u64>, IndexError> {
        let entries = self.entries()?;
        let names = entries.iter().filter_map(|path| path.file_name()?.to_str()?.parse().ok());
        let mut numbers: Vec<u64> = names.collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn entries(&self) -> Result<Vec<PathBuf>, IndexError> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(source) => return Err(IndexError::io(&self.folder)(source)),
        };
        entries.map(|entry| Ok(entry.map_err(IndexError::io(&self.folder))?.path())).collect()
    }
}
