//! A resource in the words of [schema.org](https://schema.org), for those who search the web: a block of data that no browser runs.

use index::card::Card;
use index::context::{Brief, Context, Crossing};
use ontology::{Kind, plain};
use serde_json::{Map, Value, json};

use crate::page::address::is_web;

/// The most terms or alignments that are told.
const MAX_LISTED: usize = 50;

/// The links to competencies, as they read from here, with what they are called in an
/// [`alignmentType`](https://schema.org/alignmentType).
const ALIGNMENTS: [&str; 3] = ["assesses", "teaches", "requires"];

/// The class of schema.org that comes nearest to a kind.
pub(crate) fn schema_class(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Competency | Kind::Concept | Kind::Subject | Kind::ItemType => "DefinedTerm",
        Kind::Framework | Kind::ConceptScheme => "DefinedTermSet",
        Kind::Credential => "EducationalOccupationalCredential",
        Kind::Organization => "Organization",
        Kind::LearningOpportunity => "Course",
        Kind::Occupation => "Occupation",
        Kind::DataSet => "Dataset",
        _ => return None,
    })
}

/// The resource as a block of data, where schema.org has a class for it; `page` is the address of this page.
pub(crate) fn structured(context: &Context, page: &str) -> Option<String> {
    let card = &context.chosen.card;
    let class = schema_class(card.resource.kind())?;
    let mut data = Map::new();
    let mut add = |name: &str, value: Option<Value>| {
        data.extend(value.map(|value| (name.to_owned(), value)));
    };
    add("@context", Some("https://schema.org".into()));
    add("@type", Some(class.into()));
    add("@id", Some(card.resource.identity().subject.as_str().into()));
    add("name", Some(card.label().into()));
    let text = card.resource.text().first().map(plain).filter(|text| !text.is_empty());
    add("description", text.map(Value::from));
    add("url", Some(page.into()));
    let identity = card.resource.identity();
    let same = identity.uri.as_deref().filter(|uri| is_web(uri) && **uri != *identity.subject);
    add("sameAs", same.map(Value::from));
    match class {
        "DefinedTerm" => {
            add("termCode", card.resource.code().map(Value::from));
            add("inDefinedTermSet", set(card));
        }
        "DefinedTermSet" => {
            creative_work(card, &mut add);
            let terms = context.children.items.iter().take(MAX_LISTED).map(term);
            add("hasDefinedTerm", filled(terms.collect()));
        }
        "EducationalOccupationalCredential" => {
            creative_work(card, &mut add);
            add("credentialCategory", Some(category(card).into()));
            add("competencyRequired", filled(reached(context, "requires").map(term).collect()));
            add("educationalAlignment", filled(alignments(context)));
        }
        "Course" => {
            creative_work(card, &mut add);
            add("teaches", filled(reached(context, "teaches").map(term).collect()));
            add("assesses", filled(reached(context, "assesses").map(term).collect()));
            add("educationalAlignment", filled(alignments(context)));
        }
        "Dataset" => creative_work(card, &mut add),
        _ => {}
    }
    let text = Value::Object(data).to_string();
    // Inside a script nothing is escaped but by JSON itself.
    Some(text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026"))
}

/// What every work has that somebody made.
fn creative_work(card: &Card, add: &mut impl FnMut(&str, Option<Value>)) {
    let held = card.framework.as_ref().filter(|held| held.key == *card.key());
    let named =
        |name: Option<&String>| name.map(|name| json!({ "@type": "Organization", "name": name }));
    add("creator", named(held.and_then(|held| held.creator.as_ref())));
    add("publisher", named(held.and_then(|held| held.publisher.as_ref())));
    add("version", held.and_then(|held| held.version.clone()).map(Value::from));
    let framework = card.as_framework();
    add("inLanguage", framework.and_then(|held| held.language.clone()).map(Value::from));
    add("dateModified", card.resource.identity().last_change.clone().map(Value::from));
    let license = card.license.as_ref().and_then(|license| license.uri.clone());
    add("license", license.filter(|license| is_web(license)).map(Value::from));
}

/// The framework as a set of terms.
fn set(card: &Card) -> Option<Value> {
    let held = card.framework.as_ref()?;
    let id = held.key.subject_iri();
    Some(json!({ "@type": "DefinedTermSet", "@id": id, "name": held.title }))
}

fn term(brief: &Brief) -> Value {
    let mut term = Map::new();
    term.insert("@type".to_owned(), "DefinedTerm".into());
    term.extend(brief.key.subject_iri().map(|id| ("@id".to_owned(), id.into())));
    term.insert("name".to_owned(), brief.label.as_str().into());
    term.extend(brief.code.as_deref().map(|code| ("termCode".to_owned(), code.into())));
    Value::Object(term)
}

/// The class of a credential as people write it (`ceterms:MasterDegree`).
fn category(card: &Card) -> String {
    ontology::local_name(card.resource.class()).to_owned()
}

/// The competencies to which links of a type lead.
fn reached<'a>(context: &'a Context, relation: &str) -> impl Iterator<Item = &'a Brief> {
    let links = context.links.get(relation).into_iter().flat_map(|links| &links.items);
    let reached = links.filter_map(|crossing: &Crossing| crossing.reached.as_ref());
    reached.filter(|brief| brief.kind == Kind::Competency).take(MAX_LISTED)
}

/// What it assesses, teaches and requires, as [`AlignmentObject`](https://schema.org/AlignmentObject)s.
fn alignments(context: &Context) -> Vec<Value> {
    let of_type = |relation: &'static str| {
        reached(context, relation).map(move |brief| {
            let mut alignment = Map::new();
            alignment.insert("@type".to_owned(), "AlignmentObject".into());
            alignment.insert("alignmentType".to_owned(), relation.into());
            alignment.insert("targetName".to_owned(), brief.label.as_str().into());
            let url = brief.key.subject_iri();
            alignment.extend(url.map(|url| ("targetUrl".to_owned(), url.into())));
            let framework = brief.framework.as_deref();
            alignment
                .extend(framework.map(|title| ("educationalFramework".to_owned(), title.into())));
            Value::Object(alignment)
        })
    };
    ALIGNMENTS.into_iter().flat_map(of_type).collect()
}

fn filled(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Array(values))
}
