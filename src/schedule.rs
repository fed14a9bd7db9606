//! When a source is asked again.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How long after a failure a source is tried again; doubled with each further failure, up to the schedule itself.
const FIRST_RETRY: Duration = Duration::from_hours(1);

/// The word for a source that is asked only when somebody says so.
const MANUAL: &str = "manual";

/// How often a source is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) enum Schedule {
    /// Only when somebody says so.
    Manual,
    /// This long after the last time.
    Every(Duration),
}

/// A text that is no schedule.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no schedule; write `7d`, `12h` or `manual`")]
pub(crate) struct ScheduleError(String);

impl Schedule {
    /// When a source is due by this schedule, which has failed so many times since it last succeeded; `None` for never.
    ///
    /// A source that was never asked is due at once, which is at the beginning of time.
    pub(crate) fn next_due(
        self,
        last_attempt: Option<OffsetDateTime>,
        failures: u32,
    ) -> Option<OffsetDateTime> {
        let Self::Every(period) = self else { return None };
        let Some(last) = last_attempt else { return Some(OffsetDateTime::UNIX_EPOCH) };
        let wait = match failures.checked_sub(1) {
            None => period,
            Some(doublings) => {
                period.min(FIRST_RETRY.saturating_mul(2_u32.saturating_pow(doublings)))
            }
        };
        time::Duration::try_from(wait).ok().and_then(|wait| last.checked_add(wait))
    }
}

impl FromStr for Schedule {
    type Err = ScheduleError;

    fn from_str(text: &str) -> Result<Self, ScheduleError> {
        if text == MANUAL {
            return Ok(Self::Manual);
        }
        match humantime::parse_duration(text) {
            Ok(period) if !period.is_zero() => Ok(Self::Every(period)),
            _ => Err(ScheduleError(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Schedule {
    type Error = ScheduleError;

    fn try_from(text: String) -> Result<Self, ScheduleError> {
        text.parse()
    }
}

impl From<Schedule> for String {
    fn from(schedule: Schedule) -> Self {
        schedule.to_string()
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Manual => f.write_str(MANUAL),
            Self::Every(period) => humantime::format_duration(*period).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use time::OffsetDateTime;

    use super::Schedule;

    const WEEKLY: Schedule = Schedule::Every(Duration::from_hours(7 * 24));
    const LAST: OffsetDateTime = time::macros::datetime!(2026-03-01 12:00 UTC);

    #[track_caller]
    fn check(schedule: Schedule, failures: u32, hours: Option<i64>) {
        let expected = hours.map(|hours| LAST + time::Duration::hours(hours));
        assert_eq!(schedule.next_due(Some(LAST), failures), expected);
    }

    #[test]
    fn a_source_that_failed_is_tried_again_earlier_and_ever_later_up_to_its_schedule() {
        check(WEEKLY, 0, Some(168));
        check(WEEKLY, 1, Some(1));
        check(WEEKLY, 2, Some(2));
        check(WEEKLY, 8, Some(128));
        check(WEEKLY, 9, Some(168));
        check(WEEKLY, u32::MAX, Some(168));
        check(Schedule::Every(Duration::from_hours(1) * 3), 2, Some(2));
        check(Schedule::Every(Duration::from_hours(1) * 3), 3, Some(3));
    }

    #[test]
    fn a_source_that_was_never_asked_is_due_unless_it_waits_for_somebody() {
        assert_eq!(WEEKLY.next_due(None, 0), Some(OffsetDateTime::UNIX_EPOCH));
        assert_eq!(Schedule::Manual.next_due(None, 0), None);
        check(Schedule::Manual, 3, None);
    }

    #[test]
    fn a_schedule_is_written_as_it_is_read() {
        for text in ["7days", "12h", "manual", "1month", "90s"] {
            let schedule: Schedule = text.parse().unwrap();
            assert_eq!(schedule.to_string().parse::<Schedule>().unwrap(), schedule, "{text}");
        }
        for text in ["", "0s", "weekly", "7", "-1d", "Manual"] {
            let error = text.parse::<Schedule>().unwrap_err().to_string();
            assert!(error.contains(&format!("`{text}`")), "{error}");
        }
    }
}
