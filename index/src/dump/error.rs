//! Why something could not be given away whole.

use std::io;

use crate::error::IndexError;

/// A dump that ended early.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// It could not be read here.
    #[error(transparent)]
    Store(#[from] IndexError),
    /// It could not be handed over there.
    #[error("the dump cannot be written")]
    Sink(#[from] io::Error),
}
