//! What says nearly the same: near-duplicates of a statement, within its framework and across.
//!
//! The index brings up what shares words or stretches of words; then each is compared word by word. Whoever looks before writing a new
//! competency must not be told that "subtract within 20" says the same as "subtract within 10", so numbers, negations and signs count
//! for more than their share of the words.

mod candidates;
mod comparison;
mod memory;
mod query;
mod report;
mod series;
mod weight;
mod wording;

pub use crate::similar::query::{Likeness, Similar, SimilarQuery, similar};
pub use crate::similar::report::{Duplicates, report};
pub(crate) use crate::similar::series::Series;
