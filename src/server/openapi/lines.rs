//! Bodies and answers of one JSON text a line, which a schema can only call a text.

use std::borrow::Cow;

use index::similar::Duplicates;
use utoipa::openapi::schema::{AnyOfBuilder, ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::likeness::Reported;
use crate::server::changes::ChangeEntry;
use crate::server::openapi::body::{QuestionBody, SearchBody, TextBody};
use crate::server::resolve::Alone;
use crate::server::search::SearchAnswered;
use crate::server::suggest::TextAnswered;

macro_rules! lines {
    ($($(#[$doc:meta])* $name:ident: $($line:ty),+;)+) => {$(
        $(#[$doc])*
        pub(in crate::server) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                of(&[$(<$line>::name()),+])
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }

            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $(
                    schemas.push((<$line>::name().into_owned(), <$line>::schema()));
                    <$line>::schemas(schemas);
                )+
            }
        }
    )+};
}

lines! {
    /// Questions.
    QuestionLines: QuestionBody;
    /// What they mean.
    ResolvedLines: Alone<'static>;
    /// Searches.
    SearchLines: SearchBody;
    /// What they found.
    SearchAnsweredLines: SearchAnswered;
    /// Texts.
    TextLines: TextBody;
    /// What they are about.
    TextAnsweredLines: TextAnswered;
    /// Changes.
    ChangeLines: ChangeEntry;
    /// A report.
    ReportLines: Duplicates, Reported;
}

fn of(names: &[Cow<'static, str>]) -> RefOr<Schema> {
    let told: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let references = names.iter().map(|name| Ref::from_schema_name(name.as_ref()));
    let line = references.fold(AnyOfBuilder::new(), AnyOfBuilder::item);
    let lines = ArrayBuilder::new().items(line);
    let description = format!("One JSON text a line, each of them {}.", told.join(" or "));
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .content_media_type("application/x-ndjson")
        .content_schema(Some(lines))
        .into()
}
