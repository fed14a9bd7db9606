//! The envelope that the Credential Registry keeps a record in, old form and new.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::ctdl::signature::Signature;

/// What an envelope says about the record in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Envelope {
    /// The community it belongs to (`envelope_community`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub community: Option<String>,
    /// Its own identifier (`envelope_id`), which is not that of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The CTID of the organization that owns the record (`owned_by`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<String>,
    /// The CTID of the organization that published it (`published_by`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_by: Option<String>,
    /// When it was made, as the registry writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When it was last changed, as the registry writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    /// When it was deleted; registries of before 2025 kept such envelopes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<String>,
    /// What its signature proves.
    pub signature: Signature,
}

impl Envelope {
    /// Reads the members beside the record.
    pub(crate) fn read(members: &Map<String, Value>, signature: Signature) -> Self {
        let headers = members.get("node_headers").and_then(Value::as_object);
        let own = |name: &str| text(members.get(name));
        let header = |name: &str| headers.and_then(|headers| text(headers.get(name)));
        Self {
            community: own("envelope_community"),
            id: own("envelope_id"),
            owned_by: own("owned_by"),
            published_by: own("published_by"),
            created_at: header("created_at"),
            updated_at: own("updated_at").or_else(|| header("updated_at")),
            deleted_at: own("deleted_at").or_else(|| header("deleted_at")),
            signature,
        }
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    value?.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The last change in RFC 3339, from either of the two spellings that the registry has had.
pub(crate) fn moment(text: &str) -> Option<String> {
    use time::format_description::well_known::Rfc3339;
    use time::macros::format_description;
    if let Ok(moment) = time::OffsetDateTime::parse(text, &Rfc3339) {
        return moment.format(&Rfc3339).ok();
    }
    let spelling = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    let bare = text.trim_end_matches("UTC").trim_end();
    let moment = time::PrimitiveDateTime::parse(bare, spelling).ok()?;
    moment.assume_utc().format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Envelope, moment};
    use crate::ctdl::signature::Signature;

    #[test]
    fn both_spellings_of_a_moment_are_read() {
        assert_eq!(moment("2019-02-08 17:08:46 UTC").as_deref(), Some("2019-02-08T17:08:46Z"));
        assert_eq!(moment("2025-03-01T10:00:00.123Z").as_deref(), Some("2025-03-01T10:00:00.123Z"));
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn an_envelope_without_any_of_its_members_is_read() {
        let members = json!({"envelope_id": null, "node_headers": {"deleted_at": "2020-01-01"}});
        let envelope = Envelope::read(members.as_object().unwrap(), Signature::Absent);
        assert_eq!(envelope.id, None);
        assert_eq!(envelope.deleted_at.as_deref(), Some("2020-01-01"));
    }
}
