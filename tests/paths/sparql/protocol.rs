//! `/sparql` as the protocol has it: the ways in, the formats out, and what is refused.

use serde_json::Value;

use crate::paths::serve::problem;
use crate::paths::sparql::{ask, examples, rows, sample_set};
use crate::support::DataDir;
use crate::support::http::{Answer, Server, encoded, request};
use crate::support::package::{guid, numbered, save};

const CODE: &str =
    "SELECT ?text { ?c skos:notation \"NMF.3.FR\" ; skos:prefLabel ?text } ORDER BY ?text";

const TRIPLES: &str = "CONSTRUCT { ?c skos:notation ?code } WHERE { ?c skos:notation ?code FILTER (?code = \"NMF.3.FR\") }";

/// Asks with `GET`.
fn get(server: &Server, query: &str, accept: &str) -> Answer {
    let path = format!("/sparql?query={}", encoded(query));
    server.send(&request("GET", &path, &[("Accept", accept)], b""))
}

/// Asks with `POST`, in a body of one media type.
fn post(server: &Server, path: &str, media_type: &str, body: &str) -> Answer {
    server.send(&request("POST", path, &[("Content-Type", media_type)], body.as_bytes()))
}

#[track_caller]
fn text(answer: &Answer, media_type: &str) -> String {
    let text = String::from_utf8(answer.body.clone()).unwrap();
    assert_eq!((answer.status, answer.field("content-type")), (200, Some(media_type)), "{text}");
    assert_eq!(answer.field("alidade-generation"), Some("1"));
    assert!(answer.field("vary").unwrap().contains("Accept"), "{answer:?}");
    text
}

#[test]
fn every_example_of_the_readme_is_answered_as_on_the_command_line() {
    let data = sample_set();
    let server = Server::of(&data);
    let mut n_asked = 0;
    for example in examples() {
        let answer = get(&server, &example.query, "text/csv");
        let found = rows(&text(&answer, "text/csv; charset=utf-8"));
        assert!(!found.is_empty(), "{}. {}", example.number, example.title);
        let mut found: Vec<String> = found;
        let mut expected = ask(&data, &example.query);
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{}. {}", example.number, example.title);
        n_asked += 1;
    }
    assert_eq!(n_asked, 10);
}

#[test]
fn a_query_comes_in_by_three_ways() {
    let data = sample_set();
    let server = Server::of(&data);
    let form = format!("format=json&query={}&timeout=3", encoded(CODE));
    let answers = [
        get(&server, CODE, "*/*"),
        post(&server, "/sparql", "application/x-www-form-urlencoded", &form),
        post(&server, "/sparql", "application/sparql-query", CODE),
        post(&server, "/sparql", "application/sparql-query; charset=utf-8", CODE),
    ];
    for answer in answers {
        let json: Value =
            serde_json::from_str(&text(&answer, "application/sparql-results+json")).unwrap();
        assert_eq!(json["results"]["bindings"][0]["text"]["value"], "Fractions", "{json}");
    }
    let path = format!("/sparql?query={}&default-graph-uri=&named-graph-uri=", encoded(CODE));
    assert_eq!(server.get(&path).status, 200, "what nobody filled in names no graph");
    let head = server.send(&request("HEAD", &path, &[], b""));
    assert_eq!((head.status, head.body.len()), (200, 0), "{head:?}");
    assert_eq!(head.field("content-type"), Some("application/sparql-results+json"));
}

#[test]
fn each_form_of_query_is_answered_in_each_of_its_formats() {
    let data = sample_set();
    let server = Server::of(&data);
    for (accept, media_type, rows, truth) in [
        ("application/sparql-results+json", None, "\"Fractions\"", "\"boolean\":true"),
        ("application/json", None, "\"Fractions\"", "\"boolean\":true"),
        ("application/sparql-results+xml", None, ">Fractions<", "<boolean>true</boolean>"),
        ("text/csv", Some("text/csv; charset=utf-8"), "text\r\nFractions\r\n", "true"),
        (
            "text/tab-separated-values",
            Some("text/tab-separated-values; charset=utf-8"),
            "?text\n\"Fractions\"@en\n",
            "true",
        ),
    ] {
        let media_type = media_type.unwrap_or(accept);
        let told = text(&get(&server, CODE, accept), media_type);
        assert!(told.contains(rows), "{accept}: {told}");
        let told = text(&get(&server, "ASK { ?c skos:notation \"NMF.3.FR\" }", accept), media_type);
        assert!(told.contains(truth), "{accept}: {told}");
        let json = problem(&get(&server, TRIPLES, accept), 406, "not-acceptable");
        assert!(json["available"].to_string().contains("text/turtle"), "{json}");
    }
    for (accept, words) in [
        ("text/turtle", "skos:notation \"NMF.3.FR\""),
        ("application/n-triples", "core#notation> \"NMF.3.FR\" ."),
        ("application/n-quads", "core#notation> \"NMF.3.FR\" ."),
        ("application/trig", "skos:notation \"NMF.3.FR\""),
        ("application/ld+json", "core#notation\":[{\"@value\":\"NMF.3.FR\"}]"),
        ("application/rdf+xml", "notation"),
    ] {
        let told = if accept == "text/turtle" { "text/turtle; charset=utf-8" } else { accept };
        let told = text(&get(&server, TRIPLES, accept), told);
        assert!(told.contains(words), "{accept}: {told}");
        let json = problem(&get(&server, CODE, accept), 406, "not-acceptable");
        assert!(json["available"].to_string().contains("sparql-results+xml"), "{json}");
    }
    let both = "text/turtle;q=0.9, application/sparql-results+xml;q=0.8, text/csv;q=0.2";
    text(&get(&server, CODE, both), "application/sparql-results+xml");
    text(&get(&server, TRIPLES, both), "text/turtle; charset=utf-8");
    let described = get(&server, "DESCRIBE <urn:uuid:eb2c2f42-5e30-5905-b5b3-1cd892821c44>", "*/*");
    let described = text(&described, "text/turtle; charset=utf-8");
    assert!(described.contains("ceasn:competencyText \"Fractions\"@en"), "{described}");
}

#[test]
fn graphs_are_chosen_by_the_protocol_before_the_query() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.json", "b.json"] {
        save(folder.path(), name, &numbered(1, "Knots at Sea", 2));
    }
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let pattern = format!("{{ <urn:uuid:{}> ceasn:codedNotation ?code }}", guid(1, 2));
    let graphs =
        ask(&data, &format!("SELECT ?record {{ GRAPH ?record {pattern} }} ORDER BY ?record"));
    assert_eq!(graphs.len(), 2);
    let count = |path: &str, query: &str| {
        let form = format!("query={}", encoded(query));
        let answer = post(&server, path, "application/x-www-form-urlencoded", &form);
        answer.json()["results"]["bindings"].as_array().unwrap().len()
    };
    let default = format!("/sparql?default-graph-uri={}", encoded(&graphs[0]));
    let named = format!("/sparql?named-graph-uri={}", encoded(&graphs[1]));
    let all = format!("SELECT * {pattern}");
    let from_both = format!("SELECT * FROM <{}> FROM <{}> {pattern}", graphs[0], graphs[1]);
    assert_eq!((count("/sparql", &all), count("/sparql", &from_both)), (2, 2));
    assert_eq!((count(&default, &all), count(&default, &from_both)), (1, 1));
    let inside = format!("SELECT * {{ GRAPH ?g {pattern} }}");
    assert_eq!((count(&named, &all), count(&named, &inside), count("/sparql", &inside)), (0, 1, 2));
    let wrong = "/sparql?default-graph-uri=no%20iri";
    let form = format!("query={}", encoded(&all));
    let refused = post(&server, wrong, "application/x-www-form-urlencoded", &form);
    problem(&refused, 400, "invalid-parameter");
}

#[test]
fn what_is_no_query_is_a_problem_that_says_so() {
    let data = sample_set();
    let server = Server::of(&data);
    let before = data.content();
    let wrong = problem(&get(&server, "SELECT *\nWHERE { ?a ?b }", "*/*"), 400, "malformed-query");
    assert_eq!((&wrong["line"], &wrong["column"]), (&2.into(), &15.into()), "{wrong}");
    problem(&get(&server, "", "*/*"), 400, "malformed-query");
    problem(&server.get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D"), 400, "repeated-parameter");
    problem(&get(&server, "INSERT DATA { <urn:a> <urn:b> 1 }", "*/*"), 403, "update-refused");
    problem(&server.get("/sparql?update=DROP+ALL"), 403, "update-refused");
    let update = |media_type: &str, body: &str| post(&server, "/sparql", media_type, body);
    let form = "application/x-www-form-urlencoded";
    problem(&update("application/sparql-update", "DROP ALL"), 403, "update-refused");
    problem(&update(form, "update=DROP+ALL"), 403, "update-refused");
    problem(&update("application/sparql-query", "DROP ALL"), 403, "update-refused");
    problem(&update(form, "q=ASK+%7B%7D"), 400, "missing-parameter");
    let refused = update("application/rdf+xml", "<rdf:RDF/>");
    problem(&refused, 415, "media-type");
    assert!(refused.field("accept-post").unwrap().contains("application/sparql-query"));
    problem(&server.send(&request("PUT", "/sparql", &[], b"")), 405, "no-such-method");
    problem(&get(&server, CODE, "image/png"), 406, "not-acceptable");
    assert_eq!(data.content(), before, "nothing was changed");
}

#[test]
fn nothing_published_is_said_and_the_endpoint_describes_itself_all_the_same() {
    let server = Server::of(&DataDir::new());
    problem(&get(&server, "ASK {}", "*/*"), 503, "nothing-published");
    assert_eq!(server.get("/sparql").status, 200);
}
