//! The versions of the REST binding.

use serde::{Deserialize, Serialize};

/// A version of the binding, as it stands in the path ([CASE 1.1 section 2.2](https://www.imsglobal.org/spec/CASE/v1p1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Version {
    /// CASE 1.1.
    V1p1,
    /// CASE 1.0.
    V1p0,
    /// What Satchel adds to both.
    Vext,
}

impl Version {
    /// All versions, in the order in which a server is asked for them.
    const ALL: [Self; 3] = [Self::V1p1, Self::V1p0, Self::Vext];

    /// The version as it stands in the path.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::V1p1 => "v1p1",
            Self::V1p0 => "v1p0",
            Self::Vext => "vext",
        }
    }

    /// Reads a segment of a path.
    pub(super) fn of_segment(segment: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.as_str() == segment)
    }

    /// The versions of the standard besides this one.
    pub(super) fn others(self) -> impl Iterator<Item = Self> {
        [Self::V1p1, Self::V1p0].into_iter().filter(move |version| *version != self)
    }
}
