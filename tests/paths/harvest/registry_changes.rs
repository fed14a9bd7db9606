//! What happened in a registry since it was walked.

use super::registry::{N, clean, record};
use crate::support::fake_registry::{FakeRegistry, RegistryQuirks};
use crate::support::fake_server::FakeServer;
use crate::support::generated::{ctid, envelope, envelopes};
use crate::support::mirror::{Mirror, check_same, n_withdrawn};

/// A registry that was mirrored once.
fn mirrored(switch: impl FnOnce(&mut RegistryQuirks)) -> (FakeServer<FakeRegistry>, Mirror) {
    let registry = FakeRegistry::behaving(envelopes(N), switch);
    let mirror = Mirror::of_registry(&registry.url());
    mirror.harvest().check_complete();
    registry.log().take();
    (registry, mirror)
}

/// What a registry shows to whoever comes anew.
fn anew(registry: &FakeServer<FakeRegistry>) -> Mirror {
    let mirror = Mirror::of_registry(&registry.url());
    mirror.harvest().check_complete();
    mirror
}

#[test]
fn events_bring_what_was_created_updated_and_destroyed() {
    let (registry, mirror) = mirrored(|_| {});
    registry.change(|registry| {
        registry.update(envelope(26, 1));
        registry.update(envelope(100, 1));
        registry.create(envelope(N, 0));
        registry.destroy(&ctid(7));
    });
    let harvested = mirror.harvest();
    harvested.check_complete();
    assert_eq!(
        (harvested.number("registry", "accepted"), harvested.number("registry", "withdrawn")),
        (3, 1)
    );
    assert_eq!(mirror.state(&ctid(7)), "withdrawn", "a destroy event is confirmation enough");
    assert!(!mirror.content_of("registry", &record(7)).is_empty(), "it still resolves");
    let gone = mirror.data.context(&ctid(7));
    assert!(gone["chosen"]["card"]["resource"].is_object(), "{gone}");
    let fresh = anew(&registry);
    for number in [26, 100, N] {
        let name = record(number);
        assert_eq!(mirror.content_of("registry", &name), fresh.content_of("registry", &name));
    }
    let walked = registry.log().lines().into_iter().take_while(|line| line.status != 0);
    assert!(walked.count() > 0);
}

#[test]
fn what_is_destroyed_and_created_again_is_a_new_version() {
    let (registry, mirror) = mirrored(|_| {});
    registry.change(|registry| {
        registry.destroy(&ctid(8));
        registry.create(envelope(8, 1));
    });
    mirror.harvest().check_complete();
    assert_ne!(mirror.state(&ctid(8)), "withdrawn");
    check_same("as anew", &mirror.content(), &anew(&registry).content());
    registry.change(|registry| registry.destroy(&ctid(9)));
    mirror.harvest().check_complete();
    assert_eq!(mirror.state(&ctid(9)), "withdrawn");
    registry.change(|registry| registry.create(envelope(9, 2)));
    mirror.harvest().check_complete();
    assert_ne!(mirror.state(&ctid(9)), "withdrawn");
    check_same("as anew", &mirror.content(), &anew(&registry).content());
}

#[test]
fn a_registry_without_events_is_searched_by_time() {
    let (registry, mirror) = mirrored(|quirks| quirks.has_events = false);
    registry.change(|registry| {
        registry.update(envelope(26, 1));
        registry.create(envelope(N, 0));
    });
    let harvested = mirror.harvest();
    assert_eq!(harvested.number("registry", "accepted"), 2, "{harvested:?}");
    let searched = registry.log().about("/search");
    let known = [
        "from",
        "until",
        "sort_by",
        "sort_order",
        "metadata_only",
        "page",
        "per_page",
        "provisional",
        "resource_type",
        "envelope_ctdl_type",
        "envelope_ceterms_ctid",
        "owned_by",
    ];
    assert!(
        searched.iter().any(|line| line.query.iter().any(|(name, _)| name == "from")),
        "{searched:?}"
    );
    for line in &searched {
        assert!(line.query.iter().all(|(name, _)| known.contains(&name.as_str())), "{line:?}");
        let bare =
            line.query.iter().any(|(name, value)| name == "metadata_only" && value == "true");
        assert!(bare || line.method == "POST", "the graph is not repeated in every row: {line:?}");
    }
    check_same("as anew", &mirror.content(), &anew(&registry).content());
    assert_eq!(n_withdrawn(&mirror.content()), 0);
}

#[test]
fn what_a_later_walk_misses_is_gone_after_two_looks() {
    let registry = FakeRegistry::behaving(envelopes(N), |quirks| quirks.has_events = false);
    let mut mirror = Mirror::new();
    mirror.source("registry", "registry", &registry.url(), "walk_every = \"0s\"");
    mirror.harvest().check_complete();
    registry.change(|registry| registry.destroy(&ctid(7)));
    let first = mirror.harvest();
    assert_eq!(
        (first.number("registry", "missing"), first.number("registry", "withdrawn")),
        (1, 0),
        "{first:?}"
    );
    check_same("after one look", &mirror.content(), clean());
    let second = mirror.harvest();
    assert_eq!(second.number("registry", "withdrawn"), 1, "{second:?}");
    assert_eq!(mirror.state(&ctid(7)), "withdrawn");
}

#[test]
fn a_second_walk_fetches_again_and_writes_only_what_changed() {
    let registry = FakeRegistry::serving(envelopes(N));
    let mut mirror = Mirror::new();
    mirror.source("registry", "registry", &registry.url(), "walk_every = \"0s\"");
    mirror.harvest().check_complete();
    let before = mirror.ledger();
    registry.change(|registry| registry.update(envelope(100, 1)));
    let again = mirror.harvest();
    again.check_complete();
    assert_eq!(again.number("registry", "accepted"), 1, "{again:?}");
    assert_eq!(mirror.ledger(), before + 1);
}
