//! A CASE server with a switch for each quirk of the real ones.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, Uri};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::Barrier;
use url::Url;

/// The token that shows what is private.
pub(crate) const TOKEN: &str = "good";

/// A framework of the server.
#[derive(Clone)]
pub(crate) struct Framework {
    pub identifier: String,
    pub package: String,
    pub words: String,
    pub stamp: &'static str,
    pub subject: Value,
    /// `CFPackageURI`, where it is not an object with the package's identifier.
    pub link: Option<Value>,
    pub is_private: bool,
    /// Whether the list leaves it out, though it is given by its identifier.
    pub is_hidden: bool,
    /// The versions that have it.
    pub versions: Vec<&'static str>,
}

impl Framework {
    pub(crate) fn new(identifier: &str) -> Self {
        Self {
            identifier: identifier.to_owned(),
            package: identifier.to_owned(),
            words: "first words".to_owned(),
            stamp: "2026-01-01T00:00:00Z",
            subject: Value::Null,
            link: None,
            is_private: false,
            is_hidden: false,
            versions: vec!["v1p1", "v1p0"],
        }
    }
}

/// How the server says how many frameworks it has.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Total {
    Header,
    Body,
    Unsaid,
}

/// Where the server says the next page is.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Next {
    Unsaid,
    Here,
    Elsewhere,
}

/// What is recognised by.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Validator {
    None,
    ETag,
    /// A `Last-Modified` that is always this.
    Stamp(&'static str),
}

/// The server's mind.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Case {
    pub prefix: &'static str,
    pub versions: Vec<&'static str>,
    pub frameworks: Vec<Framework>,
    pub is_bare: bool,
    pub total: Total,
    pub next: Next,
    pub validator: Validator,
    /// The most rows of a page, whatever is asked for.
    pub most_rows: usize,
    pub ignores_offset: bool,
    /// Whether private frameworks take up room on the pages of those who may not see them, and count.
    pub slices_first: bool,
    /// Whether whoever shows no token is answered by a failure.
    pub fails_anonymous: bool,
    /// Packages are given when so many are asked for at once.
    pub gate: Option<Arc<Barrier>>,
    /// What certain addresses answer, with or without their query: status, content type, body.
    pub answers: BTreeMap<String, (u16, &'static str, String)>,
    /// Pages of the list that are given before any other, whatever is asked for.
    pub script: VecDeque<String>,
    /// What was asked for.
    pub log: Vec<Asked>,
}

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub target: String,
    pub status: u16,
    pub headers: HeaderMap,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            prefix: "",
            versions: vec!["v1p1", "v1p0"],
            frameworks: Vec::new(),
            is_bare: false,
            total: Total::Header,
            next: Next::Unsaid,
            validator: Validator::None,
            most_rows: usize::MAX,
            ignores_offset: false,
            slices_first: false,
            fails_anonymous: false,
            gate: None,
            answers: BTreeMap::new(),
            script: VecDeque::new(),
            log: Vec::new(),
        }
    }
}

struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Reply {
    fn json(value: &Value) -> Self {
        let kind = ("content-type", "application/json".to_owned());
        Self { status: 200, headers: vec![kind], body: value.to_string() }
    }

    fn failure(status: u16, minor: &str) -> Self {
        let fields = json!([{"imsx_codeMinorFieldName": "x", "imsx_codeMinorFieldValue": minor}]);
        let info = json!({
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": "not here",
            "imsx_codeMinor": {"imsx_codeMinorField": fields},
        });
        Self { status, ..Self::json(&info) }
    }
}

impl Case {
    pub(crate) fn of(identifiers: &[&str]) -> Self {
        let frameworks = identifiers.iter().copied().map(Framework::new).collect();
        Self { frameworks, ..Self::default() }
    }

    pub(crate) fn framework(&mut self, identifier: &str) -> &mut Framework {
        self.frameworks.iter_mut().find(|one| one.identifier == identifier).unwrap()
    }

    pub(crate) fn remove(&mut self, identifier: &str) {
        self.frameworks.retain(|one| one.identifier != identifier);
    }

    pub(crate) fn answer(&mut self, path: &str, status: u16, body: &str) {
        self.answers.insert(path.to_owned(), (status, "application/json", body.to_owned()));
    }

    /// The targets that were asked for since the last time, robots.txt aside.
    pub(crate) fn asked(&mut self) -> Vec<Asked> {
        let log = std::mem::take(&mut self.log);
        log.into_iter().filter(|asked| asked.target != "/robots.txt").collect()
    }

    pub(crate) fn targets(&mut self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.target).collect()
    }

    fn answer_and_note(
        &mut self,
        host: &str,
        uri: &Uri,
        headers: HeaderMap,
    ) -> (Reply, Option<Arc<Barrier>>) {
        let reply = self.reply(host, uri, &headers);
        self.log.push(Asked { target: uri.to_string(), status: reply.status, headers });
        (reply, self.gate.clone())
    }

    fn reply(&mut self, host: &str, uri: &Uri, headers: &HeaderMap) -> Reply {
        if uri.path() == "/robots.txt" {
            return Reply::failure(404, "unknownobject");
        }
        if uri.path().ends_with("/CFDocuments")
            && let Some(body) = self.script.pop_front()
        {
            return Reply { body, ..Reply::json(&json!({})) };
        }
        let set = self.answers.get(&uri.to_string()).or_else(|| self.answers.get(uri.path()));
        if let Some((status, kind, body)) = set {
            let kind = ("content-type", (*kind).to_owned());
            return Reply { status: *status, headers: vec![kind], body: body.clone() };
        }
        let path = uri.path().strip_prefix(self.prefix).unwrap_or_default();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let is_known =
            headers.get("authorization").is_some_and(|it| it == &format!("Bearer {TOKEN}"));
        if self.fails_anonymous && !is_known {
            return Reply::failure(500, "internal_server_error");
        }
        match segments.as_slice() {
            ["ims", "case", version, "CFDocuments"] if self.versions.contains(version) => {
                self.list(&format!("http://{host}{}", uri.path()), uri, is_known)
            }
            ["ims", "case", version, "CFPackages", package] if self.versions.contains(version) => {
                self.package(version, package, is_known, headers)
            }
            _ => Reply::failure(404, "unknownobject"),
        }
    }

    fn list(&self, address: &str, uri: &Uri, is_known: bool) -> Reply {
        let url: Url = format!("http://x{uri}").parse().unwrap();
        let number = |name| {
            let (_, value) = url.query_pairs().find(|(key, _)| key == name)?;
            value.parse::<usize>().ok()
        };
        let limit = number("limit").unwrap_or(100).min(self.most_rows);
        let offset = if self.ignores_offset { 0 } else { number("offset").unwrap_or(0) };
        let may_see = |one: &&Framework| is_known || !one.is_private;
        let listed = self.frameworks.iter().filter(|one| !one.is_hidden);
        let rows: Vec<&Framework> =
            if self.slices_first { listed.collect() } else { listed.filter(may_see).collect() };
        let total = rows.len();
        let page = rows.into_iter().skip(offset).take(limit).filter(may_see);
        let documents: Vec<Value> = page.map(document).collect();
        let mut body = json!({ "CFDocuments": documents });
        if self.is_bare {
            body = body["CFDocuments"].take();
        } else if self.total == Total::Body {
            body["total"] = json!(total);
            body["limit"] = json!(limit);
        }
        let mut reply = Reply::json(&body);
        if self.total == Total::Header {
            reply.headers.push(("x-total-count", total.to_string()));
        }
        let host = match self.next {
            Next::Here if offset + limit < total => address.to_owned(),
            Next::Elsewhere => "http://127.0.0.1:1/ims/case/v1p1/CFDocuments".to_owned(),
            _ => return reply,
        };
        let next =
            format!("<{host}?limit={limit}&offset={}&token=x>; rel=\"next\"", offset + limit);
        reply.headers.push(("link", next));
        reply
    }

    fn package(&self, version: &str, package: &str, is_known: bool, headers: &HeaderMap) -> Reply {
        let found = self.frameworks.iter().find(|one| one.package == package);
        let Some(framework) = found else { return Reply::failure(404, "unknownobject") };
        if framework.is_private && !is_known {
            return Reply::failure(401, "unauthorised_request");
        }
        if !framework.versions.contains(&version) {
            return Reply::failure(409, "internal_server_error");
        }
        let mut reply = Reply::json(&self::package(framework));
        let sent = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let (name, value, is_same) = match self.validator {
            Validator::None => return reply,
            Validator::ETag => {
                let etag = format!("\"{}\"", framework.words);
                let is_same = sent("if-none-match") == Some(&etag);
                ("etag", etag, is_same)
            }
            Validator::Stamp(stamp) => {
                ("last-modified", stamp.to_owned(), sent("if-modified-since") == Some(stamp))
            }
        };
        if is_same {
            reply = Reply { status: 304, headers: Vec::new(), body: String::new() };
        }
        reply.headers.push((name, value));
        reply
    }
}

fn document(framework: &Framework) -> Value {
    let link =
        json!({"title": "t", "identifier": framework.package, "uri": "http://elsewhere.example/p"});
    json!({
        "identifier": framework.identifier,
        "title": "A framework",
        "subject": framework.subject,
        "lastChangeDateTime": framework.stamp,
        "CFPackageURI": framework.link.clone().unwrap_or(link),
    })
}

/// The package of a framework.
pub(crate) fn package(framework: &Framework) -> Value {
    let item = json!({"identifier": "i", "fullStatement": framework.words});
    json!({"CFDocument": document(framework), "CFItems": [item]})
}

/// The server's mind, and the host that it is asked by.
type Shared = (Arc<Mutex<Case>>, String);

/// A server that runs.
pub(crate) struct Server {
    case: Arc<Mutex<Case>>,
    address: String,
}

impl Server {
    pub(crate) async fn start(case: Case) -> Self {
        let case = Arc::new(Mutex::new(case));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let state = (Arc::clone(&case), address.clone());
        let router = Router::new().fallback(answer).with_state(state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { case, address }
    }

    /// The host, with its port.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn case(&self) -> MutexGuard<'_, Case> {
        self.case.lock().unwrap()
    }
}

async fn answer(
    State((case, host)): State<Shared>,
    uri: Uri,
    headers: HeaderMap,
) -> Response<Body> {
    let (reply, gate) = case.lock().unwrap().answer_and_note(&host, &uri, headers);
    if let Some(gate) = gate.filter(|_| uri.path().contains("/CFPackages/")) {
        gate.wait().await;
    }
    let mut response = Response::builder().status(reply.status);
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}
