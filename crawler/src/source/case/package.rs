//! The package of a framework: asked for where it may be, until it is taken.

use std::collections::{BTreeSet, VecDeque};
use std::time::UNIX_EPOCH;

use url::Url;

use crate::client::{FetchError, Request};
use crate::receiver::Kept;
use crate::session::{Seen, Session, Taken};
use crate::source::case::candidates::{candidates, elsewhere};
use crate::source::case::failure::{ends_run, is_absent, is_secured};
use crate::source::case::held::Held;
use crate::source::case::listed::Listed;
use crate::source::case::provider::Provider;
use crate::source::case::record::record;
use crate::source::case::status_info::words;

/// The most bytes of a package: 512 MiB.
const PACKAGE_BYTES: u64 = 512 << 20;

/// What came of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Its package was taken, or is what we have.
    Taken,
    /// It is not given without other credentials, in these words.
    Secured(String),
    /// The server says that there is none, in these words.
    Absent(String),
    /// It could not be taken, and the report says why.
    Failed,
    /// It could not be taken, for this reason.
    NotTaken(String),
}

/// What came of one address.
pub(super) enum Attempt {
    /// The package was taken, or is what we have.
    Taken,
    /// The server answers with this status, in these words.
    NotGiven(u16, String),
    /// What came was not kept, and the report says so.
    Refused(String),
    /// What came is about a person.
    AboutPerson,
    /// The address cannot be asked, or gives nothing that can be used.
    Unusable(String),
    /// The server fails.
    Broken(String),
}

/// Asks one address for the package of a framework.
pub(super) async fn attempt(
    session: &Session,
    url: &Url,
    listed: &Listed,
    is_conditional: bool,
) -> Result<Attempt, FetchError> {
    let is_conditional = is_conditional && proves_something(session, url, listed)?;
    let request = Request::get(url.clone()).at_most(PACKAGE_BYTES);
    let (record, about) = (record(&listed.key()), Some(listed.identifier.as_str()));
    match Box::pin(session.take(request, &record, about, is_conditional)).await {
        Ok(Taken::NotModified | Taken::Kept(Kept::Accepted | Kept::Unchanged)) => {
            Ok(Attempt::Taken)
        }
        Ok(Taken::Kept(Kept::Refused(reason))) => Ok(Attempt::Refused(reason)),
        Ok(Taken::Kept(Kept::AboutPerson)) => Ok(Attempt::AboutPerson),
        Ok(Taken::NotGiven(status, body)) => Ok(Attempt::NotGiven(status, words(&body))),
        Err(error) if ends_run(&error) => Err(error),
        Err(error @ (FetchError::Network { .. } | FetchError::Unavailable { .. })) => {
            Ok(Attempt::Broken(error.to_string()))
        }
        Err(error) => Ok(Attempt::Unusable(error.to_string())),
    }
}

/// Whether the server's word that nothing has changed would prove anything. A `Last-Modified` that is no more than the stamp of the
/// document moves when the document does, and not when its items do; where the stamp is not known, that cannot be told.
fn proves_something(session: &Session, url: &Url, listed: &Listed) -> Result<bool, FetchError> {
    let seen: Option<Seen> = session.get(&format!("seen/{url}"))?;
    let Some(seen) = seen else { return Ok(false) };
    if seen.validators.etag.is_some() {
        return Ok(true);
    }
    let modified = seen.validators.last_modified.as_deref().and_then(seconds);
    let changed = listed.changed.map(time::OffsetDateTime::unix_timestamp);
    Ok(modified.is_some() && changed.is_some() && modified != changed)
}

/// Reads the date of a header field, in seconds since 1970.
fn seconds(date: &str) -> Option<i64> {
    let since = httpdate::parse_http_date(date).ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(since.as_secs()).ok()
}

/// Looks for the package of a framework.
pub(super) struct Search<'s> {
    session: &'s Session,
    provider: &'s Provider,
    listed: &'s Listed,
    /// Where the package came from last.
    origin: Option<Url>,
    queue: VecDeque<Url>,
    tried: BTreeSet<Url>,
    /// Why the first address did not give it: that tells the most.
    reason: Option<String>,
    is_absent: bool,
    is_told: bool,
}

impl<'s> Search<'s> {
    /// A search that begins where the package was found last, if that is not long ago or nothing is known of the package.
    pub(super) fn new(
        session: &'s Session,
        provider: &'s Provider,
        listed: &'s Listed,
    ) -> Result<Self, FetchError> {
        let held = Held::of(session, &listed.key())?;
        let is_good = held.is_some_and(|held| held.is_good(session, listed));
        let origin = Held::origin(session, provider, &listed.key())?;
        let first = origin.clone().filter(|_| is_good || !listed.names_package());
        let queue = first.into_iter().chain(candidates(provider, listed)).collect();
        let (tried, reason) = (BTreeSet::new(), None);
        Ok(Self {
            session,
            provider,
            listed,
            origin,
            queue,
            tried,
            reason,
            is_absent: true,
            is_told: false,
        })
    }

    /// Asks one address after the other. The last are those of the other versions, where one of the first does not have the package.
    pub(super) async fn run(mut self) -> Result<Outcome, FetchError> {
        let mut is_elsewhere = false;
        let mut is_misplaced = false;
        loop {
            while let Some(url) = self.queue.pop_front() {
                if !self.tried.insert(url.clone()) {
                    continue;
                }
                let attempt = attempt(self.session, &url, self.listed, true).await?;
                is_misplaced |= matches!(attempt, Attempt::NotGiven(404 | 409, _));
                if let Some(outcome) = self.weigh(attempt, &url, is_elsewhere)? {
                    return Ok(outcome);
                }
            }
            if is_elsewhere || !is_misplaced {
                return Ok(self.nowhere());
            }
            is_elsewhere = true;
            self.queue.extend(elsewhere(self.provider, self.listed));
        }
    }

    /// What an attempt means: an outcome, or that the next address is asked.
    fn weigh(
        &mut self,
        attempt: Attempt,
        url: &Url,
        is_elsewhere: bool,
    ) -> Result<Option<Outcome>, FetchError> {
        let reason = match attempt {
            Attempt::Taken => {
                Held::remember(self.session, self.listed, url)?;
                return Ok(Some(Outcome::Taken));
            }
            Attempt::AboutPerson => return Ok(Some(Outcome::Failed)),
            Attempt::Broken(reason) => return Ok(Some(Outcome::NotTaken(reason))),
            Attempt::NotGiven(status, words) => {
                let words = format!("`{url}` answers {status}: {words}");
                if is_secured(status) {
                    return Ok(Some(Outcome::Secured(words)));
                }
                // Whether another version has the package says nothing of this one.
                self.is_absent &= is_elsewhere || is_absent(status);
                words
            }
            Attempt::Refused(reason) => {
                self.is_absent = false;
                self.is_told = true;
                reason
            }
            Attempt::Unusable(reason) => {
                self.is_absent &= is_elsewhere;
                reason
            }
        };
        self.reason.get_or_insert(reason);
        Ok(None)
    }

    fn nowhere(self) -> Outcome {
        // That other addresses give nothing says nothing of the one that gave the package.
        let is_asked = self.origin.is_some_and(|origin| self.tried.contains(&origin));
        let reason = self.reason.unwrap_or_default();
        match (self.is_absent, self.is_told) {
            (true, _) if is_asked => Outcome::Absent(reason),
            (false, true) => Outcome::Failed,
            _ => Outcome::NotTaken(reason),
        }
    }
}
