//! Lists of every shape, paged in every way.

use super::trades::{Trades, clean, clean_without, document};
use crate::support::fake_case::{Link, ListShape, Quirks, Standing, Total, Versions};
use crate::support::fake_server::log::parameters;
use crate::support::fake_server::trap::Trap;
use crate::support::mirror::check_same;

#[track_caller]
fn as_clean(what: &str, switch: impl FnOnce(&mut Quirks)) -> Trades {
    let trades = Trades::behaving(switch);
    trades.check_as_clean(what);
    trades
}

#[test]
fn a_clean_server_is_mirrored_whole() {
    assert_eq!(clean().values().filter(|shown| shown["resource"].is_object()).count(), 5 * 13);
    as_clean("a second clean server", |_| {});
}

#[test]
fn every_version_prefix_and_way_to_find_them_ends_the_same() {
    as_clean("v1p0 only", |quirks| {
        quirks.versions = Versions::V1p0;
        quirks.has_discovery = false;
    });
    as_clean("v1p1 only", |quirks| quirks.versions = Versions::V1p1);
    as_clean("v1p0 leads to v1p1", |quirks| quirks.versions = Versions::V1p0LeadsToV1p1);
    as_clean("no discovery", |quirks| quirks.has_discovery = false);
    as_clean("a prefix", |quirks| quirks.prefix = "/server/api/v1/ISBOE");
    as_clean("a prefix and v1p0 only", |quirks| {
        quirks.prefix = "/tenant";
        quirks.versions = Versions::V1p0;
    });
}

#[test]
fn a_source_may_be_named_with_its_version() {
    for (versions, version) in [(Versions::V1p1, "v1p1"), (Versions::V1p0, "v1p0")] {
        let mut trades = Trades::behaving(|quirks| quirks.versions = versions);
        let url = format!("{}/ims/case/{version}", trades.server.url());
        trades.mirror.source("case", "case", &url, "");
        trades.check_as_clean(version);
    }
}

#[test]
fn every_shape_of_the_list_is_read() {
    as_clean("cfDocuments", |quirks| quirks.list = ListShape::CfDocuments);
    as_clean("a bare array", |quirks| quirks.list = ListShape::BareArray);
    as_clean("totals in the body", |quirks| quirks.list = ListShape::Totals);
}

#[test]
fn every_way_of_paging_leads_to_the_end() {
    as_clean("links", |quirks| quirks.caps_limit = Some(2));
    as_clean("totals", |quirks| {
        quirks.caps_limit = Some(2);
        quirks.link = Link::Absent;
    });
    as_clean("totals in the body", |quirks| {
        quirks.caps_limit = Some(2);
        quirks.link = Link::Absent;
        quirks.list = ListShape::Totals;
    });
    as_clean("neither links nor totals", |quirks| {
        quirks.caps_limit = Some(2);
        quirks.link = Link::Absent;
        quirks.total = Total::Missing;
    });
    as_clean("a short list where nothing is said", |quirks| quirks.default_limit = Some(2));
    as_clean("no limit", |quirks| quirks.ignores_limit = true);
    as_clean("one list for every offset", |quirks| {
        quirks.ignores_offset = true;
        quirks.total = Total::Missing;
        quirks.link = Link::Absent;
    });
}

#[test]
fn pages_that_never_move_are_not_taken_for_the_whole() {
    let trades = Trades::behaving(|quirks| {
        quirks.caps_limit = Some(2);
        quirks.ignores_offset = true;
    });
    let harvested = trades.mirror.harvest();
    assert!(harvested.words("case").contains('5'), "five were promised: {harvested:?}");
    check_same("two of five", &trades.mirror.content(), &clean_without(&[3, 4, 5]));
    assert!(trades.server.log().about("/CFDocuments").len() < 60, "it ends");
}

#[test]
fn an_empty_page_in_the_middle_is_not_the_end() {
    for total in [Total::CountsPrivate, Total::Missing] {
        let trades = Trades::behaving(|quirks| {
            quirks.slices_before_filtering = true;
            quirks.caps_limit = Some(1);
            quirks.link = Link::Absent;
            quirks.list = ListShape::Totals;
            quirks.total = total;
        });
        trades.server.change(|case| case.framework(&document(3)).standing = Standing::Private);
        let harvested = trades.mirror.harvest();
        check_same("public ones", &trades.mirror.content(), &clean_without(&[3]));
        let is_said = !harvested.words("case").is_empty();
        assert!(total == Total::Missing || is_said, "the total counts one more: {harvested:?}");
    }
}

#[test]
fn a_total_that_counts_what_is_private_is_told_and_costs_nothing() {
    let trades = Trades::behaving(|quirks| quirks.total = Total::CountsPrivate);
    trades.server.change(|case| case.framework(&document(2)).standing = Standing::Private);
    let harvested = trades.mirror.harvest();
    assert!(!harvested.words("case").is_empty(), "{harvested:?}");
    check_same("public ones", &trades.mirror.content(), &clean_without(&[2]));
}

#[test]
fn a_link_to_another_host_is_not_followed() {
    let trap = Trap::new();
    let trades = Trades::behaving(|quirks| {
        quirks.caps_limit = Some(2);
        quirks.link = Link::On(trap.url());
    });
    trades.check_as_clean_or_said("a link elsewhere");
    check_same("the pages by offset", &trades.mirror.content(), clean());
    assert_eq!(trap.n_caught(), 0);
}

#[test]
fn a_list_whose_order_moves_is_whole_or_said_to_be_not() {
    let trades = Trades::behaving(|quirks| {
        quirks.moves_order = true;
        quirks.caps_limit = Some(2);
    });
    trades.check_as_clean_or_said("a moving list");
    let whole = Trades::behaving(|quirks| quirks.moves_order = true);
    whole.check_as_clean("a moving list on one page");
}

#[test]
fn nothing_is_sorted_filtered_or_cut_to_fields() {
    let trades = as_clean("two a page", |quirks| quirks.caps_limit = Some(2));
    trades.mirror.harvest().check_complete();
    let sent = parameters(&trades.server.log().lines());
    for never in ["sort", "orderBy", "filter", "fields"] {
        assert!(!sent.contains(never), "{sent:?}");
    }
    assert!(sent.contains("offset"), "pages are asked for: {sent:?}");
}

#[test]
fn only_what_is_wanted_is_taken() {
    let mut trades = Trades::behaving(|_| {});
    trades.configure(&format!("frameworks = [\"{}\", \"{}\"]", document(2), document(4)));
    trades.mirror.harvest().check_complete();
    check_same("by identifier", &trades.mirror.content(), &clean_without(&[1, 3, 5]));
    let asked = trades.server.log().about("/CFPackages/").len();
    assert_eq!(asked, 2, "only what is wanted is asked for");
    let mut trades = Trades::behaving(|_| {});
    trades.configure("subjects = [\"metalwork\"]");
    trades.mirror.harvest().check_complete();
    check_same("by subject", &trades.mirror.content(), &clean_without(&[2, 4]));
}
