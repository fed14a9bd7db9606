//! The credentials inside others: every string that is one is replaced by what it holds.
//!
//! A presentation lists tokens, a learner record has whole documents in its payload, an enveloped credential is a `data:`
//! URL. What cannot be opened stays a string, and is counted by whoever reads on. Nothing is unfolded where people speak
//! about the learner: proofs, evidence, endorsements, pictures.
//!
//! Each step replaces a text by something shorter, so the tree can never be longer than the document was; and all its values are
//! counted.

use serde_json::Value;

use crate::ler::container::error::{ContainerError, Limit};
use crate::ler::container::json::{self, DEEPEST_NESTING, Tally};
use crate::ler::container::token::text_format;
use crate::ler::container::{compact_jws, data_url, json_jws, sd_jwt};
use crate::ler::format::UnreadFormat;
use crate::record::JsonObject;

/// How many credentials may be signed inside each other.
const MOST_LAYERS: usize = 8;

/// The members whose strings are credentials.
const CREDENTIALS: &[&str] = &[
    "assertion",
    "assertions",
    "compactJwsString",
    "compactJwsStrings",
    "credential",
    "credentials",
    "otherW3CVerifiableCredential",
    "signedAssertion",
    "signedAssertions",
    "vc",
    "verifiableCredential",
    "verifications",
    "vp",
];

/// The members that are never looked into.
const SKIPPED: &[&str] =
    &["@context", "attachments", "displayParameter", "evidence", "image", "proof", "signatures"];

/// What a value is to the object that holds it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Anything.
    Plain,
    /// A credential, or a list of them.
    Credential,
    /// A `learnerRecord` of a T3 wrapper.
    Record,
    /// The `payload` of one.
    Payload,
    /// The `data` of the payload: the document itself, or its text.
    Data,
}

/// How far inside the tree, and inside how many tokens, a value stands.
#[derive(Clone, Copy)]
struct Depth {
    levels: usize,
    layers: usize,
}

impl Depth {
    fn member(self) -> Self {
        Self { levels: self.levels + 1, ..self }
    }

    /// Inside what was just opened.
    fn opened(self) -> Result<Self, ContainerError> {
        if self.layers >= MOST_LAYERS {
            return Err(ContainerError::TooLarge { limit: Limit::Layers });
        }
        Ok(Self { layers: self.layers + 1, ..self })
    }

    /// How deep a value that is put here may be nested.
    fn room(self) -> usize {
        DEEPEST_NESTING.saturating_sub(self.levels)
    }
}

/// Unfolds a tree. The members of a list at its root are credentials.
pub(super) fn unfold(tree: &mut Value) -> Result<(), ContainerError> {
    let mut tally = Tally::default();
    tally.add(tree)?;
    visit(tree, Role::Credential, Depth { levels: 0, layers: 0 }, &mut tally)
}

/// Takes the content out of a token; `None` if a text is no token.
pub(super) fn token(text: &str, room: usize) -> Result<Option<JsonObject>, ContainerError> {
    match text_format(text) {
        Some(UnreadFormat::CompactJws) => compact_jws::payload(text, room).map(Some),
        Some(UnreadFormat::SdJwt) => sd_jwt::payload(text, room).map(Some),
        _ => Ok(None),
    }
}

fn visit(
    value: &mut Value,
    role: Role,
    depth: Depth,
    tally: &mut Tally,
) -> Result<(), ContainerError> {
    match value {
        Value::String(text) => {
            if let Some(opened) = opened(text, role, depth.room())? {
                *value = opened;
                tally.add(value)?;
                visit(value, Role::Plain, depth.opened()?, tally)?;
            }
            Ok(())
        }
        Value::Array(list) => {
            list.iter_mut().try_for_each(|member| visit(member, role, depth.member(), tally))
        }
        Value::Object(object) => visit_object(object, role, depth, tally),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn visit_object(
    object: &mut JsonObject,
    role: Role,
    depth: Depth,
    tally: &mut Tally,
) -> Result<(), ContainerError> {
    let unfolded = unfold_object(object, depth.member().room())?;
    for (key, member) in object.iter_mut().filter(|(key, _)| !is_skipped(key)) {
        let depth = depth.member();
        if unfolded == Some(key) {
            tally.add(member)?;
            visit(member, Role::Plain, depth.opened()?, tally)?;
        } else {
            visit(member, role.of_member(key), depth, tally)?;
        }
    }
    Ok(())
}

/// Unfolds an object that is as a whole an envelope; the name of the member that was opened.
fn unfold_object(
    object: &mut JsonObject,
    room: usize,
) -> Result<Option<&'static str>, ContainerError> {
    let opened = if is_enveloped(object) {
        let url = object.get("id").and_then(Value::as_str);
        let content = url.and_then(data_url::text).map(|text| document(&text, room));
        content.transpose()?.flatten().map(|content| ("id", content))
    } else if json_jws::is_one(object) {
        lenient(json_jws::payload(object, room).map(Some))?.map(|payload| ("payload", payload))
    } else {
        None
    };
    Ok(opened.map(|(key, content)| {
        object.insert(key.to_owned(), content);
        key
    }))
}

fn is_enveloped(object: &JsonObject) -> bool {
    let is_name = |name: &Value| {
        let name = name.as_str().unwrap_or_default();
        ["EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"]
            .iter()
            .any(|known| name == *known || name.strip_suffix(known).is_some_and(ends_a_namespace))
    };
    match object.get("type").or_else(|| object.get("@type")) {
        Some(Value::Array(names)) => names.iter().any(is_name),
        Some(name) => is_name(name),
        None => false,
    }
}

/// Whether what stands before the name of a class is a namespace.
fn ends_a_namespace(before: &str) -> bool {
    before.ends_with(['#', '/', ':'])
}

impl Role {
    fn of_member(self, key: &str) -> Self {
        match (self, key) {
            (Self::Record, "payload") => Self::Payload,
            (Self::Payload, "data") => Self::Data,
            (_, "learnerRecord") => Self::Record,
            _ if CREDENTIALS.contains(&key) => Self::Credential,
            _ => Self::Plain,
        }
    }
}

fn is_skipped(key: &str) -> bool {
    SKIPPED.contains(&key) || key.to_ascii_lowercase().contains("endorsement")
}

/// What a string at a place holds, if it can be opened.
fn opened(text: &str, role: Role, room: usize) -> Result<Option<Value>, ContainerError> {
    match role {
        Role::Credential => lenient(token(text, room)),
        Role::Data => document(text, room),
        Role::Plain | Role::Record | Role::Payload => Ok(None),
    }
}

/// What a text holds that may be a token or JSON.
fn document(text: &str, room: usize) -> Result<Option<Value>, ContainerError> {
    if text_format(text).is_some() {
        return lenient(token(text, room));
    }
    if !text.trim_start().starts_with(['{', '[']) {
        return Ok(None);
    }
    match json::parse(text.as_bytes(), room) {
        Ok(value) => Ok(Some(value)),
        Err(ContainerError::NotJson { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// A token that is broken stays what it is; one that passes a limit is refused.
fn lenient(
    opened: Result<Option<JsonObject>, ContainerError>,
) -> Result<Option<Value>, ContainerError> {
    match opened {
        Ok(payload) => Ok(payload.map(Value::Object)),
        Err(error @ ContainerError::TooLarge { .. }) => Err(error),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ler::container::mint::{credential, encoded, token};

    /// Unfolds `document` and checks what then stands at a pointer.
    #[track_caller]
    fn check(document: &Value, pointer: &str, expected: &Value) {
        let mut tree = document.clone();
        unfold(&mut tree).unwrap();
        assert_eq!(tree.pointer(pointer), Some(expected), "{tree}");
    }

    #[track_caller]
    fn check_left(document: &Value) {
        check(document, "", document);
    }

    #[test]
    fn a_token_is_opened_where_a_credential_belongs() {
        let (credential, token) = (credential(), token(&credential()));
        for key in CREDENTIALS {
            check(&json!({*key: token}), &format!("/{key}"), &credential);
            check(&json!({*key: [1, token]}), &format!("/{key}/1"), &credential);
            check(
                &json!({"a": [{*key: {*key: token}}]}),
                &format!("/a/0/{key}/{key}"),
                &credential,
            );
        }
        check(&json!([token, [token]]), "/0", &credential);
        check(&json!([token, [token]]), "/1/0", &credential);
        let selective = format!("{token}~");
        check(&json!({"verifiableCredential": selective}), "/verifiableCredential", &credential);
    }

    #[test]
    fn a_token_inside_a_token_is_opened() {
        let inner = token(&json!({"vc": credential()}));
        let clr = token(&json!({"vc": {"credentialSubject": {"verifiableCredential": [inner]}}}));
        let pointer = "/verifiableCredential/0/vc/credentialSubject/verifiableCredential/0/vc";
        check(&json!({"verifiableCredential": [clr]}), pointer, &credential());
    }

    #[test]
    fn an_envelope_is_opened() {
        let token = token(&credential());
        let text = credential().to_string();
        for url in [
            format!("data:application/vc+jwt,{token}"),
            format!("data:application/vc+sd-jwt,{token}~"),
            format!("data:application/vc+sd-jwt,{token}%7E"),
            format!("data:application/vc+ld+json;base64,{}", encoded(&text)),
            format!("data:application/vc+ld+json,{}", text.replace('"', "%22")),
        ] {
            let envelope = json!({"type": "EnvelopedVerifiableCredential", "id": url});
            check(&envelope, "/id", &credential());
            check(
                &json!({"verifiableCredential": [envelope]}),
                "/verifiableCredential/0/id",
                &credential(),
            );
            let typed = json!({"type": ["https://www.w3.org/2018/credentials#EnvelopedVerifiableCredential"], "id": url});
            check(&typed, "/id", &credential());
            check_left(&json!({"type": "NotEnvelopedVerifiableCredential", "id": url}));
        }
        let presentation = encoded(json!({"verifiableCredential": token}).to_string());
        let presentation = json!({"type": "EnvelopedVerifiablePresentation", "id": format!("data:application/vp;base64,{presentation}")});
        check(&presentation, "/id/verifiableCredential", &credential());
    }

    #[test]
    fn a_signed_payload_is_opened() {
        let signed = json!({"payload": credential().to_string(), "signatures": []});
        check(&json!({"credential": signed}), "/credential/payload", &credential());
        check(&json!({"a": {"b": [signed]}}), "/a/b/0/payload", &credential());
    }

    #[test]
    fn the_data_of_a_learner_record_are_opened() {
        let record = |data: &str| json!({"learnerRecord": [{"payload": {"data": data}}]});
        let pointer = "/learnerRecord/0/payload/data";
        check(&record(&credential().to_string()), pointer, &credential());
        check(&record(&format!(" [{}]", credential())), pointer, &json!([credential()]));
        check(&record(&token(&credential())), pointer, &credential());
        check_left(&record("JVBERi0xLjcK"));
        check_left(&record("{PDF"));
        check_left(&json!({"payload": {"data": credential().to_string()}}));
    }

    #[test]
    fn what_cannot_be_opened_stays_what_it_is() {
        for text in [
            "a.b.c",
            "header.payload.signature",
            "eyJhIjoxfQ.!.",
            "eyJhIjoxfQ.W10.",
            "eyJhIjoxfQ.a.b.c.d",
            "eyJhIjoxfQ.e30.~!~",
            "https://issuer.example/1",
            "{}",
            "",
        ] {
            check_left(&json!({"verifiableCredential": [text]}));
            check_left(&json!({"type": "EnvelopedVerifiableCredential", "id": text}));
            check_left(&json!({"learnerRecord": {"payload": {"data": text.replace("{}", "{")}}}));
        }
        check_left(&json!({"payload": "canary", "signatures": []}));
        check_left(&json!({"type": "EnvelopedVerifiableCredential", "id": {"a": 1}}));
    }

    #[test]
    fn nothing_is_opened_where_others_speak() {
        let token = token(&credential());
        for key in [
            "@context",
            "attachments",
            "displayParameter",
            "endorsement",
            "endorsementJwt",
            "endorsements",
            "evidence",
            "image",
            "proof",
            "signedEndorsements",
        ] {
            check_left(&json!({key: {"verifiableCredential": token}}));
            check_left(&json!([{key: [token]}]));
        }
        check_left(&json!({"name": token, "id": token}));
    }

    #[test]
    fn the_limits_hold_through_everything_that_is_opened() {
        let nested = |layers: usize| {
            let inner =
                (1..layers).fold(token(&json!({})), |inner, _| token(&json!({"vc": inner})));
            unfold(&mut json!([inner]))
        };
        assert_eq!(nested(MOST_LAYERS), Ok(()));
        assert_eq!(nested(MOST_LAYERS + 1), Err(ContainerError::TooLarge { limit: Limit::Layers }));
        let deep = |levels: usize| {
            let list = (0..levels).fold(json!(1), |inner, _| json!([inner]));
            unfold(&mut json!([{"vc": token(&json!({"a": list}))}]))
        };
        assert_eq!(deep(DEEPEST_NESTING - 3), Ok(()));
        let too_deep = Err(ContainerError::TooLarge { limit: Limit::Nesting });
        assert_eq!(deep(DEEPEST_NESTING - 2), too_deep);
        let text = format!("{{\"a\": {}1{}}}", "[".repeat(40), "]".repeat(40));
        for envelope in [
            json!({"payload": text, "signatures": []}),
            json!({"learnerRecord": {"payload": {"data": text}}}),
            json!({"type": "EnvelopedVerifiableCredential", "id": format!("data:,{text}")}),
        ] {
            assert_eq!(unfold(&mut envelope.clone()), too_deep);
        }
    }
}
