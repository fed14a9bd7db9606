//! A JWS in JSON, [RFC 7515, section 7.2](https://www.rfc-editor.org/rfc/rfc7515#section-7.2).
//!
//! The European Learning Model is signed with `JAdES`, which looks the same, but whose payload stands there as plain text.

use serde_json::Value;

use crate::ler::container::base64url;
use crate::ler::container::error::ContainerError;
use crate::ler::container::json;
use crate::ler::container::sd_jwt;
use crate::record::JsonObject;

/// Whether an object is a JWS, flattened or general, whose payload was not opened.
pub(super) fn is_one(object: &JsonObject) -> bool {
    let is_signed = object.get("signatures").is_some_and(Value::is_array)
        || object.get("signature").is_some_and(Value::is_string);
    is_signed && object.get("payload").is_some_and(Value::is_string)
}

/// Whether an object is a JWE in JSON, [RFC 7516, section 7.2](https://www.rfc-editor.org/rfc/rfc7516#section-7.2).
pub(super) fn is_encrypted(object: &JsonObject) -> bool {
    let has_key = ["protected", "unprotected", "recipients", "encrypted_key"]
        .iter()
        .any(|key| object.contains_key(*key));
    has_key && object.get("ciphertext").is_some_and(Value::is_string)
}

/// Takes the payload out of a JWS in JSON; its signatures are not checked.
pub(super) fn payload(object: &JsonObject, room: usize) -> Result<JsonObject, ContainerError> {
    let text = object.get("payload").and_then(Value::as_str).unwrap_or_default();
    let payload = if text.trim_start().starts_with('{') {
        json::object(text.as_bytes(), room)?
    } else {
        let payload = base64url::decode(text).ok_or(broken("its payload is no base64url"))?;
        json::object(&payload, room)?
    };
    let payload = payload.ok_or(broken("its payload is no JSON object"))?;
    let disclosures = disclosures(object);
    if disclosures.is_empty() {
        return Ok(payload);
    }
    sd_jwt::reassemble(payload, disclosures.into_iter(), room)
}

/// The disclosures of an SD-JWT in JSON, [RFC 9901, section 8](https://www.rfc-editor.org/rfc/rfc9901#section-8).
fn disclosures(object: &JsonObject) -> Vec<&str> {
    let first = object.get("signatures").and_then(|signatures| signatures.get(0));
    let header = object.get("header").or_else(|| first?.get("header"));
    let listed = header.and_then(|header| header.get("disclosures")).and_then(Value::as_array);
    listed.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn broken(reason: &'static str) -> ContainerError {
    ContainerError::BrokenToken { reason }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(object: &Value, expected: &Result<Value, ContainerError>) {
        let object = object.as_object().unwrap();
        assert!(is_one(object));
        assert_eq!(&payload(object, 32).map(Value::from), expected);
    }

    #[test]
    fn a_payload_is_base64url_or_plain_text() {
        let general = json!({"payload": "eyJhIjoxfQ", "signatures": [{"protected": "e30", "signature": "c2ln"}]});
        check(&general, &Ok(json!({"a": 1})));
        let flattened = json!({"payload": "eyJhIjoxfQ==", "protected": "e30", "signature": "c2ln"});
        check(&flattened, &Ok(json!({"a": 1})));
        let plain = json!({"payload": " {\"a\": 1}", "signatures": []});
        check(&plain, &Ok(json!({"a": 1})));
    }

    #[test]
    fn disclosures_stand_in_the_unprotected_header() {
        // The example digest and disclosure of RFC 9901, section 4.2.3.
        let disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
        let payload = json!({"_sd": ["X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"]}).to_string();
        let general = json!({"payload": payload, "signatures": [{"header": {"disclosures": [disclosure]}, "signature": ""}]});
        check(&general, &Ok(json!({"family_name": "Möbius"})));
        let flattened =
            json!({"payload": payload, "header": {"disclosures": [disclosure]}, "signature": ""});
        check(&flattened, &Ok(json!({"family_name": "Möbius"})));
    }

    #[test]
    fn a_payload_that_cannot_be_opened_is_broken() {
        let broken = |reason| Err(ContainerError::BrokenToken { reason });
        check(&json!({"payload": "!", "signatures": []}), &broken("its payload is no base64url"));
        check(&json!({"payload": "{", "signatures": []}), &broken("its payload is no JSON object"));
        check(
            &json!({"payload": "W10", "signature": ""}),
            &broken("its payload is no JSON object"),
        );
    }

    #[test]
    fn only_text_under_a_signature_is_a_payload() {
        for other in [
            json!({"payload": "{}"}),
            json!({"payload": {}, "signatures": []}),
            json!({"signatures": []}),
            json!({"payload": "e30", "signatures": {}}),
        ] {
            assert!(!is_one(other.as_object().unwrap()));
        }
        let jwe = json!({"protected": "e30", "ciphertext": "x", "iv": "", "tag": ""});
        assert!(is_encrypted(jwe.as_object().unwrap()));
        assert!(!is_encrypted(json!({"ciphertext": "x"}).as_object().unwrap()));
    }
}
