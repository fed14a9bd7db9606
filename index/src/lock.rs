//! One writer at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::error::IndexError;

/// The right to write a data directory, given up when it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

impl WriterLock {
    /// Takes the lock, or says at once that another has it.
    ///
    /// # Errors
    /// [`IndexError::Locked`] when there is another writer, in this process or in another.
    pub fn take(path: &Path) -> Result<Self, IndexError> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)
            .map_err(IndexError::io(path))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(IndexError::Locked { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => {
                Err(IndexError::Io { path: path.to_owned(), source })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WriterLock;
    use crate::error::IndexError;

    #[test]
    fn a_second_writer_is_refused_until_the_first_is_gone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("writer.lock");
        let first = WriterLock::take(&path).unwrap();
        assert!(matches!(WriterLock::take(&path), Err(IndexError::Locked { .. })));
        drop(first);
        WriterLock::take(&path).unwrap();
    }
}
