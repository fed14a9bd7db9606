//! What surrounds every route: the generation that a request keeps, its number, bounds, and the headers of every answer.

use std::time::Instant;

use askama::Template;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE,
    ACCESS_CONTROL_REQUEST_METHOD, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH,
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HeaderName, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::page::Shell;
use crate::server::answer::{GENERATION, HTML, HeadAlone};
use crate::server::client::Client;
use crate::server::coding::Coding;
use crate::server::door::Peer;
use crate::server::files::POLICY;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::request_id::{REQUEST_ID, RequestId};
use crate::server::state::{AppState, Taken};
use crate::server::tag::coded;
use crate::server::terms::{Answered, Seen};

/// The longest address, in bytes.
pub(super) const MAX_ADDRESS: usize = 8 << 10;

/// The most header fields; what reads HTTP below us ends a connection at a hundred.
const MAX_FIELDS: usize = 64;

/// The most bytes of all header fields together.
const MAX_HEADERS: usize = 32 << 10;

/// The headers of every answer that does not say otherwise. What is served is public and may be asked for from any page; what somebody asked
/// for is nobody else's business, so nothing is left in caches and nothing goes along in a `Referer`. Routes whose answers may be kept say so.
const HEADERS: [(HeaderName, &str); 6] = [
    (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED),
    (CACHE_CONTROL, "no-store"),
    (CONTENT_SECURITY_POLICY, NOTHING),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// What an answer may do that is no page.
pub(super) const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// What pages of other origins may read of the head of an answer.
const EXPOSED: &str = "Alidade-Generation, Allow, Content-Disposition, Content-Location, Deprecation, ETag, Link, RateLimit, RateLimit-Policy, \
                       Repr-Digest, Retry-After, Sunset, X-Request-Id";

/// The headers of the answer to a [preflight](https://fetch.spec.whatwg.org/#cors-preflight-request).
const PREFLIGHT: [(HeaderName, &str); 3] = [
    (ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST"),
    // Those that pages may always send too: some frameworks name them all the same.
    (
        ACCESS_CONTROL_ALLOW_HEADERS,
        "Accept, Accept-Language, Content-Type, If-None-Match, Range, X-Requested-With",
    ),
    (ACCESS_CONTROL_MAX_AGE, "86400"),
];

/// Takes the current generation for a request, refuses what is out of bounds, and sets the headers of the answer.
pub(super) async fn surround(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let (id, begun, method) = (RequestId::draw(), Instant::now(), request.method().clone());
    let is_person = is_person(request.headers());
    let reader = state.reader();
    let generation = reader.as_ref().map(|reader| reader.manifest().generation);
    if let Some(reader) = reader {
        request.extensions_mut().insert(Taken(reader));
    }
    let mut response = match check(&request) {
        Err(problem) => problem.into_response(),
        Ok(()) if is_preflight(&request) => preflight(),
        Ok(()) => next.run(prepared(&state, request)).await,
    };
    tell_problem(&state, &id, is_person, &mut response);
    let is_unchanged = response.status() == StatusCode::NOT_MODIFIED;
    complete(response.headers_mut(), &id);
    if is_unchanged {
        // What is said here takes the place of what was said with the answer that is kept (RFC 9111, 3.2): of a page, what it may do.
        response.headers_mut().remove(CONTENT_SECURITY_POLICY);
    }
    if let Some(generation) = generation {
        // An answer may come from an earlier one.
        response.headers_mut().entry(GENERATION).or_insert(HeaderValue::from(generation));
    }
    log(&id, begun, &method, &response);
    response
}

/// A request as the routes see it: of a client, with one coding chosen. HEAD is answered as GET is, so that its headers are the same; what
/// writes HTTP below us leaves out the body.
fn prepared(state: &AppState, mut request: Request) -> Request {
    if let Some(Peer(peer)) = request.extensions().get() {
        let client = Client::of(*peer, state.trusted_proxies(), request.headers());
        request.extensions_mut().insert(client);
    }
    let coding = Coding::chosen(request.headers());
    Coding::settle(coding, request.headers_mut());
    if request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
        request.extensions_mut().insert(HeadAlone);
    }
    request
}

fn check(request: &Request) -> Result<(), Problem> {
    let uri = request.uri();
    let n_bytes = uri.path().len() + uri.query().map_or(0, |query| query.len() + 1);
    if n_bytes > MAX_ADDRESS {
        return Err(Problem::new(
            ProblemKind::AddressTooLong,
            format!("the address has {n_bytes} bytes, more than {MAX_ADDRESS}"),
        ));
    }
    let fields = request.headers();
    let n_bytes: usize = fields.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if fields.len() > MAX_FIELDS || n_bytes > MAX_HEADERS {
        return Err(Problem::new(
            ProblemKind::HeadersTooLarge,
            format!("no more than {MAX_FIELDS} header fields and {MAX_HEADERS} bytes are read"),
        ));
    }
    Ok(())
}

fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

fn preflight() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    set(response.headers_mut(), &PREFLIGHT);
    response
}

/// Whether somebody asks with a browser: what loads a page names pages first, and programs that take pages as well do not.
pub(super) fn is_person(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT).and_then(|value| value.to_str().ok());
    accepted.is_some_and(|accepted| accepted.trim_start().starts_with("text/html"))
}

/// Says in a problem to which request it belongs; to people, as a page.
fn tell_problem(state: &AppState, id: &RequestId, is_person: bool, response: &mut Response) {
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return };
    let is_seen = is_person && response.extensions().get::<Seen>().is_some();
    let page = if is_seen { told(&problem, state, id).ok() } else { None };
    let headers = response.headers_mut();
    let body = match page {
        Some(page) => {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(HTML));
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
            page.into()
        }
        None => problem.of_request(id, state.public_url()),
    };
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    *response.body_mut() = Body::from(body);
}

/// A problem as a page.
fn told(problem: &Problem, state: &AppState, id: &RequestId) -> askama::Result<String> {
    let generation = state.generation();
    problem.page(Shell::new("", generation), id).render()
}

/// Sets what an answer does not say yet.
fn complete(headers: &mut HeaderMap, id: &RequestId) {
    set(headers, &HEADERS);
    if let Some(id) = id.header() {
        headers.insert(REQUEST_ID, id);
    }
    // Strong tags tell apart what differs in one byte.
    let both = headers.get(ETAG).zip(headers.get(CONTENT_ENCODING));
    if let Some(tag) = both.and_then(|(tag, coding)| coded(tag, coding)) {
        headers.insert(ETAG, tag);
    }
}

fn set(headers: &mut HeaderMap, fields: &[(HeaderName, &'static str)]) {
    for (name, value) in fields {
        // A handler that has said it otherwise knows why.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// The one line about a request, and all that there ever is in it: nothing of what was sent.
fn log(id: &RequestId, begun: Instant, method: &Method, response: &Response) {
    let method = match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::POST => "POST",
        _ => "other",
    };
    let route = response.extensions().get().map_or("none", |Answered(path)| path);
    let (status, duration) = (response.status().as_u16(), begun.elapsed());
    tracing::debug!(%id, method, route, status, duration_ms = duration.as_millis(), "answered");
}
