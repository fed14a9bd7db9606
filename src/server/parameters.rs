//! What a request says by name: the parameters of an address, or the members of an object in a body.

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use index::search::{Facet, Filters};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use url::form_urlencoded::Serializer;

use crate::day::day;
use crate::narrowing::{NarrowingError, filters};
use crate::server::credential::refuse;
use crate::server::problem::{Problem, ProblemKind};

/// The parameters of a request. Each is there once, those aside that a route takes again and again.
///
/// An object of a body is read as if its members stood in an address, so that every route takes the same names; a list is a
/// parameter that is repeated. [`Problem::in_body`] says of a problem where it lies there.
#[derive(Debug, Clone, Default)]
pub(super) struct Parameters {
    given: BTreeMap<String, Vec<String>>,
    /// The names that were asked for one by one.
    known: Vec<&'static str>,
}

impl Parameters {
    /// Gives the values of the parameters that a route knows besides those that were taken before.
    ///
    /// # Errors
    /// A parameter of any other name is refused: a slip of the pen must not silently change the answer. So is an empty one, and one
    /// that is given again.
    pub(super) fn named<const N: usize>(
        mut self,
        names: [&'static str; N],
    ) -> Result<[Option<String>; N], Problem> {
        if let Some(unknown) = self.given.keys().find(|name| !names.contains(&name.as_str())) {
            let detail = format!("this route has no parameter `{unknown}`");
            let problem = Problem::of_parameter(ProblemKind::UnknownParameter, unknown, detail);
            return Err(problem.with("known", [names.to_vec(), self.known].concat()));
        }
        if let Some((name, _)) = self.given.iter().find(|(_, values)| values.len() > 1) {
            return Err(repeated(name));
        }
        self.given.iter().try_for_each(|(name, values)| filled(name, values))?;
        Ok(names.map(|name| self.given.remove(name).and_then(|values| values.into_iter().next())))
    }

    /// Takes the values of a parameter that may be repeated.
    ///
    /// # Errors
    /// An empty one is refused.
    pub(super) fn all(&mut self, name: &'static str) -> Result<Vec<String>, Problem> {
        self.known.push(name);
        let values = self.given.remove(name).unwrap_or_default();
        filled(name, &values)?;
        Ok(values)
    }

    /// Takes the filters, and the day on which they are judged, which else is the day of now.
    ///
    /// # Errors
    /// A value that a filter cannot have.
    pub(super) fn filters(&mut self, now: OffsetDateTime) -> Result<Filters, Problem> {
        let as_of = self.all("asOf")?;
        if as_of.len() > 1 {
            return Err(repeated("asOf"));
        }
        let as_of = as_of.first().map(String::as_str);
        let as_of = judged(as_of, now)?;
        let mut values = Vec::new();
        for facet in Facet::ALL {
            values.extend(self.all(facet.as_str())?.into_iter().map(|value| (facet, value)));
        }
        filters(values, as_of).map_err(refused)
    }

    /// The same, where a parameter without a value is as good as none.
    pub(super) fn letting_be_empty(mut self, name: &str) -> Self {
        self.given
            .retain(|given, values| given != name || !values.iter().all(|value| is_blank(value)));
        self
    }

    /// Every name with every value.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let each = self.given.iter().flat_map(|(name, values)| {
            values.iter().map(move |value| (name.clone(), value.clone()))
        });
        each.collect()
    }

    /// Whether a parameter is given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    /// The same without a parameter.
    pub(super) fn without(mut self, name: &str) -> Self {
        self.given.remove(name);
        self
    }

    /// The query of an address with these parameters, one of them replaced.
    pub(super) fn query_with(&self, replaced: &[(&str, &str)]) -> String {
        let kept =
            self.given.iter().filter(|(name, _)| !replaced.iter().any(|(other, _)| other == name));
        let kept = kept.flat_map(|(name, values)| {
            values.iter().map(move |value| (name.as_str(), value.as_str()))
        });
        Serializer::new(String::new()).extend_pairs(kept).extend_pairs(replaced).finish()
    }

    /// The members of an object of a body; what it does not say is as `otherwise` has it, and a list without values takes that away.
    ///
    /// # Errors
    /// A member that is neither a text, a number, a truth value nor a list of such.
    pub(super) fn of_object(object: Map<String, Value>, otherwise: &Self) -> Result<Self, Problem> {
        let mut given = otherwise.given.clone();
        for (name, value) in object {
            let values = match value {
                Value::Null => continue,
                Value::Array(values) => values.into_iter().map(plain).collect(),
                value => plain(value).map(|value| vec![value]),
            };
            let detail = "a text, a number, `true` or `false`, or a list of these is expected";
            let values: Vec<String> = values.ok_or_else(|| invalid(&name, detail))?;
            // An empty list is a filter that lets everything pass.
            if values.is_empty() {
                given.remove(&name);
            } else {
                given.insert(name, values);
            }
        }
        Ok(Self { given, known: Vec::new() })
    }
}

/// A value of a body as it would stand in an address.
fn plain(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A parameter that may be there only once.
fn repeated(name: &str) -> Problem {
    let detail = format!("the parameter `{name}` is given more than once");
    Problem::of_parameter(ProblemKind::RepeatedParameter, name, detail)
}

fn is_blank(value: &str) -> bool {
    value.trim().is_empty()
}

fn filled(name: &str, values: &[String]) -> Result<(), Problem> {
    if values.iter().any(|value| is_blank(value)) {
        return Err(invalid(name, format!("the parameter `{name}` is empty")));
    }
    Ok(())
}

/// A parameter without which there is no question.
pub(super) fn required(value: Option<String>, name: &'static str) -> Result<String, Problem> {
    let missing = || {
        let detail = format!("the parameter `{name}` is missing");
        Problem::of_parameter(ProblemKind::MissingParameter, name, detail)
    };
    value.ok_or_else(missing)
}

/// A parameter with a value that it cannot have.
pub(super) fn invalid(name: &str, detail: impl Into<String>) -> Problem {
    Problem::of_parameter(ProblemKind::InvalidParameter, name, detail)
}

/// A filter, a facet or an order that there is not.
pub(super) fn refused(error: NarrowingError) -> Problem {
    let problem = invalid(error.name, error.reason);
    if error.known.is_empty() { problem } else { problem.with("known", error.known) }
}

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri) else {
            let detail = "the parameters cannot be read";
            return Err(Problem::new(ProblemKind::InvalidParameter, detail));
        };
        let mut parameters = Self::default();
        for (name, value) in pairs {
            refuse(&name)?;
            refuse(&value)?;
            if value.contains(char::REPLACEMENT_CHARACTER) {
                return Err(invalid(&name, format!("the parameter `{name}` is no UTF-8")));
            }
            parameters.given.entry(name).or_default().push(value);
        }
        Ok(parameters)
    }
}

/// The day on which an answer is judged, which else is the day of now.
pub(super) fn judged(as_of: Option<&str>, now: OffsetDateTime) -> Result<String, Problem> {
    day(as_of, now).map_err(|error| invalid("asOf", error.to_string()))
}

/// Reads a number.
pub(super) fn number(name: &str, text: &str) -> Result<usize, Problem> {
    let number = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    number.ok_or_else(|| invalid(name, format!("`{text}` is no number")))
}

/// Reads a share from 0 to 1.
pub(super) fn share(name: &str, text: &str) -> Result<f32, Problem> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| invalid(name, format!("`{text}` is no number from 0 to 1")))
}

/// Reads what is true or false; where it is absent, it is false.
pub(super) fn flag(name: &str, text: Option<&str>) -> Result<bool, Problem> {
    match text {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(invalid(name, format!("`{name}` is `true` or `false`"))),
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use axum::extract::FromRequestParts;
    use axum::http::Request;
    use serde_json::{Value, json};
    use time::OffsetDateTime;

    use super::Parameters;
    use crate::server::problem::{Problem, ProblemKind};

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    type Named = [Option<String>; 2];

    fn read(query: &str) -> Result<Named, Problem> {
        let parameters = parameters(query)?;
        parameters.named(["id", "asOf"])
    }

    fn parameters(query: &str) -> Result<Parameters, Problem> {
        let uri = format!("/v1/resolve?{query}");
        let mut parts = Request::new(()).into_parts().0;
        parts.uri = uri.parse().unwrap_or_default();
        let waker = &mut Context::from_waker(Waker::noop());
        match pin!(Parameters::from_request_parts(&mut parts, &())).poll(waker) {
            Poll::Ready(parameters) => parameters,
            Poll::Pending => panic!("parameters wait for nothing"),
        }
    }

    #[track_caller]
    fn check(query: &str, kind: ProblemKind, parameter: &str) {
        let problem = read(query).unwrap_err();
        let told = format!("{problem:?}");
        assert!(told.contains(&format!("kind: {kind:?},")), "{query}: {told}");
        assert!(
            told.contains(&format!("\"parameter\": String(\"{parameter}\")")),
            "{query}: {told}"
        );
    }

    #[test]
    fn known_parameters_are_read_in_the_order_of_the_route() {
        let read = read("asOf=2024-01-01&id=a%20b%2Fc+d").unwrap();
        assert_eq!(read, [Some("a b/c d".to_owned()), Some("2024-01-01".to_owned())]);
        assert_eq!(self::read("").unwrap(), [None, None]);
    }

    #[test]
    fn unknown_repeated_empty_and_unreadable_parameters_are_named() {
        check("id=a&asof=2024-01-01", ProblemKind::UnknownParameter, "asof");
        check("id=a&id=b", ProblemKind::RepeatedParameter, "id");
        check("id=%20", ProblemKind::InvalidParameter, "id");
        check("id=a&asOf", ProblemKind::InvalidParameter, "asOf");
        check("id=%ff", ProblemKind::InvalidParameter, "id");
    }

    #[test]
    fn what_may_be_repeated_is_given_in_its_order_and_the_rest_is_there_once() {
        let mut given = parameters("kind=rubric&kind=credential&level=K&id=a").unwrap();
        assert_eq!(given.all("tag").unwrap(), Vec::<String>::new());
        let filters = given.filters(NOW).unwrap();
        assert_eq!(filters.kinds.len(), 2);
        assert_eq!(filters.levels, ["K"]);
        let [id] = given.clone().named(["id"]).unwrap();
        assert_eq!(id.as_deref(), Some("a"));
        let known = format!("{:?}", given.named(["text"]).unwrap_err());
        assert!(["text", "kind", "tag"].iter().all(|name| known.contains(name)), "{known}");
        let told = format!("{:?}", parameters("kind=planet").unwrap().filters(NOW).unwrap_err());
        assert!(told.contains("\"parameter\": String(\"kind\")"), "{told}");
        let told = parameters("subject=").unwrap().filters(NOW).unwrap_err();
        assert_eq!(told, super::invalid("subject", "the parameter `subject` is empty"));
    }

    #[test]
    fn a_parameter_may_be_let_be_empty() {
        for query in ["id=", "id", "id=+", ""] {
            let given = parameters(query).unwrap().letting_be_empty("id");
            assert_eq!(given.named(["id"]).unwrap(), [None], "{query}");
        }
    }

    #[test]
    fn the_members_of_an_object_are_parameters_and_lists_are_repeated() {
        let object = |value: Value| match value {
            Value::Object(object) => Parameters::of_object(object, &parameters("a=1&b=2").unwrap()),
            other => panic!("{other}"),
        };
        let mut read =
            object(json!({ "b": 0.5, "c": true, "d": null, "kind": ["rubric"], "e": [] })).unwrap();
        assert_eq!(object(json!({ "a": [] })).unwrap().named(["a", "b"]).unwrap()[0], None);
        assert_eq!(read.filters(NOW).unwrap().kinds.len(), 1);
        let read = read.named(["a", "b", "c", "d", "e"]).unwrap();
        let read: Vec<Option<&str>> = read.iter().map(Option::as_deref).collect();
        assert_eq!(read, [Some("1"), Some("0.5"), Some("true"), None, None]);
        for value in [json!({ "a": {} }), json!({ "a": [["b"]] }), json!({ "a": [null] })] {
            let told = format!("{:?}", object(value).unwrap_err().in_body("/at/0"));
            assert!(told.contains("\"pointer\": String(\"/at/0/a\")"), "{told}");
        }
    }

    #[test]
    fn a_query_is_written_as_it_was_read_but_for_what_is_replaced() {
        let given = parameters("q=a+%26b&kind=x&kind=y&offset=3").unwrap();
        assert_eq!(
            given.query_with(&[("offset", "4"), ("cursor", "c/d")]),
            "kind=x&kind=y&q=a+%26b&offset=4&cursor=c%2Fd"
        );
    }
}
