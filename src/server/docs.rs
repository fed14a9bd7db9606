//! `/docs`: a page that shows the description of the interface and tries it out.
//!
//! It is [Swagger UI](https://swagger.io/tools/swagger-ui/), whose files are inside the program. The page asks nobody but the server that it came from.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use utoipa_swagger_ui::{Config, serve};

use crate::server::problem::Problem;
use crate::server::routes::Routes;

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
pub(super) fn docs(routes: Routes) -> Routes {
    let page = async || written("text/html; charset=utf-8", PAGE.as_bytes().into());
    let start = async || written("text/javascript; charset=utf-8", START.as_bytes().into());
    let routes = routes.get("/docs", page).unlisted("/docs/docs.js", start);
    let [style, script, icon] = FILES;
    routes
        .unlisted("/docs/swagger-ui.css", async move || file(style))
        .unlisted("/docs/swagger-ui-bundle.js", async move || file(script))
        .unlisted("/docs/favicon-32x32.png", async move || file(icon))
}

/// Gives a file of Swagger UI.
fn file(name: &str) -> Result<Response, Problem> {
    let Ok(Some(file)) = serve(name, Arc::new(Config::default())) else {
        tracing::error!(name, "a file of the page is missing");
        return Err(Problem::internal());
    };
    let mut response = written("", file.bytes);
    if let Ok(media_type) = HeaderValue::try_from(file.content_type) {
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    Ok(response)
}

fn written(media_type: &'static str, bytes: Cow<'static, [u8]>) -> Response {
    let mut response = Response::new(Body::from(bytes.into_owned()));
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(A_DAY));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response.headers_mut().extend(headers);
    response
}
