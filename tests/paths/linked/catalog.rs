//! What the whole holds, in `VoID` and DCAT.

use std::collections::BTreeSet;

use oxigraph::io::{JsonLdProfileSet, RdfFormat};
use oxigraph::model::Quad;
use serde_json::json;

use crate::paths::linked::{BASE, ask, media_type, quads, samples, union};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::fake_case::FakeCase;
use crate::support::generated::framework;
use crate::support::http::{Server, encoded};
use crate::support::mirror::Mirror;
use crate::support::package::save;

const VOID: &str = "http://rdfs.org/ns/void#";
const DCAT: &str = "http://www.w3.org/ns/dcat#";

fn catalog(server: &Server) -> Vec<Quad> {
    quads(&server.get("/void.ttl"), RdfFormat::Turtle)
}

/// What a property says of a subject; of any where none is named.
fn objects(quads: &[Quad], subject: Option<&str>, property: &str) -> BTreeSet<String> {
    let named = subject.map(|subject| format!("<{subject}>"));
    let found = quads.iter().filter(|quad| {
        quad.predicate.as_str() == property
            && named.as_ref().is_none_or(|named| quad.subject.to_string() == *named)
    });
    found.map(|quad| quad.object.to_string()).collect()
}

#[test]
fn where_everybody_looks_leads_to_the_description() {
    let data = samples();
    let server = Server::of(&data);
    for (accept, location) in [
        ("*/*", "/void.ttl"),
        ("text/html, */*;q=0.1", "/void.ttl"),
        ("application/ld+json", "/void.jsonld"),
        ("application/json", "/void.jsonld"),
        ("text/plain, */*;q=0.1", "/void.ttl"),
    ] {
        let answer = ask(&server, "/.well-known/void", accept);
        assert_eq!((answer.status, answer.field("location")), (303, Some(location)), "{accept}");
        assert!(answer.field("vary").unwrap().contains("Accept"));
    }
    // There addresses would have to be absolute.
    let refused =
        problem(&ask(&server, "/.well-known/void", "application/n-triples"), 406, "not-acceptable");
    assert_eq!(refused["available"].as_array().unwrap().len(), 2, "{refused}");
    let refused = problem(&server.get("/void.nt"), 404, "no-public-url");
    assert_eq!(refused["setting"], "serve.public_url");
}

#[test]
fn every_framework_is_a_data_set_with_its_licence_and_dumps() {
    let data = samples();
    let server = Server::of(&data);
    let quads = catalog(&server);
    let all = format!("{BASE}/.well-known/void#dataset");
    let sets = objects(&quads, Some(&all), &format!("{VOID}subset"));
    let frameworks = data.json(&["status"])["manifest"]["counts"]["resources"]["framework"].clone();
    assert_eq!(sets.len() as u64, frameworks.as_u64().unwrap(), "{sets:?}");
    let key: ontology::CanonicalKey = "guid:1d873aeb-c66d-468b-911f-530b3e20a627".parse().unwrap();
    let hash = format!("{:016x}", key.alias_key());
    let harbor = format!("{BASE}/.well-known/void#{hash}");
    assert!(sets.contains(&format!("<{harbor}>")), "{sets:?}");
    let of_harbor = |property: &str| objects(&quads, Some(&harbor), property);
    let title = of_harbor("http://purl.org/dc/terms/title");
    assert_eq!(title, ["\"Harbor Workforce Skills Framework\"@en".to_owned()].into());
    assert_eq!(of_harbor("http://purl.org/dc/terms/license").len(), 1);
    let modified = of_harbor("http://purl.org/dc/terms/modified").pop_first().unwrap();
    assert!(modified.starts_with("\"2025-03-17T16:20:00"), "{modified}");
    let dump = format!("<{BASE}/dumps/frameworks/{hash}.nq.zst>");
    assert_eq!(of_harbor(&format!("{VOID}dataDump")), [dump].into());
    assert_eq!(of_harbor(&format!("{DCAT}distribution")).len(), 3);
    let roots = of_harbor(&format!("{VOID}rootResource"));
    assert_eq!(roots, ["<urn:uuid:1d873aeb-c66d-468b-911f-530b3e20a627>".to_owned()].into());
    let downloads = objects(&quads, None, &format!("{DCAT}downloadURL"));
    // What is announced is there, and what is there is announced.
    let listed = server.get("/dumps").json();
    let mut files: Vec<&serde_json::Value> = listed["all"].as_array().unwrap().iter().collect();
    for framework in listed["frameworks"].as_array().unwrap() {
        files.extend(framework["dumps"].as_array().unwrap());
    }
    let files: BTreeSet<String> =
        files.iter().map(|file| format!("<{BASE}{}>", file["href"].as_str().unwrap())).collect();
    assert_eq!(downloads, files);
    assert!(downloads.contains(&format!("<{BASE}/dumps/all.ndjson.zst>")), "{downloads:?}");
    let endpoint = objects(&quads, Some(&all), &format!("{VOID}sparqlEndpoint"));
    assert_eq!(endpoint, [format!("<{BASE}/sparql>")].into());
    let triples = objects(&quads, Some(&all), &format!("{VOID}triples"));
    let counted = data.json(&["status"])["manifest"]["counts"]["quads"].to_string();
    let integer = "http://www.w3.org/2001/XMLSchema#integer";
    assert_eq!(triples, [format!("\"{counted}\"^^<{integer}>")].into());
}

#[test]
fn json_ld_says_the_same_as_turtle() {
    let data = samples();
    let server = Server::of(&data);
    let answer = server.get("/void.jsonld");
    assert_eq!(media_type(&answer), "application/ld+json");
    let json_ld = RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() };
    assert_eq!(union(&quads(&answer, json_ld)), union(&catalog(&server)));
}

#[test]
fn a_framework_that_a_record_only_mentions_has_no_dump() {
    let [credential, mentioned] =
        [1, 2].map(|n| format!("ce-0000000{n}-c7d1-4000-8000-0000000000aa"));
    let address =
        |path: &str, ctid: &str| format!("https://credentialengineregistry.org/{path}/{ctid}");
    let node = |ctid: &str, class: &str, property: &str| json!({ "@id": address("resources", ctid), "@type": class, "ceterms:ctid": ctid, property: { "en-US": "Splices" } });
    let document = json!({
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@id": address("graph", &credential),
        "@graph": [
            node(&credential, "ceterms:Certification", "ceterms:name"),
            node(&mentioned, "ceasn:CompetencyFramework", "ceasn:name"),
        ],
    });
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "splices.json", &document);
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let quads = catalog(&server);
    assert_eq!(objects(&quads, None, &format!("{VOID}subset")).len(), 1, "it is described");
    let downloads = objects(&quads, None, &format!("{DCAT}downloadURL"));
    assert!(downloads.iter().all(|address| !address.contains("/frameworks/")), "{downloads:?}");
    assert_eq!(server.get("/dumps").json()["total"], 0);
}

#[test]
fn what_may_not_be_handed_on_in_bulk_has_no_dump() {
    let case = FakeCase::serving([framework(3, 5)]);
    let mut mirror = Mirror::new();
    let lines = "redistribute = false\nlicence = \"https://guild.example/licence\"";
    mirror.source("case", "case", &case.url(), lines);
    mirror.harvest().check_complete();
    let server = Server::of(&mirror.data);
    let quads = catalog(&server);
    let licences = objects(&quads, None, "http://purl.org/dc/terms/license");
    assert!(licences.contains("<https://guild.example/licence>"), "{licences:?}");
    assert_eq!(objects(&quads, None, &format!("{VOID}dataDump")), BTreeSet::new());
    assert_eq!(objects(&quads, None, &format!("{DCAT}distribution")), BTreeSet::new());
    assert_eq!(objects(&quads, None, &format!("{VOID}subset")).len(), 1);
    // A document says of its record what may be done with it and where it was read.
    let root = objects(&quads, None, &format!("{VOID}rootResource")).pop_first().unwrap();
    let name = encoded(root.trim_matches(['<', '>']));
    let document = self::quads(&server.get(&format!("/doc/{name}.nq")), RdfFormat::NQuads);
    let said = document.iter().filter(|quad| quad.graph_name.to_string().ends_with("#provenance>"));
    let said: Vec<Quad> = said.cloned().collect();
    let licences = objects(&said, None, "http://purl.org/dc/terms/license");
    assert!(licences.contains("<https://guild.example/licence>"), "{said:#?}");
    let addresses = objects(&said, None, "http://www.w3.org/ns/prov#hadPrimarySource");
    assert!(addresses.iter().all(|address| address.contains(&case.url())), "{said:#?}");
    assert_eq!(addresses.len(), 1, "{said:#?}");
}
