//! `/dumps`: everything that may be given away, and each framework, to be taken along.
//!
//! A dump is written while it is read by the caller, from the generation that its request has taken, and lies nowhere. The same generation
//! gives the same bytes; what they come to is worked out by whoever takes the first dump whole or asks for the digest, and is known from then on.

mod digests;
mod list;
mod name;
mod places;
mod stream;

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    HeaderName, IF_NONE_MATCH,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use index::Reader;
use index::card::Card;
use index::edition::Edition;

use crate::server::answer::{Answer, HeadAlone};
use crate::server::dumps::digests::{Measured, Measuring};
use crate::server::dumps::list::{AFTER, Dump, LIMIT, list as listed};
use crate::server::dumps::name::{Name, Part, Whole};
use crate::server::dumps::places::MAX_PLACES;
use crate::server::dumps::stream::{Job, begin, measure, no_documents, selection};
use crate::server::openapi::body::Packed;
use crate::server::openapi::response::{AskedByParameters, AskedForDump, NotModified};
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};
use crate::server::tag::BUILD;

pub(super) use crate::server::dumps::digests::Digests;
pub(super) use crate::server::dumps::list::is_given;
pub(super) use crate::server::dumps::places::{Place, Places};
pub(super) use crate::server::dumps::stream::forms;

/// The header that has the digest of the whole ([RFC 9530](https://www.rfc-editor.org/rfc/rfc9530#section-3)).
const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// What everybody may keep, as long as it is asked whether it still holds; and what nobody may pack once more.
const CACHING: &str = "no-cache, no-transform";

/// Lists what can be taken along.
#[utoipa::path(
    get,
    path = "/dumps",
    tag = "copies",
    operation_id = "dumps",
    summary = "What can be taken along: everything, and each framework, with licences",
    params(
        ("limit" = Option<usize>, Query, description = "How many frameworks are listed.", minimum = 0, maximum = 1000),
        ("after" = Option<String>, Query, description = "The hash behind which the list goes on.", pattern = "^[0-9a-f]{16}$"),
    ),
    responses((status = 200, body = list::Dumps, description = "What can be taken along.", headers(("Link" = String, description = "The address of the next page, with `rel=\"next\"`."))), AskedByParameters)
)]
pub(super) async fn list(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [limit, after] = parameters.named([LIMIT, AFTER])?;
    let page = list::page(limit.as_deref(), after.as_deref())?;
    let (digests, forms) = (state.dumps(), forms(&state.sources().data));
    let written = move || {
        let dumps = listed(&reader, &digests, &forms, &page)?;
        let answer = Answer::of(&dumps)?;
        Ok(dumps.next.iter().fold(answer, |answer, next| answer.with_next(next)))
    };
    state.write(written).await
}

/// The files in which a framework can be taken along, of which these are the copies; none where it may not be.
pub(super) fn files_of(state: &AppState, reader: &Reader, copies: &[Card]) -> Vec<Dump> {
    list::of_framework(
        &state.dumps(),
        reader.manifest().edition(),
        &forms(&state.sources().data),
        copies,
    )
}

/// Gives everything, or its digest.
///
/// The digest is that of the file as it is sent, in the form that `sha256sum --check` reads.
#[utoipa::path(
    get,
    path = "/dumps/{name}",
    tag = "copies",
    operation_id = "dump",
    summary = "Everything that may be given away, or its digest",
    params(("name" = String, Path, description = "`all.nq.zst`, `all.ndjson.zst` or `all.csv.zst`, with `.sha256` behind it for its digest.", pattern = r"^all\.(nq|ndjson|csv)\.zst(\.sha256)?$", example = "all.nq.zst")),
    responses(
        (status = 200, description = "The dump, as it is written; or its digest.", content((Packed = "application/zstd"), (String = "text/plain"))),
        NotModified,
        AskedForDump,
    )
)]
pub(super) async fn all(
    State(state): State<AppState>,
    Taken(reader): Taken,
    name: Result<Path<String>, PathRejection>,
    parameters: Parameters,
    call: Call,
) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    let name = name.ok().and_then(|Path(name)| Name::of_whole(&name)).ok_or_else(unknown)?;
    give(state, reader, name, call).await
}

/// Gives a framework with everything that belongs to it, or its digest.
#[utoipa::path(
    get,
    path = "/dumps/frameworks/{name}",
    tag = "copies",
    operation_id = "dumpOfFramework",
    summary = "A framework with everything that belongs to it, or its digest",
    params(("name" = String, Path, description = "The first 16 hexadecimal digits of the SHA-256 of the framework's canonical key, with `.nq.zst`, `.ndjson.zst` or `.csv.zst` behind it, and with `.sha256` for its digest.", pattern = r"^[0-9a-f]{16}\.(nq|ndjson|csv)\.zst(\.sha256)?$", example = "08a274a9bfa589a5.nq.zst")),
    responses(
        (status = 200, description = "The dump, as it is written; or its digest.", content((Packed = "application/zstd"), (String = "text/plain"))),
        NotModified,
        AskedForDump,
    )
)]
pub(super) async fn framework(
    State(state): State<AppState>,
    Taken(reader): Taken,
    name: Result<Path<String>, PathRejection>,
    parameters: Parameters,
    call: Call,
) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    let name = name.ok().and_then(|Path(name)| Name::of_framework(&name)).ok_or_else(unknown)?;
    give(state, reader, name, call).await
}

/// What of a request decides how a dump is given.
pub(super) struct Call {
    is_head: bool,
    known: Option<HeaderValue>,
}

impl<S: Sync> FromRequestParts<S> for Call {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Infallible> {
        let known = parts.headers.get(IF_NONE_MATCH).cloned();
        Ok(Self { is_head: parts.extensions.get::<HeadAlone>().is_some(), known })
    }
}

async fn give(
    state: AppState,
    reader: Arc<Reader>,
    name: Name,
    call: Call,
) -> Result<Response, Problem> {
    if !forms(&state.sources().data).contains(&name.whole.form) {
        return Err(no_documents());
    }
    if name.is_digest {
        return digest(state, reader, name.whole).await;
    }
    let edition = reader.manifest().edition();
    let tag = tag(edition, name.whole);
    let is_known = call.knows(&tag);
    if is_known || call.is_head {
        exists(&state, Arc::clone(&reader), name.whole).await?;
    }
    if is_known {
        return Ok(head(StatusCode::NOT_MODIFIED, Body::empty(), &tag));
    }
    let measured = state.dumps().of(edition, name.whole);
    let body =
        if call.is_head { Body::empty() } else { begin(job(&state, reader, name.whole)?).await? };
    let mut response = head(StatusCode::OK, body, &tag);
    let headers = response.headers_mut();
    set(headers, CONTENT_TYPE, "application/zstd");
    set(headers, CONTENT_DISPOSITION, &format!("attachment; filename=\"{}\"", name.whole.file()));
    if let Some(Measured { len, digest }) = measured {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(len));
        let digest = STANDARD.encode(digest.as_bytes());
        set(headers, REPR_DIGEST, &format!("sha-256=:{digest}:"));
    }
    Ok(response)
}

/// Gives the digest of a dump, once it is known.
async fn digest(state: AppState, reader: Arc<Reader>, dump: Whole) -> Result<Response, Problem> {
    let digests = state.dumps();
    let edition = reader.manifest().edition();
    let limit = state.time_limit();
    let known = async {
        match digests.wait(edition, dump).await {
            Measuring::Done(measured) => Ok(measured),
            Measuring::Yours | Measuring::UnderWay => worked_out(&state, reader, dump).await,
        }
    };
    let Ok(measured) = tokio::time::timeout(limit, known).await else {
        let detail = "the dump is being written to know its digest; ask again in a moment";
        return Err(Problem::new(ProblemKind::DumpUnderWay, detail));
    };
    let measured = measured?;
    let text = format!("{}  {}\n", measured.digest, dump.file());
    let mut response = Response::new(Body::from(text));
    set(response.headers_mut(), CONTENT_TYPE, "text/plain; charset=utf-8");
    set(response.headers_mut(), CACHE_CONTROL, CACHING);
    Ok(response)
}

/// Works out the digest of a dump. Who waits may go; the work goes on, and what comes of it is known to whoever asks next.
async fn worked_out(
    state: &AppState,
    reader: Arc<Reader>,
    dump: Whole,
) -> Result<Measured, Problem> {
    let edition = reader.manifest().edition();
    let job = job(state, reader, dump).inspect_err(|_| state.dumps().note(edition, dump, None))?;
    // Where it has panicked, the hook has logged where.
    tokio::task::spawn_blocking(move || measure(job))
        .await
        .unwrap_or_else(|_| Err(Problem::internal()))
}

/// Makes sure that there is such a dump, and that it is given.
async fn exists(state: &AppState, reader: Arc<Reader>, dump: Whole) -> Result<(), Problem> {
    if dump.part == Part::All {
        return Ok(());
    }
    state.aside(move || selection(&reader, dump)).await.map(drop)
}

fn job(state: &AppState, reader: Arc<Reader>, dump: Whole) -> Result<Job, Problem> {
    let place = state.place_of_dump().ok_or_else(|| {
        let detail =
            "as many dumps as can be are being written, in all or for you; ask again in a moment";
        Problem::new(ProblemKind::DumpsBusy, detail).with("max", MAX_PLACES)
    })?;
    let (data, digests) = (state.sources().data.clone(), state.dumps());
    Ok(Job { reader, data, dump, digests, place })
}

impl Call {
    /// Whether the caller has what this tag stands for. A cache on the way may have made it a weak one; `*` is let be, as everywhere.
    fn knows(&self, tag: &str) -> bool {
        let known = self.known.as_ref().and_then(|known| known.to_str().ok()).unwrap_or_default();
        let mut tags = known.split(',').map(|one| one.trim().trim_start_matches("W/"));
        tags.any(|one| one == tag)
    }
}

/// What a dump goes by: the same program gives the same bytes for the same edition.
fn tag(edition: Edition, dump: Whole) -> String {
    format!("\"{}-{edition}-{}\"", BUILD, dump.file())
}

fn head(status: StatusCode, body: Body, tag: &str) -> Response {
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    set(headers, ETAG, tag);
    set(headers, CACHE_CONTROL, CACHING);
    set(headers, ACCEPT_RANGES, "none");
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    // Every value is of our own making, and fits.
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// A name that names no dump.
fn unknown() -> Problem {
    Problem::new(
        ProblemKind::UnknownDump,
        "there is no such dump; `/dumps` lists those that there are",
    )
}
