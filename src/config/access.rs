//! How a source is asked, out of its table.

use std::time::Duration;

use crawler::access::{Access, Budget, Credentials, Network, Patience, Retry, Secret};
use url::Url;

use crate::config::configuration::Secrets;
use crate::config::key::Key;
use crate::config::network::{is_loopback, is_private, network};
use crate::config::secret::secret;
use crate::config::sheet::Sheet;

/// The least time between two requests to a host, where nobody says it.
const PACE: Duration = Duration::from_secs(2);

/// What is said where a secret would be sent in the open.
const ENCRYPTED: &str = "credentials are sent over `https://` only, or to this machine itself";

/// The most requests at once that no host minds.
const MODEST: u64 = 4;

/// Reads how a source is asked; `None` where it has no address.
pub(super) fn access(
    sheet: &mut Sheet,
    table: &Key,
    user_agent: &str,
    secrets: Secrets,
) -> Option<Access> {
    let key = table.child("url");
    let base = sheet.url(&key);
    if base.is_none() && sheet.origin(&key).is_none() {
        sheet.fault(&key, "it is missing: the address of the server");
    }
    let credentials = credentials(sheet, &table.child("credentials"), secrets);
    let private_networks = sheet.list(&table.child("private_networks"), network, shown);
    let (pace, at_once) = pace(sheet, table, base.as_ref());
    let retry = retry(sheet, table, Retry::default());
    let patience = patience(sheet, table, Patience::default());
    let budget = budget(sheet, table, Budget::default());
    let user_agent = user_agent.to_owned();
    // Everything was read before this, so that everything that is wrong is said at once.
    let base = base?;
    let access = Access {
        base,
        user_agent,
        credentials,
        private_networks,
        pace,
        at_once,
        retry,
        patience,
        budget,
    };
    refuse_plain(sheet, &key, &access);
    Some(access)
}

fn shown(network: &Network) -> String {
    format!("{}/{}", network.address, network.prefix)
}

/// Nothing is fetched in the open but from a network that is named, and no secret leaves this machine in the open.
fn refuse_plain(sheet: &mut Sheet, key: &Key, access: &Access) {
    let base = &access.base;
    if base.scheme() == "https" || is_loopback(base) {
        return;
    }
    if !matches!(access.credentials, Credentials::None) {
        sheet.fault(key, ENCRYPTED);
    } else if !is_private(base) && access.private_networks.is_empty() {
        sheet.fault(
            key,
            "plain `http://` is for this machine and for private networks that are named; write `https://`",
        );
    }
}

fn pace(sheet: &mut Sheet, table: &Key, base: Option<&Url>) -> (Duration, usize) {
    let pace = sheet.duration(&table.child("pace"), PACE);
    let at_once = sheet.number(&table.child("at_once"), 1, 1);
    if base.is_some_and(|base| !is_loopback(base) && !is_private(base)) {
        if pace.is_zero() {
            sheet.warn(format!("`{table}` asks without a pause; a guest leaves a second or two"));
        }
        if at_once > MODEST {
            sheet.warn(format!("`{table}` asks {at_once} times at once; few servers like that"));
        }
    }
    (pace, usize::try_from(at_once).unwrap_or(usize::MAX))
}

fn retry(sheet: &mut Sheet, table: &Key, built_in: Retry) -> Retry {
    let attempts = sheet.number(&table.child("attempts"), built_in.attempts.into(), 1);
    let breaker = sheet.number(&table.child("breaker"), built_in.breaker.into(), 1);
    Retry {
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
        base: sheet.duration(&table.child("backoff"), built_in.base),
        cap: built_in.cap,
        longest_wait: sheet.duration(&table.child("longest_wait"), built_in.longest_wait),
        breaker: u32::try_from(breaker).unwrap_or(u32::MAX),
        rest: sheet.duration(&table.child("rest"), built_in.rest),
    }
}

fn patience(sheet: &mut Sheet, table: &Key, built_in: Patience) -> Patience {
    Patience {
        connect: some_time(sheet, table, "connect_timeout", built_in.connect),
        idle: some_time(sheet, table, "idle_timeout", built_in.idle),
        answer: some_time(sheet, table, "answer_timeout", built_in.answer),
    }
}

fn budget(sheet: &mut Sheet, table: &Key, built_in: Budget) -> Budget {
    Budget {
        requests: sheet.number(&table.child("max_requests"), built_in.requests, 1),
        bytes: sheet.number(&table.child("max_bytes"), built_in.bytes, 1),
        time: some_time(sheet, table, "max_time", built_in.time),
    }
}

/// A length of time that is not nothing.
pub(super) fn some_time(
    sheet: &mut Sheet,
    table: &Key,
    name: &str,
    built_in: Duration,
) -> Duration {
    let key = table.child(name);
    let time = sheet.duration(&key, built_in);
    if time.is_zero() {
        sheet.fault(&key, "it is no time at all");
    }
    time
}

fn credentials(sheet: &mut Sheet, table: &Key, secrets: Secrets) -> Credentials {
    let token = secret(sheet, table, "token", secrets);
    let client_secret = secret(sheet, table, "client_secret", secrets);
    let url_key = table.child("token_url");
    let token_url = sheet.url(&url_key);
    let id_key = table.child("client_id");
    let client_id = sheet.text(&id_key);
    let scopes = sheet.list(&table.child("scopes"), |text| Ok(text.to_owned()), Clone::clone);
    let is_client = client_secret.is_some()
        || ["token_url", "client_id", "client_secret", "client_secret_file"]
            .into_iter()
            .any(|name| sheet.origin(&table.child(name)).is_some());
    if !is_client {
        return token.map_or(Credentials::None, Credentials::Token);
    }
    let comma_separated = sheet.boolean(&table.child("comma_separated"), false);
    let in_body = sheet.boolean(&table.child("in_body"), false);
    if token.is_some() {
        sheet.fault(table, "a token and a client are two ways in; name one of them");
    }
    if client_secret.is_none() && secrets == Secrets::Read {
        let key = table.child("client_secret");
        let reason =
            format!("it is missing; set `{}` or name a `client_secret_file`", key.variable());
        sheet.fault(&key, reason);
    }
    if client_id.is_none() && sheet.origin(&id_key).is_none() {
        sheet.fault(&id_key, "it is missing: our name where tokens are given");
    }
    if token_url.is_none() && sheet.origin(&url_key).is_none() {
        sheet.fault(&url_key, "it is missing: the address where tokens are given");
    }
    if token_url.as_ref().is_some_and(|url| url.scheme() != "https" && !is_loopback(url)) {
        sheet.fault(&url_key, ENCRYPTED);
    }
    let (Some(token_url), Some(client_id)) = (token_url, client_id) else {
        return Credentials::None;
    };
    let client_secret = client_secret.unwrap_or_else(|| Secret::new(""));
    Credentials::Client { token_url, client_id, client_secret, scopes, comma_separated, in_body }
}
