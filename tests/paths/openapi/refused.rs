//! What is refused, held against the description.

use serde_json::json;

use crate::paths::openapi::operation::{operations, served};
use crate::support::http::{Server, encoded};

#[test]
fn what_is_linked_and_listed_is_refused_as_it_is_described() {
    let (data, server) = served();
    let nameless = Server::of(&data);
    let description = server.get("/openapi.json").json();
    let find = |path: &str, method: &str| {
        let mut all = operations(&description).into_iter();
        all.find(|operation| operation.path == path && operation.method == method).unwrap()
    };
    let asking = |query: &str| format!("/sparql?query={}", encoded(query));
    for (server, path, address, accept, status) in [
        (&server, "/doc/{id}", "/doc/nobody".to_owned(), "*/*", 404),
        (
            &server,
            "/doc/{id}",
            "/doc/2373ee03-1b81-5d6f-9869-0a5bee3226c7".to_owned(),
            "image/png",
            406,
        ),
        (&server, "/id/{id}", "/id/%FF".to_owned(), "*/*", 400),
        (&server, "/.well-known/void", "/.well-known/void".to_owned(), "image/png", 406),
        (&nameless, "/void.nt", "/void.nt".to_owned(), "*/*", 404),
        (&nameless, "/sitemap.xml", "/sitemap.xml".to_owned(), "*/*", 404),
        (&server, "/sitemap.xml", "/sitemap.xml?part=99".to_owned(), "*/*", 404),
        (&server, "/sitemap.xml", "/sitemap.xml?part=x".to_owned(), "*/*", 400),
        (&server, "/dumps/{name}", "/dumps/nothing".to_owned(), "*/*", 404),
        (
            &server,
            "/dumps/frameworks/{name}",
            "/dumps/frameworks/0000000000000000.nq.zst".to_owned(),
            "*/*",
            404,
        ),
        (&server, "/problems/{code}", "/problems/none".to_owned(), "*/*", 404),
        (&server, "/sparql", asking("SELECT"), "*/*", 400),
        (&server, "/sparql", asking("ASK { SERVICE <http://a.example/> {} }"), "*/*", 403),
        (&server, "/sparql", asking("ASK {}"), "image/png", 406),
    ] {
        let operation = find(path, "GET");
        let answer = operation.ask_with(server, &address, &[("Accept", accept)]);
        assert_eq!(answer.status, status, "{address}: {answer:?}");
        operation.check(&description, &answer);
    }
    let operation = find("/sparql", "POST");
    for (media_type, body, status) in [
        ("application/sparql-query", "SELECT".to_owned(), 400),
        ("application/x-www-form-urlencoded", String::new(), 400),
        ("application/x-www-form-urlencoded", "update=DROP+ALL".to_owned(), 403),
        ("application/sparql-query", " ".repeat(20_000), 413),
        ("application/sparql-query", " ".repeat(200_000), 413),
        ("text/plain", "ASK {}".to_owned(), 415),
    ] {
        let answer = operation.ask(&server, "/sparql", &(Some(media_type), body));
        assert_eq!(answer.status, status, "{media_type}: {answer:?}");
        operation.check(&description, &answer);
    }
}

#[test]
fn what_is_refused_is_refused_as_it_is_described() {
    let (_data, server) = served();
    let description = server.get("/openapi.json").json();
    let linked = json!({ "version": "0".repeat(32) });
    for operation in operations(&description) {
        let address = operation.address(&linked);
        // The protocol of SPARQL lets clients add what they like.
        let is_sparql = operation.path == "/sparql";
        if operation.told["responses"]["400"].is_object() && !is_sparql {
            let bodies = operation.bodies();
            let between = if address.contains('?') { "&" } else { "?" };
            let wrong = format!("{address}{between}nonsense=1");
            let answer = operation.ask(&server, &wrong, &bodies[0]);
            assert_eq!(answer.status, 400, "{answer:?}");
            operation.check(&description, &answer);
        }
        let long = format!("{address}?{}", "a".repeat(9_000));
        let answer = operation.ask(&server, &long, &operation.bodies()[0]);
        assert_eq!(answer.status, 414, "{answer:?}");
        operation.check(&description, &answer);
        if operation.method == "POST" && operation.path != "/v1/credentials/resolve" && !is_sparql {
            for (media_type, body, status) in [
                ("application/json", "{", 400),
                ("application/json", "[]", 400),
                ("text/plain", "a", 415),
                ("application/json", r#"{"credentialSubject":{}}"#, 422),
            ] {
                let answer = operation.ask(&server, &address, &(Some(media_type), body.to_owned()));
                assert_eq!(answer.status, status, "{answer:?}");
                operation.check(&description, &answer);
            }
        }
        if operation.path.contains("{id}") {
            let unknown = address.replace("2373ee03", "00000000");
            operation
                .check(&description, &operation.ask(&server, &unknown, &(None, String::new())));
        }
    }
}
