//! What can go wrong in the stores. All of it is ours, never the fault of whoever asks.

use std::io;
use std::path::{Path, PathBuf};

use crate::digest::Digest;

/// A store that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IndexError {
    /// The file system refused.
    #[error("cannot use `{path}`")]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The ledger does not hold what it promises.
    #[error("ledger segment `{path}` fails at byte {at}")]
    Ledger {
        /// The segment.
        path: PathBuf,
        /// Where the entry in question begins.
        at: u64,
        /// What is wrong there.
        #[source]
        kind: LedgerFault,
    },
    /// The ledger has lost entries that were acknowledged.
    #[error("ledger `{path}` ends at entry {found}, and entry {wanted} was published")]
    LedgerShort {
        /// The ledger.
        path: PathBuf,
        /// The last entry that can be read.
        found: u64,
        /// The last entry that a generation was made of.
        wanted: u64,
    },
    /// A body is there and cannot be used.
    #[error("cannot use blob `{digest}`")]
    Blob {
        /// The digest that names the blob.
        digest: Digest,
        /// What is wrong with it.
        #[source]
        kind: BlobFault,
    },
    /// Another process is the writer.
    #[error("`{path}` is held by another writer")]
    Locked {
        /// The lock file.
        path: PathBuf,
    },
    /// The data directory was written by another version of the layout.
    #[error("data directory has layout `{found}`, this program needs `{wanted}`")]
    Version {
        /// What the data directory says.
        found: String,
        /// What this program reads and writes.
        wanted: String,
    },
    /// The graph store refused.
    #[error("the graph store failed")]
    Graph(#[from] oxigraph::store::StorageError),
    /// The text index refused.
    #[error("the text index failed")]
    Text(#[from] tantivy::TantivyError),
    /// The text index could not be locked for copying.
    #[error("the text index cannot be locked")]
    TextLock {
        /// What tantivy said.
        source: tantivy::directory::error::LockError,
    },
    /// The text index has other fields than this program's.
    #[error(
        "text index `{path}` has other fields than this program's; `alidade rebuild` makes it anew"
    )]
    Schema {
        /// Its folder.
        path: PathBuf,
    },
    /// A card cannot be written or read.
    #[error("a card cannot be read or written")]
    Card {
        /// What is wrong with its JSON.
        source: serde_json::Error,
    },
    /// A file of a generation cannot be understood.
    #[error("cannot read `{path}`")]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with its JSON.
        source: serde_json::Error,
    },
    /// The pointer to the current generation names none.
    #[error("`{path}` names no generation: `{found}`")]
    Pointer {
        /// The pointer.
        path: PathBuf,
        /// What it says.
        found: String,
    },
    /// Nothing was ever published here.
    #[error("nothing has been imported into `{path}` yet")]
    NothingPublished {
        /// The data directory.
        path: PathBuf,
    },
    /// A body that the ledger names is not there.
    #[error("blob `{digest}` is missing")]
    BlobMissing {
        /// The digest that names the blob.
        digest: Digest,
    },
    /// A body that was accepted once cannot be read any more.
    #[error("record `{record}` cannot be read")]
    Normalize {
        /// The record.
        record: String,
        /// What is wrong with it.
        source: ontology::NormalizeError,
    },
    /// A time cannot be written.
    #[error("a time cannot be written")]
    Moment {
        /// What is wrong with it.
        source: time::error::Format,
    },
    /// The two views of a generation tell different things.
    #[error("record `{record}` has {in_graph} quads in the graph and {in_text} by its card")]
    ViewsDiffer {
        /// The record.
        record: String,
        /// What the graph holds.
        in_graph: u64,
        /// What the text index says.
        in_text: u64,
    },
}

impl IndexError {
    /// Makes an I/O error say which path it is about: `.map_err(IndexError::io(path))`.
    pub fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Io { path: path.to_owned(), source }
    }
}

/// What is wrong at a place in the ledger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerFault {
    /// The file ends inside an entry.
    #[error("the entry is cut short")]
    CutShort,
    /// The length cannot be that of an entry.
    #[error("{0} bytes is no length of an entry")]
    Length(u64),
    /// The bytes are not the ones that were written.
    #[error("the checksum of the entry differs")]
    Checksum,
    /// The bytes are what was written, and yet no entry.
    #[error("the entry cannot be read")]
    Entry(#[source] serde_json::Error),
    /// An entry is missing, repeated or out of order.
    #[error("found entry {found} where entry {wanted} belongs")]
    Sequence {
        /// The number that is there.
        found: u64,
        /// The number that belongs there.
        wanted: u64,
    },
    /// The entry before is not the one this entry was chained to.
    #[error("the hash chain is broken before entry {seq}")]
    Chain {
        /// The entry whose `previous` does not fit.
        seq: u64,
    },
    /// An earlier write could not be undone; only opening the ledger again tells what is in it.
    #[error("an earlier write failed; open the ledger again")]
    Closed,
}

/// What is wrong with a blob.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlobFault {
    /// The bytes are not those the digest names.
    #[error("its content does not match its digest")]
    Mismatch,
    /// The body is longer than the reader wants.
    #[error("it is longer than {limit} bytes")]
    TooLong {
        /// The most the reader wanted.
        limit: u64,
    },
}
