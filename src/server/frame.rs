//! What surrounds every route: the generation that a request keeps, bounds, and the headers of every answer.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::server::answer::GENERATION;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};

/// The longest address, in bytes.
pub(super) const MAX_ADDRESS: usize = 8 << 10;

/// The most header fields; what reads HTTP below us ends a connection at a hundred.
const MAX_FIELDS: usize = 64;

/// The most bytes of all header fields together.
const MAX_HEADERS: usize = 32 << 10;

/// The headers of every answer that does not say otherwise. What is served is public and may be asked for from any page; what somebody asked
/// for is nobody else's business, so nothing is left in caches and nothing goes along in a `Referer`. Pages and ranges alone say otherwise.
const HEADERS: [(HeaderName, &str); 6] = [
    (ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    (ACCESS_CONTROL_EXPOSE_HEADERS, "Alidade-Generation, Allow, Link, Retry-After"),
    (CACHE_CONTROL, "no-store"),
    (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (REFERRER_POLICY, "no-referrer"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
];

/// The headers of the answer to a [preflight](https://fetch.spec.whatwg.org/#cors-preflight-request).
const PREFLIGHT: [(HeaderName, &str); 3] = [
    (ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, POST"),
    (ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type"),
    (ACCESS_CONTROL_MAX_AGE, "86400"),
];

/// Takes the current generation for a request, refuses what is out of bounds, and sets the headers of the answer.
pub(super) async fn surround(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let reader = state.reader();
    let generation = reader.as_ref().map(|reader| reader.manifest().generation);
    if let Some(reader) = reader {
        request.extensions_mut().insert(Taken(reader));
    }
    let mut response = match check(&request) {
        Err(problem) => problem.into_response(),
        Ok(()) if is_preflight(&request) => preflight(),
        Ok(()) => next.run(request).await,
    };
    set(response.headers_mut(), &HEADERS);
    if let Some(generation) = generation {
        // An answer may come from an earlier one.
        response.headers_mut().entry(GENERATION).or_insert(HeaderValue::from(generation));
    }
    response
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

fn set(headers: &mut HeaderMap, fields: &[(HeaderName, &'static str)]) {
    for (name, value) in fields {
        // A handler that has said it otherwise knows why.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}
