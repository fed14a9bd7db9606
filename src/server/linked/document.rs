//! `/id/{…}` and `/doc/{…}`: a resource, and documents about it.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use index::card::Card;
use index::description::{DescriptionError, describe};
use index::rdf::write;
use index::resolve::{Found, Resolution, Verdict, resolve};
use index::{IndexError, Reader};

use crate::page::Way;
use crate::server::answer::Answer;
use crate::server::linked::address::Site;
use crate::server::linked::form::Form;
use crate::server::linked::json_ld::JsonLd;
use crate::server::linked::portrait::{Portrait, portrait};
use crate::server::linked::representation::{
    Representation, field, not_acceptable, unwritten, varying,
};
use crate::server::linked::signposting::links;
use crate::server::negotiation::{Offer, negotiate};
use crate::server::openapi::parameter::SAMPLE;
use crate::server::openapi::response::{AskedForDocument, AskedToLeadOn, NotModified};
use crate::server::parameters::{Parameters, judged};
use crate::server::problem::{Problem, ProblemKind};
use crate::server::resources::{identifier, not_one};
use crate::server::state::{AppState, Taken};

/// The most statements of one document.
const MAX_STATEMENTS: usize = 50_000;

/// Leads from a resource to a document about it ([httpRange-14](https://www.w3.org/TR/cooluris/#r303gendocument)).
///
/// Whether there is such a resource, the document says.
#[utoipa::path(
    get,
    path = "/id/{id}",
    tag = "marketplaces",
    operation_id = "identify",
    summary = "A resource itself, which leads on to a document about it",
    params(("id" = String, Path, description = "An identifier in any spelling.", min_length = 1, pattern = r"\S", example = json!(SAMPLE))),
    responses((
        status = 303,
        description = "The document about it, in the form that `Accept` asks for.",
        headers(("Location" = String, description = "The address of the document."))
    ), NotModified, AskedToLeadOn)
)]
pub(in crate::server) async fn id(
    State(state): State<AppState>,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
    uri: Uri,
) -> Result<Response, Problem> {
    identifier(id)?;
    let [] = parameters.named([])?;
    // As it was written, so that nothing is encoded twice.
    let name = uri.path().strip_prefix("/id/").unwrap_or_default();
    let location = Site::of(&state).address(&format!("/doc/{name}"));
    let mut response = StatusCode::SEE_OTHER.into_response();
    response.headers_mut().extend(field(LOCATION, location));
    Ok(response)
}

/// Gives a document about a resource, in the form that the ending of its address names, else in the one that is accepted.
#[utoipa::path(
    get,
    path = "/doc/{id}",
    tag = "marketplaces",
    operation_id = "document",
    summary = "Everything that is said of a resource, as linked data",
    params(("id" = String, Path, description = "An identifier in any spelling; with one of the endings `.jsonld`, `.ttl`, `.nt`, `.nq`, `.html` in that form.", min_length = 1, pattern = r"\S", example = json!(SAMPLE))),
    responses((
        status = 200,
        description = "The document. N-Quads says which record states what; every other form is the union of all records.",
        content(
            (JsonLd = "application/ld+json"),
            (JsonLd = "application/json"),
            (String = "text/turtle"),
            (String = "application/n-triples"),
            (String = "text/plain"),
            (String = "application/n-quads"),
            (String = "text/html")
        ),
        headers(
            ("Content-Location" = String, description = "The address of this form."),
            ("Link" = String, description = "Signposting: `cite-as`, `type`, `license`, `collection`, and `describedby` with every form.")
        )
    ), NotModified, AskedForDocument)
)]
pub(in crate::server) async fn document(
    State(state): State<AppState>,
    Taken(reader): Taken,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
    headers: HeaderMap,
) -> Response {
    match asked(&state, id, parameters, &headers) {
        Ok(asked) => {
            let written = state.aside(move || asked.document(&reader)).await;
            written.map_or_else(
                |problem| varying(problem.into_response()),
                Representation::into_response,
            )
        }
        Err(problem) => problem.into_response(),
    }
}

fn asked(
    state: &AppState,
    id: Result<Path<String>, PathRejection>,
    parameters: Parameters,
    headers: &HeaderMap,
) -> Result<Asked, Problem> {
    let id = identifier(id)?;
    let [] = parameters.named([])?;
    let as_of = judged(None, state.now())?;
    Ok(Asked { id, accepted: negotiate(headers, &Form::OFFERS), as_of, site: Site::of(state) })
}

/// What somebody asks for.
struct Asked {
    id: String,
    accepted: Option<(Form, &'static str)>,
    as_of: String,
    site: Site,
}

impl Asked {
    /// Finds the resource and writes the document. An ending is part of the name only where there is nothing of the name without it.
    fn document(&self, reader: &Reader) -> Result<Representation, Problem> {
        let ending = Form::ending(&self.id);
        let without = ending.map(|(bare, ..)| self.resolve(reader, bare)).transpose()?;
        if let (Some((_, form, media_type)), Some(resolution)) = (ending, &without) {
            if let Some(found) = resolution.resource() {
                return self.written(reader, found, (form, media_type), false);
            }
            if resolution.verdict == Verdict::Ambiguous {
                return Err(self.not_one(reader, resolution));
            }
        }
        let whole = self.resolve(reader, &self.id)?;
        let Some(found) = whole.resource() else {
            return Err(self.not_one(reader, without.as_ref().unwrap_or(&whole)));
        };
        let Some(form) = self.accepted else {
            let key = found.chosen.card.key();
            let location = |(form, _): &Offer<Form>| self.site.document(key, form.suffix());
            let locations: Vec<String> = Form::OFFERS.iter().map(location).collect();
            return Err(not_acceptable(&Form::OFFERS, &locations));
        };
        self.written(reader, found, form, true)
    }

    fn resolve(&self, reader: &Reader, id: &str) -> Result<Resolution, IndexError> {
        resolve(reader.cards(), id, None, &self.as_of)
    }

    fn not_one(&self, reader: &Reader, resolution: &Resolution) -> Problem {
        not_one(resolution, reader.manifest().generation, &self.as_of)
    }

    fn written(
        &self,
        reader: &Reader,
        found: &Found,
        (form, media_type): (Form, &'static str),
        varies: bool,
    ) -> Result<Representation, Problem> {
        let card = &found.chosen.card;
        let bytes = match form {
            Form::Rdf(form) => {
                let quads =
                    describe(reader, card, MAX_STATEMENTS).map_err(|error| self.refused(error))?;
                write(form, &quads).map_err(unwritten)?
            }
            Form::Page => self.page(reader, card)?,
        };
        let location = self.site.document(card.key(), form.suffix());
        Ok(Representation { media_type, bytes, location, links: links(card, &self.site), varies })
    }

    /// The page for people.
    fn page(&self, reader: &Reader, card: &Card) -> Result<Vec<u8>, Problem> {
        let subject = &card.resource.identity().subject;
        match portrait(reader, subject, &self.as_of, &self.site, &Way::default())? {
            Portrait::Page(page, _) => Ok(Answer::page(&*page)?.into_bytes()),
            Portrait::Nothing(resolution) => Err(self.not_one(reader, &resolution)),
        }
    }

    fn refused(&self, error: DescriptionError) -> Problem {
        match error {
            DescriptionError::TooLarge { max } => {
                let detail = format!(
                    "more than {max} statements are made of it, which is more than one document holds; take a dump, or ask for a part of them in SPARQL"
                );
                Problem::new(ProblemKind::DocumentTooLarge, detail)
                    .with("max", max)
                    .with("dumps", self.site.address("/dumps"))
            }
            DescriptionError::Index(error) => error.into(),
        }
    }
}
