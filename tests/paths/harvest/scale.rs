//! Many frameworks and many envelopes: a whole walk, and a second one after a little has changed.

use std::collections::BTreeSet;

use crate::support::fake_case::FakeCase;
use crate::support::fake_registry::FakeRegistry;
use crate::support::generated::{chosen, ctid, envelope, envelopes, framework, reworded};
use crate::support::mirror::{Mirror, check_same};
use crate::support::package::guid;

/// The seed of what changes.
const SEED: u64 = 20_261_122;

/// How many items framework `number` of so many has: from the fewest to the most.
fn n_items(number: u32, n_frameworks: u32, (fewest, most): (u32, u32)) -> u32 {
    fewest + (number - 1) * (most - fewest) / (n_frameworks - 1).max(1)
}

/// Mirrors so many, changes one envelope in a hundred and destroys one in a thousand, rewords an item of one framework in ten,
/// and mirrors again.
fn mirror_twice(n_envelopes: u64, n_frameworks: u32, sizes: (u32, u32)) {
    let size = |number| n_items(number, n_frameworks, sizes);
    let registry = FakeRegistry::serving(envelopes(n_envelopes));
    let case = FakeCase::serving((1..=n_frameworks).map(|number| framework(number, size(number))));
    let mut mirror = Mirror::of_case(&case.url());
    mirror.source("registry", "registry", &registry.url(), "");
    let first = mirror.harvest();
    first.check_complete();
    assert_eq!(first.number("registry", "accepted"), n_envelopes);
    assert_eq!(first.number("case", "accepted"), u64::from(n_frameworks));
    let n_pages =
        registry.log().lines().iter().filter(|line| line.path.ends_with("/envelopes")).count();
    assert!(n_pages as u64 <= n_envelopes.div_ceil(200) + 3, "{n_pages} pages of 200");
    let sources = mirror.sources();
    assert_eq!(sources["sources"]["registry"]["records"], n_envelopes);
    assert_eq!(sources["sources"]["case"]["records"], n_frameworks);
    let n_resources: u64 = (1..=n_frameworks).map(|number| u64::from(size(number)) + 1).sum();
    assert_eq!(sources["sources"]["case"]["resources"], n_resources);

    let n_few = usize::try_from(n_envelopes / 100 + n_envelopes / 1_000).unwrap();
    let few = chosen(n_envelopes, n_few, SEED);
    let destroyed: BTreeSet<u64> = few.iter().copied().step_by(11).collect();
    let changed: BTreeSet<u64> = few.difference(&destroyed).copied().collect();
    let renamed: BTreeSet<u32> = (1..=n_frameworks).step_by(10).collect();
    registry.change(|registry| {
        for number in &changed {
            registry.update(envelope(*number, 1));
        }
        for number in &destroyed {
            registry.destroy(&ctid(*number));
        }
    });
    case.change(|case| {
        for number in &renamed {
            case.put(reworded(framework(*number, size(*number)), 7, "Mends the net by night"));
        }
    });
    let before = mirror.ledger();
    registry.log().take();
    case.log().take();
    let second = mirror.harvest();
    second.check_complete();
    let [n_changed, n_destroyed, n_renamed] =
        [changed.len() as u64, destroyed.len() as u64, renamed.len() as u64];
    assert_eq!(second.number("registry", "accepted"), n_changed, "{second:?}");
    assert_eq!(second.number("registry", "withdrawn"), n_destroyed, "{second:?}");
    assert_eq!(second.number("case", "accepted"), n_renamed, "{second:?}");
    assert_eq!(second.number("case", "notModified"), u64::from(n_frameworks) - n_renamed);
    assert_eq!(mirror.ledger(), before + n_changed + n_destroyed + n_renamed, "only what changed");
    let asked = registry.log().lines().len() as u64;
    assert!(asked <= 20 + n_changed * 2, "{asked} requests for {n_changed} changes");
    assert_eq!(case.log().about("/CFPackages/").len() as u64, u64::from(n_frameworks));
    let reworded = mirror.sources()["sources"]["case"]["lastChanges"]["reworded"].as_u64();
    assert_eq!(reworded, Some(n_renamed));
    for number in destroyed {
        assert_eq!(mirror.state(&ctid(number)), "withdrawn");
    }
    let words = mirror.data.context(&guid(1, 8));
    assert_eq!(words["chosen"]["card"]["resource"]["statement"]["en"][0], "Mends the net by night");

    let third = mirror.harvest();
    third.check_complete();
    assert_eq!(mirror.ledger(), before + n_changed + n_destroyed + n_renamed, "and then nothing");
}

#[test]
fn ten_thousand_envelopes_and_twenty_frameworks_are_mirrored_and_then_only_what_changed() {
    mirror_twice(10_000, 20, (500, 5_000));
}

#[test]
#[ignore = "it takes its time: `make soak` runs it"]
fn a_hundred_thousand_envelopes_and_two_hundred_frameworks_are_mirrored_and_then_only_what_changed()
{
    mirror_twice(100_000, 200, (500, 5_000));
}

#[test]
fn a_mirror_is_the_same_whether_it_grew_or_was_made_at_once() {
    let registry = FakeRegistry::serving(envelopes(400));
    let grown = Mirror::of_registry(&registry.url());
    for round in 1..=3 {
        grown.harvest().check_complete();
        registry.change(|registry| {
            for number in chosen(400, 20, round) {
                registry.update(envelope(number, u32::try_from(round).unwrap()));
            }
            registry.create(envelope(400 + round, 0));
        });
    }
    grown.harvest().check_complete();
    let once = Mirror::of_registry(&registry.url());
    once.harvest().check_complete();
    check_same("grown", &grown.content(), &once.content());
}
