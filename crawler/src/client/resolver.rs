//! Resolves names once, and gives only addresses that may be connected to.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::address::{Policy, is_localhost};

/// Looks a name up.
pub(super) trait Lookup: Send + Sync {
    /// The addresses that a name stands for.
    fn look_up(&self, name: String) -> Found;
}

/// What a look-up will find.
pub(super) type Found = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Asks the system.
#[derive(Debug)]
pub(super) struct SystemLookup;

impl Lookup for SystemLookup {
    fn look_up(&self, name: String) -> Found {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Resolves names for the connections of one source. What it gives is what is connected to: nobody looks the name up a second time.
#[derive(Clone)]
pub(super) struct Resolver {
    policy: Arc<Policy>,
    lookup: Arc<dyn Lookup>,
}

impl Resolver {
    /// Resolves what the policy allows.
    pub(super) fn new(policy: Arc<Policy>, lookup: Arc<dyn Lookup>) -> Self {
        Self { policy, lookup }
    }
}

impl fmt::Debug for Resolver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resolver").field("policy", &self.policy).finish_non_exhaustive()
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let Self { policy, lookup } = self.clone();
        let name = name.as_str().to_owned();
        Box::pin(async move {
            let found = if is_localhost(&name) {
                // Nobody outside is asked where this machine is.
                vec![IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)]
            } else {
                lookup.look_up(name.clone()).await?
            };
            policy.check_resolved(&name, &found)?;
            // Port 0 stands for the port of the address that is asked.
            let sockets = found.into_iter().map(|address| SocketAddr::new(address, 0));
            let addresses: Addrs = Box::new(sockets.collect::<Vec<_>>().into_iter());
            Ok(addresses)
        })
    }
}
