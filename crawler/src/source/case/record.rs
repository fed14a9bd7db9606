//! The record that a framework is.

/// The record that a framework's package is.
pub(super) fn record(key: &str) -> String {
    format!("CFPackages/{key}")
}
