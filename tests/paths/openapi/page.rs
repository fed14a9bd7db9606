//! The page that shows the description.

use crate::support::DataDir;
use crate::support::http::{Server, request};

#[test]
fn the_page_of_the_description_asks_nobody_else() {
    let data = DataDir::new();
    let server = Server::of(&data);
    let page = server.get("/docs");
    assert_eq!(page.field("content-type"), Some("text/html; charset=utf-8"));
    let policy = page.field("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'; script-src 'self';"), "{policy}");
    assert!(policy.contains("connect-src 'self';"), "{policy}");
    let text = String::from_utf8(page.body.clone()).unwrap();
    let mut n_files = 0;
    for (_, rest) in ["src=\"", "href=\""]
        .iter()
        .flat_map(|mark| text.match_indices(mark))
        .map(|(at, mark)| (at, &text[at + mark.len()..]))
    {
        let address = &rest[..rest.find('"').unwrap()];
        assert!(address.starts_with('/') && !address.starts_with("//"), "{address}");
        let file = server.get(address);
        assert_eq!(file.status, 200, "{address}");
        assert!(!file.body.is_empty(), "{address}");
        let known = [("If-None-Match", file.field("etag").unwrap())];
        let held = server.send(&request("GET", address, &known, b""));
        assert_eq!((held.status, held.body.len()), (304, 0), "{address}");
        n_files += 1;
    }
    assert_eq!(n_files, 5);
    assert!(!text.contains("<style") && !text.contains(" style=") && !text.contains(" onclick"));
}
