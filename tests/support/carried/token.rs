//! Tokens: compact JWS, JWS in JSON, SD-JWT. The signature is a word.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::carried::MARK;

/// A [compact JWS](https://www.rfc-editor.org/rfc/rfc7515#section-7.1).
pub(crate) fn jws(payload: &Value) -> String {
    typed("JWT", payload)
}

/// A flattened JWS in JSON.
pub(crate) fn flattened(payload: &Value) -> Value {
    json!({
        "payload": URL_SAFE.encode(payload.to_string()),
        "protected": URL_SAFE.encode(r#"{"alg":"ES256"}"#),
        "signature": URL_SAFE.encode(MARK),
    })
}

/// An [SD-JWT](https://www.rfc-editor.org/rfc/rfc9901) in which the alignments are disclosed: their list as a member, and
/// each of them as an element; two decoys and a disclosure of the learner's name go with it, and a token that binds a key.
pub(crate) fn sd_jwt(badge: &Value) -> String {
    let mut badge = badge.clone();
    let mut disclosures = Vec::new();
    let mut disclose = |parts: Value| {
        let disclosure = URL_SAFE.encode(parts.to_string());
        let digest = digest(&disclosure);
        disclosures.push(disclosure);
        digest
    };
    let achievement = &mut badge["credentialSubject"]["achievement"];
    if let Some(Value::Array(alignments)) = achievement.as_object_mut().unwrap().remove("alignment")
    {
        let elements = alignments.iter().enumerate().map(|(number, alignment)| json!({ "...": disclose(json!([number.to_string(), alignment])) }));
        let elements: Vec<Value> = elements.collect();
        let list = disclose(json!(["salt", "alignment", elements]));
        achievement["_sd"] = json!([digest("decoy"), list]);
    }
    let name = disclose(json!(["salt", "givenName", MARK]));
    badge["credentialSubject"]["_sd"] = json!([name, digest("another decoy")]);
    badge["_sd_alg"] = "sha-256".into();
    badge["vct"] = "https://issuer.example/badge".into();
    let binding = typed("kb+jwt", &json!({ "nonce": MARK, "sd_hash": "x" }));
    format!("{}~{}~{binding}", typed("dc+sd-jwt", &badge), disclosures.join("~"))
}

/// The digest of a disclosure.
pub(crate) fn digest(disclosure: &str) -> String {
    URL_SAFE.encode(Sha256::digest(disclosure))
}

/// A token of a type.
pub(crate) fn typed(kind: &str, payload: &Value) -> String {
    let header = json!({ "alg": "ES256", "typ": kind, "kid": "https://issuer.example#1" });
    let part = |value: &Value| URL_SAFE.encode(value.to_string());
    format!("{}.{}.{}", part(&header), part(payload), URL_SAFE.encode(format!("{MARK} signature")))
}
