//! The description of the interface, held against what is served.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::DataDir;
use crate::support::http::{Answer, Server, encoded, request};
use crate::support::json_schema::Schemas;

/// The sample set that comes with the program, read by a service that lets credentials come too.
fn served() -> (DataDir, Server) {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let data = DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")]);
    let address = "serve.public_url=https://alidade.example";
    let args = ["--set", "serve.credentials=true", "--set", address, "--set", "serve.rate=0"];
    let server = Server::with(&data, &args);
    (data, server)
}

/// One operation of the description.
struct Operation<'a> {
    method: String,
    path: &'a str,
    told: &'a Value,
}

fn operations(description: &Value) -> Vec<Operation<'_>> {
    let paths = description["paths"].as_object().unwrap().iter();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, told)| Operation { method: method.to_uppercase(), path, told })
    });
    operations.collect()
}

impl Operation<'_> {
    /// The address that the examples of the parameters make. What has no example is where a link finds it.
    fn address(&self, linked: &Value) -> String {
        let mut path = self.path.to_owned();
        let mut query = Vec::new();
        for parameter in self.told["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let example = match &parameter["example"] {
                Value::Null => linked[name].clone(),
                example => example.clone(),
            };
            let text = match example {
                Value::Null => continue,
                Value::String(text) => text,
                other => other.to_string(),
            };
            match parameter["in"].as_str().unwrap() {
                "path" => path = path.replace(&format!("{{{name}}}"), &encoded(&text)),
                "query" => query.push(format!("{name}={}", encoded(&text))),
                _ => {}
            }
        }
        if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
    }

    /// Every example of a body, with its media type; one of none where none is sent.
    fn bodies(&self) -> Vec<(Option<&str>, String)> {
        let Some(content) = self.told["requestBody"]["content"].as_object() else {
            return vec![(None, String::new())];
        };
        let written = |value: &Value| match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        let mut bodies = Vec::new();
        for (media_type, told) in content {
            let one = Some(&told["example"]).filter(|example| !example.is_null());
            let more = told["examples"].as_object().into_iter().flatten();
            let all = one.into_iter().chain(more.map(|(_, example)| &example["value"]));
            bodies.extend(all.map(|example| (Some(media_type.as_str()), written(example))));
        }
        bodies
    }

    /// Asks what an address with no body gives to whoever says more in the head.
    fn ask_with(&self, server: &Server, address: &str, fields: &[(&str, &str)]) -> Answer {
        server.send(&request(&self.method, address, fields, b""))
    }

    fn ask(&self, server: &Server, address: &str, body: &(Option<&str>, String)) -> Answer {
        let fields: Vec<(&str, &str)> =
            body.0.iter().map(|media_type| ("Content-Type", *media_type)).collect();
        server.send(&request(&self.method, address, &fields, body.1.as_bytes()))
    }

    /// Checks that an answer is as the description has it.
    #[track_caller]
    fn check(&self, description: &Value, answer: &Answer) {
        let place = format!("{} {}: {}", self.method, self.path, answer.status);
        let told = &self.told["responses"][answer.status.to_string()];
        assert!(told.is_object(), "{place} is not described: {answer:?}");
        for (name, value) in &answer.fields {
            let is_ours = ["alidade-generation", "link", "etag"].contains(&name.as_str());
            let mut headers = told["headers"].as_object().unwrap().keys();
            let is_told = headers.any(|header| header.eq_ignore_ascii_case(name));
            assert!(is_told || !is_ours || name == "etag", "{place}: {name}: {value}");
        }
        if told["content"].is_null() {
            assert!(answer.body.is_empty(), "{place}: {answer:?}");
            return;
        }
        let media_type = answer.field("content-type").unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap();
        let schema = &told["content"][media_type];
        assert!(schema.is_object(), "{place}: `{media_type}` is not described");
        let schema = &schema["schema"];
        let schemas = Schemas::of(description);
        let checked = |schema: &Value, value: &Value| {
            let checked = schemas.check(schema, value);
            assert_eq!(checked, Ok(()), "{place}");
        };
        match media_type {
            "application/json" if self.path == "/openapi.json" => {}
            "application/json"
            | "application/ld+json"
            | "application/problem+json"
            | "application/sparql-results+json" => checked(schema, &answer.json()),
            "application/x-ndjson" => {
                let reference = schema["$ref"].as_str().unwrap().trim_start_matches('#');
                let lines = &description.pointer(reference).unwrap()["contentSchema"]["items"];
                for line in String::from_utf8(answer.body.clone()).unwrap().lines() {
                    checked(lines, &serde_json::from_str(line).unwrap());
                }
            }
            _ => assert!(!answer.body.is_empty(), "{place}"),
        }
    }
}

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
            n_asked += 1;
        }
    }
    assert!(n_asked > 50, "{n_asked}");
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
    let find = |path: &str| {
        let mut all = operations(&description).into_iter();
        all.find(|operation| operation.path == path && operation.method == "GET").unwrap()
    };
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
        (&nameless, "/sitemap/{part}", "/sitemap/0.xml".to_owned(), "*/*", 404),
        (&server, "/sitemap/{part}", "/sitemap/99.xml".to_owned(), "*/*", 404),
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
fn more_of_what_may_be_asked_is_answered_as_it_is_described() {
    let (_data, server) = served();
    let description = server.get("/openapi.json").json();
    let find = |path: &str| {
        let mut all = operations(&description).into_iter();
        all.find(|operation| operation.path == path && operation.method == "GET").unwrap()
    };
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
        n_files += 1;
    }
    assert_eq!(n_files, 5);
    assert!(!text.contains("<style") && !text.contains(" style=") && !text.contains(" onclick"));
}
