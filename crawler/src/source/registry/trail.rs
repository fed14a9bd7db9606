//! What a walk remembers, so that it can be continued: where it is, and whom it met.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::client::FetchError;
use crate::session::Session;

/// How many envelopes are remembered under one name; values have to stay below 64 KiB, and an identity has less than 140 bytes.
const TOGETHER: usize = 400;

/// The memory of one walk.
pub(super) struct Trail {
    name: String,
    mark: Mark,
    /// How many names are used for those who were met.
    n_parts: usize,
    seen: BTreeSet<String>,
}

/// Where a walk is.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Mark {
    /// When it began, in seconds since 1970.
    started_at: i64,
    /// The page that comes next.
    next: u64,
}

impl Trail {
    /// Continues the walk of this name, or begins it.
    pub(super) fn resume(session: &Session, name: &str) -> Result<Self, FetchError> {
        let mark: Option<Mark> = session.get(name)?;
        let parts = session.list::<Vec<String>>(&format!("{name}/"))?;
        let trail = Self {
            name: name.to_owned(),
            mark: Mark { started_at: session.now().unix_timestamp(), next: 1 },
            n_parts: parts.len(),
            seen: BTreeSet::new(),
        };
        let Some(mark) = mark else {
            trail.forget(session)?;
            return Ok(Self { n_parts: 0, ..trail });
        };
        Ok(Self { mark, seen: parts.into_values().flatten().collect(), ..trail })
    }

    /// Whether a walk of this name was begun and not ended.
    pub(super) fn is_begun(session: &Session, name: &str) -> Result<bool, FetchError> {
        Ok(session.get::<Mark>(name)?.is_some())
    }

    /// Whom it met: the CTIDs of envelopes, or where they have none their ids.
    pub(super) fn seen(&self) -> &BTreeSet<String> {
        &self.seen
    }

    /// Takes somebody who was met for a stranger, because what was met is there no more.
    pub(super) fn lose(&mut self, identity: &str) {
        self.seen.remove(identity);
    }

    /// When the walk began.
    pub(super) fn started_at(&self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp(self.mark.started_at)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// Takes note that the walk began no later than this, as the server's own clock says.
    pub(super) fn began_by(&mut self, instant: OffsetDateTime) {
        self.mark.started_at = self.mark.started_at.min(instant.unix_timestamp());
    }

    /// The page to go on with: one that was read already, because rows may have moved to it meanwhile.
    pub(super) fn page(&self) -> u64 {
        self.mark.next.saturating_sub(1).max(1)
    }

    /// Remembers that a page was read.
    pub(super) fn pass(
        &mut self,
        session: &Session,
        page: u64,
        met: Vec<String>,
    ) -> Result<(), FetchError> {
        self.meet(session, met)?;
        self.mark.next = page + 1;
        session.put(&self.name, &self.mark)
    }

    /// Remembers those who were met.
    pub(super) fn meet(&mut self, session: &Session, met: Vec<String>) -> Result<(), FetchError> {
        let new: Vec<String> =
            met.into_iter().filter(|identity| self.seen.insert(identity.clone())).collect();
        for part in new.chunks(TOGETHER) {
            session.put(&format!("{}/{:08}", self.name, self.n_parts), &part)?;
            self.n_parts += 1;
        }
        Ok(())
    }

    /// Forgets the walk.
    pub(super) fn forget(&self, session: &Session) -> Result<(), FetchError> {
        session.forget(&self.name);
        for part in session.list::<Vec<String>>(&format!("{}/", self.name))?.into_keys() {
            session.forget(&part);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;
    use crate::source::registry::held::Mirror;

    #[tokio::test]
    async fn what_is_too_large_to_be_remembered_ends_its_own_source_only() {
        let mirror = Mirror::of(Url::parse("http://127.0.0.1:1/").unwrap());
        let session = mirror.session();
        let error = session.put("x", &"x".repeat(70_000)).unwrap_err();
        assert!(matches!(error, FetchError::Unusable { .. }), "{error}");
    }

    #[tokio::test]
    async fn a_walk_remembers_the_longest_ids_of_very_many() {
        let mirror = Mirror::of(Url::parse("http://127.0.0.1:1/").unwrap());
        let session = mirror.session();
        let met: Vec<String> = (0..1000).map(|n| format!("id:{}{n:04}", "\"".repeat(60))).collect();
        Trail::resume(&session, "walk").unwrap().pass(&session, 1, met).unwrap();
        assert_eq!(Trail::resume(&session, "walk").unwrap().seen().len(), 1000);
    }
}
