//! A Credential Registry with one community, with a switch for everything that real ones were seen to do.

mod envelope;
mod events;
mod listing;
mod quirks;
mod rows;
mod search;
mod server;

pub(crate) use crate::support::fake_registry::envelope::{Published, resource};
pub(crate) use crate::support::fake_registry::quirks::{
    RegistryQuirks, RegistryTotal, Shift, ShiftKind,
};
pub(crate) use crate::support::fake_registry::server::FakeRegistry;
