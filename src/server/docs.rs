//! `/docs`: a page that shows the description of the interface and tries it out.
//!
//! It is [Swagger UI](https://swagger.io/tools/swagger-ui/), whose files are inside the program. The page asks nobody but the server that it came from.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use utoipa_swagger_ui::{Config, serve};

use crate::server::asset::Asset;
use crate::server::problem::Problem;
use crate::server::routes::Routes;
use crate::server::tag::Tag;

/// What the page may do: run and show what comes from here, ask here, and nothing else. What it draws has `style` attributes, so that these may be.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The files of Swagger UI that the page asks for.
const FILES: [&str; 3] = ["swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png"];

/// How long they may be kept: until the program is another one, whoever asks again gets the same.
const A_DAY: &str = "public, max-age=86400";

/// The page and what starts it.
const PAGE: &str = include_str!("../web/docs/docs.html");
const START: &str = include_str!("../web/docs/docs.js");

/// Adds the page. Of what it is made of, nothing is listed: it asks for it by itself.
///
/// It is counted, unlike the page of badges: it is long, and coded anew for everybody who does not have it yet.
pub(super) fn docs(routes: Routes) -> Routes {
    let page = async |fields: HeaderMap| own("text/html; charset=utf-8", PAGE, &fields);
    let start = async |fields: HeaderMap| own("text/javascript; charset=utf-8", START, &fields);
    let routes = routes.costing(1).get("/docs", page).unlisted("/docs/docs.js", start);
    let [style, script, icon] =
        FILES.map(|name| async move |fields: HeaderMap| file(name, &fields));
    routes
        .unlisted("/docs/swagger-ui.css", style)
        .unlisted("/docs/swagger-ui-bundle.js", script)
        .unlisted("/docs/favicon-32x32.png", icon)
}

/// Gives a file of ours.
fn own(media_type: &'static str, text: &'static str, fields: &HeaderMap) -> Response {
    let bytes = Bytes::from_static(text.as_bytes());
    asset(HeaderValue::from_static(media_type), Tag::of(text), bytes).answer(fields)
}

/// Gives a file of Swagger UI.
fn file(name: &str, fields: &HeaderMap) -> Result<Response, Problem> {
    let found = serve(name, Arc::new(Config::default())).ok().flatten();
    let found =
        found.and_then(|file| Some((HeaderValue::try_from(file.content_type).ok()?, file.bytes)));
    let Some((media_type, bytes)) = found else {
        tracing::error!(name, "a file of the page is missing");
        return Err(Problem::internal());
    };
    let bytes = match bytes {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => Bytes::from(bytes),
    };
    Ok(asset(media_type, Tag::of_file(name), bytes).answer(fields))
}

fn asset(media_type: HeaderValue, tag: Tag, bytes: Bytes) -> Asset {
    Asset { media_type, policy: POLICY, caching: A_DAY, tag, bytes }
}
