//! The values of a card that people filter, count and sort by.

use std::collections::BTreeSet;

use ontology::{CanonicalKey, LanguageMap, Node, Object, identify, plain};
use tantivy::TantivyDocument;
use tantivy::schema::Field;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::card::Card;
use crate::document::place::places;
use crate::language::{Language, fold_label};
use crate::level::levels;
use crate::schema::Fields;
use crate::state::{is_marked, last_day};

/// The most characters of a name that are compared when titles are sorted.
pub(crate) const ORDER_CHARS: usize = 200;

/// The most characters of a value that somebody filters by; what is longer is a text.
const VALUE_CHARS: usize = 300;

/// Adds the values of a card.
pub(super) fn add_values(document: &mut TantivyDocument, fields: &Fields, card: &Card) {
    document.add_text(fields.key, card.key().as_str());
    document.add_u64(fields.own_key, card.key().alias_key());
    document.add_u64(fields.group, group_key(card.key()));
    let order: String = fold_label(&plain(&card.label())).chars().take(ORDER_CHARS).collect();
    document.add_text(fields.order, order);
    if let Some(seconds) = changed(card) {
        document.add_i64(fields.changed, seconds);
    }
    document.add_u64(fields.deprecated, u64::from(is_marked(card)));
    if let Some(day) = last_day(card).and_then(day_number) {
        document.add_u64(fields.ends, day);
    }
    document.add_u64(fields.mirrored, u64::from(is_mirrored(card)));
    if let Some(framework) = &card.framework {
        document.add_text(fields.framework, framework.key.as_str());
    }
    add_each(document, fields.publisher, publishers(card));
    add_each(document, fields.subject, subjects(card));
    add_each(document, fields.level, education_levels(card));
    add_each(document, fields.language, languages(card));
    add_each(document, fields.license, license(card));
    add_each(document, fields.jurisdiction, card.node().map(places).unwrap_or_default());
}

/// A hash that a resource shares with its twin in the other standard.
pub(crate) fn group_key(key: &CanonicalKey) -> u64 {
    let twin = identify(key.as_str()).inferred;
    twin.iter().chain([key]).min().unwrap_or(key).alias_key()
}

/// Reads a day (`YYYY-MM-DD`) as a number of the same digits.
pub(crate) fn day_number(day: &str) -> Option<u64> {
    let mut parts = day.splitn(3, '-');
    let digits: String = [4, 2, 2]
        .iter()
        .map(|length| parts.next().filter(|part| part.len() == *length))
        .collect::<Option<_>>()?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// Reads the language of a tag as the facet has it: its primary subtag, however that is spelled (`swe` is `sv`).
pub(crate) fn primary_subtag(tag: &str) -> String {
    if let Some(language) = Language::of_tag(tag) {
        return language.as_str().to_owned();
    }
    tag.trim().split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// Adds values, each once however it is spelled.
fn add_each(document: &mut TantivyDocument, field: Field, values: Vec<String>) {
    let mut seen = BTreeSet::new();
    for value in values {
        let value: String = plain(&value).chars().take(VALUE_CHARS).collect();
        let folded = fold_label(&value);
        if !folded.is_empty() && seen.insert(folded) {
            document.add_text(field, value);
        }
    }
}

fn changed(card: &Card) -> Option<i64> {
    let written = card.resource.identity().last_change.as_deref()?;
    OffsetDateTime::parse(written, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

/// Tells whether a copy stands outside the framework that it belongs to, or shows only a part.
fn is_mirrored(card: &Card) -> bool {
    let is_borrowed = card.competency().is_some_and(|item| item.source_document.is_some());
    is_borrowed || card.mentioned || card.origin.partial
}

/// Who publishes it or its framework; where no record says so, who made or owns or offers it, as far as its own record gives a name.
fn publishers(card: &Card) -> Vec<String> {
    let mut names: Vec<String> = card.publisher().into_iter().map(str::to_owned).collect();
    let Some(node) = card.node() else { return names };
    names.extend(each(&node.texts("ceasn:publisherName")));
    for property in ["ceasn:publisher", "ceterms:ownedBy", "ceterms:offeredBy"] {
        let owners = node.objects(property).filter_map(Object::node);
        names.extend(owners.flat_map(|owner| each(&owner.texts("ceterms:name"))));
    }
    if card.resource.kind() == ontology::Kind::Organization {
        names.extend(card.resource.name().first().map(str::to_owned));
    }
    names
}

fn subjects(card: &Card) -> Vec<String> {
    let mut subjects = match (card.competency(), card.as_framework()) {
        (Some(item), _) => item.subjects.clone(),
        (_, Some(framework)) => framework.subjects.clone(),
        _ => Vec::new(),
    };
    if let Some(node) = card.node() {
        for property in ["ceterms:subject", "ceasn:localSubject"] {
            subjects.extend(node.objects(property).filter_map(named));
        }
    }
    subjects
}

fn education_levels(card: &Card) -> Vec<String> {
    let mut written: Vec<String> =
        card.competency().map(|item| item.education_levels.clone()).unwrap_or_default();
    if let Some(node) = card.node() {
        for property in
            ["ceterms:audienceLevelType", "ceasn:educationLevelType", "ceterms:educationLevelType"]
        {
            written.extend(node.objects(property).filter_map(term));
        }
    }
    written.iter().flat_map(|written| levels(written)).collect()
}

/// The languages of its name and its text; where neither says one, that of its record.
fn languages(card: &Card) -> Vec<String> {
    let maps = [card.resource.name(), card.resource.text()];
    let tags = maps.into_iter().flat_map(LanguageMap::iter).filter_map(|(tag, _)| tag);
    let mut found: Vec<String> = tags.map(primary_subtag).collect();
    if found.is_empty() {
        let of_record = match (card.competency(), card.as_framework()) {
            (Some(item), _) => item.language.as_deref(),
            (_, Some(framework)) => framework.language.as_deref(),
            _ => None,
        };
        found.extend(of_record.map(primary_subtag));
    }
    found
}

fn license(card: &Card) -> Vec<String> {
    let license = card.license.as_ref();
    license
        .and_then(|license| license.uri.clone().or_else(|| license.title.clone()))
        .into_iter()
        .collect()
}

fn each(texts: &LanguageMap) -> Vec<String> {
    texts.iter().map(|(_, text)| text.to_owned()).collect()
}

/// The name of what is a text, or a node that stands for a term of a vocabulary.
fn named(object: &Object) -> Option<String> {
    let name = object.node().and_then(|node| {
        let names = node.first_texts(&["ceterms:targetNodeName", "ceterms:name", "skos:prefLabel"]);
        names.first().map(str::to_owned)
    });
    name.or_else(|| object.literal().map(str::to_owned))
}

/// The term itself, where its name may be in any language; else its name.
fn term(object: &Object) -> Option<String> {
    let target = |node: &Node| node.iris("ceterms:targetNode").next().map(str::to_owned);
    let of_node = object.node().and_then(target);
    let bare = object.iri().filter(|_| object.node().is_none()).map(str::to_owned);
    of_node.or(bare).or_else(|| named(object))
}

#[cfg(test)]
mod tests {
    use ontology::CanonicalKey;

    use super::{day_number, group_key, primary_subtag};

    #[test]
    fn a_day_is_a_number_that_grows() {
        assert_eq!(day_number("2026-01-31"), Some(20_260_131));
        for no_day in ["", "2026", "2026-1-31", "2026-01-31T00:00:00Z", "2026-xx-01", "٢٠٢٦-01-01"]
        {
            assert_eq!(day_number(no_day), None, "{no_day}");
        }
    }

    #[test]
    fn a_language_is_told_by_the_first_part_of_its_tag() {
        for tag in ["en", "EN-us", " en_GB "] {
            assert_eq!(primary_subtag(tag), "en");
        }
        for (tag, expected) in
            [("swe", "sv"), ("sv-SE", "sv"), ("ger", "de"), ("und", "und"), ("", "")]
        {
            assert_eq!(primary_subtag(tag), expected, "{tag}");
        }
    }

    #[test]
    fn twins_share_a_group_and_others_do_not() {
        let key = |text: &str| -> CanonicalKey { text.parse().unwrap() };
        let guid = ontology::identify("00000012-0000-4000-8000-000000000000").key.unwrap();
        let twin = ontology::identify(guid.as_str()).inferred.unwrap();
        assert_ne!(guid, twin);
        assert_eq!(group_key(&guid), group_key(&twin));
        let other = key(&guid.as_str().replace("12", "13"));
        assert_ne!(group_key(&guid), group_key(&other));
    }
}
