//! How much each client may ask in a time, and how that is told
//! ([RateLimit header fields](https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/)).

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::header::HeaderName;
use axum::http::{HeaderMap, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::nanos::Nanos;
use governor::state::StateStore;
use governor::state::keyed::ShrinkableKeyedStateStore;
use governor::{Quota, RateLimiter};
use tokio::time::{MissedTickBehavior, interval};

use crate::config::Limits;
use crate::server::client::Client;

/// What is left to a client.
pub(super) const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// What every client may ask.
pub(super) const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The most clients that are counted one by one. Those who come on top share one account until others are forgotten.
const MAX_CLIENTS: usize = 100_000;

/// How often clients are forgotten who have been quiet for long enough to have all they may have.
const PERIOD: Duration = Duration::from_mins(1);

/// How often it is looked, at most, who may be forgotten to make room for others.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(1);

/// What every client may ask, and what each has left.
pub(super) struct Rates {
    accounts: RateLimiter<Client, Book, DefaultClock, StateInformationMiddleware>,
    max_clients: usize,
    /// When it was last looked who may be forgotten.
    swept: Mutex<Option<Instant>>,
    rate: NonZeroU32,
    burst: NonZeroU32,
}

/// What is left to a client, as its answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    left: u32,
    /// The seconds after which more is left.
    reset: u64,
    rate: NonZeroU32,
    burst: NonZeroU32,
}

/// A client has asked too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted {
    /// What is left, which is nothing.
    pub account: Account,
    /// The seconds after which it may ask again.
    pub wait: u64,
}

impl Rates {
    /// By the configuration; none where it counts nobody.
    pub(super) fn of(limits: &Limits) -> Option<Self> {
        let rate = NonZeroU32::new(limits.rate)?;
        let burst = NonZeroU32::new(limits.burst).unwrap_or(rate);
        let quota = Quota::per_second(rate).allow_burst(burst);
        Some(Self::with_room_for(MAX_CLIENTS, quota, (rate, burst)))
    }

    fn with_room_for(
        max_clients: usize,
        quota: Quota,
        (rate, burst): (NonZeroU32, NonZeroU32),
    ) -> Self {
        let book = Book { max_clients, accounts: Mutex::default() };
        let accounts = RateLimiter::new(quota, book, DefaultClock::default());
        Self { accounts, max_clients, swept: Mutex::default(), rate, burst }
    }

    /// What each client may ask at once.
    pub(super) fn burst(&self) -> u32 {
        self.burst.get()
    }

    /// Takes what a request costs.
    ///
    /// # Errors
    /// There is not as much left. What costs more than anybody may have at once takes all of it.
    pub(super) fn take(&self, client: Client, cost: NonZeroU32) -> Result<Account, Exhausted> {
        let account = |left, reset| Account { left, reset, rate: self.rate, burst: self.burst };
        self.make_room();
        match self.accounts.check_key_n(&client, cost.min(self.burst)) {
            Ok(Ok(state)) => {
                let left = state.remaining_burst_capacity();
                let missing = self.burst.get().saturating_sub(left);
                Ok(account(left, missing.div_ceil(self.rate.get()).into()))
            }
            Ok(Err(until)) => {
                let wait = in_seconds(until.wait_time_from(self.accounts.clock().now())).max(1);
                Err(Exhausted { account: account(0, wait), wait })
            }
            // The cost is no more than the burst.
            Err(_) => Err(Exhausted { account: account(0, 1), wait: 1 }),
        }
    }

    /// Forgets clients from time to time; `governor` never does by itself.
    pub(super) async fn forget(rates: Arc<Self>) {
        let mut ticks = interval(PERIOD);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            rates.accounts.retain_recent();
        }
    }

    /// Forgets whom it can where there is no room for others, and not again and again.
    fn make_room(&self) {
        if self.accounts.len() < self.max_clients {
            return;
        }
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if swept.is_none_or(|swept| swept.elapsed() >= BETWEEN_SWEEPS) {
            *swept = Some(Instant::now());
            self.accounts.retain_recent();
        }
    }
}

/// The accounts of clients. Who comes when there is no room for more has that of no client.
struct Book {
    max_clients: usize,
    accounts: Mutex<BTreeMap<Option<Client>, Nanos>>,
}

impl StateStore for Book {
    type Key = Client;

    fn measure_and_replace<T, F, E>(&self, client: &Client, measure: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let own = Some(*client);
        let has_own = accounts.len() < self.max_clients || accounts.contains_key(&own);
        let name = if has_own { own } else { None };
        let (measured, account) = measure(accounts.get(&name).copied())?;
        accounts.insert(name, account);
        Ok(measured)
    }
}

impl ShrinkableKeyedStateStore<Client> for Book {
    fn retain_recent(&self, drop_below: Nanos) {
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        accounts.retain(|_, account| *account > drop_below);
    }

    fn len(&self) -> usize {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Account {
    /// What is left.
    #[cfg(test)]
    pub(super) fn left(self) -> u32 {
        self.left
    }

    /// Tells it in the header of an answer.
    pub(super) fn tell(self, headers: &mut HeaderMap) {
        let full = self.burst.get().div_ceil(self.rate.get());
        let policy = format!("\"client\";q={};w={full}", self.burst);
        let left = format!("\"client\";r={};t={}", self.left, self.reset);
        for (name, value) in [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, left)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }
}

/// Whole seconds, and one more for a part of one.
fn in_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::num::NonZeroU32;

    use axum::http::HeaderMap;

    use super::{Client, Limits, Quota, Rates};

    const LIMITS: Limits = Limits { rate: 1, burst: 60, ..Limits::DEFAULT };

    fn client(number: u8) -> Client {
        Client::from(IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)))
    }

    fn cost(cost: u32) -> NonZeroU32 {
        NonZeroU32::new(cost).unwrap()
    }

    #[test]
    fn a_client_that_asks_too_much_is_told_when_and_others_are_let_be() {
        let rates = Rates::of(&LIMITS).unwrap();
        assert!(rates.take(client(1), cost(50)).is_ok());
        let refused = rates.take(client(1), cost(50)).unwrap_err();
        assert!((1..=40).contains(&refused.wait), "{refused:?}");
        assert!(rates.take(client(2), cost(50)).is_ok());
        // What costs more than anybody has is not refused for ever.
        assert!(rates.take(client(3), cost(1_000)).is_ok());
        assert!(rates.take(client(3), cost(1_000)).is_err());
    }

    #[test]
    fn what_is_left_is_told() {
        let rates = Rates::of(&LIMITS).unwrap();
        let mut headers = HeaderMap::new();
        rates.take(client(1), cost(20)).unwrap().tell(&mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"client\";q=60;w=60");
        assert_eq!(headers["ratelimit"], "\"client\";r=40;t=20");
        rates.take(client(1), cost(60)).unwrap_err().account.tell(&mut headers);
        assert!(headers["ratelimit"].to_str().unwrap().starts_with("\"client\";r=0;t="));
    }

    #[test]
    fn who_comes_when_there_is_no_room_shares_an_account_and_those_before_keep_theirs() {
        let (rate, burst) = (cost(1), cost(60));
        let quota = Quota::per_second(rate).allow_burst(burst);
        let rates = Rates::with_room_for(2, quota, (rate, burst));
        rates.take(client(1), cost(10)).unwrap();
        rates.take(client(2), cost(10)).unwrap();
        rates.take(client(3), cost(50)).unwrap();
        assert!(rates.take(client(4), cost(50)).is_err(), "it has what the third has left");
        for before in [1, 2] {
            assert!(rates.take(client(before), cost(50)).is_ok());
        }
        assert_eq!(rates.accounts.len(), 3);
    }

    #[test]
    fn a_rate_of_nothing_counts_nobody() {
        assert!(Rates::of(&Limits { rate: 0, ..LIMITS }).is_none());
    }

    #[test]
    fn quiet_clients_are_forgotten() {
        let rates = Rates::of(&Limits { rate: 1_000_000_000, burst: 1, ..LIMITS }).unwrap();
        for number in 0..=255 {
            assert!(rates.take(client(number), cost(1)).is_ok());
        }
        assert_eq!(rates.accounts.len(), 256);
        while !rates.accounts.is_empty() {
            rates.accounts.retain_recent();
        }
    }
}
