//! `imsx_StatusInfo`: what a server says where it does not give what it was asked for.

use serde_json::{Map, Value};

use crate::source::case::field::{field, text};

/// The most characters of a server's words that are repeated.
const WORDS: usize = 200;

/// The words of a body that came instead of an answer: those of [`imsx_StatusInfo`](https://www.imsglobal.org/spec/CASE/v1p1), a `message`,
/// or its beginning.
pub(super) fn words(body: &str) -> String {
    let body = body.trim().trim_start_matches('\u{feff}');
    if let Ok(Value::Object(object)) = serde_json::from_str(body)
        && let Some(words) = said(&object)
    {
        return words;
    }
    if body.starts_with('<') { "a page of HTML or XML".to_owned() } else { short(body) }
}

/// What an object says went wrong, where it says that something went wrong.
pub(super) fn failure(object: &Map<String, Value>) -> Option<String> {
    let info = status_info(object);
    let major = text(info, "imsx_codeMajor");
    let has_failed = major.is_some_and(|major| {
        ["failure", "unsupported"].iter().any(|failed| major.eq_ignore_ascii_case(failed))
    });
    let is_error =
        text(info, "imsx_severity").is_some_and(|said| said.eq_ignore_ascii_case("error"));
    (has_failed || is_error).then(|| said(object).unwrap_or_else(|| "failure".to_owned()))
}

/// What an object says, in a line.
pub(super) fn said(object: &Map<String, Value>) -> Option<String> {
    let info = status_info(object);
    let names = ["imsx_description", "message", "detail", "error_description", "error", "title"];
    let description = names.iter().find_map(|name| text(info, name));
    let parts: Vec<&str> = minor(info).into_iter().chain(description).collect();
    (!parts.is_empty()).then(|| short(&parts.join(": ")))
}

/// The object itself, or the one that it wraps.
fn status_info(object: &Map<String, Value>) -> &Map<String, Value> {
    field(object, "imsx_StatusInfo").and_then(Value::as_object).unwrap_or(object)
}

/// The first minor code. CASE 1.0 and 1.1 spell some values differently; they are repeated as they are.
fn minor(info: &Map<String, Value>) -> Option<&str> {
    let fields = field(info, "imsx_codeMinor")?.as_object()?;
    let fields = field(fields, "imsx_codeMinorField")?;
    let first = fields.as_array().map_or(Some(fields), |fields| fields.first())?;
    text(first.as_object()?, "imsx_codeMinorFieldValue")
}

/// One line of at most [`WORDS`] characters.
fn short(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().take(WORDS).collect();
    let line = line.join(" ");
    match line.char_indices().nth(WORDS) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_those_of_the_status_info_in_any_spelling() {
        let flat = r#"{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_description":"no such thing",
            "imsx_codeMinor":{"imsx_codeMinorField":[{"imsx_codeMinorFieldName":"x","imsx_codeMinorFieldValue":"unknownobject"}]}}"#;
        assert_eq!(words(flat), "unknownobject: no such thing");
        let wrapped = r#"{"imsx_StatusInfo":{"imsx_codemajor":"failure","imsx_Description":"wrong",
            "imsx_CodeMinor":{"imsx_codeMinorField":{"imsx_codeMinorFieldValue":"unauthorisedrequest"}}}}"#;
        assert_eq!(words(wrapped), "unauthorisedrequest: wrong");
    }

    #[test]
    fn other_words_are_repeated_and_kept_short() {
        assert_eq!(
            words(r#"{"message":"Invalid credentials provided 1"}"#),
            "Invalid credentials provided 1"
        );
        assert_eq!(words("<!DOCTYPE html><html>"), "a page of HTML or XML");
        assert_eq!(words("Not\n  Found"), "Not Found");
        assert_eq!(words(&"é".repeat(1000)).chars().count(), WORDS + 1);
    }

    #[test]
    fn success_is_no_failure() {
        let object = |text| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        assert_eq!(
            failure(&object(r#"{"imsx_codeMajor":"success","imsx_severity":"warning"}"#)),
            None
        );
        assert_eq!(failure(&object(r#"{"imsx_codeMajor":"failure"}"#)).as_deref(), Some("failure"));
        assert_eq!(
            failure(&object(r#"{"imsx_StatusInfo":{"imsx_severity":"error"}}"#)).as_deref(),
            Some("failure")
        );
    }

    proptest! {
        #[test]
        fn any_body_has_words(body in ".*") {
            prop_assert!(words(&body).chars().count() <= WORDS + 1);
        }
    }
}
