//! One line of the ledger: an event in the life of a record.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::digest::Digest;
use crate::ledger::moment;

/// What an entry says about its record or its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[repr(u8)]
pub enum Op {
    /// The record has this body now.
    Upsert,
    /// The source no longer has the record.
    Tombstone,
    /// Every earlier body of the record must be gone.
    Redact,
    /// Entries of the source after `through` wait.
    Hold,
    /// Entries of the source up to `through` wait no longer.
    Accept,
    /// The source is used under these terms from now on.
    Terms,
}

/// The terms under which a source may be used, as its configuration says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// The licence, as an address or in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// Where the terms of use stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// Whether what comes from it may be given away in bulk.
    pub redistribute: bool,
}

impl Default for Terms {
    /// What holds where nothing is said.
    fn default() -> Self {
        Self { licence: None, terms: None, redistribute: true }
    }
}

/// What a server gave to recognise an unchanged body by ([RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#section-8.8)).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validators {
    /// The `ETag` as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` as it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
}

impl Validators {
    fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// An entry as it stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number; the first entry has 1, and none is left out.
    pub seq: u64,
    /// Where the record comes from.
    pub source: String,
    /// The record's id within its source; empty for an entry about the whole source.
    pub record: String,
    /// What happened.
    pub op: Op,
    /// The address the body was fetched from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The HTTP status of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The validators of the answer.
    #[serde(default, skip_serializing_if = "Validators::is_empty")]
    pub validators: Validators,
    /// The body's digest, which is its name among the blobs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// The number of the body's bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub len: Option<u64>,
    /// When it was fetched, or decided.
    #[serde(with = "moment")]
    pub fetched_at: OffsetDateTime,
    /// The SHA-256 of the previous entry's JSON; zeros for the first.
    pub previous: Digest,
    /// The number of the first entry that was synced together with this one.
    pub group: u64,
    /// Whether the body is a part of the record only.
    #[serde(default, skip_serializing_if = "is_false")]
    pub partial: bool,
    /// Why, in the operator's or the brake's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The entry up to which a hold or an acceptance speaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<u64>,
    /// The terms of the source, from here on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for this signature")]
fn is_false(value: &bool) -> bool {
    !value
}

/// An entry that has no place in the ledger yet. Its fields mean what they mean in [`Entry`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEntry {
    /// Where the record comes from.
    pub source: String,
    /// The record's id within its source.
    pub record: String,
    /// What happened.
    pub op: Op,
    /// The address the body was fetched from.
    pub url: Option<String>,
    /// The HTTP status of the answer.
    pub status: Option<u16>,
    /// The validators of the answer.
    pub validators: Validators,
    /// The body's digest.
    pub digest: Option<Digest>,
    /// The number of the body's bytes.
    pub len: Option<u64>,
    /// When it was fetched, or decided.
    pub fetched_at: OffsetDateTime,
    /// Whether the body is a part of the record only.
    pub partial: bool,
    /// Why.
    pub reason: Option<String>,
    /// The entry up to which a hold or an acceptance speaks.
    pub through: Option<u64>,
    /// The terms of the source.
    pub terms: Option<Terms>,
}

impl NewEntry {
    /// An entry about one record, with nothing else said.
    pub fn new(
        op: Op,
        source: impl Into<String>,
        record: impl Into<String>,
        fetched_at: OffsetDateTime,
    ) -> Self {
        Self {
            source: source.into(),
            record: record.into(),
            op,
            url: None,
            status: None,
            validators: Validators::default(),
            digest: None,
            len: None,
            fetched_at,
            partial: false,
            reason: None,
            through: None,
            terms: None,
        }
    }

    /// A hold: entries of the source after `through` wait.
    pub fn hold(source: impl Into<String>, through: u64, decided_at: OffsetDateTime) -> Self {
        Self { through: Some(through), ..Self::new(Op::Hold, source, "", decided_at) }
    }

    /// An acceptance: entries of the source up to `through` wait no longer.
    pub fn accept(source: impl Into<String>, through: u64, decided_at: OffsetDateTime) -> Self {
        Self { through: Some(through), ..Self::new(Op::Accept, source, "", decided_at) }
    }

    /// The terms of a source.
    pub fn terms(source: impl Into<String>, terms: Terms, decided_at: OffsetDateTime) -> Self {
        Self { terms: Some(terms), ..Self::new(Op::Terms, source, "", decided_at) }
    }

    /// Puts the entry into its place in the chain.
    pub(super) fn chained(self, seq: u64, group: u64, previous: Digest) -> Entry {
        let Self {
            source,
            record,
            op,
            url,
            status,
            validators,
            digest,
            len,
            fetched_at,
            partial,
            reason,
            through,
            terms,
        } = self;
        Entry {
            seq,
            source,
            record,
            op,
            url,
            status,
            validators,
            digest,
            len,
            fetched_at,
            previous,
            group,
            partial,
            reason,
            through,
            terms,
        }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::{Entry, NewEntry, Op, Validators};
    use crate::digest::Digest;

    #[test]
    fn an_entry_says_only_what_there_is_to_say() {
        let entry =
            NewEntry::new(Op::Tombstone, "registry", "ce-1", datetime!(2026-11-22 10:30:00 +2))
                .chained(7, 6, Digest::ZERO);
        let zeros = "0".repeat(64);
        let expected = format!(
            r#"{{"seq":7,"source":"registry","record":"ce-1","op":"tombstone","fetched_at":"2026-11-22T08:30:00Z","previous":"{zeros}","group":6}}"#
        );
        assert_eq!(serde_json::to_string(&entry).unwrap(), expected);
        assert_eq!(serde_json::from_str::<Entry>(&expected).unwrap(), entry);
    }

    #[test]
    fn validators_are_kept_as_they_were_sent() {
        let validators = Validators { etag: Some("W/\"a\"".to_owned()), last_modified: None };
        let new = NewEntry {
            validators,
            ..NewEntry::new(Op::Upsert, "s", "r", datetime!(2026-11-22 0:00 UTC))
        };
        let json = serde_json::to_string(&new.chained(1, 1, Digest::ZERO)).unwrap();
        assert!(json.contains(r#""validators":{"etag":"W/\"a\""}"#), "{json}");
    }
}
