//! The schema of what could have been had, where nothing of it is accepted.

use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// A media type that could have been had: alone, or with the address of what is of that type.
pub(super) struct Available;

impl PartialSchema for Available {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let addressed = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("type", text().description(Some("The media type.")))
            .required("type")
            .property("href", text().description(Some("The address.")))
            .required("href");
        let either = OneOfBuilder::new().item(text()).item(addressed);
        either.description(Some("A media type, with its address where it has one.")).into()
    }
}

impl ToSchema for Available {}
