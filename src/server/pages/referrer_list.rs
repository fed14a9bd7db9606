//! `/r/{id}/referenced-by`.

use axum::extract::State;
use axum::http::Uri;
use index::Reader;
use index::card::Card;
use index::cards::{Cards, Page};
use index::context::{Links, count_referrers, page_of_links, page_of_referrers};

use crate::page::{ReferrerCountsPage, ReferrerListPage, Shell, Stretch};
use crate::publisher::publishers;
use crate::server::answer::Answer;
use crate::server::around::{About, no_relation};
use crate::server::paged::Paged;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::state::{AppState, Taken};

/// Lists what is linked to a resource by one relation; without a relation, counts it by each.
pub(super) async fn referrer_list(
    State(state): State<AppState>,
    Taken(current): Taken,
    about: About,
    uri: Uri,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [limit, cursor, provisional, relation] =
        about.named(["limit", "cursor", "provisional", "relation"])?;
    let paged = Paged::of(&uri, &parameters, [limit, cursor, provisional])?;
    let reader = paged.reader(&state, current)?;
    let write = move || {
        let cards = paged.cards(&reader);
        let card = about.card(&reader, &cards)?;
        let page = match relation {
            Some(reads) => listed(&reader, &cards, (&card, &reads), &paged),
            None => counted(&reader, &cards, &card),
        };
        Ok(page?.of_generation(reader.manifest().generation))
    };
    state.write(write).await
}

fn listed(
    reader: &Reader,
    cards: &Cards,
    (card, reads): (&Card, &str),
    paged: &Paged,
) -> Result<Answer, Problem> {
    let generation = reader.manifest().generation;
    let links = linked(cards, card, reads, paged.page())?;
    let next = paged.next(reader.manifest().edition(), links.n);
    let stretch = Stretch {
        reads,
        links: &links,
        offset: paged.page().offset,
        next: next.map(|cursor| paged.address(&[("cursor", &cursor)])),
    };
    let publishers = publishers(cards, &links.items)?;
    let shell = Shell::new("/r", Some(generation));
    Answer::page(&ReferrerListPage::of(card, stretch, &publishers, shell))
}

/// What is linked by a relation in either direction, else what refers to the resource by it.
fn linked(cards: &Cards, card: &Card, reads: &str, page: Page) -> Result<Links, Problem> {
    if let Some(links) = page_of_links(cards, card.key(), reads, page)? {
        return Ok(links);
    }
    page_of_referrers(cards, card.key(), reads, page)?.ok_or_else(no_relation)
}

fn counted(reader: &Reader, cards: &Cards, card: &Card) -> Result<Answer, Problem> {
    let counts = count_referrers(cards, card.key())?;
    let shell = Shell::new("/r", Some(reader.manifest().generation));
    Answer::page(&ReferrerCountsPage::of(card, &counts, shell))
}
