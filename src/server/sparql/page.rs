//! The page on which people ask: served as it is written, under `src/web/sparql`.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::server::asset::Asset;
use crate::server::pages::POLICY;
use crate::server::routes::Routes;
use crate::server::tag::Tag;

const HTML: &str = include_str!("../../web/sparql/page.html");
const CSS: &str = include_str!("../../web/sparql/page.css");
const PAGE: &str = include_str!("../../web/sparql/page.js");
const EXAMPLES: &str = include_str!("../../web/sparql/examples.js");

/// Adds what the page is made of; the page itself is what a browser sees at `/sparql`.
pub(in crate::server) fn page(routes: Routes) -> Routes {
    let (css, javascript) = ("text/css; charset=utf-8", "text/javascript; charset=utf-8");
    let [style, page, examples] = [(css, CSS), (javascript, PAGE), (javascript, EXAMPLES)]
        .map(|(media_type, text)| async move |fields: HeaderMap| file(media_type, text, &fields));
    routes
        .costing(0)
        .unlisted("/sparql/page.css", style)
        .unlisted("/sparql/page.js", page)
        .unlisted("/sparql/examples.js", examples)
}

/// The page.
pub(super) fn html(fields: &HeaderMap) -> Response {
    file("text/html; charset=utf-8", HTML, fields)
}

/// It may be kept, and is asked about again each time.
fn file(media_type: &'static str, text: &'static str, fields: &HeaderMap) -> Response {
    let asset = Asset {
        media_type: HeaderValue::from_static(media_type),
        policy: POLICY,
        caching: "no-cache",
        tag: Tag::of(text),
        bytes: Bytes::from_static(text.as_bytes()),
    };
    asset.answer(fields)
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
