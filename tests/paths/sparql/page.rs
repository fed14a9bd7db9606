//! What `/sparql` says where nothing is asked: a description to programs, a page to people.

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};

use crate::paths::serve::problem;
use crate::paths::sparql::{examples, sample_set};
use crate::support::html::tags;
use crate::support::http::{Answer, Server, encoded, request};

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

fn get(server: &Server, path: &str, accept: &str) -> Answer {
    server.send(&request("GET", path, &[("Accept", accept)], b""))
}

#[test]
fn a_program_is_told_what_the_endpoint_does() {
    let data = sample_set();
    let server = Server::of(&data);
    for accept in
        ["*/*", "text/turtle", "application/n-quads, application/trig;q=0.95, text/turtle;q=0.6"]
    {
        let answer = get(&server, "/sparql", accept);
        assert_eq!(answer.field("content-type"), Some("text/turtle; charset=utf-8"), "{accept}");
        let parser = RdfParser::from_format(RdfFormat::Turtle);
        let parser = parser.with_base_iri("http://alidade.test/sparql").unwrap();
        let quads = parser.for_slice(&answer.body).collect::<Result<Vec<_>, _>>().unwrap();
        let said: Vec<String> = quads.iter().map(ToString::to_string).collect();
        let sd = "http://www.w3.org/ns/sparql-service-description#";
        for (predicate, object) in [
            ("endpoint", "http://alidade.test/sparql"),
            ("supportedLanguage", &format!("{sd}SPARQL11Query")),
            ("feature", &format!("{sd}UnionDefaultGraph")),
            ("resultFormat", "http://www.w3.org/ns/formats/SPARQL_Results_JSON"),
            ("defaultDataset", "http://alidade.test/.well-known/void#dataset"),
        ] {
            let triple = format!("<http://alidade.test/sparql> <{sd}{predicate}> <{object}>");
            assert!(said.contains(&triple), "{triple} is not in {said:#?}");
        }
    }
    let answer = get(&server, "/sparql", "application/ld+json");
    assert_eq!(answer.field("content-type"), Some("application/ld+json"));
    let json_ld = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    let parser = RdfParser::from_format(json_ld).with_base_iri("http://alidade.test/sparql");
    let quads = parser.unwrap().for_slice(&answer.body).collect::<Result<Vec<_>, _>>().unwrap();
    let dataset = "http://alidade.test/.well-known/void#dataset";
    assert!(quads.iter().any(|quad| quad.to_string().contains(dataset)), "{quads:#?}");
    let refused =
        problem(&get(&server, "/sparql", "application/sparql-results+json"), 406, "not-acceptable");
    assert!(refused["available"].to_string().contains("text/turtle"), "{refused}");
}

#[test]
fn a_browser_gets_a_page_that_is_all_from_here() {
    let data = sample_set();
    let server = Server::of(&data);
    let page = get(&server, "/sparql", BROWSER);
    assert_eq!(page.field("content-type"), Some("text/html; charset=utf-8"));
    let policy = page.field("content-security-policy").unwrap();
    assert!(
        policy.contains("default-src 'none'") && policy.contains("connect-src 'self'"),
        "{policy}"
    );
    let tags = tags(std::str::from_utf8(&page.body).unwrap());
    let script = tags.iter().rfind(|tag| tag.name == "script").and_then(|tag| tag.get("src"));
    assert_eq!(script, Some("/sparql/page.js"));
    for file in ["/sparql/page.js", "/sparql/table.js", "/words.js", "/style.css"] {
        assert_eq!(get(&server, file, "*/*").status, 200, "{file}");
    }
}

#[test]
fn the_examples_of_the_page_are_those_of_the_readme_and_can_be_asked_without_scripts() {
    let data = sample_set();
    let server = Server::with(&data, &["--set", "serve.rate=0"]);
    let page = get(&server, "/sparql", BROWSER);
    let tags = tags(std::str::from_utf8(&page.body).unwrap());
    let links: Vec<_> = tags.iter().filter(|tag| tag.get("data-example").is_some()).collect();
    let users = [("Issuer", 3), ("Verifier", 4), ("Marketplace", 3)];
    let users = users.iter().flat_map(|(user, n)| std::iter::repeat_n(*user, *n));
    assert_eq!(links.len(), examples().len());
    for ((example, link), of) in examples().iter().zip(links).zip(users) {
        let (user, title) = example.title.split_once(": ").unwrap();
        assert_eq!((user, title.to_lowercase()), (of, link.text.to_lowercase()));
        let address = link.get("href").unwrap();
        assert_eq!(address, format!("/sparql?query={}", encoded(&example.query)), "{title}");
        let answer = get(&server, address, BROWSER);
        assert_eq!(answer.status, 200, "{title}");
        assert_eq!(answer.field("content-type"), Some("application/sparql-results+json"));
    }
}
