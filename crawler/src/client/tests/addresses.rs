//! What is connected to.

use std::time::Duration;

use crate::client::FetchError;
use crate::client::tests::fake::{Fake, json};
use crate::client::tests::{Names, Party, access, came, fetch, named, refused};

#[tokio::test]
async fn a_name_for_this_machine_is_refused_before_anything_is_asked() {
    let trap = Fake::saying(json("{}")).await;
    let port = trap.port();
    let lists: [&[&str]; 4] = [
        &["127.0.0.1"],
        &["93.184.216.34", "127.0.0.1"],
        &["::ffff:127.0.0.1"],
        &["fd00:ec2::254"],
    ];
    for list in lists {
        let party = Party::of_names(Names::of("trap.test", &[list]));
        let base = format!("http://trap.test:{port}/");
        let client = party.client(access(&base.parse().unwrap()));
        let result = fetch(&client, &format!("{base}a").parse().unwrap()).await;
        assert!(matches!(result, Err(FetchError::NotAllowed { .. })), "{list:?} {result:?}");
    }
    assert_eq!(trap.seen().len(), 0);
}

#[tokio::test]
async fn a_name_that_comes_to_stand_for_this_machine_is_refused_then() {
    let trap = Fake::saying(json("{}")).await;
    // The first look-up gives an address that nothing listens at; whoever looked the name up again would walk into the trap.
    let names = Names::of("trap.test", &[&["192.0.2.1"], &["127.0.0.1"]]);
    let base = format!("http://trap.test:{}/", trap.port());
    let mut access = access(&base.parse().unwrap());
    access.private_networks =
        vec![crate::access::Network { address: "192.0.2.0".parse().unwrap(), prefix: 24 }];
    access.patience.connect = Duration::from_millis(100);
    let client = Party::of_names(names).client(access);
    let said = refused(fetch(&client, &base.parse().unwrap()).await);
    assert!(said.contains("the address 127.0.0.1 is a loopback"), "{said}");
    assert_eq!(trap.seen().len(), 0);
}

#[tokio::test]
async fn a_private_network_that_is_named_may_be_asked_by_name_and_by_address() {
    let fake = Fake::saying(json("{}")).await;
    let names = Names::of("one.test", &[&["127.0.0.1"]]);
    let base = format!("http://one.test:{}/", fake.port());
    let client = Party::of_names(names).client(named(&base));
    came(fetch(&client, &base.parse().unwrap()).await);
    came(fetch(&client, &fake.url("/")).await);
}

#[tokio::test]
async fn localhost_is_this_machine_and_nobody_is_asked_where_it_is() {
    let fake = Fake::saying(json("{}")).await;
    for host in ["localhost", "case.localhost"] {
        let base = format!("http://{host}:{}/", fake.port());
        let party = Party::of_names(Names::of(host, &[&["93.184.216.34"]]));
        let client = party.client(access(&base.parse().unwrap()));
        came(fetch(&client, &base.parse().unwrap()).await);
    }
}

#[tokio::test]
async fn a_name_without_an_address_is_no_host() {
    let party = Party::of_names(Names::default());
    let base = "http://nowhere.test/".parse().unwrap();
    let said = refused(fetch(&party.client(access(&base)), &base).await);
    assert!(said.contains("`nowhere.test` has no address"), "{said}");
}
