//! Many questions in one body.

use index::resolve::Claim;
use serde_json::{Map, Value};

use crate::server::form::Form;
use crate::server::problem::{Problem, ProblemKind};

/// The most questions of one body.
pub(super) const MAX_IDS: usize = 1_000;

/// The longest text of a question, in bytes; the extractor takes none out of a credential that is longer.
pub(super) const MAX_TEXT: usize = 4_096;

/// The most lists, objects and members of a body, far more than the questions can have: each takes room in memory, however short
/// it is.
const MAX_PARTS: usize = 50_000;

/// Members that an alignment has in a badge and that name nothing; they may stay where one is copied as it is.
const SILENT: [&str; 2] = ["type", "@type"];

/// Many questions: `{"ids": […], "asOf": "YYYY-MM-DD", "suggest": true}`, or a question a line.
///
/// Each of them is an identifier in any spelling, or an object that says more:
///
/// | Member | |
/// |---|---|
/// | `id` or `targetUrl` | the identifier, which leads |
/// | `targetCode` | a code, or an identifier that stands in its place |
/// | `framework` or `targetFramework` | the framework of a code, by its identifier or its title |
/// | `targetName`, `targetDescription`, `targetType` | what the badge says of it, to be held against what is published |
/// | `issuer` | who issued the badge, by an identifier |
///
/// So the [`alignment`](https://www.imsglobal.org/spec/ob/v3p0/#alignment) of a badge can be sent as it stands there. A question that
/// cannot be read spoils no other.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// The questions, in their order.
    pub questions: Vec<Question>,
    /// The day on which to judge.
    pub as_of: Option<String>,
    /// Whether to suggest what the words of an entry are like where it is not resolved.
    pub suggest: bool,
}

/// One question.
#[derive(Debug, PartialEq)]
pub(super) struct Question {
    /// The line that it stands in, from 1, where each has one of its own.
    pub line: Option<usize>,
    /// What is asked, or what is wrong with it.
    pub claim: Result<Claim, Problem>,
}

impl Eq for Question {}

impl Batch {
    /// Reads a body.
    ///
    /// # Errors
    /// [`ProblemKind::InvalidJson`], or [`ProblemKind::InvalidBody`] with the JSON Pointer of what is wrong with the whole.
    pub(super) fn read(form: Form, bytes: &[u8]) -> Result<Self, Problem> {
        match form {
            Form::Json => Self::of_json(bytes),
            Form::Lines => Self::of_lines(bytes),
        }
    }

    fn of_json(bytes: &[u8]) -> Result<Self, Problem> {
        let Value::Object(mut body) = json(bytes)? else {
            return Err(invalid("", "an object with `ids` is expected"));
        };
        let ids = body.remove("ids");
        let as_of = text(&mut body, "", "asOf")?;
        let suggest = flag(&mut body, "", "suggest")?;
        refuse_rest("", &body)?;
        let Some(Value::Array(ids)) = ids else {
            return Err(invalid("/ids", "a list of identifiers is expected"));
        };
        bounded("/ids", ids.len())?;
        let questions = ids
            .into_iter()
            .enumerate()
            .map(|(at, id)| Question { line: None, claim: claim(&format!("/ids/{at}"), id) });
        Ok(Self { questions: questions.collect(), as_of, suggest })
    }

    fn of_lines(bytes: &[u8]) -> Result<Self, Problem> {
        let lines = bytes.split(|byte| *byte == b'\n').zip(1..);
        let lines = lines.filter(|(line, _)| !line.trim_ascii().is_empty());
        bounded("", lines.clone().count())?;
        let questions = lines.map(|(line, number)| Question {
            line: Some(number),
            claim: json(line).and_then(|id| claim("", id)),
        });
        Ok(Self { questions: questions.collect(), as_of: None, suggest: false })
    }
}

/// Reads a JSON text.
///
/// # Errors
/// [`ProblemKind::InvalidJson`], and [`ProblemKind::InvalidBody`] for one of too many parts.
pub(super) fn json(bytes: &[u8]) -> Result<Value, Problem> {
    if n_parts(bytes) > MAX_PARTS {
        let detail = format!("a body has at most {MAX_PARTS} lists, objects and members");
        return Err(invalid("", detail).with("max", MAX_PARTS));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let what = if error.is_eof() { "it ends too early" } else { "it is no JSON" };
        let detail = format!("{what}: line {}, column {}", error.line(), error.column());
        Problem::new(ProblemKind::InvalidJson, detail)
    })
}

/// Counts the lists, objects and members of a JSON text, before any of them is made.
fn n_parts(bytes: &[u8]) -> usize {
    let (mut n_parts, mut in_string, mut is_escaped) = (0, false, false);
    for byte in bytes {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' | b',' if !in_string => n_parts += 1,
            _ => {}
        }
    }
    n_parts
}

fn bounded(place: &str, n: usize) -> Result<(), Problem> {
    if (1..=MAX_IDS).contains(&n) {
        return Ok(());
    }
    let detail = format!("1 to {MAX_IDS} identifiers are expected, not {n}");
    Err(invalid(place, detail).with("max", MAX_IDS))
}

fn claim(place: &str, id: Value) -> Result<Claim, Problem> {
    let mut members = match id {
        Value::String(id) => {
            return Ok(Claim { url: Some(short(place, id)?), ..Claim::default() });
        }
        Value::Object(members) => members,
        _ => return Err(invalid(place, "an identifier or an object is expected")),
    };
    let claim = Claim {
        url: one_of(&mut members, place, ["id", "targetUrl"])?,
        code: text(&mut members, place, "targetCode")?,
        framework: one_of(&mut members, place, ["framework", "targetFramework"])?,
        name: text(&mut members, place, "targetName")?,
        description: text(&mut members, place, "targetDescription")?,
        class: text(&mut members, place, "targetType")?,
        issuer: text(&mut members, place, "issuer")?,
        ..Claim::default()
    };
    members.retain(|name, _| !SILENT.contains(&name.as_str()));
    refuse_rest(place, &members)?;
    if claim.url.is_none() && claim.code.is_none() && claim.name.is_none() {
        return Err(invalid(
            place,
            "one of `id`, `targetUrl`, `targetCode`, `targetName` is expected",
        ));
    }
    Ok(claim)
}

/// Takes a member that has two names; only one of them may be there.
fn one_of(
    members: &mut Map<String, Value>,
    place: &str,
    names: [&str; 2],
) -> Result<Option<String>, Problem> {
    let [one, other] = names;
    match (text(members, place, one)?, text(members, place, other)?) {
        (Some(_), Some(_)) => {
            Err(invalid(place, format!("`{one}` and `{other}` are one and the same; give one")))
        }
        (found, None) | (None, found) => Ok(found),
    }
}

/// Takes a member that is a text; null is as good as none.
fn text(
    members: &mut Map<String, Value>,
    place: &str,
    name: &str,
) -> Result<Option<String>, Problem> {
    let place = format!("{place}/{name}");
    match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => short(&place, text).map(Some),
        Some(_) => Err(invalid(&place, "a text is expected")),
    }
}

fn short(place: &str, text: String) -> Result<String, Problem> {
    if text.len() <= MAX_TEXT {
        return Ok(text);
    }
    Err(invalid(place, format!("a text has at most {MAX_TEXT} bytes")).with("max", MAX_TEXT))
}

/// Takes a member that is true or false; where it is absent or null, it is false.
fn flag(members: &mut Map<String, Value>, place: &str, name: &str) -> Result<bool, Problem> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(flag),
        Some(_) => Err(invalid(&format!("{place}/{name}"), "true or false is expected")),
    }
}

/// Refuses what nobody asked for: a slip of the pen must not silently change the answer.
fn refuse_rest(place: &str, members: &Map<String, Value>) -> Result<(), Problem> {
    if members.is_empty() {
        return Ok(());
    }
    // Its name is the caller's word, and is not repeated.
    Err(invalid(place, "there is a member here whose name is not known"))
}

/// A body that has something wrong at a place.
pub(super) fn invalid(pointer: &str, detail: impl Into<String>) -> Problem {
    Problem::new(ProblemKind::InvalidBody, detail).with("pointer", pointer)
}

#[cfg(test)]
mod tests {
    use index::resolve::Claim;

    use super::{Batch, MAX_IDS, MAX_PARTS, MAX_TEXT, Question, invalid};
    use crate::server::form::Form;
    use crate::server::problem::{Problem, ProblemKind};

    fn read(form: Form, body: &str) -> Result<Batch, Problem> {
        Batch::read(form, body.as_bytes())
    }

    fn ids(ids: &str) -> Vec<Question> {
        read(Form::Json, &format!("{{\"ids\":{ids}}}")).unwrap().questions
    }

    fn claims(questions: Vec<Question>) -> Vec<Claim> {
        questions.into_iter().map(|question| question.claim.unwrap()).collect()
    }

    #[track_caller]
    fn check(problem: &Problem, pointer: &str) {
        let pointed = format!("\"pointer\": String({pointer:?})");
        assert!(format!("{problem:?}").contains(&pointed), "{problem:?}");
    }

    #[test]
    fn a_text_and_an_object_with_an_id_ask_the_same() {
        let url = Claim { url: Some("T.1".to_owned()), ..Claim::default() };
        let asked = claims(ids(r#"["T.1", {"id":"T.1"}, {"targetUrl":"T.1"}]"#));
        assert_eq!(asked, vec![url.clone(); 3]);
        let lines = read(Form::Lines, "\"T.1\"\r\n\n{\"id\":\"T.1\"}\n").unwrap().questions;
        assert_eq!(
            lines.iter().map(|question| question.line).collect::<Vec<_>>(),
            [Some(1), Some(3)]
        );
        assert_eq!(claims(lines), vec![url; 2]);
    }

    #[test]
    fn an_alignment_is_read_as_it_stands_in_a_badge() {
        let alignment = r#"[{"type":["Alignment"],"targetUrl":"https://a.example/1","targetCode":"T.1","targetName":"Ties",
            "targetFramework":"Knots","targetType":"CFItem","targetDescription":"of rope","issuer":"https://b.example"}]"#;
        let expected = Claim {
            url: Some("https://a.example/1".to_owned()),
            code: Some("T.1".to_owned()),
            name: Some("Ties".to_owned()),
            description: Some("of rope".to_owned()),
            framework: Some("Knots".to_owned()),
            class: Some("CFItem".to_owned()),
            issuer: Some("https://b.example".to_owned()),
            ..Claim::default()
        };
        assert_eq!(claims(ids(alignment)), [expected]);
        let batch = read(Form::Json, r#"{"ids":["a"],"asOf":"2024-01-01"}"#).unwrap();
        assert_eq!(batch.as_of.as_deref(), Some("2024-01-01"));
    }

    #[test]
    fn what_is_wrong_with_the_whole_is_pointed_at() {
        for (body, pointer) in [
            ("[]", ""),
            ("{}", "/ids"),
            (r#"{"ids":"T.1"}"#, "/ids"),
            (r#"{"ids":[]}"#, "/ids"),
            (r#"{"ids":["a"],"asof":"2024-01-01"}"#, ""),
            (r#"{"ids":["a"],"asOf":2024}"#, "/asOf"),
            (r#"{"ids":["a"],"suggest":"yes"}"#, "/suggest"),
        ] {
            check(&read(Form::Json, body).unwrap_err(), pointer);
        }
        check(&read(Form::Lines, "\n \n").unwrap_err(), "");
        let many = |n: usize| format!("[{}]", vec!["\"a\""; n].join(","));
        assert_eq!(ids(&many(MAX_IDS)).len(), MAX_IDS);
        let expected = "1 to 1000 identifiers are expected, not 1001";
        let refused = read(Form::Json, &format!("{{\"ids\":{}}}", many(MAX_IDS + 1))).unwrap_err();
        assert_eq!(refused, invalid("/ids", expected).with("max", MAX_IDS));
        check(&read(Form::Lines, &"1\n".repeat(MAX_IDS + 1)).unwrap_err(), "");
        let crowded = format!("{{\"ids\":[{}]}}", vec!["[[1]]"; MAX_PARTS / 2].join(","));
        assert!(format!("{:?}", read(Form::Json, &crowded)).contains("lists, objects and members"));
        let quoted = format!("{{\"ids\":[\"{}\\\"\"]}}", "[".repeat(MAX_TEXT - 9));
        assert!(read(Form::Json, &quoted).is_ok());
        let broken = format!("{:?}", read(Form::Json, "{\"ids\":").unwrap_err());
        assert!(broken.contains(&format!("{:?}", ProblemKind::InvalidJson)), "{broken}");
    }

    #[test]
    fn what_is_wrong_with_one_question_is_pointed_at_in_its_place() {
        let long = format!("{{\"targetName\":\"{}\"}}", "a".repeat(MAX_TEXT + 1));
        for (id, inside) in [
            ("1", ""),
            ("[\"a\"]", ""),
            (r#"{"id":["a"]}"#, "/id"),
            (r#"{"id":"a","targetUrl":"a"}"#, ""),
            (r#"{"framework":"a"}"#, ""),
            (r#"{"id":"a","frame/work":"a"}"#, ""),
            (&long, "/targetName"),
        ] {
            let questions = ids(&format!("[\"a\",{id},\"b\"]"));
            let [first, second, third] = questions.as_slice() else { panic!("{questions:?}") };
            assert!(first.claim.is_ok() && third.claim.is_ok());
            check(second.claim.as_ref().unwrap_err(), &format!("/ids/1{inside}"));
            let lines = read(Form::Lines, &format!("\"a\"\n{id}\n\"b\"")).unwrap().questions;
            assert!(lines[0].claim.is_ok() && lines[2].claim.is_ok());
            check(lines[1].claim.as_ref().unwrap_err(), inside);
        }
        let lines = Batch::read(Form::Lines, b"{\"id\"\n\xff\n\"b\"").unwrap().questions;
        let read: Vec<bool> = lines.iter().map(|question| question.claim.is_ok()).collect();
        assert_eq!(read, [false, false, true]);
    }
}
