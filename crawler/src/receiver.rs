//! Who keeps what is fetched. The crawler writes no store: it hands bodies over and is told what became of them.

use std::error::Error;
use std::io::Write;

use crate::validators::Validators;

/// Whatever a store says when it fails; the run ends with it.
pub type StoreError = Box<dyn Error + Send + Sync>;

/// Keeps documents, for all sources of a run.
///
/// Its methods may take their time (they compress, normalise and sync); whoever calls them from a task says so to the runtime.
pub trait Receiver: Send + Sync {
    /// Begins to take a body in. Dropping it drops what it took.
    fn open(&self) -> Result<Box<dyn Body>, StoreError>;

    /// Notes that a source has a record no more; `false` where it was not there, or gone already.
    fn withdraw(&self, source: &str, record: &str, url: &str) -> Result<bool, StoreError>;

    /// The records that a source has: those whose last word is no tombstone and no redaction.
    fn records(&self, source: &str) -> Result<Vec<String>, StoreError>;

    /// Whether a source has this record now.
    fn has(&self, source: &str, record: &str) -> Result<bool, StoreError>;

    /// Makes everything durable that was taken so far. Only then may a checkpoint say that it is there.
    fn commit(&self) -> Result<(), StoreError>;
}

/// A body that streams in.
///
/// A write fails as soon as the body is refused; [`keep`](Self::keep) then says why.
pub trait Body: Write + Send {
    /// Ends the body and keeps it as a document, unless it is known already or not wanted.
    fn keep(self: Box<Self>, document: &Document) -> Result<Kept, StoreError>;
}

/// What a body is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The source that it comes from.
    pub source: String,
    /// The record within the source.
    pub record: String,
    /// The address that it was fetched from.
    pub url: String,
    /// The HTTP status of the answer.
    pub status: u16,
    /// What the server gave to recognise it by.
    pub validators: Validators,
    /// Whether it is a part of the record only.
    pub partial: bool,
    /// The identifier of what it has to describe; a document about something else is refused.
    pub about: Option<String>,
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is new, or says something new.
    Accepted,
    /// It is what the record has already; nothing was read or written.
    Unchanged,
    /// It is not what it should be, for this reason.
    Refused(String),
    /// It is about a person. Nothing of it is left.
    AboutPerson,
}
