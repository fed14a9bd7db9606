//! Canaries: words that stand wherever a document says something about a learner, and that must be found nowhere.
//!
//! What comes out of the command line and of the service, what is logged and what lies in the data directory is looked
//! through for them, in every spelling that a program could have given them on the way.

mod badges;
mod broken;
mod learner;
mod outlet;
mod records;
mod refusals;
mod slip;
mod word;

use serde_json::Value;

use crate::paths::canaries::broken::broken;
use crate::paths::canaries::outlet::{Outlets, damage, send_in_every_way};
use crate::paths::canaries::word::Needles;
use crate::paths::range::relay::Relay;
use crate::support::carried::CARRIERS;
use crate::support::carried::picture::{Chunk, png, svg_body, svg_verify};
use crate::support::carried::token::jws;
use crate::support::listing::{listing, paths};
use crate::support::package::{numbered, save};
use crate::support::{DataDir, output_of};

/// A document as bytes, with a name that tells which.
pub(super) struct Planted {
    name: String,
    bytes: Vec<u8>,
}

impl Planted {
    fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }

    fn of(name: &str, document: &Value) -> Self {
        Self::new(name, document.to_string())
    }
}

/// A document of every format.
fn formats() -> Vec<Planted> {
    vec![
        Planted::of("ob3", &badges::open_badge_3()),
        Planted::of("ob3 self-issued", &badges::self_issued()),
        Planted::of("ob2", &badges::open_badge_2()),
        Planted::of("ob1.1", &badges::open_badge_1()),
        Planted::of("ob0.5", &badges::open_badge_half()),
        Planted::of("clr2", &records::clr_2()),
        Planted::of("clr1", &records::clr_1()),
        Planted::of("ler-rs", &records::ler_rs(false)),
        Planted::of("ler-rs nested", &records::ler_rs(true)),
        Planted::of("ler wrapper", &records::ler_wrapper()),
        Planted::of("elm", &records::elm()),
        Planted::of("ctdl", &records::ctdl()),
        Planted::of("schema.org", &records::schema()),
        Planted::of("unknown", &records::unknown()),
    ]
}

/// Badges of both versions in everything that carries them.
fn carried() -> Vec<Planted> {
    let badge = badges::open_badge_3();
    let old = badges::open_badge_2();
    let mut all: Vec<Planted> =
        CARRIERS.iter().map(|carrier| Planted::new(carrier.name, (carrier.pack)(&badge))).collect();
    let text = old.to_string();
    all.extend([
        Planted::new("small token", jws(&badges::small())),
        Planted::new("ob2 token", jws(&old)),
        Planted::new("ob2 picture", png(&[Chunk::plain("openbadges", &text)])),
        Planted::new("ob2 old picture", png(&[Chunk::legacy("openbadges", &text)])),
        Planted::new("ob2 drawing", svg_body("http://openbadges.org", "assertion", &text)),
        Planted::new(
            "ob2 drawing of a token",
            svg_verify("http://openbadges.org", "assertion", &jws(&old)),
        ),
    ]);
    all
}

fn held() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots by Number", 9));
    DataDir::holding(&[folder.path()])
}

#[track_caller]
fn check_silent(found: &[String]) {
    assert!(found.is_empty(), "{} canaries sang:\n{}", found.len(), found.join("\n"));
}

#[test]
fn the_command_line_says_nothing_of_a_learner() {
    let data = held();
    let before = listing(&data.path());
    let outlets = Outlets::new(&data);
    let mut found = Vec::new();
    let mut n_read = 0;
    for planted in formats().iter().chain(&carried()) {
        assert!(outlets.needles.find(planted.name.as_bytes()).is_none());
        let (statuses, sang) = outlets.on_the_command_line(planted);
        assert!(
            statuses.iter().all(|status| (0..=2).contains(status)),
            "{}: {statuses:?}",
            planted.name
        );
        n_read += usize::from(statuses.contains(&0) || statuses.contains(&1));
        found.extend(sang);
    }
    check_silent(&found);
    assert_eq!(n_read, formats().len() + carried().len(), "some were not read");
    for planted in broken() {
        let (statuses, sang) = outlets.on_the_command_line(&planted);
        assert!(statuses.iter().all(|status| *status == 2), "{}: {statuses:?}", planted.name);
        found.extend(sang);
    }
    check_silent(&found);
    assert_eq!(listing(&data.path()), before, "reading writes nothing");
}

#[test]
fn the_service_says_and_logs_nothing_of_a_learner() {
    let data = held();
    let before = listing(&data.path());
    let mut found = Vec::new();
    for (args, is_open) in
        [(&["-vv"][..], false), (&["-vv", "--set", "serve.credentials=true"], true)]
    {
        let outlets = Outlets::new(&data);
        let server = outlets.serve(args);
        let mut statuses = std::collections::BTreeSet::new();
        for planted in formats().iter().chain(&carried()).chain(&broken()) {
            let answers = send_in_every_way(&server, &data, planted);
            for (way, answer) in answers {
                statuses.insert((way, answer.status));
                found.extend(outlets.sung(&format!("{} by {way}", planted.name), &answer.raw()));
            }
        }
        for planted in formats().iter().chain(&carried()) {
            for (way, answer) in send_in_every_way(&server, &data, planted) {
                let is_refused = answer.status == 422 || !way.starts_with("resolve");
                assert!(is_refused, "{} by {way}: {}", planted.name, answer.status);
            }
        }
        for (way, status) in [
            ("resolve", 422),
            ("resolve as text", 422),
            ("extracted", 200),
            ("extracted by lines", 200),
            ("address", 422),
            ("whole", if is_open { 200 } else { 404 }),
        ] {
            assert!(statuses.contains(&(way, status)), "no {status} by {way} in {statuses:?}");
        }
        assert!(statuses.contains(&("whole", 422)) == is_open, "{statuses:?}");
        let ended = server.stop("TERM");
        assert_eq!(ended.status, 0);
        found.extend(outlets.sung("log", format!("{}{}", ended.stdout, ended.stderr).as_bytes()));
    }
    check_silent(&found);
    assert_eq!(listing(&data.path()), before, "reading writes nothing");
}

#[test]
fn a_service_on_a_damaged_store_says_and_logs_nothing_of_a_learner() {
    let data = held();
    let outlets = Outlets::new(&data);
    let server = outlets.serve(&["-vv", "--set", "serve.credentials=true"]);
    damage(&data);
    let mut found = Vec::new();
    let mut n_failed = 0;
    for planted in formats().iter().chain(&carried()) {
        for (way, answer) in send_in_every_way(&server, &data, planted) {
            n_failed += usize::from(answer.status == 500);
            found.extend(outlets.sung(&format!("{} by {way}", planted.name), &answer.raw()));
        }
    }
    assert!(n_failed > 20, "only {n_failed} answers failed: the damage was not met");
    let ended = server.stop("TERM");
    found.extend(outlets.sung("log", format!("{}{}", ended.stdout, ended.stderr).as_bytes()));
    for planted in &formats() {
        found.extend(outlets.on_the_command_line(planted).1);
    }
    check_silent(&found);
    found.extend(outlets.lying(&data));
    check_silent(&found);
}

#[test]
fn a_private_look_up_gives_nothing_of_a_learner_away() {
    let data = held();
    let outlets = Outlets::new(&data);
    let server = outlets.serve(&["-vv"]);
    let relay = Relay::to(&server);
    let url = relay.url();
    let nothing = DataDir::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("document");
    let mut found = Vec::new();
    for planted in formats().iter().chain(&broken()) {
        std::fs::write(&path, &planted.bytes).unwrap();
        for args in [&["-vv", "resolve"][..], &["resolve", "--json"]] {
            let file = path.to_str().unwrap();
            let args = [args, &["--private", "--server", &url, file]].concat();
            let said = output_of(nothing.command(&args).env("RUST_LOG", "trace"));
            assert!((0..=2).contains(&said.status), "{}: {said:?}", planted.name);
            found.extend(outlets.sung(&planted.name, said.stdout.as_bytes()));
            found.extend(outlets.sung(&planted.name, said.stderr.as_bytes()));
        }
    }
    relay.change(|relay| {
        assert!(relay.seen().iter().any(|asked| asked.path.starts_with("/v1/range/")));
        found.extend(outlets.sung("relay", format!("{:?}", relay.seen()).as_bytes()));
    });
    let ended = server.stop("TERM");
    found.extend(outlets.sung("log", format!("{}{}", ended.stdout, ended.stderr).as_bytes()));
    check_silent(&found);
    assert!(!nothing.path().exists());
}

#[test]
fn an_import_keeps_nothing_of_a_learner() {
    let data = held();
    let folder = tempfile::tempdir().unwrap();
    for (number, planted) in formats().iter().chain(&carried()).chain(&broken()).enumerate() {
        std::fs::write(folder.path().join(format!("{number}.json")), &planted.bytes).unwrap();
    }
    let outlets = Outlets::new(&data);
    let mut found = Vec::new();
    for args in [&["import"][..], &["import", "--json"], &["-vv", "import"]] {
        let mut command = data.command(&[args, &[folder.path().to_str().unwrap()]].concat());
        let said = output_of(command.env("RUST_LOG", "trace"));
        assert!([0, 1, 3].contains(&said.status), "{said:?}");
        found.extend(outlets.sung("import", format!("{}{}", said.stdout, said.stderr).as_bytes()));
    }
    for args in [
        &["status", "--json"][..],
        &["sparql", "SELECT DISTINCT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s LIMIT 5000"],
    ] {
        let said = data.run(args);
        assert_eq!(said.status, 0, "{said:?}");
        found.extend(outlets.sung("reading", said.stdout.as_bytes()));
    }
    found.extend(outlets.lying(&data));
    check_silent(&found);
}

#[test]
fn what_is_planted_on_purpose_is_found() {
    let data = held();
    let outlets = Outlets::new(&data);
    assert_eq!(outlets.lying(&data), Vec::<String>::new());
    let folder = tempfile::tempdir().unwrap();
    let word = word::Canaries::default().word();
    let mut knots = numbered(2, "More Knots", 2);
    knots["CFItems"][0]["fullStatement"] = format!("Ties the knot of {word}").into();
    save(folder.path(), "more.json", &knots);
    assert_eq!(data.import(&[folder.path()]).status, 0);
    let lying = outlets.lying(&data);
    assert!(lying.iter().any(|place| place.contains("blobs")), "{lying:?}");
    let shown = data.run(&["show", &crate::support::package::guid(2, 1)]);
    assert!(outlets.sung("show", shown.stdout.as_bytes()).is_some(), "{shown:?}");
    let named = data.path().join(&word);
    std::fs::write(&named, "").unwrap();
    assert!(outlets.lying(&data).iter().any(|place| place.contains("name of")));
    assert!(Needles::all().find(b"nothing").is_none() && !paths(&data.path()).is_empty());
}
