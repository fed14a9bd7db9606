//! An SD-JWT: a JWS and the disclosures of what it says only as digests, [RFC 9901](https://www.rfc-editor.org/rfc/rfc9901).

use std::collections::BTreeMap;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::ler::container::base64url;
use crate::ler::container::compact_jws;
use crate::ler::container::error::{ContainerError, Limit};
use crate::ler::container::json;
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
    let hash = hash(payload.remove("_sd_alg").as_ref())?;
    let disclosures: Result<BTreeMap<_, _>, _> =
        disclosures.map(|disclosure| disclosed(disclosure, hash, room)).collect();
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
        if let Some(Value::Array(digests)) = object.remove("_sd") {
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
