//! Documents from the disk: folders, single files, ZIP, gzip, zstd, NDJSON, JSON and arrays of JSON, and what the Credential
//! Registry gives away: dumps of transactions and changesets.
//!
//! A [`FileSource`] is an import root. It walks the root in a fixed order, opens what is packed, cuts what holds several
//! documents, and streams each document to a [`DocumentSink`] under a name that is the same at every import.
//!
//! No document is held in memory and nothing is unpacked to the disk: a run needs a few buffers, whatever the size of what it
//! reads, and one line of a dump of transactions. Only the boundaries of documents are found here ([RFC 8259](https://www.rfc-editor.org/rfc/rfc8259) strings and
//! brackets); whether a document is good JSON, and what it says, is for the receiver to find out.

mod archive;
mod changeset;
mod container;
mod cutter;
mod delivery;
mod dump;
pub(super) mod element;
mod format;
mod gauge;
mod limits;
mod line;
pub(super) mod object;
mod place;
#[cfg(test)]
mod recorder;
mod root;
mod scan;
mod sink;
mod slice;
mod survey;
mod transaction;
mod value;
mod walk;

pub use crate::source::files::format::Foreign;
pub use crate::source::files::limits::FileLimits;
pub use crate::source::files::place::{Place, Position, Telling};
pub use crate::source::files::root::FileSource;
pub use crate::source::files::sink::{DocumentSink, Skip, Stop, WalkEnd, Walked};
pub use crate::source::files::value::JsonKind;
