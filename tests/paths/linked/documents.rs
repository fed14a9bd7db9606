//! Documents about resources: their forms, their addresses, and what they say.

use std::collections::BTreeSet;

use index::Reader;
use oxigraph::io::RdfFormat;
use oxigraph::model::GraphName;

use crate::paths::linked::{FORMS, SKILL, ask, media_type, quads, samples, union};
use crate::paths::serve::problem;
use crate::support::http::{Server, encoded};
use crate::support::package::{guid, package, save};
use crate::support::{DataDir, shared};

#[test]
fn a_resource_leads_to_the_document_about_it() {
    let data = samples();
    let server = Server::of(&data);
    let iri = encoded("https://case.harbor.example/x/y?z=1");
    for name in [SKILL, "ce-00000000-0000-4000-8000-000000000000", &iri] {
        let answer = server.get(&format!("/id/{name}"));
        assert_eq!(answer.status, 303);
        assert_eq!(answer.field("location"), Some(format!("/doc/{name}").as_str()));
        assert!(answer.body.is_empty(), "{answer:?}");
    }
    problem(&server.get(&format!("/id/{SKILL}?form=ttl")), 400, "unknown-parameter");
    problem(&server.get("/id/%ff"), 400, "invalid-path");
}

#[test]
fn a_document_has_the_form_that_is_liked_best() {
    let data = samples();
    let server = Server::of(&data);
    let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    for (accept, expected, ending) in [
        ("*/*", "application/ld+json", ".jsonld"),
        ("application/json", "application/json", ".jsonld"),
        ("text/turtle", "text/turtle", ".ttl"),
        ("application/n-triples;q=0.2, application/n-quads;q=0.3", "application/n-quads", ".nq"),
        ("application/rdf+xml, application/n-triples;q=0.1", "application/n-triples", ".nt"),
        ("text/plain, */*;q=0.1", "text/plain", ".nt"),
        ("text/*;q=0.5, text/turtle;q=0.1, text/plain;q=0", "text/html", ".html"),
        (browser, "text/html", ".html"),
    ] {
        let answer = ask(&server, &format!("/doc/{SKILL}"), accept);
        assert_eq!((answer.status, media_type(&answer)), (200, expected), "{accept}");
        assert_eq!(
            answer.field("content-location"),
            Some(format!("/doc/{SKILL}{ending}").as_str())
        );
        assert!(answer.field("vary").unwrap().contains("Accept"), "{answer:?}");
    }
    let nothing_said = server.get(&format!("/doc/{SKILL}"));
    assert_eq!((nothing_said.status, media_type(&nothing_said)), (200, "application/ld+json"));
}

#[test]
fn an_ending_names_the_form_whatever_is_accepted() {
    let data = samples();
    let server = Server::of(&data);
    for (ending, expected, _) in FORMS {
        for name in [SKILL.to_owned(), encoded(&format!("urn:uuid:{}", SKILL.to_uppercase()))] {
            let answer = ask(&server, &format!("/doc/{name}{ending}"), "text/html");
            assert_eq!((answer.status, media_type(&answer)), (200, expected), "{name}{ending}");
            let location = format!("/doc/{SKILL}{ending}");
            assert_eq!(answer.field("content-location"), Some(location.as_str()));
        }
    }
    let page = ask(&server, &format!("/doc/{SKILL}.html"), "text/turtle");
    assert_eq!((page.status, media_type(&page)), (200, "text/html"));
}

#[test]
fn an_ending_is_part_of_the_name_where_there_is_nothing_without_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut knots = package(1, "Knots", &[(1, "Ties a bowline")]);
    knots["CFItems"][0]["identifier"] = "bowline.html".into();
    knots["CFItems"][0]["uri"] = "https://case.loom.example/knots/bowline.html".into();
    save(folder.path(), "knots.json", &knots);
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let name = encoded("https://case.loom.example/knots/bowline.html");
    let answer = ask(&server, &format!("/doc/{name}"), "text/turtle");
    assert_eq!((answer.status, media_type(&answer)), (200, "text/turtle"), "{answer:?}");
    let answer = ask(&server, &format!("/doc/{name}.nt"), "text/turtle");
    assert_eq!((answer.status, media_type(&answer)), (200, "application/n-triples"));
}

#[test]
fn what_has_no_document_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "a.json", &package(1, "Knots", &[(1, "Ties a bowline")]));
    save(folder.path(), "b.json", &package(2, "More Knots", &[(1, "Ties a sheet bend")]));
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    for ending in ["", ".ttl", ".html"] {
        let unknown = server.get(&format!("/doc/{}{ending}", guid(9, 9)));
        problem(&unknown, 404, "unknown-resource");
        let ambiguous = server.get(&format!("/doc/T.1{ending}"));
        let told = problem(&ambiguous, 409, "ambiguous-resource");
        assert_eq!(told["candidates"].as_array().unwrap().len(), 2, "{told}");
    }
    let refused = ask(&server, &format!("/doc/{}", guid(1, 1)), "image/png, text/turtle;q=0");
    let told = problem(&refused, 406, "not-acceptable");
    let available = told["available"].as_array().unwrap();
    assert_eq!(available.len(), 5, "{told}");
    assert_eq!(available[1]["type"], "text/turtle");
    assert_eq!(available[1]["href"], format!("/doc/{}.ttl", guid(1, 1)));
    assert!(refused.field("vary").unwrap().contains("Accept"));
    problem(&server.get(&format!("/doc/{}?x=1", guid(1, 1))), 400, "unknown-parameter");
    problem(&server.get("/doc/%20"), 400, "invalid-path");
}

/// Every subject that the current generation has a card of, with its IRI.
fn subjects(data: &DataDir) -> Vec<String> {
    let reader = Reader::open(&data.path()).unwrap();
    let mut subjects = BTreeSet::new();
    for record in reader.cards().records().unwrap() {
        let place = ontology::Provenance {
            source: record.origin.source.clone(),
            record: record.origin.record.clone(),
            ..ontology::Provenance::default()
        };
        for card in reader.cards().cards_of_record(&place.asserted_graph()).unwrap() {
            subjects.insert(card.resource.identity().subject.clone());
        }
    }
    subjects.into_iter().collect()
}

/// Asks for every form of some documents, and compares them with each other and with the graph.
fn compare(data: &DataDir, subjects: &[String]) {
    let server = Server::of(data);
    let mut held = Vec::new();
    Reader::open(&data.path()).unwrap().quads(&mut |quad| held.push(quad)).unwrap();
    for subject in subjects {
        let name = encoded(subject);
        let read = FORMS
            .map(|(ending, _, format)| quads(&server.get(&format!("/doc/{name}{ending}")), format));
        let of_quads = read.last().unwrap();
        for (of_form, (ending, ..)) in read.iter().zip(FORMS) {
            assert_eq!(union(of_form), union(of_quads), "{subject} {ending}");
        }
        let said: BTreeSet<String> = of_quads.iter().map(ToString::to_string).collect();
        let own = held.iter().filter(|quad| quad.subject.to_string() == format!("<{subject}>"));
        let own: BTreeSet<String> = own.map(ToString::to_string).collect();
        assert!(!own.is_empty() && own.is_subset(&said), "{subject}: {own:#?} {said:#?}");
        assert!(of_quads.iter().all(|quad| quad.graph_name != GraphName::DefaultGraph));
    }
}

#[test]
fn every_form_says_the_same_and_all_that_the_graph_has() {
    let data = samples();
    let subjects = subjects(&data);
    assert!(subjects.len() > 50, "{}", subjects.len());
    let step = subjects.len() / 40 + 1;
    let some: Vec<String> = subjects.into_iter().step_by(step).collect();
    compare(&data, &some);
}

#[test]
fn every_form_of_real_resources_says_the_same() {
    let found = ["ctdl/envelopes", "ctdl/published-outputs", "case/sbac-webb-dok.cfpackage.json"];
    let found: Option<Vec<_>> = found.into_iter().map(shared).collect();
    let Some(found) = found else { return };
    let data = DataDir::new();
    // Some of these files are no records, which an import says when it ends.
    data.import(&found.iter().map(std::path::PathBuf::as_path).collect::<Vec<_>>());
    let subjects = subjects(&data);
    let step = subjects.len() / 25 + 1;
    let some: Vec<String> = subjects.into_iter().step_by(step).collect();
    assert!(!some.is_empty());
    compare(&data, &some);
}

#[test]
fn nodes_without_a_name_go_with_the_resource_that_leads_to_them() {
    let data = samples();
    let server = Server::of(&data);
    let hits = data.json(&["search", "--kind", "credential", "Harbor welder"]);
    let identity = &hits["results"]["hits"][0]["card"]["resource"]["identity"];
    let subject = identity["subject"].as_str().unwrap();
    let answer = server.get(&format!("/doc/{}.nq", encoded(subject)));
    let quads = quads(&answer, RdfFormat::NQuads);
    let inner = quads.iter().filter(|quad| quad.subject.to_string().contains("urn:alidade:node:"));
    assert!(inner.count() > 0, "{quads:#?}");
    assert_eq!(quads[0].subject.to_string(), format!("<{subject}>"));
}

#[test]
fn what_is_withdrawn_still_has_a_document() {
    let folder = tempfile::tempdir().unwrap();
    let items = [(1, "Ties a bowline"), (2, "Ties a sheet bend")];
    save(folder.path(), "knots.json", &package(1, "Knots", &items));
    let data = DataDir::holding(&[folder.path()]);
    save(folder.path(), "knots.json", &package(1, "Knots", &items[..1]));
    data.import(&[folder.path()]);
    let server = Server::of(&data);
    let answer = server.get(&format!("/doc/{}.ttl", guid(1, 2)));
    let text = String::from_utf8_lossy(&answer.body);
    assert_eq!(answer.status, 200, "{text}");
    assert!(text.contains("alidade:status \"withdrawn\""), "{text}");
    assert!(text.contains("Ties a sheet bend"), "{text}");
}

#[test]
fn a_document_says_in_its_head_what_it_is_about() {
    let data = samples();
    let server = Server::of(&data);
    for ending in ["", ".ttl", ".html"] {
        let answer = server.get(&format!("/doc/{SKILL}{ending}"));
        let links = answer.field("link").unwrap();
        for expected in [
            format!("<urn:uuid:{SKILL}>; rel=\"cite-as\""),
            "<https://schema.org/DefinedTerm>; rel=\"type\"".to_owned(),
            "</id/1d873aeb-c66d-468b-911f-530b3e20a627>; rel=\"collection\"".to_owned(),
            format!("</doc/{SKILL}.ttl>; rel=\"describedby\"; type=\"text/turtle\""),
            format!("</doc/{SKILL}.jsonld>; rel=\"describedby\"; type=\"application/ld+json\""),
            "; rel=\"license\"".to_owned(),
        ] {
            assert!(links.contains(&expected), "{expected}: {links}");
        }
    }
}

#[test]
fn the_context_of_a_document_is_a_part_of_the_context_of_all() {
    let data = samples();
    let server = Server::of(&data);
    let whole = server.get("/context.jsonld");
    assert_eq!((whole.status, media_type(&whole)), (200, "application/ld+json"));
    let whole = whole.json();
    let document = server.get(&format!("/doc/{SKILL}.jsonld")).json();
    let part = document["@context"].as_object().unwrap();
    assert!(part.len() > 5, "{document}");
    for (term, definition) in part {
        assert_eq!(whole["@context"][term], *definition, "{term}");
    }
    let node = &document["@graph"][0];
    assert_eq!(node["@id"], format!("urn:uuid:{SKILL}"));
    assert_eq!(node["ceasn:codedNotation"], "HWS.ME.1");
    assert!(node["ceasn:competencyText"]["en"].is_string(), "{node}");
}
