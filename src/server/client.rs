//! Who asks, as far as it counts for how much may be asked: an address, or the network of one. It is counted by, and never logged or told.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::HeaderMap;
use axum::http::header::HeaderName;

/// The header in which a proxy says for whom it asks.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The bits of an IPv6 address that name a network; the rest a machine may change as it likes.
const NETWORK: u32 = 64;

/// An address of IPv4, or a network of IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Client(IpAddr);

impl From<IpAddr> for Client {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) & (u128::MAX << (128 - NETWORK));
                IpAddr::V6(Ipv6Addr::from(network))
            }
            address @ IpAddr::V4(_) => address,
        })
    }
}

impl Client {
    /// Whoever asks through a number of proxies that are trusted: each of them adds, on the right, the address that it sees.
    ///
    /// What stands further to the left anybody may have written. Where less stands there than the proxies should have added, somebody
    /// has come past them, and the peer counts.
    pub(super) fn of(peer: IpAddr, trusted_proxies: usize, headers: &HeaderMap) -> Self {
        Self::from(forwarded(trusted_proxies, headers).unwrap_or(peer))
    }
}

fn forwarded(trusted_proxies: usize, headers: &HeaderMap) -> Option<IpAddr> {
    let from_the_right = trusted_proxies.checked_sub(1)?;
    let values = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).collect();
    let hop = hops.iter().rev().nth(from_the_right)?.trim();
    let bare = || hop.parse().ok();
    let with_port = || hop.parse().ok().map(|address: SocketAddr| address.ip());
    let in_brackets = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    bare().or_else(with_port).or_else(in_brackets)
}

/// How many connections each client has.
#[derive(Debug, Clone, Default)]
pub(super) struct Visitors(Arc<Mutex<BTreeMap<Client, usize>>>);

/// One connection of a client, which counts until it is dropped.
#[derive(Debug)]
pub(super) struct Visit {
    client: Client,
    visitors: Visitors,
}

impl Visitors {
    /// Counts a connection, unless its client has as many as it may have.
    pub(super) fn admit(&self, client: Client, max: usize) -> Option<Visit> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(client).or_default();
        if *count >= max {
            return None;
        }
        *count += 1;
        Some(Visit { client, visitors: self.clone() })
    }

    fn leave(&self, client: Client) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(count) = counts.get_mut(&client) else { return };
        *count = count.saturating_sub(1);
        if *count == 0 {
            counts.remove(&client);
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.visitors.leave(self.client);
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use axum::http::{HeaderMap, HeaderValue};

    use super::{Client, FORWARDED_FOR, Visitors};

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check(trusted: usize, fields: &[&str], expected: &str) {
        let mut headers = HeaderMap::new();
        for field in fields {
            headers.append(FORWARDED_FOR, HeaderValue::from_str(field).unwrap());
        }
        let client = Client::of(address("10.0.0.1"), trusted, &headers);
        assert_eq!(client, Client::from(address(expected)), "{trusted} {fields:?}");
    }

    #[test]
    fn only_what_a_trusted_proxy_wrote_is_believed() {
        check(0, &["192.0.2.7"], "10.0.0.1");
        check(1, &["192.0.2.7"], "192.0.2.7");
        check(1, &["198.51.100.9, 192.0.2.7"], "192.0.2.7");
        check(2, &["6.6.6.6", "198.51.100.9,192.0.2.7"], "198.51.100.9");
        check(2, &["192.0.2.7"], "10.0.0.1");
        check(1, &[], "10.0.0.1");
        check(1, &["unknown"], "10.0.0.1");
        check(1, &["192.0.2.7:5678"], "192.0.2.7");
        check(1, &["[2001:db8::1]:5678"], "2001:db8::1");
        check(1, &["[2001:db8::1]"], "2001:db8::1");
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one_and_ipv4_inside_ipv6_as_ipv4() {
        let client = |text: &str| Client::from(address(text));
        assert_eq!(client("2001:db8:0:1::1"), client("2001:db8:0:1:ffff::2"));
        assert_ne!(client("2001:db8:0:1::1"), client("2001:db8:0:2::1"));
        assert_eq!(client("::ffff:192.0.2.7"), client("192.0.2.7"));
        assert_ne!(client("192.0.2.7"), client("192.0.2.8"));
    }

    #[test]
    fn a_client_has_so_many_connections_and_others_have_theirs() {
        let visitors = Visitors::default();
        let (one, other) = (Client::from(address("192.0.2.7")), Client::from(address("192.0.2.8")));
        let first = visitors.admit(one, 2);
        let second = visitors.admit(one, 2);
        assert!(first.is_some() && second.is_some() && visitors.admit(one, 2).is_none());
        assert!(visitors.admit(other, 2).is_some());
        drop(first);
        assert!(visitors.admit(one, 2).is_some());
        drop(second);
        assert!(visitors.0.lock().unwrap().is_empty());
    }
}
