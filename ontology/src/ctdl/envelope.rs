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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;
    use crate::envelope::Signature;

    #[test]
    fn an_envelope_without_any_of_its_members_is_read() {
        let members = json!({"envelope_id": null, "node_headers": {"deleted_at": "2020-01-01"}});
        let envelope = read(members.as_object().unwrap(), Signature::Absent);
        assert_eq!(envelope.id, None);
        assert_eq!(envelope.deleted_at.as_deref(), Some("2020-01-01"));
    }
}
