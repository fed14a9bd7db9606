//! The alignment that points at a resource: pasted into a badge, it means that resource again.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::paths::credentials::{knots, open_badge_2, open_badge_3, write};
use crate::support::http::{Server, encoded};
use crate::support::package::{guid, package, save};
use crate::support::{DataDir, read_json};

/// The sample set that comes with the program.
fn samples() -> DataDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    DataDir::holding(&[&root.join("demo/frameworks"), &root.join("demo/records")])
}

/// Every identifier that the documents of a folder give to something.
fn identifiers(folder: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found = BTreeSet::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        collect(&read_json(&path), &mut found);
    }
    found
}

fn collect(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        Value::Object(members) => {
            let own = members.get("ceterms:ctid").or_else(|| members.get("identifier"));
            found.extend(own.and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| collect(value, found));
        }
        _ => {}
    }
}

fn kinds(notices: &Value) -> Vec<&str> {
    let notices = notices.as_array().into_iter().flatten();
    notices.map(|notice| notice["kind"].as_str().unwrap()).collect()
}

#[test]
fn every_alignment_means_its_resource_again() {
    let data = samples();
    let server = Server::of(&data);
    let place = tempfile::tempdir().unwrap();
    let mut ids = identifiers("demo/frameworks");
    ids.extend(identifiers("demo/records"));
    let mut n_current = 0;
    for id in &ids {
        let answer = server.get(&format!("/v1/resources/{}/alignment", encoded(id)));
        if answer.status == 404 {
            // Associations have identifiers too, and so has what only another document describes.
            continue;
        }
        assert_eq!(answer.status, 200, "{id}: {answer:?}");
        let ready = answer.json();
        let mut expected = kinds(&ready["notices"]);
        n_current += usize::from(expected.is_empty());
        let subject = &ready["id"];
        let badges = [
            open_badge_3(&[ready["openBadges3"].clone()]),
            open_badge_2(&[ready["openBadges2"].clone()]),
        ];
        for badge in badges {
            let file = write(place.path(), "badge.json", &badge);
            let report = data.json(&["resolve", &file])["answers"][0].take();
            let mentions = report["mentions"].as_array().unwrap().iter();
            let aligned: Vec<&Value> =
                mentions.filter(|held| held["mention"]["site"] == "alignment").collect();
            let [aligned] = aligned.as_slice() else { panic!("{id}: {report}") };
            let resolution = &aligned["resolution"];
            assert_eq!(resolution["verdict"], "resolved", "{id}: {resolution}");
            let found = &resolution["found"][0]["chosen"]["card"]["resource"]["identity"];
            assert_eq!(&found["subject"], subject, "{id}: {resolution}");
            let mut noticed = kinds(&resolution["notices"]);
            noticed.retain(|kind| *kind != "inferred_identity");
            noticed.sort_unstable();
            expected.sort_unstable();
            assert_eq!(noticed, expected, "{id}: {ready} {resolution}");
        }
        let node = ready["ctdl"]["ceterms:targetNode"].as_str().unwrap();
        assert_eq!(ready["openBadges3"]["targetUrl"], node);
        assert!(node.starts_with("https://"), "{node}");
        let named = data.resolution(node);
        assert_eq!(
            &named["found"][0]["chosen"]["card"]["resource"]["identity"]["subject"],
            subject
        );
    }
    assert!(n_current > 40, "{n_current} of {}", ids.len());
}

#[test]
fn an_alignment_is_written_in_the_words_of_each_standard() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    let ready = server.get(&format!("/v1/resources/{}/alignment", guid(1, 1))).json();
    let url = format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(1, 1));
    let framework = format!("https://case.loom.example/ims/case/v1p0/CFDocuments/{}", guid(1, 0));
    assert_eq!(
        ready["openBadges3"],
        json!({
            "type": ["Alignment"],
            "targetName": "Ties a bowline",
            "targetUrl": url,
            "targetFramework": "Knots at Sea and on Land",
            "targetCode": "T.1",
            "targetType": "CFItem",
        })
    );
    assert_eq!(
        ready["openBadges2"],
        json!({
            "targetName": "Ties a bowline",
            "targetUrl": url,
            "targetFramework": "Knots at Sea and on Land",
            "targetCode": "T.1",
        })
    );
    assert_eq!(
        ready["ctdl"],
        json!({
            "@type": "ceterms:CredentialAlignmentObject",
            "ceterms:targetNode": url,
            "ceterms:targetNodeName": { "en": "Ties a bowline" },
            "ceterms:codedNotation": "T.1",
            "ceterms:framework": framework,
            "ceterms:frameworkName": { "en": "Knots at Sea and on Land" },
        })
    );
    assert_eq!(
        (&ready["generation"], &ready["id"]),
        (&json!(1), &json!(format!("urn:uuid:{}", guid(1, 1))))
    );
    assert!(ready.get("notices").is_none(), "{ready}");
    let framework =
        server.get(&format!("/v1/resources/{}/alignment?format=ob3", guid(1, 0))).json();
    assert_eq!(framework["openBadges3"]["targetType"], "ext:CFDocument");
    assert!(framework.get("openBadges2").is_none() && framework.get("ctdl").is_none());
}

#[test]
fn the_command_line_prints_one_form_alone_and_says_beside_it_what_speaks_against_it() {
    let (_place, data) = knots();
    let server = Server::of(&data);
    let id = guid(1, 1);
    let ready = server.get(&format!("/v1/resources/{id}/alignment")).json();
    for (form, member) in [("ob3", "openBadges3"), ("ob2", "openBadges2"), ("ctdl", "ctdl")] {
        let said = data.run(&["show", &id, "--alignment", form]);
        assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{said:?}");
        let printed: Value = serde_json::from_str(&said.stdout).unwrap();
        assert_eq!(printed, ready[member]);
        let one = server.get(&format!("/v1/resources/{id}/alignment?format={form}")).json();
        assert_eq!(one[member], ready[member]);
    }
    let all: Value = serde_json::from_str(&data.run(&["show", &id, "--alignment"]).stdout).unwrap();
    assert_eq!(all, ready);
    assert_eq!(data.run(&["show", &guid(9, 9), "--alignment"]).status, 1);
    assert_eq!(data.run(&["show", &id, "--alignment", "ob1"]).status, 2);
    let samples = samples();
    let old = "9de3ae51-ba14-575a-8031-a8c1a8d0b4a4";
    let ids = identifiers("demo/frameworks");
    let old = ids.iter().find(|id| id.starts_with(&old[..23])).unwrap();
    let said = samples.run(&["show", old, "--alignment", "ob3"]);
    assert_eq!(said.status, 0, "{said:?}");
    assert!(said.stderr.contains("note: deprecated: "), "{said:?}");
    assert!(serde_json::from_str::<Value>(&said.stdout).unwrap()["targetUrl"].is_string());
}

#[test]
fn what_cannot_be_pointed_at_is_a_problem() {
    let folder = tempfile::tempdir().unwrap();
    let mut nowhere = package(2, "Knots of Nowhere", &[(1, "Ties a knot of nowhere")]);
    nowhere["CFItems"][0]["uri"] = json!(format!("urn:uuid:{}", guid(2, 1)));
    save(folder.path(), "nowhere.json", &nowhere);
    save(folder.path(), "knots.json", &package(1, "Knots at Sea", &[(1, "Ties a bowline")]));
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let check = |id: &str, status: u16, code: &str| {
        let answer = server.get(&format!("/v1/resources/{}/alignment", encoded(id)));
        assert_eq!(answer.status, status, "{id}: {answer:?}");
        assert_eq!(answer.json()["type"], format!("/problems/{code}"));
    };
    check(&guid(2, 1), 409, "no-public-address");
    check("T.1", 409, "ambiguous-resource");
    check(&guid(9, 9), 404, "unknown-resource");
    check("%20", 404, "unknown-resource");
    let wrong = server.get(&format!("/v1/resources/{}/alignment?format=ob1", guid(1, 1)));
    assert_eq!((wrong.status, &wrong.json()["parameter"]), (400, &json!("format")));
    let said = data.run(&["show", &guid(2, 1), "--alignment"]);
    assert_eq!((said.status, said.stdout.as_str()), (1, ""), "{said:?}");
    assert!(said.stderr.contains("no address on the web"), "{said:?}");
}
