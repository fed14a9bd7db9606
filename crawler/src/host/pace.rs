//! The least time between the beginnings of two requests.

use std::time::Duration;

use governor::clock::Clock;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};

/// The pace of one host.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// None for no pace at all.
    limiter: Option<DefaultDirectRateLimiter>,
    least: Duration,
    has_begun: bool,
}

impl Pace {
    /// Keeps at least so much time between two requests, the last one included.
    pub(super) fn lengthen(&mut self, least: Duration) {
        let Some(quota) = Quota::with_period(least).filter(|_| least > self.least) else { return };
        let limiter = RateLimiter::direct(quota);
        if self.has_begun {
            // The new limiter knows nothing of the last request, so that one counts as if it were now.
            let counted = limiter.check();
            tracing::trace!(?counted, "changed the pace");
        }
        self.limiter = Some(limiter);
        self.least = least;
    }

    /// Begins a request, or says how long to wait.
    pub(super) fn begin(&mut self) -> Result<(), Duration> {
        if let Some(limiter) = &self.limiter {
            limiter.check().map_err(|early| early.wait_time_from(limiter.clock().now()))?;
        }
        self.has_begun = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_pace_wins_and_counts_from_the_last_request() {
        let mut pace = Pace::default();
        assert_eq!((pace.begin(), pace.begin()), (Ok(()), Ok(())));
        pace.lengthen(Duration::from_secs(100));
        let wait = pace.begin().unwrap_err();
        assert!(wait > Duration::from_secs(90), "{wait:?}");
        pace.lengthen(Duration::from_secs(1_000));
        let wait = pace.begin().unwrap_err();
        assert!(wait > Duration::from_mins(15), "{wait:?}");
        pace.lengthen(Duration::from_secs(1));
        assert!(pace.begin().unwrap_err() > Duration::from_mins(15));
    }

    #[test]
    fn the_first_request_need_not_wait() {
        let mut pace = Pace::default();
        pace.lengthen(Duration::from_secs(100));
        pace.lengthen(Duration::from_secs(200));
        assert_eq!(pace.begin(), Ok(()));
        assert!(pace.begin().is_err());
    }
}
