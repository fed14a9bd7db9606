//! Contact values in the bytes of a document: found in one pass, blanked in a second.
//!
//! A body is kept as it was fetched, and what may reach a person in it leaves neither by graph nor by text nor by export. Where a whole
//! body is given away, [`Blanker`] writes `null` for each such value and leaves every other byte alone, so that the document says
//! to a reader what it said before. What such a value is, the tables of CTDL say for all documents alike.

use serde_json::Value;

use crate::ctdl::is_withheld;
use crate::people::token::Token;
use crate::people::walk::{Known, Part, Walk};

/// The longest text that is compared with the name of a class or a property.
const MAX_TEXT: usize = 4 << 10;

/// Where the contact values of one document stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contacts {
    known: Known,
    /// Whether there are any.
    is_any: bool,
    /// Whether the signed text of an envelope has some.
    in_token: bool,
}

impl Contacts {
    /// Whether there are any.
    pub fn is_any(&self) -> bool {
        self.is_any || self.in_token
    }
}

/// Looks through a document that arrives in pieces for contact values.
///
/// ```
/// use ontology::people::{Blanker, ContactFinder};
///
/// let text = br#"{"@type": "ceterms:QACredentialOrganization", "ceterms:email": ["ada@people.example"]}"#;
/// let mut finder = ContactFinder::default();
/// finder.push(text);
/// let mut blanker = Blanker::new(finder.finish());
/// let mut blanked = Vec::new();
/// blanker.push(text, &mut blanked);
/// assert_eq!(blanked, br#"{"@type": "ceterms:QACredentialOrganization", "ceterms:email": [null]}"#);
/// assert_eq!(blanker.n_blanked(), 1);
/// ```
#[derive(Debug, Default)]
pub struct ContactFinder {
    walk: Walk,
    found: Contacts,
    reading: Option<Reading>,
}

/// A text that says more than itself.
#[derive(Debug)]
enum Reading {
    /// The class of the node that begins there.
    Class { node: u64, text: Vec<u8> },
    /// What a term of the document's own context means.
    Term { name: String, text: Vec<u8> },
    /// What an envelope has signed.
    Token(Token),
}

impl ContactFinder {
    /// Reads the next piece of the document.
    pub fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match self.walk.step(byte) {
                Part::Structure => self.end(),
                Part::First => {
                    self.end();
                    self.begin(byte);
                }
                Part::Rest => {
                    if let Some(reading) = &mut self.reading {
                        reading.push(byte);
                    }
                }
            }
        }
    }

    /// Ends the document and says what was found.
    #[must_use]
    pub fn finish(mut self) -> Contacts {
        self.end();
        self.found
    }

    fn begin(&mut self, byte: u8) {
        self.found.is_any |= byte != b'n' && self.walk.is_withheld();
        if byte == b'"' {
            self.reading = self.reading();
        }
    }

    /// What the text that begins here says besides.
    fn reading(&self) -> Option<Reading> {
        let (levels, key) = (self.walk.levels(), self.walk.key());
        let here = levels.last()?;
        if here.is_context() {
            return term(&self.walk).map(|name| Reading::Term { name, text: vec![b'"'] });
        }
        if key == "@type" {
            let node = levels.iter().rev().find(|level| level.is_object())?.start();
            return Some(Reading::Class { node, text: vec![b'"'] });
        }
        let is_token = key == "resource" && levels.len() == 1;
        is_token.then(|| Reading::Token(Token::default()))
    }

    fn end(&mut self) {
        match self.reading.take() {
            Some(Reading::Class { node, text }) => self.end_class(node, &text),
            Some(Reading::Term { name, text }) => self.end_term(name, &text),
            Some(Reading::Token(token)) => self.found.in_token |= token.tells(),
            None => {}
        }
    }

    fn end_class(&mut self, node: u64, text: &[u8]) {
        if self.found.known.is_withheld_class(&decoded(text)) {
            self.found.known.nodes.insert(node);
            self.found.is_any = true;
        }
    }

    fn end_term(&mut self, name: String, text: &[u8]) {
        let meaning = decoded(text);
        if self.found.known.is_withheld_class(&meaning) || is_withheld(&meaning) {
            self.found.known.terms.insert(name);
            self.found.is_any = true;
        }
    }
}

/// The term that a text in a context defines: its key, or where it stands under `@id` the key of the object around it.
fn term(walk: &Walk) -> Option<String> {
    let (levels, key) = (walk.levels(), walk.key());
    if key != "@id" {
        return (!key.starts_with('@')).then(|| key.to_owned());
    }
    let outer = levels.len().checked_sub(2).and_then(|at| levels.get(at))?;
    Some(outer.key()).filter(|name| !name.is_empty() && !name.starts_with('@')).map(str::to_owned)
}

fn decoded(text: &[u8]) -> String {
    serde_json::from_slice(text).unwrap_or_default()
}

impl Reading {
    fn push(&mut self, byte: u8) {
        match self {
            Self::Class { text, .. } | Self::Term { text, .. } => {
                if text.len() < MAX_TEXT {
                    text.push(byte);
                }
            }
            Self::Token(token) => token.push(byte),
        }
    }
}

/// Writes a document again, in pieces, with `null` for every contact value.
#[derive(Debug)]
pub struct Blanker {
    walk: Walk,
    blanks_token: bool,
    is_blanking: bool,
    n_blanked: u64,
}

impl Blanker {
    /// Begins a document whose contact values were found.
    pub fn new(contacts: Contacts) -> Self {
        Self {
            walk: Walk::knowing(contacts.known),
            blanks_token: contacts.in_token,
            is_blanking: false,
            n_blanked: 0,
        }
    }

    /// Writes the next piece of the document.
    pub fn push(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            match self.walk.step(byte) {
                Part::Structure => self.is_blanking = false,
                Part::First => {
                    // What begins with it is null already.
                    self.is_blanking = byte != b'n' && (self.walk.is_withheld() || self.is_token());
                    if self.is_blanking {
                        self.n_blanked += 1;
                        out.extend_from_slice(b"null");
                    }
                }
                Part::Rest => {}
            }
            if !self.is_blanking {
                out.push(byte);
            }
        }
    }

    /// How many values were blanked so far.
    pub fn n_blanked(&self) -> u64 {
        self.n_blanked
    }

    fn is_token(&self) -> bool {
        self.blanks_token && self.walk.levels().len() == 1 && self.walk.key() == "resource"
    }
}

/// A part of a document with `null` for every contact value in it.
pub(crate) fn without_contacts(value: Value) -> Value {
    let text = value.to_string();
    let mut finder = ContactFinder::default();
    finder.push(text.as_bytes());
    let contacts = finder.finish();
    if !contacts.is_any() {
        return value;
    }
    let mut blanked = Vec::new();
    Blanker::new(contacts).push(text.as_bytes(), &mut blanked);
    // What was read once is read again; what is not is better lost than told.
    serde_json::from_slice(&blanked).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::{Blanker, ContactFinder, without_contacts};

    fn blanked(text: &[u8], piece: usize) -> (Vec<u8>, u64) {
        let mut finder = ContactFinder::default();
        text.chunks(piece).for_each(|bytes| finder.push(bytes));
        let contacts = finder.finish();
        let is_any = contacts.is_any();
        let mut blanker = Blanker::new(contacts);
        let mut out = Vec::new();
        text.chunks(piece).for_each(|bytes| blanker.push(bytes, &mut out));
        assert!(is_any || blanker.n_blanked() == 0, "{}", String::from_utf8_lossy(text));
        (out, blanker.n_blanked())
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        for piece in [1, 3, 1_000] {
            let (out, _) = blanked(text.as_bytes(), piece);
            assert_eq!(String::from_utf8(out).unwrap(), expected);
        }
    }

    #[test]
    fn values_of_contact_properties_are_blanked_and_nothing_else_is() {
        check(r#"{"a": 1, "b": ["email", "x"]}"#, r#"{"a": 1, "b": ["email", "x"]}"#);
        check(
            r#"{"ceterms:email": "ada@x", "n": "ada"}"#,
            r#"{"ceterms:email": null, "n": "ada"}"#,
        );
        check(
            r#"{ "email" : [ "a" , "b" ] , "c" : 1 }"#,
            r#"{ "email" : [ null , null ] , "c" : 1 }"#,
        );
        check(
            r#"{"https://schema.org/telephone": 555, "t": 5}"#,
            r#"{"https://schema.org/telephone": null, "t": 5}"#,
        );
        check(r#"{"\u0065mail": "a", "email": null}"#, r#"{"\u0065mail": null, "email": null}"#);
        check(
            r#"{"x": [{"faxNumber": {"en": "a\"}"}}, "b"]}"#,
            r#"{"x": [{"faxNumber": {"en": null}}, "b"]}"#,
        );
    }

    #[test]
    fn nodes_that_reach_a_person_keep_their_class_and_no_value() {
        check(
            r#"{"@graph": [{"ceterms:name": "Ada", "@type": "ceterms:ContactPoint", "k": {"l": 1}}, {"ceterms:name": "Guild"}]}"#,
            r#"{"@graph": [{"ceterms:name": null, "@type": "ceterms:ContactPoint", "k": {"l": null}}, {"ceterms:name": "Guild"}]}"#,
        );
        check(
            r#"{"p": {"@type": ["x:Y", "https://schema.org/Person"], "n": "Ada"}, "q": 1}"#,
            r#"{"p": {"@type": ["x:Y", "https://schema.org/Person"], "n": null}, "q": 1}"#,
        );
        check(
            r#"{"ceterms:targetContactPoint": [{"@type": "ceterms:ContactPoint", "ceterms:contactType": {"en": "Ada"}}]}"#,
            r#"{"ceterms:targetContactPoint": [{"@type": "ceterms:ContactPoint", "ceterms:contactType": {"en": null}}]}"#,
        );
    }

    #[test]
    fn words_of_the_document_s_own_mean_what_its_context_says() {
        check(
            r#"{"post": "a", "@context": [{"post": "schema:email", "Post": {"@id": "ceterms:ContactPoint"}, "email": "schema:email"}], "x": {"@type": "Post", "n": 1}}"#,
            r#"{"post": null, "@context": [{"post": "schema:email", "Post": {"@id": "ceterms:ContactPoint"}, "email": "schema:email"}], "x": {"@type": "Post", "n": null}}"#,
        );
    }

    #[test]
    fn a_token_goes_where_what_it_signs_has_contact_values() {
        let token =
            |payload: &str| format!("eyJhbGciOiJub25lIn0.{}.c2ln", URL_SAFE_NO_PAD.encode(payload));
        let envelope =
            |token: &str| format!(r#"{{"resource": {token}, "decoded_resource": {{}}}}"#);
        let quoted = |token: &str| format!("\"{token}\"");
        let telling = token(r#"{"ceterms:email": "ada@people.example"}"#);
        check(&envelope(&quoted(&telling)), &envelope("null"));
        let silent = envelope(&quoted(&token(r#"{"ceterms:name": "Guild"}"#)));
        check(&silent, &silent);
        let long = "x".repeat(20_000);
        let long = token(&format!(r#"{{"a": "{long}", "ceterms:telephone": 1}}"#));
        check(&envelope(&quoted(&long)), &envelope("null"));
        let prose = envelope(r#""an encoded version of a document. Or so.""#);
        check(&prose, &prose);
        let odd = quoted(&telling).replace("ey", "\\u0065y");
        check(&envelope(&odd), &envelope("null"));
    }

    #[test]
    fn a_part_of_a_document_is_kept_without_its_contact_values() {
        let part = json!({"lead": {"email": "ada@x", "team": "Knots"}, "weight": 0.1});
        let kept = json!({"lead": {"email": null, "team": "Knots"}, "weight": 0.1});
        assert_eq!(without_contacts(part), kept);
        assert_eq!(without_contacts(kept.clone()), kept);
        assert_eq!(without_contacts(json!("email")), json!("email"));
    }

    /// JSON with some of the words that count.
    fn json() -> impl Strategy<Value = Value> {
        let word = || {
            prop::sample::select(vec!["email", "@type", "ceterms:ContactPoint", "name", "resource"])
        };
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-z\\\\\"\n{:,]{0,8}".prop_map(Value::from),
            word().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 60, 5, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::vec((word(), inner), 0..5).prop_map(|members| {
                    members.into_iter().map(|(k, v)| (k.to_owned(), v)).collect::<Value>()
                }),
            ]
        })
    }

    fn is_class(value: &Value) -> bool {
        value == "ceterms:ContactPoint"
            || value.as_array().is_some_and(|all| all.iter().any(is_class))
    }

    /// The same with every contact value blanked, in a tree.
    fn expected(value: &Value, is_withheld: bool) -> Value {
        match value {
            Value::Array(values) => values.iter().map(|v| expected(v, is_withheld)).collect(),
            Value::Object(members) => {
                let is_person = members.get("@type").is_some_and(is_class);
                let inside = |name: &str| {
                    is_withheld || is_person || ["email", "ceterms:ContactPoint"].contains(&name)
                };
                let blank = |(name, value): (&String, &Value)| {
                    (name.clone(), expected(value, inside(name)))
                };
                Value::Object(members.iter().map(blank).collect())
            }
            _ if is_withheld => Value::Null,
            other => other.clone(),
        }
    }

    proptest! {
        #[test]
        fn any_json_is_blanked_as_a_tree_of_it_would_be(value in json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) };
            let (out, _) = blanked(&text.unwrap(), 7);
            let found: Value = serde_json::from_slice(&out).unwrap();
            prop_assert_eq!(without_types(found), without_types(expected(&value, false)));
            prop_assert_eq!(blanked(&out, 64), (out.clone(), 0));
        }

        #[test]
        fn arbitrary_bytes_never_panic(text in prop::collection::vec(any::<u8>(), 0..300)) {
            drop(blanked(&text, 5));
        }
    }

    /// The walk leaves types alone wherever they stand; the tree does not.
    fn without_types(mut value: Value) -> Value {
        match &mut value {
            Value::Array(values) => values.iter_mut().for_each(|v| *v = without_types(v.take())),
            Value::Object(members) => {
                members.remove("@type");
                members.values_mut().for_each(|v| *v = without_types(v.take()));
            }
            _ => {}
        }
        value
    }
}
