//! The time as servers write it.

use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

/// The time now: a server of others has a clock of its own.
#[expect(clippy::disallowed_methods, reason = "the fakes are not what is replayed")]
pub(crate) fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}

/// A time as `Retry-After` and `Last-Modified` have it ([RFC 9110 section 5.6.7](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7)).
pub(crate) fn http_date(time: OffsetDateTime) -> String {
    let format = format_description!(
        "[weekday repr:short], [day] [month repr:short] [year] [hour]:[minute]:[second] GMT"
    );
    time.format(format).unwrap()
}

/// The date that lies so far ahead.
pub(crate) fn http_date_in(ahead: Duration) -> String {
    http_date(now() + ahead)
}

/// A time with milliseconds, as the Credential Registry writes it.
pub(crate) fn precise_stamp(time: OffsetDateTime) -> String {
    let format =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second].[subsecond digits:3]Z");
    time.format(format).unwrap()
}

/// Reads a time as JSON has it.
pub(crate) fn read(text: &str) -> Option<OffsetDateTime> {
    OffsetDateTime::parse(text, &Rfc3339).ok()
}
