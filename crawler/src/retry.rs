//! When to ask again.

use std::time::{Duration, UNIX_EPOCH};

use httpdate::HttpDate;
use time::OffsetDateTime;

use crate::access::Retry;

/// What a `Retry-After` never exceeds.
const LONGEST: Duration = Duration::from_hours(24);

/// How long a server wants to be left alone: seconds, or a date in any of the three forms of
/// [RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7). Nothing where it is neither.
pub(crate) fn retry_after(field: &str, now: OffsetDateTime) -> Option<Duration> {
    let field = field.trim();
    if !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_digit()) {
        // So many digits that they are no number are certainly more than a day.
        return Some(field.parse().map_or(LONGEST, Duration::from_secs).min(LONGEST));
    }
    let date: HttpDate = field.parse().ok()?;
    let since_epoch = std::time::SystemTime::from(date).duration_since(UNIX_EPOCH).ok()?;
    let moment = i128::try_from(since_epoch.as_nanos()).ok()?;
    let wait = u64::try_from((moment - now.unix_timestamp_nanos()).max(0)).unwrap_or(u64::MAX);
    Some(Duration::from_nanos(wait).min(LONGEST))
}

/// Whether a status says that the same request may fare better later.
pub(crate) fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

/// How long to wait after so many failures: between nothing and the longest wait, which doubles with each of them ("full jitter").
pub(crate) fn backoff(retry: &Retry, failures: u32) -> Duration {
    longest_backoff(retry, failures).mul_f64(fastrand::f64())
}

fn longest_backoff(retry: &Retry, failures: u32) -> Duration {
    let factor = 1_u32.checked_shl(failures.saturating_sub(1)).unwrap_or(u32::MAX);
    retry.base.saturating_mul(factor).min(retry.cap)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    #[test]
    fn a_server_says_how_long_to_wait_in_seconds_or_until_when() {
        let now = datetime!(2026-11-22 10:00:00 UTC);
        let check = |field: &str, expected: Option<u64>| {
            assert_eq!(retry_after(field, now), expected.map(Duration::from_secs), "{field}");
        };
        check("120", Some(120));
        check(" 0 ", Some(0));
        check("86401", Some(86_400));
        check("99999999999999999999999999", Some(86_400));
        check("Sun, 22 Nov 2026 10:02:00 GMT", Some(120));
        check("Sunday, 22-Nov-26 10:02:00 GMT", Some(120));
        check("Sun Nov 22 10:02:00 2026", Some(120));
        check("Sun, 22 Nov 2026 09:00:00 GMT", Some(0));
        check("Thu, 01 Jan 1970 00:00:00 GMT", Some(0));
        check("Fri, 31 Dec 9999 23:59:59 GMT", Some(86_400));
        for garbage in ["", "-1", "1.5", "soon", "120s", "Sun, 99 Nov 2026 10:02:00 GMT", "１２"]
        {
            check(garbage, None);
        }
    }

    #[test]
    fn the_longest_wait_doubles_up_to_its_cap() {
        let retry = Retry {
            base: Duration::from_secs(1),
            cap: Duration::from_secs(10),
            ..Retry::default()
        };
        let waits: Vec<u64> =
            (1..=6).map(|failures| longest_backoff(&retry, failures).as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 10, 10]);
        assert_eq!(longest_backoff(&retry, u32::MAX).as_secs(), 10);
    }

    #[test]
    fn waits_are_drawn_from_the_whole_range() {
        let retry =
            Retry { base: Duration::from_secs(8), cap: Duration::from_secs(8), ..Retry::default() };
        let drawn: Vec<Duration> = (0..1_000).map(|_| backoff(&retry, 1)).collect();
        assert!(drawn.iter().all(|wait| *wait <= Duration::from_secs(8)));
        assert!(drawn.iter().any(|wait| *wait < Duration::from_secs(2)));
        assert!(drawn.iter().any(|wait| *wait > Duration::from_secs(6)));
    }

    proptest! {
        #[test]
        fn no_text_asks_for_more_than_a_day(field in "\\PC{0,40}", seconds in -10_000_000_000_i64..10_000_000_000) {
            let now = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            if let Some(wait) = retry_after(&field, now) {
                prop_assert!(wait <= LONGEST);
            }
        }

        #[test]
        fn seconds_are_read_as_they_are_written(seconds in 0..86_400_u64) {
            let now = OffsetDateTime::UNIX_EPOCH;
            prop_assert_eq!(retry_after(&seconds.to_string(), now), Some(Duration::from_secs(seconds)));
        }

        #[test]
        fn a_date_is_read_as_it_is_written(now in 0..4_000_000_000_u64, wait in 0..86_400_u64) {
            let date = httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(now + wait));
            let now = OffsetDateTime::from_unix_timestamp(i64::try_from(now).unwrap()).unwrap();
            prop_assert_eq!(retry_after(&date, now), Some(Duration::from_secs(wait)));
        }
    }
}
