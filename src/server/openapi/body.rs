//! The schemas of bodies, which are read by hand so that every fault is told with its place.

use std::borrow::Cow;

use serde_json::json;
use utoipa::openapi::schema::{
    AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, Type,
};
use utoipa::openapi::{Ref, RefOr, Required, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::server::batch::MAX_TEXT;
use crate::server::openapi::parameter::{Likening, Search, Searching, Suggesting, of};
use crate::server::openapi::question::ClaimBody;
use crate::server::search::MAX_SEARCHES;
use crate::server::suggest::MAX_TEXTS;

/// Gives a schema the name that it has in the description, and what it refers to.
macro_rules! named {
    ($name:ident, $told:literal $(, $part:ty)*) => {
        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed($told)
            }

            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $(
                    schemas.push((<$part>::name().into_owned(), <$part>::schema()));
                    <$part>::schemas(schemas);
                )*
                // Where there are no parts, nothing is added.
                let _ = schemas;
            }
        }
    };
}

/// One question: an identifier, or more.
pub(in crate::server) struct QuestionBody;

impl PartialSchema for QuestionBody {
    fn schema() -> RefOr<Schema> {
        let identifier = ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(MAX_TEXT))
            .description(Some("An identifier in any spelling, or a code."));
        let description = "One question: an identifier, or an object that says more.";
        let either = OneOfBuilder::new().item(identifier).item(referring::<ClaimBody>());
        either.description(Some(description)).into()
    }
}

named!(QuestionBody, "Question", ClaimBody);

/// A search.
pub(in crate::server) struct SearchBody;

impl PartialSchema for SearchBody {
    fn schema() -> RefOr<Schema> {
        let description = "A search, with the members that the parameters of `/v1/search` are.";
        let members = members::<Search>();
        members.description(Some(description)).examples([json!({ "q": "fractions" })]).into()
    }
}

named!(SearchBody, "Search");

/// Several searches.
pub(in crate::server) struct SearchesBody;

impl PartialSchema for SearchesBody {
    fn schema() -> RefOr<Schema> {
        let searches = ArrayBuilder::new()
            .items(referring::<SearchBody>())
            .min_items(Some(1))
            .max_items(Some(MAX_SEARCHES));
        let description = "Several searches, and what holds for all that do not say it otherwise.";
        members::<Searching>()
            .property("searches", searches)
            .required("searches")
            .description(Some(description))
            .into()
    }
}

named!(SearchesBody, "Searches", SearchBody);

/// A text whose competencies are looked for.
pub(in crate::server) struct TextBody;

impl PartialSchema for TextBody {
    fn schema() -> RefOr<Schema> {
        let object = members::<Suggesting>()
            .property("text", text("The text."))
            .required("text")
            .description(Some("A text, with how its competencies are looked for."));
        let alone = text("A text alone.");
        OneOfBuilder::new().item(alone).item(object).description(Some("One text of many.")).into()
    }
}

named!(TextBody, "Text");

/// One text or many whose competencies are looked for.
pub(in crate::server) struct TextsBody;

impl PartialSchema for TextsBody {
    fn schema() -> RefOr<Schema> {
        let texts = ArrayBuilder::new()
            .items(referring::<TextBody>())
            .min_items(Some(1))
            .max_items(Some(MAX_TEXTS));
        let one = members::<Suggesting>()
            .property("text", text("The text."))
            .required("text")
            .description(Some("One text."));
        let many = members::<Suggesting>()
            .property("texts", texts)
            .required("texts")
            .description(Some("Many texts, and what holds for all that do not say it otherwise."));
        OneOfBuilder::new().item(one).item(many).description(Some("One text, or many.")).into()
    }
}

named!(TextsBody, "Texts", TextBody);

/// What near-duplicates are looked for of.
pub(in crate::server) struct LikeBody;

impl PartialSchema for LikeBody {
    fn schema() -> RefOr<Schema> {
        let what = [
            ("id", "A resource, by an identifier in any spelling."),
            ("text", "A statement that somebody is about to write."),
            ("report", "A framework, by an identifier: each of its resources is looked at."),
        ];
        let each = what.map(|(name, description)| {
            let members = members::<Likening>();
            members.property(name, text(description)).required(name).description(Some(description))
        });
        let description = "What near-duplicates are looked for of, and how.";
        let any = each.into_iter().fold(OneOfBuilder::new(), OneOfBuilder::item);
        any.description(Some(description)).into()
    }
}

named!(LikeBody, "Like");

/// A file as it is sent.
pub(in crate::server) struct Packed;

impl PartialSchema for Packed {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("A file that is packed."))
            .content_media_type("application/zstd")
            .into()
    }
}

named!(Packed, "Packed");

fn referring<T: ToSchema>() -> Ref {
    Ref::from_schema_name(T::name())
}

fn text(description: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .pattern(Some(r"\S"))
        .description(Some(description))
}

/// An object whose members are parameters, and no others.
fn members<T: IntoParams>() -> ObjectBuilder {
    let object = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::FreeForm(false)));
    of::<T>().into_iter().fold(object, |object, parameter| {
        let required = parameter.required == Required::True;
        let object = match parameter.schema {
            Some(schema) => {
                let schema = described(schema, parameter.description);
                object.property(parameter.name.clone(), schema)
            }
            None => object,
        };
        if required { object.required(parameter.name) } else { object }
    })
}

/// A schema that says what the parameter says.
fn described(schema: RefOr<Schema>, description: Option<String>) -> RefOr<Schema> {
    match schema {
        RefOr::T(Schema::Object(object)) => {
            ObjectBuilder::from(object).description(description).into()
        }
        RefOr::T(Schema::Array(array)) => ArrayBuilder::from(array).description(description).into(),
        other => other,
    }
}
