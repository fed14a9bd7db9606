//! One transaction of a registry: what happened to an envelope.
//!
//! The Credential Registry [backs up](https://github.com/CredentialEngine/CredentialRegistry/blob/master/docs/05_backup_and_restore.md)
//! its transactions as JSON objects of a `status`, a `date` and an `envelope`.

use crate::error::FaultKind;
use crate::source::files::object::{Member, member, members};
use crate::source::files::place::record_part;

/// The members of an envelope that say which one it is, the best first.
const IDENTITY: [&str; 2] = ["envelope_ceterms_ctid", "envelope_id"];

/// One transaction, cut out of its JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Transaction<'t> {
    /// Whether the envelope was deleted.
    pub is_deletion: bool,
    /// The envelope as the transaction has it, byte by byte.
    pub envelope: &'t [u8],
    /// The envelope's own identity as a part of a record id, where it has one that can serve.
    pub identity: Option<String>,
}

impl<'t> Transaction<'t> {
    /// Reads the JSON of a transaction.
    ///
    /// The envelope is sliced out and not written anew: the digest is then that of what the registry wrote, and numbers, the
    /// order of members and repeated ones stay as they were.
    pub(super) fn read(json: &'t [u8], depth: usize) -> Result<Self, FaultKind> {
        let missing = |name| FaultKind::NotATransaction { missing: name };
        let found = members(json, depth)?;
        let status = member(&found, "status").and_then(Member::string);
        let status = status.ok_or(missing("status"))?;
        let envelope = member(&found, "envelope").map(|envelope| envelope.value);
        let envelope = envelope.filter(|value| value.starts_with(b"{"));
        let envelope = envelope.ok_or(missing("envelope"))?;
        let within = members(envelope, depth)?;
        let mut identities = IDENTITY.iter().filter_map(|name| member(&within, name)?.string());
        Ok(Self {
            is_deletion: status == b"deleted",
            envelope,
            identity: identities.find_map(record_part),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(json: &str, is_deletion: bool, envelope: &str, identity: Option<&str>) {
        let transaction = Transaction::read(json.as_bytes(), 8).unwrap();
        let expected = Transaction {
            is_deletion,
            envelope: envelope.as_bytes(),
            identity: identity.map(str::to_owned),
        };
        assert_eq!(transaction, expected, "{json}");
    }

    #[test]
    fn an_envelope_is_named_by_its_ctid_else_by_its_id() {
        let both = r#"{ "envelope_id":"9-F", "envelope_ceterms_ctid" : "ce-A1", "n":1.0 }"#;
        check(&format!(r#"{{"status":"created","envelope":{both}}}"#), false, both, Some("ce-a1"));
        let null = r#"{"envelope_ceterms_ctid":null,"envelope_id":"9f"}"#;
        check(&format!(r#"{{"envelope":{null},"status":"deleted"}}"#), true, null, Some("9f"));
        let neither = r#"{"envelope_ceterms_ctid":"../a b","envelope_id":7}"#;
        check(&format!(r#"{{"status":"updated","envelope":{neither}}}"#), false, neither, None);
    }

    #[track_caller]
    fn check_bad(json: &str, expected: &str) {
        let fault = Transaction::read(json.as_bytes(), 8).unwrap_err();
        assert_eq!(fault.to_string(), expected, "{json}");
    }

    #[test]
    fn what_is_no_transaction_says_what_is_missing() {
        check_bad("{}", "the line is no transaction: it has no `status`");
        check_bad(r#"{"status":1}"#, "the line is no transaction: it has no `status`");
        check_bad(r#"{"status":"a"}"#, "the line is no transaction: it has no `envelope`");
        check_bad(
            r#"{"status":"a","envelope":[]}"#,
            "the line is no transaction: it has no `envelope`",
        );
        check_bad(r#"{"status":"a","envelope":{}"#, "the text ends too early");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(text in prop::collection::vec(any::<u8>(), 0..200)) {
            drop(Transaction::read(&text, 8));
        }
    }
}
