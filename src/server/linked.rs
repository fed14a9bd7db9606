//! Linked data: resources under addresses of their own, what the whole holds, and where everything is.
//!
//! Publishers keep their IRIs: they are the subjects of every document. The addresses here are those of documents about them, and
//! take the identifiers that every other route takes.

pub(super) mod address;
pub(super) mod alternates;
pub(super) mod catalog;
pub(super) mod document;
pub(super) mod portrait;
pub(super) mod sitemap;
pub(super) mod vocabulary;

mod form;
mod json_ld;
mod representation;
mod signposting;
