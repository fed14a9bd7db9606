//! `/v1/range`: names dealt out by the first digits of their hashes, for those who will not say which one they ask about.
//!
//! What a prefix hides and what it does not is said in the answer of `/v1/range` itself, so that nobody relies on more. Answers are
//! never compressed: their length would tell what is in them.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use index::Reader;
use index::range::{Layout, Summary};
use ontology::Strength;
use serde::Serialize;
use utoipa::ToSchema;

use crate::server::answer::Answer;
use crate::server::openapi::parameter::Known;
use crate::server::openapi::response::{
    AskedByParameters, AskedForBucket, AskedForVersion, NotModified,
};
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};

/// How long the bucket of a plain address may be kept: the next generation has another at the same place.
const FOR_NOW: &str = "public, max-age=300, no-transform";

/// How long the bucket of a version may be kept: for good.
const FOR_GOOD: &str = "public, max-age=31536000, immutable, no-transform";

/// How a name becomes a prefix.
const HOW: &str = "the SHA-256 of the canonical key in UTF-8, in lower-case hexadecimal; its first `prefixDigits` digits are the \
                   prefix, and an entry counts where its `hash` is the whole of it. How a key is made of an identifier stands, with \
                   test vectors, in `ontology/vectors` of the program's sources";

/// What is hidden from this server.
const HIDES: [&str; 2] = [
    "which of the names that share a prefix is meant, and whether it is any of them",
    "from whoever sees only sizes: what was asked for, because every bucket has the same length",
];

/// What is not.
const DOES_NOT_HIDE: [&str; 5] = [
    "sets: the alignments of one badge mostly lie in one framework, and a few prefixes together name it; of 300,000 names in 3,000 \
     frameworks three prefixes of 12 bits leave one framework in 96 of 100 cases",
    "spellings: an identifier that is asked for by several names gives away several prefixes",
    "popularity: some names are asked for more often than others, so that those of a bucket are not equally likely",
    "the address of whoever asks, and the time",
    "where few names are held: `names` divided by `buckets` is how many share a prefix on the average",
];

/// What to do where that is not enough.
const INSTEAD: [&str; 4] = [
    "run a server of your own; it needs no account and asks nobody",
    "fetch every bucket of a version and look into them at home",
    "ask through a relay or a cache that does not keep who asked",
    "ask for decoys among the prefixes; those of several sessions can be told from the constant ones",
];

/// How the names are dealt out, in the words of an answer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Ranges)]
struct Described {
    /// The generation that says so.
    generation: u64,
    /// How many digits, buckets and slots there are, and under which version.
    layout: Layout,
    /// Where a bucket lies.
    bucket: &'static str,
    /// How a name becomes a prefix.
    hash: &'static str,
    /// What is hidden from this server.
    #[schema(value_type = Vec<String>)]
    hides: [&'static str; 2],
    /// What is not.
    #[schema(value_type = Vec<String>)]
    does_not_hide: [&'static str; 5],
    /// What to do where that is not enough.
    #[schema(value_type = Vec<String>)]
    instead: [&'static str; 4],
}

/// Everything whose name begins with some digits, filled up to the size that all buckets have.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `index::range` writes, and is never made")]
#[schema(as = Bucket)]
struct BucketDocument {
    /// The version.
    version: String,
    /// The digits.
    prefix: String,
    /// As many as every bucket has.
    slots: Vec<Slot>,
}

/// One name, or what fills the bucket up: that has a hash and nothing else.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it describes what `index::range` writes, and is never made")]
struct Slot {
    /// The SHA-256 of the name's canonical key, or one that was made up.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
    /// How surely the name names the resource.
    strength: Option<Strength>,
    /// How many resources go by the name; each has a slot, up to a limit.
    n: Option<usize>,
    /// The resource in short.
    card: Option<Summary>,
}

/// Says how the names are dealt out.
#[utoipa::path(
    get,
    path = "/v1/range",
    tag = "verifiers",
    operation_id = "rangeLayout",
    summary = "How every name that is held is dealt out by the first digits of its hash",
    description = "For those who will not say which name they ask about. The answer says what that hides, and what it does not.",
    responses(
        (
            status = 200,
            description = "How they are dealt out.",
            body = Described,
            links(("bucket" = (
                operation_id = "rangeBucketOfVersion",
                parameters(("version" = "$response.body#/layout/version"))
            )))
        ),
        AskedByParameters
    )
)]
pub(super) async fn layout(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let look_up = |reader: &Reader| {
        Ok(Described {
            generation: reader.manifest().generation,
            layout: reader.ranges()?.layout().clone(),
            bucket: "/v1/range/{version}/{prefix}",
            hash: HOW,
            hides: HIDES,
            does_not_hide: DOES_NOT_HIDE,
            instead: INSTEAD,
        })
    };
    state.answer(reader, look_up).await
}

/// Gives the bucket of a prefix as it is now.
#[utoipa::path(
    get,
    path = "/v1/range/{prefix}",
    tag = "verifiers",
    operation_id = "rangeBucket",
    summary = "All names whose hash begins with these digits, as they are now",
    params(("prefix" = String, Path, description = "As many digits as `prefixDigits` of `/v1/range` says, in lower case.", pattern = "^[0-9a-f]{1,15}$", example = "a"), Known),
    responses((status = 200, description = "The bucket.", body = BucketDocument, headers(("ETag" = String, description = "The version."))), NotModified, AskedForBucket)
)]
pub(super) async fn of_now(
    State(state): State<AppState>,
    Taken(reader): Taken,
    prefix: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    // What cannot be decoded is no prefix either, and the problem says what one is.
    let prefix = prefix.map(|Path(prefix)| prefix).unwrap_or_default();
    let known = headers.get(IF_NONE_MATCH).cloned();
    let asked = Asked { version: None, prefix, known };
    bucket(&state, reader, asked).await
}

/// A version and a prefix.
type Place = (String, String);

/// Gives the bucket of a prefix as it is in a version, for as long as that is served.
#[utoipa::path(
    get,
    path = "/v1/range/{version}/{prefix}",
    tag = "verifiers",
    operation_id = "rangeBucketOfVersion",
    summary = "The same in a version, which may be kept for good",
    params(
        ("version" = String, Path, description = "The `version` of `/v1/range`.", pattern = "^[0-9a-f]{32}$"),
        ("prefix" = String, Path, description = "As many digits as `prefixDigits` of `/v1/range` says, in lower case.", pattern = "^[0-9a-f]{1,15}$", example = "a"),
        Known,
    ),
    responses((status = 200, description = "The bucket.", body = BucketDocument, headers(("ETag" = String, description = "The version."))), NotModified, AskedForVersion)
)]
pub(super) async fn of_version(
    State(state): State<AppState>,
    Taken(reader): Taken,
    place: Result<Path<Place>, PathRejection>,
    headers: HeaderMap,
    parameters: Parameters,
) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    let (version, prefix) = place.map(|Path(place)| place).unwrap_or_default();
    let known = headers.get(IF_NONE_MATCH).cloned();
    bucket(&state, reader, Asked { version: Some(version), prefix, known }).await
}

/// A bucket that is asked for.
struct Asked {
    /// The version, where one is named.
    version: Option<String>,
    prefix: String,
    /// The tag of what the caller has already.
    known: Option<HeaderValue>,
}

/// What is sent.
enum Bucket {
    Whole { tag: String, json: Vec<u8> },
    NotModified { tag: String },
}

async fn bucket(state: &AppState, reader: Arc<Reader>, asked: Asked) -> Result<Response, Problem> {
    let caching = if asked.version.is_some() { FOR_GOOD } else { FOR_NOW };
    let bucket = state.aside(move || find(&reader, &asked)).await?;
    let (tag, status, body) = match bucket {
        Bucket::Whole { tag, json } => (tag, StatusCode::OK, Body::from(json)),
        Bucket::NotModified { tag } => (tag, StatusCode::NOT_MODIFIED, Body::empty()),
    };
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    headers.remove(CONTENT_TYPE);
    if status == StatusCode::OK {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    Ok(response)
}

fn find(reader: &Reader, asked: &Asked) -> Result<Bucket, Problem> {
    let ranges = reader.ranges()?;
    let layout = ranges.layout();
    if asked.version.as_ref().is_some_and(|version| *version != layout.version) {
        let detail = "the names are dealt out under another version by now; begin again, so that no two answers differ in it";
        return Err(Problem::new(ProblemKind::AnotherVersion, detail)
            .with("version", layout.version.clone()));
    }
    let digits = layout.prefix_digits;
    let Some(prefix) = layout.prefix(&asked.prefix) else {
        let detail = format!("a prefix has {digits} hexadecimal digits here, in lower case");
        return Err(Problem::new(ProblemKind::InvalidPrefix, detail).with("prefixDigits", digits));
    };
    let tag = format!("\"{}\"", layout.version);
    let is_known =
        asked.known.as_ref().and_then(|known| known.to_str().ok()).is_some_and(|known| {
            // A cache on the way may have made the tag a weak one.
            known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag)
        });
    if is_known {
        return Ok(Bucket::NotModified { tag });
    }
    Ok(Bucket::Whole { tag, json: ranges.bucket(prefix)? })
}
