//! The lines of a dump that can be imported again.
//!
//! The first line is a [`Header`]; it begins with [`MARK`], by which an import knows what it has before it. The last one is an [`End`]. Between them every
//! line is one thing that was learned of one record, in the order in which it was learned.

use std::collections::BTreeMap;

use index::digest::Digest;
use index::ledger::{Op, Terms};
use serde::{Deserialize, Serialize};

/// How every dump begins.
pub(crate) const MARK: &str = "{\"format\":\"alidade-dump\",";

/// The name of the form.
pub(super) const FORMAT: &str = "alidade-dump";

/// The version of the form. A reader takes no other.
pub(crate) const VERSION: u64 = 1;

/// What a dump says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Header {
    /// The name of the form.
    pub format: String,
    /// Its version.
    pub version: u64,
    /// The generation that was written down.
    pub generation: u64,
    /// When it was published.
    pub published_at: String,
    /// The program that wrote it down.
    pub program: String,
    /// The sources, with the terms under which each may be used, where any were said.
    pub sources: BTreeMap<String, Option<Terms>>,
}

/// One thing that was learned of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Line {
    /// Whether the record has this body, or is gone.
    pub op: Op,
    /// Where it came from.
    pub source: String,
    /// The record within its source.
    pub record: String,
    /// The address it was fetched from; none where that was a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When that was.
    pub fetched_at: String,
    /// The status of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The `ETag` of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// Whether the body is a part of the record only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub partial: bool,
    /// The SHA-256 of the body as it was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The body, byte for byte but for contact values, which are `null`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The same in base64, where it is no UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body_base64: Option<String>,
    /// Whether contact values were taken out of the body, here or before it came here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
}

/// How every dump ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct End {
    /// How many lines stand between header and end.
    pub end: u64,
}
