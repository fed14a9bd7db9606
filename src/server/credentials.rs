//! `/v1/credentials/resolve`: what a whole credential means, where the operator lets credentials come.
//!
//! It is meant for whoever runs the service inside a boundary of their own. A credential is read in memory, off the threads that wait for
//! the network and only so many at once; nothing of it is kept, written or logged, and no problem quotes it.

use axum::extract::{Request, State};
use index::Reader;
use ontology::ler;
use serde::Serialize;
use utoipa::ToSchema;

use crate::badge::{Badge, MAX_BYTES, badge};
use crate::lookup;
use crate::server::answer::Answer;
use crate::server::body::read_credential;
use crate::server::openapi::parameter::AsOf;
use crate::server::openapi::response::AskedByCredential;
use crate::server::parameters::{Parameters, judged};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken, late};

/// A credential of the description of the interface.
const SAMPLE: &str = r#"{
  "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
  "type": ["VerifiableCredential", "OpenBadgeCredential"],
  "issuer": { "id": "https://www.harbor.example/issuers/skills-council", "type": ["Profile"] },
  "validFrom": "2025-06-20T12:00:00Z",
  "credentialSubject": {
    "type": ["AchievementSubject"],
    "achievement": {
      "id": "https://www.harbor.example/badges/first-weld-passport",
      "type": ["Achievement"],
      "name": "First Weld Passport",
      "description": "Marked out a T-joint in fractions of an inch and welded it.",
      "criteria": { "narrative": "Welds one T-joint in front of two assessors." },
      "alignment": [{
        "type": ["Alignment"],
        "targetName": "Places fractions on a number line.",
        "targetUrl": "https://case.northfield.example/uri/2373ee03-1b81-5d6f-9869-0a5bee3226c7"
      }]
    }
  }
}"#;

/// What stands for the name of a file; it came another way.
const NO_FILE: &str = "-";

/// What one credential means, as `alidade resolve --json` has it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ResolvedCredential)]
struct Resolved {
    /// The generation that says so.
    generation: u64,
    /// The day on which it was judged.
    #[schema(format = Date)]
    as_of: String,
    /// The one answer.
    #[schema(value_type = Vec<lookup::Answer>, min_items = 1, max_items = 1)]
    answers: [lookup::Answer; 1],
}

/// Says what a credential means, in whatever it is carried.
#[utoipa::path(
    post,
    path = "/v1/credentials/resolve",
    tag = "verifiers",
    operation_id = "resolveCredential",
    summary = "What a whole credential means",
    description = "Off unless whoever runs the service says otherwise. A credential is read in memory, and nothing of it is kept or logged.",
    params(AsOf),
    request_body(
        content = Vec<u8>,
        content_type = "application/octet-stream",
        description = "The bytes of a credential of at most 16 MiB, in whatever it is carried and whatever the media type: JSON, a signed token, a baked PNG or SVG.",
        example = json!(SAMPLE)
    ),
    responses((status = 200, description = "What it means.", body = Resolved), AskedByCredential)
)]
pub(super) async fn resolve(
    State(state): State<AppState>,
    taken: Result<Taken, Problem>,
    parameters: Parameters,
    request: Request,
) -> Result<Answer, Problem> {
    let Some(places) = state.credentials() else { return Err(off()) };
    let Taken(reader) = taken?;
    let [as_of] = parameters.named(["asOf"])?;
    let as_of = judged(as_of.as_deref(), state.now())?;
    let waiting = tokio::time::timeout(state.time_limit(), places.acquire_owned()).await;
    let Ok(Ok(place)) = waiting else { return Err(late()) };
    let bytes = read_credential(request, MAX_BYTES, state.time_limit()).await?;
    let look_up = move || {
        let badge = read(&reader, &bytes, &as_of);
        drop((bytes, place));
        let generation = reader.manifest().generation;
        Ok(Resolved { generation, as_of, answers: [lookup::Answer::Badge(Box::new(badge?))] })
    };
    state.work(look_up).await
}

fn read(reader: &Reader, bytes: &[u8], as_of: &str) -> Result<Badge, Problem> {
    let extraction = ler::extract(bytes)
        .map_err(|error| Problem::new(ProblemKind::UnreadableCredential, error.to_string()))?;
    Ok(badge(reader.cards(), NO_FILE, extraction, as_of)?)
}

fn off() -> Problem {
    let detail = "credentials are not read here: send the identifiers that stand in one to `/v1/resolve`, or read it where \
                  it is with `alidade resolve FILE`; whoever runs the service can say `credentials = true` under `[serve]`";
    Problem::new(ProblemKind::CredentialsOff, detail)
}
