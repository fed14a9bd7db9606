//! What brings documents in, from the network or from the disk.
//!
//! The crate writes no store. Every source hands its documents over as a stream of bytes with a name, and whoever receives
//! them decides what to keep.
//!
//! | Source                       | Reads                                                        |
//! |------------------------------|--------------------------------------------------------------|
//! | [`source::case`]             | a CASE server: its frameworks as packages                     |
//! | [`source::registry`]         | a community of a Credential Registry: its envelopes           |
//! | [`source::files::FileSource`]| folders and files: JSON, NDJSON, arrays, gzip, zstd, ZIP; dumps and changesets of a registry |

pub mod access;
mod address;
mod body_taker;
mod brackets;
pub mod client;
mod credentials;
mod error;
pub mod harvest;
pub mod host;
pub mod range;
pub mod receiver;
pub mod report;
mod retry;
mod robots;
pub mod session;
pub mod source;
pub mod state;
pub mod stop;
mod syntax;
pub mod validators;

pub use crate::error::{FaultKind, FileFault, FilesError};
pub use crate::syntax::Syntax;
