//! Files that are inside the program, and served as they are.

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;

use crate::server::coding::Coding;
use crate::server::tag::Tag;

/// A file that is served as it is.
pub(super) struct Asset {
    /// Its media type.
    pub media_type: HeaderValue,
    /// What a page may do, where it is one.
    pub policy: &'static str,
    /// Who may keep it.
    pub caching: &'static str,
    /// What tells it from others.
    pub tag: Tag,
    /// What is in it.
    pub bytes: Bytes,
}

impl Asset {
    /// Gives the file, or says that whoever asks has it already.
    pub(super) fn answer(self, fields: &HeaderMap) -> Response {
        let held = self.tag.held(fields, Coding::chosen(fields));
        let bytes = if held.is_some() { Bytes::new() } else { self.bytes };
        let mut response = Response::new(Body::from(bytes));
        if held.is_some() {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
        }
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, self.media_type);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(self.caching));
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(self.policy));
        if let Some(tag) = held.or_else(|| self.tag.header(None)) {
            headers.insert(ETAG, tag);
        }
        response
    }
}
