//! One writer at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::time::Duration;

use crate::error::IndexError;

/// The right to write a data directory, given up when it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub struct WriterLock {
    _file: File,
}

/// How often the lock is tried.
const TRIES: u32 = 20;

/// How long it is waited between two tries.
const PAUSE: Duration = Duration::from_millis(50);

impl WriterLock {
    /// Takes the lock, or says within a second that another has it.
    ///
    /// A process that has just ended, or a child that this one has just started, may hold it for a moment longer.
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
        for _try in 0..TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
                Err(TryLockError::Error(source)) => {
                    return Err(IndexError::Io { path: path.to_owned(), source });
                }
            }
        }
        Err(IndexError::Locked { path: path.to_owned() })
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
