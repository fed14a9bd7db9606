//! One request over the wire: through the gate of its host, to an address that is allowed, with patience that ends.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy as Redirects;
use tokio::time::Instant;
use url::Url;

use crate::access::{Access, Clock, Patience, Secret};
use crate::address::Policy;
use crate::client::answer::Answer;
use crate::client::error::FetchError;
use crate::client::failure::Failure;
use crate::client::resolver::{Lookup, Resolver};
use crate::client::shown::shown;
use crate::client::spent::Spent;
use crate::host::{Hosts, Visit, unless_stopped};
use crate::stop::Stop;

/// What all requests of a source share.
#[derive(Debug)]
pub(super) struct Wire {
    access: Arc<Access>,
    http: reqwest::Client,
    policy: Arc<Policy>,
    hosts: Arc<Hosts>,
    clock: Clock,
    stop: Stop,
    spent: Spent,
}

/// One request of the wire. It is never printed.
pub(super) struct Ask {
    /// The number of what is fetched.
    pub errand: u64,
    /// The address.
    pub url: Url,
    /// What is sent, with its type; a request without is a GET, one with a POST.
    pub body: Option<(&'static str, Vec<u8>)>,
    /// The header fields.
    pub headers: HeaderMap,
    /// What of this must never be shown.
    pub hidden: Vec<Secret>,
}

impl Ask {
    /// Asks for what is at an address, preferably of this type.
    pub(super) fn get(errand: u64, url: Url, accept: &'static str) -> Self {
        let headers = HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(accept))]);
        Self { errand, url, body: None, headers, hidden: Vec::new() }
    }

    /// Sends a header field along, unless it cannot be one.
    pub(super) fn field(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }

    /// Shows who we are; the first word of it says how.
    pub(super) fn authorize(&mut self, authorization: &Secret) -> Result<(), FetchError> {
        let value = HeaderValue::from_str(authorization.reveal());
        let mut value = value.ok().ok_or_else(|| FetchError::NoToken {
            url: shown(&self.url),
            reason: "the credentials have characters that no header field may have".to_owned(),
        })?;
        value.set_sensitive(true);
        self.headers.insert(AUTHORIZATION, value);
        let credentials =
            authorization.reveal().split_once(' ').map_or("", |(_, credentials)| credentials);
        self.hide(Secret::new(credentials));
        Ok(())
    }

    /// Never shows this, should it come back.
    pub(super) fn hide(&mut self, secret: Secret) {
        if !secret.reveal().is_empty() {
            self.hidden.push(secret);
        }
    }
}

/// What a client is made of beside its configuration.
pub(super) struct Surroundings {
    /// The hosts of the run.
    pub hosts: Arc<Hosts>,
    /// The clock.
    pub clock: Clock,
    /// The word to stop.
    pub stop: Stop,
    /// Where names are looked up.
    pub lookup: Arc<dyn Lookup>,
}

impl Wire {
    /// Makes ready to ask.
    pub(super) fn new(access: &Arc<Access>, around: Surroundings) -> Result<Self, FetchError> {
        let policy = Arc::new(Policy::of(access));
        let http = reqwest::Client::builder()
            .user_agent(&access.user_agent)
            .http1_only()
            .no_proxy()
            .redirect(Redirects::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(access.patience.connect)
            .dns_resolver(Resolver::new(Arc::clone(&policy), around.lookup))
            .build()
            .map_err(|error| Failure::of(&access.base, error).error)?;
        // Whoever asks the same host from now on knows of this source's manners.
        drop(around.hosts.gate(&access.base, access));
        let spent = Spent::new(access.budget, (around.clock)());
        let Surroundings { hosts, clock, stop, .. } = around;
        Ok(Self { access: Arc::clone(access), http, policy, hosts, clock, stop, spent })
    }

    /// Asks once. The answer holds its turn at the host until it is dropped.
    pub(super) async fn ask(&self, ask: &Ask) -> Result<Answer<'_>, Failure> {
        let url = &ask.url;
        self.check(url)?;
        let gate = self.hosts.gate(url, &self.access);
        let visit = self.visit(ask.errand);
        let turn = gate.enter(&visit).await?;
        self.spent.request((self.clock)())?;
        let began = Instant::now();
        let deadline = began + self.patience().answer;
        let sent = self.patiently(
            url,
            self.patience().idle + self.patience().connect,
            deadline,
            self.send(ask),
        );
        let answer = match sent.await {
            Ok(Ok(response)) => self.connected(url, &response).map(|()| response),
            Ok(Err(error)) => Err(Failure::of(url, error)),
            Err(failure) => Err(failure),
        };
        let status = answer.as_ref().map_or(0, |response| response.status().as_u16());
        let duration_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let method = if ask.body.is_some() { "POST" } else { "GET" };
        tracing::debug!(method, url = shown(url), status, duration_ms, "asked");
        match answer {
            Ok(response) => Ok(Answer::new(self, ask, turn, deadline, response)),
            Err(failure) if matches!(failure.error, FetchError::Network { .. }) => {
                turn.fail(&visit, None)?;
                Err(failure)
            }
            Err(failure) => Err(failure),
        }
    }

    async fn send(&self, ask: &Ask) -> Result<reqwest::Response, reqwest::Error> {
        let request = match &ask.body {
            None => self.http.get(ask.url.clone()),
            Some((media_type, body)) => {
                let request = self.http.post(ask.url.clone()).body(body.clone());
                request.header(reqwest::header::CONTENT_TYPE, *media_type)
            }
        };
        request.headers(ask.headers.clone()).send().await
    }

    /// Whether an address may be asked, as far as it tells itself.
    pub(super) fn check(&self, url: &Url) -> Result<(), Failure> {
        self.policy.check(url).map_err(|refused| Failure::not_allowed(url, refused.to_string()))
    }

    fn connected(&self, url: &Url, response: &reqwest::Response) -> Result<(), Failure> {
        let Some(address) = response.remote_addr() else { return Ok(()) };
        let checked = self.policy.check_connected(url, address.ip());
        checked.map_err(|refused| Failure::not_allowed(url, refused.to_string()))
    }

    /// Waits for something of an answer, so long at most, and never beyond the time for the whole answer.
    pub(super) async fn patiently<T>(
        &self,
        url: &Url,
        patience: Duration,
        deadline: Instant,
        what: impl Future<Output = T>,
    ) -> Result<T, Failure> {
        let until = (Instant::now() + patience).min(deadline);
        let waited = unless_stopped(&self.stop, tokio::time::timeout_at(until, what)).await?;
        waited.map_err(|elapsed| {
            tracing::trace!(%elapsed, "lost patience");
            let reason = if until == deadline {
                format!("the answer took longer than {:?}", self.patience().answer)
            } else {
                format!("nothing came for {patience:?}")
            };
            Failure::network(url, reason)
        })
    }

    /// How a request comes to the gate of its host.
    pub(super) fn visit(&self, errand: u64) -> Visit<'_> {
        Visit { errand, clock: self.clock, stop: &self.stop, retry: &self.access.retry }
    }

    /// How long to wait for what.
    pub(super) fn patience(&self) -> &Patience {
        &self.access.patience
    }

    /// How the source is asked.
    pub(super) fn access(&self) -> &Access {
        &self.access
    }

    /// All hosts of the run.
    pub(super) fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    /// The word to stop.
    pub(super) fn stop(&self) -> &Stop {
        &self.stop
    }

    /// The time.
    pub(super) fn now(&self) -> time::OffsetDateTime {
        (self.clock)()
    }

    /// What the run has used.
    pub(super) fn spent(&self) -> &Spent {
        &self.spent
    }
}
