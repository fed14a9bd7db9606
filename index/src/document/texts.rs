//! The texts of a card that are searched: each plain, with its field and its language.
//!
//! What is indexed, highlighted and explained is this list; the card keeps what its publisher wrote.

use std::collections::BTreeSet;

use ontology::{LanguageMap, Node, Object, Resource, local_name, plain};

use crate::card::Card;
use crate::digest::Digest;
use crate::language::{Language, fold_label};

/// The most characters of one text that are indexed; the card holds all of it.
const INDEXED_CHARS: usize = 20_000;

/// A text that is searched.
#[expect(clippy::struct_field_names, reason = "a text has a text")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Text {
    /// The name of its field in the index.
    pub field: &'static str,
    /// The text, plain.
    pub text: String,
    /// Its language: its own, else that of the card.
    pub language: Language,
}

/// The properties of CTDL that hold other names.
const NAMES: &[&str] = &[
    "ceterms:name",
    "ceasn:name",
    "ceasn:competencyLabel",
    "skos:prefLabel",
    "ceterms:alternateName",
    "schema:alternateName",
    "ceasn:alternateName",
    "skos:altLabel",
    "skos:hiddenLabel",
];

/// The properties of CTDL that explain a resource.
const DEFINITIONS: &[&str] = &[
    "ceterms:description",
    "ceasn:description",
    "skos:definition",
    "skos:scopeNote",
    "skos:note",
    "skos:example",
    "ceasn:comment",
    "ceterms:targetNodeDescription",
];

/// The properties of CTDL that hold words to find a resource by.
const KEYWORDS: &[&str] = &[
    "ceterms:keyword",
    "ceasn:conceptKeyword",
    "ceasn:conceptTerm",
    "ceterms:subject",
    "ceasn:localSubject",
    "ceterms:occupationType",
    "ceterms:industryType",
    "ceterms:instructionalProgramType",
    "ceasn:competencyCategory",
];

/// The hash by which a whole label is found, however it is written.
pub(crate) fn label_key(label: &str) -> u64 {
    let digest = Digest::of(fold_label(label).as_bytes());
    digest.as_bytes().iter().take(8).fold(0, |key, byte| (key << 8) | u64::from(*byte))
}

/// Gives the texts of a card in the order of the fields. What a name says already is not said again, and so on down the fields;
/// only the title of a framework stands beside an equal name.
pub(crate) fn texts_of(card: &Card) -> Vec<Text> {
    let resource = &card.resource;
    let mut texts = Texts { held: Vec::new(), seen: BTreeSet::new(), own: own_language(resource) };
    texts.maps("name", &[resource.name()]);
    names(&mut texts, card);
    if let Some(statement) = statement(resource) {
        texts.maps("statement", &[statement]);
    }
    definitions(&mut texts, card);
    keywords(&mut texts, card);
    about(&mut texts, card);
    texts.held
}

/// Collects the texts of a card.
struct Texts {
    held: Vec<Text>,
    seen: BTreeSet<String>,
    /// The language of what says no other.
    own: Language,
}

impl Texts {
    fn maps(&mut self, field: &'static str, maps: &[&LanguageMap]) {
        for (tag, text) in maps.iter().flat_map(|map| map.iter()) {
            self.add(field, tag, text);
        }
    }

    fn strings<'a>(&mut self, field: &'static str, texts: impl IntoIterator<Item = &'a String>) {
        for text in texts {
            self.add(field, None, text);
        }
    }

    /// Adds what a node says by some properties, in words: literals, and the names of nodes inside.
    fn node(&mut self, field: &'static str, node: &Node, properties: &[&str]) {
        for object in properties.iter().flat_map(|property| node.objects(property)) {
            match object {
                Object::Tagged(text, tag) => self.add(field, Some(tag), text),
                Object::Text(text) | Object::Typed(text, _) => self.add(field, None, text),
                Object::Node(inner) => {
                    self.maps(
                        field,
                        &[&inner.first_texts(&["ceterms:targetNodeName", "ceterms:name"])],
                    );
                }
                Object::Iri(_) => {}
            }
        }
    }

    /// Adds a text, once: other names and explanations often repeat the name.
    fn add(&mut self, field: &'static str, tag: Option<&str>, text: &str) {
        let plain = plain(text);
        let text: String = match plain.char_indices().nth(INDEXED_CHARS) {
            Some((end, _)) => plain.get(..end).unwrap_or_default().to_owned(),
            None => plain,
        };
        let is_new = field == "about" || self.seen.insert(text.clone());
        if text.is_empty() || !is_new {
            return;
        }
        let language = tag.and_then(Language::of_tag).unwrap_or(self.own);
        self.held.push(Text { field, text, language });
    }
}

/// The language of what says no other: that of the item or framework, else of its texts.
fn own_language(resource: &Resource) -> Language {
    let stated = match resource {
        Resource::Competency(item) => item.language.as_deref(),
        Resource::Framework(framework) => framework.language.as_deref(),
        _ => None,
    };
    let maps = [resource.name(), resource.text()];
    let mut tags =
        stated.into_iter().chain(maps.iter().flat_map(|map| map.iter()).filter_map(|(tag, _)| tag));
    tags.find_map(Language::of_tag).unwrap_or_else(|| {
        let texts = maps.iter().filter_map(|map| map.first());
        Language::of(None, texts.max_by_key(|text| text.len()).unwrap_or_default())
    })
}

/// The statement of what has a name as well. What only describes is no statement.
fn statement(resource: &Resource) -> Option<&LanguageMap> {
    match resource {
        Resource::Competency(_)
        | Resource::RubricCriterion(_)
        | Resource::RubricCriterionLevel(_) => Some(resource.text()),
        _ => None,
    }
}

fn names(texts: &mut Texts, card: &Card) {
    if let Resource::Competency(item) = &card.resource {
        texts.maps("alternative", &[&item.abbreviated_statement]);
    }
    if let Some(node) = card.node() {
        texts.node("alternative", node, NAMES);
    }
}

fn definitions(texts: &mut Texts, card: &Card) {
    const FIELD: &str = "definition";
    match &card.resource {
        Resource::Competency(item) => texts.maps(FIELD, &[&item.notes]),
        Resource::Framework(framework) => {
            texts.maps(FIELD, &[&framework.description, &framework.notes]);
        }
        Resource::Rubric(rubric) => texts.maps(FIELD, &[&rubric.description]),
        Resource::RubricCriterionLevel(level) => texts.maps(FIELD, &[&level.feedback]),
        Resource::Definition(definition) => texts.maps(FIELD, &[&definition.description]),
        Resource::Profile(profile) => texts.maps(FIELD, &[&profile.description]),
        _ => {}
    }
    if let Some(node) = card.node() {
        texts.node(FIELD, node, DEFINITIONS);
    }
}

fn keywords(texts: &mut Texts, card: &Card) {
    const FIELD: &str = "keyword";
    match &card.resource {
        Resource::Competency(item) => {
            texts.strings(FIELD, item.keywords.iter().chain(&item.subjects).chain(&item.item_type));
        }
        Resource::Framework(framework) => texts.strings(FIELD, &framework.subjects),
        Resource::Definition(definition) => texts.strings(FIELD, &definition.keywords),
        _ => {}
    }
    if let Some(node) = card.node() {
        texts.node(FIELD, node, KEYWORDS);
        if let Resource::Profile(_) = &card.resource {
            for class in &node.types {
                texts.add(FIELD, Some("en"), &spaced(local_name(class)));
            }
        }
    }
}

fn about(texts: &mut Texts, card: &Card) {
    const FIELD: &str = "about";
    match &card.resource {
        Resource::Framework(framework) => {
            texts.strings(FIELD, framework.publisher.iter().chain(&framework.creator));
        }
        _ => texts
            .strings(FIELD, card.framework.iter().filter_map(|framework| framework.title.as_ref())),
    }
}

/// The name of a class as words: `BachelorDegree` becomes `Bachelor Degree`.
fn spaced(class: &str) -> String {
    let mut words = String::with_capacity(class.len() + 4);
    let mut was_lower = false;
    for character in class.chars() {
        if character.is_uppercase() && was_lower {
            words.push(' ');
        }
        was_lower = character.is_lowercase();
        words.push(character);
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{label_key, spaced, texts_of};
    use crate::card::Card;

    const KEY: &str = "guid:c5cd7a68-4afb-41ff-9bf0-b2e4f67d8dee";

    fn identity(node: &Value) -> Value {
        json!({ "subject": "urn:x:1", "key": KEY, "node": node })
    }

    fn card(resource: &Value, framework: &Value) -> Card {
        let digest = "0".repeat(64);
        let origin =
            json!({ "source": "s", "record": "r", "fetchedAt": "", "digest": digest, "seq": 1 });
        let card = json!({ "resource": resource, "origin": origin, "framework": framework });
        serde_json::from_value(card).unwrap()
    }

    /// Shows the texts as `field tag: text`.
    fn shown(card: &Card) -> Vec<String> {
        let texts = texts_of(card).into_iter();
        texts
            .map(|text| format!("{} {}: {}", text.field, text.language.as_str(), text.text))
            .collect()
    }

    #[test]
    fn every_text_of_a_competency_has_its_field() {
        let item = json!({
            "kind": "competency",
            "identity": identity(&Value::Null),
            "statement": { "en": ["Add **fractions** with <em>like</em> denominators"] },
            "label": { "en": ["Adding fractions"], "es": ["Sumar fracciones"] },
            "abbreviatedStatement": { "en": ["Add fractions"] },
            "itemType": "Standard",
            "keywords": ["fraction"],
            "subjects": ["Mathematics", "fraction"],
            "notes": { "und": ["Also $x$."] },
            "language": "en",
        });
        let framework = json!({ "key": KEY, "title": "Arithmetic", "publisher": "A school" });
        assert_eq!(
            shown(&card(&item, &framework)),
            [
                "name en: Adding fractions",
                "name es: Sumar fracciones",
                "alternative en: Add fractions",
                "statement en: Add fractions with like denominators",
                "definition en: Also x.",
                "keyword en: fraction",
                "keyword en: Mathematics",
                "keyword en: Standard",
                "about en: Arithmetic",
            ]
        );
    }

    #[test]
    fn a_statement_without_a_name_is_the_name_in_the_language_that_it_shows() {
        let item = json!({
            "kind": "competency",
            "identity": identity(&Value::Null),
            "statement": { "und": ["Los estudiantes comprenden las fracciones como partes de un todo"] },
            "keywords": ["fracciones"],
        });
        assert_eq!(
            shown(&card(&item, &Value::Null)),
            [
                "name es: Los estudiantes comprenden las fracciones como partes de un todo",
                "keyword es: fracciones",
            ]
        );
    }

    #[test]
    fn a_record_of_ctdl_is_found_by_its_other_names_and_its_class() {
        let inner = json!({ "o": [], "statements": [
            { "p": "ceterms:targetNodeName", "o": [{ "tagged": ["Welders", "en"] }] },
        ] });
        let node = json!({
            "types": ["ceterms:BachelorDegree"],
            "statements": [
                { "p": "ceterms:name", "o": [{ "tagged": ["Welding", "en-US"] }] },
                { "p": "ceterms:alternateName", "o": [{ "tagged": ["Soldadura", "es"] }, { "text": "Welding" }] },
                { "p": "ceterms:keyword", "o": [{ "text": "metal" }] },
                { "p": "ceterms:occupationType", "o": [{ "node": inner }, { "iri": "urn:x:2" }] },
            ],
        });
        let profile = json!({
            "kind": "profile",
            "identity": identity(&node),
            "class": "credential",
            "name": { "en-US": ["Welding"] },
            "description": { "en-US": ["How to join metals."] },
            "code": null,
            "framework": null,
        });
        assert_eq!(
            shown(&card(&profile, &Value::Null)),
            [
                "name en: Welding",
                "alternative es: Soldadura",
                "definition en: How to join metals.",
                "keyword en: metal",
                "keyword en: Welders",
                "keyword en: Bachelor Degree",
            ]
        );
    }

    #[test]
    fn a_framework_is_about_what_its_publisher_is() {
        let framework = json!({
            "kind": "framework",
            "identity": identity(&Value::Null),
            "title": { "en": ["Arithmetic"] },
            "publisher": "Arithmetic",
            "creator": "A school",
            "description": { "en": ["x".repeat(30_000)] },
        });
        let found = texts_of(&card(&framework, &Value::Null));
        let fields: Vec<_> = found.iter().map(|text| (text.field, text.text.len())).collect();
        assert_eq!(fields, [("name", 10), ("definition", 20_000), ("about", 10), ("about", 8)]);
    }

    #[test]
    fn a_whole_label_has_one_key_however_it_is_written() {
        assert_eq!(label_key("Problem-Solving"), label_key("problem solving."));
        assert_eq!(label_key("E-mail"), label_key("email"));
        assert_ne!(label_key("C++"), label_key("C"));
    }

    #[test]
    fn the_name_of_a_class_is_words() {
        assert_eq!(spaced("BachelorDegree"), "Bachelor Degree");
        assert_eq!(spaced("QACredentialOrganization"), "QACredential Organization");
        assert_eq!(spaced(""), "");
    }
}
