//! The places that documents come from, one module each.

pub mod case;
pub mod files;
pub mod registry;
