//! What is known of the runs of all sources, in one file of the data directory.
//!
//! Whoever harvests writes it, and whoever shows sources or keeps schedules reads it. It can be lost: then every source is due.

mod record;
mod run;

pub(crate) use crate::runs::record::Runs;
pub(crate) use crate::runs::run::{About, Run, SourceRuns, stamp};
