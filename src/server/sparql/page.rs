//! The page on which people ask: served as it is written, under `src/web/sparql`.

use axum::body::Body;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::Response;

use crate::server::pages::POLICY;
use crate::server::routes::Routes;

const HTML: &str = include_str!("../../web/sparql/page.html");
const CSS: &str = include_str!("../../web/sparql/page.css");
const PAGE: &str = include_str!("../../web/sparql/page.js");
const EXAMPLES: &str = include_str!("../../web/sparql/examples.js");

/// Adds what the page is made of; the page itself is what a browser sees at `/sparql`.
pub(in crate::server) fn page(routes: Routes) -> Routes {
    let javascript = "text/javascript; charset=utf-8";
    routes
        .unlisted("/sparql/page.css", async || file("text/css; charset=utf-8", CSS))
        .unlisted("/sparql/page.js", async move || file(javascript, PAGE))
        .unlisted("/sparql/examples.js", async move || file(javascript, EXAMPLES))
}

/// The page.
pub(super) fn html() -> Response {
    file("text/html; charset=utf-8", HTML)
}

/// It may be kept, and is asked about again each time.
fn file(media_type: &'static str, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

#[cfg(test)]
mod tests {
    use super::{CSS, EXAMPLES, HTML, PAGE};

    #[test]
    fn nothing_stands_inside_the_page_or_comes_from_elsewhere() {
        let marks =
            ["<style", " style=", " onclick", "javascript:", "//cdn", "src=\"http", "@import"];
        for (name, text) in [("html", HTML), ("css", CSS), ("page", PAGE), ("examples", EXAMPLES)] {
            for mark in marks {
                assert!(!text.contains(mark), "{name}: {mark}");
            }
        }
        assert!(!PAGE.contains("innerHTML"), "what comes from elsewhere is text");
    }
}
