//! A listing, page by page, until its end is proven.

use std::mem;

use time::OffsetDateTime;
use url::Url;

use crate::client::{FetchError, Halt, Head, Request};
use crate::session::Session;
use crate::source::files::element::Element;
use crate::source::registry::address::page;
use crate::source::registry::answer::{Answer, Refusal, ask};
use crate::source::registry::trail::Trail;

/// A listing that is read from one page on.
pub(super) struct Listing<'s> {
    session: &'s Session,
    url: Url,
    next: u64,
    rows: u64,
    last: Option<u64>,
    total: Option<u64>,
    n_shrunk: u64,
    date: Option<OffsetDateTime>,
}

/// What came of asking for the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// It has rows, and this was its number.
    Page(u64),
    /// There is none: an empty page, and a second one where the first proves nothing.
    End,
    /// The server gives the same page again, whatever its number.
    Repeats,
    /// It is not given.
    Refused(Refusal),
}

impl<'s> Listing<'s> {
    /// A listing from its first page on.
    pub(super) fn new(session: &'s Session, url: Url) -> Self {
        let (rows, last, total, n_shrunk, date) = (0, None, None, 0, None);
        Self { session, url, next: 1, rows, last, total, n_shrunk, date }
    }

    /// A listing from where a walk was left.
    pub(super) fn resume(session: &'s Session, url: Url, trail: &Trail) -> Self {
        let rows = u64::try_from(trail.seen().len()).unwrap_or(u64::MAX);
        Self { next: trail.page(), rows, ..Self::new(session, url) }
    }

    /// How many rows there are in all, as the server said last.
    pub(super) fn total(&self) -> Option<u64> {
        self.total
    }

    /// How many rows the server said there are less than before, so that others may have moved to pages that were read already.
    pub(super) fn n_shrunk(&self) -> u64 {
        self.n_shrunk
    }

    /// What the server's clock said first.
    pub(super) fn date(&self) -> Option<OffsetDateTime> {
        self.date
    }

    /// Reads the next page and hands its elements over.
    pub(super) async fn turn(
        &mut self,
        mut on: impl FnMut(&Head, Element<'_>) -> Result<(), Halt> + Send,
    ) -> Result<Turn, FetchError> {
        let mut is_probe = false;
        loop {
            if self.session.is_stopped() {
                return Err(FetchError::Stopped);
            }
            let request = Request::get(page(self.url.clone(), self.next));
            let rows = match ask(self.session, request, &mut on).await? {
                Answer::Rows(rows) => rows,
                // Some servers refuse a page behind the last.
                Answer::Refused(refusal) if self.is_all() && !refusal.is_secured() => {
                    tracing::debug!(%refusal, "no page behind the last");
                    return Ok(Turn::End);
                }
                Answer::Refused(refusal) => return Ok(Turn::Refused(refusal)),
            };
            self.read_head(&rows.head);
            self.next += 1;
            if rows.count > 0 {
                self.rows = self.rows.saturating_add(rows.count);
                let is_again = self.last.replace(rows.digest) == Some(rows.digest);
                return Ok(if is_again { Turn::Repeats } else { Turn::Page(self.next - 1) });
            }
            if self.is_all() || mem::replace(&mut is_probe, true) {
                return Ok(Turn::End);
            }
        }
    }

    /// Whether as many rows came as there are.
    fn is_all(&self) -> bool {
        self.rows > 0 && self.total.is_some_and(|total| self.rows >= total) || self.total == Some(0)
    }

    fn read_head(&mut self, head: &Head) {
        let date = head.header("date").and_then(|date| httpdate::parse_http_date(date).ok());
        self.date = self.date.or(date.map(OffsetDateTime::from));
        let Some(total) = total(head) else { return };
        self.n_shrunk += self.total.map_or(0, |before| before.saturating_sub(total));
        self.total = Some(total);
    }
}

/// How many rows there are in all, as the server says with a page.
pub(super) fn total(head: &Head) -> Option<u64> {
    let field = |name| head.header(name)?.trim().parse::<u64>().ok();
    field("x-total").or_else(|| field("total"))
}
