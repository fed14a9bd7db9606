//! The words of a card, in the fields that are searched.

use std::collections::BTreeSet;

use ontology::{LanguageMap, Node, Resource, plain};
use tantivy::TantivyDocument;
use tantivy::schema::Field;
use tantivy::tokenizer::{PreTokenizedString, Token as IndexToken};

use crate::card::Card;
use crate::digest::Digest;
use crate::language::{Language, Token, fold_label, grams, tokens};
use crate::schema::Fields;

/// The most characters of one text that are indexed; the card holds all of it.
const INDEXED_CHARS: usize = 20_000;

/// The most characters of a name whose grams are indexed: of a sentence they say nothing.
const GRAM_CHARS: usize = 120;

/// The hash by which a whole label is found, however it is written.
pub(crate) fn label_key(label: &str) -> u64 {
    let digest = Digest::of(fold_label(label).as_bytes());
    digest.as_bytes().iter().take(8).fold(0, |key, byte| (key << 8) | u64::from(*byte))
}

/// A text of a card, as it is indexed.
pub(crate) struct Text {
    /// The field.
    pub field: &'static str,
    /// The plain text.
    pub text: String,
    /// Its language.
    pub language: Language,
}

/// The texts of a card in the order of the fields.
pub(crate) fn texts_of(card: &Card) -> Vec<Text> {
    let resource = &card.resource;
    let mut texts = Vec::new();
    let mut add = |field: &'static str, map: &LanguageMap| {
        for (tag, text) in map.iter() {
            let text = plain(text);
            texts.push(Text { field, language: Language::of(tag, &text), text });
        }
    };
    add("name", resource.name());
    if resource.text() != resource.name() {
        add("statement", resource.text());
    }
    texts
}

/// Adds the words of a card.
pub(super) fn add_texts(document: &mut TantivyDocument, fields: &Fields, card: &Card) {
    let resource = &card.resource;
    for map in [resource.name(), resource.text()] {
        for (_, text) in map.iter() {
            document.add_u64(fields.label_key, label_key(&plain(text)));
        }
    }
    let mut words = BTreeSet::new();
    let mut add = |field: Field, map: &LanguageMap| {
        for (tag, text) in map.iter() {
            let text: String = plain(text).chars().take(INDEXED_CHARS).collect();
            let tokens = tokens(&text, Language::of(tag, &text));
            words.extend(tokens.iter().map(|token| token.word.clone()));
            document.add_pre_tokenized_text(field, stems(&text, tokens));
        }
    };
    add(fields.name, resource.name());
    if resource.text() != resource.name() {
        add(fields.statement, resource.text());
    }
    let other: Vec<String> = surroundings(resource);
    for text in &other {
        add(fields.keyword, &LanguageMap::of(Some(text.clone()), None));
    }
    let title = card.framework.as_ref().and_then(|framework| framework.title.as_ref());
    if let Some(title) = title.filter(|_| card.as_framework().is_none()) {
        add(fields.about, &LanguageMap::of(Some(title.clone()), None));
    }
    let grams: BTreeSet<String> = resource
        .name()
        .iter()
        .map(|(tag, text)| (tag, plain(text)))
        .filter(|(_, text)| text.chars().count() <= GRAM_CHARS)
        .flat_map(|(tag, text)| tokens(&text, Language::of(tag, &text)))
        .flat_map(|token| grams(&token.word))
        .collect();
    document.add_pre_tokenized_text(fields.gram, list(grams));
    document.add_pre_tokenized_text(fields.word, list(words));
}

/// The stems of a text at their places; stop words leave a gap.
fn stems(text: &str, tokens: Vec<Token>) -> PreTokenizedString {
    let kept = tokens.into_iter().filter(|token| !token.is_stop);
    let tokens = kept.map(|token| IndexToken {
        offset_from: token.from,
        offset_to: token.to,
        position: token.position,
        text: token.stem,
        position_length: 1,
    });
    PreTokenizedString { text: text.to_owned(), tokens: tokens.collect() }
}

fn list(words: impl IntoIterator<Item = String>) -> PreTokenizedString {
    let tokens = words.into_iter().enumerate().map(|(position, text)| IndexToken {
        position,
        text,
        ..IndexToken::default()
    });
    PreTokenizedString { text: String::new(), tokens: tokens.collect() }
}

/// The words around a resource that help to find it.
fn surroundings(resource: &Resource) -> Vec<String> {
    let maps = |maps: &[&LanguageMap]| {
        let texts = maps.iter().flat_map(|map| map.iter()).map(|(_, text)| plain(text));
        texts.collect::<Vec<_>>()
    };
    match resource {
        Resource::Competency(item) => {
            let mut texts = maps(&[&item.notes, &item.abbreviated_statement]);
            texts
                .extend(item.keywords.iter().chain(&item.subjects).chain(&item.item_type).cloned());
            texts
        }
        Resource::Framework(framework) => {
            let mut texts = maps(&[&framework.notes]);
            texts.extend(
                framework
                    .subjects
                    .iter()
                    .chain(&framework.publisher)
                    .chain(&framework.creator)
                    .cloned(),
            );
            texts
        }
        Resource::RubricCriterionLevel(level) => maps(&[&level.feedback]),
        Resource::Definition(definition) => definition.keywords.iter().cloned().collect(),
        Resource::Profile(profile) => {
            profile.identity.node.as_deref().map(words).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The properties of a record of CTDL whose words help to find it.
const SURROUNDINGS: &[&str] = &[
    "ceterms:alternateName",
    "ceterms:keyword",
    "ceterms:subject",
    "ceterms:occupationType",
    "ceterms:industryType",
    "ceterms:instructionalProgramType",
    "skos:altLabel",
    "skos:note",
];

fn words(node: &Node) -> Vec<String> {
    let mut words = Vec::new();
    for property in SURROUNDINGS {
        for object in node.objects(property) {
            words.extend(object.literal().map(plain));
            let names = object.node().map(|node| node.texts("ceterms:targetNodeName"));
            words.extend(names.iter().flat_map(LanguageMap::iter).map(|(_, text)| plain(text)));
        }
    }
    words
}
