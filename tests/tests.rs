//! Whole paths through the program: one binary, a module per theme.
#![cfg(test)]
#![recursion_limit = "256"]
#![expect(
    clippy::unwrap_in_result,
    clippy::map_err_ignore,
    clippy::type_complexity,
    clippy::string_slice,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::collapsible_match,
    reason = "a test that goes wrong says so by panicking, and its helpers are read once"
)]

mod browser;
mod conformance;
mod crash;
mod fakes;
mod fuzz;
mod paths;
mod relevance;
mod support;
mod tidy;
