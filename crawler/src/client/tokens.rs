//! The token that goes along to a source's own host.

use reqwest::header::ACCEPT;
use tokio::sync::Mutex;
use url::Url;

use crate::access::{Credentials, Secret};
use crate::client::error::FetchError;
use crate::client::failure::Failure;
use crate::client::shown::shown;
use crate::client::tries::Tries;
use crate::client::wire::{Ask, Wire};
use crate::credentials::{Token, TokenRequest, expiry};

/// The most bytes that the answer of a token endpoint has.
const MAX_BYTES: usize = 64 << 10;

/// The token of one source. It is asked for once, however many wait for it.
#[derive(Debug, Default)]
pub(super) struct Tokens(Mutex<Option<Token>>);

impl Tokens {
    /// The token to send; nothing where the source wants none.
    pub(super) async fn get(&self, wire: &Wire, errand: u64) -> Result<Option<Secret>, FetchError> {
        match &wire.access().credentials {
            Credentials::None => Ok(None),
            Credentials::Token(token) => given(token, wire).map(Some),
            Credentials::Client { token_url, .. } => {
                let mut held = self.0.lock().await;
                if let Some(token) = held.as_ref().and_then(|token| token.fresh(wire.now())) {
                    return Ok(Some(token.clone()));
                }
                let token = obtain(wire, errand, token_url).await?;
                Ok(Some(held.insert(token).value().clone()))
            }
        }
    }

    /// Forgets a token that the source does not take.
    pub(super) async fn discard(&self, refused: &Secret) {
        self.0.lock().await.take_if(|token| token.value() == refused);
    }
}

/// Whether another token can be had for one that the source does not take.
pub(super) fn can_renew(wire: &Wire) -> bool {
    matches!(wire.access().credentials, Credentials::Client { .. })
}

/// A token that was given to us, unless it has ended: a server may answer that with less instead of a refusal.
fn given(token: &Secret, wire: &Wire) -> Result<Secret, FetchError> {
    match expiry(token.reveal()) {
        Some(end) if end <= wire.now() => Err(FetchError::NoToken {
            url: wire.access().base.to_string(),
            reason: format!("the token that was given to us has ended on {end}"),
        }),
        _ => Ok(token.clone()),
    }
}

/// Asks the token endpoint, as often as it takes.
async fn obtain(wire: &Wire, errand: u64, token_url: &Url) -> Result<Token, FetchError> {
    let mut tries = Tries::default();
    loop {
        match ask(wire, errand, token_url).await {
            Ok(token) => return Ok(token),
            Err(failure) => {
                tries.again(wire, failure).await.map_err(|error| no_token(token_url, error))?;
            }
        }
    }
}

async fn ask(wire: &Wire, errand: u64, token_url: &Url) -> Result<Token, Failure> {
    let credentials = &wire.access().credentials;
    let mut ask = Ask::get(errand, token_url.clone(), "application/json");
    if let (Some(request), Credentials::Client { client_secret, .. }) =
        (TokenRequest::of(credentials), credentials)
    {
        ask.body = Some(("application/x-www-form-urlencoded", request.form.reveal().into()));
        ask.hide(client_secret.clone());
        if let Some(authorization) = &request.authorization {
            ask.authorize(authorization)?;
        }
    }
    ask.field(ACCEPT, "application/json");
    let mut answer = wire.ask(&ask).await?;
    if let Some(failure) = answer.passing().await {
        return Err(failure);
    }
    let status = answer.head().status;
    if !(200..300).contains(&status) {
        let words = answer.words().await;
        let reason = format!("it answers {status}: {words}");
        return Err(FetchError::NoToken { url: shown(token_url), reason }.into());
    }
    let body = answer.beginning(MAX_BYTES).await?;
    let token = Token::read(&body, wire.now());
    let token = token.map_err(|reason| FetchError::NoToken { url: shown(token_url), reason })?;
    answer.well();
    Ok(token)
}

/// Says of a failure that it concerns the token.
fn no_token(token_url: &Url, error: FetchError) -> FetchError {
    match error {
        FetchError::Network { reason, .. } => FetchError::NoToken { url: shown(token_url), reason },
        FetchError::Unavailable { status, words, .. } => FetchError::NoToken {
            url: shown(token_url),
            reason: format!("it answers {status}: {words}"),
        },
        other => other,
    }
}
