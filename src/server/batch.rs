//! Many questions in one body.

use index::resolve::Claim;
use serde_json::{Map, Value};

use crate::server::problem::{Problem, ProblemKind};

/// The most questions of one body.
pub(super) const MAX_IDS: usize = 100;

/// Members that an alignment has in a badge and that name nothing; they may stay where one is copied as it is.
const SILENT: [&str; 1] = ["type"];

/// Many questions: `{"ids": […], "asOf": "YYYY-MM-DD", "suggest": true}`.
///
/// Each of `ids` is an identifier in any spelling, or an object that says more:
///
/// | Member | |
/// |---|---|
/// | `id` or `targetUrl` | the identifier, which leads |
/// | `targetCode` | a code, or an identifier that stands in its place |
/// | `framework` or `targetFramework` | the framework of a code, by its identifier or its title |
/// | `targetName`, `targetDescription`, `targetType` | what the badge says of it, to be held against what is published |
/// | `issuer` | who issued the badge, by an identifier |
///
/// So the [`alignment`](https://www.imsglobal.org/spec/ob/v3p0/#alignment) of a badge can be sent as it stands there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// The questions, in their order.
    pub claims: Vec<Claim>,
    /// The day on which to judge.
    pub as_of: Option<String>,
    /// Whether to suggest what the words of an entry are like where it is not resolved.
    pub suggest: bool,
}

impl Batch {
    /// Reads a body.
    ///
    /// # Errors
    /// [`ProblemKind::InvalidJson`], or [`ProblemKind::InvalidBody`] with the JSON Pointer of what is wrong.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Problem> {
        let body: Value = match serde_json::from_slice(bytes) {
            Ok(body) => body,
            Err(error) => {
                let detail = format!("the body is no JSON: {error}");
                return Err(Problem::new(ProblemKind::InvalidJson, detail));
            }
        };
        let Value::Object(mut body) = body else {
            return Err(invalid("", "an object with `ids` is expected"));
        };
        let ids = body.remove("ids");
        let as_of = text(&mut body, "", "asOf")?;
        let suggest = flag(&mut body, "", "suggest")?;
        refuse_rest("", &body)?;
        let Some(Value::Array(ids)) = ids else {
            return Err(invalid("/ids", "a list of identifiers is expected"));
        };
        if ids.is_empty() || ids.len() > MAX_IDS {
            let n = ids.len();
            return Err(invalid(
                "/ids",
                format!("1 to {MAX_IDS} identifiers are expected, not {n}"),
            ));
        }
        let claims = ids.into_iter().enumerate();
        let claims = claims.map(|(at, id)| claim(&format!("/ids/{at}"), id));
        Ok(Self { claims: claims.collect::<Result<_, _>>()?, as_of, suggest })
    }
}

fn claim(place: &str, id: Value) -> Result<Claim, Problem> {
    let mut members = match id {
        Value::String(id) => return Ok(Claim { url: Some(id), ..Claim::default() }),
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
    match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(invalid(&format!("{place}/{name}"), "a text is expected")),
    }
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
    match members.keys().next() {
        None => Ok(()),
        Some(name) => {
            let pointer = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
            Err(invalid(&pointer, format!("no member `{name}` is known here")))
        }
    }
}

/// A body that has something wrong at a place.
pub(super) fn invalid(pointer: &str, detail: impl Into<String>) -> Problem {
    Problem::new(ProblemKind::InvalidBody, detail).with("pointer", pointer)
}

#[cfg(test)]
mod tests {
    use index::resolve::Claim;

    use super::{Batch, MAX_IDS, invalid};
    use crate::server::problem::{Problem, ProblemKind};

    fn ids(ids: &str) -> Result<Vec<Claim>, Problem> {
        Batch::read(format!("{{\"ids\":{ids}}}").as_bytes()).map(|batch| batch.claims)
    }

    #[track_caller]
    fn check(body: &str, pointer: &str) {
        let problem = Batch::read(body.as_bytes()).unwrap_err();
        let pointed = format!("\"pointer\": String({pointer:?})");
        assert!(format!("{problem:?}").contains(&pointed), "{body}: {problem:?}");
    }

    #[test]
    fn a_text_and_an_object_with_an_id_ask_the_same() {
        let url = Claim { url: Some("T.1".to_owned()), ..Claim::default() };
        assert_eq!(ids(r#"["T.1", {"id":"T.1"}, {"targetUrl":"T.1"}]"#).unwrap(), vec![url; 3]);
    }

    #[test]
    fn an_alignment_is_read_as_it_stands_in_a_badge() {
        let alignment = r#"[{"type":["Alignment"],"targetUrl":"https://a.example/1","targetCode":"T.1","targetName":"Ties",
            "targetFramework":"Knots","targetType":"CFItem","targetDescription":"of rope"}]"#;
        let expected = Claim {
            url: Some("https://a.example/1".to_owned()),
            code: Some("T.1".to_owned()),
            name: Some("Ties".to_owned()),
            description: Some("of rope".to_owned()),
            framework: Some("Knots".to_owned()),
            class: Some("CFItem".to_owned()),
            ..Claim::default()
        };
        assert_eq!(ids(alignment).unwrap(), [expected]);
        let batch = Batch::read(br#"{"ids":["a"],"asOf":"2024-01-01"}"#).unwrap();
        assert_eq!(batch.as_of.as_deref(), Some("2024-01-01"));
    }

    #[test]
    fn what_is_wrong_is_pointed_at() {
        check("[]", "");
        check("{}", "/ids");
        check(r#"{"ids":"T.1"}"#, "/ids");
        check(r#"{"ids":[]}"#, "/ids");
        check(r#"{"ids":["a"],"asof":"2024-01-01"}"#, "/asof");
        check(r#"{"ids":["a"],"asOf":2024}"#, "/asOf");
        check(r#"{"ids":["a"],"suggest":"yes"}"#, "/suggest");
        check(r#"{"ids":["a",1]}"#, "/ids/1");
        check(r#"{"ids":[{"id":["a"]}]}"#, "/ids/0/id");
        check(r#"{"ids":[{"id":"a","targetUrl":"a"}]}"#, "/ids/0");
        check(r#"{"ids":[{"framework":"a"}]}"#, "/ids/0");
        check(r#"{"ids":["a",{"id":"a","frame/work":"a"}]}"#, "/ids/1/frame~1work");
        let many = |n: usize| format!("[{}]", vec!["\"a\""; n].join(","));
        assert_eq!(ids(&many(MAX_IDS)).unwrap().len(), MAX_IDS);
        let expected = "1 to 100 identifiers are expected, not 101";
        assert_eq!(ids(&many(MAX_IDS + 1)).unwrap_err(), invalid("/ids", expected));
        let broken = format!("{:?}", Batch::read(b"{\"ids\":").unwrap_err());
        assert!(broken.contains(&format!("{:?}", ProblemKind::InvalidJson)), "{broken}");
    }
}
