//! Who receives the documents of a file source, and what the source tells besides.

use std::collections::BTreeMap;
use std::fmt;

use crate::error::FileFault;
use crate::source::files::place::Place;
use crate::source::files::value::JsonKind;

/// Receives documents, one after another.
///
/// Every [`begin`](Self::begin) is followed by any number of [`bytes`](Self::bytes) and by exactly one [`end`](Self::end), also
/// where the sink itself asked to stop. Documents never overlap. Only a document whose end is `Ok` may be kept.
pub trait DocumentSink {
    /// Begins a document.
    fn begin(&mut self, place: &Place) -> Result<(), Stop>;

    /// Takes the next bytes of the document that has begun.
    fn bytes(&mut self, chunk: &[u8]) -> Result<(), Stop>;

    /// Ends the document: it was handed over whole, or a fault says why not.
    fn end(&mut self, outcome: Result<(), FileFault>);

    /// Whether a record of this id was ever taken in. Where it was not, its last content is handed over before it is
    /// [withdrawn](Self::withdrawn), so that something is known of it.
    fn knows(&self, place: &Place) -> bool;

    /// Tells that the record is no more, where no document is open.
    fn withdrawn(&mut self, place: &Place);

    /// Tells what is passed over on purpose.
    fn skipped(&mut self, place: &Place, why: Skip);

    /// Tells what is wrong with a file where no document is open.
    fn faulted(&mut self, place: &Place, fault: FileFault);

    /// Tells how many more bytes of the files on the disk are done with; in all as many as
    /// [`FileSource::size`](crate::source::files::FileSource::size) says.
    fn progress(&mut self, _bytes: u64) {}
}

/// What a sink wants no more of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// The rest of this document; the next one is welcome.
    Document,
    /// Everything.
    Walk,
}

/// Why something is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Skip {
    /// Its name begins with a dot, or it is what a Mac adds to an archive.
    Hidden,
    /// It is a link that leads out of the import root, or nowhere.
    LinkOutside,
    /// It is a link to a folder, whose files are read where they lie.
    LinkToFolder,
    /// It is a link inside an archive.
    LinkInArchive,
    /// It is a device, a pipe or a socket.
    NotAFile,
    /// It is a JSON value that is no object.
    NotAnObject(JsonKind),
    /// It is an array without elements.
    EmptyArray,
    /// It is the metadata of a record in a changeset.
    Metadata,
    /// It tells of the deletion of a record of which nothing else is known.
    NeverKnown,
}

impl fmt::Display for Skip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hidden => f.write_str("it is hidden"),
            Self::LinkOutside => f.write_str("it is a link that leads out of the import root"),
            Self::LinkToFolder => f.write_str("it is a link to a folder"),
            Self::LinkInArchive => f.write_str("it is a link inside an archive"),
            Self::NotAFile => f.write_str("it is neither a folder nor a file"),
            Self::NotAnObject(kind) => write!(f, "it is {kind}, not an object"),
            Self::EmptyArray => f.write_str("it is an array without elements"),
            Self::Metadata => f.write_str("it is the metadata of a changeset"),
            Self::NeverKnown => f.write_str("it deletes a record that was never known"),
        }
    }
}

/// What one walk met.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walked {
    /// The files that were opened, or should have been.
    pub files: u64,
    /// The documents that were handed over whole.
    pub documents: u64,
    /// How often a record was told to be withdrawn.
    pub withdrawn: u64,
    /// The documents and files that have a fault.
    pub faults: u64,
    /// What was passed over with a reason.
    pub skipped: u64,
    /// The files that were passed over for their name, by extension (in lower case, without the dot).
    pub other_names: BTreeMap<String, u64>,
    /// Whether the walk came to its end.
    pub end: WalkEnd,
}

/// How a walk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum WalkEnd {
    /// Everything was looked at.
    #[default]
    Complete,
    /// The sink said [`Stop::Walk`].
    Stopped,
}
