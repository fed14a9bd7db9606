//! Why one attempt came to nothing, and whether another may fare better.

use std::error::Error;

use url::Url;

use crate::address::Refused;
use crate::client::error::FetchError;
use crate::client::shown::shown;
use crate::host::Closed;

/// An attempt that came to nothing.
#[derive(Debug)]
pub(super) struct Failure {
    /// What is said if it was the last.
    pub error: FetchError,
    /// Whether to try again.
    pub again: Again,
}

/// Whether to try again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    /// It would come to the same.
    Never,
    /// After a while.
    AfterBackoff,
    /// When the gate of the host opens: the host said when.
    WhenTold,
}

impl Failure {
    /// A connection that failed or broke.
    pub(super) fn network(url: &Url, reason: impl Into<String>) -> Self {
        let error = FetchError::Network { url: shown(url), reason: reason.into() };
        Self { error, again: Again::AfterBackoff }
    }

    /// An answer that is not what it should be, and may be the next time.
    pub(super) fn unusable(url: &Url, reason: impl Into<String>) -> Self {
        let error = FetchError::Unusable { url: shown(url), reason: reason.into() };
        Self { error, again: Again::AfterBackoff }
    }

    /// An address that is not asked.
    pub(super) fn not_allowed(url: &Url, reason: impl Into<String>) -> Self {
        FetchError::NotAllowed { url: shown(url), reason: reason.into() }.into()
    }

    /// What the HTTP library says.
    pub(super) fn of(url: &Url, error: reqwest::Error) -> Self {
        let error = error.without_url();
        let causes = || {
            std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| {
                (*cause).source()
            })
        };
        if let Some(refused) = causes().find_map(|cause| cause.downcast_ref::<Refused>()) {
            return Self::not_allowed(url, refused.to_string());
        }
        let cause = causes().last().map_or_else(|| error.to_string(), ToString::to_string);
        if error.is_decode() || error.is_body() {
            return Self::network(url, format!("the body is cut off or damaged: {cause}"));
        }
        if error.is_connect() && error.is_timeout() {
            return Self::network(url, "no connection in time");
        }
        Self::network(url, cause)
    }

    /// The same, and trying again is of no use.
    pub(super) fn for_good(self) -> Self {
        Self { again: Again::Never, ..self }
    }
}

impl From<FetchError> for Failure {
    fn from(error: FetchError) -> Self {
        Self { error, again: Again::Never }
    }
}

impl From<Closed> for Failure {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::Stopped => FetchError::Stopped.into(),
            Closed::Resting { host, until, reason } => {
                FetchError::Resting { host, until, reason }.into()
            }
        }
    }
}
