//! The rules of the house, held by tests.

mod crates;
mod fixtures;
mod sources;
mod styles;
mod vocabulary;
mod words;
