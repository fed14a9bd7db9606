//! Packages of every shape, at every address, and answers that go wrong once.

use std::time::Duration;

use super::trades::{Trades, clean, document};
use crate::support::fake_case::{
    Negotiation, PackageAddress, PackageShape, PackageUri, Quirks, Validation,
};
use crate::support::fake_server::bad_day::{Conduct, Mishap, MishapKind};
use crate::support::fake_server::trap::Trap;
use crate::support::mirror::gist;

#[track_caller]
fn as_clean(what: &str, switch: impl FnOnce(&mut Quirks)) {
    Trades::behaving(switch).check_as_clean(what);
}

#[track_caller]
fn conducted_as_clean(what: &str, change: impl FnOnce(&mut Conduct)) {
    let trades = Trades::behaving(|_| {});
    trades.server.conduct(change);
    trades.check_as_clean(what);
}

#[test]
fn a_package_is_found_however_its_document_names_it() {
    for package_uri in
        [PackageUri::Text, PackageUri::Missing, PackageUri::Relative, PackageUri::Given]
    {
        as_clean(&format!("{package_uri:?}"), |quirks| quirks.package_uri = package_uri);
    }
    as_clean("an identifier of its own", |quirks| quirks.package_address = PackageAddress::Own);
    as_clean("an identifier that only the uri has", |quirks| {
        quirks.package_address = PackageAddress::OwnInUriOnly;
    });
    as_clean("a relative address, with an identifier of its own", |quirks| {
        quirks.package_address = PackageAddress::OwnInUriOnly;
        quirks.package_uri = PackageUri::Relative;
        quirks.prefix = "/Public";
    });
}

#[test]
fn an_address_on_another_host_is_not_needed_and_not_asked() {
    let trap = Trap::new();
    as_clean("the publisher's own address", |quirks| {
        quirks.package_uri = PackageUri::OffHost(trap.url());
    });
    as_clean("the same, with an identifier of its own", |quirks| {
        quirks.package_uri = PackageUri::OffHost(trap.url());
        quirks.package_address = PackageAddress::Own;
    });
    assert_eq!(trap.n_caught(), 0);
}

#[test]
fn a_package_is_read_in_every_shape() {
    for shape in [
        PackageShape::Array,
        PackageShape::Wrapped,
        PackageShape::EmptyDefinitions,
        PackageShape::Nulls,
    ] {
        as_clean(&format!("{shape:?}"), |quirks| quirks.package = shape);
    }
}

#[test]
fn a_server_that_rewrites_addresses_has_the_same_items() {
    let trades = Trades::behaving(|quirks| quirks.rewrites_uris = true);
    trades.mirror.harvest().check_complete();
    assert_eq!(gist(&trades.mirror.content()), gist(clean()));
}

#[test]
fn a_framework_that_one_version_refuses_comes_under_the_other() {
    let trades = Trades::behaving(|_| {});
    trades.server.change(|case| {
        for number in [2, 5] {
            case.framework(&document(number)).is_v1p0 = true;
        }
    });
    trades.check_as_clean("409 under v1p1");
}

#[test]
fn json_is_asked_for_and_nothing_else_is_taken_for_it() {
    for negotiation in [Negotiation::Choices, Negotiation::PageForAny] {
        as_clean(&format!("{negotiation:?}"), |quirks| quirks.negotiation = negotiation);
    }
}

#[test]
fn every_validator_is_as_good_as_none_at_first() {
    for validation in [Validation::Absent, Validation::Weak, Validation::Stamp] {
        as_clean(&format!("{validation:?}"), |quirks| quirks.validation = validation);
    }
}

#[test]
fn bodies_may_be_packed_marked_mislabelled_or_slow() {
    conducted_as_clean("gzip", |conduct| conduct.gzip = true);
    conducted_as_clean("a byte order mark", |conduct| conduct.byte_order_mark = true);
    conducted_as_clean("a packed mark", |conduct| {
        conduct.gzip = true;
        conduct.byte_order_mark = true;
    });
    for content_type in ["text/html; charset=utf-8", "application/octet-stream", "text/plain"] {
        conducted_as_clean(content_type, |conduct| conduct.content_type = Some(content_type));
    }
    conducted_as_clean("slow", |conduct| conduct.slow = Some((4_000, Duration::from_millis(3))));
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
        for about in [format!("CFPackages/{}", document(3)), "CFDocuments".to_owned()] {
            let what = format!("{kind:?} at {about}");
            let mishap = Mishap { about, times: 2, kind };
            conducted_as_clean(&what, |conduct| conduct.mishaps = vec![mishap]);
        }
    }
}
