//! Frameworks that a server has no more: two looks, far enough apart, under the same credentials.

use super::trades::{Trades, clean, document};
use crate::support::fake_case::{Door, Standing, Total};
use crate::support::generated::framework;
use crate::support::mirror::{check_same, n_withdrawn};
use crate::support::package::guid;

#[test]
fn a_framework_is_gone_after_two_looks_and_resolves_as_it_was() {
    let trades = Trades::harvested(|_| {});
    trades.server.change(|case| case.remove(&document(3)));
    let first = trades.mirror.harvest();
    assert_eq!(
        (first.number("case", "missing"), first.number("case", "withdrawn")),
        (1, 0),
        "{first:?}"
    );
    check_same("after one look", &trades.mirror.content(), clean());
    let second = trades.mirror.harvest();
    assert_eq!(second.number("case", "withdrawn"), 1, "{second:?}");
    for item in [0, 1, 12] {
        assert_eq!(trades.mirror.state(&guid(3, item)), "withdrawn");
    }
    let gone = trades.mirror.data.context(&guid(3, 4));
    let words = &gone["chosen"]["card"]["resource"]["statement"]["en"][0];
    assert!(words.as_str().unwrap().ends_with("at step 4"), "{gone}");
    let third = trades.mirror.harvest();
    assert_eq!(
        (third.number("case", "withdrawn"), third.number("case", "missing")),
        (0, 0),
        "{third:?}"
    );
}

#[test]
fn a_second_look_too_soon_confirms_nothing() {
    let mut trades = Trades::harvested(|_| {});
    trades.configure("confirm_after = \"1d\"");
    trades.server.change(|case| case.remove(&document(3)));
    for _ in 0..3 {
        let harvested = trades.mirror.harvest();
        assert_eq!(harvested.number("case", "missing"), 1, "{harvested:?}");
    }
    check_same("within a day", &trades.mirror.content(), clean());
}

#[test]
fn a_framework_that_was_missing_once_and_is_back_starts_anew() {
    let trades = Trades::harvested(|_| {});
    for _ in 0..2 {
        trades.server.change(|case| case.remove(&document(3)));
        assert_eq!(trades.mirror.harvest().number("case", "missing"), 1);
        trades.server.change(|case| case.put(framework(3, 12)));
        trades.mirror.harvest().check_complete();
    }
    check_same("there and back", &trades.mirror.content(), clean());
}

#[test]
fn a_framework_that_comes_back_after_it_was_gone_is_current_again() {
    let trades = Trades::harvested(|_| {});
    trades.server.change(|case| case.remove(&document(3)));
    for _ in 0..2 {
        trades.mirror.harvest();
    }
    assert_eq!(trades.mirror.state(&guid(3, 1)), "withdrawn");
    trades.server.change(|case| case.put(framework(3, 12)));
    trades.mirror.harvest().check_complete();
    check_same("back again", &trades.mirror.content(), clean());
}

#[test]
fn an_archived_framework_is_still_what_it_was() {
    let trades = Trades::harvested(|_| {});
    trades.server.change(|case| case.framework(&document(3)).standing = Standing::Archived);
    for _ in 0..3 {
        trades.mirror.harvest();
    }
    check_same("the server still gives it", &trades.mirror.content(), clean());
}

#[test]
fn an_empty_list_retires_nothing_whatever_it_says_of_itself() {
    for total in [Total::Visible, Total::Missing] {
        let trades = Trades::harvested(|quirks| quirks.total = total);
        trades.server.change(|case| case.frameworks.clear());
        let last = trades.check_retires_nothing(&format!("{total:?}"));
        last.check_said("case");
    }
}

#[test]
fn a_narrower_choice_retires_nothing() {
    let mut trades = Trades::harvested(|_| {});
    trades.configure(&format!("frameworks = [\"{}\"]", document(1)));
    trades.check_retires_nothing("one framework of five");
    trades.configure("subjects = [\"Weaving\"]");
    trades.check_retires_nothing("one subject of two");
}

#[test]
fn what_other_credentials_show_no_more_is_not_gone() {
    let mut trades = Trades::behaving(|_| {});
    trades.server.change(|case| {
        case.door = Door::Silent(404);
        case.tokens.admit("for-members");
        case.framework(&document(2)).standing = Standing::Private;
    });
    let variable = "ALIDADE_SOURCES__CASE__CREDENTIALS__TOKEN".to_owned();
    trades.mirror.variables.insert(variable.clone(), "for-members".to_owned());
    trades.check_as_clean("with the token");
    trades.mirror.variables.remove(&variable);
    let without = trades.mirror.harvest();
    assert_eq!(n_withdrawn(&trades.mirror.content()), 0, "{without:?}");
    trades.mirror.variables.insert(variable, "for-members".to_owned());
    trades.check_as_clean("with the token again");
}
