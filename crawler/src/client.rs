//! The only socket: asks servers of others, politely, and trusts nothing that they say.

mod error;
mod reply;
mod request;
mod taker;

pub use crate::client::error::FetchError;
pub use crate::client::reply::{Head, Reply};
pub use crate::client::request::Request;
pub use crate::client::taker::{Collected, Halt, Taker};

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};

use crate::access::{Access, Clock, Credentials};
use crate::host::Hosts;
use crate::stop::Stop;

/// Asks the servers of one source.
#[derive(Debug)]
pub struct Client {
    access: Access,
    http: reqwest::Client,
    requests: AtomicU64,
    bytes: AtomicU64,
}

impl Client {
    /// A client for one source. The clock says when a host may be asked again, the word to stop ends waiting.
    pub fn new(
        access: Access,
        _hosts: Arc<Hosts>,
        _clock: Clock,
        _stop: Stop,
    ) -> Result<Self, FetchError> {
        let http =
            reqwest::Client::builder().user_agent(&access.user_agent).no_proxy().build().map_err(
                |error| FetchError::Network {
                    url: access.base.to_string(),
                    reason: error.to_string(),
                },
            )?;
        Ok(Self { access, http, requests: AtomicU64::new(0), bytes: AtomicU64::new(0) })
    }

    /// Asks, as often as it takes, and hands the body of a good answer over.
    pub async fn fetch(
        &self,
        request: &Request,
        taker: &mut dyn Taker,
    ) -> Result<Reply, FetchError> {
        let network = |error: reqwest::Error| FetchError::Network {
            url: request.url.to_string(),
            reason: error.to_string(),
        };
        self.requests.fetch_add(1, Ordering::Relaxed);
        let mut asked = match &request.json {
            Some(json) => self
                .http
                .post(request.url.clone())
                .body(json.clone())
                .header("content-type", "application/json"),
            None => self.http.get(request.url.clone()),
        };
        if let (true, Credentials::Token(token)) =
            (request.with_credentials, &self.access.credentials)
        {
            asked = asked.bearer_auth(token.reveal());
        }
        if let Some(modified) = &request.validators.last_modified {
            asked = asked.header("if-modified-since", modified);
        }
        if let Some(etag) = &request.validators.etag {
            asked = asked.header("if-none-match", etag);
        }
        let mut answer =
            asked.header("accept", "application/json").send().await.map_err(network)?;
        let headers = answer.headers().iter().filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        let head = Head {
            status: answer.status().as_u16(),
            url: answer.url().clone(),
            headers: headers.collect(),
        };
        if head.status == 304 {
            return Ok(Reply::NotModified(head));
        }
        if !answer.status().is_success() {
            return Ok(Reply::Refusal(head, answer.text().await.map_err(network)?));
        }
        let halted = |halt: Halt| match halt {
            Halt::Store(error) => FetchError::Store(error),
            other => {
                FetchError::Unusable { url: request.url.to_string(), reason: other.to_string() }
            }
        };
        taker.begin(&head).map_err(halted)?;
        while let Some(chunk) = answer.chunk().await.map_err(network)? {
            self.bytes.fetch_add(chunk.len() as u64, Ordering::Relaxed);
            match taker.bytes(&chunk) {
                Err(Halt::Enough) => break,
                other => other.map_err(halted)?,
            }
        }
        Ok(Reply::Whole(head))
    }

    /// The requests that were made and the bytes that came.
    pub fn usage(&self) -> (u64, u64) {
        (self.requests.load(Ordering::Relaxed), self.bytes.load(Ordering::Relaxed))
    }

    /// On whose behalf the source is asked: the same text for the same credentials, from which they cannot be read.
    pub fn authority(&self) -> String {
        match &self.access.credentials {
            Credentials::None => "nobody".to_owned(),
            Credentials::Token(token) => {
                let digest = Sha256::digest(token.reveal());
                digest
                    .iter()
                    .take(8)
                    .fold("token ".to_owned(), |text, byte| format!("{text}{byte:02x}"))
            }
            Credentials::Client { token_url, client_id, .. } => {
                format!("{client_id} at {token_url}")
            }
        }
    }

    /// How the source is asked.
    pub fn access(&self) -> &Access {
        &self.access
    }
}
