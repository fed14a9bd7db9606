//! The forms that something is written in.

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// Every quad ([N-Quads](https://www.w3.org/TR/n-quads/)).
    Quads,
    /// Every document, a line each, to be imported again (NDJSON).
    Documents,
    /// Every resource, a row each ([CSV](https://www.rfc-editor.org/rfc/rfc4180)).
    Rows,
}

impl Form {
    /// Every form.
    pub(crate) const ALL: [Self; 3] = [Self::Quads, Self::Documents, Self::Rows];

    /// The ending of a file's name.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Quads => "nq",
            Self::Documents => "ndjson",
            Self::Rows => "csv",
        }
    }

    /// The form that the name of a file ends in.
    pub(crate) fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending() == ending)
    }

    /// What it is made of, in words.
    pub(crate) fn items(self) -> &'static str {
        match self {
            Self::Quads => "quads",
            Self::Documents => "documents",
            Self::Rows => "resources",
        }
    }

    /// The media type.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Quads => "application/n-quads",
            Self::Documents => "application/x-ndjson",
            Self::Rows => "text/csv; header=present",
        }
    }
}
