//! Records of the Credential Registry through the program: their spellings, their twins, and what is not shown.

mod real;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::package::save;
use crate::support::{DataDir, read_json};

const PRODUCTION: &str = "https://credentialengineregistry.org";
const SANDBOX: &str = "https://sandbox.credentialengineregistry.org";
const CONTEXT: &str = "https://credreg.net/ctdl/schema/context/json";

/// What stands behind the host of the Finder before a CTID.
pub(super) const FINDER: &[&str] = &[
    "resources",
    "credential",
    "organization",
    "assessment",
    "learningopportunity",
    "LearningOpportunity",
    "competencyframework",
    "competency",
    "pathway",
    "transfervalue",
    "conceptscheme",
    "collection",
    "occupation",
    "job",
    "task",
    "workrole",
    "rubric",
];

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// Copies fixtures into a folder of their own.
fn folder(names: &[&str]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in names {
        fs::copy(fixture(name), folder.path().join(name.rsplit('/').next().unwrap())).unwrap();
    }
    folder
}

fn holding(names: &[&str]) -> DataDir {
    DataDir::holding(&[folder(names).path()])
}

/// The CTID of the `n`-th resource of the fixtures.
fn ctid(n: u32) -> String {
    format!("ce-{:08x}-c7d1-4000-8000-{:012x}", n / 1000, n % 1000)
}

/// The identifier that a twin has in both worlds.
fn twin(n: u32) -> String {
    format!("0000002a-c7d1-4000-8000-{n:012x}")
}

/// Every spelling of a CTID of production.
pub(super) fn spellings(ctid: &str) -> Vec<String> {
    let lower = ctid.to_lowercase();
    let uuid = lower.trim_start_matches("ce-");
    let mut spellings = vec![
        lower.clone(),
        lower.to_uppercase(),
        format!("ce-{}", uuid.to_uppercase()),
        format!("{PRODUCTION}/resources/{lower}"),
        format!("http://credentialengineregistry.org/resources/{lower}"),
        format!("{PRODUCTION}/ce-registry/resources/{}", lower.to_uppercase()),
        format!("{PRODUCTION}/graph/{lower}"),
        format!("{PRODUCTION}/ce-registry/graph/{lower}"),
        format!("{PRODUCTION}/envelopes/{lower}"),
        format!("urn:ctid:{uuid}"),
        format!("urn:ctid:{lower}"),
    ];
    spellings
        .extend(FINDER.iter().map(|path| format!("https://credentialfinder.org/{path}/{lower}")));
    spellings
}

/// Every spelling of a CTID of the sandbox.
fn sandbox_spellings(ctid: &str) -> Vec<String> {
    let finder = FINDER.iter().map(|path| {
        format!("https://sandbox.credentialengine.org/finder/{path}/{}", ctid.to_uppercase())
    });
    let own = ["resources", "graph", "ce-registry/resources", "ce-registry/graph"];
    own.iter().map(|path| format!("{SANDBOX}/{path}/{ctid}")).chain(finder).collect()
}

/// Asks for many identifiers at once.
pub(super) fn resolutions(data: &DataDir, texts: &[String]) -> Vec<Value> {
    let mut args = vec!["resolve"];
    args.extend(texts.iter().map(String::as_str));
    let mut said = data.json(&args);
    let answers = said["answers"].as_array_mut().unwrap();
    assert_eq!(answers.len(), texts.len());
    answers.iter_mut().map(|answer| answer["resolution"].take()).collect()
}

/// The key of the one resource that was found.
#[track_caller]
pub(super) fn found(resolution: &Value) -> &str {
    assert_eq!(resolution["verdict"], "resolved", "{resolution}");
    assert_eq!(resolution["found"].as_array().unwrap().len(), 1, "{resolution}");
    resolution["found"][0]["chosen"]["card"]["resource"]["identity"]["key"].as_str().unwrap()
}

fn notices(resolution: &Value) -> Vec<&str> {
    let notices = resolution["notices"].as_array().into_iter().flatten();
    notices.map(|notice| notice["kind"].as_str().unwrap()).collect()
}

#[test]
fn a_ctid_resolves_in_every_spelling() {
    let data = holding(&["ctdl/envelope-old.json", "ctdl/ctid-upper-case.json"]);
    for ctid in [ctid(1001), ctid(0xabc * 1000 + 31)] {
        let spellings = spellings(&ctid);
        for (text, resolution) in spellings.iter().zip(resolutions(&data, &spellings)) {
            assert_eq!(found(&resolution), format!("ctid:{ctid}"), "{text}");
            assert_eq!(notices(&resolution), Vec::<&str>::new(), "{text}");
            let strength = resolution["found"][0]["strength"].as_str().unwrap();
            assert!(["exact", "spelling"].contains(&strength), "{text}: {strength}");
        }
    }
}

#[test]
fn the_sandbox_never_answers_for_production_nor_production_for_it() {
    let data = holding(&["ctdl/envelope-old.json", "ctdl/sandbox.json"]);
    let held = sandbox_spellings(&ctid(1841));
    for (text, resolution) in held.iter().zip(resolutions(&data, &held)) {
        assert_eq!(found(&resolution), format!("ctid:sandbox:{}", ctid(1841)), "{text}");
        assert_eq!(notices(&resolution), ["other_environment"], "{text}");
    }
    // The organization of the sandbox has a CTID and no address of its own.
    let organization = data.resolution(&format!("{SANDBOX}/resources/{}", ctid(1842)));
    assert_eq!(found(&organization), format!("ctid:sandbox:{}", ctid(1842)));
    let elsewhere = sandbox_spellings(&ctid(1001));
    for (text, resolution) in elsewhere.iter().zip(resolutions(&data, &elsewhere)) {
        assert_eq!(resolution["verdict"], "unknown", "{text}: {resolution}");
        assert_eq!(notices(&resolution), ["other_environment"], "{text}");
        assert!(resolution["found"].is_null(), "{text}: {resolution}");
    }
    let of_production = spellings(&ctid(1841));
    for (text, resolution) in of_production.iter().zip(resolutions(&data, &of_production)) {
        assert_eq!(resolution["verdict"], "unknown", "{text}: {resolution}");
    }
}

#[test]
fn a_curie_inside_a_credential_is_read_by_the_credentials_own_prefixes() {
    let data = holding(&["ctdl/envelope-old.json"]);
    let achievement = |url: &str| {
        json!({
            "@context": [
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
                { "res": format!("{PRODUCTION}/resources/"), "trial": format!("{SANDBOX}/resources/") }
            ],
            "id": "https://glass.example/achievements/1",
            "type": ["Achievement"],
            "name": "Blower of Glass",
            "description": "x",
            "criteria": { "narrative": "x" },
            "alignment": [{ "type": ["Alignment"], "targetName": "Certified Glass Blower", "targetUrl": url }],
        })
    };
    let folder = tempfile::tempdir().unwrap();
    let resolved = |url: &str| {
        let path = save(folder.path(), "badge.json", &achievement(url));
        let said = data.json(&["resolve", path.to_str().unwrap()]);
        let mut mentions = said["answers"][0]["mentions"].as_array().unwrap().clone();
        let alignment =
            mentions.iter_mut().find(|mention| mention["mention"]["site"] == "alignment");
        alignment.unwrap()["resolution"].take()
    };
    for url in [format!("res:{}", ctid(1001)), format!("res:{}", ctid(1001).to_uppercase())] {
        assert_eq!(found(&resolved(&url)), format!("ctid:{}", ctid(1001)));
    }
    let trial = resolved(&format!("trial:{}", ctid(1001)));
    assert_eq!(
        (&trial["verdict"], notices(&trial)),
        (&"unknown".into(), vec!["other_environment"])
    );
}

/// Everything that a person sees of a data directory, without when it was imported.
fn seen(data: &DataDir) -> Vec<Value> {
    let mut seen = Vec::new();
    for n in 0..4 {
        for id in [twin(n), format!("ce-{}", twin(n))] {
            seen.push(data.json(&["show", &id]));
        }
    }
    seen.push(data.json(&["show", &ctid(1001)]));
    for words in ["bead", "Lamp Work", "L.2", "glass"] {
        seen.push(data.json(&["search", words]));
    }
    seen.iter_mut().for_each(forget_times);
    seen
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(forget_times),
        Value::Object(object) => {
            for name in ["fetchedAt", "seq", "generation"] {
                object.remove(name);
            }
            object.values_mut().for_each(forget_times);
        }
        _ => {}
    }
}

#[test]
fn the_order_of_the_two_standards_is_not_seen() {
    let names = [
        "case/twin-package.json",
        "ctdl/twin-framework.json",
        "ctdl/envelope-old.json",
        "ctdl/envelope-new.json",
    ];
    let folder = folder(&names);
    let paths = names.map(|name| folder.path().join(name.rsplit('/').next().unwrap()));
    let together = DataDir::holding(&[folder.path()]);
    let (content, expected) = (together.content(), seen(&together));
    let orders = [[0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 0, 3, 1]];
    for order in orders {
        let data = DataDir::new();
        for at in order {
            assert_eq!(data.import(&[&paths[at]]).status, 0);
        }
        assert_eq!(data.content(), content, "{order:?}");
        assert_eq!(seen(&data), expected, "{order:?}");
    }
    assert_eq!(together.run(&["rebuild"]).status, 0);
    assert_eq!((together.content(), seen(&together)), (content, expected));
}

#[test]
fn twins_stand_beside_each_other_and_are_never_one() {
    let data = holding(&["case/twin-package.json", "ctdl/twin-framework.json"]);
    for n in 0..4 {
        let (guid, ctid) = (format!("guid:{}", twin(n)), format!("ctid:ce-{}", twin(n)));
        for (asked, own, other) in
            [(twin(n), &guid, &ctid), (format!("ce-{}", twin(n)), &ctid, &guid)]
        {
            let resolution = data.resolution(&asked);
            assert_eq!(found(&resolution), own, "{asked}");
            let inferred = &resolution["inferred"][0];
            assert_eq!(
                inferred["chosen"]["card"]["resource"]["identity"]["key"],
                other.as_str(),
                "{asked}"
            );
            assert_eq!(resolution["inferred"].as_array().unwrap().len(), 1, "{asked}");
            assert!(!resolution["tried"].as_array().unwrap().is_empty());
            let twins = data.context(&asked)["twins"].take();
            assert_eq!(twins.as_array().unwrap().len(), 1, "{asked}: {twins}");
        }
    }
    // Each is in its own framework with its own siblings.
    let context = data.context(&format!("ce-{}", twin(2)));
    assert_eq!(context["siblings"]["n"], 2, "{context}");
    assert_eq!(context["children"]["n"], 1, "{context}");
    // One world alone has no twin, and a CTID then names nothing here.
    let alone = holding(&["case/twin-package.json"]);
    let resolution = alone.resolution(&format!("ce-{}", twin(1)));
    assert_ne!(resolution["verdict"], "resolved", "{resolution}");
    assert!(alone.context(&twin(1))["twins"].as_array().is_none_or(Vec::is_empty));
}

#[test]
fn a_provisional_record_is_shown_to_who_asks_for_it() {
    let data = holding(&["ctdl/provisional.json", "ctdl/envelope-old.json"]);
    let id = ctid(1801);
    let hidden = data.resolution(&id);
    assert_eq!((&hidden["verdict"], notices(&hidden)), (&"unknown".into(), vec!["provisional"]));
    let asked = data.json(&["resolve", "--provisional", &id])["answers"][0]["resolution"].take();
    assert_eq!(found(&asked), format!("ctid:{id}"));
    assert_eq!(data.run(&["show", &id]).status, 1);
    assert_eq!(data.run(&["show", "--provisional", &id]).status, 0);
    let results = |args: &[&str]| data.json(args)["results"].take();
    let hidden = results(&["search", "sandblasting"]);
    assert_eq!(
        (&hidden["total"], hidden["hits"].as_array().unwrap().len()),
        (&0.into(), 0),
        "{hidden}"
    );
    let asked = results(&["search", "--provisional", "sandblasting"]);
    assert_eq!(
        (&asked["total"], asked["hits"].as_array().unwrap().len()),
        (&1.into(), 1),
        "{asked}"
    );
}

#[test]
fn who_requires_a_competency_is_told_a_page_at_a_time() {
    let n = 7_u32;
    let folder = tempfile::tempdir().unwrap();
    let asked = format!("{PRODUCTION}/resources/{}", ctid(2002));
    for at in 1..=n {
        let own = ctid(50_000 + at);
        let target =
            json!([{ "@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNode": asked }]);
        let record = json!({ "@context": CONTEXT, "@id": format!("{PRODUCTION}/graph/{own}"), "@graph": [{
            "@id": format!("{PRODUCTION}/resources/{own}"),
            "@type": "ceterms:Certificate",
            "ceterms:ctid": own,
            "ceterms:name": { "en": format!("Certificate {at}") },
            "ceterms:requires": [{ "@type": "ceterms:ConditionProfile", "ceterms:targetCompetency": target }],
        }]});
        save(folder.path(), &format!("{at}.json"), &record);
    }
    fs::copy(fixture("ctdl/resource.json"), folder.path().join("resource.json")).unwrap();
    let data = DataDir::holding(&[folder.path()]);
    let page = |limit: usize, offset: usize| {
        let (limit, offset) = (limit.to_string(), offset.to_string());
        let links = data.json(&[
            "show",
            &ctid(2002),
            "--relation",
            "requiredBy",
            "--limit",
            &limit,
            "--offset",
            &offset,
        ])["links"]
            .take();
        assert_eq!(links["n"], n, "{links}");
        let items = links["items"].as_array().unwrap().iter();
        items.map(|item| item["reached"]["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = page(100, 0);
    assert_eq!(all.len(), 7);
    let mut different = all.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), 7, "{all:?}");
    assert_eq!([page(3, 0), page(3, 3), page(3, 6)].concat(), all);
    assert!(page(3, 7).is_empty());
}

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

#[test]
fn contact_values_come_out_of_no_door() {
    let data = holding(&["ctdl/contacts.json"]);
    let id = ctid(1971);
    for args in [
        vec!["show", &id],
        vec!["show", "--json", &id],
        vec!["resolve", "--json", &id],
        vec!["search", "--json", "quiet guild"],
        vec!["search", "--json", "canary"],
        vec!["status", "--json"],
        vec!["verify", "--json"],
    ] {
        let output = data.run(&args);
        assert!(!output.stdout.contains("canary-"), "{args:?}: {}", output.stdout);
        assert!(!output.stderr.contains("canary-"), "{args:?}: {}", output.stderr);
    }
    assert_eq!(data.json(&["search", "canary"])["results"]["total"], 0);
    assert_eq!(
        data.context(&id)["chosen"]["card"]["resource"]["name"]["en-US"][0],
        "The Quiet Guild"
    );
}

#[test]
fn the_most_nested_record_and_all_the_odd_ones_are_held_side_by_side() {
    let data = DataDir::holding(&[&fixture("ctdl")]);
    let content = data.content();
    assert_eq!(data.run(&["rebuild"]).status, 0);
    assert_eq!(data.content(), content);
    for (id, class) in [
        (ctid(1981), "ceterms:Course"),
        (ctid(1601), "ceterms:Certification"),
        (ctid(2501), "ceasn:Rubric"),
        (ctid(2601), "skos:ConceptScheme"),
        (ctid(2701), "ceterms:Pathway"),
        (ctid(1821), "ceasn:CompetencyFramework"),
        (ctid(1822), "ceasn:Competency"),
        (ctid(1903), "urn:alidade:term:Kiln"),
    ] {
        let card = data.context(&id)["chosen"]["card"].take();
        let node = &card["resource"]["identity"]["node"];
        assert_eq!(node["types"][0], class, "{id}: {card}");
    }
    // What stands behind an address that holds another CTID is found by both.
    for n in [1811, 1812] {
        assert_eq!(found(&data.resolution(&ctid(n))), format!("ctid:{}", ctid(1812)));
    }
}
