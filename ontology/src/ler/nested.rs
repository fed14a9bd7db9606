//! The credentials that stand inside another document.

use serde_json::{Map, Value};

use crate::ler::place::{Place, members};
use crate::ler::search::is_closed;

/// What stands inside.
pub(super) enum Nested<'a> {
    /// Something that should be a credential.
    Credential(&'a Value),
    /// A file that is no credential, such as a PDF in base64.
    File,
}

/// Finds the credentials inside `object`, in document order, without looking into them.
///
/// They stand in `verifiableCredential` of a CLR, in `signedAssertions` of an older one, in `payload.data` of a learner record,
/// and in `verifications` of an LER-RS, where an entry with a `@context` is one.
pub(super) fn find<'a>(
    place: &Place,
    object: &'a Map<String, Value>,
    found: &mut Vec<(Place, Nested<'a>)>,
) {
    for (name, value) in object.iter().filter(|(name, _)| !is_closed(name)) {
        let place = place.member(name);
        match name.as_str() {
            "verifiableCredential" | "signedAssertions" => {
                let credentials = members(&place, value);
                found.extend(credentials.map(|(place, value)| (place, Nested::Credential(value))));
            }
            "verifications" => verifications(&place, value, found),
            "learnerRecord" => records(&place, value, found),
            _ => {
                for (place, member) in members(&place, value) {
                    deeper(&place, member, found);
                }
            }
        }
    }
}

fn deeper<'a>(place: &Place, value: &'a Value, found: &mut Vec<(Place, Nested<'a>)>) {
    match value {
        Value::Object(object) => find(place, object, found),
        Value::Array(_) => {
            for (place, member) in members(place, value) {
                deeper(&place, member, found);
            }
        }
        _ => {}
    }
}

fn verifications<'a>(place: &Place, value: &'a Value, found: &mut Vec<(Place, Nested<'a>)>) {
    for (place, entry) in members(place, value) {
        let (place, entry) = match entry.get("Verification") {
            Some(inner) => (place.key("Verification"), inner),
            None => (place, entry),
        };
        if let Some(other) = entry.get("otherW3CVerifiableCredential") {
            found.push((place.key("otherW3CVerifiableCredential"), Nested::Credential(other)));
        } else if entry.get("@context").is_some() || entry.get("vc").is_some() || entry.is_string()
        {
            found.push((place, Nested::Credential(entry)));
        }
    }
}

fn records<'a>(place: &Place, value: &'a Value, found: &mut Vec<(Place, Nested<'a>)>) {
    for (place, record) in members(place, value) {
        let payload = record.get("payload").unwrap_or(&Value::Null);
        for (place, payload) in members(&place.key("payload"), payload) {
            match payload.get("data") {
                Some(Value::String(_)) => found.push((place.key("data"), Nested::File)),
                Some(data) => found.push((place.key("data"), Nested::Credential(data))),
                None => {}
            }
        }
    }
}
