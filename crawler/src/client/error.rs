//! Why there is no answer.

use time::OffsetDateTime;

use crate::receiver::StoreError;

/// Why a request was not made, or came to nothing after every attempt.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The address may not be connected to, or the redirect not be followed.
    #[error("`{url}` is not asked: {reason}")]
    NotAllowed {
        /// The address.
        url: String,
        /// Why.
        reason: String,
    },
    /// The site's robots.txt does not want the address to be fetched, or cannot be read.
    #[error("`{url}` is not asked: {reason}")]
    Robots {
        /// The address.
        url: String,
        /// What robots.txt says, or why it cannot be read.
        reason: String,
        /// Whether it was read; where not, nothing of the site may be asked.
        is_read: bool,
    },
    /// The host is left alone until then: it said so, or failed too often in a row.
    #[error("`{host}` is left alone until {until}: {reason}")]
    Resting {
        /// The host with its port.
        host: String,
        /// When it may be asked again.
        until: OffsetDateTime,
        /// Why.
        reason: String,
    },
    /// The connection failed, broke or said nothing for too long.
    #[error("no answer from `{url}`: {reason}")]
    Network {
        /// The address.
        url: String,
        /// What happened.
        reason: String,
    },
    /// The server went on answering with a status that should pass: 429, or 5xx.
    #[error("`{url}` answers {status}: {words}")]
    Unavailable {
        /// The address.
        url: String,
        /// The HTTP status.
        status: u16,
        /// The first words of the body.
        words: String,
    },
    /// The body is no JSON, is cut off, nests too deep, or is too long.
    #[error("the answer of `{url}` cannot be used: {reason}")]
    Unusable {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The token endpoint gives no token.
    #[error("no token from `{url}`: {reason}")]
    NoToken {
        /// The address of the token endpoint.
        url: String,
        /// What it says, without what was sent.
        reason: String,
    },
    /// The run may take no more: bytes, requests or time.
    #[error("the run has used its {what}")]
    Budget {
        /// What is used up.
        what: &'static str,
    },
    /// The run was told to stop.
    #[error("the run was stopped")]
    Stopped,
    /// A store failed.
    #[error(transparent)]
    Store(StoreError),
}
