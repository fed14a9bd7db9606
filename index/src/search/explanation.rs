//! Why a hit stands where it does, in parts that a person can follow.

use serde::Serialize;

/// Why a hit stands where it does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The tier, which decides before any score: `identifier`, `label`, `code`, `codePrefix`, `allWords`, `corrected`, `someWords`, `browse`.
    pub tier: &'static str,
    /// What the tier means, in a sentence.
    pub reason: String,
    /// What each word was worth in each field; together they are the score.
    pub parts: Vec<Part>,
}

/// What one word was worth in one field.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// The word of the question.
    pub word: String,
    /// The word of the index that it met: a stem, a longer word, a corrected one.
    pub met: String,
    /// The field.
    pub field: &'static str,
    /// How it was met: `word`, `prefix`, `typo`, `phrase`, `gram`.
    pub how: &'static str,
    /// What it added to the score.
    pub score: f32,
}
