//! Durations as they are published ([ISO 8601](https://www.w3.org/TR/xmlschema-2/#duration)), in words.

use crate::page::shell::Shell;

/// The units of the part before the `T`, and of the part after it, with the names of their words.
const DAYS: [(char, &str); 4] = [
    ('Y', "duration-years"),
    ('M', "duration-months"),
    ('W', "duration-weeks"),
    ('D', "duration-days"),
];
const HOURS: [(char, &str); 3] =
    [('H', "duration-hours"), ('M', "duration-minutes"), ('S', "duration-seconds")];

/// Says a duration in words: `P1Y6M` is a year and six months. What is no such duration, none at all, or has fractions is given as it
/// is.
pub(crate) fn duration(text: &str, shell: &Shell) -> String {
    let parts = parts(text.trim()).unwrap_or_default();
    let words: Vec<String> =
        parts.into_iter().filter(|(n, _)| *n > 0).map(|(n, name)| shell.count(name, n)).collect();
    if words.is_empty() { text.to_owned() } else { words.join(", ") }
}

/// The numbers of a duration with their units.
fn parts(text: &str) -> Option<Vec<(u64, &'static str)>> {
    let rest = text.strip_prefix('P')?;
    let (days, hours) = rest.split_once('T').unwrap_or((rest, ""));
    let mut found = read(days, &DAYS)?;
    found.extend(read(hours, &HOURS)?);
    Some(found)
}

fn read(mut text: &str, units: &[(char, &'static str)]) -> Option<Vec<(u64, &'static str)>> {
    let mut found = Vec::new();
    while let Some(at) = text.find(|c: char| !c.is_ascii_digit()) {
        let (number, rest) = text.split_at(at);
        let mut letters = rest.chars();
        let letter = letters.next()?;
        let (_, name) = units.iter().find(|(unit, _)| *unit == letter)?;
        found.push((number.parse().ok()?, *name));
        text = letters.as_str();
    }
    text.is_empty().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::duration;
    use crate::page::shell::Shell;

    #[test]
    fn durations_are_said_in_words_and_others_left_as_they_are() {
        let shell = Shell::new("/r", None);
        for (text, expected) in [
            ("P1Y6M", "1 year, 6 months"),
            ("P12W", "12 weeks"),
            ("PT1H30M", "1 hour, 30 minutes"),
            ("P0Y0M3DT0H", "3 days"),
            ("P2DT4H", "2 days, 4 hours"),
            ("PT1000H", "1,000 hours"),
            ("P1M", "1 month"),
            ("PT1M", "1 minute"),
            ("P0D", "P0D"),
            ("P", "P"),
            ("P1.5Y", "P1.5Y"),
            ("P1H", "P1H"),
            ("P6", "P6"),
            ("Pé", "Pé"),
            ("six weeks", "six weeks"),
            ("P99999999999999999999Y", "P99999999999999999999Y"),
        ] {
            assert_eq!(duration(text, &shell), expected, "{text}");
        }
    }
}
