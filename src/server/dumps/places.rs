//! The places of dumps: so many are written at once, and no client has all of them.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::server::caller::Shares;
use crate::server::client::Client;

/// How many dumps are written at once.
pub(super) const MAX_PLACES: usize = 3;

/// How many of them for one client, so that a place is left for others.
const MAX_OF_ONE: usize = MAX_PLACES - 1;

/// The places.
pub(in crate::server) struct Places {
    free: Arc<Semaphore>,
    shares: Shares,
}

/// A place; given back when it is dropped.
pub(in crate::server) struct Place {
    _free: OwnedSemaphorePermit,
    _share: Option<OwnedSemaphorePermit>,
}

impl Default for Places {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(MAX_PLACES)), shares: Shares::new(MAX_OF_ONE) }
    }
}

impl Places {
    /// A place for a client; none where all are taken, or all that one client may have.
    pub(in crate::server) fn take(&self, client: Option<Client>) -> Option<Place> {
        let share = match client {
            Some(client) => Some(self.shares.of(client).try_acquire_owned().ok()?),
            None => None,
        };
        let free = Arc::clone(&self.free).try_acquire_owned().ok()?;
        Some(Place { _free: free, _share: share })
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{MAX_OF_ONE, Places};
    use crate::server::client::Client;

    #[test]
    fn no_client_has_all_places_and_a_place_is_given_back() {
        let places = Places::default();
        let client = |text: &str| Some(Client::from(text.parse::<IpAddr>().unwrap()));
        let (one, other) = (client("192.0.2.7"), client("192.0.2.8"));
        let mut held: Vec<_> = (0..MAX_OF_ONE).map(|_| places.take(one).unwrap()).collect();
        assert!(places.take(one).is_none());
        let last = places.take(other).unwrap();
        assert!(places.take(client("192.0.2.9")).is_none() && places.take(None).is_none());
        drop(last);
        // Whoever was turned away has taken nothing.
        assert!(places.take(one).is_none());
        held.pop();
        assert!(places.take(one).is_some());
    }
}
