//! The shape of our JSON-LD, for the description of the interface.

use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A document in [JSON-LD](https://www.w3.org/TR/json-ld11/): its context, and the nodes that it describes, the resource first.
pub(super) struct JsonLd;

/// A [context](https://www.w3.org/TR/json-ld11/#the-context).
pub(super) struct JsonLdContext;

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn map_of(value: impl Into<RefOr<Schema>>) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(value.into()))
}

/// Prefixes are texts, terms are objects of texts.
fn context() -> ObjectBuilder {
    map_of(OneOfBuilder::new().item(text()).item(map_of(text()))).description(Some(
        "Prefixes with their namespaces, and terms with how their values are read.",
    ))
}

/// A text or several of them.
fn texts() -> OneOfBuilder {
    OneOfBuilder::new().item(text()).item(ArrayBuilder::new().items(text()))
}

/// One or several values: a text, an address, a value with its datatype, or texts by language.
fn value() -> OneOfBuilder {
    let one = OneOfBuilder::new().item(text()).item(map_of(texts()));
    OneOfBuilder::new().item(text()).item(map_of(texts())).item(ArrayBuilder::new().items(one))
}

impl PartialSchema for JsonLd {
    fn schema() -> RefOr<Schema> {
        let nodes = ArrayBuilder::new().items(map_of(value()));
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("A document in JSON-LD: its context, and the nodes that it describes, the resource first."))
            .property("@context", context())
            .required("@context")
            .property("@graph", nodes)
            .required("@graph")
            .into()
    }
}

impl ToSchema for JsonLd {}

impl PartialSchema for JsonLdContext {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("The context of every document in JSON-LD."))
            .property("@context", context())
            .required("@context")
            .into()
    }
}

impl ToSchema for JsonLdContext {}
