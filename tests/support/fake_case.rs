//! A CASE server, with a switch for everything that real ones were seen to do.

mod door;
mod framework;
mod listing;
mod quirks;
mod server;
mod token;

pub(crate) use crate::support::fake_case::door::Door;
pub(crate) use crate::support::fake_case::framework::{Framework, Standing, Stead};
pub(crate) use crate::support::fake_case::quirks::{
    Link, ListShape, Listed, Negotiation, PackageAddress, PackageShape, PackageUri, Quirks, Total,
    Validation, Versions,
};
pub(crate) use crate::support::fake_case::server::FakeCase;
pub(crate) use crate::support::fake_case::token::{ClientRules, Taken};
