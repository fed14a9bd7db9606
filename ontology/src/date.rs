//! Dates and times as servers of CASE and the Registry write them, folded to `xsd:date` and `xsd:dateTime`.

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

use crate::record::WarningKind;

/// A date or time that was understood, and what was odd about how it was written.
pub(crate) struct Read {
    pub value: String,
    pub oddity: Option<WarningKind>,
}

/// Reads a date-time: RFC 3339, without a zone (UTC is assumed), with a space for the `T`, or a bare date.
pub(crate) fn date_time(text: &str) -> Option<Read> {
    let text = text.trim();
    if let Ok(read) = OffsetDateTime::parse(text, &Rfc3339) {
        return written(text, read);
    }
    if let Some(value) = zoned(text) {
        return Some(Read { value, oddity: Some(WarningKind::WrongShape) });
    }
    if let Some(value) = naive(text) {
        return Some(Read { value, oddity: Some(WarningKind::DateWithoutZone) });
    }
    let day = day(text)?;
    Some(Read { value: format!("{day}T00:00:00Z"), oddity: Some(WarningKind::DateShape) })
}

/// Reads a date; the day of a date-time stands for it.
pub(crate) fn date(text: &str) -> Option<Read> {
    let text = text.trim();
    if let Some(value) = day(text) {
        return Some(Read { value, oddity: None });
    }
    let read = date_time(text)?;
    let value = read.value.split('T').next()?.to_owned();
    Some(Read { value, oddity: Some(WarningKind::DateShape) })
}

/// Keeps a time as it was written where `xsd:dateTime` can be written so: RFC 3339 allows small letters, another separator
/// than `T`, and the sixtieth second besides.
fn written(text: &str, read: OffsetDateTime) -> Option<Read> {
    let is_joined = text.get(10..11).is_some_and(|separator| separator.eq_ignore_ascii_case("T"));
    let is_leap = text.get(17..19) == Some("60");
    let value = if is_joined && !is_leap {
        text.to_ascii_uppercase()
    } else {
        read.format(&Rfc3339).ok()?
    };
    Some(Read { value, oddity: (!is_joined).then_some(WarningKind::WrongShape) })
}

fn day(text: &str) -> Option<String> {
    let date = Date::parse(text, format_description!("[year]-[month]-[day]")).ok()?;
    Some(date.to_string())
}

/// `2017-05-25 18:05:33 UTC`, `2017-05-25T18:05:33+0000`.
fn zoned(text: &str) -> Option<String> {
    if let Some(local) = text.strip_suffix("UTC").or_else(|| text.strip_suffix(" Z")) {
        return naive(local.trim_end());
    }
    let compact = format_description!(
        "[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond]]][offset_hour sign:mandatory][offset_minute]"
    );
    let read = OffsetDateTime::parse(text, compact).ok()?;
    read.format(&Rfc3339).ok()
}

fn naive(text: &str) -> Option<String> {
    let joined = text.replacen(' ', "T", 1);
    let format = format_description!(
        "[year]-[month]-[day]T[hour]:[minute][optional [:[second][optional [.[subsecond]]]]]"
    );
    let read = PrimitiveDateTime::parse(&joined, format).ok()?;
    read.assume_utc().format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{date, date_time};
    use crate::record::WarningKind;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, Option<WarningKind>)>) {
        let read = date_time(text);
        assert_eq!(
            read.as_ref().map(|read| (read.value.as_str(), read.oddity)),
            expected,
            "{text}"
        );
    }

    #[test]
    fn times_are_read_in_every_seen_shape() {
        check("2025-07-24T18:23:25+00:00", Some(("2025-07-24T18:23:25+00:00", None)));
        check("2018-10-24T20:36:29.123Z", Some(("2018-10-24T20:36:29.123Z", None)));
        check(
            "2017-05-25T18:05:33",
            Some(("2017-05-25T18:05:33Z", Some(WarningKind::DateWithoutZone))),
        );
        check(
            "2017-05-25 18:05:33",
            Some(("2017-05-25T18:05:33Z", Some(WarningKind::DateWithoutZone))),
        );
        check(
            "2019-02-08 17:08:46 UTC",
            Some(("2019-02-08T17:08:46Z", Some(WarningKind::WrongShape))),
        );
        check(
            "2017-05-25T18:05:33+0100",
            Some(("2017-05-25T18:05:33+01:00", Some(WarningKind::WrongShape))),
        );
        check("2017-05-25", Some(("2017-05-25T00:00:00Z", Some(WarningKind::DateShape))));
        check("2017-05-25t18:05:33z", Some(("2017-05-25T18:05:33Z", None)));
        check(
            "2017-05-25 18:05:33+01:00",
            Some(("2017-05-25T18:05:33+01:00", Some(WarningKind::WrongShape))),
        );
        check("last Tuesday", None);
        check("2017-13-45T99:00:00Z", None);
    }

    #[test]
    fn a_date_time_gives_its_day() {
        let read = date("2020-02-29T10:00:00Z").unwrap();
        assert_eq!(
            (read.value.as_str(), read.oddity),
            ("2020-02-29", Some(WarningKind::DateShape))
        );
        assert_eq!(date("2020-02-29").unwrap().oddity, None);
        assert!(date("2021-02-29").is_none());
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            if let Some(read) = date_time(&text) {
                assert!(date_time(&read.value).is_some_and(|again| again.oddity.is_none()));
            }
        }
    }
}
