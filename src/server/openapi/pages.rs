//! The files that are served as they are, for the pages of others. The pages for people are no part of the description.

use utoipa::openapi::path::{HttpMethod, OperationBuilder, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, OpenApi, ResponseBuilder};
use utoipa::{IntoResponses, Modify};

use crate::server::openapi::response::NotModified;

/// A page as it is described.
struct Page {
    path: &'static str,
    id: &'static str,
    what: &'static str,
    media_type: &'static str,
}

/// Every page that is listed.
const PAGES: [Page; 2] = [
    Page {
        path: "/alidade.js",
        id: "module",
        what: "The module with which any page reads badges and asks what they mean",
        media_type: "text/javascript",
    },
    Page {
        path: "/picker.js",
        id: "picker",
        what: "The element with which any form picks an alignment",
        media_type: "text/javascript",
    },
];

/// Adds the pages.
pub(super) struct Pages;

impl Modify for Pages {
    fn modify(&self, openapi: &mut OpenApi) {
        for Page { path, id, what, media_type } in PAGES {
            let schema = ObjectBuilder::new().schema_type(Type::String).build();
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let response =
                ResponseBuilder::new().description(format!("{what}.")).content(media_type, content);
            let operation = OperationBuilder::new()
                .tag("people")
                .operation_id(Some(id))
                .summary(Some(what))
                .response("200", response.build());
            let operation = unchanged(operation);
            openapi
                .paths
                .paths
                .insert(path.to_owned(), PathItem::new(HttpMethod::Get, operation.build()));
        }
    }
}

/// Whoever has the page may be told so.
fn unchanged(operation: OperationBuilder) -> OperationBuilder {
    let responses = NotModified::responses().into_iter();
    responses.fold(operation, |operation, (status, response)| operation.response(status, response))
}
