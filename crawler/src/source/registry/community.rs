//! What every way of harvesting a community shares: whom it asks, what it wants, and how a record is kept.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};

use ontology::Ctid;

use crate::client::{Halt, Head};
use crate::receiver::{Kept, StoreError};
use crate::report::Ending;
use crate::session::Session;
use crate::source::files::element::Element;
use crate::source::registry::address::Address;
use crate::source::registry::again::Again;
use crate::source::registry::answer::Refusal;
use crate::source::registry::row::Row;
use crate::source::registry::scope::RegistryScope;

/// One community, in one run.
pub(super) struct Community<'s> {
    pub session: &'s Session,
    pub scope: &'s RegistryScope,
    pub address: Address,
    pub left_out: AtomicU64,
    pub again: Again,
}

/// The name under which a record is kept, whether it came as an envelope or as a graph.
pub(super) fn record(ctid: &Ctid) -> String {
    format!("envelopes/{ctid}")
}

/// The record of this name, where it is one of a registry.
pub(super) fn ctid_of(record: &str) -> Option<Ctid> {
    record.strip_prefix("envelopes/")?.parse().ok()
}

impl<'s> Community<'s> {
    pub(super) fn new(session: &'s Session, scope: &'s RegistryScope) -> Self {
        let address = Address::new(&session.client().access().base, &scope.community);
        Self { session, scope, address, left_out: AtomicU64::new(0), again: Again::default() }
    }

    /// Keeps a record, unless it is of a class that is not wanted; `false` where it is refused, and asked for again.
    ///
    /// It is said to come from where the registry gives it alone: what a page holds changes from one moment to the next.
    pub(super) fn keep(
        &self,
        head: &Head,
        ctid: &Ctid,
        row: &Row,
        text: &[u8],
    ) -> Result<bool, StoreError> {
        self.again.forget(self.session, ctid);
        if !self.scope.wants(&row.classes) {
            self.leave_out();
            return Ok(true);
        }
        let head = Head { url: self.address.graph(ctid), ..head.clone() };
        let about = Some(ctid.as_str());
        let kept = self.session.keep_at_once(&head, &record(ctid), about, text)?;
        let is_refused = matches!(kept, Kept::Refused(_));
        if is_refused {
            self.again.add(self.session, ctid)?;
        }
        Ok(!is_refused)
    }

    /// Keeps an envelope of a page, and says which one it is.
    pub(super) fn keep_envelope(
        &self,
        head: &Head,
        element: Element<'_>,
    ) -> Result<Option<String>, Halt> {
        let Element::Whole(text) = element else {
            let reason = "an envelope of this page is too long";
            self.session.tell(|report| report.refuse(head.url.as_str(), reason));
            return Ok(None);
        };
        let row = Row::of_envelope(text);
        match &row.ctid {
            Some(ctid) => {
                self.keep(head, ctid, &row, text)?;
            }
            None => self.refuse_nameless(&row),
        }
        Ok(row.identity())
    }

    /// Refuses an envelope that has no CTID.
    pub(super) fn refuse_nameless(&self, row: &Row) {
        let place = row.envelope_id.as_deref().unwrap_or("an envelope without an id");
        self.session.tell(|report| report.refuse(place, "the envelope has no CTID"));
    }

    /// Counts a record of a class that is not wanted.
    pub(super) fn leave_out(&self) {
        self.left_out.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn remark(&self, text: impl Into<String>) {
        self.session.tell(|report| report.remark(text));
    }

    /// How a run ends whose first question is not answered, and says so.
    pub(super) fn refused(&self, refusal: &Refusal) -> Ending {
        let community = &self.scope.community;
        let (ending, words) = match refusal.status {
            401 | 403 => (Ending::Secured, "is secured, and shows nothing to us"),
            404 | 410 => (Ending::Failed, "is not there"),
            _ => (Ending::Failed, "cannot be read"),
        };
        let error = format!("the community `{community}` {words}: `{}`: {refusal}", refusal.url);
        self.session.tell(|report| report.error = Some(error));
        ending
    }
}

/// Names the first of some records, and how many others there are; nothing where there are none.
pub(super) fn first_of(ctids: &BTreeSet<Ctid>) -> Option<String> {
    let first = ctids.first()?;
    match ctids.len() - 1 {
        0 => Some(format!("`{first}`")),
        n => Some(format!("`{first}` and {n} more")),
    }
}

/// How a run ends in which everything was given, or something was not.
pub(super) fn ending(is_whole: bool) -> Ending {
    if is_whole { Ending::Complete } else { Ending::Partial }
}
