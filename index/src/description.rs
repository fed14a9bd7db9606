//! The description of a resource: everything that the graph of a generation says of it.
//!
//! It follows the idea of a [concise bounded description](https://www.w3.org/submissions/CBD/): the quads that have the resource as
//! their subject, in whatever graph; those of the nodes without a name of their own that it leads to; and what is known of the
//! records that say so. What is said of it elsewhere, as an object, is left to queries.

use std::collections::{BTreeMap, BTreeSet};

use ontology::vocab::prov;
use ontology::{Normalized, Provenance, Resource, write_quads};
use oxigraph::store::Store;
use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use crate::card::{Card, RecordCard};
use crate::cards::Cards;
use crate::error::IndexError;
use crate::graph::is_record;
use crate::reader::Reader;

/// The IRIs of nodes that their publishers give none.
const NAMELESS: [&str; 3] =
    ["https://credreg.net/bnodes/", "urn:alidade:bnode:", "urn:alidade:node:"];

/// The terms of [DCMI](https://www.dublincore.org/specifications/dublin-core/dcmi-terms/) for what may be done with a record.
const LICENSE: &str = "http://purl.org/dc/terms/license";
const RIGHTS: &str = "http://purl.org/dc/terms/rights";

/// Why there is no description.
#[derive(Debug, thiserror::Error)]
pub enum DescriptionError {
    /// There is more to say than one document holds.
    #[error("more than {max} statements")]
    TooLarge {
        /// The most that were allowed.
        max: usize,
    },
    /// The store is at fault.
    #[error(transparent)]
    Index(#[from] IndexError),
}

/// Describes the resource of a card in at most so many quads: those of the resource first, each graph's in one order that stays the
/// same.
///
/// Each graph is named as the generation has it. Beside the graphs of a record `R` there are `R#provenance`, with its licence and
/// the address that it was read from; and, where the source no longer has the resource, `R#last`, with what it said before, of which
/// the generation's graph keeps no more than that it is withdrawn.
///
/// # Errors
/// [`DescriptionError::TooLarge`] where they are more.
pub fn describe(reader: &Reader, card: &Card, max: usize) -> Result<Vec<Quad>, DescriptionError> {
    let mut description = Description { max, ..Description::default() };
    let Ok(subject) = NamedNode::new(&card.resource.identity().subject) else {
        return Ok(Vec::new());
    };
    let store = reader.store()?;
    description.follow(store, subject)?;
    if card.withdrawn {
        last_words(card).into_iter().try_for_each(|quad| description.add(quad))?;
    }
    for record in description.records() {
        description.statements(store, &record)?;
        provenance(reader.cards(), &record)?
            .into_iter()
            .try_for_each(|quad| description.add(quad))?;
    }
    Ok(description.in_order())
}

/// The quads so far.
#[derive(Default)]
struct Description {
    max: usize,
    quads: Vec<Quad>,
    /// The subjects, in the order in which they were come upon.
    subjects: BTreeMap<String, usize>,
}

impl Description {
    fn add(&mut self, quad: Quad) -> Result<(), DescriptionError> {
        if self.quads.len() >= self.max {
            return Err(DescriptionError::TooLarge { max: self.max });
        }
        let n_subjects = self.subjects.len();
        self.subjects.entry(quad.subject.to_string()).or_insert(n_subjects);
        self.quads.push(quad);
        Ok(())
    }

    /// Adds what is said of a subject, and of the nameless nodes that it leads to.
    fn follow(&mut self, store: &Store, subject: NamedNode) -> Result<(), DescriptionError> {
        let mut seen = BTreeSet::from([subject.as_str().to_owned()]);
        let mut open = vec![subject];
        while let Some(next) = open.pop() {
            let first = self.quads.len();
            self.statements(store, next.as_str())?;
            let added = self.quads.iter().skip(first);
            open.extend(
                added.filter_map(nameless).filter(|node| seen.insert(node.as_str().into())),
            );
        }
        Ok(())
    }

    fn statements(&mut self, store: &Store, subject: &str) -> Result<(), DescriptionError> {
        let subject = NamedNodeRef::new_unchecked(subject);
        for quad in store.quads_for_pattern(Some(subject.into()), None, None, None) {
            let quad = quad.map_err(IndexError::from)?;
            if is_record(&quad) {
                self.add(quad)?;
            }
        }
        Ok(())
    }

    /// The asserted graphs of the records that say something here.
    fn records(&self) -> BTreeSet<String> {
        let graphs = self.quads.iter().filter_map(|quad| match &quad.graph_name {
            GraphName::NamedNode(graph) => Some(graph.as_str()),
            _ => None,
        });
        graphs.map(|graph| graph.split('#').next().unwrap_or(graph).to_owned()).collect()
    }

    /// The store gives quads in an order that means nothing.
    fn in_order(self) -> Vec<Quad> {
        let Self { mut quads, subjects, .. } = self;
        let place = |subject: &NamedOrBlankNode| subjects.get(&subject.to_string()).copied();
        quads.sort_by_cached_key(|quad| {
            let (graph, predicate) = (quad.graph_name.to_string(), quad.predicate.to_string());
            (graph, place(&quad.subject), predicate, quad.object.to_string())
        });
        quads.dedup();
        let is_first = |quad: &Quad| place(&quad.subject) == Some(0);
        // Stable: what is said of the resource itself comes first, in whatever graph.
        quads.sort_by_key(|quad| !is_first(quad));
        quads
    }
}

/// The nameless node that a quad leads to.
fn nameless(quad: &Quad) -> Option<NamedNode> {
    match &quad.object {
        Term::NamedNode(node) if NAMELESS.iter().any(|start| node.as_str().starts_with(start)) => {
            Some(node.clone())
        }
        _ => None,
    }
}

/// What a resource said before its source had it no more.
fn last_words(card: &Card) -> Vec<Quad> {
    let origin = &card.origin;
    let resource: Resource = card.resource.clone();
    let normalized = Normalized { resources: vec![resource], ..Normalized::default() };
    let provenance = Provenance {
        source: origin.source.clone(),
        record: origin.record.clone(),
        url: origin.url.clone(),
        fetched_at: origin.fetched_at.clone(),
        digest: origin.digest.clone(),
    };
    let graph = NamedNode::new_unchecked(format!("{}#last", provenance.asserted_graph()));
    let mut quads = Vec::new();
    write_quads(&normalized, &provenance, &mut |quad| {
        quads.push(Quad { graph_name: graph.clone().into(), ..quad });
    });
    quads
}

/// What may be done with a record, and where it was read.
fn provenance(cards: &Cards, record: &str) -> Result<Vec<Quad>, IndexError> {
    let Some(card) = cards.record(record)? else { return Ok(Vec::new()) };
    let (Ok(subject), Ok(graph)) =
        (NamedNode::new(record), NamedNode::new(format!("{record}#provenance")))
    else {
        return Ok(Vec::new());
    };
    let quad = |(predicate, value): (&str, String)| {
        let predicate = NamedNode::new_unchecked(predicate);
        Quad::new(subject.clone(), predicate, link_or_words(value), graph.clone())
    };
    Ok(said_of(card).into_iter().map(quad).collect())
}

fn said_of(card: RecordCard) -> Vec<(&'static str, String)> {
    let license = card.framework.and_then(|framework| framework.license);
    let license = license.and_then(|license| license.uri.or(license.title));
    let terms = card.origin.terms.unwrap_or_default();
    let said = [
        (prov::HAD_PRIMARY_SOURCE, Some(card.origin.url).filter(|url| !url.is_empty())),
        (LICENSE, license),
        (LICENSE, terms.licence),
        (RIGHTS, terms.terms),
    ];
    said.into_iter().filter_map(|(property, value)| Some((property, value?))).collect()
}

/// An address, or words where it is none.
fn link_or_words(value: String) -> Term {
    match NamedNode::new(&value) {
        Ok(node) => node.into(),
        Err(_) => Literal::from(value).into(),
    }
}

#[cfg(test)]
mod tests {
    use ontology::vocab::{alidade, ceasn, prov, skos};
    use oxrdf::Quad;

    use super::{DescriptionError, LICENSE, RIGHTS, describe, link_or_words, said_of};
    use crate::copies::choose;
    use crate::reader::Reader;
    use crate::verify::sample::{guid, import, key, package};

    const ITEMS: [(u32, &str, &str); 2] =
        [(0x11, "A.1", "Reads a map"), (0x12, "A.2", "Folds a map")];

    fn described(data: &std::path::Path, n: u32) -> Vec<Quad> {
        let reader = Reader::open(data).unwrap();
        let chosen = choose(reader.cards().named(&key(n)).unwrap()).remove(0);
        describe(&reader, &chosen.card, 50_000).unwrap()
    }

    #[track_caller]
    fn has(quads: &[Quad], subject: &str, predicate: &str, object: &str, graph: &str) {
        let found = quads.iter().any(|quad| {
            quad.subject.to_string() == format!("<{subject}>")
                && quad.predicate.as_str() == predicate
                && quad.object.to_string() == object
                && quad.graph_name.to_string() == format!("<{graph}>")
        });
        assert!(found, "{predicate} {object}: {quads:#?}");
    }

    #[test]
    fn all_copies_are_there_each_in_its_graph_with_when_it_was_read() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("one", package(1, "Maps", &ITEMS))]);
        import(dir.path(), 2, &[("two", package(1, "Charts", &ITEMS[..1]))]);
        let quads = described(dir.path(), 0x11);
        let subject = format!("urn:uuid:{}", guid(0x11));
        assert_eq!(quads[0].subject.to_string(), format!("<{subject}>"));
        for record in ["urn:alidade:record:shelf:one", "urn:alidade:record:shelf:two"] {
            let derived = format!("{record}#derived");
            has(&quads, &subject, ceasn::CODED_NOTATION, "\"A.1\"", record);
            has(&quads, &subject, skos::NOTATION, "\"A.1\"", &derived);
            let is_dated = |quad: &&Quad| quad.predicate.as_str() == prov::GENERATED_AT_TIME;
            assert_eq!(quads.iter().filter(is_dated).count(), 2, "{quads:#?}");
        }
        let others = quads.iter().filter(|quad| quad.object.to_string().contains("Folds a map"));
        assert_eq!(others.count(), 0);
        assert_eq!(described(dir.path(), 0x11), quads, "another order");
    }

    #[test]
    fn a_record_says_where_it_was_read_and_what_may_be_done_with_it() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("one", package(1, "Maps", &ITEMS))]);
        let reader = Reader::open(dir.path()).unwrap();
        let mut card = reader.cards().record("urn:alidade:record:shelf:one").unwrap().unwrap();
        card.origin.url = "https://case.example/maps".to_owned();
        let terms = crate::ledger::Terms {
            licence: Some("as you like".to_owned()),
            terms: Some("https://case.example/terms".to_owned()),
            redistribute: true,
        };
        card.origin.terms = Some(terms);
        let said = said_of(card);
        let said: Vec<(&str, String)> = said
            .into_iter()
            .map(|(property, value)| (property, link_or_words(value).to_string()))
            .collect();
        let expected = [
            (prov::HAD_PRIMARY_SOURCE, "<https://case.example/maps>"),
            (LICENSE, "\"as you like\""),
            (RIGHTS, "<https://case.example/terms>"),
        ];
        assert_eq!(said, expected.map(|(property, value)| (property, value.to_owned())));
    }

    #[test]
    fn what_is_withdrawn_says_so_and_what_it_said_before() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("one", package(1, "Maps", &ITEMS))]);
        import(dir.path(), 5, &[("one", package(1, "Maps", &ITEMS[1..]))]);
        let quads = described(dir.path(), 0x11);
        let (subject, record) =
            (format!("urn:uuid:{}", guid(0x11)), "urn:alidade:record:shelf:one");
        let derived = format!("{record}#derived");
        has(&quads, &subject, alidade::STATUS, "\"withdrawn\"", &derived);
        has(&quads, &subject, ceasn::CODED_NOTATION, "\"A.1\"", &format!("{record}#last"));
    }

    #[test]
    fn what_has_too_much_to_say_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("one", package(1, "Maps", &ITEMS))]);
        let reader = Reader::open(dir.path()).unwrap();
        let chosen = choose(reader.cards().named(&key(0x11)).unwrap()).remove(0);
        let n_quads = describe(&reader, &chosen.card, 50_000).unwrap().len();
        assert_eq!(describe(&reader, &chosen.card, n_quads).unwrap().len(), n_quads);
        let refused = describe(&reader, &chosen.card, n_quads - 1).unwrap_err();
        assert!(matches!(refused, DescriptionError::TooLarge { .. }), "{refused:?}");
    }
}
