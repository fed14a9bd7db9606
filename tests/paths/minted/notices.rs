//! What a reader has to know besides: each notice where it is due, at every door, and nowhere else.

use serde_json::{Value, json};

use crate::paths::minted::badge;
use crate::paths::minted::door::Doors;
use crate::support::DataDir;
use crate::support::fake_case::FakeCase;
use crate::support::generated::{framework, shortened};
use crate::support::mirror::Mirror;
use crate::support::package::{guid, package, save};

const CASE: &str = "https://case.loom.example/ims/case/v1p0/CFItems";
pub(super) const REGISTRY: &str = "https://credentialengineregistry.org/resources";

pub(super) fn address(framework: u32, item: u32) -> String {
    format!("{CASE}/{}", guid(framework, item))
}

pub(super) fn ctid(n: u32) -> String {
    format!("ce-{}", guid(90, n))
}

/// A record of the registry.
fn record(n: u32, class: &str, name: &str, more: &Value) -> Value {
    let mut node = json!({
        "@id": format!("{REGISTRY}/{}", ctid(n)),
        "@type": class,
        "ceterms:ctid": ctid(n),
        "ceterms:name": { "en-US": name },
    });
    node.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({
        "@context": "https://credreg.net/ctdl/schema/context/json",
        "@id": format!("{REGISTRY}/{}", ctid(n)).replace("resources", "graph"),
        "@graph": [node],
    })
}

/// Frameworks and records of which one is replaced, one out of use, one gone; the badge is issued by organization 3.
pub(super) fn doors() -> Doors {
    let folder = tempfile::tempdir().unwrap();
    let words = ["Ties a bowline", "Ties a sheet bend", "Splices a rope", "Whips an end"];
    let items: Vec<(u32, &str)> = (1..).zip(words).collect();
    let mut knots = package(1, "Knots at Sea", &items);
    let link =
        |n: u32| json!({ "identifier": guid(1, n), "uri": address(1, n), "title": words[0] });
    knots["CFAssociations"].as_array_mut().unwrap().push(json!({
        "identifier": guid(1, 99),
        "uri": "https://case.loom.example/ims/case/v1p0/CFAssociations/x",
        "associationType": "replacedBy",
        "originNodeURI": link(1),
        "destinationNodeURI": link(2),
        "lastChangeDateTime": "2024-01-01T00:00:00+00:00",
    }));
    save(folder.path(), "knots.json", &knots);
    let mut old = package(2, "Knots of Old", &[(1, "Ties a reef knot")]);
    old["CFDocument"]["adoptionStatus"] = "Deprecated".into();
    save(folder.path(), "old.json", &old);
    let mut ended = package(3, "Knots of Yesterday", &[(1, "Ties a granny knot")]);
    ended["CFItems"][0]["statusEndDate"] = "2020-12-31".into();
    save(folder.path(), "ended.json", &ended);
    let mut draft = package(4, "Knots of Tomorrow", &[(1, "Ties a zeppelin bend")]);
    draft["CFDocument"]["adoptionStatus"] = "Draft".into();
    save(folder.path(), "draft.json", &draft);
    let by = |n: u32| json!([format!("{REGISTRY}/{}", ctid(n))]);
    let owned = |n: u32| json!({ "ceterms:ownedBy": by(n), "ceterms:offeredBy": by(n) });
    let page = |page: &str| json!({ "ceterms:subjectWebpage": page });
    for (n, class, name, more) in [
        (1, "ceterms:Certification", "Certified Rigger", owned(2)),
        (2, "ceterms:CredentialOrganization", "The Rope Walk", page("https://walk.example")),
        (3, "ceterms:CredentialOrganization", "The Loom Guild", page("https://issuer.example")),
        (4, "ceterms:Certification", "Certified Weaver", owned(3)),
    ] {
        save(folder.path(), &format!("record-{n}.json"), &record(n, class, name, &more));
    }
    let data = DataDir::holding(&[folder.path()]);
    knots["CFItems"].as_array_mut().unwrap().pop();
    knots["CFAssociations"]
        .as_array_mut()
        .unwrap()
        .retain(|association| association["originNodeURI"]["identifier"] != guid(1, 4).as_str());
    save(folder.path(), "knots.json", &knots);
    assert_eq!(data.import(&[folder.path()]).status, 0);
    Doors::of(data)
}

pub(super) fn kinds(resolution: &Value) -> Vec<&str> {
    let notices = resolution["notices"].as_array().into_iter().flatten();
    let mut kinds: Vec<&str> = notices.map(|notice| notice["kind"].as_str().unwrap()).collect();
    kinds.sort_unstable();
    kinds
}

fn notice<'a>(resolution: &'a Value, kind: &str) -> &'a Value {
    let notices = resolution["notices"].as_array().unwrap();
    notices.iter().find(|notice| notice["kind"] == kind).unwrap()
}

/// Reads one alignment at every door.
#[track_caller]
pub(super) fn read(doors: &Doors, alignment: &Value) -> Value {
    let mut read = doors.read(
        &alignment.to_string(),
        badge(std::slice::from_ref(alignment)).to_string().as_bytes(),
    );
    let mentions = read["mentions"].as_array_mut().unwrap();
    let mut aligned =
        mentions.iter_mut().filter(|mention| mention["mention"]["site"] == "alignment");
    aligned.next().unwrap()["resolution"].take()
}

#[test]
fn each_notice_is_given_where_it_is_due_and_no_other() {
    let doors = doors();
    let credential = |n: u32| format!("{REGISTRY}/{}", ctid(n));
    for (alignment, verdict, expected) in [
        (
            json!({ "targetUrl": address(1, 2), "targetName": "Ties a sheet bend", "targetCode": "T.2", "targetType": "CFItem", "targetFramework": "Knots at Sea" }),
            "resolved",
            vec![],
        ),
        (
            json!({ "targetUrl": address(1, 2), "targetName": "T.2: <b>Ties</b>  a\nsheet bend." }),
            "resolved",
            vec![],
        ),
        (
            json!({ "targetUrl": address(1, 1), "targetName": "Ties a bowline" }),
            "resolved",
            vec!["superseded"],
        ),
        (
            json!({ "targetUrl": address(2, 1), "targetName": "Ties a reef knot" }),
            "resolved",
            vec!["deprecated"],
        ),
        (
            json!({ "targetUrl": address(3, 1), "targetName": "Ties a granny knot" }),
            "resolved",
            vec!["deprecated"],
        ),
        (
            json!({ "targetUrl": address(4, 1), "targetName": "Ties a zeppelin bend" }),
            "resolved",
            vec!["not_yet_in_force"],
        ),
        (
            json!({ "targetUrl": address(1, 4), "targetName": "Whips an end" }),
            "resolved",
            vec!["withdrawn"],
        ),
        (
            json!({ "targetUrl": address(1, 2), "targetName": "Bakes a loaf of bread" }),
            "resolved",
            vec!["text_differs"],
        ),
        (
            json!({ "targetUrl": address(1, 2), "targetName": "Ties a sheet bend", "targetCode": "Q.77" }),
            "resolved",
            vec!["code_differs"],
        ),
        (
            json!({ "targetUrl": address(1, 2), "targetName": "Ties a sheet bend", "targetCode": guid(1, 3) }),
            "resolved",
            vec!["conflict"],
        ),
        (
            json!({ "targetUrl": address(1, 2), "targetName": "Ties a sheet bend", "targetCode": "T.3", "targetFramework": "Knots at Sea" }),
            "resolved",
            vec!["conflict"],
        ),
        (
            json!({ "targetUrl": address(1, 2), "targetName": "Ties a sheet bend", "targetType": "ceterms:Credential" }),
            "resolved",
            vec!["type_mismatch"],
        ),
        (
            json!({ "targetUrl": credential(4), "targetName": "Certified Weaver", "targetType": "CFItem" }),
            "resolved",
            vec!["type_mismatch"],
        ),
        (
            json!({ "targetUrl": credential(4), "targetName": "Certified Weaver", "targetType": "ext:Anything" }),
            "resolved",
            vec![],
        ),
        (
            json!({ "targetUrl": credential(1), "targetName": "Certified Rigger", "targetType": "ceterms:Credential" }),
            "resolved",
            vec!["issuer_differs"],
        ),
        (
            json!({ "targetUrl": credential(1).replace("https://", "https://sandbox."), "targetName": "Certified Rigger" }),
            "unknown",
            vec!["other_environment"],
        ),
        (json!({ "targetName": "Ties a sheet bend" }), "unknown", vec!["name_only"]),
        (
            json!({ "targetUrl": address(1, 77), "targetName": "Ties a sheet bend" }),
            "unknown",
            vec![],
        ),
        (
            json!({ "targetCode": "T.2", "targetFramework": "Knots At  SEA", "targetName": "Ties a sheet bend" }),
            "resolved",
            vec![],
        ),
        (json!({ "targetCode": "T.1", "targetName": "x" }), "ambiguous", vec![]),
    ] {
        let resolution = read(&doors, &alignment);
        let said = (resolution["verdict"].as_str().unwrap(), kinds(&resolution));
        assert_eq!(said, (verdict, expected), "{alignment}: {resolution}");
    }
}

#[test]
fn a_notice_says_by_what_and_of_which_words() {
    let doors = doors();
    let superseded =
        read(&doors, &json!({ "targetUrl": address(1, 1), "targetName": "Ties a bowline" }));
    let standing = &superseded["found"][0]["standing"];
    assert_eq!(standing["state"], "superseded");
    assert_eq!(standing["successors"][0]["key"], format!("guid:{}", guid(1, 2)), "{standing}");
    assert!(superseded.to_string().contains("Ties a sheet bend"));
    let differs =
        read(&doors, &json!({ "targetUrl": address(1, 2), "targetName": "Bakes a loaf" }));
    let text = notice(&differs, "text_differs");
    assert_eq!(
        (&text["given"], &text["published"]),
        (&"Bakes a loaf".into(), &"Ties a sheet bend".into())
    );
    let other = read(
        &doors,
        &json!({ "targetUrl": address(1, 2), "targetCode": guid(1, 3), "targetName": "Ties a sheet bend" }),
    );
    assert!(notice(&other, "conflict").to_string().contains(&guid(1, 3)), "{other}");
    let issued = read(
        &doors,
        &json!({ "targetUrl": format!("{REGISTRY}/{}", ctid(1)), "targetName": "Certified Rigger" }),
    );
    assert!(notice(&issued, "issuer_differs").to_string().contains("The Rope Walk"), "{issued}");
    let gone = read(&doors, &json!({ "targetUrl": address(1, 4), "targetName": "Whips an end" }));
    assert_eq!(
        gone["found"][0]["chosen"]["card"]["resource"]["statement"]["en"][0],
        "Whips an end"
    );
}

#[test]
fn what_a_server_dropped_is_still_told_with_its_last_words() {
    let server = FakeCase::serving([framework(3, 12)]);
    let mirror = Mirror::of_case(&server.url());
    mirror.harvest().check_complete();
    server.change(|case| case.put(shortened(framework(3, 12), 2)));
    mirror.harvest().check_complete();
    let held = mirror.data.context(&guid(3, 12));
    let words =
        held["chosen"]["card"]["resource"]["statement"]["en"][0].as_str().unwrap().to_owned();
    let doors = Doors::of(mirror.data);
    for (item, expected) in [(12, vec!["withdrawn"]), (1, vec!["text_differs"])] {
        let alignment =
            json!({ "targetUrl": format!("urn:uuid:{}", guid(3, item)), "targetName": words });
        assert_eq!(kinds(&read(&doors, &alignment)), expected, "item {item}");
    }
}

#[test]
fn the_day_that_the_caller_names_decides() {
    let doors = doors();
    let folder = tempfile::tempdir().unwrap();
    let badge = badge(&[json!({ "targetUrl": address(3, 1), "targetName": "Ties a granny knot" })]);
    let path = save(folder.path(), "badge.json", &badge);
    for (day, state) in
        [("2020-06-01", "current"), ("2020-12-31", "current"), ("2021-01-01", "deprecated")]
    {
        let said = doors.data.json(&["resolve", path.to_str().unwrap(), "--as-of", day]);
        let mentions = said["answers"][0]["mentions"].as_array().unwrap();
        let aligned =
            mentions.iter().find(|mention| mention["mention"]["site"] == "alignment").unwrap();
        let standing = &aligned["resolution"]["found"][0]["standing"];
        assert_eq!((&standing["state"], &standing["asOf"]), (&state.into(), &day.into()));
    }
}
