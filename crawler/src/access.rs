//! How a source is asked, as its configuration says.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use time::OffsetDateTime;
use url::Url;

/// Says what time it is.
pub type Clock = fn() -> OffsetDateTime;

/// How one source is asked.
#[derive(Debug, Clone)]
pub struct Access {
    /// The address below which the source lies. Its host, with its port, is the only one that ever sees the credentials; where
    /// it is an address of this machine or of a private network, that address is named herewith and may be connected to.
    pub base: Url,
    /// How we introduce ourselves: the `User-Agent`, with a contact.
    pub user_agent: String,
    /// What the source wants to see.
    pub credentials: Credentials,
    /// Networks that are neither public nor named by the base address, and may be connected to all the same.
    pub private_networks: Vec<Network>,
    /// The least time between the beginnings of two requests to a host; none at all for no pace.
    pub pace: Duration,
    /// How many requests to a host may be under way at once.
    pub at_once: usize,
    /// When to try again, and when to stop trying.
    pub retry: Retry,
    /// How long to wait for what.
    pub patience: Patience,
    /// What one run may use.
    pub budget: Budget,
}

/// What a source wants to see before it answers, or answers more.
#[derive(Clone, Debug, Default)]
pub enum Credentials {
    /// Nothing.
    #[default]
    None,
    /// A token that was given to us: `Authorization: Bearer`.
    Token(Secret),
    /// OAuth 2.0 client credentials ([RFC 6749 section 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)).
    Client {
        /// Where tokens are given.
        token_url: Url,
        /// Our name there.
        client_id: String,
        /// Our password there.
        client_secret: Secret,
        /// What we ask for.
        scopes: Vec<String>,
        /// Whether the scopes are joined by commas instead of spaces.
        comma_separated: bool,
        /// Whether name and password stand in the body instead of HTTP Basic.
        in_body: bool,
    },
}

/// A text that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for whoever sends it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A range of addresses, such as `10.1.0.0/16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Its first address.
    pub address: IpAddr,
    /// How many leading bits its addresses share.
    pub prefix: u8,
}

/// When a request is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    /// How often a request is made before it counts as failed: 5.
    pub attempts: u32,
    /// The longest wait after the first failure, doubled with each further one; the wait itself is drawn between nothing and that: 1 s.
    pub base: Duration,
    /// What the longest wait never exceeds: 15 min.
    pub cap: Duration,
    /// The longest `Retry-After` that a run waits out; where more is asked for, the host rests and the source ends: 10 min.
    pub longest_wait: Duration,
    /// So many failures in a row, and a host is left alone: 5.
    pub breaker: u32,
    /// How long it is left alone: 15 min.
    pub rest: Duration,
}

/// How long is waited for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a connection: 10 s.
    pub connect: Duration,
    /// For the next bytes: 30 s.
    pub idle: Duration,
    /// For a whole answer: 10 min.
    pub answer: Duration,
}

/// What one run of a source may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Requests: a million.
    pub requests: u64,
    /// Bytes after decompression: 64 GiB.
    pub bytes: u64,
    /// Time: 7 days.
    pub time: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 5,
            base: Duration::from_secs(1),
            cap: Duration::from_mins(15),
            longest_wait: Duration::from_mins(10),
            breaker: 5,
            rest: Duration::from_mins(15),
        }
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            answer: Duration::from_mins(10),
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self { requests: 1_000_000, bytes: 64 << 30, time: Duration::from_hours(7 * 24) }
    }
}

impl Access {
    /// Asks without credentials, one request at a time, two seconds apart.
    pub fn of(base: Url, user_agent: impl Into<String>) -> Self {
        Self {
            base,
            user_agent: user_agent.into(),
            credentials: Credentials::None,
            private_networks: Vec::new(),
            pace: Duration::from_secs(2),
            at_once: 1,
            retry: Retry::default(),
            patience: Patience::default(),
            budget: Budget::default(),
        }
    }
}
