//! What a route may refuse, as responses of the description.

use std::collections::BTreeMap;

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, Header, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use crate::server::kind::Row;
use crate::server::openapi::problem::ProblemDocument;
use crate::server::problem::{MEDIA_TYPE, ProblemKind};

/// What may be wrong with parameters.
const PARAMETERS: [ProblemKind; 5] = [
    ProblemKind::UnknownParameter,
    ProblemKind::MissingParameter,
    ProblemKind::RepeatedParameter,
    ProblemKind::InvalidParameter,
    ProblemKind::Credential,
];

/// What may be wrong with a body.
const BODY: [ProblemKind; 6] = [
    ProblemKind::InvalidJson,
    ProblemKind::InvalidBody,
    ProblemKind::MediaType,
    ProblemKind::BodyTooLarge,
    ProblemKind::BodyIncomplete,
    ProblemKind::Credential,
];

/// What may be wrong with the name of one resource.
const NAME: [ProblemKind; 3] =
    [ProblemKind::InvalidPath, ProblemKind::UnknownResource, ProblemKind::AmbiguousResource];

/// Why there may be no answer although nothing is wrong with the question.
const READING: [ProblemKind; 2] = [ProblemKind::NothingPublished, ProblemKind::TimeOut];

/// What may be wrong with a query in SPARQL, and what may come of it.
const QUERY: [ProblemKind; 14] = [
    ProblemKind::MalformedQuery,
    ProblemKind::RepeatedParameter,
    ProblemKind::InvalidParameter,
    ProblemKind::UpdateRefused,
    ProblemKind::ServiceRefused,
    ProblemKind::NotAcceptable,
    ProblemKind::QueryTooLong,
    ProblemKind::QueryTooComplex,
    ProblemKind::QueryUnordered,
    ProblemKind::ResultTooLarge,
    ProblemKind::TooManyQueries,
    ProblemKind::QueryMemory,
    ProblemKind::NothingPublished,
    ProblemKind::QueryTimeOut,
];

/// What any route may answer, whatever it is asked.
pub(super) const ANYWHERE: [ProblemKind; 5] = [
    ProblemKind::AddressTooLong,
    ProblemKind::HeadersTooLarge,
    ProblemKind::TooManyRequests,
    ProblemKind::TooManyConnections,
    ProblemKind::Internal,
];

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident: $($kinds:expr),+;)+) => {$(
        $(#[$doc])*
        pub(in crate::server) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                let kinds: &[&[ProblemKind]] = &[$(&$kinds),+];
                refusals(&kinds.concat())
            }
        }
    )+};
}

refusals! {
    /// What is asked by parameters alone may be refused so.
    AskedByParameters: PARAMETERS, READING;
    /// What is asked by parameters about the sources, which are there before anything is published.
    AskedOfSources: PARAMETERS, [ProblemKind::TimeOut];
    /// What is asked by a body may be refused so.
    AskedByBody: PARAMETERS, BODY, READING;
    /// What is asked of one resource may be refused so.
    AskedOfOne: PARAMETERS, NAME, READING;
    /// What is asked of one resource by a body may be refused so.
    AskedOfOneByBody: PARAMETERS, NAME, BODY, READING;
    /// Asking for the alignment of a resource may be refused so.
    AskedForAlignment: PARAMETERS, NAME, [ProblemKind::NoPublicAddress], READING;
    /// Asking for a bucket may be refused so.
    AskedForBucket: PARAMETERS, [ProblemKind::InvalidPrefix], READING;
    /// Asking for a bucket of a version may be refused so.
    AskedForVersion: PARAMETERS, [ProblemKind::InvalidPrefix, ProblemKind::AnotherVersion], READING;
    /// A credential may be refused so.
    AskedByCredential: PARAMETERS, [
        ProblemKind::CredentialsOff, ProblemKind::UnreadableCredential, ProblemKind::BodyTooLarge, ProblemKind::BodyIncomplete
    ], READING;
    /// What needs nothing that is published may be refused so.
    AskedOfProgram: PARAMETERS;
    /// Asking what a problem means may be refused so.
    AskedOfProblem: PARAMETERS, [ProblemKind::NoSuchRoute];
    /// Asking for a page of a list may be refused so.
    AskedForPage: PARAMETERS, [ProblemKind::GenerationGone], READING;
    /// Asking for a page of a list around a resource may be refused so.
    AskedForPageOfOne: PARAMETERS, NAME, [ProblemKind::GenerationGone], READING;
    /// Asking where the document of a resource is may be refused so.
    AskedToLeadOn: PARAMETERS, [ProblemKind::InvalidPath];
    /// Asking for the document of a resource may be refused so.
    AskedForDocument: PARAMETERS, NAME, [ProblemKind::NotAcceptable, ProblemKind::DocumentTooLarge], READING;
    /// Asking where the data sets are described may be refused so.
    AskedForCatalog: PARAMETERS, [ProblemKind::NotAcceptable];
    /// Asking for what has to have whole addresses in it may be refused so.
    AskedForAddresses: PARAMETERS, [ProblemKind::NoPublicUrl], READING;
    /// Asking for a part of the sitemap may be refused so.
    AskedForPart: PARAMETERS, [ProblemKind::NoPublicUrl, ProblemKind::NoSuchRoute], READING;
    /// Asking for a dump may be refused so.
    AskedForDump: PARAMETERS, [
        ProblemKind::UnknownDump, ProblemKind::NoDocuments, ProblemKind::DumpsBusy, ProblemKind::DumpUnderWay
    ], READING;
    /// A query in an address may be refused so.
    AskedByQuery: QUERY;
    /// A query in a body may be refused so.
    AskedByQueryInBody: QUERY, [
        ProblemKind::MissingParameter, ProblemKind::QueryBody, ProblemKind::BodyTooLarge, ProblemKind::BodyIncomplete
    ];
    /// Asking whether all is well may be refused so.
    AskedWhetherReady: READING;
}

/// Whoever asks has it already.
pub(in crate::server) struct NotModified;

impl IntoResponses for NotModified {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        let response = ResponseBuilder::new().description("Whoever asks has it already.").build();
        BTreeMap::from([("304".to_owned(), response.into())])
    }
}

/// A response for each status that these problems have.
pub(super) fn refusals(kinds: &[ProblemKind]) -> BTreeMap<String, RefOr<Response>> {
    let mut titles: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for kind in kinds {
        let Row { code, title, status, .. } = kind.row();
        let titles = titles.entry(status.as_u16()).or_default();
        let title = format!("{title} (`{code}`)");
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let each = titles.into_iter();
    each.map(|(status, titles)| (status.to_string(), refusal(status, &titles).into())).collect()
}

fn refusal(status: u16, titles: &[String]) -> Response {
    let schema = Ref::from_schema_name(ProblemDocument::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let response =
        ResponseBuilder::new().description(titles.join("; ") + ".").content(MEDIA_TYPE, content);
    let response = match status {
        410 => response.header(
            "Link",
            text("The address of a fresh start, with `rel=\"first\"`, where there is one."),
        ),
        415 => response.header("Accept-Post", text("The media types that are taken here.")),
        429 | 503 => {
            response.header("Retry-After", number("After how many seconds it may go well."))
        }
        _ => response,
    };
    response.build()
}

/// A header that is a number.
pub(super) fn number(description: &str) -> Header {
    header(Type::Integer, description)
}

fn text(description: &str) -> Header {
    header(Type::String, description)
}

fn header(of: Type, description: &str) -> Header {
    let schema = ObjectBuilder::new().schema_type(of).build();
    HeaderBuilder::new().schema(Some(schema)).description(Some(description)).build()
}
