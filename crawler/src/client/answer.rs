//! An answer whose head has come, and whose body has not been read.

use tokio::time::Instant;

use crate::access::Secret;
use crate::client::error::FetchError;
use crate::client::failure::{Again, Failure};
use crate::client::reply::Head;
use crate::client::shown::shown;
use crate::client::wire::{Ask, Wire};
use crate::client::words::{self, words};
use crate::host::Turn;
use crate::retry::{is_passing, retry_after};

/// An answer. It holds its turn at the host until it is dropped.
#[derive(Debug)]
pub(super) struct Answer<'w> {
    wire: &'w Wire,
    head: Head,
    response: reqwest::Response,
    turn: Turn,
    errand: u64,
    /// What was sent, and must not be shown if it comes back.
    hidden: Vec<Secret>,
    deadline: Instant,
}

impl<'w> Answer<'w> {
    /// The answer to what was asked.
    pub(super) fn new(
        wire: &'w Wire,
        ask: &Ask,
        turn: Turn,
        deadline: Instant,
        response: reqwest::Response,
    ) -> Self {
        let fields = response.headers().iter().filter_map(|(name, value)| {
            let value = str::from_utf8(value.as_bytes()).ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        });
        let status = response.status().as_u16();
        let head = Head { status, url: ask.url.clone(), headers: fields.collect() };
        let hidden = ask.hidden.clone();
        Self { wire, head, response, turn, errand: ask.errand, hidden, deadline }
    }

    /// The beginning of the answer.
    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// The length that the server says the body has, where it is not compressed.
    pub(super) fn said_length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// The next bytes of the body, decompressed.
    pub(super) async fn chunk(&mut self) -> Result<Option<impl AsRef<[u8]> + use<>>, Failure> {
        let url = &self.head.url;
        let idle = self.wire.patience().idle;
        let came = self.wire.patiently(url, idle, self.deadline, self.response.chunk()).await;
        let came = came.and_then(|came| came.map_err(|error| Failure::of(url, error)));
        let chunk = match came {
            Ok(chunk) => chunk,
            Err(failure) => return Err(self.broken(failure)),
        };
        if let Some(chunk) = &chunk {
            self.wire.spent().bytes(chunk.len())?;
        }
        Ok(chunk)
    }

    /// The first bytes of the body, as many as come and are wanted.
    pub(super) async fn beginning(&mut self, n_bytes: usize) -> Result<Vec<u8>, Failure> {
        let mut beginning = Vec::new();
        while beginning.len() < n_bytes
            && let Some(chunk) = self.chunk().await?
        {
            beginning.extend_from_slice(chunk.as_ref());
        }
        beginning.truncate(n_bytes);
        Ok(beginning)
    }

    /// What a refusal says in few words; that it breaks off makes no difference.
    pub(super) async fn words(&mut self) -> String {
        let body = self.beginning(words::MAX_BYTES).await.unwrap_or_default();
        self.hidden.iter().fold(words(&body), |words, secret| words.replace(secret.reveal(), "***"))
    }

    /// Whether a text gives away what was sent in confidence.
    pub(super) fn gives_away(&self, text: &str) -> bool {
        self.hidden.iter().any(|secret| text.contains(secret.reveal()))
    }

    /// The failure that a status stands for which should pass; nothing where the answer is final.
    pub(super) async fn passing(&mut self) -> Option<Failure> {
        let status = self.head.status;
        let asked = self.head.header("retry-after");
        let asked = asked.and_then(|field| retry_after(field, self.wire.now()));
        let is_told = asked.is_some() && (500..600).contains(&status);
        if !is_passing(status) && !is_told {
            return None;
        }
        let words = self.words().await;
        if let Err(closed) = self.turn.fail(&self.wire.visit(self.errand), asked) {
            return Some(closed.into());
        }
        let error = FetchError::Unavailable { url: shown(&self.head.url), status, words };
        let is_told = asked.is_some_and(|wait| !wait.is_zero());
        Some(Failure { error, again: if is_told { Again::WhenTold } else { Again::AfterBackoff } })
    }

    /// Ends the answer as one that the host may be proud of.
    pub(super) fn well(self) -> Head {
        self.turn.succeed();
        self.head
    }

    fn broken(&self, failure: Failure) -> Failure {
        if matches!(failure.error, FetchError::Network { .. }) {
            return match self.turn.fail(&self.wire.visit(self.errand), None) {
                Ok(()) => failure,
                Err(closed) => closed.into(),
            };
        }
        failure
    }
}
