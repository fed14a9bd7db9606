//! Records asked for by name: many in one question, and those that are not among the answers one by one.

use std::collections::BTreeSet;

use ontology::Ctid;
use serde_json::json;
use url::Url;

use crate::client::{FetchError, Head, Reply, Request};
use crate::source::files::element::Element;
use crate::source::registry::answer::{Answer, ELEMENT_BYTES, Refusal, ask};
use crate::source::registry::community::{Community, first_of, record};
use crate::source::registry::row::Row;

/// How many records are asked for at once.
pub(super) const AT_ONCE: usize = 100;

/// Asks for records of one community.
pub(super) struct Graphs<'c> {
    community: &'c Community<'c>,
    way: Way,
}

/// How many records are asked for, until the server refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    InCommunity,
    AtRoot,
    OneByOne,
}

/// What came of asking for records.
#[derive(Debug, Default)]
pub(super) struct Fetched {
    /// Those that came, under the names that they give themselves.
    pub taken: BTreeSet<Ctid>,
    /// Those that came as a part of another, and that other.
    pub inner: BTreeSet<Ctid>,
    /// Those of which the server says that they do not exist.
    pub absent: BTreeSet<Ctid>,
    /// Those that came and are not what they should be; they are asked for again by the next run.
    pub refused: BTreeSet<Ctid>,
    /// Those of which it does not say what they are.
    pub failed: BTreeSet<Ctid>,
    /// What it says where it wants other credentials; nothing more was asked then.
    pub secured: Option<Refusal>,
}

impl<'c> Graphs<'c> {
    pub(super) fn new(community: &'c Community<'c>) -> Self {
        Self { community, way: Way::InCommunity }
    }

    /// Asks for records and keeps those that come.
    pub(super) async fn fetch(
        &mut self,
        wanted: impl IntoIterator<Item = Ctid>,
    ) -> Result<Fetched, FetchError> {
        let mut fetched = Fetched::default();
        let wanted: Vec<Ctid> = wanted.into_iter().collect();
        for chunk in wanted.chunks(AT_ONCE) {
            self.fetch_chunk(chunk, &mut fetched).await?;
            self.community.session.save_if_due().await?;
        }
        if let Some(inner) = first_of(&fetched.inner) {
            self.community
                .remark(format!("{inner}: a part of another record, which is taken whole"));
        }
        Ok(fetched)
    }

    async fn fetch_chunk(
        &mut self,
        wanted: &[Ctid],
        fetched: &mut Fetched,
    ) -> Result<(), FetchError> {
        self.ask_for_all(wanted, fetched).await?;
        for ctid in wanted {
            let is_known = fetched.has(ctid) || fetched.inner.contains(ctid);
            if !is_known && fetched.secured.is_none() {
                self.ask_for_one(ctid, fetched).await?;
            }
        }
        Ok(())
    }

    /// Asks for all at once, by the way that works.
    async fn ask_for_all(
        &mut self,
        wanted: &[Ctid],
        fetched: &mut Fetched,
    ) -> Result<(), FetchError> {
        while let Some(url) = self.url() {
            self.heed_stop()?;
            let question = json!({ "ctids": wanted }).to_string().into_bytes();
            let community = self.community;
            let came = &mut *fetched;
            let asked = ask(community.session, Request::post(url, question), |head, element| {
                let Element::Whole(text) = element else { return Ok(()) };
                let row = Row::of_graph(text);
                if let Some(ctid) = row.ctid.clone().filter(|ctid| wanted.contains(ctid)) {
                    let is_kept = community.keep(head, &ctid, &row, text)?;
                    came.add(ctid, is_kept);
                }
                Ok(())
            });
            match asked.await {
                Ok(Answer::Rows(_)) => return Ok(()),
                Ok(Answer::Refused(refusal)) => self.refused(&refusal),
                // So many may be too much for the server.
                Err(error) if is_of_one(&error) => {
                    tracing::debug!(%error, "asks one by one");
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn url(&self) -> Option<Url> {
        match self.way {
            Way::InCommunity => Some(self.community.address.graphs()),
            Way::AtRoot => Some(self.community.address.graphs_at_root()),
            Way::OneByOne => None,
        }
    }

    fn refused(&mut self, refusal: &Refusal) {
        self.way = match self.way {
            Way::InCommunity if matches!(refusal.status, 404 | 405) => Way::AtRoot,
            _ => {
                let remark = format!("records are asked for one by one, for many: {refusal}");
                self.community.remark(remark);
                Way::OneByOne
            }
        };
    }

    async fn ask_for_one(&self, ctid: &Ctid, fetched: &mut Fetched) -> Result<(), FetchError> {
        self.heed_stop()?;
        let request = Request::get(self.community.address.graph(ctid));
        let limit = u64::try_from(ELEMENT_BYTES).unwrap_or(u64::MAX);
        let (reply, text) = match self.community.session.read(&request.at_most(limit)).await {
            Ok(read) => read,
            Err(error) if is_of_one(&error) => {
                return self.fail(ctid, error.to_string(), fetched);
            }
            Err(error) => return Err(error),
        };
        match reply {
            Reply::Whole(head) => self.keep_one(ctid, &head, &text, fetched),
            Reply::NotModified(head) => self.refuse(ctid, &head, String::new(), fetched),
            Reply::Refusal(head, words) => self.refuse(ctid, &head, words, fetched),
        }
    }

    /// Keeps a graph under the name that it gives itself: a competency is answered with its whole framework.
    fn keep_one(
        &self,
        asked: &Ctid,
        head: &Head,
        text: &[u8],
        fetched: &mut Fetched,
    ) -> Result<(), FetchError> {
        let row = Row::of_graph(text);
        let own = row.ctid.clone().unwrap_or_else(|| asked.clone());
        if own != *asked {
            fetched.inner.insert(asked.clone());
        }
        if !fetched.has(&own) {
            let kept = self.community.keep(head, &own, &row, text);
            fetched.add(own, kept.map_err(FetchError::Store)?);
        }
        Ok(())
    }

    fn refuse(
        &self,
        ctid: &Ctid,
        head: &Head,
        words: String,
        fetched: &mut Fetched,
    ) -> Result<(), FetchError> {
        let refusal = Refusal { url: head.url.to_string(), status: head.status, words };
        if refusal.is_absence() {
            fetched.absent.insert(ctid.clone());
            return Ok(());
        }
        self.fail(ctid, refusal.to_string(), fetched)?;
        if refusal.is_secured() {
            fetched.secured = Some(refusal);
        }
        Ok(())
    }

    fn fail(&self, ctid: &Ctid, reason: String, fetched: &mut Fetched) -> Result<(), FetchError> {
        self.community.session.tell(|report| report.refuse(record(ctid), reason));
        fetched.failed.insert(ctid.clone());
        self.community.again.add(self.community.session, ctid)
    }

    fn heed_stop(&self) -> Result<(), FetchError> {
        if self.community.session.is_stopped() { Err(FetchError::Stopped) } else { Ok(()) }
    }
}

impl Fetched {
    /// Whether every record that was asked for came, or is said not to exist.
    pub(super) fn is_whole(&self) -> bool {
        self.failed.is_empty() && self.secured.is_none()
    }

    fn has(&self, ctid: &Ctid) -> bool {
        self.taken.contains(ctid) || self.refused.contains(ctid)
    }

    fn add(&mut self, ctid: Ctid, is_kept: bool) {
        if is_kept { &mut self.taken } else { &mut self.refused }.insert(ctid);
    }
}

/// Whether the failure of one request says nothing of the next.
fn is_of_one(error: &FetchError) -> bool {
    matches!(
        error,
        FetchError::Network { .. } | FetchError::Unavailable { .. } | FetchError::Unusable { .. }
    )
}
