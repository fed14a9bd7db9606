//! An SD-JWT: a JWS and the disclosures of what it says only as digests, [RFC 9901](https://www.rfc-editor.org/rfc/rfc9901).

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::ler::container::base64url;
use crate::ler::container::compact_jws;
use crate::ler::container::error::{ContainerError, Limit};
use crate::ler::container::json::{self, Tally};
use crate::record::JsonObject;

/// What one disclosure discloses.
struct Disclosed {
    /// The name of the member; `None` for an element of a list.
    name: Option<String>,
    value: Value,
}

/// The disclosures that were not used yet, by their digests.
struct Disclosures(BTreeMap<String, Disclosed>);

/// The hash functions that RFC 9901 names or that are in use beside the one it asks for.
#[derive(Clone, Copy)]
enum Hash {
    Sha256,
    Sha384,
    Sha512,
}

/// Takes the payload out of an SD-JWT and puts the disclosures in their places.
///
/// Neither the signature nor the key binding at its end is checked.
pub(super) fn payload(text: &str, room: usize) -> Result<JsonObject, ContainerError> {
    let mut parts = text.trim().split('~');
    let payload = compact_jws::payload(parts.next().unwrap_or_default(), room)?;
    // The key binding is a token of its own; a disclosure has no dot.
    let disclosures = parts.filter(|part| !part.trim().is_empty() && !part.contains('.'));
    reassemble(payload, disclosures, room)
}

/// Puts disclosures into a payload, and removes what stood for them.
pub(super) fn reassemble<'a>(
    mut payload: JsonObject,
    disclosures: impl Iterator<Item = &'a str>,
    room: usize,
) -> Result<JsonObject, ContainerError> {
    let hash = hash(payload.shift_remove("_sd_alg").as_ref())?;
    let mut tally = Tally::default();
    let disclosures: Result<BTreeMap<_, _>, _> = disclosures
        .map(|disclosure| {
            let disclosed = disclosed(disclosure, hash, room)?;
            tally.add(&disclosed.1.value)?;
            Ok(disclosed)
        })
        .collect();
    Disclosures(disclosures?).put_into(&mut payload, room)?;
    Ok(payload)
}

/// The function that `_sd_alg` names, [section 4.1.1](https://www.rfc-editor.org/rfc/rfc9901#section-4.1.1).
fn hash(named: Option<&Value>) -> Result<Hash, ContainerError> {
    match named.map(Value::as_str) {
        None | Some(Some("sha-256")) => Ok(Hash::Sha256),
        Some(Some("sha-384")) => Ok(Hash::Sha384),
        Some(Some("sha-512")) => Ok(Hash::Sha512),
        Some(_) => Err(broken("its disclosures use an unknown hash function")),
    }
}

/// Reads `[salt, name, value]` or `[salt, value]`, [section 4.2](https://www.rfc-editor.org/rfc/rfc9901#section-4.2).
fn disclosed(text: &str, hash: Hash, room: usize) -> Result<(String, Disclosed), ContainerError> {
    let text: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    let bytes = base64url::decode(&text).ok_or(broken("a disclosure is no base64url"))?;
    // The list of the disclosure itself is one level that the tree will not have.
    let parts = match json::parse(&bytes, room + 1) {
        Ok(Value::Array(parts)) => parts,
        Err(error @ ContainerError::TooLarge { .. }) => return Err(error),
        Ok(_) | Err(_) => return Err(broken("a disclosure is no JSON list")),
    };
    let mut parts = parts.into_iter();
    let disclosed = match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(_), Some(Value::String(name)), Some(value), None) => {
            Disclosed { name: Some(name), value }
        }
        (Some(_), Some(value), None, None) => Disclosed { name: None, value },
        _ => return Err(broken("a disclosure is neither a member nor an element")),
    };
    if disclosed.name.as_deref().is_some_and(|name| matches!(name, "_sd" | "...")) {
        return Err(broken("a disclosure stands for other disclosures"));
    }
    Ok((hash.digest(&text), disclosed))
}

impl Hash {
    fn digest(self, text: &str) -> String {
        match self {
            Self::Sha256 => BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(text)),
            Self::Sha384 => BASE64_URL_SAFE_NO_PAD.encode(Sha384::digest(text)),
            Self::Sha512 => BASE64_URL_SAFE_NO_PAD.encode(Sha512::digest(text)),
        }
    }
}

impl Disclosures {
    fn visit(&mut self, value: &mut Value, room: usize) -> Result<(), ContainerError> {
        match value {
            Value::Object(object) => self.put_into(object, room),
            Value::Array(list) => self.put_into_list(list, room),
            _ => Ok(()),
        }
    }

    /// Puts the disclosed members into an object; `room` is how deep the object may be.
    fn put_into(&mut self, object: &mut JsonObject, room: usize) -> Result<(), ContainerError> {
        let inside = deeper(room)?;
        // A digest that stands for nothing here is a decoy, or was left undisclosed.
        if let Some(Value::Array(digests)) = object.shift_remove("_sd") {
            for digest in digests.iter().filter_map(Value::as_str) {
                let Some(disclosed) = self.0.remove(digest) else { continue };
                // What is said openly is not said otherwise by a disclosure.
                if let Some(name) = disclosed.name {
                    object.entry(name).or_insert(disclosed.value);
                }
            }
        }
        object.values_mut().try_for_each(|member| self.visit(member, inside))
    }

    /// Puts the disclosed elements into a list, and removes those that were not disclosed.
    fn put_into_list(&mut self, list: &mut Vec<Value>, room: usize) -> Result<(), ContainerError> {
        let inside = deeper(room)?;
        let mut elements = Vec::with_capacity(list.len());
        for mut element in list.drain(..) {
            if let Some(digest) = digest_of_element(&element) {
                match self.0.remove(digest) {
                    Some(Disclosed { name: None, value }) => element = value,
                    _ => continue,
                }
            }
            self.visit(&mut element, inside)?;
            elements.push(element);
        }
        *list = elements;
        Ok(())
    }
}

/// The digest in `{"...": digest}`, [section 4.2.4.2](https://www.rfc-editor.org/rfc/rfc9901#section-4.2.4.2).
fn digest_of_element(element: &Value) -> Option<&str> {
    let object = element.as_object().filter(|object| object.len() == 1)?;
    object.get("...")?.as_str()
}

fn deeper(room: usize) -> Result<usize, ContainerError> {
    room.checked_sub(1).ok_or(ContainerError::TooLarge { limit: Limit::Nesting })
}

fn broken(reason: &'static str) -> ContainerError {
    ContainerError::BrokenToken { reason }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ler::container::mint::{encoded, token};

    /// The disclosure of a member or an element, and its digest.
    fn disclosure(parts: &Value) -> (String, String) {
        let text = encoded(parts.to_string());
        let digest = Hash::Sha256.digest(&text);
        (text, digest)
    }

    #[track_caller]
    fn check(claims: &Value, disclosures: &[&str], expected: &Value) {
        let text = format!("{}~{}~", token(claims), disclosures.join("~"));
        assert_eq!(payload(&text, 32).map(Value::from).as_ref(), Ok(expected));
    }

    #[track_caller]
    fn check_broken(claims: &Value, disclosure: &str, reason: &'static str) {
        let text = format!("{}~{disclosure}~", token(claims));
        assert_eq!(payload(&text, 32), Err(ContainerError::BrokenToken { reason }));
    }

    #[test]
    fn the_examples_of_the_standard_are_read() {
        // RFC 9901, sections 4.2.3 and 4.2.4.2.
        let member = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
        let element = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0";
        let claims = json!({
            "_sd_alg": "sha-256",
            "_sd": ["X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0", "decoy"],
            "nationalities": ["DE", {"...": "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"}, {"...": "decoy"}, "US"],
        });
        let disclosed = json!({"nationalities": ["DE", "FR", "US"], "family_name": "Möbius"});
        check(&claims, &[member, element], &disclosed);
        check(&claims, &[element, member], &disclosed);
        check(&claims, &[], &json!({"nationalities": ["DE", "US"]}));
        check(&claims, &[element], &json!({"nationalities": ["DE", "FR", "US"]}));
    }

    #[test]
    fn disclosures_are_found_inside_disclosures() {
        let (code, code_digest) = disclosure(&json!(["s", "targetCode", "A.1"]));
        let (alignment, alignment_digest) = disclosure(&json!(["s", {"_sd": [code_digest]}]));
        let (list, list_digest) =
            disclosure(&json!(["s", "alignment", [{"...": alignment_digest}]]));
        let claims = json!({"credentialSubject": {"achievement": {"_sd": [list_digest]}}});
        let expected =
            json!({"credentialSubject": {"achievement": {"alignment": [{"targetCode": "A.1"}]}}});
        check(&claims, &[&code, &list, &alignment], &expected);
        let hidden = json!({"credentialSubject": {"achievement": {"alignment": []}}});
        check(&claims, &[&code, &list], &hidden);
    }

    #[test]
    fn a_disclosure_is_used_once_and_in_its_own_kind_of_place() {
        let (member, member_digest) = disclosure(&json!(["s", "a", 1]));
        let (element, element_digest) = disclosure(&json!(["s", 2]));
        let twice = json!({"x": {"_sd": [member_digest]}, "y": {"_sd": [member_digest]}});
        check(&twice, &[&member], &json!({"x": {"a": 1}, "y": {}}));
        let swapped = json!({"_sd": [element_digest], "x": [{"...": member_digest}]});
        check(&swapped, &[&member, &element], &json!({"x": []}));
        let open = json!({"a": 0, "_sd": [member_digest, 7]});
        check(&open, &[&member], &json!({"a": 0}));
        let odd = json!({"_sd": "a", "x": [{"...": 1}, {"...": "a", "b": 1}]});
        check(&odd, &[], &json!({"x": [{"...": 1}, {"...": "a", "b": 1}]}));
    }

    #[test]
    fn the_key_binding_and_line_breaks_are_no_obstacle() {
        let (member, digest) = disclosure(&json!(["s", "a", 1]));
        let token = token(&json!({"_sd": [digest]}));
        let (start, end) = member.split_at(4);
        for text in [
            format!("{token}~{member}~"),
            format!("{token}~{member}"),
            format!("{token}~{member}~{token}"),
            format!(" {token}~{start}\n{end}~\n"),
        ] {
            assert_eq!(payload(&text, 32).map(Value::from), Ok(json!({"a": 1})), "{text}");
        }
    }

    #[test]
    fn other_hash_functions_are_known_or_refused() {
        let member = encoded(r#"["s", "a", 1]"#);
        for (name, hash) in [("sha-384", Hash::Sha384), ("sha-512", Hash::Sha512)] {
            let claims = json!({"_sd_alg": name, "_sd": [hash.digest(&member)]});
            check(&claims, &[&member], &json!({"a": 1}));
        }
        for name in [json!("md5"), json!(1), json!(null)] {
            let reason = "its disclosures use an unknown hash function";
            check_broken(&json!({"_sd_alg": name}), &member, reason);
        }
    }

    #[test]
    fn a_broken_disclosure_is_refused() {
        for (disclosure, reason) in [
            ("!", "a disclosure is no base64url"),
            (&encoded("{}"), "a disclosure is no JSON list"),
            (&encoded("[1"), "a disclosure is no JSON list"),
            (&encoded("[1]"), "a disclosure is neither a member nor an element"),
            (&encoded("[1,2,3]"), "a disclosure is neither a member nor an element"),
            (&encoded("[1,\"a\",3,4]"), "a disclosure is neither a member nor an element"),
            (&encoded("[1,\"_sd\",[]]"), "a disclosure stands for other disclosures"),
            (&encoded("[1,\"...\",\"\"]"), "a disclosure stands for other disclosures"),
        ] {
            check_broken(&json!({}), disclosure, reason);
        }
    }

    #[test]
    fn a_chain_of_disclosures_is_no_deeper_than_any_other_tree() {
        let mut texts = Vec::new();
        let mut inner = json!({});
        for _ in 0..31 {
            let (text, digest) = disclosure(&json!(["s", "a", inner]));
            texts.push(text);
            inner = json!({"_sd": [digest]});
        }
        let text = format!("{}~{}~", token(&inner), texts.join("~"));
        assert!(payload(&text, 32).is_ok());
        assert_eq!(payload(&text, 31), Err(ContainerError::TooLarge { limit: Limit::Nesting }));
    }
}
