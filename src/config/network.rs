//! Which networks are private, and who is spoken to without encryption.

use std::net::{IpAddr, Ipv6Addr};

use crawler::access::Network;
use url::{Host, Url};

/// Reads a range of addresses (CIDR, [RFC 4632](https://www.rfc-editor.org/rfc/rfc4632)), or one address.
pub(super) fn network(text: &str) -> Result<Network, String> {
    let wrong = || format!("`{text}` is no network, such as `10.1.0.0/16`");
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix.parse::<u8>().ok().ok_or_else(wrong)?)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().ok().ok_or_else(wrong)?;
    let bits: u8 = if address.is_ipv4() { 32 } else { 128 };
    let prefix = prefix.unwrap_or(bits);
    if prefix > bits {
        return Err(wrong());
    }
    if prefix == 0 {
        return Err(format!(
            "`{text}` is every address there is; name the networks that are meant"
        ));
    }
    let first = first(address, prefix);
    if first != address {
        return Err(format!(
            "`{text}` has bits behind its prefix; did you mean `{first}/{prefix}`?"
        ));
    }
    Ok(Network { address, prefix })
}

/// The first address of the network that an address lies in.
fn first(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((u32::from(address) & mask).into())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((u128::from(address) & mask).into())
        }
    }
}

/// Tells whether an address is one of this very machine.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Tells whether an address is written as a number of a private network.
pub(super) fn is_private(url: &Url) -> bool {
    let is_local = |address: Ipv6Addr| {
        address.is_unique_local()
            || address.to_ipv4_mapped().is_some_and(|address| address.is_private())
    };
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_private(),
        Some(Host::Ipv6(address)) => is_local(address),
        Some(Host::Domain(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[track_caller]
    fn check(text: &str, expected: Result<(&str, u8), &str>) {
        match (network(text), expected) {
            (Ok(network), Ok((address, prefix))) => {
                assert_eq!(
                    (network.address.to_string().as_str(), network.prefix),
                    (address, prefix)
                );
            }
            (Err(reason), Err(words)) => assert!(reason.contains(words), "{reason}"),
            (found, expected) => panic!("`{text}` is {found:?} and not {expected:?}"),
        }
    }

    #[test]
    fn networks_are_read_as_they_are_written_everywhere() {
        check("10.1.0.0/16", Ok(("10.1.0.0", 16)));
        check("192.168.7.9", Ok(("192.168.7.9", 32)));
        check("fd00::/8", Ok(("fd00::", 8)));
        check("::1", Ok(("::1", 128)));
        check("10.1.2.3/16", Err("did you mean `10.1.0.0/16`?"));
        check("fd00::1/8", Err("did you mean `fd00::/8`?"));
        check("0.0.0.0/0", Err("every address"));
        check("10.0.0.0/33", Err("no network"));
        check("10.0.0/8", Err("no network"));
        check("internal", Err("no network"));
    }
}
