//! What stands around a resource, list by list: above, below and beside it, its crosswalk, what refers to it, and its history.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path, State};
use axum::http::Uri;
use axum::http::request::Parts;
use index::Reader;
use index::card::Card;
use index::cards::{Cards, Page};
use index::context::{
    Brief, Crossing, ancestors as above, count_referrers, page_of_children, page_of_crosswalk,
    page_of_referrers, page_of_siblings, relations,
};
use index::feed::Event;
use ontology::CanonicalKey;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lookup::{Named, one};
use crate::server::answer::Answer;
use crate::server::asked::cards;
use crate::server::openapi::parameter::{Listing, Provisional, SAMPLE};
use crate::server::openapi::response::{AskedForPageOfOne, AskedOfOne, NotModified};
use crate::server::paged::{Listed, NAMES, Paged, of_page};
use crate::server::parameters::{Parameters, flag, invalid, judged};
use crate::server::problem::Problem;
use crate::server::referrers::{CountedOrListed, ReferrersAnswer};
use crate::server::resources::{identifier, not_one};
use crate::server::state::{AppState, Taken};

/// A question about what stands around a resource.
pub(super) struct About {
    /// The identifier in the path.
    id: String,
    uri: Uri,
    parameters: Parameters,
    /// The day on which an identifier is judged.
    as_of: String,
}

impl FromRequestParts<AppState> for About {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let id = identifier(Path::from_request_parts(parts, state).await)?;
        let parameters = Parameters::from_request_parts(parts, state).await?;
        let as_of = judged(None, state.now())?;
        Ok(Self { id, uri: parts.uri.clone(), parameters, as_of })
    }
}

impl About {
    /// Finds the resource.
    ///
    /// # Errors
    /// An identifier that names none, or several.
    pub(super) fn card(&self, reader: &Reader, cards: &Cards) -> Result<Card, Problem> {
        match one(cards, &self.id, &self.as_of)? {
            Named::Resource(card) => Ok(*card),
            Named::Nothing(resolution) => {
                Err(not_one(&resolution, reader.manifest().generation, &self.as_of))
            }
        }
    }

    /// The parameters of these names, which are all there may be.
    pub(super) fn named<const N: usize>(
        &self,
        names: [&'static str; N],
    ) -> Result<[Option<String>; N], Problem> {
        self.parameters.clone().named(names)
    }

    /// Gives a page of a list around the resource.
    async fn list<T, F>(
        self,
        state: AppState,
        current: Arc<Reader>,
        of_list: [Option<String>; 3],
        read: F,
    ) -> Result<Answer, Problem>
    where
        T: Serialize,
        F: FnOnce(&Reader, &Cards, &Card, Page) -> Result<(usize, Vec<T>), Problem>
            + Send
            + 'static,
    {
        let paged = Paged::of(&self.uri, &self.parameters, of_list)?;
        let reader = paged.reader(&state, current)?;
        let look_up = move || {
            let cards = paged.cards(&reader);
            let card = self.card(&reader, &cards)?;
            let page = read(&reader, &cards, &card, paged.page())?;
            paged.answer(&reader, card.key().clone(), page)
        };
        state.write(look_up).await
    }

    /// Gives what needs no pages.
    async fn tell<T, F>(
        self,
        state: AppState,
        reader: Arc<Reader>,
        provisional: Option<String>,
        read: F,
    ) -> Result<Answer, Problem>
    where
        T: Serialize,
        F: FnOnce(u64, &Cards, &Card) -> Result<T, Problem> + Send + 'static,
    {
        let provisional = flag("provisional", provisional.as_deref())?;
        let look_up = move |reader: &Reader| {
            let among = cards(reader, provisional);
            let card = self.card(reader, &among)?;
            read(reader.manifest().generation, &among, &card)
        };
        state.answer(reader, look_up).await
    }
}

/// What stands above a resource.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AncestorsAnswer {
    /// The generation that says so.
    pub generation: u64,
    /// The resource.
    pub key: CanonicalKey,
    /// How many ancestors there are on the way down to it.
    pub n: usize,
    /// The way down: the framework, then every ancestor from the root to the parent.
    pub items: Vec<Brief>,
    /// Every parent, the one on the way first. What has several stands in several places.
    pub parents: Vec<Brief>,
}

/// Lists what stands above a resource, from its framework down to its parent.
#[utoipa::path(
    get,
    path = "/v1/resources/{id}/ancestors",
    tag = "issuers",
    operation_id = "ancestors",
    summary = "What stands above a resource, from its framework down to its parent",
    params(
        ("id" = String, Path, description = "An identifier in any spelling: a CTID, a GUID, an address, or the SHA-256 of a canonical key.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        Provisional,
    ),
    responses((status = 200, description = "The ancestors.", body = AncestorsAnswer), NotModified, AskedOfOne)
)]
pub(super) async fn ancestors(
    State(state): State<AppState>,
    Taken(reader): Taken,
    about: About,
) -> Result<Answer, Problem> {
    let read = |generation, cards: &Cards, card: &Card| {
        let found = above(cards, card)?;
        let (key, n) = (card.key().clone(), found.way.len());
        Ok(AncestorsAnswer { generation, key, n, items: found.way, parents: found.parents })
    };
    let [provisional] = about.named(["provisional"])?;
    about.tell(state, reader, provisional, read).await
}

/// Lists the children of a resource, in their publisher's order.
#[utoipa::path(
    get,
    path = "/v1/resources/{id}/children",
    tag = "issuers",
    operation_id = "children",
    summary = "The children of a resource, in their publisher's order",
    params(
        ("id" = String, Path, description = "An identifier in any spelling: a CTID, a GUID, an address, or the SHA-256 of a canonical key.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        Listing,
    ),
    responses((status = 200, description = "A page of the children.", body = Listed<Brief>, headers(("Link" = String, description = "The address of the next page, with `rel=\"next\"`."))), NotModified, AskedForPageOfOne)
)]
pub(super) async fn children(
    State(state): State<AppState>,
    Taken(reader): Taken,
    about: About,
) -> Result<Answer, Problem> {
    let read = |_: &Reader, cards: &Cards, card: &Card, page| {
        let found = page_of_children(cards, card, page)?;
        Ok((found.n, found.items))
    };
    let of_list = about.named(NAMES)?;
    about.list(state, reader, of_list, read).await
}

/// Lists the children of a resource's parent, itself among them, in their publisher's order.
#[utoipa::path(
    get,
    path = "/v1/resources/{id}/siblings",
    tag = "issuers",
    operation_id = "siblings",
    summary = "The children of a resource's parent, in their publisher's order",
    params(
        ("id" = String, Path, description = "An identifier in any spelling: a CTID, a GUID, an address, or the SHA-256 of a canonical key.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        Listing,
    ),
    responses((status = 200, description = "A page of the siblings.", body = Listed<Brief>, headers(("Link" = String, description = "The address of the next page, with `rel=\"next\"`."))), NotModified, AskedForPageOfOne)
)]
pub(super) async fn siblings(
    State(state): State<AppState>,
    Taken(reader): Taken,
    about: About,
) -> Result<Answer, Problem> {
    let read = |_: &Reader, cards: &Cards, card: &Card, page| {
        let found = page_of_siblings(cards, card, page)?;
        Ok((found.n, found.items))
    };
    let of_list = about.named(NAMES)?;
    about.list(state, reader, of_list, read).await
}

/// Lists what a resource is equivalent or related to, nearest first, each with the way that leads there.
#[utoipa::path(
    get,
    path = "/v1/resources/{id}/crosswalk",
    tag = "marketplaces",
    operation_id = "crosswalk",
    summary = "What a resource is equivalent or related to, nearest first, with the way there",
    params(
        ("id" = String, Path, description = "An identifier in any spelling: a CTID, a GUID, an address, or the SHA-256 of a canonical key.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        Listing,
    ),
    responses((status = 200, description = "A page of the crosswalk.", body = Listed<Crossing>, headers(("Link" = String, description = "The address of the next page, with `rel=\"next\"`."))), NotModified, AskedForPageOfOne)
)]
pub(super) async fn crosswalk(
    State(state): State<AppState>,
    Taken(reader): Taken,
    about: About,
) -> Result<Answer, Problem> {
    let read = |_: &Reader, cards: &Cards, card: &Card, page| {
        let found = page_of_crosswalk(cards, card.key(), page)?;
        Ok((found.n, found.items))
    };
    let of_list = about.named(NAMES)?;
    about.list(state, reader, of_list, read).await
}

/// Counts what refers to a resource, by relation; with `relation`, lists it.
#[utoipa::path(
    get,
    path = "/v1/resources/{id}/referenced-by",
    tag = "marketplaces",
    operation_id = "referencedBy",
    summary = "How often a resource is required, taught, aligned to; with a relation, by what",
    description = "Counts come whole; with `relation`, `limit` and `cursor` say which page of what refers to it is given.",
    params(
        ("id" = String, Path, description = "An identifier in any spelling: a CTID, a GUID, an address, or the SHA-256 of a canonical key.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        ("relation" = Option<String>, Query, description = "The relation as read from the resource: `requiredBy`, `taughtBy`, `alignFrom` and so on.", min_length = 1, pattern = r"\S"),
        Listing,
    ),
    responses((status = 200, description = "How many there are by relation, or a page of those of one.", body = CountedOrListed, headers(("Link" = String, description = "The address of the next page, with `rel=\"next\"`."))), NotModified, AskedForPageOfOne)
)]
pub(super) async fn referenced_by(
    State(state): State<AppState>,
    Taken(reader): Taken,
    about: About,
) -> Result<Answer, Problem> {
    let [limit, cursor, provisional, relation] =
        about.named(["limit", "cursor", "provisional", "relation"])?;
    let Some(relation) = relation else {
        of_page(limit)?;
        if cursor.is_some() {
            return Err(invalid("cursor", "counts have no pages; give the `relation` too"));
        }
        let read = |generation, cards: &Cards, card: &Card| {
            let relations = count_referrers(cards, card.key())?;
            let (key, n) = (card.key().clone(), relations.values().sum());
            Ok(ReferrersAnswer { generation, key, n, relations })
        };
        return about.tell(state, reader, provisional, read).await;
    };
    let read = move |_: &Reader, cards: &Cards, card: &Card, page| {
        let found = page_of_referrers(cards, card.key(), &relation, page)?;
        let found = found.ok_or_else(no_relation)?;
        Ok((found.n, found.items))
    };
    about.list(state, reader, [limit, cursor, provisional], read).await
}

/// Lists what has changed about a resource, newest first, as far back as changes are kept.
#[utoipa::path(
    get,
    path = "/v1/resources/{id}/history",
    tag = "verifiers",
    operation_id = "history",
    summary = "What has changed about a resource, newest first, as far back as changes are kept",
    params(
        ("id" = String, Path, description = "An identifier in any spelling: a CTID, a GUID, an address, or the SHA-256 of a canonical key.", min_length = 1, pattern = r"\S", example = json!(SAMPLE)),
        Listing,
    ),
    responses((status = 200, description = "A page of the changes.", body = Listed<Event>, headers(("Link" = String, description = "The address of the next page, with `rel=\"next\"`."))), NotModified, AskedForPageOfOne)
)]
pub(super) async fn history(
    State(state): State<AppState>,
    Taken(reader): Taken,
    about: About,
) -> Result<Answer, Problem> {
    let read = |reader: &Reader, _: &Cards, card: &Card, page: Page| {
        let subject = &card.resource.identity().subject;
        let events = reader.changes().of_subject(subject)?;
        let n = events.len();
        Ok((n, events.into_iter().skip(page.offset).take(page.limit).collect()))
    };
    let of_list = about.named(NAMES)?;
    about.list(state, reader, of_list, read).await
}

/// Says that there is no such relation, and which there are.
pub(super) fn no_relation() -> Problem {
    invalid("relation", "nothing refers to anything by such a relation").with("known", relations())
}
