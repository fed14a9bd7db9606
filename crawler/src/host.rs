//! Hosts: every source that asks the same host waits for the same turn.

mod breaker;
mod gate;
mod pace;

pub(crate) use crate::host::gate::{Closed, Gate, Turn, Visit, unless_stopped};

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use time::OffsetDateTime;
use url::Url;

use crate::access::Access;
use crate::robots::Rules;

/// All hosts of a run.
#[derive(Debug, Default)]
pub struct Hosts {
    gates: Mutex<BTreeMap<String, Arc<Gate>>>,
    robots: Mutex<BTreeMap<String, RobotsOf>>,
    n_errands: AtomicU64,
}

/// The rules of one origin, under a lock that is held while they are fetched.
pub(crate) type RobotsOf = Arc<tokio::sync::Mutex<Option<HeldRules>>>;

/// Rules that were fetched.
#[derive(Debug, Clone)]
pub(crate) struct HeldRules {
    /// The rules.
    pub rules: Arc<Rules>,
    /// When they have to be fetched again.
    pub good_until: OffsetDateTime,
}

impl Hosts {
    /// The gate of the host that an address names. It keeps the manners of whoever asked it for the most.
    pub(crate) fn gate(&self, url: &Url, access: &Access) -> Arc<Gate> {
        let host = format!(
            "{}:{}",
            url.host_str().unwrap_or_default(),
            url.port_or_known_default().unwrap_or_default()
        );
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        let gate = gates.entry(host).or_insert_with_key(|host| Arc::new(Gate::new(host.clone())));
        gate.narrow(access.at_once);
        gate.slow_down(access.pace);
        Arc::clone(gate)
    }

    /// The rules of the origin of an address.
    pub(crate) fn robots(&self, url: &Url) -> RobotsOf {
        let origin = url.origin().ascii_serialization();
        let mut robots = self.robots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(robots.entry(origin).or_default())
    }

    /// A number for whoever sets out to fetch something, all attempts together.
    pub(crate) fn number(&self) -> u64 {
        self.n_errands.fetch_add(1, Ordering::Relaxed)
    }
}
