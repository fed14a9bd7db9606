//! What a run has used of its budget.

use std::sync::atomic::{AtomicU64, Ordering};

use time::OffsetDateTime;

use crate::access::Budget;
use crate::client::error::FetchError;

/// What was used.
#[derive(Debug)]
pub(super) struct Spent {
    budget: Budget,
    began: OffsetDateTime,
    n_requests: AtomicU64,
    n_bytes: AtomicU64,
}

impl Spent {
    /// Begins a run.
    pub(super) fn new(budget: Budget, now: OffsetDateTime) -> Self {
        Self { budget, began: now, n_requests: AtomicU64::new(0), n_bytes: AtomicU64::new(0) }
    }

    /// Counts a request that is to be made, unless it may not.
    pub(super) fn request(&self, now: OffsetDateTime) -> Result<(), FetchError> {
        if now - self.began > self.budget.time {
            return Err(FetchError::Budget { what: "time" });
        }
        if self.n_bytes.load(Ordering::Relaxed) >= self.budget.bytes {
            return Err(FetchError::Budget { what: "bytes" });
        }
        if self.n_requests.fetch_add(1, Ordering::Relaxed) >= self.budget.requests {
            self.n_requests.fetch_sub(1, Ordering::Relaxed);
            return Err(FetchError::Budget { what: "requests" });
        }
        Ok(())
    }

    /// Counts bytes that came.
    pub(super) fn bytes(&self, n_bytes: usize) -> Result<(), FetchError> {
        let n_bytes = u64::try_from(n_bytes).unwrap_or(u64::MAX);
        let before = self.n_bytes.fetch_add(n_bytes, Ordering::Relaxed);
        if before.saturating_add(n_bytes) > self.budget.bytes {
            return Err(FetchError::Budget { what: "bytes" });
        }
        Ok(())
    }

    /// The requests that were made and the bytes that came.
    pub(super) fn usage(&self) -> (u64, u64) {
        (self.n_requests.load(Ordering::Relaxed), self.n_bytes.load(Ordering::Relaxed))
    }
}
