//! The places that documents come from, one module each.

pub mod files;
