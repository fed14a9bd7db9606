//! The time that the queries of each client have taken.
//!
//! What a query takes is known when it is over, so it is a debt, which time pays off: whoever owes more than it may waits.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::server::client::Client;

/// The time that the queries of one client may take in the same time, at once and in the long run: a minute in a minute.
const MINUTE: Duration = Duration::from_mins(1);

/// When the debt of each client is paid; whoever owes nothing is not here.
#[derive(Debug, Default)]
pub(super) struct Spent(Mutex<BTreeMap<Client, Instant>>);

impl Spent {
    /// Whether a client may ask.
    ///
    /// # Errors
    /// The time after which it may.
    pub(super) fn check(&self, client: Client, now: Instant) -> Result<(), Duration> {
        let spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let owed = spent.get(&client).map(|paid| paid.saturating_duration_since(now));
        let beyond = owed.unwrap_or_default().saturating_sub(MINUTE);
        if beyond.is_zero() { Ok(()) } else { Err(beyond) }
    }

    /// Notes what a query of a client took that is over.
    pub(super) fn add(&self, client: Client, taken: Duration, now: Instant) {
        let mut spent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        spent.retain(|_, paid| *paid > now);
        *spent.entry(client).or_insert(now) += taken;
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::{Duration, Instant};

    use super::Spent;
    use crate::server::client::Client;

    #[test]
    fn a_client_whose_queries_took_more_than_a_minute_waits_until_that_is_paid_off() {
        let client = |number| Client::from(IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)));
        let (spent, begun) = (Spent::default(), Instant::now());
        let at = |seconds| begun + Duration::from_secs(seconds);
        for n in 1..=13 {
            assert_eq!(spent.check(client(1), at(0)), Ok(()), "{n}");
            spent.add(client(1), Duration::from_secs(5), at(0));
        }
        assert_eq!(spent.check(client(1), at(0)), Err(Duration::from_secs(5)));
        assert_eq!(spent.check(client(2), at(0)), Ok(()));
        assert_eq!(spent.check(client(1), at(3)), Err(Duration::from_secs(2)));
        assert_eq!(spent.check(client(1), at(5)), Ok(()));
        spent.add(client(2), Duration::from_secs(5), at(66));
        assert_eq!(spent.0.lock().unwrap().len(), 1, "who owes nothing is forgotten");
    }
}
