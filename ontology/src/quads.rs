//! The one RDF writer: what a document asserts, and what follows from it, each in a graph of its own.
//!
//! CASE is written in the terms of CTDL-ASN where Credential Engine publishes an equivalence and in its own terms
//! elsewhere; the derived graph holds the SKOS view that spans every framework. Quads are handed over one by one, so
//! that a large document is never held twice. Positions of the asserted graph that hold no valid IRI become literals.

mod assertion;
mod derivation;
mod document;
mod linking;
mod node;
mod writer;

pub use crate::quads::document::write;
