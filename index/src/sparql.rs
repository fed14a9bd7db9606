//! SPARQL over one generation: what a query sees, what it may not do, and how its answer is written.
//!
//! A query can overflow a stack, exhaust the memory and run for ever, and nothing in this process could stop it. Whoever
//! evaluates one does so in a process of its own, bounded by [`limits`] and killed from outside; starting and ending
//! processes is not done here.

pub mod limits;

mod answer;
mod bounds;
mod error;
mod evaluator;
mod format;
mod mistake;
mod prefixes;
mod terms;
mod tokens;

pub use crate::sparql::answer::Answer;
pub use crate::sparql::bounds::Bounds;
pub use crate::sparql::error::{QueryError, SparqlError};
pub use crate::sparql::evaluator::Evaluator;
pub use crate::sparql::format::{Form, Format};
pub use crate::sparql::prefixes::{PREFIXES, shorten};
pub use crate::sparql::terms::{Graphs, Terms};
