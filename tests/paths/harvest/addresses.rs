//! Addresses out of a feed, and where they never lead: a trap counts whoever connects.

use super::trades::{Trades, clean, clean_without, trades};
use crate::support::fake_case::{FakeCase, PackageAddress, PackageUri};
use crate::support::fake_server::trap::Trap;
use crate::support::mirror::check_same;

/// Spellings of the address of a trap.
fn spellings(trap: &Trap) -> Vec<String> {
    let port = trap.url().rsplit(':').next().unwrap().to_owned();
    let hosts = [
        "127.0.0.1",
        "localhost",
        "127.1",
        "2130706433",
        "0x7f.1",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
    ];
    hosts.iter().map(|host| format!("http://{host}:{port}")).collect()
}

#[test]
fn a_package_address_on_this_machine_is_never_connected_to() {
    let trap = Trap::new();
    for spelling in spellings(&trap) {
        let trades = Trades::behaving(|quirks| {
            quirks.package_uri = PackageUri::OffHost(spelling.clone());
            quirks.package_address = PackageAddress::OwnInUriOnly;
        });
        trades.mirror.harvest().check_said("case");
        assert!(trades.mirror.content().is_empty(), "{spelling}");
    }
    assert_eq!(trap.n_caught(), 0);
}

#[test]
fn a_redirect_to_this_machine_is_never_followed() {
    let trap = Trap::new();
    for spelling in spellings(&trap) {
        for status in [301, 302, 303, 307, 308] {
            let trades = Trades::behaving(|quirks| {
                quirks.leads_packages_to = Some((status, spelling.clone()));
            });
            let harvested = trades.mirror.harvest();
            harvested.check_said("case");
            assert!(trades.mirror.content().is_empty(), "{spelling} by {status}");
            if status != 301 {
                break;
            }
        }
        let trades =
            Trades::behaving(|quirks| quirks.leads_list_to = Some((307, spelling.clone())));
        trades.mirror.harvest().check_said("case");
    }
    assert_eq!(trap.n_caught(), 0);
}

#[test]
fn another_server_of_this_machine_is_asked_only_where_the_source_allows_it() {
    let elsewhere = FakeCase::serving(trades());
    let mut trades = Trades::behaving(|quirks| {
        quirks.leads_packages_to = Some((302, elsewhere.url()));
    });
    trades.mirror.harvest().check_said("case");
    assert!(elsewhere.log().lines().is_empty());
    check_same("nothing", &trades.mirror.content(), &clean_without(&[1, 2, 3, 4, 5]));
    trades.configure("private_networks = [\"10.0.0.0/8\"]");
    trades.mirror.harvest().check_said("case");
    assert!(elsewhere.log().lines().is_empty());
    trades.configure("private_networks = [\"127.0.0.0/8\"]");
    let harvested = trades.mirror.harvest();
    if harvested.ending("case") == "complete" {
        check_same("led elsewhere", &trades.mirror.content(), clean());
    } else {
        // To follow a redirect only within the source is stricter still, and says so.
        harvested.check_said("case");
    }
}

#[test]
fn a_redirect_in_a_circle_ends() {
    let trades = Trades::behaving(|_| {});
    let own = trades.server.url();
    trades.server.change(|case| case.quirks.leads_list_to = Some((302, own)));
    trades.mirror.harvest().check_said("case");
    assert!(trades.server.log().about("CFDocuments").len() <= 60);
}
