//! A registry, mirrored whole or by seeds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use crate::support::fake_registry::{FakeRegistry, Published};
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::files::FakeFiles;
use crate::support::generated::{ctid, envelope, envelopes, owner, provisional};
use crate::support::mirror::{Content, Mirror, check_same};
use crate::support::shared;

/// How many envelopes there are: more than two pages of them.
pub(super) const N: u64 = 450;

/// The record that an envelope becomes.
pub(super) fn record(number: u64) -> String {
    format!("envelopes/{}", ctid(number))
}

static CLEAN: LazyLock<Content> = LazyLock::new(|| {
    let registry = FakeRegistry::serving(envelopes(N));
    let mirror = Mirror::of_registry(&registry.url());
    mirror.harvest().check_complete();
    mirror.content()
});

/// What a harvest of a registry without quirks shows.
pub(super) fn clean() -> &'static Content {
    &CLEAN
}

/// The same with nothing but some envelopes.
fn clean_of(numbers: impl IntoIterator<Item = u64>) -> Content {
    let names: Vec<String> =
        numbers.into_iter().map(|number| format!("registry {}", record(number))).collect();
    let is_meant = |key: &&String| names.iter().any(|name| key.starts_with(name));
    let keys = clean().keys().filter(is_meant);
    keys.map(|key| (key.clone(), clean()[key].clone())).collect()
}

fn seeded(lines: &str) -> (FakeServer<FakeRegistry>, Mirror) {
    let registry = FakeRegistry::serving(envelopes(N));
    let mut mirror = Mirror::new();
    mirror.source("registry", "registry", &registry.url(), lines);
    (registry, mirror)
}

#[test]
fn a_community_is_walked_whole_and_in_few_requests() {
    let registry = FakeRegistry::serving(envelopes(N));
    let mirror = Mirror::of_registry(&registry.url());
    let harvested = mirror.harvest();
    harvested.check_complete();
    assert_eq!(harvested.number("registry", "accepted"), N);
    check_same("a second clean registry", &mirror.content(), clean());
    let records: BTreeSet<&str> = clean().keys().filter_map(|key| key.split(' ').nth(1)).collect();
    assert_eq!(records.len() as u64, N);
    let asked = registry.log().lines();
    assert!(asked.len() <= 12, "{} requests for three pages", asked.len());
    assert!(
        asked
            .iter()
            .all(|line| line.path.starts_with("/ce-registry/") || line.path == "/robots.txt"),
        "{asked:?}"
    );
}

#[test]
fn a_second_run_asks_for_what_happened_and_writes_nothing() {
    let registry = FakeRegistry::serving(envelopes(N));
    let mirror = Mirror::of_registry(&registry.url());
    mirror.harvest().check_complete();
    registry.log().take();
    let before = mirror.ledger();
    let again = mirror.harvest();
    again.check_complete();
    assert_eq!((again.number("registry", "accepted"), mirror.ledger()), (0, before), "{again:?}");
    assert!(!registry.log().about("/envelopes/events").is_empty());
    let n_walked =
        registry.log().lines().iter().filter(|line| line.path.ends_with("/envelopes")).count();
    assert_eq!(n_walked, 0, "nothing is walked while the walk is good");
}

#[test]
fn seeds_are_taken_and_nothing_else() {
    let wanted = format!(
        "ctids = [\"{}\", \"{}\"]",
        ctid(2),
        ctid(101).to_uppercase().replace("CE-", "ce-")
    );
    let (registry, mirror) = seeded(&wanted);
    mirror.harvest().check_complete();
    check_same("two seeds", &mirror.content(), &clean_of([2, 101]));
    assert!(
        registry.log().about("/envelopes").iter().all(|line| !line.path.ends_with("/envelopes"))
    );
    let (_registry, mirror) = seeded(&format!("ctids = [\"{}\"]", envelope(26, 0).inner[1]));
    mirror.harvest();
    check_same("a competency brings its framework", &mirror.content(), &clean_of([26]));
}

#[test]
fn a_seed_that_is_not_there_is_said() {
    let (_registry, mirror) = seeded(&format!("ctids = [\"{}\", \"{}\"]", ctid(2), ctid(4_711)));
    let harvested = mirror.harvest();
    assert!(harvested.words("registry").contains(&ctid(4_711)), "{harvested:?}");
    check_same("the other seed", &mirror.content(), &clean_of([2]));
}

#[test]
fn what_an_organization_owns_is_taken() {
    let (_registry, mirror) = seeded(&format!("organizations = [\"{}\"]", owner(3)));
    mirror.harvest().check_complete();
    let owned = (0..N).filter(|number| number % 25 > 1);
    let found = mirror.content();
    let expected = clean_of(owned);
    assert!(expected.keys().all(|key| found.contains_key(key)), "everything that it owns");
    assert!(
        found.len() <= clean_of((0..N).filter(|number| number % 25 != 1)).len(),
        "and nothing of others"
    );
}

#[test]
fn only_the_classes_that_are_wanted_are_kept() {
    let (_registry, mirror) = seeded("types = [\"ceterms:Course\"]");
    mirror.harvest().check_complete();
    let courses: Vec<u64> =
        (0..N).filter(|number| envelope(*number, 0).class == "ceterms:Course").collect();
    assert!(courses.len() > 10);
    check_same("courses", &mirror.content(), &clean_of(courses));
}

#[test]
fn what_is_provisional_is_hidden() {
    let registry = FakeRegistry::serving(envelopes(30).chain([provisional(30)]));
    let mirror = Mirror::of_registry(&registry.url());
    mirror.harvest().check_complete();
    assert_eq!(mirror.state(&ctid(30)), "unknown");
    assert_ne!(mirror.state(&ctid(29)), "unknown");
    registry.change(|registry| {
        registry.create(provisional(31));
        registry.create(envelope(32, 0));
    });
    mirror.harvest().check_complete();
    assert_eq!(mirror.state(&ctid(31)), "unknown", "events have it, and it is hidden all the same");
    assert_ne!(mirror.state(&ctid(32)), "unknown");
}

#[test]
fn a_secured_community_is_said_to_be_secured_and_retires_nothing() {
    let registry = FakeRegistry::serving(envelopes(30));
    let mut mirror = Mirror::of_registry(&registry.url());
    registry.change(|registry| registry.quirks.is_secured = true);
    let refused = mirror.harvest();
    assert_eq!((refused.status, refused.ending("registry")), (3, "secured"), "{refused:?}");
    let variable = "ALIDADE_SOURCES__REGISTRY__CREDENTIALS__TOKEN".to_owned();
    mirror.variables.insert(variable.clone(), "token-of-the-registry".to_owned());
    mirror.harvest().check_complete();
    let content = mirror.content();
    assert!(content.len() >= 30);
    mirror.variables.remove(&variable);
    for _ in 0..3 {
        assert_eq!(mirror.harvest().ending("registry"), "secured");
    }
    check_same("behind a closed door", &mirror.content(), &content);
}

#[test]
fn old_envelopes_are_kept_with_the_state_of_their_signature() {
    let Some(folder) = shared("ctdl/envelopes") else { return };
    let expected = [
        ("AssessmentEnvelope.json", "verified-differs"),
        ("CostManifest.json", "verified-equal"),
        ("LearningOpportunityEnvelope.json", "absent"),
        ("OrganizationEnvelope.json", "verified-equal"),
    ];
    let read = |name: &str| Published::found(&fs::read_to_string(folder.join(name)).unwrap());
    let found: Vec<Published> = expected.iter().map(|(name, _)| read(name)).collect();
    let mut states: BTreeMap<String, &str> = BTreeMap::from([(record(1), "absent")]);
    for (published, (_, state)) in found.iter().zip(expected) {
        states.insert(format!("envelopes/{}", published.ctid), state);
    }
    let registry = FakeRegistry::serving(found.into_iter().chain([envelope(1, 0)]));
    let mirror = Mirror::of_registry(&registry.url());
    mirror.harvest().check_complete();
    let status = mirror.data.json(&["status"]);
    let told = status["records"].as_array().unwrap().iter().map(|told| {
        (
            told["origin"]["record"].as_str().unwrap(),
            told["envelope"]["signature"].as_str().unwrap(),
        )
    });
    let expected: BTreeMap<&str, &str> =
        states.iter().map(|(record, state)| (record.as_str(), *state)).collect();
    assert_eq!(told.collect::<BTreeMap<_, _>>(), expected);
}

#[test]
fn a_dump_comes_first_where_it_is_wanted_and_the_rest_is_asked_for() {
    let registry = FakeRegistry::serving(envelopes(N));
    let files = FakeFiles::serving("/dump.zip", registry.change(|registry| registry.packed()));
    registry.change(|registry| registry.dump = Some(format!("{}/dump.zip", files.url())));
    let mut mirror = Mirror::new();
    let lines = "dump = true\nprivate_networks = [\"127.0.0.0/8\"]";
    mirror.source("registry", "registry", &registry.url(), lines);
    let variable = "ALIDADE_SOURCES__REGISTRY__CREDENTIALS__TOKEN".to_owned();
    mirror.variables.insert(variable, "token-of-the-registry".to_owned());
    mirror.harvest().check_complete();
    check_same("from the dump", &mirror.content(), clean());
    let lines = files.log().lines();
    assert!(lines.iter().any(|line| line.path == "/dump.zip"));
    assert!(lines.iter().all(|line| !line.is_authorized), "the token stays at its host: {lines:?}");
}

#[test]
fn a_dump_on_another_port_of_this_machine_is_not_fetched_unless_that_is_allowed() {
    let registry = FakeRegistry::serving(envelopes(N));
    let files = FakeFiles::serving("/dump.zip", registry.change(|registry| registry.packed()));
    registry.change(|registry| registry.dump = Some(format!("{}/dump.zip", files.url())));
    let mut mirror = Mirror::new();
    mirror.source("registry", "registry", &registry.url(), "dump = true");
    let variable = "ALIDADE_SOURCES__REGISTRY__CREDENTIALS__TOKEN".to_owned();
    mirror.variables.insert(variable, "token-of-the-registry".to_owned());
    let harvested = mirror.harvest();
    assert!(files.log().lines().is_empty(), "{harvested:?}");
    assert!(!harvested.words("registry").is_empty(), "{harvested:?}");
    if harvested.ending("registry") == "complete" {
        check_same("by the walk", &mirror.content(), clean());
    }
}
