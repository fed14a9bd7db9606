//! What a run changed of what is shown.

use serde::{Deserialize, Serialize};

/// What a run changed of what is shown. The numbers count resources.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Summary {
    /// They were not there before.
    pub added: u64,
    /// Their words are others.
    pub reworded: u64,
    /// They lie elsewhere in their framework.
    pub moved: u64,
    /// Something else of them has changed.
    pub changed: u64,
    /// They are withdrawn.
    pub retired: u64,
    /// Some of them.
    pub examples: Vec<Example>,
}

/// One change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Example {
    /// What happened: `added`, `reworded`, `moved`, `changed`, `retired`.
    pub what: String,
    /// What it happened to.
    pub subject: String,
    /// What was there before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    /// What is there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

impl Summary {
    /// The numbers that are not nought, with their words.
    pub(crate) fn counts(&self) -> Vec<(&'static str, u64)> {
        let all = [
            ("added", self.added),
            ("reworded", self.reworded),
            ("moved", self.moved),
            ("changed", self.changed),
            ("retired", self.retired),
        ];
        all.into_iter().filter(|(_, n)| *n > 0).collect()
    }
}
