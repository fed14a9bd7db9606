//! The pages that show the description.

use crate::support::DataDir;
use crate::support::html::tags;
use crate::support::http::{Server, request};

#[test]
fn the_pages_of_the_description_are_written_here_and_ask_nobody_else() {
    let data = DataDir::new();
    let server = Server::of(&data);
    for path in ["/docs", "/docs/search"] {
        let page = server.get(path);
        assert_eq!(page.field("content-type"), Some("text/html; charset=utf-8"));
        assert!(!page.field("content-security-policy").unwrap().contains("unsafe"));
        let tags = tags(std::str::from_utf8(&page.body).unwrap());
        let files = tags.iter().filter(|tag| tag.name == "script" || tag.name == "link");
        let files: Vec<&str> =
            files.filter_map(|tag| tag.get("src").or_else(|| tag.get("href"))).collect();
        assert!(files.len() >= 3, "{files:?}");
        for address in files {
            assert!(address.starts_with('/') && !address.starts_with("//"), "{address}");
            let file = server.get(address);
            assert_eq!(file.status, 200, "{address}");
            let Some(tag) = file.field("etag") else { continue };
            let held = server.send(&request("GET", address, &[("If-None-Match", tag)], b""));
            assert_eq!((held.status, held.body.len()), (304, 0), "{address}");
        }
    }
    let page = String::from_utf8(server.get("/docs/search").body).unwrap();
    for words in
        ["GET /v1/search", "name=\"q\"", "fractions", "/docs/schemas/", "too-many-requests"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
}
