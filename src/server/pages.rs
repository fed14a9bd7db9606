//! The page that reads badges, and the module it is made of: served as they are written, under `src/web`.
//!
//! What they read, they read in the browser. Nothing of it comes here but what [`super::resolve`] is asked.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use crate::server::asset::Asset;
use crate::server::routes::Routes;
use crate::server::tag::Tag;
use crate::server::terms::Caching;

/// What the page may do: run and show what comes from here, ask here, and nothing else.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// A file that is served as it is.
struct File {
    path: &'static str,
    media_type: &'static str,
    text: &'static str,
}

/// A file of `src/web`, at the path it has there; the page has no ending.
macro_rules! file {
    ($path:literal, $media_type:expr) => {
        file!($path, $path, $media_type)
    };
    ($path:literal, $file:literal, $media_type:expr) => {
        File { path: $path, media_type: $media_type, text: include_str!(concat!("../web", $file)) }
    };
}

static FILES: [File; 54] = [
    file!("/badge", "/badge.html", HTML),
    file!("/badge.css", CSS),
    file!("/badge.js", JAVASCRIPT),
    file!("/badge/report.js", JAVASCRIPT),
    file!("/badge/words.js", JAVASCRIPT),
    file!("/alidade.js", JAVASCRIPT),
    file!("/alidade/address.js", JAVASCRIPT),
    file!("/alidade/alignment.js", JAVASCRIPT),
    file!("/alidade/ask.js", JAVASCRIPT),
    file!("/alidade/base64url.js", JAVASCRIPT),
    file!("/alidade/clr.js", JAVASCRIPT),
    file!("/alidade/compact_jws.js", JAVASCRIPT),
    file!("/alidade/ctdl.js", JAVASCRIPT),
    file!("/alidade/data_url.js", JAVASCRIPT),
    file!("/alidade/document.js", JAVASCRIPT),
    file!("/alidade/elm.js", JAVASCRIPT),
    file!("/alidade/error.js", JAVASCRIPT),
    file!("/alidade/extract.js", JAVASCRIPT),
    file!("/alidade/folding.js", JAVASCRIPT),
    file!("/alidade/format.js", JAVASCRIPT),
    file!("/alidade/identifier_entry.js", JAVASCRIPT),
    file!("/alidade/json.js", JAVASCRIPT),
    file!("/alidade/json_jws.js", JAVASCRIPT),
    file!("/alidade/learner.js", JAVASCRIPT),
    file!("/alidade/ler_rs.js", JAVASCRIPT),
    file!("/alidade/literal.js", JAVASCRIPT),
    file!("/alidade/mention.js", JAVASCRIPT),
    file!("/alidade/nested.js", JAVASCRIPT),
    file!("/alidade/open.js", JAVASCRIPT),
    file!("/alidade/open_badge.js", JAVASCRIPT),
    file!("/alidade/organization.js", JAVASCRIPT),
    file!("/alidade/person.js", JAVASCRIPT),
    file!("/alidade/place.js", JAVASCRIPT),
    file!("/alidade/png.js", JAVASCRIPT),
    file!("/alidade/prefix.js", JAVASCRIPT),
    file!("/alidade/privacy.js", JAVASCRIPT),
    file!("/alidade/public.js", JAVASCRIPT),
    file!("/alidade/reader.js", JAVASCRIPT),
    file!("/alidade/recognise.js", JAVASCRIPT),
    file!("/alidade/resolve.js", JAVASCRIPT),
    file!("/alidade/scheme.js", JAVASCRIPT),
    file!("/alidade/scope.js", JAVASCRIPT),
    file!("/alidade/sd_jwt.js", JAVASCRIPT),
    file!("/alidade/search.js", JAVASCRIPT),
    file!("/alidade/sha2.js", JAVASCRIPT),
    file!("/alidade/site.js", JAVASCRIPT),
    file!("/alidade/svg.js", JAVASCRIPT),
    file!("/alidade/table.js", JAVASCRIPT),
    file!("/alidade/tags.js", JAVASCRIPT),
    file!("/alidade/text.js", JAVASCRIPT),
    file!("/alidade/thing.js", JAVASCRIPT),
    file!("/alidade/token.js", JAVASCRIPT),
    file!("/alidade/told.js", JAVASCRIPT),
    file!("/alidade/unfold.js", JAVASCRIPT),
];

/// Adds the page and the module. Of what the module is made of, nothing is listed: a page asks for it by itself.
///
/// None of it is counted: one page asks for all the files at once, and they lie in memory.
pub(super) fn pages(routes: Routes) -> Routes {
    let routes = routes.costing(0).cached_by(Caching::Handler);
    FILES.iter().fold(routes, |routes, file| {
        let answer = async move |fields: HeaderMap| file.answer(&fields);
        let is_listed = matches!(file.path, "/badge" | "/alidade.js");
        if is_listed { routes.get(file.path, answer) } else { routes.unlisted(file.path, answer) }
    })
}

impl File {
    /// Gives the file, or says that whoever asks has it already.
    ///
    /// It may be kept, and is asked about again each time: with the next version of the program it may be another.
    fn answer(&self, fields: &HeaderMap) -> Response {
        let asset = Asset {
            media_type: HeaderValue::from_static(self.media_type),
            policy: POLICY,
            caching: "no-cache",
            tag: Tag::of(self.text),
            bytes: Bytes::from_static(self.text.as_bytes()),
        };
        asset.answer(fields)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use axum::http::header::IF_NONE_MATCH;
    use axum::http::{HeaderMap, StatusCode};

    use super::{FILES, File, JAVASCRIPT};

    #[test]
    fn every_file_of_the_folder_is_served() {
        let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
        let mut there = BTreeSet::new();
        for (folder, prefix) in [("", "/"), ("alidade", "/alidade/"), ("badge", "/badge/")] {
            let files = std::fs::read_dir(web.join(folder)).unwrap();
            let files = files.map(|entry| entry.unwrap().path());
            for file in files.filter(|path| path.is_file()) {
                there.insert(format!("{prefix}{}", file.file_name().unwrap().display()));
            }
        }
        let in_folder = |path: &str| if path == "/badge" { "/badge.html" } else { path }.to_owned();
        let served: BTreeSet<String> = FILES.iter().map(|file| in_folder(file.path)).collect();
        assert_eq!(served, there);
    }

    #[test]
    fn whoever_has_a_file_is_told_so() {
        let file = File { path: "/a.js", media_type: JAVASCRIPT, text: "export {};\n" };
        let first = file.answer(&HeaderMap::new());
        assert_eq!(first.status(), StatusCode::OK);
        let mut fields = HeaderMap::new();
        fields.insert(IF_NONE_MATCH, first.headers()["etag"].clone());
        assert_eq!(file.answer(&fields).status(), StatusCode::NOT_MODIFIED);
        let other = File { text: "export { };\n", ..file };
        assert_eq!(other.answer(&fields).status(), StatusCode::OK);
    }

    #[test]
    fn no_page_has_script_or_style_inside_or_anything_from_elsewhere() {
        for file in FILES.iter().filter(|file| file.path == "/badge") {
            for mark in
                ["<style", " style=", " onclick", "javascript:", "//cdn", "src=\"http", "@import"]
            {
                assert!(!file.text.contains(mark), "{}: {mark}", file.path);
            }
        }
    }
}
