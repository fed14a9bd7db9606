//! What a generation gives away: its records, chosen, and of each its quads, its resources or its documents.
//!
//! Everything is handed over piece by piece, in an order that is the same whenever the same generation is asked. How it is written is
//! the business of whoever asks. What comes from a source that may not be given away is left out here, once for all forms.

mod documents;
mod error;
mod quads;
mod resources;
mod selection;

pub use crate::dump::documents::Documents;
pub use crate::dump::error::DumpError;
pub use crate::dump::quads::Graphs;
pub use crate::dump::resources::each_resource;
pub use crate::dump::selection::{Scope, Selection, framework_of_hash, select};
