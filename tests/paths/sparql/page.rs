//! What `/sparql` says where nothing is asked: a description to programs, a page to people.

use std::fs;
use std::path::Path;

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfParser};

use crate::paths::serve::problem;
use crate::paths::sparql::{examples, sample_set};
use crate::support::http::{Answer, Server, request};

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
    let html = String::from_utf8(page.body).unwrap();
    let named = html.split("href=\"").chain(html.split("src=\"")).skip(1);
    let named = named.filter_map(|rest| rest.split('"').next());
    let files: Vec<&str> =
        named.filter(|name| name.ends_with(".css") || name.ends_with(".js")).collect();
    assert_eq!(files, ["badge.css", "sparql/page.css", "sparql/page.js"]);
    for file in files {
        let answer = get(&server, &format!("/{file}"), "*/*");
        assert_eq!(answer.status, 200, "{file}");
    }
    assert_eq!(get(&server, "/sparql/examples.js", "*/*").status, 200);
}

#[test]
fn the_examples_of_the_page_are_those_of_the_readme() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/sparql/examples.js");
    let text = fs::read_to_string(path).unwrap();
    let mut queries = text.split("query: `").skip(1).map(|rest| rest.split('`').next().unwrap());
    for example in examples() {
        let (user, title) = example.title.split_once(": ").unwrap();
        assert_eq!(queries.next(), Some(example.query.as_str()), "{}. {title}", example.number);
        assert!(text.contains(&format!("user: \"{user}\"")), "{user}");
        assert!(
            text.to_lowercase().contains(&format!("title: \"{}\"", title.to_lowercase())),
            "{title}"
        );
    }
    assert_eq!(queries.next(), None);
}
