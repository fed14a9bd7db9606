//! What is remembered of a framework whose package was taken.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::client::FetchError;
use crate::session::Session;
use crate::source::case::listed::Listed;
use crate::source::case::provider::Provider;
use crate::source::case::record::record;

/// How long an address that worked goes before those that should work.
const GOOD_FOR: time::Duration = time::Duration::days(30);

/// The most bytes of subjects that are remembered; what is remembered under one name is limited.
const SUBJECT_BYTES: usize = 4 << 10;

/// The package of a framework, as it was last taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Held {
    /// The address that gave it.
    url: String,
    /// The subjects that the list gave the framework, the first of them where they are very many.
    subjects: Vec<String>,
    /// The identifier of the package, as it was listed.
    package: Option<String>,
    /// The address of the package, as it was listed.
    package_uri: Option<String>,
    /// Since when this is so, in seconds since 1970.
    since: i64,
}

impl Held {
    /// What is remembered of a framework.
    pub(super) fn of(session: &Session, key: &str) -> Result<Option<Self>, FetchError> {
        session.get(&name(key))
    }

    /// Remembers the address that gave a framework's package.
    pub(super) fn remember(
        session: &Session,
        listed: &Listed,
        url: &Url,
    ) -> Result<(), FetchError> {
        let key = listed.key();
        let held = Self {
            url: url.to_string(),
            subjects: bounded(&listed.subjects),
            package: listed.package.clone(),
            package_uri: listed.package_uri.clone(),
            since: session.now().unix_timestamp(),
        };
        let known = Self::of(session, &key)?.filter(|known| known.is_good(session, listed));
        if known.is_some_and(|known| known.says_same(&held)) {
            return Ok(());
        }
        session.put(&name(&key), &held)
    }

    /// Forgets a framework.
    pub(super) fn forget(session: &Session, key: &str) {
        session.forget(&name(key));
    }

    /// The address that gave the package of a framework last, where that is known and lies on the server.
    pub(super) fn origin(
        session: &Session,
        provider: &Provider,
        key: &str,
    ) -> Result<Option<Url>, FetchError> {
        let origin = match session.origin(&record(key))? {
            Some(origin) => Some(origin),
            None => Self::of(session, key)?.map(|held| held.url),
        };
        let origin: Option<Url> = origin.and_then(|origin| origin.parse().ok());
        Ok(origin.filter(|url| provider.is_ours(url)))
    }

    /// The subjects that the list gave the framework.
    pub(super) fn subjects(&self) -> &[String] {
        &self.subjects
    }

    /// Whether the address goes before those that should work: the list says of the package what it said then, and that is not long
    /// ago.
    pub(super) fn is_good(&self, session: &Session, listed: &Listed) -> bool {
        let age = session.now().unix_timestamp().saturating_sub(self.since);
        self.package == listed.package
            && self.package_uri == listed.package_uri
            && age < GOOD_FOR.whole_seconds()
    }

    fn says_same(&self, other: &Self) -> bool {
        let since = other.since;
        Self { since, ..self.clone() } == *other
    }
}

fn bounded(subjects: &[String]) -> Vec<String> {
    let mut left = SUBJECT_BYTES;
    let fitting = subjects.iter().take_while(|subject| {
        // Each has its quotes and a comma.
        let fits = left.checked_sub(subject.len().saturating_add(3));
        left = fits.unwrap_or_default();
        fits.is_some()
    });
    fitting.cloned().collect()
}

fn name(key: &str) -> String {
    format!("package/{key}")
}
