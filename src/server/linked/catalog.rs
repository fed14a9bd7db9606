//! What the whole holds, in [VoID](https://www.w3.org/TR/void/) and [DCAT](https://www.w3.org/TR/vocab-dcat-3/): one data set of
//! everything, and one of each framework, with its licence and where to take it away.

mod dataset;

use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use index::Reader;
use index::rdf::{Form, write};

use crate::export;
use crate::server::dumps::forms;
use crate::server::linked::address::Site;
use crate::server::linked::catalog::dataset::datasets;
use crate::server::linked::json_ld::JsonLd;
use crate::server::linked::representation::{
    Representation, field, not_acceptable, unwritten, varying,
};
use crate::server::negotiation::{Offer, negotiate};
use crate::server::openapi::response::{
    AskedByParameters, AskedForAddresses, AskedForCatalog, NotModified,
};
use crate::server::parameters::Parameters;
use crate::server::problem::{Problem, ProblemKind};
use crate::server::state::{AppState, Taken};

pub(in crate::server) use crate::server::linked::catalog::dataset::dataset_of_everything;

/// The forms, with their media types; Turtle is what is expected of such a document.
const OFFERS: [Offer<Form>; 3] = [
    (Form::Turtle, &["text/turtle; charset=utf-8"]),
    (Form::JsonLd, &["application/ld+json", "application/json"]),
    (Form::NTriples, &["application/n-triples", "text/plain; charset=utf-8"]),
];

fn path(form: Form) -> &'static str {
    match form {
        Form::Turtle => "/void.ttl",
        Form::JsonLd => "/void.jsonld",
        Form::NTriples | Form::NQuads => "/void.nt",
    }
}

/// Leads from [where everybody looks](https://www.w3.org/TR/void/#well-known) to the description in the form that is accepted.
#[utoipa::path(
    get,
    path = "/.well-known/void",
    tag = "copies",
    operation_id = "catalog",
    summary = "Where the data sets are described",
    responses((
        status = 303,
        description = "The description, in the form that `Accept` asks for.",
        headers(("Location" = String, description = "The address of the description."))
    ), NotModified, AskedForCatalog)
)]
pub(in crate::server) async fn catalog(
    State(state): State<AppState>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    let site = Site::of(&state);
    let n_offers = if site.is_public() { OFFERS.len() } else { OFFERS.len() - 1 };
    let offers: Vec<Offer<Form>> = OFFERS.into_iter().take(n_offers).collect();
    let Some((form, _)) = negotiate(&headers, &offers) else {
        let locations: Vec<String> =
            offers.iter().map(|(form, _)| site.address(path(*form))).collect();
        return Ok(varying(not_acceptable(&offers, &locations).into_response()));
    };
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().extend(field(LOCATION, site.address(path(form))));
    Ok(varying(response))
}

/// Describes the data sets in Turtle.
#[utoipa::path(
    get,
    path = "/void.ttl",
    tag = "copies",
    operation_id = "catalogAsTurtle",
    summary = "The data sets, their licences and dumps, in Turtle",
    responses((status = 200, description = "VoID and DCAT.", body = String, content_type = "text/turtle", headers(("Content-Location" = String, description = "The address of this form."))), NotModified, AskedByParameters)
)]
pub(in crate::server) async fn catalog_as_turtle(
    state: State<AppState>,
    taken: Taken,
    parameters: Parameters,
) -> Result<Response, Problem> {
    described(state, taken, parameters, Form::Turtle).await
}

/// Describes the data sets in JSON-LD.
#[utoipa::path(
    get,
    path = "/void.jsonld",
    tag = "copies",
    operation_id = "catalogAsJsonLd",
    summary = "The data sets, their licences and dumps, in JSON-LD",
    responses((status = 200, description = "VoID and DCAT.", body = JsonLd, content_type = "application/ld+json", headers(("Content-Location" = String, description = "The address of this form."))), NotModified, AskedByParameters)
)]
pub(in crate::server) async fn catalog_as_json_ld(
    state: State<AppState>,
    taken: Taken,
    parameters: Parameters,
) -> Result<Response, Problem> {
    described(state, taken, parameters, Form::JsonLd).await
}

/// Describes the data sets in N-Triples.
///
/// There all addresses are absolute, so the service has to know its own.
#[utoipa::path(
    get,
    path = "/void.nt",
    tag = "copies",
    operation_id = "catalogAsNTriples",
    summary = "The data sets, their licences and dumps, in N-Triples",
    responses((status = 200, description = "VoID and DCAT.", body = String, content_type = "application/n-triples", headers(("Content-Location" = String, description = "The address of this form."))), NotModified, AskedForAddresses)
)]
pub(in crate::server) async fn catalog_as_n_triples(
    state: State<AppState>,
    taken: Taken,
    parameters: Parameters,
) -> Result<Response, Problem> {
    described(state, taken, parameters, Form::NTriples).await
}

async fn described(
    State(state): State<AppState>,
    Taken(reader): Taken,
    parameters: Parameters,
    form: Form,
) -> Result<Response, Problem> {
    let [] = parameters.named([])?;
    let site = Site::of(&state);
    if form == Form::NTriples && !site.is_public() {
        return Err(no_public_url());
    }
    let dumped = forms(&state.sources().data);
    let written = state.aside(move || represent(&reader, &site, form, &dumped)).await?;
    Ok(written.into_response())
}

fn represent(
    reader: &Reader,
    site: &Site,
    form: Form,
    dumped: &[export::Form],
) -> Result<Representation, Problem> {
    let bytes = write(form, &datasets(reader, site, dumped)?).map_err(unwritten)?;
    let offered = OFFERS.iter().find(|(offered, _)| *offered == form);
    let media_type = offered.and_then(|(_, media_types)| media_types.first());
    Ok(Representation {
        media_type: media_type.copied().unwrap_or_default(),
        bytes,
        location: site.address(path(form)),
        links: String::new(),
        varies: false,
    })
}

/// Says that addresses have to be absolute here, and are not known.
pub(super) fn no_public_url() -> Problem {
    let detail = "every address in this document has to be absolute, and the service does not know its own; its operator sets `serve.public_url`";
    Problem::new(ProblemKind::NoPublicUrl, detail).with("setting", "serve.public_url")
}
