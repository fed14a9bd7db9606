//! A document in one form, and what its head says of it.

use axum::http::header::{CONTENT_LOCATION, CONTENT_SECURITY_POLICY, LINK, VARY};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};

use crate::server::answer::{Answer, HTML};
use crate::server::files::POLICY;
use crate::server::negotiation::Offer;
use crate::server::problem::{Problem, ProblemKind};

/// A document in one form.
pub(super) struct Representation {
    /// The media type and its parameters.
    pub media_type: &'static str,
    /// The document.
    pub bytes: Vec<u8>,
    /// The address of this form.
    pub location: String,
    /// Its links, as a `Link` field has them; empty where there are none.
    pub links: String,
    /// Whether the same address may give another form.
    pub varies: bool,
}

impl IntoResponse for Representation {
    fn into_response(self) -> Response {
        let mut response = Answer::written(self.media_type, self.bytes).into_response();
        let fields = [(CONTENT_LOCATION, self.location), (LINK, self.links)];
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let fields = fields.filter_map(|(name, value)| field(name, value));
        response.headers_mut().extend(fields);
        if self.media_type == HTML {
            let policy = HeaderValue::from_static(POLICY);
            response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
        }
        if self.varies { varying(response) } else { response }
    }
}

/// A field; what cannot stand in one is left out.
pub(super) fn field(name: HeaderName, value: String) -> Option<(HeaderName, HeaderValue)> {
    HeaderValue::try_from(value).ok().map(|value| (name, value))
}

/// Says that the answer depends on what is accepted, in form and in coding.
pub(super) fn varying(mut response: Response) -> Response {
    response.headers_mut().insert(VARY, HeaderValue::from_static("Accept, Accept-Encoding"));
    response
}

/// Refuses to give a form that there is not, and says which there are.
pub(super) fn not_acceptable<F>(offers: &[Offer<F>], locations: &[String]) -> Problem {
    let forms: Vec<serde_json::Value> = offers
        .iter()
        .zip(locations)
        .map(|((_, media_types), location)| {
            let media_type =
                media_types.first().and_then(|media_type| media_type.split(';').next());
            serde_json::json!({ "type": media_type, "href": location })
        })
        .collect();
    let detail = "there is no form of this document that `Accept` allows";
    Problem::new(ProblemKind::NotAcceptable, detail).with("available", forms)
}

/// A document that could not be written, which is our fault.
pub(super) fn unwritten(error: std::io::Error) -> Problem {
    let error = anyhow::Error::from(error);
    tracing::error!(error = format!("{error:#}"), "a document cannot be written");
    Problem::internal()
}
