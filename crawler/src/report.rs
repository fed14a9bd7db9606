//! What came of one run of one source.

use serde::{Deserialize, Serialize};

/// How many refusals and remarks are listed; the rest is counted.
const LISTED: usize = 20;

/// How a run of a source ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Ending {
    /// Everything that was to be seen was seen.
    Complete,
    /// Something was not given, and the rest was taken.
    Partial,
    /// It failed; what came before was taken.
    #[default]
    Failed,
    /// It was told to stop, or may use no more; the next run continues.
    Stopped,
    /// The source shows nothing without other credentials.
    Secured,
}

/// What came of a run. The numbers count documents, unless they say otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RunReport {
    /// How it ended.
    pub ending: Ending,
    /// What went wrong, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Documents that say something new.
    pub accepted: u64,
    /// Documents that came and say what is known.
    pub unchanged: u64,
    /// Documents of which the server said that they are unchanged.
    pub not_modified: u64,
    /// Records that the source has no more.
    pub withdrawn: u64,
    /// Records that were missing, and are not yet confirmed to be gone.
    pub missing: u64,
    /// Documents about people, of which nothing is left.
    pub about_people: u64,
    /// Documents that were refused.
    pub refused: u64,
    /// The first of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<Refused>,
    /// What else is worth knowing: shortfalls, servers that contradict themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
    /// Until when the host wants to be left alone, in seconds since 1970.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rests_until: Option<i64>,
    /// Requests that were made.
    pub requests: u64,
    /// Bytes that came, after decompression.
    pub bytes: u64,
}

/// A document that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Its record or address.
    pub place: String,
    /// Why.
    pub reason: String,
}

impl RunReport {
    /// Counts a document that was refused, and lists it where there is room.
    pub fn refuse(&mut self, place: impl Into<String>, reason: impl Into<String>) {
        self.refused += 1;
        if self.refusals.len() < LISTED {
            self.refusals.push(Refused { place: place.into(), reason: reason.into() });
        }
    }

    /// Says something that is worth knowing, once.
    pub fn remark(&mut self, text: impl Into<String>) {
        let text = text.into();
        if self.remarks.len() < LISTED && !self.remarks.contains(&text) {
            self.remarks.push(text);
        }
    }

    /// How many documents were dealt with.
    pub fn documents(&self) -> u64 {
        self.accepted + self.unchanged + self.not_modified + self.refused + self.about_people
    }
}
