//! Brings the mirror of a community up to date: by a walk, by what has changed, or by what is asked for by name.

use std::sync::atomic::Ordering;

use time::{Duration, OffsetDateTime};

use crate::client::FetchError;
use crate::report::Ending;
use crate::session::Session;
use crate::source::registry::absence::{ask_again, look_after_unseen};
use crate::source::registry::changes::{
    Changes, by_events, by_search, forget_mark, mark, set_mark,
};
use crate::source::registry::community::{Community, ending};
use crate::source::registry::dump;
use crate::source::registry::scope::RegistryScope;
use crate::source::registry::seeds;
use crate::source::registry::trail::Trail;
use crate::source::registry::walk::{Place, Walked, walk};

/// The name of the instant of the last complete walk.
const WALKED: &str = "walked";

/// The name of a walk that is under way.
const WALK: &str = "walk";

/// The name of what the memory is of: another community, or other classes, and it is of no use.
const OF: &str = "scope";

/// How old a walk may be where nobody tells what has changed.
const BLIND: Duration = Duration::days(1);

/// Brings the mirror of a community up to date.
///
/// # Errors
/// What ends the run before it is through: the next one continues.
pub async fn harvest(session: &Session, scope: &RegistryScope) -> Result<Ending, FetchError> {
    let community = Community::new(session, scope);
    let outcome =
        if scope.has_seeds() { seeds::harvest(&community).await } else { mirror(&community).await };
    let left_out = community.left_out.load(Ordering::Relaxed);
    if left_out > 0 {
        community.remark(format!("{left_out} documents of other classes were left out"));
    }
    outcome
}

async fn mirror(community: &Community<'_>) -> Result<Ending, FetchError> {
    forget_others(community)?;
    if is_begun_with_dump(community)?
        && let Some(published) = dump::take(community).await?
    {
        set_mark(community, published)?;
        set_walked(community, published)?;
    }
    match (walked_at(community)?, mark(community)?) {
        (Some(walked_at), Some(mark)) if !is_walk_due(community, walked_at)? => {
            catch_up(community, walked_at, mark).await
        }
        (_, mark) => walk_all(community, mark).await,
    }
}

/// Whether this is the first time, and the registry's own dump is to be taken.
fn is_begun_with_dump(community: &Community<'_>) -> Result<bool, FetchError> {
    let is_first = walked_at(community)?.is_none() && !Trail::is_begun(community.session, WALK)?;
    Ok(community.scope.dump && is_first)
}

/// Forgets what is remembered of another community or of other classes.
fn forget_others(community: &Community<'_>) -> Result<(), FetchError> {
    let session = community.session;
    let of = (community.address.community(), community.scope.types.clone());
    let known: Option<(String, Vec<String>)> = session.get(OF)?;
    if known.as_ref() == Some(&of) {
        return Ok(());
    }
    if known.is_some() {
        session.forget(WALKED);
        forget_mark(community);
        Trail::resume(session, WALK)?.forget(session)?;
    }
    session.put(OF, &of)
}

fn walked_at(community: &Community<'_>) -> Result<Option<OffsetDateTime>, FetchError> {
    let walked: Option<i64> = community.session.get(WALKED)?;
    Ok(walked.and_then(|walked| OffsetDateTime::from_unix_timestamp(walked).ok()))
}

fn set_walked(community: &Community<'_>, instant: OffsetDateTime) -> Result<(), FetchError> {
    community.session.put(WALKED, &instant.unix_timestamp())
}

fn is_walk_due(community: &Community<'_>, walked_at: OffsetDateTime) -> Result<bool, FetchError> {
    let age = community.session.now() - walked_at;
    Ok(age >= community.scope.walk_every || Trail::is_begun(community.session, WALK)?)
}

/// Takes over what has changed.
async fn catch_up(
    community: &Community<'_>,
    walked_at: OffsetDateTime,
    mark: OffsetDateTime,
) -> Result<Ending, FetchError> {
    let mut changes = by_events(community, mark).await?;
    if matches!(changes, Changes::Untold(_)) {
        changes = by_search(community, mark).await?;
    }
    let is_old = community.session.now() - walked_at >= BLIND;
    let taken = match changes {
        Changes::Taken(taken) => taken,
        Changes::Silence | Changes::Untold(_) if is_old => {
            return walk_all(community, Some(mark)).await;
        }
        Changes::Silence => Ending::Complete,
        Changes::Untold(refusal) if refusal.is_secured() => {
            return Ok(community.refused(&refusal));
        }
        Changes::Untold(_) => Ending::Partial,
    };
    let is_whole = ask_again(community).await?;
    Ok(if is_whole { taken } else { Ending::Partial })
}

/// Walks through all envelopes.
async fn walk_all(
    community: &Community<'_>,
    since: Option<OffsetDateTime>,
) -> Result<Ending, FetchError> {
    let session = community.session;
    let place = Place { name: WALK.to_owned(), url: community.address.envelopes(), since };
    let view = match walk(community, &place).await? {
        Walked::To(view) => view,
        Walked::Refused(refusal) => return Ok(community.refused(&refusal)),
    };
    if !view.is_complete {
        view.trail.forget(session)?;
        return Ok(Ending::Partial);
    }
    let is_whole = look_after_unseen(community, view.trail.seen(), &view.destroyed).await?;
    set_mark(community, view.trail.started_at())?;
    set_walked(community, session.now())?;
    view.trail.forget(session)?;
    Ok(ending(is_whole))
}
