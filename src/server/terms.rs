//! On which terms a route is asked: what it costs, who may keep its answers, and until when it is there.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, ETAG, HeaderName, LINK, VARY};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::server::caller::Caller;
use crate::server::client::Client;
use crate::server::coding::Coding;
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};
use crate::server::tag::Tag;

/// How long an answer about what is public may be kept, and how long it may be given while it is asked for anew.
const PUBLIC: &str = "public, max-age=60, stale-while-revalidate=600";

/// What an answer about what is public depends on besides its address.
const VARIES: &str = "Accept, Accept-Encoding";

/// When a route began to be deprecated ([RFC 9745](https://www.rfc-editor.org/rfc/rfc9745)).
const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");

/// When it goes ([RFC 8594](https://www.rfc-editor.org/rfc/rfc8594)).
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// The terms of a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Terms {
    /// What a request counts for, where a plain question counts one; nothing is counted for 0. What is asked for in a body may count for more.
    pub cost: usize,
    /// Who may keep the answers.
    pub caching: Caching,
    /// Since when it is not to be used any longer, where that is so.
    pub deprecation: Option<Deprecation>,
    /// Whether people see what is answered; what goes wrong is then told as a page too.
    pub is_page: bool,
}

/// Who may keep an answer to GET. What is sent with POST nobody keeps, and no problem either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caching {
    /// Nobody: what is asked tells about whoever asks, or the answer is another each time.
    Nobody,
    /// Everybody, for a while: it is about what is public, and the same until the next generation.
    Everybody,
    /// As the handler says.
    Handler,
}

/// That a route is not to be used any longer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Deprecation {
    /// Since when, in seconds since 1970.
    pub since: i64,
    /// When it goes, as HTTP writes a date.
    pub sunset: &'static str,
    /// The page that says what takes its place.
    pub link: &'static str,
}

impl Default for Terms {
    fn default() -> Self {
        Self { cost: 1, caching: Caching::Nobody, deprecation: None, is_page: false }
    }
}

impl Deprecation {
    fn tell(self, headers: &mut HeaderMap) {
        let link = format!("<{}>; rel=\"deprecation\"; type=\"text/html\"", self.link);
        headers.insert(SUNSET, HeaderValue::from_static(self.sunset));
        if let Ok(since) = HeaderValue::try_from(format!("@{}", self.since)) {
            headers.insert(DEPRECATION, since);
        }
        if let Ok(link) = HeaderValue::try_from(link) {
            headers.append(LINK, link);
        }
    }
}

/// A route that is bound to its terms.
#[derive(Clone)]
pub(super) struct Bound {
    /// What every handler works with.
    pub state: AppState,
    /// The terms.
    pub terms: Terms,
    /// The route, with its parameters in braces; none where there is none.
    pub path: Option<&'static str>,
}

/// The route that gave an answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answered(pub &'static str);

/// That people see the answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen;

/// Keeps the terms: counts what is asked, and says to whoever has the answer already that it holds.
pub(super) async fn keep(
    State(Bound { state, terms, path }): State<Bound>,
    request: Request,
    next: Next,
) -> Response {
    let tag = tag(&state, terms, &request);
    let coding = Coding::chosen(request.headers());
    let held = tag.as_ref().and_then(|tag| tag.held(request.headers(), coding));
    // To say that nothing has changed is no work, whatever the answer would be.
    let cost = if held.is_some() { terms.cost.min(1) } else { terms.cost };
    let client = request.extensions().get::<Client>().copied();
    let caller = Caller::new(client, state.rates());
    let mut response = match (caller.owes(cost), held) {
        (Err(exhausted), _) => Problem::from(exhausted).into_response(),
        (Ok(()), Some(held)) => not_modified(held),
        (Ok(()), None) => caller.hear(next.run(request)).await,
    };
    let is_good = response.status() == StatusCode::OK;
    let headers = response.headers_mut();
    if let (Some(tag), true) = (tag, is_good) {
        keepable(headers, tag.header(None));
    }
    if let Some(account) = caller.account() {
        account.tell(headers);
    }
    if let Some(deprecation) = terms.deprecation {
        deprecation.tell(headers);
    }
    if let Some(path) = path {
        response.extensions_mut().insert(Answered(path));
    }
    if terms.is_page || path.is_none() {
        response.extensions_mut().insert(Seen);
    }
    response
}

/// The tag that the answer will have, where everybody may keep it.
///
/// The page that a cursor leads to is of another generation than the current one, perhaps.
fn tag(state: &AppState, terms: Terms, request: &Request) -> Option<Tag> {
    let has_cursor = || {
        let query = request.uri().query().unwrap_or_default();
        query.split('&').any(|parameter| parameter.starts_with("cursor="))
    };
    let is_kept = terms.caching == Caching::Everybody
        && matches!(*request.method(), Method::GET | Method::HEAD)
        && !has_cursor();
    let Taken(reader) = request.extensions().get::<Taken>().filter(|_| is_kept)?;
    Some(state.tag(reader.manifest(), request))
}

fn not_modified(tag: HeaderValue) -> Response {
    let mut response = StatusCode::NOT_MODIFIED.into_response();
    keepable(response.headers_mut(), Some(tag));
    response
}

fn keepable(headers: &mut HeaderMap, tag: Option<HeaderValue>) {
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static(PUBLIC));
    headers.entry(VARY).or_insert(HeaderValue::from_static(VARIES));
    if let Some(tag) = tag {
        headers.entry(ETAG).or_insert(tag);
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderMap;

    use super::Deprecation;

    #[test]
    fn a_deprecated_route_says_since_when_until_when_and_what_takes_its_place() {
        let mut headers = HeaderMap::new();
        let deprecation = Deprecation {
            since: 1_709_164_800,
            sunset: "Sat, 01 Mar 2025 00:00:00 GMT",
            link: "/docs#changes",
        };
        deprecation.tell(&mut headers);
        assert_eq!(headers["deprecation"], "@1709164800");
        assert_eq!(headers["sunset"], "Sat, 01 Mar 2025 00:00:00 GMT");
        assert_eq!(headers["link"], "</docs#changes>; rel=\"deprecation\"; type=\"text/html\"");
    }
}
