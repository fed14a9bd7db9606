//! How surely a spelling names a resource.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How surely an alias names its resource, strongest first.
#[derive(
    Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize, ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Strength {
    /// The resource's own IRI.
    Exact,
    /// The same CTID, GUID or local identifier in another spelling, on another host or in another scheme.
    Spelling,
    /// A statement of the publisher, such as `owl:sameAs` or a listed `uri`.
    Declared,
    /// A human code within a framework.
    Code,
    /// A coincidence, such as a CTID that is `ce-` and a CASE GUID: reported beside an answer, never as one.
    Inferred,
}

impl Strength {
    /// The word that answers and vectors use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Spelling => "spelling",
            Self::Declared => "declared",
            Self::Code => "code",
            Self::Inferred => "inferred",
        }
    }
}

impl fmt::Display for Strength {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_sorts_first_and_serde_says_the_same_word() {
        let all = [
            Strength::Exact,
            Strength::Spelling,
            Strength::Declared,
            Strength::Code,
            Strength::Inferred,
        ];
        assert!(all.is_sorted());
        for strength in all {
            assert_eq!(serde_json::to_value(strength).unwrap(), strength.as_str());
        }
    }
}
