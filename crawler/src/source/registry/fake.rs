//! A registry for the tests: a few envelopes, and a switch for each way in which registries differ.

mod answer;
mod envelope;
mod quirks;
mod server;
mod world;

pub(super) use crate::source::registry::fake::envelope::ctid;
pub(super) use crate::source::registry::fake::quirks::Quirks;
pub(super) use crate::source::registry::fake::server::Fake;
pub(super) use crate::source::registry::fake::world::World;
