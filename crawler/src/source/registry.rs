//! A community of a Credential Registry: its envelopes.
//!
//! A mirror begins with a walk through all envelopes, whose end is proven, and goes on with what the registry says has happened
//! since; where it does not say that, with a search for what was written. Every record has one name, however it came, and its
//! bytes are kept as they came. What a record says, and whether it is signed, is for the receiver to find out.

mod absence;
mod address;
mod again;
mod answer;
mod changes;
mod community;
mod dump;
mod events;
#[cfg(test)]
mod fake;
mod graphs;
#[cfg(test)]
mod held;
mod listing;
mod mirror;
mod owned;
mod row;
mod scope;
mod seeds;
mod trail;
mod walk;

pub use crate::source::registry::mirror::harvest;
pub use crate::source::registry::scope::RegistryScope;
