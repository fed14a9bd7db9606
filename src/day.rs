//! The day on which an answer is judged, and the clock that says what day it is.

use time::OffsetDateTime;

/// Says what time it is. A command that ends asks once, a service asks for every answer.
pub(crate) type Clock = fn() -> OffsetDateTime;

/// A text that is no day.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no day in the form YYYY-MM-DD")]
pub(crate) struct DayError(String);

/// Reads a day (`YYYY-MM-DD`), or takes the day of now.
pub(crate) fn day(as_of: Option<&str>, now: OffsetDateTime) -> Result<String, DayError> {
    let Some(text) = as_of else { return Ok(now.date().to_string()) };
    let format = time::macros::format_description!("[year]-[month]-[day]");
    match time::Date::parse(text, format) {
        Ok(date) => Ok(date.to_string()),
        Err(_) => Err(DayError(text.to_owned())),
    }
}
