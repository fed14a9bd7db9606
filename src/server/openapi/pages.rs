//! The pages and files that are served as they are.

use utoipa::Modify;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, OpenApi, ResponseBuilder};

/// A page as it is described: its path, its identifier, what it is, and its media type.
type Page = (&'static str, &'static str, &'static str, &'static str);

/// Every page that is listed.
const PAGES: [Page; 3] = [
    (
        "/badge",
        "badgePage",
        "A page that reads a badge in the browser and asks what is in it",
        "text/html",
    ),
    ("/alidade.js", "module", "The module with which any page does that", "text/javascript"),
    ("/docs", "docsPage", "A page that shows this description and tries it out", "text/html"),
];

/// Adds the pages.
pub(super) struct Pages;

impl Modify for Pages {
    fn modify(&self, openapi: &mut OpenApi) {
        for (path, id, what, media_type) in PAGES {
            let schema = ObjectBuilder::new().schema_type(Type::String).build();
            let content = ContentBuilder::new().schema(Some(schema)).build();
            let response =
                ResponseBuilder::new().description(format!("{what}.")).content(media_type, content);
            let operation = OperationBuilder::new()
                .tag("people")
                .operation_id(Some(id))
                .summary(Some(what))
                .response("200", response.build());
            openapi
                .paths
                .paths
                .insert(path.to_owned(), PathItem::new(HttpMethod::Get, operation.build()));
        }
    }
}
