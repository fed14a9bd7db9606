//! The list of frameworks, and whether it is known to be whole.

use std::collections::BTreeMap;

use crate::client::FetchError;
use crate::source::case::listed::Listed;
use crate::source::case::trail::Trail;
use crate::source::case::walk::{Turned, Walk};

/// What a server lists.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// The frameworks, by key.
    pub documents: BTreeMap<String, Listed>,
    /// Why there may be others; nothing where the list is complete.
    pub flaw: Option<String>,
    /// Where the server contradicts itself.
    pub remarks: Vec<String>,
}

impl Listing {
    /// Walks the list, and once more where it shows less than it promises: totals may count what we may not see, and pages may
    /// lose rows. It counts as complete where the second walk shows all, or the same.
    pub(super) async fn of(walk: Walk<'_>, first: Option<Turned>) -> Result<Self, FetchError> {
        let (once, flaw) = walk.go(Trail::default(), first).await?;
        let remarks = remarks(&once);
        if flaw.is_some() || !once.is_short() {
            return Ok(Self { documents: once.into_documents(), flaw, remarks });
        }
        let (again, flaw) = walk.go(once.again(), None).await?;
        let is_same = once.documents().keys().eq(again.documents().keys());
        let is_proven = is_same || !again.is_short();
        let doubt = "the list shows less than it promises, and other frameworks each time";
        let flaw = flaw.or_else(|| (!is_proven).then(|| doubt.to_owned()));
        let mut documents = once.into_documents();
        documents.extend(again.into_documents());
        Ok(Self { documents, flaw, remarks })
    }

    /// Whether it is known to be whole.
    pub(super) fn is_complete(&self) -> bool {
        self.flaw.is_none()
    }

    /// Whether two lists show the same frameworks.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        self.documents.keys().eq(other.documents.keys())
    }
}

fn remarks(trail: &Trail) -> Vec<String> {
    let shown = trail.documents().len();
    let total = trail
        .wrong_total()
        .map(|total| format!("the list promises {total} frameworks and shows {shown}"));
    let nameless = Some(trail.n_nameless()).filter(|n_rows| *n_rows > 0);
    let nameless = nameless.map(|n_rows| format!("{n_rows} rows of the list have no identifier"));
    total.into_iter().chain(nameless).collect()
}
