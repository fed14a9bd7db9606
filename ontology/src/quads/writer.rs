//! Quads of one graph, from the plain values of this crate.

use oxrdf::{GraphName, Literal, NamedNode, Quad, Term};

use crate::alignment::Target;
use crate::text::LanguageMap;
use crate::vocab;

/// Writes the quads of one graph.
pub(crate) struct GraphWriter<'a> {
    graph: GraphName,
    sink: &'a mut dyn FnMut(Quad),
}

impl<'a> GraphWriter<'a> {
    /// Opens a graph; `None` where its name is no IRI.
    pub(crate) fn open(graph: &str, sink: &'a mut dyn FnMut(Quad)) -> Option<Self> {
        let graph = GraphName::NamedNode(NamedNode::new(graph).ok()?);
        Some(Self { graph, sink })
    }

    /// Writes a quad whose object is a resource; an address that is no IRI becomes a literal.
    pub(crate) fn link(&mut self, subject: &str, predicate: &str, object: &str) {
        let object = match NamedNode::new(object) {
            Ok(node) => Term::from(node),
            Err(_) => Term::from(Literal::new_simple_literal(object)),
        };
        self.quad(subject, predicate, object);
    }

    /// Writes a link to a target: its identity, else its address as it was written.
    pub(crate) fn target(&mut self, subject: &str, predicate: &str, target: &Target) {
        match (target.iri(), &target.uri) {
            (Some(iri), _) => self.link(subject, predicate, &iri),
            (None, Some(uri)) => self.link(subject, predicate, uri),
            (None, None) => {}
        }
    }

    /// Writes a plain text.
    pub(crate) fn text(&mut self, subject: &str, predicate: &str, text: &str) {
        self.quad(subject, predicate, Literal::new_simple_literal(text).into());
    }

    /// Writes a text in a language; a tag that is none leaves a plain text.
    pub(crate) fn tagged(&mut self, subject: &str, predicate: &str, text: &str, tag: &str) {
        let literal = Literal::new_language_tagged_literal(text, tag)
            .unwrap_or_else(|_| Literal::new_simple_literal(text));
        self.quad(subject, predicate, literal.into());
    }

    /// Writes an optional plain text.
    pub(crate) fn optional(&mut self, subject: &str, predicate: &str, text: Option<&String>) {
        if let Some(text) = text {
            self.text(subject, predicate, text);
        }
    }

    /// Writes every text of a map with its language; a tag that is none leaves a plain text.
    pub(crate) fn texts(&mut self, subject: &str, predicate: &str, texts: &LanguageMap) {
        for (tag, text) in texts.iter() {
            let tagged = tag.and_then(|tag| {
                Literal::new_language_tagged_literal(text, tag.replace('_', "-")).ok()
            });
            let literal = tagged.unwrap_or_else(|| Literal::new_simple_literal(text));
            self.quad(subject, predicate, literal.into());
        }
    }

    /// Writes a literal of a datatype.
    pub(crate) fn typed(&mut self, subject: &str, predicate: &str, value: &str, datatype: &str) {
        let literal = match NamedNode::new(datatype) {
            Ok(datatype) => Literal::new_typed_literal(value, datatype),
            Err(_) => Literal::new_simple_literal(value),
        };
        self.quad(subject, predicate, literal.into());
    }

    /// Writes an optional date.
    pub(crate) fn date(&mut self, subject: &str, predicate: &str, date: Option<&String>) {
        if let Some(date) = date {
            self.typed(subject, predicate, date, vocab::xsd::DATE);
        }
    }

    /// Writes a JSON text as it is.
    pub(crate) fn json(&mut self, subject: &str, predicate: &str, json: &str) {
        self.typed(subject, predicate, json, vocab::RDF_JSON);
    }

    fn quad(&mut self, subject: &str, predicate: &str, object: Term) {
        let (Ok(subject), Ok(predicate)) = (NamedNode::new(subject), NamedNode::new(predicate))
        else {
            return;
        };
        (self.sink)(Quad::new(subject, predicate, object, self.graph.clone()));
    }
}
