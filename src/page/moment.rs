//! A moment, as people read it: how long ago it was, and when.

use askama::Template;
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

use crate::page::shell::Shell;

/// Day and time, in an order that every language reads alike.
const READ: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute] UTC");

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const MONTH: u64 = 30 * DAY;
const YEAR: u64 = 365 * DAY;

/// A moment.
#[derive(Template, Clone)]
#[template(path = "moment.html")]
pub(crate) struct Moment {
    /// As machines read it.
    stamp: String,
    /// Day and time.
    read: String,
    /// How far it is from now.
    distance: String,
}

impl Moment {
    /// The moment of a stamp, as it looks now; `None` where the stamp is none.
    pub(crate) fn of(stamp: &str, now: OffsetDateTime, shell: &Shell) -> Option<Self> {
        let moment = OffsetDateTime::parse(stamp, &Rfc3339).ok()?.to_offset(UtcOffset::UTC);
        let read = moment.format(READ).ok()?;
        Some(Self { stamp: stamp.to_owned(), read, distance: distance(moment - now, shell) })
    }
}

/// A span from now, in the largest unit of which there are two, or nearly so.
fn distance(span: time::Duration, shell: &Shell) -> String {
    let seconds = span.whole_seconds().unsigned_abs();
    let is_to_come = span.is_positive();
    let (n, behind, ahead) = match seconds {
        0..MINUTE => return shell.say("moment-now"),
        MINUTE..HOUR => (seconds / MINUTE, "moment-minutes-ago", "moment-in-minutes"),
        HOUR..=172_800 => (seconds / HOUR, "moment-hours-ago", "moment-in-hours"),
        172_801..=5_184_000 => (seconds / DAY, "moment-days-ago", "moment-in-days"),
        5_184_001..=63_072_000 => (seconds / MONTH, "moment-months-ago", "moment-in-months"),
        _ => (seconds / YEAR, "moment-years-ago", "moment-in-years"),
    };
    shell.count(if is_to_come { ahead } else { behind }, n)
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::Moment;
    use crate::page::shell::Shell;

    #[track_caller]
    fn check(stamp: &str, distance: &str) {
        let now = datetime!(2026-03-01 12:00 UTC);
        let moment = Moment::of(stamp, now, &Shell::new("", None)).unwrap();
        assert_eq!(moment.distance, distance, "{stamp}");
    }

    #[test]
    fn a_moment_is_as_far_as_people_would_say() {
        check("2026-03-01T11:59:30Z", "just now");
        check("2026-03-01T11:58:30Z", "1 minute ago");
        check("2026-03-01T15:00:00+01:00", "in 2 hours");
        check("2026-02-28T11:00:00Z", "25 hours ago");
        check("2026-02-01T12:00:00Z", "28 days ago");
        check("2025-03-01T12:00:00Z", "12 months ago");
        check("2020-03-01T12:00:00Z", "6 years ago");
        assert!(
            Moment::of("yesterday", datetime!(2026-03-01 12:00 UTC), &Shell::new("", None))
                .is_none()
        );
    }

    #[test]
    fn it_is_written_for_machines_as_well() {
        let moment = Moment::of(
            "2026-03-01T13:00:00+01:00",
            datetime!(2026-03-01 12:00 UTC),
            &Shell::new("", None),
        );
        let html = moment.unwrap().to_string();
        assert!(html.contains("<time datetime=\"2026-03-01T13:00:00+01:00\">"), "{html}");
        assert!(html.contains("2026-03-01 12:00 UTC"), "{html}");
    }
}
