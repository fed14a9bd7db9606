//! Why something cannot be remembered.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};

/// Why something cannot be remembered, or is not remembered any more.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Another process has the database open.
    #[error("the crawl state `{}` is in use by another process", folder.display())]
    InUse {
        /// The folder of the database.
        folder: PathBuf,
    },
    /// The database is damaged; it is set aside when it is opened the next time.
    #[error("the crawl state `{}` is damaged: {reason}", folder.display())]
    Damaged {
        /// The folder of the database.
        folder: PathBuf,
        /// What was seen of it, in the words of whoever saw it.
        reason: String,
    },
    /// The database cannot do what it is told, and is not to blame.
    #[error("the crawl state `{}` cannot be used", folder.display())]
    Unusable {
        /// The folder of the database.
        folder: PathBuf,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// A file cannot be read or written.
    #[error("`{}` cannot be used", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A value is larger than what is remembered.
    #[error("{bytes} bytes are too many to remember under `{name}`; at most {most} are")]
    TooLarge {
        /// The name of the value.
        name: String,
        /// What name and value have.
        bytes: usize,
        /// The most that they may have.
        most: usize,
    },
}

impl StateError {
    /// Names the file that an error is about.
    pub(crate) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}
