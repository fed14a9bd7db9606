//! What is answered, held against the description.

use serde_json::json;

use crate::paths::openapi::operation::{operations, reading, served};
use crate::support::DataDir;
use crate::support::http::{Server, encoded};
use crate::support::json_schema::Schemas;

#[test]
fn every_example_is_answered_as_it_is_described() {
    let (_data, server) = served();
    let description = server.get("/openapi.json").json();
    let version = server.get("/v1/range").json()["layout"]["version"].take();
    let linked = json!({ "version": version });
    let mut n_asked = 0;
    for operation in operations(&description) {
        for body in operation.bodies() {
            let answer = operation.ask(&server, &operation.address(&linked), &body);
            let place = format!("{} {}: {answer:?}", operation.method, operation.path);
            // What leads on has nothing of its own to give.
            let leads_on = operation.told["responses"]["303"].is_object();
            assert_eq!(answer.status, if leads_on { 303 } else { 200 }, "{place}");
            operation.check(&description, &answer);
            if operation.method == "POST" {
                let body = String::from_utf8_lossy(&answer.body);
                assert!(!body.contains("\"error\":"), "{place}");
            }
            n_asked += 1;
        }
    }
    assert!(n_asked > 50, "{n_asked}");
}

#[test]
fn every_example_of_a_parameter_is_one_that_it_may_have() {
    let (_data, server) = served();
    let description = server.get("/openapi.json").json();
    let schemas = Schemas::of(&description);
    let mut n_patterns = 0;
    for operation in operations(&description) {
        for parameter in operation.told["parameters"].as_array().into_iter().flatten() {
            let (schema, example) = (&parameter["schema"], &parameter["example"]);
            if example.is_null() {
                continue;
            }
            let place = format!("{} {}: {parameter}", operation.method, operation.path);
            assert_eq!(schemas.check(schema, example), Ok(()), "{place}");
            // SPARQL writes strings as JSON does, and matches as XPath does.
            if !schema["pattern"].is_null() {
                let query = format!("ASK {{ FILTER regex({example}, {}) }}", schema["pattern"]);
                let found = server.get(&format!("/sparql?query={}", encoded(&query))).json();
                assert_eq!(found["boolean"], true, "{place}");
                n_patterns += 1;
            }
        }
    }
    assert!(n_patterns > 5, "{n_patterns}");
}

#[test]
fn whoever_has_an_answer_already_is_told_so_as_it_is_described() {
    let (_data, server) = served();
    let description = server.get("/openapi.json").json();
    let version = server.get("/v1/range").json()["layout"]["version"].take();
    let linked = json!({ "version": version });
    let mut n_held = 0;
    for operation in operations(&description).iter().filter(|operation| operation.method == "GET") {
        let address = operation.address(&linked);
        let answer = operation.ask_with(&server, &address, &[]);
        let Some(tag) = answer.field("etag") else { continue };
        let again = operation.ask_with(&server, &address, &[("If-None-Match", tag)]);
        assert_eq!(again.status, 304, "{}: {again:?}", operation.path);
        operation.check(&description, &again);
        n_held += 1;
    }
    assert!(n_held > 25, "{n_held}");
}

#[test]
fn what_is_linked_and_listed_is_answered_as_it_is_described() {
    let (_data, server) = served();
    let description = server.get("/openapi.json").json();
    let find = |path| reading(&description, path);
    let id = "2373ee03-1b81-5d6f-9869-0a5bee3226c7";
    let framework = "363ed1ab-968c-5728-aafb-19128739b9e2";
    let asking = |query: &str| format!("/sparql?query={}", encoded(query));
    for (path, address, accept) in [
        (
            "/v1/resources/{id}/children",
            format!("/v1/resources/{framework}/children?limit=1"),
            "*/*",
        ),
        ("/v1/resources/{id}/siblings", format!("/v1/resources/{id}/siblings?limit=1"), "*/*"),
        (
            "/v1/resources/{id}/referenced-by",
            format!("/v1/resources/{id}/referenced-by?relation=exactMatchOf&limit=1"),
            "*/*",
        ),
        ("/v1/frameworks", "/v1/frameworks?limit=1&asOf=2020-02-29".to_owned(), "*/*"),
        ("/v1/frameworks/{id}/tree", format!("/v1/frameworks/{framework}/tree?depth=16"), "*/*"),
        ("/v1/changes", "/v1/changes?limit=3".to_owned(), "*/*"),
        ("/v1/changes", "/v1/changes?limit=3".to_owned(), "application/json"),
        ("/dumps", "/dumps?limit=1".to_owned(), "*/*"),
        ("/dumps/{name}", "/dumps/all.csv.zst.sha256".to_owned(), "*/*"),
        ("/sitemap.xml", "/sitemap.xml?part=0".to_owned(), "*/*"),
        ("/doc/{id}", format!("/doc/{id}"), "text/plain, */*;q=0.1"),
        ("/sparql", "/sparql".to_owned(), "application/ld+json"),
        ("/sparql", "/sparql".to_owned(), "application/n-triples"),
        ("/problems", "/problems".to_owned(), "application/json"),
        ("/problems/{code}", "/problems/generation-gone".to_owned(), "application/json"),
        ("/doc/{id}", format!("/doc/{id}.jsonld"), "*/*"),
        ("/doc/{id}", format!("/doc/{id}"), "application/json"),
        ("/doc/{id}", format!("/doc/{id}.ttl"), "*/*"),
        ("/doc/{id}", format!("/doc/{id}"), "application/n-triples"),
        ("/doc/{id}", format!("/doc/{id}.nq"), "*/*"),
        ("/doc/{id}", format!("/doc/{id}.html"), "*/*"),
        ("/sparql", "/sparql".to_owned(), "text/html"),
        ("/sparql", asking("SELECT * { ?s ?p ?o } LIMIT 9"), "*/*"),
        ("/sparql", asking("SELECT * { ?s ?p ?o } LIMIT 9"), "application/json"),
        ("/sparql", asking("SELECT * { ?s ?p ?o } LIMIT 9"), "text/csv"),
        ("/sparql", asking("ASK { ?s ?p ?o }"), "*/*"),
        ("/sparql", asking("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 99"), "application/ld+json"),
        ("/sparql", asking("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 99"), "text/turtle"),
    ] {
        let answer = find(path).ask_with(&server, &address, &[("Accept", accept)]);
        assert_eq!(answer.status, 200, "{address}: {answer:?}");
        find(path).check(&description, &answer);
    }
    // Every resource has a document, whatever is said of it.
    let all = server.get("/v1/search?limit=100&provisional=true").json();
    for hit in all["results"]["hits"].as_array().unwrap() {
        let key = encoded(hit["card"]["resource"]["identity"]["key"].as_str().unwrap());
        for (path, address) in [
            ("/doc/{id}", format!("/doc/{key}.jsonld")),
            ("/v1/resources/{id}/history", format!("/v1/resources/{key}/history")),
            ("/v1/resources/{id}/crosswalk", format!("/v1/resources/{key}/crosswalk")),
        ] {
            find(path).check(&description, &server.get(&address));
        }
    }
}

#[test]
fn more_of_what_may_be_asked_is_answered_as_it_is_described() {
    let (_data, server) = served();
    let description = server.get("/openapi.json").json();
    let find = |path| reading(&description, path);
    let id = "2373ee03-1b81-5d6f-9869-0a5bee3226c7";
    for (path, address) in [
        (
            "/v1/resolve",
            "/v1/resolve?id=NMF.3.FR.2&framework=Northfield%20Mathematics%20Framework%202019&asOf=2020-02-29",
        ),
        ("/v1/resolve", "/v1/resolve?id=nothing%20of%20the%20kind"),
        ("/v1/resources/{id}", &format!("/v1/resources/{id}?relation=requires&limit=3")),
        ("/v1/resources/{id}/alignment", &format!("/v1/resources/{id}/alignment?format=ctdl")),
        (
            "/v1/search",
            "/v1/search?facets=kind,framework,status&explain=true&highlight=true&q=fracions&limit=2",
        ),
        ("/v1/search", "/v1/search?kind=credential&kind=organization&provisional=true"),
        ("/v1/search", "/v1/search?sort=date&limit=100"),
        ("/v1/similar", "/v1/similar?report=363ed1ab-968c-5728-aafb-19128739b9e2&threshold=0.2"),
        ("/v1/autocomplete", "/v1/autocomplete?q="),
    ] {
        let answer = server.get(address);
        assert_eq!(answer.status, 200, "{address}: {answer:?}");
        find(path).check(&description, &answer);
    }
    // Everything that is held, with all that is said of it.
    let all = server.get("/v1/search?limit=100&provisional=true").json();
    let hits = all["results"]["hits"].as_array().unwrap();
    assert!(hits.len() > 40, "{}", hits.len());
    for hit in hits {
        let key = hit["card"]["resource"]["identity"]["key"].as_str().unwrap();
        let answer = server.get(&format!("/v1/resources/{}", encoded(key)));
        find("/v1/resources/{id}").check(&description, &answer);
        let answer = server.get(&format!("/v1/resolve?id={}", encoded(key)));
        find("/v1/resolve").check(&description, &answer);
    }
}

#[test]
fn nothing_published_is_answered_as_it_is_described() {
    let data = DataDir::new();
    let server = Server::of(&data);
    let description = server.get("/openapi.json").json();
    let linked = json!({ "version": "0".repeat(32) });
    for operation in operations(&description) {
        for body in operation.bodies() {
            let answer = operation.ask(&server, &operation.address(&linked), &body);
            operation.check(&description, &answer);
        }
    }
}
