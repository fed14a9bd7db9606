//! Changesets: ZIP archives in which a registry tells what was published and deleted since the one before.
//!
//! The Credential Registry [lays them out](https://github.com/CredentialEngine/CredentialRegistry/blob/master/docs/11_registry_changeset_sync.md)
//! as `upserts` and `deletes`, each with `graphs`, `resources` and `metadata`, and in these one file for each CTID. Their names are their
//! times, so that the order of names is that of time. The record id is made of the CTID alone: later changesets hold newer
//! versions of the records of earlier ones.

use crate::source::files::object::members;
use crate::source::files::place::{Telling, record_part};

/// A document longer than this is no marker of a deletion.
pub(super) const MARKER_BYTES: usize = 1 << 10;

/// What a member of a changeset does to its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    /// The record has this content now.
    Upsert,
    /// The record is no more, and this is the content that it had.
    Delete,
    /// Nothing: it is not about the content.
    Nothing,
}

/// What a member of a changeset is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// It tells of the record of this id.
    Of { record: String, telling: Telling, act: Act },
    /// It says when and by whom something was published, and nothing of the record itself.
    Metadata,
}

impl Change {
    /// Tells by the path of a member of an archive; `None` where it is no member of a changeset.
    pub(super) fn of(path: &[u8]) -> Option<Self> {
        let mut parts = path.rsplit(|&byte| byte == b'/');
        let name = record_part(parts.next()?.strip_suffix(b".json")?)?;
        let kind = parts.next()?;
        let act = match parts.next()? {
            b"upserts" => Act::Upsert,
            b"deletes" => Act::Delete,
            _ => return None,
        };
        match kind {
            b"graphs" => {
                let record = format!("changesets/{name}");
                Some(Self::Of { record, telling: Telling::Event, act })
            }
            b"resources" => {
                let record = format!("changesets/resources/{name}");
                Some(Self::Of { record, telling: Telling::PartialEvent, act })
            }
            b"metadata" => Some(Self::Metadata),
            _ => None,
        }
    }
}

/// Whether a document says only that something was deleted, as a changeset does where the registry has no more of it.
pub(super) fn is_marker(text: &[u8]) -> bool {
    let is_of_marker = |key: &[u8]| matches!(key, b"identifier" | b"deleted_at");
    members(text, 1).is_ok_and(|members| {
        !members.is_empty() && members.iter().all(|member| is_of_marker(member.key))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::files::limits::FileLimits;
    use crate::source::files::recorder::{import, import_file, zip};

    #[track_caller]
    fn check(path: &str, expected: Option<(&str, Telling, Act)>) {
        let expected = expected.map(|(record, telling, act)| Change::Of {
            record: record.to_owned(),
            telling,
            act,
        });
        assert_eq!(Change::of(path.as_bytes()), expected, "{path}");
    }

    #[test]
    fn a_member_is_known_by_the_last_three_parts_of_its_path() {
        let (whole, part) = (Telling::Event, Telling::PartialEvent);
        check("upserts/graphs/ce-A1.json", Some(("changesets/ce-a1", whole, Act::Upsert)));
        check("x/y/deletes/graphs/ce-a.json", Some(("changesets/ce-a", whole, Act::Delete)));
        check(
            "upserts/resources/ce-a.json",
            Some(("changesets/resources/ce-a", part, Act::Upsert)),
        );
        check(
            "./deletes/resources/ce-a.json",
            Some(("changesets/resources/ce-a", part, Act::Delete)),
        );
        check("deletes/graphs/a.b.json", Some(("changesets/a%2Eb", whole, Act::Delete)));
        for act in ["upserts", "deletes"] {
            let path = format!("{act}/metadata/ce-a.json");
            assert_eq!(Change::of(path.as_bytes()), Some(Change::Metadata));
        }
        for other in [
            "ce-a.json",
            "graphs/ce-a.json",
            "upserts/ce-a.json",
            "upserts/graphs/ce-a",
            "upserts/graphs/ce-a.json.gz",
            "upserts/graphs/.json",
            "upserts/graphs/",
            "upserts/graphs/a b.json",
            "upserts/graphs/x/ce-a.json",
            "upserts/other/ce-a.json",
            "Upserts/graphs/ce-a.json",
            "xupserts/graphs/ce-a.json",
            "",
        ] {
            check(other, None);
        }
    }

    #[test]
    fn a_marker_has_an_identifier_and_a_time_and_nothing_else() {
        assert!(is_marker(br#"{"identifier":"ce-a","deleted_at":"2026-08-01T10:00:00Z"}"#));
        assert!(is_marker(br#"{"identifier":"ce-a"}"#));
        for other in ["{}", "[]", "", "{\"identifier\":\"a\",\"title\":\"b\"}", "{\"identifier\":"]
        {
            assert!(!is_marker(other.as_bytes()), "{other}");
        }
    }

    const MARKER: &str = r#"{"identifier":"ce-c","deleted_at":"2026-08-01T10:00:00Z"}"#;

    #[test]
    fn a_changeset_tells_what_became_of_its_records() {
        let archive = zip(&[
            ("upserts/graphs/ce-a.json", b"{\"a\":1}"),
            ("upserts/resources/ce-a.json", b"{\"a\":2}"),
            ("upserts/metadata/ce-a.json", b"{\"a\":3}"),
            ("deletes/graphs/ce-a.json", b"{\"a\":1}"),
            ("deletes/graphs/ce-b.json", b"{\"b\":1}"),
            ("deletes/resources/ce-b.json", b"{\"b\":2}"),
            ("deletes/graphs/ce-c.json", MARKER.as_bytes()),
            ("deletes/metadata/ce-b.json", b"{\"b\":3}"),
            ("README.md", b"a"),
            ("ce-d.json", b"{\"d\":1}"),
        ]);
        let metadata = "it is the metadata of a changeset";
        assert_eq!(
            import_file("2026.zip", &archive, FileLimits::default()),
            [
                "changesets/ce-a = {\"a\":1}",
                "changesets/resources/ce-a = {\"a\":2}",
                &format!("2026.zip!upserts/metadata/ce-a.json ~ {metadata}"),
                "changesets/ce-a - gone",
                "changesets/ce-b = {\"b\":1}",
                "changesets/ce-b - gone",
                "changesets/resources/ce-b = {\"b\":2}",
                "changesets/resources/ce-b - gone",
                "changesets/ce-c ~ it deletes a record that was never known",
                &format!("2026.zip!deletes/metadata/ce-b.json ~ {metadata}"),
                "2026.zip!ce-d.json = {\"d\":1}",
            ]
        );
    }

    #[test]
    fn changesets_are_read_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().unwrap();
        let save = |name: &str, member: &str, content: &str| {
            fs::write(folder.path().join(name), zip(&[(member, content.as_bytes())])).unwrap();
        };
        // Written in another order than that of time.
        save("2026-08-02T09-00-00.000001Z.zip", "deletes/graphs/ce-a.json", MARKER);
        save("2026-08-01T10-00-00.000002Z.zip", "upserts/graphs/ce-a.json", "{\"a\":2}");
        save("2026-08-03T00-00-00.000000Z.zip", "upserts/graphs/CE-A.json", "{\"a\":3}");
        save("2026-08-01T10-00-00.000001Z.zip", "x/upserts/graphs/ce-a.json", "{\"a\":1}");
        let (recorder, _) = import(folder.path(), FileLimits::default());
        assert_eq!(
            recorder.lines,
            [
                "changesets/ce-a = {\"a\":1}",
                "changesets/ce-a = {\"a\":2}",
                "changesets/ce-a - gone",
                "changesets/ce-a = {\"a\":3}",
            ]
        );
        let urls: Vec<&str> = recorder.places.iter().map(|place| place.url.as_str()).collect();
        assert!(urls.is_sorted(), "{urls:?}");
        assert!(recorder.places.windows(2).all(|pair| pair[1].follows(&pair[0].url)));
    }

    #[test]
    fn a_broken_deletion_withdraws_nothing_that_it_does_not_bring() {
        let long = format!("{{\"identifier\":\"{}\"}}", "a".repeat(MARKER_BYTES));
        let archive = zip(&[
            ("deletes/graphs/ce-a.json", b"\x89PNG\r\n"),
            ("deletes/graphs/ce-b.json", b""),
            ("deletes/graphs/ce-c.json", long.as_bytes()),
        ]);
        assert_eq!(
            import_file("a.zip", &archive, FileLimits::default()),
            [
                "changesets/ce-a ! it is a PNG image, not JSON",
                "changesets/ce-b ! there is no JSON value in it",
                "changesets/ce-b - gone",
                &format!("changesets/ce-c = {long}"),
                "changesets/ce-c - gone",
            ]
        );
    }
}
