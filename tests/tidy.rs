//! The rules of the house, held by tests.

mod crates;
mod fixtures;
mod sources;
mod vocabulary;
