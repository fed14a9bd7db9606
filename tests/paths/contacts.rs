//! What may reach a person in a framework of CASE stays in the body that was fetched, and comes out of no door.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::DataDir;
use crate::support::http::{Server, encoded, request};
use crate::support::package::{guid, package, save};

/// Stands in every contact value.
const CANARY: &str = "quillfeather";

/// Stands beside each of them, and may be told.
const BESIDE: &str = "weavers";

fn lead() -> Value {
    json!({
        "email": format!("{CANARY}@people.example"),
        "Telephone": [format!("+1 555 {CANARY}")],
        "who": { "@type": "ceterms:ContactPoint", "name": CANARY },
        "team": BESIDE,
    })
}

/// A framework with contact values wherever the standard lets anything stand.
fn framework() -> Value {
    let mut package = package(1, "Knots at Sea", &[(1, "Ties a bowline"), (2, "Coils a rope")]);
    let plant = |entity: &mut Value| {
        entity["extensions"] = json!({ "lead": lead() });
        entity["maintainedBy"] = lead();
        entity["email"] = json!(format!("{CANARY}@own.example"));
    };
    plant(&mut package["CFDocument"]);
    for name in ["CFItems", "CFAssociations"] {
        package[name].as_array_mut().unwrap().iter_mut().for_each(plant);
    }
    package["extensions"] = json!({ "lead": lead() });
    package["email"] = json!(CANARY);
    package
}

fn held(folder: &Path) -> DataDir {
    save(folder, "knots.json", &framework());
    DataDir::holding(&[folder])
}

#[test]
fn contact_values_of_a_framework_come_out_of_no_command() {
    let folder = tempfile::tempdir().unwrap();
    let data = held(folder.path());
    let everything = "SELECT * { GRAPH ?g { ?s ?p ?o } }";
    let told = data.feed(&["sparql", "-", "--format", "csv"], everything);
    assert_eq!(told.status, 0, "{told:?}");
    let mut said = vec![told.stdout];
    let item = guid(1, 1);
    for args in [
        vec!["export", "--format", "nquads"],
        vec!["export", "--format", "ndjson"],
        vec!["export", "--format", "csv"],
        vec!["show", "--json", &item],
        vec!["show", "--json", &guid(1, 0)],
        vec!["search", "--json", "bowline"],
        vec!["status", "--json"],
    ] {
        let told = data.run(&args);
        assert!(told.status <= 1, "{told:?}");
        said.extend([told.stdout, told.stderr]);
    }
    for text in &said {
        assert!(!text.contains(CANARY), "{text}");
    }
    assert_eq!(data.json(&["search", CANARY])["results"]["total"], 0);
    let n_beside = said.iter().filter(|text| text.contains(BESIDE)).count();
    assert!(n_beside >= 4, "what stands beside is kept: {said:?}");
}

#[test]
fn contact_values_of_a_framework_come_out_of_no_route() {
    let folder = tempfile::tempdir().unwrap();
    let data = held(folder.path());
    let server = Server::of(&data);
    let item = guid(1, 1);
    let query = "SELECT ?o { ?s ?p ?o FILTER isLiteral(?o) }";
    let mut paths = vec![
        format!("/sparql?query={}", encoded(query)),
        format!("/v1/resources/{item}"),
        format!("/v1/resources/{}", guid(1, 0)),
        format!("/v1/resolve?id={item}"),
        format!("/v1/resources/{item}/crosswalk"),
        format!("/v1/resources/{item}/history"),
        format!("/v1/frameworks/{}/tree", guid(1, 0)),
        "/v1/search?q=bowline".to_owned(),
        "/v1/changes".to_owned(),
    ];
    for id in [&item, &guid(1, 0)] {
        paths.extend(
            [".jsonld", ".ttl", ".nt", ".nq", ".html"].map(|end| format!("/doc/{id}{end}")),
        );
    }
    let mut n_beside = 0;
    for path in paths {
        let answer = server.send(&request("GET", &path, &[("Accept", "*/*")], b""));
        let text = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status, 200, "{path}: {text}");
        assert!(!text.contains(CANARY), "{path}: {text}");
        n_beside += usize::from(text.contains(BESIDE));
    }
    assert!(n_beside >= 8, "what stands beside is kept: {n_beside}");
    for name in ["all.nq.zst", "all.ndjson.zst", "all.csv.zst"] {
        let path = format!("GET /dumps/{name} HTTP/1.0\r\nHost: alidade.test\r\n\r\n");
        let packed = server.send(path.as_bytes()).body;
        let dump = String::from_utf8(zstd::decode_all(packed.as_slice()).unwrap()).unwrap();
        assert!(dump.contains("bowline") && !dump.contains(CANARY), "{name}: {dump}");
    }
    let nothing = server.get(&format!("/v1/search?q={CANARY}%40people.example")).json();
    assert_eq!(nothing["results"]["total"], 0, "{nothing}");
}
