//! Facets: how many of the hits have which values.

use serde::Serialize;

/// What hits are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Facet {
    /// The kind.
    Kind,
    /// The class of CTDL; a class above counts what is below it.
    Class,
    /// The framework.
    Framework,
    /// The publisher.
    Publisher,
    /// The source.
    Source,
    /// The subject.
    Subject,
    /// The education level.
    Level,
    /// The language.
    Language,
    /// The state.
    Status,
    /// The licence.
    License,
    /// Whether it is aligned.
    Aligned,
    /// The place where it holds.
    Jurisdiction,
}

impl Facet {
    /// Every facet.
    pub const ALL: [Self; 12] = [
        Self::Kind,
        Self::Class,
        Self::Framework,
        Self::Publisher,
        Self::Source,
        Self::Subject,
        Self::Level,
        Self::Language,
        Self::Status,
        Self::License,
        Self::Aligned,
        Self::Jurisdiction,
    ];

    /// The facet in a word, which is the name of its filter too.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Class => "class",
            Self::Framework => "framework",
            Self::Publisher => "publisher",
            Self::Source => "source",
            Self::Subject => "subject",
            Self::Level => "level",
            Self::Language => "language",
            Self::Status => "status",
            Self::License => "license",
            Self::Aligned => "aligned",
            Self::Jurisdiction => "jurisdiction",
        }
    }
}

/// How many hits have a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The value, as its filter takes it.
    pub value: String,
    /// What a person reads, where that is something else: the title of a framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many hits have it. Copies and twins of one resource count once, as they are one hit.
    pub count: usize,
}
