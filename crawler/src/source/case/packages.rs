//! The packages of all wanted frameworks, some at a time.

use std::collections::BTreeMap;

use futures_util::{StreamExt, stream};

use crate::client::FetchError;
use crate::source::case::listed::Listed;
use crate::source::case::listing::Listing;
use crate::source::case::package::{Outcome, Search};
use crate::source::case::record::record;
use crate::source::case::visit::Visit;

/// A framework that is wanted.
#[derive(Debug)]
pub(super) struct Wanted {
    listed: Listed,
    is_listed: bool,
}

/// What came of all of them.
#[derive(Debug, Default)]
pub(super) struct Harvested {
    /// How many were not taken.
    pub n_missed: u64,
    /// Those that were named, are not listed, were taken before, and are not there any more.
    pub absent: Vec<Listed>,
    /// How many of them are not given without other credentials.
    pub n_secured: u64,
    /// What the server says of the first of these.
    pub secured: Option<String>,
}

/// The frameworks that are wanted: what is listed and within the scope, and what is named though it is not listed.
pub(super) fn wanted(visit: Visit<'_>, listing: &Listing) -> Vec<Wanted> {
    let shown = listing.documents.iter();
    let shown = shown.filter(|(key, listed)| visit.scope.takes(key, &listed.subjects));
    let mut wanted: Vec<Wanted> =
        shown.map(|(_, listed)| Wanted { listed: listed.clone(), is_listed: true }).collect();
    let hidden: BTreeMap<String, &str> = visit.scope.named().collect();
    let hidden = hidden.into_iter().filter(|(key, _)| !listing.documents.contains_key(key));
    let hidden = hidden.map(|(_, identifier)| Listed::named(identifier));
    wanted.extend(hidden.map(|listed| Wanted { listed, is_listed: false }));
    wanted
}

/// Takes the packages of all wanted frameworks, as many at a time as the server is asked at once.
pub(super) async fn take_all(
    visit: Visit<'_>,
    wanted: Vec<Wanted>,
) -> Result<Harvested, FetchError> {
    let at_once = visit.session.client().access().at_once.max(1);
    let mut harvested = Harvested::default();
    let tasks = stream::iter(wanted).map(|wanted| one(visit, wanted));
    let mut tasks = std::pin::pin!(tasks.buffer_unordered(at_once));
    while let Some(done) = tasks.next().await {
        let (wanted, outcome) = done?;
        harvested.count(visit, wanted, outcome)?;
    }
    if let Some(first) = &harvested.secured {
        let n_secured = harvested.n_secured;
        let text = format!(
            "frameworks that are not given without other credentials: {n_secured}; {first}"
        );
        visit.session.tell(|report| report.remark(text));
    }
    Ok(harvested)
}

async fn one(visit: Visit<'_>, wanted: Wanted) -> Result<(Wanted, Outcome), FetchError> {
    if visit.session.is_stopped() {
        return Err(FetchError::Stopped);
    }
    let outcome = Search::new(visit.session, visit.provider, &wanted.listed)?.run().await?;
    Ok((wanted, outcome))
}

impl Harvested {
    fn count(
        &mut self,
        visit: Visit<'_>,
        wanted: Wanted,
        outcome: Outcome,
    ) -> Result<(), FetchError> {
        let record = record(&wanted.listed.key());
        let reason = match outcome {
            Outcome::Taken => return Ok(()),
            Outcome::Failed => None,
            Outcome::Secured(words) => {
                self.n_secured += 1;
                self.secured.get_or_insert(words);
                None
            }
            Outcome::Absent(words) => {
                if !wanted.is_listed && visit.session.has(&record)? {
                    self.absent.push(wanted.listed);
                    None
                } else {
                    Some(words)
                }
            }
            Outcome::NotTaken(reason) => Some(reason),
        };
        self.n_missed += 1;
        if let Some(reason) = reason {
            visit.session.tell(|report| report.refuse(record, reason));
        }
        Ok(())
    }
}
