//! Verifying: whether a data directory holds what it says, and a digest of what that is.
//!
//! Everything here only reads. It works on a read-only mount and in a directory that belongs to another user, beside a
//! running writer or without one; it opens no view, and takes nothing but the shared hold on a generation that every
//! reader takes.

mod bodies;
mod chain;
mod content;
mod directory;
mod generation;
mod report;

#[cfg(test)]
pub(crate) mod sample;

pub use crate::verify::content::{ContentDigest, content_digest};
pub use crate::verify::directory::verify;
pub use crate::verify::report::{Check, Report};
