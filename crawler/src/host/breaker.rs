//! Leaves a host alone that fails again and again.

use time::OffsetDateTime;

use crate::access::Retry;

/// What a host did lately.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    /// Whoever met the first failure of these.
    errand: u64,
    /// Whether somebody else met one too.
    several: bool,
    open_until: Option<OffsetDateTime>,
    is_probed: bool,
}

/// Whether a host may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// As ever.
    Well,
    /// Not before then.
    Resting(OffsetDateTime),
    /// It has rested: one request goes first.
    Probe,
    /// That request is under way.
    Probed,
}

impl Breaker {
    /// Whether the host may be asked now.
    pub(super) fn standing(&self, now: OffsetDateTime) -> Standing {
        match self.open_until {
            None => Standing::Well,
            Some(until) if now < until => Standing::Resting(until),
            Some(_) if self.is_probed => Standing::Probed,
            Some(_) => Standing::Probe,
        }
    }

    /// Notes whether the request that goes first is under way.
    pub(super) fn probe(&mut self, is_under_way: bool) {
        self.is_probed = is_under_way;
    }

    /// Notes that the host answered as it should.
    pub(super) fn succeed(&mut self) {
        *self = Self::default();
    }

    /// Notes that the host failed whoever has this number.
    ///
    /// One document that its server cannot give says little of the server: while it is one errand alone that fails, it takes twice as
    /// many failures.
    pub(super) fn fail(&mut self, errand: u64, retry: &Retry, now: OffsetDateTime) {
        if self.failures == 0 {
            self.errand = errand;
        }
        self.several |= self.errand != errand;
        self.failures = self.failures.saturating_add(1);
        let limit = retry.breaker.max(1);
        let limit = if self.several { limit } else { limit.saturating_mul(2) };
        if self.failures >= limit || self.open_until.is_some() {
            self.open_until = Some(now.saturating_add(rest(retry)));
        }
    }

    /// How often in a row the host failed.
    pub(super) fn failures(&self) -> u32 {
        self.failures
    }
}

fn rest(retry: &Retry) -> time::Duration {
    time::Duration::try_from(retry.rest).unwrap_or(time::Duration::MAX)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const NOW: OffsetDateTime = datetime!(2026-11-22 10:00:00 UTC);
    const LATER: OffsetDateTime = datetime!(2026-11-22 10:15:00 UTC);
    const RETRY: Retry = Retry {
        attempts: 5,
        base: std::time::Duration::ZERO,
        cap: std::time::Duration::ZERO,
        longest_wait: std::time::Duration::ZERO,
        breaker: 3,
        rest: std::time::Duration::from_mins(15),
    };

    fn failed_by(errands: &[u64]) -> Breaker {
        let mut breaker = Breaker::default();
        for errand in errands {
            breaker.fail(*errand, &RETRY, NOW);
        }
        breaker
    }

    #[test]
    fn a_host_rests_after_so_many_failures_in_a_row() {
        assert_eq!(failed_by(&[1, 1]).standing(NOW), Standing::Well);
        assert_eq!(failed_by(&[1, 1, 2]).standing(NOW), Standing::Resting(LATER));
        let mut breaker = failed_by(&[1, 2]);
        breaker.succeed();
        breaker.fail(3, &RETRY, NOW);
        assert_eq!(breaker.standing(NOW), Standing::Well);
    }

    #[test]
    fn one_document_that_fails_needs_twice_as_many() {
        assert_eq!(failed_by(&[1, 1, 1, 1, 1]).standing(NOW), Standing::Well);
        assert_eq!(failed_by(&[1, 1, 1, 1, 1, 1]).standing(NOW), Standing::Resting(LATER));
    }

    #[test]
    fn one_request_goes_first_after_the_rest() {
        let mut breaker = failed_by(&[1, 2, 3]);
        assert_eq!(breaker.standing(LATER), Standing::Probe);
        breaker.probe(true);
        assert_eq!(breaker.standing(LATER), Standing::Probed);
        breaker.probe(false);
        breaker.fail(4, &RETRY, LATER);
        assert_eq!(breaker.standing(LATER), Standing::Resting(LATER + time::Duration::minutes(15)));
        breaker.succeed();
        assert_eq!(breaker.standing(LATER), Standing::Well);
    }
}
