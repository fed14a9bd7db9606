//! The files that the pages are made of, and the module that reads badges: served as they are written, under `src/web/assets`, at the path
//! they have there.
//!
//! What the module reads, it reads in the browser. Nothing of it comes here but what [`super::resolve`] is asked.

use std::borrow::Cow;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue};
use rust_embed::EmbeddedFile;

use crate::server::asset::Asset;
use crate::server::files::embedded::Files;
use crate::server::routes::Routes;
use crate::server::tag::Tag;
use crate::server::terms::Caching;

/// What a page may do: run and show what comes from here, ask here, and nothing else.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

#[expect(clippy::same_name_method, reason = "what is derived has them twice")]
mod embedded {
    use rust_embed::Embed;

    /// The files.
    #[derive(Embed)]
    #[folder = "src/web/assets/"]
    pub(super) struct Files;
}

/// The modules for the pages of others; of what they are made of, nothing is listed: a page asks for it by itself.
const LISTED: [&str; 2] = ["/alidade.js", "/picker.js"];

/// Adds the files.
///
/// None is counted: one page asks for all of its own at once, and they lie in memory.
pub(super) fn files(routes: Routes) -> Routes {
    let routes = routes.costing(0).cached_by(Caching::Handler);
    Files::iter().fold(routes, |routes, name| {
        let (Some(file), Some(media_type)) = (Files::get(&name), media_type(&name)) else {
            return routes;
        };
        // There are so many, once.
        let path: &'static str = String::leak(format!("/{name}"));
        let answer = async move |fields: HeaderMap| asset(path, &file, media_type).answer(&fields);
        let is_listed = LISTED.contains(&path);
        if is_listed { routes.get(path, answer) } else { routes.unlisted(path, answer) }
    })
}

fn media_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "svg" => Some("image/svg+xml"),
        _ => None,
    }
}

/// A file as it is served. It may be kept, and is asked about again each time: with the next version of the program it may be another.
fn asset(name: &str, file: &EmbeddedFile, media_type: &'static str) -> Asset {
    Asset {
        media_type: HeaderValue::from_static(media_type),
        policy: POLICY,
        caching: "no-cache",
        tag: Tag::of_file(name),
        bytes: match &file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes.clone()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Files, media_type};

    #[test]
    fn every_file_has_a_media_type_and_asks_nobody_else() {
        assert!(Files::iter().count() > 50);
        for name in Files::iter() {
            assert!(media_type(&name).is_some(), "{name}");
            let data = Files::get(&name).unwrap().data;
            let text = str::from_utf8(&data).unwrap();
            for mark in
                ["//cdn", "@import", "innerHTML", "insertAdjacentHTML", "document.write", "eval("]
            {
                assert!(!text.contains(mark), "{name}: {mark}");
            }
        }
    }
}
