//! Registries that count wrongly, cut pages, move rows, or break.

use std::time::Duration;

use super::registry::{N, clean};
use crate::support::fake_registry::{
    FakeRegistry, RegistryQuirks, RegistryTotal, Shift, ShiftKind,
};
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::bad_day::{Conduct, Mishap, MishapKind, Storm};
use crate::support::generated::{ctid, envelope, envelopes};
use crate::support::mirror::{Harvested, Mirror, check_same, n_withdrawn};

fn registry(
    switch: impl FnOnce(&mut RegistryQuirks),
    conduct: impl FnOnce(&mut Conduct),
) -> (FakeServer<FakeRegistry>, Mirror) {
    let registry = FakeRegistry::behaving(envelopes(N), switch);
    registry.conduct(conduct);
    let mirror = Mirror::of_registry(&registry.url());
    (registry, mirror)
}

#[track_caller]
fn as_clean(what: &str, switch: impl FnOnce(&mut RegistryQuirks)) {
    conducted_as_clean(what, switch, |_| {});
}

#[track_caller]
fn conducted_as_clean(
    what: &str,
    switch: impl FnOnce(&mut RegistryQuirks),
    conduct: impl FnOnce(&mut Conduct),
) {
    let (_registry, mirror) = registry(switch, conduct);
    let harvested = mirror.harvest();
    assert_eq!(harvested.status, 0, "{what}: {harvested:?}");
    check_same(what, &mirror.content(), clean());
}

#[test]
fn every_way_to_count_and_to_cut_pages_ends_the_same() {
    as_clean("Total", |quirks| quirks.total = RegistryTotal::Total);
    as_clean("no Link", |quirks| quirks.has_link = false);
    as_clean("fifty a page", |quirks| quirks.caps_per_page = 50);
    as_clean("fifty a page and no Link", |quirks| {
        quirks.caps_per_page = 50;
        quirks.has_link = false;
    });
    as_clean("no bulk", |quirks| quirks.has_bulk = false);
    as_clean("no events", |quirks| quirks.has_events = false);
}

#[test]
fn without_a_total_everything_comes_and_nothing_is_proven() {
    for has_link in [true, false] {
        let switch = |quirks: &mut RegistryQuirks| {
            quirks.total = RegistryTotal::Missing;
            quirks.has_link = has_link;
        };
        let (_registry, mirror) = registry(switch, |_| {});
        let first = mirror.harvest();
        check_shortfall(&first, &mirror);
        assert!(first.words("registry").contains("no total"), "{first:?}");
    }
}

/// Harvests a registry that shows fewer than it counts: everything is there, and the shortfall is said.
#[track_caller]
fn check_shortfall(harvested: &Harvested, mirror: &Mirror) {
    harvested.check_said("registry");
    check_same("what is there", &mirror.content(), clean());
}

#[test]
fn a_total_that_is_never_reached_is_a_shortfall_that_is_said() {
    let (_registry, mirror) = registry(|quirks| quirks.total = RegistryTotal::Over(3), |_| {});
    check_shortfall(&mirror.harvest(), &mirror);
    // What is not proven is not walked again at once: the events are followed, and that it fell short goes on being said.
    let next = mirror.harvest();
    next.check_complete();
    assert!(next.words("registry").contains("fell short"), "{next:?}");
    assert!(next.number("registry", "requests") < 10, "{next:?}");
    check_same("what is there", &mirror.content(), clean());
}

#[test]
fn a_total_that_is_too_low_does_not_end_the_walk_early() {
    let (_registry, mirror) = registry(|quirks| quirks.total = RegistryTotal::Under(100), |_| {});
    let harvested = mirror.harvest();
    let content = mirror.content();
    if harvested.ending("registry") == "complete" {
        check_same("all the same", &content, clean());
    } else {
        harvested.check_said("registry");
    }
}

#[test]
fn rows_that_move_during_the_walk_are_found_all_the_same() {
    let shift = |times, kind| {
        let switch = move |quirks: &mut RegistryQuirks| quirks.shift = Some(Shift { times, kind });
        let (registry, mirror) = registry(switch, |_| {});
        registry.change(|registry| {
            registry.waiting = (N..N + 2).map(|number| envelope(number, 0)).collect();
        });
        let mut last = mirror.harvest();
        // What moved meanwhile may take a second run; it must not take more.
        if last.ending("registry") != "complete" {
            last.check_said("registry");
            last = mirror.harvest();
        }
        last.check_complete();
        mirror.harvest().check_complete();
        let fresh = Mirror::of_registry(&registry.url());
        fresh.harvest().check_complete();
        let (found, expected) = (mirror.content(), fresh.content());
        for (key, shown) in &expected {
            assert_eq!(found.get(key), Some(shown), "{kind:?}: {key}");
        }
        (mirror, found.len() - expected.len())
    };
    let (_, n_more) = shift(2, ShiftKind::Creates);
    assert_eq!(n_more, 0);
    let (mirror, _) = shift(1, ShiftKind::Destroys);
    assert_ne!(mirror.state(&ctid(N - 1)), "current", "the one on top was destroyed");
}

#[test]
fn what_goes_wrong_once_is_asked_for_again() {
    let kinds = [
        MishapKind::Dropped,
        MishapKind::Short,
        MishapKind::Reset,
        MishapKind::Halved,
        MishapKind::Broken,
    ];
    for kind in kinds {
        let mishap = Mishap { about: "/envelopes".to_owned(), times: 2, kind };
        conducted_as_clean(&format!("{kind:?}"), |_| {}, |conduct| conduct.mishaps = vec![mishap]);
    }
}

#[test]
fn bodies_may_be_packed_or_slow_and_answers_go_wrong_now_and_then() {
    conducted_as_clean("gzip", |_| {}, |conduct| conduct.gzip = true);
    let pace = Some((60_000, Duration::from_millis(2)));
    conducted_as_clean("slow", |_| {}, |conduct| conduct.slow = pace);
    let storm = Some(Storm { one_in: 10, seed: 7 });
    conducted_as_clean(
        "a storm",
        |quirks| quirks.caps_per_page = 20,
        |conduct| conduct.storm = storm,
    );
}

#[test]
fn a_page_that_never_comes_whole_retires_nothing_and_the_walk_goes_on_later() {
    for kind in [MishapKind::Halved, MishapKind::Short, MishapKind::Broken] {
        let registry = FakeRegistry::behaving(envelopes(N), |quirks| quirks.has_events = false);
        let mut mirror = Mirror::new();
        mirror.source("registry", "registry", &registry.url(), "walk_every = \"0s\"");
        mirror.harvest().check_complete();
        let mishap = Mishap { about: "/envelopes".to_owned(), times: 10_000, kind };
        registry.conduct(|conduct| conduct.mishaps = vec![mishap]);
        for _ in 0..3 {
            mirror.harvest().check_said("registry");
        }
        check_same("while pages are cut", &mirror.content(), clean());
        registry.conduct(|conduct| conduct.mishaps.clear());
        mirror.harvest().check_complete();
        check_same("once they are whole", &mirror.content(), clean());
    }
}

#[test]
fn an_empty_community_retires_nothing() {
    let registry = FakeRegistry::behaving(envelopes(30), |quirks| quirks.has_events = false);
    let mut mirror = Mirror::new();
    mirror.source("registry", "registry", &registry.url(), "walk_every = \"0s\"");
    mirror.harvest().check_complete();
    let before = mirror.content();
    registry.change(|registry| {
        for number in 0..30 {
            registry.destroy(&ctid(number));
        }
    });
    for _ in 0..3 {
        mirror.harvest();
    }
    assert_eq!(n_withdrawn(&mirror.content()), 0);
    check_same("200 and nothing", &mirror.content(), &before);
}
