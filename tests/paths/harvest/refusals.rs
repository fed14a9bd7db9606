//! What cannot be had is refused with a reason, and what was held before stays.

use super::trades::{Trades, clean, clean_without, document, record};
use crate::support::fake_case::{Door, Listed, Stead};
use crate::support::fake_server::bad_day::{Mishap, MishapKind};
use crate::support::generated::framework;
use crate::support::mirror::{check_same, n_withdrawn};
use crate::support::package::numbered;

fn steads() -> Vec<Stead> {
    vec![
        Stead::Refusal(403, r#"{"message":"Invalid credentials provided 1"}"#),
        Stead::Refusal(404, r#"{"detail":"Not Found"}"#),
        Stead::Refusal(500, "the database is down"),
        Stead::Stub,
        Stead::Page,
        Stead::Other(Box::new(numbered(99, "Something else", 3))),
    ]
}

#[test]
fn a_package_that_is_not_given_is_said_and_the_others_are_taken() {
    for stead in steads() {
        let trades = Trades::behaving(|_| {});
        trades.server.change(|case| case.framework(&document(2)).stead = Some(stead.clone()));
        let harvested = trades.mirror.harvest();
        assert_eq!(harvested.status, 3, "{stead:?}: {harvested:?}");
        assert!(harvested.words("case").contains(&document(2)), "{stead:?}: {harvested:?}");
        check_same("the others", &trades.mirror.content(), &clean_without(&[2]));
        trades.server.change(|case| case.framework(&document(2)).stead = None);
        trades.check_as_clean("once it is given");
    }
}

#[test]
fn a_package_that_is_not_given_any_more_stays_as_it_was() {
    for stead in steads() {
        let trades = Trades::harvested(|_| {});
        trades.server.change(|case| case.framework(&document(2)).stead = Some(stead.clone()));
        trades.check_retires_nothing(&format!("{stead:?}"));
    }
}

#[test]
fn a_body_that_never_comes_whole_is_no_body() {
    for kind in [MishapKind::Short, MishapKind::Reset, MishapKind::Halved, MishapKind::Dropped] {
        let trades = Trades::harvested(|_| {});
        let changed = framework(2, 14);
        trades.server.change(|case| case.put(changed));
        let mishap = Mishap { about: format!("CFPackages/{}", document(2)), times: 1_000, kind };
        trades.server.conduct(|conduct| conduct.mishaps = vec![mishap]);
        let last = trades.check_retires_nothing(&format!("{kind:?}"));
        assert_eq!(last.status, 3, "{kind:?}: {last:?}");
        assert!(last.words("case").contains(&document(2)), "{kind:?}: {last:?}");
        trades.server.conduct(|conduct| conduct.mishaps.clear());
        trades.mirror.harvest().check_complete();
        assert_eq!(n_withdrawn(&trades.mirror.content()), 0);
        assert_eq!(trades.mirror.content_of("case", &record(2)).len(), 1 + 15);
    }
}

#[test]
fn a_list_that_is_none_retires_nothing_and_is_said() {
    for listed in [Listed::Nothing, Listed::CutShort(2), Listed::Page, Listed::Stub] {
        let trades = Trades::harvested(|_| {});
        trades.server.change(|case| case.quirks.listed = listed);
        let last = trades.check_retires_nothing(&format!("{listed:?}"));
        assert!(!last.words("case").is_empty(), "{listed:?}: {last:?}");
        if matches!(listed, Listed::Page | Listed::Stub) {
            last.check_said("case");
        }
        trades.server.change(|case| case.quirks.listed = Listed::Whole);
        trades.check_as_clean("once it is whole");
    }
}

#[test]
fn a_list_that_is_none_at_first_is_no_success() {
    for listed in [Listed::Page, Listed::Stub] {
        let trades = Trades::behaving(|quirks| quirks.listed = listed);
        trades.mirror.harvest().check_said("case");
        assert!(trades.mirror.content().is_empty(), "{listed:?}");
    }
    let trades = Trades::behaving(|quirks| quirks.listed = Listed::CutShort(2));
    let harvested = trades.mirror.harvest();
    assert!(harvested.words("case").contains('5'), "five were promised: {harvested:?}");
    check_same("two of five", &trades.mirror.content(), &clean_without(&[3, 4, 5]));
}

#[test]
fn a_door_that_closes_retires_nothing() {
    for door in [Door::Locked, Door::Forbidden] {
        let trades = Trades::harvested(|_| {});
        trades.server.change(|case| case.door = door);
        let last = trades.check_retires_nothing(&format!("{door:?}"));
        last.check_said("case");
        trades.server.change(|case| case.door = Door::Open);
        trades.check_as_clean("once it opens");
    }
}

#[test]
fn a_door_that_was_never_open_is_called_so() {
    let trades = Trades::behaving(|_| {});
    trades.server.change(|case| case.door = Door::Locked);
    let harvested = trades.mirror.harvest();
    assert_eq!((harvested.status, harvested.ending("case")), (3, "secured"), "{harvested:?}");
    assert!(trades.mirror.content().is_empty());
}

#[test]
fn a_server_that_is_down_retires_nothing() {
    let trades = Trades::harvested(|_| {});
    let mishap = Mishap { about: String::new(), times: 10_000, kind: MishapKind::Broken };
    trades.server.conduct(|conduct| conduct.mishaps = vec![mishap]);
    trades.check_retires_nothing("500 everywhere").check_said("case");
    let Trades { server, mirror } = trades;
    drop(server);
    for _ in 0..2 {
        mirror.harvest().check_said("case");
    }
    check_same("nobody there", &mirror.content(), clean());
}
