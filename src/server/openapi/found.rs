//! The schemas of what a query in SPARQL finds, where that is JSON.

use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Rows, or a truth value ([SPARQL 1.1 Query Results JSON](https://www.w3.org/TR/sparql11-results-json/)).
pub(in crate::server) struct Rows;

impl PartialSchema for Rows {
    fn schema() -> RefOr<Schema> {
        let either = OneOfBuilder::new().item(rows()).item(truth());
        either.description(Some("Rows, or a truth value.")).into()
    }
}

impl ToSchema for Rows {}

/// What `SELECT` finds.
fn rows() -> ObjectBuilder {
    let names = ArrayBuilder::new().items(text()).description(Some("The variables, in order."));
    let head = object().property("vars", names).required("vars");
    let row = object().additional_properties(Some(term()));
    let rows = ArrayBuilder::new().items(row).description(Some("What each variable is."));
    let results = object().property("bindings", rows).required("bindings");
    object()
        .property("head", head)
        .required("head")
        .property("results", results)
        .required("results")
}

/// What `ASK` finds.
fn truth() -> ObjectBuilder {
    let truth = ObjectBuilder::new().schema_type(Type::Boolean);
    let head = object().additional_properties(Some(text()));
    object().property("head", head).required("head").property("boolean", truth).required("boolean")
}

/// An IRI, a blank node or a literal.
fn term() -> ObjectBuilder {
    object()
        .property("type", text().enum_values(Some(["uri", "bnode", "literal"])))
        .required("type")
        .property("value", text())
        .required("value")
        .property("xml:lang", text())
        .property("datatype", text())
}

/// Triples in [JSON-LD](https://www.w3.org/TR/json-ld11/): nodes, alone or with a context.
pub(in crate::server) struct Triples;

impl PartialSchema for Triples {
    fn schema() -> RefOr<Schema> {
        let node = || object().additional_properties(Some(part()));
        let nodes = ArrayBuilder::new().items(node());
        let either = OneOfBuilder::new().item(nodes).item(node());
        either.description(Some("Triples in JSON-LD: nodes, alone or with a context.")).into()
    }
}

impl ToSchema for Triples {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((TriplesPart::name().into_owned(), TriplesPart::schema()));
    }
}

/// A part of such a document.
struct TriplesPart;

impl PartialSchema for TriplesPart {
    fn schema() -> RefOr<Schema> {
        let alone = [Type::String, Type::Number, Type::Boolean];
        let alone = alone.into_iter().map(|one| ObjectBuilder::new().schema_type(one));
        alone
            .fold(AnyOfBuilder::new(), AnyOfBuilder::item)
            .item(ArrayBuilder::new().items(part()))
            .item(object().additional_properties(Some(part())))
            .description(Some("A value, a node, or several of them."))
            .into()
    }
}

impl ToSchema for TriplesPart {}

fn part() -> Ref {
    Ref::from_schema_name(TriplesPart::name())
}

fn object() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Object)
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}
