//! The stores: the truth that was fetched, the views of it, and the generations that readers see.
//!
//! What was fetched is the truth: bodies in [`blobs`], and an append-only, hash-chained [`ledger`] that says when and
//! whence each came. The [`views`], a graph and a text index, are functions of it. Readers see neither: they open a
//! generation, an immutable copy of both views, through [`Reader`].
//!
//! This crate opens no socket and asks no clock: times come in with the entries.

pub mod beside;
pub mod blobs;
pub mod brake;
pub mod card;
pub mod cards;
pub mod changes;
pub mod context;
pub mod copies;
pub mod crash;
pub mod cursor;
pub mod description;
pub mod digest;
pub mod dump;
pub mod durable;
pub mod edition;
pub mod error;
pub mod feed;
pub mod fold;
pub mod generations;
pub mod graph;
pub mod history;
pub mod incoming;
pub mod ledger;
pub mod lock;
pub mod manifest;
pub mod outline;
pub mod publish;
pub mod range;
pub mod rdf;
pub mod record;
pub mod related;
pub mod resolve;
pub mod search;
pub mod similar;
pub mod sitemap;
pub mod sources;
pub mod sparql;
pub mod standing;
pub mod suggest;
pub mod text;
pub mod truth;
pub mod verify;
pub mod views;

mod directory;
mod document;
mod frameworks;
mod language;
mod level;
mod link_ends;
mod reader;
mod schema;
mod state;
mod term;
mod vocabulary;
mod watermarks;

pub use crate::error::IndexError;
pub use crate::reader::Reader;
