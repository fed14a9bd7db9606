//! What robots may read.

use crate::paths::linked::samples;
use crate::paths::serve::problem;
use crate::support::http::Server;

#[test]
fn robots_are_kept_off_what_costs_a_lot() {
    let data = samples();
    let server = Server::of(&data);
    let answer = server.get("/robots.txt");
    let text = String::from_utf8_lossy(&answer.body);
    assert_eq!(
        (answer.status, answer.field("content-type")),
        (200, Some("text/plain; charset=utf-8"))
    );
    for line in ["User-agent: *\n", "Disallow: /sparql\n", "Disallow: /v1/\n"] {
        assert!(text.contains(line), "{text}");
    }
    assert!(!text.contains("Disallow: /doc"), "{text}");
}

#[test]
fn without_an_address_of_its_own_the_service_has_no_sitemap_and_says_why() {
    let data = samples();
    let server = Server::of(&data);
    for path in ["/sitemap.xml", "/sitemap.xml?part=0"] {
        let told = problem(&server.get(path), 404, "no-public-url");
        assert_eq!(told["setting"], "serve.public_url", "{path}");
    }
}
