//! What a private look-up finds, and every byte that it gives away.

use std::fs;

use serde_json::{Value, json};

use crate::paths::range::relay::{Relay, paths};
use crate::paths::range::{add, knots};
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::site::{Asked, Said, Site};
use crate::support::http::Server;
use crate::support::package::guid;
use crate::support::{DataDir, Output};

/// Stands wherever a badge speaks of its learner.
const CANARY: &str = "quillfeather";

/// Asks a relay, from a machine that holds nothing.
fn ask<S: Site>(relay: &FakeServer<S>, inputs: &[&str], flags: &[&str]) -> Output {
    let url = relay.url();
    let args = [&["resolve", "--private", "--json", "--server", &url], flags, inputs].concat();
    let nothing = DataDir::new();
    let output = nothing.run(&args);
    assert!(!nothing.path().exists(), "a private look-up writes nothing");
    output
}

#[track_caller]
fn told<S: Site>(relay: &FakeServer<S>, inputs: &[&str], flags: &[&str]) -> Value {
    let output = ask(relay, inputs, flags);
    let read = serde_json::from_str(&output.stdout);
    read.unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// The paths of one look-up.
fn paths_of(server: &Server, inputs: &[&str], flags: &[&str]) -> Vec<String> {
    let relay = Relay::to(server);
    told(&relay, inputs, flags);
    paths(&relay)
}

#[test]
fn an_identifier_is_found_as_by_asking_outright() {
    let data = knots();
    let server = Server::of(&data);
    let relay = Relay::to(&server);
    let framework = guid(1, 0);
    let by_framework = ["--framework", framework.as_str()];
    let address = format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(2, 7));
    for (id, flags, strength) in [
        (guid(1, 1), [].as_slice(), "spelling"),
        (format!("urn:uuid:{}", guid(2, 7)), [].as_slice(), "exact"),
        (address, [].as_slice(), "spelling"),
        ("t-2".to_owned(), by_framework.as_slice(), "code"),
    ] {
        let outright = data.json(&[&["resolve", &id], flags].concat());
        let outright = &outright["answers"][0]["resolution"]["found"][0]["chosen"]["card"];
        let meaning = told(&relay, &[&id], flags)["answers"][0]["meaning"].take();
        assert_eq!(meaning["verdict"], "resolved", "{id}: {meaning}");
        let found = &meaning["found"][0];
        assert_eq!(found["strength"], strength, "{id}: {meaning}");
        assert_eq!(found["state"], "current", "{id}: {meaning}");
        let resource = &outright["resource"];
        assert_eq!(found["card"]["id"], resource["identity"]["subject"], "{meaning}\n{resource}");
        assert_eq!(found["card"]["kind"], "competency");
        assert_eq!(found["card"]["framework"], outright["framework"]["title"]);
    }
    let unknown = ask(&relay, &[&guid(9, 9)], &[]);
    assert_eq!(unknown.status, 1, "{unknown:?}");
    assert!(unknown.stdout.contains("\"unknown\""), "{unknown:?}");
}

#[test]
fn nothing_but_prefixes_reaches_the_server() {
    let server = Server::of(&knots());
    let relay = Relay::to(&server);
    let (one, two) = (guid(1, 1), format!("https://case.loom.example/uri/{}", guid(2, 7)));
    told(&relay, &[&one, &two, "https://skills.example/1?x=y#z"], &["--decoys", "3"]);
    relay.change(|relay| {
        assert!(relay.seen().len() > 3);
        for (number, asked) in relay.seen().iter().enumerate() {
            assert_eq!((asked.method.as_str(), asked.body.len()), ("GET", 0));
            assert!(asked.query.is_empty(), "{asked:?}");
            let names: Vec<&str> = asked.fields.keys().map(String::as_str).collect();
            assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"], "{asked:?}");
            assert_eq!(asked.field("user-agent"), Some("alidade"));
            assert_eq!(asked.field("accept-encoding"), Some("identity"));
            let segments: Vec<&str> = asked.path.split('/').collect();
            match segments.as_slice() {
                ["", "v1", "range"] => assert_eq!(number, 0),
                ["", "v1", "range", version, prefix] => {
                    assert_eq!((version.len(), prefix.len()), (32, 1), "{asked:?}");
                }
                _ => panic!("{asked:?}"),
            }
        }
    });
}

#[test]
fn neither_order_nor_repetition_shows() {
    let server = Server::of(&knots());
    let ids = [guid(1, 1), guid(2, 7), guid(2, 9), "https://skills.example/1".to_owned()];
    let all: Vec<&str> = ids.iter().map(String::as_str).collect();
    let expected = paths_of(&server, &all, &[]);
    assert!(expected.is_sorted(), "{expected:?}");
    let mut backwards = all.clone();
    backwards.reverse();
    let upper = guid(1, 1).to_uppercase();
    backwards.extend([all[1], all[1], upper.as_str()]);
    assert_eq!(paths_of(&server, &backwards, &[]), expected);
}

#[test]
fn decoys_are_among_the_prefixes_and_change_no_answer() {
    let server = Server::of(&knots());
    let (relay, id) = (Relay::to(&server), guid(1, 1));
    let plain = told(&relay, &[&id], &[]);
    let hidden = told(&relay, &[&id], &["--decoys", "200"]);
    assert_eq!(plain["prefixes"], 1);
    assert!(hidden["prefixes"].as_u64().unwrap() > 8, "{hidden}");
    assert_eq!(plain["answers"], hidden["answers"]);
}

/// A badge with the canary in every place that is the learner's.
fn badge() -> Value {
    let address = |id: String| format!("https://case.loom.example/ims/case/v1p0/CFItems/{id}");
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": format!("https://{CANARY}.example/credentials/1"),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": format!("Knots, for {CANARY}"),
        "issuer": { "id": "https://loom.example", "type": ["Profile"], "name": "The Loom Guild" },
        "credentialSubject": {
            "id": format!("mailto:{CANARY}@mail.example"), "type": ["AchievementSubject"], "name": CANARY,
            "achievement": {
                "id": "https://loom.example/achievements/knots", "type": ["Achievement"],
                "name": "Knots", "description": "Ties knots", "criteria": { "narrative": "Ties them" },
                "alignment": [
                    { "type": ["Alignment"], "targetUrl": address(guid(1, 1)), "targetName": "Ties a bowline", "targetCode": "T.1" },
                    { "type": ["Alignment"], "targetUrl": address(guid(2, 7)), "targetName": "Knot 7", "targetCode": "X.9" },
                    { "type": ["Alignment"], "targetUrl": format!("https://{CANARY}@skills.example/1"), "targetName": "Held back" },
                ],
            },
        },
    })
}

#[test]
fn a_badge_is_read_here_and_nothing_of_its_learner_is_sent() {
    let server = Server::with(&knots(), &["-vv"]);
    let relay = Relay::to(&server);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("badge.json");
    fs::write(&file, badge().to_string()).unwrap();
    let output = ask(&relay, &[file.to_str().unwrap()], &["--as-of", "2024-05-06"]);
    assert_eq!(output.status, 1, "one of its identifiers is held nowhere: {output:?}");
    assert!(!output.stdout.contains(CANARY), "{output:?}");
    assert!(!output.stderr.contains(CANARY), "{output:?}");
    let told: Value = serde_json::from_str(&output.stdout).unwrap();
    assert_eq!(told["asOf"], "2024-05-06");
    let mentions = told["answers"][0]["mentions"].as_array().unwrap();
    let of = |n: usize| {
        mentions.iter().find(|mention| {
            mention["pointer"].as_str().unwrap().ends_with(&format!("/alignment/{n}"))
        })
    };
    let (first, second) = (of(0).unwrap(), of(1).unwrap());
    assert_eq!(first["meaning"]["verdict"], "resolved", "{told}");
    assert_eq!(first["meaning"]["found"][0]["card"]["label"], "Ties a bowline");
    assert!(first["meaning"]["notices"].is_null(), "{first}");
    assert!(second["meaning"]["notices"].to_string().contains("X.9"), "{second}");
    relay.change(|relay| {
        assert!(relay.seen().iter().all(|asked| asked.path.starts_with("/v1/range")));
        let seen = format!("{:?}", relay.seen());
        for secret in [CANARY, "loom", "bowline", "T.1", &guid(1, 1)] {
            assert!(!seen.contains(secret), "`{secret}` is in {seen}");
        }
    });
    let ended = server.stop("TERM");
    // The log has the route, and not what stands in its place.
    let log = ended.stderr.replace("/{version}/{prefix}", "").replace("/{prefix}", "");
    assert!(!log.contains("v1/range/"), "a prefix is in the log: {ended:?}");
}

#[test]
fn a_version_that_ends_in_between_is_begun_again_with_the_same_prefixes() {
    let (old, new) = (knots(), knots());
    add(&new);
    let (first, second) = (Server::of(&old), Server::of(&new));
    // The layout and one bucket come from the first, everything else from the second.
    let relay = Relay::to_one_after_the_other(&first, 2, &second);
    let ids = [guid(1, 1), guid(2, 7), guid(2, 9), guid(3, 4), guid(2, 11)];
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let told = told(&relay, &ids, &["--decoys", "2"]);
    for answer in told["answers"].as_array().unwrap() {
        assert_eq!(answer["meaning"]["verdict"], "resolved", "{told}");
    }
    let version = told["version"].as_str().unwrap();
    let paths = paths(&relay);
    let n_layouts = paths.iter().filter(|path| *path == "/v1/range").count();
    assert_eq!(n_layouts, 2, "{paths:?}");
    let digits = |is_new: bool| {
        let of = paths.iter().filter(|path| path.starts_with("/v1/range/"));
        let of = of.filter(|path| path.contains(version) == is_new);
        of.filter_map(|path| path.rsplit('/').next().map(str::to_owned)).collect::<Vec<_>>()
    };
    let (before, after) = (digits(false), digits(true));
    assert_eq!(told["prefixes"], after.len());
    assert!(before.len() == 2 && after.starts_with(&before), "{before:?} {after:?}");
}

/// Wants to know more than it should.
struct Curious {
    n_digits: usize,
    n_asked: usize,
}

impl Site for Curious {
    fn answer(&mut self, _: &Asked) -> Said {
        self.n_asked += 1;
        let layout =
            json!({ "version": "ab", "prefixDigits": self.n_digits, "bucketBytes": 1_000 });
        Said::json(200, &json!({ "layout": layout }))
    }
}

#[test]
fn a_server_that_wants_the_whole_hash_is_told_nothing() {
    for n_digits in [0, 5, 64] {
        let server = FakeServer::of(Curious { n_digits, n_asked: 0 });
        let refused = ask(&server, &[&guid(1, 1)], &[]);
        assert_eq!((refused.status, refused.stdout.as_str()), (3, ""), "{refused:?}");
        assert_eq!(server.change(|server| server.n_asked), 1);
    }
}

#[test]
fn a_bucket_of_another_length_or_of_another_prefix_is_refused() {
    let server = FakeServer::of(Curious { n_digits: 1, n_asked: 0 });
    let refused = ask(&server, &[&guid(1, 1)], &[]);
    assert_eq!((refused.status, refused.stdout.as_str()), (3, ""), "{refused:?}");
    assert!(refused.stderr.contains("not as long as all buckets are"), "{refused:?}");
}

#[test]
fn the_server_is_named_by_flag_variable_or_file_and_somewhere() {
    let data = DataDir::new();
    let id = guid(1, 1);
    let unnamed = data.run(&["resolve", "--private", &id]);
    assert_eq!(unnamed.status, 2, "{unnamed:?}");
    assert!(unnamed.stderr.contains("no server is named"), "{unnamed:?}");
    let plain = data.run(&["resolve", "--private", "--server", "http://alidade.example", &id]);
    assert_eq!(plain.status, 2, "{plain:?}");
    let alone = data.run(&["resolve", "--server", "https://alidade.example", &id]);
    assert_eq!(alone.status, 2, "{alone:?}");
    let server = Server::of(&knots());
    let relay = Relay::to(&server);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("alidade.toml");
    fs::write(&file, format!("[resolve]\nserver = \"{}\"\n", relay.url())).unwrap();
    let by_file = data.run(&["--config", file.to_str().unwrap(), "resolve", "--private", &id]);
    assert_eq!(by_file.status, 0, "{by_file:?}");
    for words in ["Ties a bowline", "resolved", "was told one prefix of 4 bits"] {
        assert!(by_file.stdout.contains(words), "`{words}` is not in {by_file:?}");
    }
    let set = format!("resolve.server={}", relay.url());
    assert_eq!(data.run(&["--set", &set, "resolve", "--private", &id]).status, 0);
    let nothing = data.run(&["--set", &set, "resolve", "--private", "T.1"]);
    assert_eq!(nothing.status, 1, "{nothing:?}");
    assert!(nothing.stdout.contains("was asked nothing"), "{nothing:?}");
}
