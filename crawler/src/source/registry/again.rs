//! Records that could not be had, or were refused: the run that meets them is partial, and the next one asks for them again.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ontology::Ctid;

use crate::client::FetchError;
use crate::session::Session;

/// Under which names they are remembered.
const PREFIX: &str = "again/";

/// The records that this run could not have.
#[derive(Debug, Default)]
pub(super) struct Again(Mutex<BTreeSet<Ctid>>);

impl Again {
    /// Remembers one, for the next run to ask for it.
    pub(super) fn add(&self, session: &Session, ctid: &Ctid) -> Result<(), FetchError> {
        self.met().insert(ctid.clone());
        session.put(&format!("{PREFIX}{ctid}"), &session.now().unix_timestamp())
    }

    /// Forgets one, which was had or is gone.
    pub(super) fn forget(&self, session: &Session, ctid: &Ctid) {
        self.met().remove(ctid);
        session.forget(&format!("{PREFIX}{ctid}"));
    }

    /// Whether this run had everything.
    pub(super) fn is_empty(&self) -> bool {
        self.met().is_empty()
    }

    /// Those that earlier runs could not have, and this one has not asked for.
    pub(super) fn left(&self, session: &Session) -> Result<Vec<Ctid>, FetchError> {
        let names = session.list::<i64>(PREFIX)?.into_keys();
        let ctids = names.filter_map(|name| name.strip_prefix(PREFIX)?.parse().ok());
        let met = self.met();
        Ok(ctids.filter(|ctid| !met.contains(ctid)).collect())
    }

    /// Forgets those that earlier runs could not have and a complete view does not show: if they are held, they are looked after.
    pub(super) fn forget_but(
        &self,
        session: &Session,
        seen: &BTreeSet<String>,
    ) -> Result<(), FetchError> {
        for ctid in self.left(session)?.iter().filter(|ctid| !seen.contains(ctid.as_str())) {
            self.forget(session, ctid);
        }
        Ok(())
    }

    fn met(&self) -> MutexGuard<'_, BTreeSet<Ctid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
