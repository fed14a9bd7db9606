//! Asks a server what names mean without telling it which: it is asked for everything that shares the first digits of their hashes.
//!
//! What is sent is a path and the name of this program: no credentials, no contact, nothing of where the names stood. Prefixes are
//! asked for one by one, each once, in the order of the digits, and all of one version; what comes back is compared here.

mod wire;

pub use crate::range::wire::{Card, Entry};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use serde::de::DeserializeOwned;
use tokio::runtime::Builder;
use url::Url;

use crate::access::{Access, Clock, Network};
use crate::client::{Client, Collected, FetchError, Reply, Request};
use crate::host::Hosts;
use crate::range::wire::{Bucket, Layout, Worded};
use crate::stop::stop;

/// How this program introduces itself where nobody is to be known again by it.
const USER_AGENT: &str = "alidade";

/// The most digits of a hash that are given away, whatever the server would like: 16 bits.
pub const MAX_DIGITS: usize = 4;

/// The longest bucket that is read: 64 MiB.
const MAX_BYTES: u64 = 64 << 20;

/// How often it is begun again where the server goes on to another version in between.
const MAX_VERSIONS: usize = 3;

/// A server that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The address below which `/v1/range` lies. Where it is one of this machine or of a private network, that may be connected to.
    pub url: Url,
    /// Networks that are neither public nor named by the address, and may be connected to all the same.
    pub private_networks: Vec<Network>,
}

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// The SHA-256 of the names, in lower-case hexadecimal.
    pub hashes: BTreeSet<String>,
    /// How many prefixes are asked for that nobody wants, to hide the others among.
    pub n_decoys: usize,
}

/// What the server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The version of all of it; empty where nothing was asked.
    pub version: String,
    /// How many digits of each hash were given away.
    pub n_digits: usize,
    /// How many prefixes were asked for.
    pub n_prefixes: usize,
    /// The entries by their whole hash, for the hashes that were asked about.
    pub entries: BTreeMap<String, Vec<Entry>>,
}

/// Why nothing was learned.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RangeError {
    /// The server could not be asked.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The server says no.
    #[error("`{url}` answers {status}: {words}")]
    Refused {
        /// The address.
        url: String,
        /// The HTTP status.
        status: u16,
        /// The first words of the body.
        words: String,
    },
    /// The answer is none of a server of ranges.
    #[error("the answer of `{url}` cannot be used: {reason}")]
    Unusable {
        /// The address.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The server wants so much of every hash that it would know the name.
    #[error(
        "the server wants {n_digits} digits of every hash, and {MAX_DIGITS} are the most that are given away"
    )]
    TooCurious {
        /// The digits that it wants.
        n_digits: usize,
    },
    /// The server goes on to another version whenever it is asked.
    #[error("the server changed its version {MAX_VERSIONS} times while it was asked")]
    Restless,
    /// The system gives no means to wait for an answer.
    #[error("cannot wait for an answer")]
    Runtime(#[source] std::io::Error),
}

/// Asks, and waits for all answers. Where there is nothing to ask for, nothing is asked.
///
/// # Errors
/// Where any of the buckets cannot be had: half of an answer could be taken for the whole.
pub fn ask(server: &Server, question: &Question, clock: Clock) -> Result<Told, RangeError> {
    if question.hashes.is_empty() {
        let (version, entries) = (String::new(), BTreeMap::new());
        return Ok(Told { version, n_digits: 0, n_prefixes: 0, entries });
    }
    let (_stopper, stop) = stop();
    let access = Access {
        private_networks: server.private_networks.clone(),
        pace: Duration::ZERO,
        ..Access::of(server.url.clone(), USER_AGENT)
    };
    let client = Client::new(access, Arc::new(Hosts::default()), clock, stop)?;
    let asker = Asker { client, base: &server.url, wanted: wanted(question) };
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(RangeError::Runtime)?.block_on(asker.ask(question))
}

/// The hashes that are wanted, and made-up ones among them: the same in every version, because those that change would be known by it.
fn wanted(question: &Question) -> BTreeSet<String> {
    let decoys = (0..question.n_decoys).map(|_| format!("{:016x}", fastrand::u64(..)));
    question.hashes.iter().cloned().chain(decoys).collect()
}

struct Asker<'a> {
    client: Client,
    base: &'a Url,
    wanted: BTreeSet<String>,
}

impl Asker<'_> {
    async fn ask(&self, question: &Question) -> Result<Told, RangeError> {
        for _ in 0..MAX_VERSIONS {
            let Some(layout) = self.get::<Worded>(&[], MAX_BYTES, None).await? else {
                return Err(RangeError::Restless);
            };
            let layout = layout.layout;
            self.check(&layout)?;
            if let Some(entries) = self.buckets(&layout, question).await? {
                let n_prefixes = self.prefixes(&layout).len();
                let Layout { version, prefix_digits, .. } = layout;
                return Ok(Told { version, n_digits: prefix_digits, n_prefixes, entries });
            }
        }
        Err(RangeError::Restless)
    }

    /// Asks for every prefix of a version, in order; nothing where the server has another version by now.
    async fn buckets(
        &self,
        layout: &Layout,
        question: &Question,
    ) -> Result<Option<BTreeMap<String, Vec<Entry>>>, RangeError> {
        let mut entries: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for prefix in self.prefixes(layout) {
            let place = [layout.version.as_str(), &prefix];
            let length = layout.bucket_bytes;
            let Some(bucket) = self.get::<Bucket>(&place, length, Some(length)).await? else {
                return Ok(None);
            };
            if bucket.version != layout.version || bucket.prefix != prefix {
                return Err(self.unusable(&place, "it is another bucket than was asked for"));
            }
            let wanted = bucket
                .slots
                .into_iter()
                .filter(|entry| entry.card.is_some() && question.hashes.contains(&entry.hash));
            for entry in wanted {
                entries.entry(entry.hash.clone()).or_default().push(entry);
            }
        }
        Ok(Some(entries))
    }

    fn prefixes(&self, layout: &Layout) -> BTreeSet<String> {
        let digits = |hash: &String| hash.chars().take(layout.prefix_digits).collect();
        self.wanted.iter().map(digits).collect()
    }

    /// Refuses a layout that would give too much away, or lead elsewhere.
    fn check(&self, layout: &Layout) -> Result<(), RangeError> {
        if layout.prefix_digits > MAX_DIGITS {
            return Err(RangeError::TooCurious { n_digits: layout.prefix_digits });
        }
        let is_hex = layout.version.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_hex || !(1..=64).contains(&layout.version.len()) || layout.prefix_digits == 0 {
            return Err(self.unusable(&[], "it does not say how names are dealt out"));
        }
        if layout.bucket_bytes > MAX_BYTES {
            return Err(self.unusable(&[], "its buckets are longer than 64 MiB"));
        }
        Ok(())
    }

    /// Fetches what lies below `/v1/range`; nothing where that has gone with its version.
    async fn get<T: DeserializeOwned>(
        &self,
        place: &[&str],
        max_bytes: u64,
        length: Option<u64>,
    ) -> Result<Option<T>, RangeError> {
        let request = Request::get(self.address(place)).in_private().at_most(max_bytes);
        let mut body = Collected::default();
        match self.client.fetch(&request, &mut body).await? {
            Reply::Refusal(head, _) if head.status == 404 && !place.is_empty() => return Ok(None),
            Reply::Refusal(head, words) => {
                let url = head.url.to_string();
                return Err(RangeError::Refused { url, status: head.status, words });
            }
            Reply::Whole(_) | Reply::NotModified(_) => {}
        }
        let n_bytes = u64::try_from(body.0.len()).unwrap_or(u64::MAX);
        if length.is_some_and(|length| length != n_bytes) {
            return Err(self.unusable(place, "it is not as long as all buckets are"));
        }
        let read = serde_json::from_slice(&body.0);
        read.map(Some).map_err(|error| self.unusable(place, &error.to_string()))
    }

    fn address(&self, place: &[&str]) -> Url {
        let mut url = self.base.clone();
        // An address with a host always has segments.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["v1", "range"]).extend(place);
        }
        url
    }

    fn unusable(&self, place: &[&str], reason: &str) -> RangeError {
        let url = self.address(place).to_string();
        RangeError::Unusable { url, reason: reason.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoys_are_added_to_what_is_wanted() {
        let hashes = BTreeSet::from(["ab".repeat(32)]);
        let question = Question { hashes: hashes.clone(), n_decoys: 5 };
        let wanted = wanted(&question);
        assert!(wanted.len() > 4 && wanted.is_superset(&hashes), "{wanted:?}");
    }

    #[test]
    fn nothing_to_ask_is_nothing_asked() {
        // Nobody listens there, so that a request would be an error.
        let url = Url::parse("http://127.0.0.1:9").unwrap();
        let server = Server { url, private_networks: Vec::new() };
        let clock: Clock = || time::OffsetDateTime::UNIX_EPOCH;
        let question = Question { hashes: BTreeSet::new(), n_decoys: 7 };
        assert_eq!(ask(&server, &question, clock).unwrap().n_prefixes, 0);
    }
}
