//! Fetches robots.txt: once for each origin and run, whoever asks for it.

use std::sync::Arc;

use url::Url;

use crate::client::error::FetchError;
use crate::client::failure::Failure;
use crate::client::redirect::{MAX_REDIRECTS, follow, is_redirect};
use crate::client::shown::shown;
use crate::client::tries::Tries;
use crate::client::wire::{Ask, Wire};
use crate::host::{HeldRules, unless_stopped};
use crate::robots::{self, Rules};

/// How long rules are good for ([RFC 9309 section 2.4](https://www.rfc-editor.org/rfc/rfc9309#section-2.4)).
const GOOD_FOR: time::Duration = time::Duration::hours(24);

/// Waits at most a little longer for a site that wants that, and refuses what it does not want to be fetched.
pub(super) async fn obey(wire: &Wire, errand: u64, url: &Url) -> Result<(), FetchError> {
    let rules = rules_of(wire, errand, url).await?;
    let checked = rules.check(url);
    let is_read = !matches!(*rules, Rules::Nothing(_));
    checked.map_err(|reason| FetchError::Robots { url: shown(url), reason, is_read })?;
    wire.hosts().gate(url, wire.access()).slow_down(rules.delay());
    Ok(())
}

async fn rules_of(wire: &Wire, errand: u64, url: &Url) -> Result<Arc<Rules>, FetchError> {
    let shared = wire.hosts().robots(url);
    let waited = unless_stopped(wire.stop(), shared.lock()).await;
    let mut held = waited.map_err(|closed| Failure::from(closed).error)?;
    if let Some(HeldRules { rules, good_until }) = held.as_ref()
        && wire.now() < *good_until
    {
        return Ok(Arc::clone(rules));
    }
    let fetched = fetch(wire, errand, url).await?;
    let (rules, good_for) = match (fetched, held.take()) {
        // What a site wanted yesterday counts while it cannot be asked.
        (Rules::Nothing(_), Some(HeldRules { rules, .. })) => (rules, rest(wire)),
        (nothing @ Rules::Nothing(_), None) => (Arc::new(nothing), rest(wire)),
        (rules, _) => (Arc::new(rules), GOOD_FOR),
    };
    let good_until = wire.now().saturating_add(good_for);
    *held = Some(HeldRules { rules: Arc::clone(&rules), good_until });
    Ok(rules)
}

/// How long a site that failed is left alone.
fn rest(wire: &Wire) -> time::Duration {
    time::Duration::try_from(wire.access().retry.rest).unwrap_or(GOOD_FOR).min(GOOD_FOR)
}

/// Fetches the rules, as often as it takes. A site that cannot be asked allows nothing
/// ([section 2.3.1.4](https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1.4)).
async fn fetch(wire: &Wire, errand: u64, url: &Url) -> Result<Rules, FetchError> {
    let mut tries = Tries::default();
    loop {
        let failure = match attempt(wire, errand, url).await {
            Ok(rules) => return Ok(rules),
            Err(failure) => failure,
        };
        match tries.again(wire, failure).await {
            Ok(()) => {}
            Err(FetchError::Unavailable { status, .. }) => {
                return Ok(Rules::Nothing(format!("it answers {status}")));
            }
            Err(FetchError::Network { reason, .. }) => return Ok(Rules::Nothing(reason)),
            Err(error) => return Err(error),
        }
    }
}

async fn attempt(wire: &Wire, errand: u64, url: &Url) -> Result<Rules, Failure> {
    let mut url = robots_txt(url)?;
    for n_redirects in 0..=MAX_REDIRECTS {
        let asked = Ask::get(errand, url.clone(), "text/plain, */*;q=0.1");
        let mut answer = match wire.ask(&asked).await {
            Err(Failure { error: FetchError::NotAllowed { reason, .. }, .. })
                if n_redirects > 0 =>
            {
                return Ok(Rules::Nothing(reason));
            }
            answered => answered?,
        };
        if let Some(failure) = answer.passing().await {
            return Err(failure);
        }
        let status = answer.head().status;
        if (200..300).contains(&status) {
            let text = answer.beginning(robots::MAX_BYTES).await?;
            answer.well();
            return Ok(Rules::read(&text));
        }
        let location = answer.head().header("location").filter(|_| is_redirect(status));
        let Some(location) = location else { return Ok(without_rules(status)) };
        match follow(&url, location, status, false) {
            Ok(next) => url = next.url,
            Err(reason) => return Ok(Rules::Nothing(reason)),
        }
        answer.well();
    }
    Ok(Rules::Everything)
}

/// What a status means that brings no rules: a site without robots.txt, unless the site fails.
fn without_rules(status: u16) -> Rules {
    if status >= 500 { Rules::Nothing(format!("it answers {status}")) } else { Rules::Everything }
}

fn robots_txt(url: &Url) -> Result<Url, Failure> {
    let joined = url.join("/robots.txt");
    joined.map_err(|error| Failure::not_allowed(url, error.to_string()))
}
