//! What brings documents in, from the network or from the disk.
//!
//! The crate writes no store. Every source hands its documents over as a stream of bytes with a name, and whoever receives
//! them decides what to keep.
//!
//! | Source                       | Reads                                                        |
//! |------------------------------|--------------------------------------------------------------|
//! | [`source::files::FileSource`]| folders and files: JSON, NDJSON, arrays, gzip, zstd, ZIP; dumps and changesets of a registry |

mod error;
pub mod source;

pub use crate::error::{FaultKind, FileFault, FilesError, Syntax};
