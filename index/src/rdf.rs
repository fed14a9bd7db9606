//! RDF as documents: the forms that it is given in, and the names that they abbreviate.

mod context;
mod form;
mod json_ld;

pub use crate::rdf::context::context;
pub use crate::rdf::form::{Form, write};
