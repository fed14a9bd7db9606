//! Records that we have and the registry does not show.
//!
//! None is withdrawn because a listing leaves it out. It is asked for by name; where the registry says that there is no such
//! record, that is remembered, and said again later it is believed.

use std::collections::{BTreeMap, BTreeSet};

use ontology::Ctid;
use time::OffsetDateTime;

use crate::client::FetchError;
use crate::source::registry::changes::withdraw;
use crate::source::registry::community::{Community, ctid_of, record};
use crate::source::registry::graphs::Graphs;

/// So many unlisted records, where they are also more than a twentieth of all, are a fault of the listing rather than of theirs.
const MANY: usize = 50;

/// How many of them are asked for first.
const SAMPLE: usize = 20;

/// Looks after what a complete view did not show; what the registry itself says it destroyed is withdrawn at once.
///
/// Whether it is known of all of them what they are.
pub(super) async fn look_after_unseen(
    community: &Community<'_>,
    seen: &BTreeSet<String>,
    destroyed: &BTreeMap<Ctid, OffsetDateTime>,
) -> Result<bool, FetchError> {
    community.again.forget_but(community.session, seen)?;
    let held = held(community)?;
    let n_held = held.len();
    let unseen = held.into_iter().filter(|ctid| !seen.contains(ctid.as_str()));
    let (gone, unseen): (Vec<Ctid>, Vec<Ctid>) =
        unseen.partition(|ctid| destroyed.contains_key(ctid));
    for ctid in &gone {
        withdraw(community, ctid)?;
    }
    let are_many = unseen.len() >= MANY && unseen.len().saturating_mul(20) > n_held;
    if are_many {
        let n_unseen = unseen.len();
        community.remark(format!("{n_unseen} of {n_held} records are held and not listed"));
        if !is_sample_gone(community, &unseen).await? {
            community.remark("some that are not listed are there all the same: nothing is retired");
            return Ok(false);
        }
    }
    ask_for(community, unseen).await
}

/// Whether the registry says of a few of these that they do not exist.
async fn is_sample_gone(community: &Community<'_>, unseen: &[Ctid]) -> Result<bool, FetchError> {
    let step = (unseen.len() / SAMPLE).max(1);
    let sample = unseen.iter().step_by(step).take(SAMPLE).cloned();
    let fetched = Graphs::new(community).fetch(sample).await?;
    let is_any_there = !fetched.taken.is_empty() || !fetched.inner.is_empty();
    Ok(!is_any_there && fetched.refused.is_empty() && fetched.is_whole())
}

/// The records that we have.
pub(super) fn held(community: &Community<'_>) -> Result<Vec<Ctid>, FetchError> {
    Ok(community.session.records()?.iter().filter_map(|record| ctid_of(record)).collect())
}

/// The records that were missed before, by CTID.
pub(super) fn missed(community: &Community<'_>) -> Result<Vec<String>, FetchError> {
    let missed = community.session.missed()?;
    let ctids = missed.iter().filter_map(|record| ctid_of(record));
    Ok(ctids.map(|ctid| ctid.to_string()).collect())
}

/// Asks once more for what was missed before; whether it is known of all of them what they are.
pub(super) async fn ask_again(community: &Community<'_>) -> Result<bool, FetchError> {
    let missed = missed(community)?.iter().filter_map(|ctid| ctid.parse().ok()).collect();
    ask_for(community, missed).await
}

/// Asks for records by name, and misses those of which the registry says that they do not exist.
///
/// Whether it is known of all of them what they are.
pub(super) async fn ask_for(
    community: &Community<'_>,
    unseen: Vec<Ctid>,
) -> Result<bool, FetchError> {
    let fetched = Graphs::new(community).fetch(unseen).await?;
    for ctid in &fetched.absent {
        miss(community, ctid)?;
    }
    Ok(fetched.is_whole())
}

/// Takes note that the registry says there is no such record; it is withdrawn where that is said for the second time.
pub(super) fn miss(community: &Community<'_>, ctid: &Ctid) -> Result<(), FetchError> {
    let (session, name) = (community.session, record(ctid));
    if !session.has(&name)? {
        session.present(&name);
        return Ok(());
    }
    let authority = session.client().authority();
    if session.miss(&name, &authority)? { withdraw(community, ctid) } else { Ok(()) }
}
