//! A resource by the SHA-256 of any of its canonical keys.

use sha2::{Digest, Sha256};

use crate::paths::api::{ask, good};
use crate::paths::serve::problem;
use crate::support::DataDir;
use crate::support::http::Server;
use crate::support::package::{guid, package, save};

fn hash(key: &str) -> String {
    let digits: Vec<String> =
        Sha256::digest(key).iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

#[test]
fn a_hash_names_what_its_key_names_at_every_door() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &package(1, "Knots", &[(1, "Ties a bowline")]));
    let data = DataDir::holding(&[folder.path()]);
    let server = Server::of(&data);
    let by_guid = ask(&server, &format!("/v1/resources/{}", guid(1, 1)));
    let framework = guid(1, 0);
    for key in [
        format!("guid:{}", guid(1, 1)),
        format!("iri:urn:uuid:{}", guid(1, 1)),
        format!("iri:https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(1, 1)),
        format!("code:guid:{framework}|t.1"),
    ] {
        let hash = hash(&key);
        for spelling in [hash.clone(), hash.to_uppercase()] {
            assert_eq!(ask(&server, &format!("/v1/resources/{spelling}")), by_guid, "{key}");
        }
        let resolved = good(&server.get(&format!("/v1/resolve?id={hash}")));
        let found = &resolved["resolution"]["found"][0];
        assert_eq!(found["evidence"]["rung"], "hash", "{key}: {resolved}");
        assert_eq!(resolved["resolution"], data.resolution(&hash), "{key}");
        let siblings = ask(&server, &format!("/v1/resources/{hash}/siblings"));
        assert_eq!(siblings["n"], 1, "{key}");
    }
    let unknown = problem(
        &server.get(&format!("/v1/resources/{}", hash("guid:nothing"))),
        404,
        "unknown-resource",
    );
    assert_eq!(unknown["tried"][0]["rung"], "hash", "{unknown}");
}
