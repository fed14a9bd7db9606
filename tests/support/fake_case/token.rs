//! The token endpoint ([RFC 6749 section 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)), and the tokens that are good.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::containers::base64;
use crate::support::fake_server::site::{Asked, Said};

/// How tokens are given to a client.
#[derive(Debug, Clone)]
pub(crate) struct ClientRules {
    pub client_id: &'static str,
    pub client_secret: &'static str,
    pub taken: Taken,
    /// What `scope` has to be, to the letter.
    pub scope: &'static str,
    pub status: u16,
    pub content_type: &'static str,
    /// What `expires_in` says.
    pub expires_in: u64,
    /// How long a token is good in truth.
    pub lifetime: Duration,
}

/// Where name and password are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// HTTP Basic.
    Basic,
    /// The body.
    Body,
}

impl Default for ClientRules {
    fn default() -> Self {
        Self {
            client_id: "alidade",
            client_secret: "quicksilverweed",
            taken: Taken::Basic,
            scope: "",
            status: 200,
            content_type: "application/json",
            expires_in: 3_600,
            lifetime: Duration::from_hours(1),
        }
    }
}

/// The tokens that are good.
#[derive(Debug, Default)]
pub(crate) struct Tokens {
    pub rules: Option<ClientRules>,
    /// Until when each is good; for ever where nothing is said.
    pub good: BTreeMap<String, Option<Instant>>,
    /// How many tokens were given to clients.
    pub n_given: u32,
    /// How many requests with a good token are turned away all the same.
    pub turned_away: u32,
}

impl Tokens {
    /// Makes a token good that was given out otherwise.
    pub(crate) fn admit(&mut self, token: &str) {
        self.good.insert(token.to_owned(), None);
    }

    /// Makes every token bad that was given out.
    pub(crate) fn revoke(&mut self) {
        self.good.clear();
    }

    pub(crate) fn is_good(&self, asked: &Asked) -> bool {
        let until = asked.token().and_then(|token| self.good.get(token));
        until.is_some_and(|until| until.is_none_or(|until| until > Instant::now()))
    }

    /// What the endpoint says.
    pub(crate) fn give(&mut self, asked: &Asked) -> Said {
        let Some(rules) = &self.rules else { return Said::of(404, "text/plain", "Not Found") };
        if let Some(error) = rules.fault(asked) {
            let body = json!({ "error": error });
            return Said::json(if error == "invalid_client" { 401 } else { 400 }, &body);
        }
        self.n_given += 1;
        let token = format!("token-{}", self.n_given);
        self.good.insert(token.clone(), Some(Instant::now() + rules.lifetime));
        let body = json!({
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": rules.expires_in,
            "scope": rules.scope,
        });
        Said::of(rules.status, rules.content_type, body.to_string())
    }
}

impl ClientRules {
    /// What is wrong with a request for a token.
    fn fault(&self, asked: &Asked) -> Option<&'static str> {
        let form: BTreeMap<String, String> =
            url::form_urlencoded::parse(&asked.body).into_owned().collect();
        let said = |name: &str| form.get(name).map_or("", String::as_str);
        if asked.method != "POST" || said("grant_type") != "client_credentials" {
            return Some("unsupported_grant_type");
        }
        let is_known = match self.taken {
            Taken::Basic => asked.field("authorization") == Some(&self.basic()),
            Taken::Body => {
                said("client_id") == self.client_id && said("client_secret") == self.client_secret
            }
        };
        if !is_known {
            return Some("invalid_client");
        }
        (said("scope") != self.scope).then_some("invalid_scope")
    }

    fn basic(&self) -> String {
        let pair = base64(format!("{}:{}", self.client_id, self.client_secret).as_bytes());
        format!("Basic {}", pair.replace('-', "+").replace('_', "/"))
    }
}
