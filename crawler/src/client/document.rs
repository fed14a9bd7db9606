//! One attempt at a document: from the address that is asked through redirects to the body.

use reqwest::header::{ACCEPT_ENCODING, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use url::Url;

use crate::access::Secret;
use crate::client::answer::Answer;
use crate::client::body::receive;
use crate::client::error::FetchError;
use crate::client::failure::Failure;
use crate::client::redirect::{MAX_REDIRECTS, follow, is_redirect};
use crate::client::reply::Reply;
use crate::client::request::Request;
use crate::client::rules::obey;
use crate::client::taker::Taker;
use crate::client::tokens::{Tokens, can_renew};
use crate::client::wire::{Ask, Wire};

/// Something that is fetched, in one attempt or several.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fetch<'f> {
    /// Its number, the same at every attempt.
    pub number: u64,
    /// What is asked for.
    pub request: &'f Request,
    /// The wire.
    pub wire: &'f Wire,
    /// The token of the source.
    pub tokens: &'f Tokens,
}

impl Fetch<'_> {
    /// Asks once, and again wherever that leads.
    pub(super) async fn attempt(&self, taker: &mut dyn Taker) -> Result<Reply, Failure> {
        let mut url = self.request.url.clone();
        url.set_fragment(None);
        let mut has_body = self.request.json.is_some();
        let mut n_redirects = 0;
        let mut has_renewed = false;
        loop {
            self.wire.check(&url)?;
            if !self.request.is_private {
                obey(self.wire, self.number, &url).await?;
            }
            let token = self.token(&url).await?;
            let answer = self.wire.ask(&self.ask(&url, has_body, token.as_ref())?).await?;
            let status = answer.head().status;
            if let Some(token) = token.filter(|_| status == 401 && !has_renewed)
                && can_renew(self.wire)
            {
                // Whoever is about to get another token may need this turn for it.
                drop(answer);
                self.tokens.discard(&token).await;
                has_renewed = true;
                continue;
            }
            let location = answer.head().header("location").filter(|_| is_redirect(status));
            let Some(location) = location else { return self.conclude(answer, taker).await };
            n_redirects += 1;
            if n_redirects > MAX_REDIRECTS {
                let reason = format!("it redirects more than {MAX_REDIRECTS} times");
                return Err(Failure::not_allowed(&self.request.url, reason));
            }
            if answer.gives_away(location) {
                let reason = "it redirects to an address with our credentials in it";
                return Err(Failure::not_allowed(&url, reason));
            }
            let next = follow(&url, location, status, has_body);
            let next = next.map_err(|reason| Failure::not_allowed(&url, reason))?;
            answer.well();
            (url, has_body) = (next.url, next.keeps_body);
        }
    }

    /// The token for an address: only the source's own host ever sees it.
    async fn token(&self, url: &Url) -> Result<Option<Secret>, FetchError> {
        let is_ours = url.origin() == self.wire.access().base.origin();
        if !is_ours || !self.request.with_credentials {
            return Ok(None);
        }
        self.tokens.get(self.wire, self.number).await
    }

    fn ask(&self, url: &Url, has_body: bool, token: Option<&Secret>) -> Result<Ask, FetchError> {
        let accept = if self.request.is_json { "application/json" } else { "*/*" };
        let mut ask = Ask::get(self.number, url.clone(), accept);
        if let Some(json) = self.request.json.as_ref().filter(|_| has_body) {
            ask.body = Some(("application/json", json.clone()));
        }
        if self.request.is_private {
            ask.field(ACCEPT_ENCODING, "identity");
        }
        let validators = &self.request.validators;
        if let Some(etag) = &validators.etag {
            ask.field(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &validators.last_modified {
            ask.field(IF_MODIFIED_SINCE, last_modified);
        }
        if let Some(token) = token {
            ask.authorize(&Secret::new(format!("Bearer {}", token.reveal())))?;
        }
        Ok(ask)
    }

    /// Takes an answer that leads nowhere else.
    async fn conclude(
        &self,
        mut answer: Answer<'_>,
        taker: &mut dyn Taker,
    ) -> Result<Reply, Failure> {
        if let Some(failure) = answer.passing().await {
            return Err(failure);
        }
        match answer.head().status {
            200..300 => {
                receive(&mut answer, self.request, taker).await?;
                Ok(Reply::Whole(answer.well()))
            }
            304 if self.request.validators.is_empty() => {
                let reason = "it says that nothing has changed, and was told of nothing";
                Err(Failure::unusable(&answer.head().url, reason))
            }
            304 => Ok(Reply::NotModified(answer.well())),
            _ => {
                let words = answer.words().await;
                Ok(Reply::Refusal(answer.well(), words))
            }
        }
    }
}
