//! From the members of an envelope, old form and new, to what it says.

use serde_json::{Map, Value};

use crate::envelope::{Envelope, Signature};

/// Reads the members beside the record.
pub(crate) fn read(members: &Map<String, Value>, signature: Signature) -> Envelope {
    let headers = members.get("node_headers").and_then(Value::as_object);
    let own = |name: &str| text(members.get(name));
    let header = |name: &str| headers.and_then(|headers| text(headers.get(name)));
    Envelope {
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

    use super::{moment, read};
    use crate::envelope::Signature;

    #[test]
    fn both_spellings_of_a_moment_are_read() {
        assert_eq!(moment("2019-02-08 17:08:46 UTC").as_deref(), Some("2019-02-08T17:08:46Z"));
        assert_eq!(moment("2025-03-01T10:00:00.123Z").as_deref(), Some("2025-03-01T10:00:00.123Z"));
        assert_eq!(moment("yesterday"), None);
    }

    #[test]
    fn an_envelope_without_any_of_its_members_is_read() {
        let members = json!({"envelope_id": null, "node_headers": {"deleted_at": "2020-01-01"}});
        let envelope = read(members.as_object().unwrap(), Signature::Absent);
        assert_eq!(envelope.id, None);
        assert_eq!(envelope.deleted_at.as_deref(), Some("2020-01-01"));
    }
}
