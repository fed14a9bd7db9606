//! What a refusal says, in few words.

use serde_json::Value;

/// The most bytes of a refusal that are read.
pub(super) const MAX_BYTES: usize = 4 << 10;

/// The most characters of a refusal that are repeated.
const MAX_CHARS: usize = 200;

/// Where JSON says what is wrong: CASE's [`imsx_StatusInfo`](https://www.imsglobal.org/spec/CASE/v1p1), OAuth, RFC 9457, registries.
const DESCRIPTIONS: [&str; 9] = [
    "imsx_description",
    "error_description",
    "detail",
    "message",
    "errors",
    "error",
    "title",
    "imsx_codeMinor",
    "imsx_CodeMinor",
];

/// The first words of the body of a refusal: a description where it is JSON that has one, and nothing of a page for people.
pub(super) fn words(body: &[u8]) -> String {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    if body.trim_ascii_start().starts_with(b"<") {
        return "an HTML page".to_owned();
    }
    // What is in JSON that describes nothing is nobody's business: it may be about anybody.
    let is_json =
        body.trim_ascii_start().starts_with(b"{") || body.trim_ascii_start().starts_with(b"[");
    let said = match serde_json::from_slice(body) {
        Ok(json) => description(&json),
        Err(_) if is_json => None,
        Err(_) => Some(String::from_utf8_lossy(body).into_owned()),
    };
    let Some(said) = said else { return format!("a body of {} bytes", body.len()) };
    let words: String = one_line(&said).chars().take(MAX_CHARS).collect();
    if words.is_empty() { "no words".to_owned() } else { words }
}

fn description(json: &Value) -> Option<String> {
    let said = match json {
        Value::String(said) => said.clone(),
        Value::Array(several) => {
            several.iter().filter_map(description).collect::<Vec<_>>().join("; ")
        }
        Value::Object(members) => {
            // CASE's status stands in the body itself or in an object of that name.
            let mut names =
                DESCRIPTIONS.iter().chain(["imsx_StatusInfo", "imsx_codeMinorField"].iter());
            let named = names.find_map(|name| members.get(*name).and_then(description));
            named.or_else(|| description(members.get("imsx_codeMinorFieldValue")?))?
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => return None,
    };
    (!said.trim().is_empty()).then_some(said)
}

/// One line without control characters, which could write more than they should into a log or a terminal.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_told_in_its_own_words() {
        let check =
            |body: &str, expected: &str| assert_eq!(words(body.as_bytes()), expected, "{body}");
        check("", "no words");
        check(" \n", "no words");
        check("<!DOCTYPE html><html><body>Sorry", "an HTML page");
        check("\u{feff}\n<html>", "an HTML page");
        check("Too many\r\n requests \u{1b}[31m", "Too many requests [31m");
        check(
            r#"{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_description":"no such framework"}"#,
            "no such framework",
        );
        check(r#"{"imsx_StatusInfo":{"imsx_description":"not here"}}"#, "not here");
        check(
            r#"{"imsx_codeMajor":"failure","imsx_codeMinor":{"imsx_codeMinorField":[{"imsx_codeMinorFieldName":"sourcedId","imsx_codeMinorFieldValue":"unknownobject"}]}}"#,
            "unknownobject",
        );
        check(r#"{"message":"Invalid credentials provided 1"}"#, "Invalid credentials provided 1");
        check(
            r#"{"errors":["401 Unauthorized","Invalid token"]}"#,
            "401 Unauthorized; Invalid token",
        );
        check(r#"{"error":"invalid_client"}"#, "invalid_client");
        check(r#"{"error":{"code":1,"message":"bad"}}"#, "bad");
        // What describes nothing may be about anybody, and is not repeated.
        check(r#"{"status":418}"#, "a body of 14 bytes");
        check(r#"{"message":"cut o"#, "a body of 17 bytes");
        check(&"long ".repeat(100), "long ".repeat(40).as_str());
        check("\"plain\"", "plain");
    }
}
