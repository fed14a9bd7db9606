//! Where the requests to one host wait for their turn.

use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::access::{Clock, Retry};
use crate::host::breaker::{Breaker, Standing};
use crate::host::pace::Pace;
use crate::stop::Stop;

/// More permits than anybody configures.
const UNLIMITED: usize = 1 << 20;

/// The gate of one host and port.
#[derive(Debug)]
pub(crate) struct Gate {
    host: String,
    permits: Arc<Semaphore>,
    state: Mutex<State>,
    /// Told when the request that went first after a rest has ended.
    probe_ended: Notify,
}

#[derive(Debug)]
struct State {
    at_once: usize,
    /// Permits that are still out and must not come back.
    n_surplus: usize,
    pace: Pace,
    /// Until when the host wants to be left alone.
    asked_until: Option<OffsetDateTime>,
    breaker: Breaker,
}

/// Who comes to a gate.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visit<'v> {
    /// The number of what is fetched, the same at every attempt.
    pub errand: u64,
    /// The clock.
    pub clock: Clock,
    /// The word that ends the wait.
    pub stop: &'v Stop,
    /// How long to wait, and when to give up.
    pub retry: &'v Retry,
}

/// Why the gate does not open.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Closed {
    /// The run was told to stop.
    Stopped,
    /// The host is left alone.
    Resting {
        /// The host with its port.
        host: String,
        /// Until then.
        until: OffsetDateTime,
        /// Why.
        reason: String,
    },
}

/// A turn at a host, from the beginning of the request to the end of the body. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Turn {
    gate: Arc<Gate>,
    permit: Option<OwnedSemaphorePermit>,
    is_probe: bool,
}

/// What a glance at the gate tells.
enum Glance {
    Go,
    Wait(Duration),
    WaitUntil(OffsetDateTime, Duration),
    WaitForProbe,
}

impl Gate {
    /// A gate that nobody has waited at.
    pub(super) fn new(host: String) -> Self {
        let state = State {
            at_once: UNLIMITED,
            n_surplus: 0,
            pace: Pace::default(),
            asked_until: None,
            breaker: Breaker::default(),
        };
        let permits = Arc::new(Semaphore::new(UNLIMITED));
        Self { host, permits, state: Mutex::new(state), probe_ended: Notify::new() }
    }

    /// Lets at most so many through at once, from the next one on.
    pub(super) fn narrow(&self, at_once: usize) {
        let mut state = self.state();
        let surplus = state.at_once.saturating_sub(at_once.max(1));
        state.at_once -= surplus;
        state.n_surplus += surplus - self.permits.forget_permits(surplus);
    }

    /// Lets them through at this pace or a slower one, from the next one on.
    pub(crate) fn slow_down(&self, pace: Duration) {
        self.state().pace.lengthen(pace);
    }

    /// Waits for a turn.
    pub(crate) async fn enter(self: &Arc<Self>, visit: &Visit<'_>) -> Result<Turn, Closed> {
        let permit = unless_stopped(visit.stop, Arc::clone(&self.permits).acquire_owned()).await?;
        let mut turn = Turn { gate: Arc::clone(self), permit: permit.ok(), is_probe: false };
        let mut waited_until = None;
        loop {
            let mut probe_ended = pin!(self.probe_ended.notified());
            probe_ended.as_mut().enable();
            match self.glance(visit, waited_until, &mut turn)? {
                Glance::Go => return Ok(turn),
                Glance::Wait(wait) => sleep(visit.stop, wait).await?,
                Glance::WaitUntil(moment, wait) => {
                    sleep(visit.stop, wait).await?;
                    // A clock that stands still, or was set back, keeps nobody waiting twice for the same moment.
                    waited_until = Some(moment);
                }
                Glance::WaitForProbe => unless_stopped(visit.stop, probe_ended).await?,
            }
        }
    }

    fn glance(
        &self,
        visit: &Visit<'_>,
        waited_until: Option<OffsetDateTime>,
        turn: &mut Turn,
    ) -> Result<Glance, Closed> {
        if visit.stop.is_set() {
            return Err(Closed::Stopped);
        }
        let now = (visit.clock)();
        let mut state = self.state();
        if let Some(until) =
            state.asked_until.filter(|until| *until > now && waited_until != Some(*until))
        {
            let wait = (until - now).unsigned_abs();
            if wait > visit.retry.longest_wait {
                return Err(self.resting(until, "it asks for that".to_owned()));
            }
            return Ok(Glance::WaitUntil(until, wait));
        }
        let standing = state.breaker.standing(now);
        match standing {
            Standing::Resting(until) => {
                let n_failures = state.breaker.failures();
                return Err(self.resting(until, format!("it failed {n_failures} times in a row")));
            }
            Standing::Probed => return Ok(Glance::WaitForProbe),
            Standing::Well | Standing::Probe => {}
        }
        if let Err(wait) = state.pace.begin() {
            return Ok(Glance::Wait(wait));
        }
        if standing == Standing::Probe {
            state.breaker.probe(true);
            turn.is_probe = true;
        }
        Ok(Glance::Go)
    }

    fn resting(&self, until: OffsetDateTime, reason: String) -> Closed {
        Closed::Resting { host: self.host.clone(), until, reason }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Turn {
    /// Notes that the host answered as it should.
    pub(crate) fn succeed(&self) {
        self.gate.state().breaker.succeed();
    }

    /// Notes that the host failed, and how long it wants to be left alone, if it says so.
    ///
    /// # Errors
    /// Where that is longer than anybody waits.
    pub(crate) fn fail(
        &self,
        visit: &Visit<'_>,
        retry_after: Option<Duration>,
    ) -> Result<(), Closed> {
        let now = (visit.clock)();
        let mut state = self.gate.state();
        state.breaker.fail(visit.errand, visit.retry, now);
        let Some(wait) = retry_after else { return Ok(()) };
        let until =
            now.saturating_add(time::Duration::try_from(wait).unwrap_or(time::Duration::MAX));
        state.asked_until = state.asked_until.max(Some(until));
        if wait > visit.retry.longest_wait {
            return Err(self.gate.resting(until, "it asks for that".to_owned()));
        }
        Ok(())
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut state = self.gate.state();
        if self.is_probe {
            state.breaker.probe(false);
            self.gate.probe_ended.notify_waiters();
        }
        if state.n_surplus > 0
            && let Some(permit) = self.permit.take()
        {
            state.n_surplus -= 1;
            permit.forget();
        }
    }
}

/// Waits for something, unless the run is to stop.
pub(crate) async fn unless_stopped<T>(
    stop: &Stop,
    what: impl Future<Output = T>,
) -> Result<T, Closed> {
    tokio::select! {
        biased;
        () = stop.wait() => Err(Closed::Stopped),
        done = what => Ok(done),
    }
}

async fn sleep(stop: &Stop, wait: Duration) -> Result<(), Closed> {
    unless_stopped(stop, tokio::time::sleep(wait)).await
}
