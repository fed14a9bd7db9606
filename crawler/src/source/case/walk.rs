//! A walk over the list of frameworks: asks for the pages that the trail leads to.

use url::Url;

use crate::client::{FetchError, Head, Reply, Request};
use crate::session::Session;
use crate::source::case::failure::ends_run;
use crate::source::case::link;
use crate::source::case::page::Page;
use crate::source::case::provider::Provider;
use crate::source::case::status_info::words;
use crate::source::case::trail::{LIMIT, Step, Trail};

/// Who walks, and where.
#[derive(Clone, Copy)]
pub(super) struct Walk<'w> {
    /// The run.
    pub session: &'w Session,
    /// The server.
    pub provider: &'w Provider,
    /// Whether the credentials stay at home.
    pub is_anonymous: bool,
}

/// A page with the address of the next one.
#[derive(Debug)]
pub(super) struct Turned {
    /// The page. Its total is that of the header where there is one.
    pub page: Page,
    /// The next page, where the server names one of its own.
    pub next: Option<Url>,
}

/// What comes of asking for a page.
pub(super) enum Answer {
    /// The page.
    Page(Turned),
    /// Another status, and words.
    Refused(u16, String),
}

impl Walk<'_> {
    /// Asks for a page. The server is never told what is known: a list is always read anew.
    pub(super) async fn ask(&self, url: Url) -> Result<Answer, FetchError> {
        let request = Request::get(url);
        let request = if self.is_anonymous { request.anonymous() } else { request };
        let (reply, bytes) = self.session.read(&request).await?;
        match reply {
            Reply::Whole(head) => Ok(Answer::Page(self.turned(&head, &bytes)?)),
            Reply::NotModified(head) => Ok(Answer::Refused(head.status, "unchanged".to_owned())),
            Reply::Refusal(head, body) => Ok(Answer::Refused(head.status, words(&body))),
        }
    }

    /// Walks to the end, and gives the trail with what was wrong on the way; `first` is the first page where it came already.
    pub(super) async fn go(
        &self,
        mut trail: Trail,
        first: Option<Turned>,
    ) -> Result<(Trail, Option<String>), FetchError> {
        let mut turned = match first {
            Some(first) => first,
            None => match self.turn(self.provider.documents(LIMIT, 0)).await? {
                Ok(turned) => turned,
                Err(flaw) => return Ok((trail, Some(flaw))),
            },
        };
        loop {
            let url = match trail.take(turned.page, turned.next) {
                Step::Page { limit, offset } => self.provider.documents(limit, offset),
                Step::Link(url) => url,
                Step::End(doubt) => return Ok((trail, doubt)),
            };
            turned = match self.turn(url).await? {
                Ok(turned) => turned,
                Err(flaw) => return Ok((trail, Some(flaw))),
            };
        }
    }

    /// Asks for a page, or says why it does not come. The outer error ends the run.
    async fn turn(&self, url: Url) -> Result<Result<Turned, String>, FetchError> {
        let asked = url.to_string();
        match self.ask(url).await {
            Ok(Answer::Page(turned)) => Ok(Ok(turned)),
            Ok(Answer::Refused(status, words)) => {
                Ok(Err(format!("`{asked}` answers {status}: {words}")))
            }
            Err(error) if ends_run(&error) => Err(error),
            Err(error) => Ok(Err(error.to_string())),
        }
    }

    fn turned(&self, head: &Head, bytes: &[u8]) -> Result<Turned, FetchError> {
        let page = Page::read(bytes).map_err(|no_page| FetchError::Unusable {
            url: head.url.to_string(),
            reason: no_page.to_string(),
        })?;
        let counted = head.header("x-total-count").and_then(|total| total.trim().parse().ok());
        let total = counted.or(page.total);
        let next = head.all("link").find_map(link::next);
        let next = next.and_then(|next| self.provider.reach_page(&head.url, next));
        Ok(Turned { page: Page { total, ..page }, next })
    }
}
