//! Linked data: resources under addresses of their own, what the whole holds, and where everything is.
//!
//! Publishers keep their IRIs: they are the subjects of every document. The addresses here are those of documents about them, and
//! take the identifiers that every other route takes.

pub(super) mod catalog;
pub(super) mod document;
pub(super) mod sitemap;
pub(super) mod vocabulary;

mod address;
mod form;
mod json_ld;
mod page;
mod representation;
mod signposting;
