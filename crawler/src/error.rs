//! What can go wrong between a source and the one who receives its documents.
//!
//! A [`FilesError`] is the caller's: a path that leads nowhere. A [`FileFault`] belongs to one file or one document; it is
//! handed to the sink and never stops the others.

use std::fmt;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::source::files::{Foreign, Position};
use crate::syntax::Syntax;

/// Why an import could not begin.
#[derive(Debug, Error)]
pub enum FilesError {
    /// The path cannot be looked up.
    #[error("cannot find `{path}`")]
    Unreachable {
        /// The path as it was given.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The path is a device, a pipe or a socket.
    #[error("`{path}` is neither a folder nor a file")]
    NotAFile {
        /// The path, without links.
        path: PathBuf,
    },
    /// The path does not lie in the import root that was asked to read it.
    #[error("`{path}` lies outside the import root `{root}`")]
    Outside {
        /// The path, without links.
        path: PathBuf,
        /// The import root.
        root: PathBuf,
    },
}

/// What is wrong with one file or one document of a file source.
#[derive(Debug, Error)]
pub struct FileFault {
    /// The record id of the document, or of the file where no document was open.
    pub record: String,
    /// Where in the decompressed text the fault was met; `None` where no text was reached.
    pub at: Option<Position>,
    /// What is wrong.
    #[source]
    pub kind: FaultKind,
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "cannot take `{}` at {at}", self.record),
            None => write!(f, "cannot take `{}`", self.record),
        }
    }
}

/// The kinds of [`FileFault`].
#[derive(Debug, Error)]
pub enum FaultKind {
    /// The system does not let the file be read.
    #[error("the file cannot be read")]
    Unreadable {
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The gzip, zstd or ZIP data is cut off, or its checksum does not agree.
    #[error("the packed data is damaged")]
    Damaged {
        /// What the decompressor says.
        #[source]
        source: io::Error,
    },
    /// There is nothing in the file but white space.
    #[error("there is no JSON value in it")]
    Empty,
    /// The text is UTF-16 or UTF-32 ([RFC 8259 section 8.1](https://www.rfc-editor.org/rfc/rfc8259#section-8.1) wants UTF-8).
    #[error("it is UTF-16 or UTF-32, and JSON is UTF-8")]
    WideText,
    /// The first bytes belong to another kind of file.
    #[error("it is {0}, not JSON")]
    Foreign(Foreign),
    /// An archive lies deeper than one level inside another.
    #[error("an archive inside an archive is not opened")]
    NestedArchive,
    /// The ZIP member needs a password.
    #[error("the ZIP member is encrypted")]
    Encrypted,
    /// The ZIP archive has more members than [`FileLimits::zip_members`](crate::source::files::FileLimits::zip_members).
    #[error("the ZIP archive has {found} members, more than {limit}")]
    TooManyMembers {
        /// What the archive says it holds.
        found: u64,
        /// What is allowed.
        limit: u64,
    },
    /// The document is longer than [`FileLimits::document_bytes`](crate::source::files::FileLimits::document_bytes).
    #[error("the document is longer than {limit} bytes")]
    DocumentTooLarge {
        /// What is allowed.
        limit: u64,
    },
    /// The file gives more than [`FileLimits::file_bytes`](crate::source::files::FileLimits::file_bytes).
    #[error("the file gives more than {limit} bytes after decompression")]
    FileTooLarge {
        /// What is allowed.
        limit: u64,
    },
    /// The data grows more than [`FileLimits::ratio`](crate::source::files::FileLimits::ratio) times when it is unpacked.
    #[error("the packed data grows more than {limit} times")]
    RatioTooHigh {
        /// What is allowed.
        limit: u64,
    },
    /// The line of a dump of transactions is longer than [`FileLimits::line_bytes`](crate::source::files::FileLimits::line_bytes).
    #[error("the line is longer than {limit} bytes")]
    LineTooLong {
        /// What is allowed.
        limit: u64,
    },
    /// The line of a dump of transactions is no [base64](https://www.rfc-editor.org/rfc/rfc4648).
    #[error("the line is not base64")]
    NotBase64 {
        /// What the decoder says.
        #[source]
        source: base64::DecodeError,
    },
    /// The line of a dump holds JSON, and no transaction.
    #[error("the line is no transaction: it has no `{missing}`")]
    NotATransaction {
        /// The member that a transaction has.
        missing: &'static str,
    },
    /// The text does not hold JSON values one after another.
    #[error(transparent)]
    Syntax(#[from] Syntax),
    /// The sink wanted no more of it.
    #[error("the receiver stopped it")]
    Stopped,
}
