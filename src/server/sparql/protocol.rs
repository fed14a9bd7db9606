//! A query as it is sent: in an address, in a form, or as a body of its own
//! ([SPARQL 1.1 Protocol, 2.1](https://www.w3.org/TR/sparql11-protocol/#query-operation)).

use std::time::Duration;

use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Uri};
use index::sparql::Graphs;
use url::form_urlencoded;

use crate::server::body::read_credential;
use crate::server::problem::{Problem, ProblemKind};
use crate::sparql::Limits;

/// The longest body: in a form a character may take three.
const MAX_BODY: usize = 4 * Limits::TEXT;

/// The most graphs that are named beside a query.
const MAX_GRAPHS: usize = 100;

/// A query, and the graphs that it is asked of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub query: String,
    pub graphs: Graphs,
}

/// The parameters of the protocol. Others are let be: clients add some of their own.
#[derive(Debug, Default)]
struct Pairs {
    queries: Vec<String>,
    graphs: Graphs,
    has_update: bool,
}

/// Reads the query of an address, where it has one.
pub(super) fn of_address(uri: &Uri) -> Result<Option<Asked>, Problem> {
    let mut pairs = Pairs::default();
    pairs.read(uri.query().unwrap_or_default().as_bytes());
    pairs.asked()
}

/// Reads the query of a body; graphs may stand in the address, too.
pub(super) async fn of_body(request: Request, time_limit: Duration) -> Result<Asked, Problem> {
    let form = Form::of(request.headers())?;
    let mut pairs = Pairs::default();
    pairs.read(request.uri().query().unwrap_or_default().as_bytes());
    let bytes = read_credential(request, MAX_BODY, time_limit).await?;
    match form {
        Form::Fields => pairs.read(&bytes),
        Form::Query => {
            let query = String::from_utf8(bytes).map_err(|error| {
                let detail = format!("the query is no UTF-8: {}", error.utf8_error());
                Problem::new(ProblemKind::MalformedQuery, detail)
            });
            pairs.queries.push(query?);
        }
    }
    let missing = "the form has no field `query`";
    let missing = || Problem::of_parameter(ProblemKind::MissingParameter, "query", missing);
    pairs.asked()?.ok_or_else(missing)
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Query,
    Fields,
}

impl Form {
    fn of(fields: &HeaderMap) -> Result<Self, Problem> {
        let media_type = fields.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let essence = media_type.and_then(|text| text.split(';').next()).unwrap_or_default();
        match essence.trim().to_ascii_lowercase().as_str() {
            "application/sparql-query" => Ok(Self::Query),
            "application/x-www-form-urlencoded" => Ok(Self::Fields),
            "application/sparql-update" => Err(update()),
            _ => {
                let detail = "a query is sent as `application/sparql-query`, or in the field `query` of an \
                              `application/x-www-form-urlencoded` form";
                Err(Problem::new(ProblemKind::QueryBody, detail))
            }
        }
    }
}

impl Pairs {
    fn read(&mut self, text: &[u8]) {
        for (name, value) in form_urlencoded::parse(text) {
            match name.as_ref() {
                "query" => self.queries.push(value.into_owned()),
                // A form sends a field that nobody filled in.
                "default-graph-uri" | "named-graph-uri" if value.is_empty() => {}
                "default-graph-uri" => self.graphs.default.push(value.into_owned()),
                "named-graph-uri" => self.graphs.named.push(value.into_owned()),
                "update" => self.has_update = true,
                _ => {}
            }
        }
    }

    fn asked(self) -> Result<Option<Asked>, Problem> {
        if self.has_update {
            return Err(update());
        }
        if self.graphs.default.len() + self.graphs.named.len() > MAX_GRAPHS {
            let detail = format!("no more than {MAX_GRAPHS} graphs are named beside a query");
            return Err(Problem::new(ProblemKind::QueryTooComplex, detail));
        }
        let mut queries = self.queries.into_iter();
        let Some(query) = queries.next() else { return Ok(None) };
        if queries.next().is_some() {
            let detail = "the parameter `query` is given more than once";
            return Err(Problem::of_parameter(ProblemKind::RepeatedParameter, "query", detail));
        }
        if query.len() > Limits::TEXT {
            let (n_bytes, max) = (query.len(), Limits::TEXT);
            let detail = format!("the query has {n_bytes} bytes, more than {max}");
            return Err(Problem::new(ProblemKind::QueryTooLong, detail).with("max", max));
        }
        Ok(Some(Asked { query, graphs: self.graphs }))
    }
}

/// An update, of whatever kind.
pub(super) fn update() -> Problem {
    let detail = "nothing is changed here: ask with SELECT, ASK, CONSTRUCT or DESCRIBE";
    Problem::new(ProblemKind::UpdateRefused, detail)
}

#[cfg(test)]
mod tests {
    use axum::http::header::CONTENT_TYPE;
    use axum::http::{HeaderMap, HeaderValue};

    use super::{Asked, Form, Pairs};
    use crate::server::problem::Problem;
    use crate::sparql::Limits;

    fn read(query: &str) -> Result<Option<Asked>, Problem> {
        let mut pairs = Pairs::default();
        pairs.read(query.as_bytes());
        pairs.asked()
    }

    #[track_caller]
    fn check_refused(query: &str, code: &str) {
        let told = read(query).unwrap_err().into_json(None);
        assert_eq!(told["type"], format!("/problems/{code}"), "{told}");
    }

    #[test]
    fn a_query_and_its_graphs_are_read_and_other_parameters_let_be() {
        let asked = read(
            "format=json&query=ASK+%7B%7D&default-graph-uri=urn:a&named-graph-uri=urn:b&default-graph-uri=urn:c",
        );
        let asked = asked.unwrap().unwrap();
        assert_eq!(asked.query, "ASK {}");
        assert_eq!(asked.graphs.default, ["urn:a", "urn:c"]);
        assert_eq!(asked.graphs.named, ["urn:b"]);
        let asked = read("query=ASK+%7B%7D&default-graph-uri=&named-graph-uri=").unwrap().unwrap();
        assert_eq!((asked.graphs.default.len(), asked.graphs.named.len()), (0, 0));
        assert_eq!(read("timeout=3").unwrap(), None);
        assert_eq!(read("").unwrap(), None);
    }

    #[test]
    fn what_is_no_query_or_too_much_of_it_is_refused() {
        check_refused("update=DROP+ALL", "update-refused");
        check_refused("query=ASK%7B%7D&update=DROP+ALL", "update-refused");
        check_refused("query=ASK%7B%7D&query=ASK%7B%7D", "repeated-parameter");
        check_refused(&format!("query={}", "+".repeat(Limits::TEXT + 1)), "query-too-long");
        check_refused(&"named-graph-uri=urn:a&".repeat(101), "query-too-complex");
        assert!(read(&format!("query={}", "+".repeat(Limits::TEXT))).unwrap().is_some());
    }

    #[test]
    fn a_body_is_what_its_media_type_says() {
        let of = |media_type: &'static str| {
            let value = HeaderValue::from_static(media_type);
            Form::of(&HeaderMap::from_iter([(CONTENT_TYPE, value)])).ok()
        };
        assert_eq!(of("application/sparql-query"), Some(Form::Query));
        assert_eq!(of("Application/SPARQL-Query; charset=utf-8"), Some(Form::Query));
        assert_eq!(of("application/x-www-form-urlencoded;charset=UTF-8"), Some(Form::Fields));
        for other in ["application/sparql-update", "text/plain", "application/rdf+xml"] {
            assert_eq!(of(other), None, "{other}");
        }
        assert_eq!(Form::of(&HeaderMap::new()).ok(), None);
    }
}
