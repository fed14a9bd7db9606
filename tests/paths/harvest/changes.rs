//! What changed on the server, and what did not.

use super::trades::{Trades, clean, document, record};
use crate::support::fake_case::{Quirks, Validation};
use crate::support::generated::{framework, reassociated, reworded, shortened};
use crate::support::listing::lasting;
use crate::support::mirror::check_same;
use crate::support::package::guid;

#[test]
fn an_unchanged_server_is_asked_conditionally_and_nothing_is_written() {
    for (validation, are_known) in
        [(Validation::Strong, true), (Validation::Weak, true), (Validation::Absent, false)]
    {
        let trades = Trades::harvested(|quirks| quirks.validation = validation);
        let before = (trades.mirror.ledger(), lasting(&trades.mirror.data.path()));
        let again = trades.mirror.harvest();
        again.check_complete();
        assert_eq!(again.number("case", "accepted"), 0, "{again:?}");
        let told = if are_known { "notModified" } else { "unchanged" };
        assert_eq!(again.number("case", told), 5, "{validation:?}: {again:?}");
        let after = (trades.mirror.ledger(), lasting(&trades.mirror.data.path()));
        assert_eq!(after, before, "{validation:?}");
        let asked = trades.server.log().about("/CFPackages/");
        assert_eq!(asked.len(), 5);
        assert!(asked.iter().all(|line| line.if_none_match.is_some() == are_known), "{asked:?}");
    }
}

#[test]
fn a_server_that_never_says_not_modified_costs_no_more_than_bytes() {
    let trades = Trades::harvested(|quirks| quirks.says_not_modified = false);
    let before = trades.mirror.ledger();
    let again = trades.mirror.harvest();
    again.check_complete();
    assert_eq!((again.number("case", "unchanged"), again.number("case", "accepted")), (5, 0));
    assert_eq!(trades.mirror.ledger(), before);
}

#[test]
fn other_words_are_noticed_though_no_stamp_moved() {
    let switches: [fn(&mut Quirks); 5] = [
        |quirks| quirks.validation = Validation::Strong,
        |quirks| quirks.validation = Validation::Weak,
        |quirks| quirks.validation = Validation::Absent,
        |quirks| quirks.says_not_modified = false,
        |quirks| quirks.validation = Validation::Stamp,
    ];
    for (at, switch) in switches.into_iter().enumerate() {
        let trades = Trades::harvested(switch);
        let anew = reworded(framework(3, 12), 4, "Splices the rope anew");
        trades.server.change(|case| case.put(anew));
        let harvested = trades.mirror.harvest();
        harvested.check_complete();
        assert_eq!(harvested.number("case", "accepted"), 1, "switch {at}: {harvested:?}");
        let words = trades.mirror.data.context(&guid(3, 5));
        let words = &words["chosen"]["card"]["resource"]["statement"]["en"][0];
        assert_eq!(words, "Splices the rope anew", "switch {at}");
        let changes = trades.mirror.sources()["sources"]["case"]["lastChanges"].take();
        assert_eq!(changes["reworded"], 1, "{changes}");
        assert!(changes["examples"].as_array().is_some_and(|examples| !examples.is_empty()));
    }
}

#[test]
fn an_item_that_its_package_lost_is_withdrawn_and_still_resolves() {
    let trades = Trades::harvested(|_| {});
    trades.server.change(|case| case.put(shortened(framework(3, 12), 2)));
    trades.mirror.harvest().check_complete();
    let states = [10, 11, 12].map(|item| trades.mirror.state(&guid(3, item)));
    assert_eq!(states, ["current", "withdrawn", "withdrawn"]);
    let gone = trades.mirror.data.context(&guid(3, 12));
    assert!(gone["chosen"]["card"]["resource"]["statement"]["en"][0].is_string());
    assert_eq!(trades.mirror.sources()["sources"]["case"]["lastChanges"]["retired"], 2);
}

#[test]
fn new_identifiers_for_the_same_associations_change_nothing_that_is_shown() {
    let trades = Trades::harvested(|_| {});
    trades.server.change(|case| case.put(reassociated(framework(3, 12))));
    trades.mirror.harvest().check_complete();
    check_same("the same triples", &trades.mirror.content(), clean());
    let changes = trades.mirror.sources()["sources"]["case"]["lastChanges"].take();
    for kind in ["added", "reworded", "moved", "changed", "retired"] {
        assert_eq!(changes[kind].as_u64().unwrap_or_default(), 0, "{changes}");
    }
}

#[test]
fn a_new_framework_is_taken_and_the_others_are_not_taken_again() {
    let trades = Trades::harvested(|_| {});
    trades.server.change(|case| case.put(framework(6, 12)));
    let harvested = trades.mirror.harvest();
    harvested.check_complete();
    assert_eq!(
        (harvested.number("case", "accepted"), harvested.number("case", "notModified")),
        (1, 5)
    );
    assert_eq!(trades.mirror.content_of("case", &record(6)).len(), 1 + 13);
    assert_eq!(trades.mirror.state(&document(6)), "current");
}
