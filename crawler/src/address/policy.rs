//! Which addresses a source may be asked at, and which of them a name may stand for.

use std::net::{IpAddr, Ipv4Addr};

use url::{Host, Url};

use crate::access::{Access, Credentials, Network};
use crate::address::special::{lies_in, special};

/// What the configuration of a source lets its requests connect to.
///
/// Every place on the public Internet may be asked. A special address may be only where the configuration names it: as the host of the
/// source or of its token endpoint, for exactly that port, or as a private network.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    named: Vec<(Host, u16)>,
    networks: Vec<Network>,
}

/// Why an address is not connected to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Refused(String);

impl Policy {
    /// What the configuration of a source allows.
    pub(crate) fn of(access: &Access) -> Self {
        let token_url = match &access.credentials {
            Credentials::Client { token_url, .. } => Some(token_url),
            Credentials::None | Credentials::Token(_) => None,
        };
        let named = [Some(&access.base), token_url].into_iter().flatten();
        Self {
            named: named.filter_map(named_by).collect(),
            networks: access.private_networks.clone(),
        }
    }

    /// Whether an address may be asked, as far as it tells before a name is resolved.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Refused> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refused("only http and https are asked".to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused("there is a user name or a password in it".to_owned()));
        }
        match url.host() {
            None => Err(Refused("it names no host".to_owned())),
            Some(_) if self.names(url) => Ok(()),
            Some(Host::Ipv4(address)) => self.check_ip(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => self.check_ip(IpAddr::V6(address)),
            Some(Host::Domain(name)) if is_localhost(name) => {
                self.check_ip(IpAddr::V4(Ipv4Addr::LOCALHOST))
            }
            Some(Host::Domain(_)) => Ok(()),
        }
    }

    /// Whether a name may be connected to that stands for these addresses; one that is not allowed is enough to refuse it.
    pub(crate) fn check_resolved(&self, name: &str, found: &[IpAddr]) -> Result<(), Refused> {
        if found.is_empty() {
            return Err(Refused(format!("`{name}` has no address")));
        }
        // Its port was checked before: this name always stands for this machine.
        if is_localhost(name) && found.iter().all(IpAddr::is_loopback) {
            return Ok(());
        }
        found.iter().try_for_each(|address| self.check_ip(*address))
    }

    /// Whether this is an address that a connection for `url` may have led to.
    pub(crate) fn check_connected(&self, url: &Url, address: IpAddr) -> Result<(), Refused> {
        let is_named = self.names(url)
            && match url.host() {
                Some(Host::Ipv4(literal)) => address == IpAddr::V4(literal),
                Some(Host::Ipv6(literal)) => address == IpAddr::V6(literal),
                _ => address.is_loopback(),
            };
        if is_named { Ok(()) } else { self.check_ip(address) }
    }

    /// Whether the configuration names this very host and port, as one that may have a special address.
    fn names(&self, url: &Url) -> bool {
        named_by(url).is_some_and(|host| self.named.contains(&host))
    }

    fn check_ip(&self, address: IpAddr) -> Result<(), Refused> {
        let Some(what) = special(address) else { return Ok(()) };
        if self.networks.iter().any(|network| lies_in(address, network)) {
            return Ok(());
        }
        Err(Refused(format!("the address {address} is {what}")))
    }
}

/// The host and port that an address names, where the host can be told to be special without asking anybody.
fn named_by(url: &Url) -> Option<(Host, u16)> {
    let host = match url.host()? {
        Host::Domain(name) if is_localhost(name) => {
            Host::Domain(name.trim_end_matches('.').to_owned())
        }
        Host::Domain(_) => return None,
        address => address.to_owned(),
    };
    Some((host, url.port_or_known_default()?))
}

/// Whether a name stands for this machine ([RFC 6761 section 6.3](https://www.rfc-editor.org/rfc/rfc6761#section-6.3)).
pub(crate) fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether an address names this machine itself, so that nobody in between reads along.
pub(crate) fn is_on_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => is_localhost(name),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(base: &str) -> Policy {
        Policy::of(&Access::of(Url::parse(base).unwrap(), "tests"))
    }

    #[track_caller]
    fn check(policy: &Policy, url: &str, expected: &str) {
        let said = policy.check(&Url::parse(url).unwrap());
        assert_eq!(said.err().map(|refused| refused.0).unwrap_or_default(), expected, "{url}");
    }

    #[test]
    fn only_what_is_on_the_web_is_asked() {
        let policy = policy("https://case.example.org/");
        check(&policy, "https://case.example.org/ims", "");
        check(&policy, "http://other.example.org:8080/", "");
        check(&policy, "ftp://case.example.org/", "only http and https are asked");
        check(&policy, "file:///etc/passwd", "only http and https are asked");
        check(&policy, "https://me@case.example.org/", "there is a user name or a password in it");
        check(&policy, "https://:pw@case.example.org/", "there is a user name or a password in it");
    }

    #[test]
    fn an_address_of_this_machine_is_refused_in_every_spelling() {
        let policy = policy("https://case.example.org/");
        for url in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://127.0.0.1./",
            "http://１２７.0.0.1/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://anything.localhost:9000/",
        ] {
            check(&policy, url, "the address 127.0.0.1 is a loopback");
        }
        check(&policy, "http://[::1]/", "the address ::1 is a loopback");
        check(
            &policy,
            "http://[::ffff:169.254.169.254]/",
            "the address ::ffff:169.254.169.254 is an IPv4 address in disguise",
        );
        check(&policy, "http://0/", "the address 0.0.0.0 is of this host");
        check(&policy, "http://169.254.169.254/", "the address 169.254.169.254 is link-local");
    }

    #[test]
    fn what_the_base_names_is_allowed_for_its_port_alone() {
        let literal = policy("http://127.0.0.1:8000/case");
        check(&literal, "http://127.0.0.1:8000/elsewhere", "");
        check(&literal, "http://127.0.0.1:8001/", "the address 127.0.0.1 is a loopback");
        check(&literal, "http://127.0.0.2:8000/", "the address 127.0.0.2 is a loopback");
        check(&literal, "http://localhost:8000/", "the address 127.0.0.1 is a loopback");
        check(&literal, "http://[::1]:8000/", "the address ::1 is a loopback");
        let name = policy("http://localhost:8000/");
        check(&name, "http://localhost:8000/", "");
        check(&name, "http://localhost.:8000/", "");
        check(&name, "http://localhost:8001/", "the address 127.0.0.1 is a loopback");
        check(&name, "http://a.localhost:8000/", "the address 127.0.0.1 is a loopback");
        check(&name, "http://127.0.0.1:8000/", "the address 127.0.0.1 is a loopback");
    }

    #[test]
    fn the_token_endpoint_is_named_too() {
        let mut access = Access::of(Url::parse("https://case.example.org/").unwrap(), "tests");
        access.credentials = Credentials::Client {
            token_url: Url::parse("http://127.0.0.1:9000/token").unwrap(),
            client_id: String::new(),
            client_secret: crate::access::Secret::new(""),
            scopes: Vec::new(),
            comma_separated: false,
            in_body: false,
        };
        let policy = Policy::of(&access);
        check(&policy, "http://127.0.0.1:9000/token", "");
        check(&policy, "http://127.0.0.1:9001/token", "the address 127.0.0.1 is a loopback");
    }

    #[test]
    fn a_private_network_is_allowed_for_names_and_literals() {
        let mut access = Access::of(Url::parse("https://case.example.org/").unwrap(), "tests");
        access.private_networks =
            vec![Network { address: "10.1.0.0".parse().unwrap(), prefix: 16 }];
        let policy = Policy::of(&access);
        check(&policy, "http://10.1.2.3/", "");
        check(&policy, "http://10.2.0.1/", "the address 10.2.0.1 is private");
        let resolved = |addresses: &[&str]| {
            let addresses: Vec<IpAddr> =
                addresses.iter().map(|text| text.parse().unwrap()).collect();
            policy.check_resolved("a.example.org", &addresses)
        };
        assert_eq!(resolved(&["10.1.2.3", "::ffff:10.1.2.3", "8.8.8.8"]), Ok(()));
        assert!(resolved(&["8.8.8.8", "10.2.0.1"]).is_err());
        assert!(resolved(&[]).is_err());
    }

    #[test]
    fn a_name_of_which_one_address_is_special_is_refused_whole() {
        let policy = policy("https://case.example.org/");
        let v4 = |text: &str| IpAddr::V4(text.parse().unwrap());
        assert_eq!(policy.check_resolved("a.example.org", &[v4("8.8.8.8")]), Ok(()));
        let said = policy.check_resolved("a.example.org", &[v4("8.8.8.8"), v4("192.168.0.1")]);
        assert_eq!(said, Err(Refused("the address 192.168.0.1 is private".to_owned())));
    }

    #[test]
    fn a_connection_that_led_elsewhere_is_refused() {
        let policy = policy("http://127.0.0.1:8000/");
        let check = |url: &str, address: &str, is_fine: bool| {
            let said = policy.check_connected(&Url::parse(url).unwrap(), address.parse().unwrap());
            assert_eq!(said.is_ok(), is_fine, "{url} {address}");
        };
        check("http://127.0.0.1:8000/", "127.0.0.1", true);
        check("http://127.0.0.1:8000/", "127.0.0.2", false);
        check("http://case.example.org/", "127.0.0.1", false);
        check("http://case.example.org/", "8.8.8.8", true);
    }
}
