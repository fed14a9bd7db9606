//! Brings the mirror of a community up to date: by a walk, by what has changed, or by what is asked for by name.

use std::sync::atomic::Ordering;

use time::OffsetDateTime;

use crate::client::FetchError;
use crate::report::Ending;
use crate::session::Session;
use crate::source::registry::absence::{ask_again, look_after_unseen};
use crate::source::registry::changes::{
    BLIND, Changes, ask_for_left, by_events, by_search, forget_mark, mark, set_mark,
};
use crate::source::registry::community::Community;
use crate::source::registry::dump;
use crate::source::registry::scope::RegistryScope;
use crate::source::registry::seeds;
use crate::source::registry::trail::Trail;
use crate::source::registry::walk::{Place, Walked, walk};

/// The name of the instant of the last complete walk.
const WALKED: &str = "walked";

/// The name of the instant of the last walk, where it fell short.
const TRIED: &str = "tried";

/// The name of a walk that is under way.
const WALK: &str = "walk";

/// The name of what the memory is of: another community, or other classes, and it is of no use.
const OF: &str = "scope";

/// The last walk.
#[derive(Debug, Clone, Copy)]
struct LastWalk {
    at: OffsetDateTime,
    /// Whether it is proven that it saw everything.
    is_proven: bool,
}

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
    match outcome? {
        Ending::Complete if !community.again.is_empty() => Ok(Ending::Partial),
        ending => Ok(ending),
    }
}

async fn mirror(community: &Community<'_>) -> Result<Ending, FetchError> {
    forget_others(community)?;
    if is_begun_with_dump(community)?
        && let Some(published) = dump::take(community).await?
    {
        set_mark(community, published)?;
        set_walked(community, published)?;
    }
    match (last_walk(community)?, mark(community)?) {
        (Some(last), Some(mark)) if !is_walk_due(community, last)? => {
            catch_up(community, last, mark).await
        }
        (_, mark) => walk_all(community, mark).await,
    }
}

/// Whether this is the first time, and the registry's own dump is to be taken.
fn is_begun_with_dump(community: &Community<'_>) -> Result<bool, FetchError> {
    let is_first = last_walk(community)?.is_none() && !Trail::is_begun(community.session, WALK)?;
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
        session.forget(TRIED);
        forget_mark(community);
        for ctid in community.again.left(session)? {
            community.again.forget(session, &ctid);
        }
        Trail::resume(session, WALK)?.forget(session)?;
    }
    session.put(OF, &of)
}

fn last_walk(community: &Community<'_>) -> Result<Option<LastWalk>, FetchError> {
    let tried: Option<i64> = community.session.get(TRIED)?;
    let is_proven = tried.is_none();
    let at = match tried {
        Some(tried) => Some(tried),
        None => community.session.get(WALKED)?,
    };
    let at = at.and_then(|at| OffsetDateTime::from_unix_timestamp(at).ok());
    Ok(at.map(|at| LastWalk { at, is_proven }))
}

fn set_walked(community: &Community<'_>, instant: OffsetDateTime) -> Result<(), FetchError> {
    community.session.forget(TRIED);
    community.session.put(WALKED, &instant.unix_timestamp())
}

fn is_walk_due(community: &Community<'_>, last: LastWalk) -> Result<bool, FetchError> {
    let age = community.session.now() - last.at;
    Ok(age >= community.scope.walk_every || Trail::is_begun(community.session, WALK)?)
}

/// Takes over what has changed.
async fn catch_up(
    community: &Community<'_>,
    last: LastWalk,
    mark: OffsetDateTime,
) -> Result<Ending, FetchError> {
    let mut changes = by_events(community, mark).await?;
    if matches!(changes, Changes::Untold(_)) {
        changes = by_search(community, mark).await?;
    }
    let is_old = community.session.now() - last.at >= BLIND;
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
    let mut is_whole = ask_for_left(community).await?;
    if last.is_proven {
        is_whole &= ask_again(community).await?;
    } else {
        community.remark("the last walk fell short: only what is said to be destroyed is retired");
    }
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
    view.trail.forget(session)?;
    let (seen, started_at) = (view.trail.seen(), view.trail.started_at());
    if seen.is_empty() {
        community.remark("the listing is empty, which proves nothing: nothing is retired");
        return Ok(Ending::Partial);
    }
    if view.is_complete && look_after_unseen(community, seen, &view.destroyed).await? {
        set_mark(community, started_at)?;
        set_walked(community, session.now())?;
        return Ok(Ending::Complete);
    }
    // What happened between the last walk and this one is not known, so it is asked for.
    set_mark(community, since.map_or(started_at, |since| since.min(started_at)))?;
    session.put(TRIED, &session.now().unix_timestamp())?;
    Ok(Ending::Partial)
}
