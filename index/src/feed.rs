//! The feed of changes: what every generation added, changed, moved and retired, from the oldest that is kept to this one.
//!
//! Each generation holds the change files of those before it, as hard links, so that a copy of one generation has the whole feed: one
//! change a line, a table that finds the lines of a resource, and a table of contents. A generation that begins from scratch, as after
//! a purge, begins a new feed, because what it removed must be repeated nowhere.
//!
//! One file, one step: `contents` says what is kept, `file` writes and reads one generation's changes, `log` all of them.

mod contents;
mod file;
mod log;

pub use crate::feed::contents::Kept;
pub use crate::feed::log::{ChangeLog, Event, Latest, MAX_EVENTS, Place, Stretch, Wanted};

pub(crate) use crate::feed::contents::Publishing;
pub(crate) use crate::feed::log::write;
