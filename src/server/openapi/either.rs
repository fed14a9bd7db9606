//! Answers of which there are two kinds at one place.

use utoipa::openapi::schema::OneOfBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::lookup::{ShownLinks, ShownResource, Suggestions};
use crate::server::suggest::TextsAnswered;

macro_rules! either {
    ($($(#[$doc:meta])* $name:ident: $one:ty, $other:ty;)+) => {$(
        $(#[$doc])*
        pub(in crate::server) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let either = [<$one>::name(), <$other>::name()].map(Ref::from_schema_name);
                either.into_iter().fold(OneOfBuilder::new(), OneOfBuilder::item).into()
            }
        }

        impl ToSchema for $name {
            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                schemas.push((<$one>::name().into_owned(), <$one>::schema()));
                schemas.push((<$other>::name().into_owned(), <$other>::schema()));
                <$one>::schemas(schemas);
                <$other>::schemas(schemas);
            }
        }
    )+};
}

either! {
    /// A resource, or a page of its links.
    ResourceOrLinks: ShownResource, ShownLinks;
    /// What one text is about, or many.
    SuggestionsOrMany: Suggestions, TextsAnswered;
}
