//! A resource in several records: which of them answers.

use serde_json::{Value, json};

use crate::paths::ctdl::{CONTEXT, PRODUCTION, ctid, fixture, twin};
use crate::support::package::save;
use crate::support::{DataDir, read_json};

/// A resource as `/resources/` answers, with other words than in its graph.
fn part() -> Value {
    let mut framework = read_json(&fixture("ctdl/twin-framework.json"));
    let mut node = framework["@graph"][1].take();
    node["@context"] = framework["@context"].take();
    node["ceasn:competencyText"] = json!({ "en": "Puts the torch out" });
    node["ceasn:dateModified"] = "2030-01-01T00:00:00Z".into();
    node
}

#[test]
fn a_part_never_takes_the_place_of_a_whole() {
    let whole = read_json(&fixture("ctdl/twin-framework.json"));
    let id = format!("ce-{}", twin(1));
    let check = |data: &DataDir| {
        let chosen = data.context(&id)["chosen"].take();
        assert_eq!(
            chosen["card"]["resource"]["statement"]["en"][0], "Lights the torch",
            "{chosen}"
        );
        assert_eq!(chosen["card"]["origin"]["partial"], false, "{chosen}");
        assert_eq!(data.context(&format!("ce-{}", twin(0)))["children"]["n"], 2);
    };
    let mut contents = Vec::new();
    for order in [
        [("whole.json", &whole), ("part.json", &part())],
        [("part.json", &part()), ("whole.json", &whole)],
    ] {
        let folder = tempfile::tempdir().unwrap();
        for (name, document) in order {
            save(folder.path(), name, document);
        }
        let data = DataDir::new();
        for (name, _) in order {
            assert_eq!(data.import(&[&folder.path().join(name)]).status, 0);
        }
        check(&data);
        assert_eq!(
            data.context(&id)["chosen"]["copies"][0]["differs"]["text"],
            "Puts the torch out"
        );
        contents.push(data.json(&["show", &id])["context"]["chosen"]["card"]["resource"].take());
    }
    assert_eq!(contents[0], contents[1]);
    // Under the same name a part is refused or leaves what is there.
    let folder = tempfile::tempdir().unwrap();
    let path = save(folder.path(), "framework.json", &whole);
    let data = DataDir::holding(&[folder.path()]);
    save(folder.path(), "framework.json", &part());
    let imported = data.import(&[&path]);
    assert!([0, 1].contains(&imported.status), "{imported:?}");
    check(&data);
    assert_eq!(data.run(&["rebuild"]).status, 0);
    check(&data);
}

#[test]
fn an_organization_is_what_its_own_record_says_and_not_what_a_newer_one_mentions() {
    let own = ctid(60_001);
    let address = |ctid: &str| format!("{PRODUCTION}/resources/{ctid}");
    let organization = |name: &str| {
        json!({
            "@id": address(&own),
            "@type": "ceterms:CredentialOrganization",
            "ceterms:ctid": own,
            "ceterms:name": { "en": name },
        })
    };
    let graph = |ctid: &str, nodes: &[Value]| json!({ "@context": CONTEXT, "@id": format!("{PRODUCTION}/graph/{ctid}"), "@graph": nodes });
    let mut mention = organization("A mention beside");
    mention["schema:dateModified"] = "2031-01-01".into();
    let course = |n, owner: &Value| {
        json!({
            "@id": address(&ctid(n)),
            "@type": "ceterms:Course",
            "ceterms:ctid": ctid(n),
            "ceterms:name": { "en": "A course" },
            "ceterms:ownedBy": [owner],
        })
    };
    let inside = course(60_002, &organization("A mention inside"));
    let beside = course(60_003, &address(&own).into());
    let folder = tempfile::tempdir().unwrap();
    let paths = [
        save(folder.path(), "a.json", &graph(&ctid(60_002), &[inside])),
        save(folder.path(), "b.json", &graph(&own, &[organization("The Whole Guild")])),
        save(folder.path(), "c.json", &graph(&ctid(60_003), &[beside, mention])),
    ];
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let data = DataDir::new();
        for at in order {
            assert_eq!(data.import(&[&paths[at]]).status, 0);
        }
        let chosen = data.context(&own)["chosen"].take();
        assert_eq!(chosen["card"]["resource"]["name"]["en"][0], "The Whole Guild", "{chosen}");
        assert_eq!(chosen["copies"].as_array().unwrap().len(), 2, "{chosen}");
        let owns = data.json(&["show", &own, "--relation", "owns"])["links"]["n"].take();
        assert_eq!(owns, 2);
    }
}
