//! What a record of CTDL states, triple by triple, as its publisher wrote it.

use crate::node::{Node, Object};
use crate::quads::writer::GraphWriter;
use crate::term::expand;
use crate::vocab::rdf;

/// Writes a node and everything inside it.
pub(crate) fn assert_node(out: &mut GraphWriter<'_>, subject: &str, node: &Node) {
    for class in &node.types {
        out.link(subject, rdf::TYPE, &expanded(class));
    }
    for statement in &node.statements {
        let predicate = expanded(&statement.property);
        for object in &statement.objects {
            match object {
                Object::Iri(iri) => out.link(subject, &predicate, iri),
                Object::Text(text) => out.text(subject, &predicate, text),
                Object::Tagged(text, tag) => out.tagged(subject, &predicate, text, tag),
                Object::Typed(text, datatype) => out.typed(subject, &predicate, text, datatype),
                Object::Node(inner) => {
                    let name = inner.subject(subject, &statement.property);
                    out.link(subject, &predicate, &name);
                    assert_node(out, &name, inner);
                }
            }
        }
    }
}

fn expanded(term: &str) -> String {
    expand(term).unwrap_or_else(|| term.to_owned())
}
