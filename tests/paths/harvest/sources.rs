//! Several sources beside each other: conflicts, failures, the brake, and what is said of them.

use super::trades::{Trades, document, record, trades};
use crate::support::fake_case::{Door, FakeCase};
use crate::support::fake_registry::FakeRegistry;
use crate::support::generated::{ctid, envelopes, framework, reworded, shortened};
use crate::support::mirror::Mirror;
use crate::support::package::guid;

#[test]
fn a_source_that_fails_does_not_stop_the_others() {
    let (good, bad) = (FakeCase::serving(trades()), FakeCase::serving(trades()));
    let registry = FakeRegistry::serving(envelopes(30));
    bad.change(|case| case.door = Door::Forbidden);
    let mut mirror = Mirror::new();
    mirror.source("good", "case", &good.url(), "");
    mirror.source("bad", "case", &bad.url(), "");
    mirror.source("nobody", "case", "http://127.0.0.1:9", "");
    mirror.source("records", "registry", &registry.url(), "");
    let harvested = mirror.harvest();
    assert_eq!(harvested.status, 3);
    assert_eq!(
        [harvested.ending("good"), harvested.ending("records")],
        ["complete"; 2],
        "{harvested:?}"
    );
    for name in ["bad", "nobody"] {
        assert_ne!(harvested.ending(name), "complete");
        assert!(!harvested.words(name).is_empty());
    }
    assert_eq!(
        (harvested.number("good", "accepted"), harvested.number("records", "accepted")),
        (5, 30)
    );
    assert_eq!(mirror.state(&guid(1, 1)), "current");
    assert_ne!(mirror.state(&ctid(5)), "unknown");
    let sources = mirror.sources();
    assert_eq!(sources["sources"]["good"]["lastRun"]["ending"], "complete");
    let last = &sources["sources"]["bad"]["lastRun"];
    assert_ne!(last["ending"], "complete");
    assert!(sources["sources"]["good"]["lastSuccess"].is_string(), "{sources}");
    assert!(sources["sources"]["bad"]["lastSuccess"].is_null(), "{sources}");
    let only = mirror.harvest_with(&["good"]);
    assert_eq!(only.status, 0, "{only:?}");
    assert!(only.report["sources"]["bad"].is_null());
    assert_eq!(mirror.run(&["harvest", "stranger"]).status, 2);
}

#[test]
fn one_document_from_two_servers_is_a_conflict_and_both_are_kept() {
    let first = FakeCase::serving([framework(1, 12), framework(2, 12)]);
    let other = reworded(framework(1, 12), 3, "Says it in other words");
    let second = FakeCase::serving([other, framework(2, 12), framework(3, 12)]);
    let mut mirror = Mirror::new();
    mirror.source("first", "case", &first.url(), "");
    mirror.source("second", "case", &second.url(), "");
    mirror.harvest().check_complete();
    for (source, n_records) in [("first", 2), ("second", 3)] {
        let sources = mirror.sources();
        let told = &sources["sources"][source];
        assert_eq!(told["records"], n_records, "{told}");
        let conflicts = told["conflicts"].as_array().unwrap();
        assert_eq!(conflicts.len(), 2, "{told}");
        for (number, differs) in [(1, true), (2, false)] {
            let about = document(number);
            let conflict = conflicts.iter().find(|conflict| {
                conflict["subject"].as_str().is_some_and(|subject| subject.contains(&about))
            });
            let conflict = conflict.unwrap_or_else(|| panic!("no conflict about {about}: {told}"));
            assert_eq!(conflict["differs"], differs, "{conflict}");
            let mut records: Vec<String> = conflict["records"]
                .as_array()
                .unwrap()
                .iter()
                .map(|held| {
                    format!(
                        "{} {}",
                        held["source"].as_str().unwrap(),
                        held["record"].as_str().unwrap()
                    )
                })
                .collect();
            records.sort();
            assert_eq!(
                records,
                ["first", "second"].map(|name| format!("{name} {}", record(number)))
            );
        }
        let one = mirror.content_of(source, &record(1));
        assert_eq!(one.len(), 1 + 13, "both keep their own");
    }
}

#[test]
fn a_run_that_would_retire_much_is_held_and_released_by_name() {
    let server = FakeCase::serving([framework(1, 200), framework(2, 12)]);
    let mirror = Mirror::of_case(&server.url());
    mirror.harvest().check_complete();
    let before = mirror.content();
    server.change(|case| {
        case.put(shortened(framework(1, 200), 60));
        case.put(framework(3, 12));
    });
    let held = mirror.harvest();
    assert_eq!(held.status, 3, "{held:?}");
    assert!(held.words("case").contains("retire"), "{held:?}");
    assert_eq!(mirror.content(), before, "nothing of it is shown");
    assert!(mirror.sources()["sources"]["case"]["held"].is_string());
    let again = mirror.harvest();
    assert_eq!(
        (again.status, mirror.content() == before),
        (3, true),
        "a second run releases nothing"
    );
    assert_eq!(mirror.run(&["publish", "--accept", "case"]).status, 0);
    let states = [140, 141, 200].map(|item| mirror.state(&guid(1, item)));
    assert_eq!(states, ["current", "withdrawn", "withdrawn"]);
    assert_eq!(mirror.state(&guid(3, 1)), "current");
    assert!(mirror.sources()["sources"]["case"]["held"].is_null());
    mirror.harvest().check_complete();
}

#[test]
fn a_held_source_does_not_hold_the_others() {
    let (much, little) =
        (FakeCase::serving([framework(1, 200)]), FakeCase::serving([framework(2, 12)]));
    let mut mirror = Mirror::new();
    mirror.source("much", "case", &much.url(), "");
    mirror.source("little", "case", &little.url(), "");
    mirror.harvest().check_complete();
    much.change(|case| case.put(shortened(framework(1, 200), 100)));
    little.change(|case| case.put(reworded(framework(2, 12), 0, "Says it anew")));
    let held = mirror.harvest();
    assert_eq!((held.status, held.of("little")["held"].is_null()), (3, true), "{held:?}");
    let words = mirror.data.context(&guid(2, 1));
    assert_eq!(words["chosen"]["card"]["resource"]["statement"]["en"][0], "Says it anew");
    assert_eq!(mirror.state(&guid(1, 200)), "current");
    assert_eq!(mirror.harvest_with(&["--accept"]).status, 0);
    assert_eq!(mirror.state(&guid(1, 200)), "withdrawn");
}

#[test]
fn the_terms_of_a_source_are_told_with_it() {
    let mut trades = Trades::behaving(|_| {});
    trades.configure(
        "redistribute = false\nlicence = \"https://guild.example/licence\"\nterms = \"https://guild.example/terms\"",
    );
    trades.mirror.harvest().check_complete();
    let told = trades.mirror.sources()["sources"]["case"].take();
    let url = trades.server.url();
    assert_eq!(told["kind"], "case");
    assert!(told["url"].as_str().unwrap().starts_with(&url));
    assert_eq!(told["terms"]["redistribute"], false);
    assert_eq!(told["terms"]["licence"], "https://guild.example/licence");
    assert_eq!(told["terms"]["terms"], "https://guild.example/terms");
    assert_eq!(
        (told["records"].as_u64(), told["lastRun"]["accepted"].as_u64()),
        (Some(5), Some(5))
    );
    assert!(told["fetchedAt"].is_string() && told["lastSuccess"].is_string(), "{told}");
    let text = trades.mirror.run(&["sources"]);
    assert_eq!(text.status, 0);
    assert!(text.stdout.contains("case"), "{text:?}");
}

#[test]
fn a_framework_and_what_is_aligned_to_it_meet_though_they_come_from_two_sources() {
    let case = FakeCase::serving([framework(3, 60)]);
    let registry = FakeRegistry::serving(envelopes(60));
    let mut mirror = Mirror::of_case(&case.url());
    mirror.source("registry", "registry", &registry.url(), "");
    mirror.harvest().check_complete();
    // Record 2 points at item 15 of framework 3: 1 + (2 mod 20), and 1 + (2 * 7 mod 400).
    let context = mirror.data.context(&guid(3, 15));
    assert!(context.to_string().contains(&ctid(2)), "{context}");
}
