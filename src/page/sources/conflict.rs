//! Documents that several records describe.

use std::collections::BTreeMap;

use index::sources::{Conflict, RecordName};

use crate::page::sources::change::page_of_subject;
use crate::sources::SourceDocument;

/// The most that are shown.
const MAX_CONFLICTS: usize = 50;

/// A document that several records describe.
pub(super) struct Conflicting {
    pub title: String,
    pub link: String,
    /// The record that answers.
    pub answers: Option<RecordName>,
    pub others: Vec<RecordName>,
    /// Whether they say different things; nothing where nobody has compared them.
    pub differs: Option<bool>,
}

impl From<&Conflict> for Conflicting {
    fn from(conflict: &Conflict) -> Self {
        let mut records = conflict.records.iter().cloned();
        Self {
            title: conflict.title.clone(),
            link: page_of_subject(&conflict.subject, "framework"),
            answers: records.next(),
            others: records.collect(),
            differs: conflict.differs,
        }
    }
}

/// The conflicts of all sources, each once: those that differ first. Also how many there are, where more than are listed.
pub(super) fn conflicts<'a>(
    sources: impl Iterator<Item = &'a SourceDocument>,
) -> (Vec<Conflicting>, u64) {
    let (mut told, mut n_most) = (BTreeMap::new(), 0);
    for source in sources {
        n_most = n_most.max(source.n_conflicts.unwrap_or_default());
        for conflict in &source.conflicts {
            let is_alike = conflict.differs == Some(false);
            told.entry((is_alike, &conflict.title, &conflict.subject)).or_insert(conflict);
        }
    }
    let n_told = u64::try_from(told.len()).unwrap_or(u64::MAX);
    let shown = told.into_values().take(MAX_CONFLICTS).map(Conflicting::from);
    (shown.collect(), n_told.max(n_most))
}
