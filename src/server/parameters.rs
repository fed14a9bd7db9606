//! The parameters of an address.

use std::collections::BTreeMap;

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;

use crate::server::credential::refuse;
use crate::server::problem::{Problem, ProblemKind};

/// The parameters of a request, each once.
#[derive(Debug, Default)]
pub(super) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Gives the values of the parameters that a route knows.
    ///
    /// # Errors
    /// A parameter of any other name is refused: a slip of the pen must not silently change the answer. So is an empty one.
    pub(super) fn named<const N: usize>(
        mut self,
        names: [&'static str; N],
    ) -> Result<[Option<String>; N], Problem> {
        if let Some(unknown) = self.0.keys().find(|name| !names.contains(&name.as_str())) {
            let detail = format!("this route has no parameter `{unknown}`");
            let problem = Problem::of_parameter(ProblemKind::UnknownParameter, unknown, detail);
            return Err(problem.with("known", names.to_vec()));
        }
        if let Some((empty, _)) = self.0.iter().find(|(_, value)| value.trim().is_empty()) {
            return Err(invalid(empty, format!("the parameter `{empty}` is empty")));
        }
        Ok(names.map(|name| self.0.remove(name)))
    }
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

impl<S: Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(&parts.uri) else {
            let detail = "the parameters cannot be read";
            return Err(Problem::new(ProblemKind::InvalidParameter, detail));
        };
        let mut parameters = BTreeMap::new();
        for (name, value) in pairs {
            refuse(&name)?;
            refuse(&value)?;
            if value.contains(char::REPLACEMENT_CHARACTER) {
                return Err(invalid(&name, format!("the parameter `{name}` is no UTF-8")));
            }
            if parameters.contains_key(&name) {
                let detail = format!("the parameter `{name}` is given more than once");
                let kind = ProblemKind::RepeatedParameter;
                return Err(Problem::of_parameter(kind, &name, detail));
            }
            parameters.insert(name, value);
        }
        Ok(Self(parameters))
    }
}

/// Reads a number.
pub(super) fn number(name: &str, text: &str) -> Result<usize, Problem> {
    let number = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()));
    number.ok_or_else(|| invalid(name, format!("`{text}` is no number")))
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

    use super::Parameters;
    use crate::server::problem::{Problem, ProblemKind};

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
}
