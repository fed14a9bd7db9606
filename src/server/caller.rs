//! Whoever asks what is being answered: what that comes to, and how much of what all share is taken for it.
//!
//! What a request costs is known in part before it is answered, by its route, and in part only when its body is read. Both is one
//! bill, so that a batch never costs more than a client with a full account has.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Semaphore;

use crate::server::client::Client;
use crate::server::rates::{Account, Exhausted, Rates};

tokio::task_local! {
    static CALLER: Caller;
}

/// Whoever asks; nobody where nobody is counted.
#[derive(Clone, Default)]
pub(super) struct Caller(Option<Arc<Counted>>);

/// A client that is counted, for one request.
struct Counted {
    client: Client,
    rates: Arc<Rates>,
    bill: Mutex<Bill>,
}

/// What a request comes to.
#[derive(Default)]
struct Bill {
    /// What was taken so far.
    taken: u32,
    /// What was left to the client then.
    account: Option<Account>,
}

impl Caller {
    /// Whoever makes a request, where that is known and counted.
    pub(super) fn new(client: Option<Client>, rates: Option<Arc<Rates>>) -> Self {
        let counted = |(client, rates)| Counted { client, rates, bill: Mutex::default() };
        Self(client.zip(rates).map(counted).map(Arc::new))
    }

    /// Whoever asks what this task is answering.
    pub(super) fn of_now() -> Self {
        CALLER.try_with(Self::clone).unwrap_or_default()
    }

    /// Answers on behalf of the caller.
    pub(super) async fn hear<F: Future>(&self, answering: F) -> F::Output {
        CALLER.scope(self.clone(), answering).await
    }

    /// Its client.
    pub(super) fn client(&self) -> Option<Client> {
        self.0.as_ref().map(|counted| counted.client)
    }

    /// Takes what a request comes to in all, less what was taken before. It never comes to more than anybody may have at once.
    ///
    /// # Errors
    /// There is not as much left.
    pub(super) fn owes(&self, cost: usize) -> Result<(), Exhausted> {
        let Some(counted) = &self.0 else { return Ok(()) };
        let mut bill = counted.bill.lock().unwrap_or_else(PoisonError::into_inner);
        let cost = u32::try_from(cost).unwrap_or(u32::MAX).min(counted.rates.burst());
        let Some(more) = NonZeroU32::new(cost.saturating_sub(bill.taken)) else { return Ok(()) };
        match counted.rates.take(counted.client, more) {
            Ok(account) => {
                *bill = Bill { taken: cost, account: Some(account) };
                Ok(())
            }
            Err(exhausted) => {
                bill.account = Some(exhausted.account);
                Err(exhausted)
            }
        }
    }

    /// What is left to the client, where anything was taken.
    pub(super) fn account(&self) -> Option<Account> {
        let counted = self.0.as_ref()?;
        counted.bill.lock().unwrap_or_else(PoisonError::into_inner).account
    }
}

/// How much each client may take of what all share.
#[derive(Debug)]
pub(super) struct Shares {
    each: usize,
    /// Those of clients that have or want any.
    taken: Mutex<BTreeMap<Client, Arc<Semaphore>>>,
}

impl Shares {
    /// Shares of so much for each client.
    pub(super) fn new(each: usize) -> Self {
        Self { each, taken: Mutex::default() }
    }

    /// Half of a number of places, and one at least.
    pub(super) fn half(places: usize) -> Self {
        Self::new((places / 2).max(1))
    }

    /// The share of a client.
    pub(super) fn of(&self, client: Client) -> Arc<Semaphore> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever has some of it, or waits for it, has a handle of it. There are no more of these than connections.
        taken.retain(|_, share| Arc::strong_count(share) > 1);
        let share = taken.entry(client).or_insert_with(|| Arc::new(Semaphore::new(self.each)));
        Arc::clone(share)
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::sync::Arc;

    use super::{Caller, Shares};
    use crate::config::Limits;
    use crate::server::client::Client;
    use crate::server::rates::Rates;

    fn client(number: u8) -> Client {
        Client::from(IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)))
    }

    #[test]
    fn a_request_is_charged_for_what_it_comes_to_and_never_more_than_there_is() {
        let limits = Limits { rate: 1, burst: 60, ..Limits::DEFAULT };
        let rates = Rates::of(&limits).map(Arc::new);
        let caller = |number| Caller::new(Some(client(number)), rates.clone());
        let small = caller(1);
        for cost in [5, 3, 20, 20] {
            small.owes(cost).unwrap();
        }
        let left = |caller: &Caller| caller.account().unwrap().left();
        assert!((40..43).contains(&left(&small)), "{}", left(&small));
        let large = caller(2);
        large.owes(5).unwrap();
        large.owes(10_000).unwrap();
        assert!(left(&large) < 3);
        let next = caller(2);
        assert!(next.owes(20).unwrap_err().wait >= 1);
        assert_eq!(left(&next), 0);
        let nobody = Caller::new(Some(client(2)), None);
        assert!(nobody.owes(20).is_ok() && nobody.account().is_none());
    }

    #[test]
    fn each_client_has_a_share_of_its_own_which_is_forgotten_when_nobody_has_any() {
        let shares = Shares::half(5);
        let taken: Vec<_> =
            (0..2).map(|_| shares.of(client(1)).try_acquire_owned().unwrap()).collect();
        assert!(shares.of(client(1)).try_acquire_owned().is_err());
        let other = shares.of(client(2)).try_acquire_owned();
        assert!(other.is_ok());
        drop(taken);
        let again = shares.of(client(1)).try_acquire_owned();
        assert!(again.is_ok());
        drop((other, again));
        drop(shares.of(client(3)));
        assert_eq!(shares.taken.lock().unwrap().len(), 1);
        assert_eq!(Shares::half(1).each, 1);
    }
}
