//! The only socket: asks servers of others, politely, and trusts nothing that they say.
//!
//! What a source may connect to says [`address`](crate::address), when a host may be asked [`host`](crate::host), what its robots.txt wants
//! [`robots`](crate::robots), and when to try again [`retry`](crate::retry). Here requests are made, redirects followed and bodies read.

mod answer;
mod body;
mod document;
mod error;
mod failure;
mod redirect;
mod reply;
mod request;
mod resolver;
mod rules;
mod shown;
mod spent;
mod taker;
mod text;
mod tokens;
mod tries;
mod wire;
mod words;

pub use crate::client::error::FetchError;
pub use crate::client::reply::{Head, Reply};
pub use crate::client::request::Request;
pub use crate::client::taker::{Collected, Halt, Taker};

use std::sync::Arc;

use url::Url;

use crate::access::{Access, Clock, Credentials};
use crate::address::is_on_this_machine;
use crate::client::document::Fetch;
use crate::client::resolver::SystemLookup;
use crate::client::tokens::Tokens;
use crate::client::tries::Tries;
use crate::client::wire::{Surroundings, Wire};
use crate::credentials::authority;
use crate::host::Hosts;
use crate::stop::Stop;

/// Asks the servers of one source.
#[derive(Debug)]
pub struct Client {
    access: Arc<Access>,
    wire: Wire,
    tokens: Tokens,
}

impl Client {
    /// A client for one source. The clock says when a host may be asked again, the word to stop ends waiting.
    ///
    /// # Errors
    /// Where credentials would be sent in the open.
    pub fn new(
        access: Access,
        hosts: Arc<Hosts>,
        clock: Clock,
        stop: Stop,
    ) -> Result<Self, FetchError> {
        Self::among(access, Surroundings { hosts, clock, stop, lookup: Arc::new(SystemLookup) })
    }

    fn among(access: Access, around: Surroundings) -> Result<Self, FetchError> {
        check_secrecy(&access)?;
        let access = Arc::new(access);
        let wire = Wire::new(&access, around)?;
        Ok(Self { access, wire, tokens: Tokens::default() })
    }

    /// Asks, as often as it takes, and hands the body of a good answer over.
    ///
    /// # Errors
    /// Where nothing was asked, or nothing came of it; a status that says no is an answer ([`Reply::Refusal`]).
    pub async fn fetch(
        &self,
        request: &Request,
        taker: &mut dyn Taker,
    ) -> Result<Reply, FetchError> {
        let Self { wire, tokens, .. } = self;
        let fetch = Fetch { number: wire.hosts().number(), request, wire, tokens };
        let mut tries = Tries::default();
        loop {
            match fetch.attempt(taker).await {
                Ok(reply) => return Ok(reply),
                Err(failure) => tries.again(wire, failure).await?,
            }
        }
    }

    /// Whose credentials are used, as a text that gives nothing of them away; empty for none.
    ///
    /// What is seen with other credentials may be more or less, so an absence is confirmed only under the same.
    pub fn authority(&self) -> String {
        authority(&self.access.credentials)
    }

    /// The requests that were made and the bytes that came.
    pub fn usage(&self) -> (u64, u64) {
        self.wire.spent().usage()
    }

    /// How the source is asked.
    pub fn access(&self) -> &Access {
        &self.access
    }
}

/// Refuses to send credentials where others can read them.
fn check_secrecy(access: &Access) -> Result<(), FetchError> {
    let seen_by: &[&Url] = match &access.credentials {
        Credentials::None => &[],
        Credentials::Token(_) => &[&access.base],
        Credentials::Client { token_url, .. } => &[&access.base, token_url],
    };
    let open = seen_by.iter().find(|url| url.scheme() != "https" && !is_on_this_machine(url));
    open.map_or(Ok(()), |url| {
        let reason = "credentials are sent by https alone".to_owned();
        Err(FetchError::NotAllowed { url: url.to_string(), reason })
    })
}

#[cfg(test)]
mod tests;
