//! The addresses that are no place on the public Internet.
//!
//! From the registries of [IPv4](https://www.iana.org/assignments/iana-ipv4-special-registry) and
//! [IPv6](https://www.iana.org/assignments/iana-ipv6-special-registry) special-purpose addresses, those that are reachable worldwide
//! among them: no source of documents lives there, and what translates to other addresses could lead to any of them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::access::Network;

/// Special networks of IPv4 with what they are.
const V4: &[(Ipv4Addr, u32, &str)] = &[
    (Ipv4Addr::UNSPECIFIED, 8, "of this host"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "of a provider's own network"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "a loopback"),
    // Metadata of a provider's machines, outside every registry.
    (Ipv4Addr::new(168, 63, 129, 16), 32, "of a provider's metadata"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link-local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "of protocols"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "for documentation"),
    (Ipv4Addr::new(192, 31, 196, 0), 24, "of AS112"),
    (Ipv4Addr::new(192, 52, 193, 0), 24, "of multicast tunnels"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "of 6to4 relays"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private"),
    (Ipv4Addr::new(192, 175, 48, 0), 24, "of AS112"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "for benchmarks"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "for documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "for documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
];

/// Special networks of IPv6 with what they are. The first that holds an address names it.
const V6: &[(Ipv6Addr, u32, &str)] = &[
    (Ipv6Addr::LOCALHOST, 128, "a loopback"),
    (Ipv6Addr::UNSPECIFIED, 128, "of this host"),
    (Ipv6Addr::UNSPECIFIED, 96, "an IPv4 address in disguise"),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, "an IPv4 address in disguise"),
    (Ipv6Addr::new(0, 0, 0, 0, 0xffff, 0, 0, 0), 96, "an IPv4 address in disguise"),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96, "of NAT64"),
    (Ipv6Addr::new(0x64, 0xff9b, 1, 0, 0, 0, 0, 0), 48, "of NAT64"),
    (Ipv6Addr::new(0x100, 0, 0, 0, 0, 0, 0, 0), 64, "discarded"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 32, "of Teredo"),
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "of protocols"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "for documentation"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "of 6to4"),
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48, "of AS112"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "for documentation"),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, "private"),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, "link-local"),
    (Ipv6Addr::new(0xfec0, 0, 0, 0, 0, 0, 0, 0), 10, "private"),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, "multicast"),
];

/// The part of IPv6 that is given out for the whole Internet; what lies elsewhere is not.
const GLOBAL_UNICAST: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What is special about an address; nothing where it is a place on the public Internet.
pub(super) fn special(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => {
            let mut networks = V4.iter();
            networks.find(|(first, prefix, _)| v4_in(address, *first, *prefix)).map(|found| found.2)
        }
        IpAddr::V6(address) => {
            let mut networks = V6.iter();
            let found = networks.find(|(first, prefix, _)| v6_in(address, *first, *prefix));
            let is_global = v6_in(address, GLOBAL_UNICAST.0, GLOBAL_UNICAST.1);
            found.map(|found| found.2).or((!is_global).then_some("reserved"))
        }
    }
}

/// Whether an address lies in a network; an IPv4 address that is mapped into IPv6 does so too.
pub(super) fn lies_in(address: IpAddr, network: &Network) -> bool {
    let prefix = u32::from(network.prefix);
    match (address.to_canonical(), network.address.to_canonical()) {
        (IpAddr::V4(address), IpAddr::V4(first)) => v4_in(address, first, prefix),
        (IpAddr::V6(address), IpAddr::V6(first)) => v6_in(address, first, prefix),
        _ => false,
    }
}

fn v4_in(address: Ipv4Addr, first: Ipv4Addr, prefix: u32) -> bool {
    (address.to_bits() ^ first.to_bits()).leading_zeros() >= prefix
}

fn v6_in(address: Ipv6Addr, first: Ipv6Addr, prefix: u32) -> bool {
    (address.to_bits() ^ first.to_bits()).leading_zeros() >= prefix
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn special_addresses_are_told_from_public_ones() {
        let check = |address: &str, expected: Option<&str>| {
            assert_eq!(special(address.parse().unwrap()), expected, "{address}");
        };
        check("0.0.0.0", Some("of this host"));
        check("10.255.0.1", Some("private"));
        check("100.63.255.255", None);
        check("100.64.0.1", Some("of a provider's own network"));
        check("100.100.100.200", Some("of a provider's own network"));
        check("100.128.0.0", None);
        check("127.0.0.1", Some("a loopback"));
        check("127.255.255.254", Some("a loopback"));
        check("168.63.129.16", Some("of a provider's metadata"));
        check("168.63.129.17", None);
        check("169.254.169.254", Some("link-local"));
        check("172.15.255.255", None);
        check("172.16.0.0", Some("private"));
        check("172.31.255.255", Some("private"));
        check("172.32.0.0", None);
        check("192.0.0.192", Some("of protocols"));
        check("192.0.1.0", None);
        check("192.0.2.1", Some("for documentation"));
        check("192.168.1.1", Some("private"));
        check("198.17.255.255", None);
        check("198.19.0.1", Some("for benchmarks"));
        check("203.0.113.9", Some("for documentation"));
        check("223.255.255.255", None);
        check("224.0.0.1", Some("multicast"));
        check("255.255.255.255", Some("reserved"));
        check("8.8.8.8", None);
        check("::", Some("of this host"));
        check("::1", Some("a loopback"));
        check("::127.0.0.1", Some("an IPv4 address in disguise"));
        check("::ffff:127.0.0.1", Some("an IPv4 address in disguise"));
        check("::ffff:8.8.8.8", Some("an IPv4 address in disguise"));
        check("::ffff:0:8.8.8.8", Some("an IPv4 address in disguise"));
        check("64:ff9b::7f00:1", Some("of NAT64"));
        check("64:ff9b:1::1", Some("of NAT64"));
        check("100::1", Some("discarded"));
        check("2001::1", Some("of Teredo"));
        check("2001:20::1", Some("of protocols"));
        check("2001:db8::1", Some("for documentation"));
        check("2002:7f00:1::", Some("of 6to4"));
        check("2606:4700::1111", None);
        check("2001:4860:4860::8888", None);
        check("3fff::1", Some("for documentation"));
        check("5f00::1", Some("reserved"));
        check("fd00:ec2::254", Some("private"));
        check("fe80::1", Some("link-local"));
        check("ff02::1", Some("multicast"));
    }

    proptest! {
        #[test]
        fn no_address_of_a_special_network_of_ipv4_is_public(at in 0..V4.len(), bits: u32) {
            let (first, prefix, _) = V4[at];
            let host = bits.checked_shr(prefix).unwrap_or_default();
            prop_assert!(special(IpAddr::V4(Ipv4Addr::from_bits(first.to_bits() | host))).is_some());
        }

        #[test]
        fn no_address_of_a_special_network_of_ipv6_is_public(at in 0..V6.len(), bits: u128) {
            let (first, prefix, _) = V6[at];
            let host = bits.checked_shr(prefix).unwrap_or_default();
            prop_assert!(special(IpAddr::V6(Ipv6Addr::from_bits(first.to_bits() | host))).is_some());
        }

        #[test]
        fn an_ipv4_address_is_as_special_in_every_disguise(bits: u32) {
            let v4 = Ipv4Addr::from_bits(bits);
            prop_assert!(special(IpAddr::V6(v4.to_ipv6_mapped())).is_some());
            prop_assert!(special(IpAddr::V6(v4.to_ipv6_compatible())).is_some());
        }
    }
}
