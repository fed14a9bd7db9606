//! Triples as JSON-LD with compact terms.
//!
//! oxigraph writes JSON-LD too, and leaves every property at full length. What is written here is
//! [compacted](https://www.w3.org/TR/json-ld11-api/#compaction-algorithms) as far as that never changes what is said.

use std::collections::{BTreeMap, BTreeSet};

use ontology::Coercion;
use ontology::vocab::rdf;
use oxrdf::{Literal, NamedOrBlankNode, Quad, Term};
use serde_json::{Map, Value, json};

use crate::rdf::context::{coercion, compact, definition, namespace};

/// What the datatype of a plain text is.
const STRING: &str = "http://www.w3.org/2001/XMLSchema#string";

/// Writes triples, those of one subject together, with as much of the context as they use.
pub(crate) fn json_ld(triples: &[Quad]) -> Value {
    let mut writer = Writer { is_compact: !shadows(triples), ..Writer::default() };
    let nodes: Vec<Value> = triples
        .chunk_by(|one, other| one.subject == other.subject)
        .map(|of_one| writer.node(of_one))
        .collect();
    json!({ "@context": writer.context(), "@graph": nodes })
}

/// Whether some IRI would be read as an abbreviation: `case:x` is an IRI, too. There is no way to write it beside such a prefix.
fn shadows(triples: &[Quad]) -> bool {
    let is_shadow = |iri: &str| {
        let parts = iri.split_once(':');
        parts.is_some_and(|(scheme, rest)| namespace(scheme).is_some() && !rest.starts_with("//"))
    };
    triples.iter().any(|triple| {
        let object = match &triple.object {
            Term::NamedNode(node) => is_shadow(node.as_str()),
            Term::Literal(literal) => is_shadow(literal.datatype().as_str()),
            Term::BlankNode(_) => false,
        };
        object || is_shadow(&id(&triple.subject)) || is_shadow(triple.predicate.as_str())
    })
}

/// What has been abbreviated so far.
#[derive(Default)]
struct Writer {
    is_compact: bool,
    prefixes: BTreeSet<&'static str>,
    terms: BTreeSet<String>,
}

impl Writer {
    /// One subject with everything that is said of it.
    fn node(&mut self, triples: &[Quad]) -> Value {
        let mut members = Map::new();
        if let Some(first) = triples.first() {
            members.insert("@id".to_owned(), id(&first.subject).into());
        }
        let mut values: BTreeMap<String, Vec<&Term>> = BTreeMap::new();
        for triple in triples {
            let property = triple.predicate.as_str();
            values.entry(property.to_owned()).or_default().push(&triple.object);
        }
        if let Some(classes) = values.remove(rdf::TYPE) {
            self.classes(&mut members, &classes);
        }
        for (property, objects) in &values {
            self.property(&mut members, property, objects);
        }
        Value::Object(members)
    }

    /// The classes; what is called one and has no IRI stands beside them under the whole IRI.
    fn classes(&mut self, members: &mut Map<String, Value>, classes: &[&Term]) {
        let (mut named, mut others) = (Vec::new(), Vec::new());
        for class in classes {
            match class {
                Term::NamedNode(class) => named.push(self.short(class.as_str()).into()),
                other => others.push(self.value(other, Coercion::Unknown)),
            }
        }
        for (name, values) in [("@type", named), (rdf::TYPE, others)] {
            if !values.is_empty() {
                members.insert(name.to_owned(), one_or_all(values));
            }
        }
    }

    fn property(&mut self, members: &mut Map<String, Value>, property: &str, objects: &[&Term]) {
        let term = self.short(property);
        let read_as = if term == property { Coercion::Unknown } else { coercion(&term) };
        if !matches!(read_as, Coercion::Plain | Coercion::Unknown) {
            self.terms.insert(term.clone());
        }
        if read_as != Coercion::Language {
            let values = objects.iter().map(|object| self.value(object, read_as)).collect();
            members.insert(term, one_or_all(values));
            return;
        }
        // What is no text has no place in a map of languages, and stands beside it under the whole IRI.
        let (texts, others): (Vec<&Term>, Vec<&Term>) =
            objects.iter().copied().partition(|object| text(object).is_some());
        if !texts.is_empty() {
            members.insert(term, by_language(texts.into_iter().filter_map(text)));
        }
        if !others.is_empty() {
            let values = others.into_iter().map(|object| self.value(object, Coercion::Unknown));
            members.insert(property.to_owned(), one_or_all(values.collect()));
        }
    }

    fn value(&mut self, object: &Term, read_as: Coercion) -> Value {
        match object {
            Term::NamedNode(node) if read_as == Coercion::Link => node.as_str().into(),
            Term::NamedNode(node) => json!({ "@id": node.as_str() }),
            Term::BlankNode(node) => json!({ "@id": node.to_string() }),
            Term::Literal(literal) => self.literal(literal, read_as),
        }
    }

    fn literal(&mut self, literal: &Literal, read_as: Coercion) -> Value {
        let (text, datatype) = (literal.value(), literal.datatype());
        if let Some(tag) = literal.language() {
            return json!({ "@value": text, "@language": tag });
        }
        match (datatype.as_str(), read_as) {
            (STRING, Coercion::Plain | Coercion::Unknown) => text.into(),
            (STRING, _) => json!({ "@value": text }),
            (found, Coercion::Typed(wanted)) if found == wanted => text.into(),
            (found, _) => json!({ "@value": text, "@type": self.short(found) }),
        }
    }

    /// The term for an IRI, where there is one.
    fn short(&mut self, iri: &str) -> String {
        match compact(iri).filter(|_| self.is_compact) {
            Some((prefix, term)) => {
                self.prefixes.insert(prefix);
                term
            }
            None => iri.to_owned(),
        }
    }

    fn context(&self) -> Value {
        let prefixes = self.prefixes.iter().filter_map(|prefix| {
            namespace(prefix).map(|namespace| ((*prefix).to_owned(), Value::from(namespace)))
        });
        let terms = self.terms.iter().filter_map(|term| Some((term.clone(), definition(term)?)));
        Value::Object(prefixes.chain(terms).collect())
    }
}

fn id(node: &NamedOrBlankNode) -> String {
    match node {
        NamedOrBlankNode::NamedNode(node) => node.as_str().to_owned(),
        NamedOrBlankNode::BlankNode(node) => node.to_string(),
    }
}

/// A text and its language, where a term is one.
fn text(term: &Term) -> Option<(&str, &str)> {
    let Term::Literal(literal) = term else { return None };
    match literal.language() {
        Some(tag) => Some((tag, literal.value())),
        None if literal.datatype().as_str() == STRING => Some(("@none", literal.value())),
        None => None,
    }
}

/// A [map of languages](https://www.w3.org/TR/json-ld11/#language-maps).
fn by_language<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> Value {
    let mut map: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (tag, text) in texts {
        map.entry(tag).or_default().push(text.into());
    }
    map.into_iter().map(|(tag, texts)| (tag.to_owned(), one_or_all(texts))).collect()
}

fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 { values.remove(0) } else { Value::Array(values) }
}
