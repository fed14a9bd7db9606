//! What happened to the envelopes of a community, as the registry tells it
//! ([issue 869](https://github.com/CredentialEngine/CredentialRegistry/issues/869)).

use std::collections::BTreeMap;

use ontology::Ctid;
use time::{Duration, OffsetDateTime};
use url::Url;

use crate::client::{FetchError, Request};
use crate::source::files::element::Element;
use crate::source::registry::answer::{Answer, Refusal, ask};
use crate::source::registry::community::Community;
use crate::source::registry::listing::{Listing, Turn};
use crate::source::registry::row::Event;

/// How far before the last known instant is asked again: clocks differ, and what happened is written down later than it happened.
pub(super) const OVERLAP: Duration = Duration::minutes(5);

/// What happened last to each envelope.
#[derive(Debug, Default)]
pub(super) struct News {
    /// What and when, by record.
    pub last: BTreeMap<Ctid, Happened>,
    /// How many events were told, of whatever kind.
    pub n_rows: u64,
    /// How many events could not be read.
    pub n_unreadable: u64,
}

/// What happened to an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Happened {
    pub at: OffsetDateTime,
    pub is_destruction: bool,
}

impl News {
    /// Adds an event. Of two at the same instant the one counts that was told first, for they are told backwards.
    fn add(&mut self, event: &Event) {
        let Some(ctid) = &event.ctid else { return };
        let is_newer = self.last.get(ctid).is_none_or(|known| known.at < event.at);
        if is_newer {
            let Event { at, is_destruction, .. } = *event;
            self.last.insert(ctid.clone(), Happened { at, is_destruction });
        }
    }
}

/// Asks what happened from an instant on, or a little before; the refusal where the registry does not tell.
pub(super) async fn news_since(
    community: &Community<'_>,
    instant: OffsetDateTime,
) -> Result<Result<News, Refusal>, FetchError> {
    let after = instant.saturating_sub(OVERLAP);
    read(community, community.address.events(after), after).await
}

/// Asks what was destroyed from an instant on, or a little before; nothing where the registry does not tell.
pub(super) async fn destroyed_since(
    community: &Community<'_>,
    instant: OffsetDateTime,
) -> Result<Option<BTreeMap<Ctid, OffsetDateTime>>, FetchError> {
    let after = instant.saturating_sub(OVERLAP);
    let news = read(community, community.address.destructions(after), after).await?;
    let destroyed = |news: News| {
        let last = news.last.into_iter().filter(|(_, happened)| happened.is_destruction);
        last.map(|(ctid, happened)| (ctid, happened.at)).collect()
    };
    Ok(news.ok().map(destroyed))
}

/// Asks whether the registry tells of any event at all, whenever it happened; what it says instead where it does not.
pub(super) async fn silence(community: &Community<'_>) -> Result<Option<Refusal>, FetchError> {
    let request = Request::get(community.address.any_event());
    let url = request.url.to_string();
    match ask(community.session, request, |_, _| Ok(())).await? {
        Answer::Rows(rows) if rows.count > 0 => Ok(None),
        Answer::Rows(rows) => {
            let words = "no event at all".to_owned();
            Ok(Some(Refusal { url, status: rows.head.status, words }))
        }
        Answer::Refused(refusal) => Ok(Some(refusal)),
    }
}

async fn read(
    community: &Community<'_>,
    url: Url,
    after: OffsetDateTime,
) -> Result<Result<News, Refusal>, FetchError> {
    let mut listing = Listing::new(community.session, url);
    let mut news = News::default();
    let mut is_first = true;
    loop {
        // A server that knows nothing of the instant tells everything; the newest comes first.
        let mut reaches_back = false;
        let turn = listing.turn(|_, element| {
            news.n_rows += 1;
            let event = match element {
                Element::Whole(text) => Event::of(text),
                Element::TooLong => None,
            };
            match event {
                Some(event) if event.at < after.saturating_sub(OVERLAP) => reaches_back = true,
                Some(event) => news.add(&event),
                None => news.n_unreadable += 1,
            }
            Ok(())
        });
        match turn.await? {
            Turn::Page(_) if !reaches_back => is_first = false,
            Turn::Page(_) | Turn::End | Turn::Repeats => return Ok(Ok(news)),
            Turn::Refused(refusal) if is_first => return Ok(Err(refusal)),
            Turn::Refused(refusal) => return Err(refusal.into_error()),
        }
    }
}
