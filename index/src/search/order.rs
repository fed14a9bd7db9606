//! In which order hits are given.

use serde::Serialize;

/// In which order hits are given. Equal ones follow the order of their keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Order {
    /// What fits best first.
    #[default]
    Relevance,
    /// By name, as a dictionary has it.
    Title,
    /// What was changed last first; what has no date comes last.
    Date,
}
