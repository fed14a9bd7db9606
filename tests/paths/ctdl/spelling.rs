//! CTIDs in every spelling, and the environments that they never leave.

use serde_json::json;

use crate::paths::ctdl::{
    FINDER, PRODUCTION, ctid, found, holding, notices, resolutions, spellings,
};
use crate::support::package::save;

const SANDBOX: &str = "https://sandbox.credentialengineregistry.org";

/// Every spelling of a CTID of the sandbox.
fn sandbox_spellings(ctid: &str) -> Vec<String> {
    let finder = FINDER.iter().map(|path| {
        format!("https://sandbox.credentialengine.org/finder/{path}/{}", ctid.to_uppercase())
    });
    let own = ["resources", "graph", "ce-registry/resources", "ce-registry/graph"];
    own.iter().map(|path| format!("{SANDBOX}/{path}/{ctid}")).chain(finder).collect()
}

#[test]
fn a_ctid_resolves_in_every_spelling() {
    let data = holding(&["ctdl/envelope-old.json", "ctdl/ctid-upper-case.json"]);
    for ctid in [ctid(1001), ctid(0xabc * 1000 + 31)] {
        let spellings = spellings(&ctid);
        for (text, resolution) in spellings.iter().zip(resolutions(&data, &spellings)) {
            assert_eq!(found(&resolution), format!("ctid:{ctid}"), "{text}");
            assert_eq!(notices(&resolution), Vec::<&str>::new(), "{text}");
            let strength = resolution["found"][0]["evidence"]["strength"].as_str().unwrap();
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
