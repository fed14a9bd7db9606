//! What has changed since the last time: the records that were written are fetched, those that were destroyed are withdrawn.

use std::collections::BTreeSet;

use ontology::Ctid;
use time::{Duration, OffsetDateTime};

use crate::client::FetchError;
use crate::report::Ending;
use crate::source::files::element::Element;
use crate::source::registry::answer::Refusal;
use crate::source::registry::community::{Community, ending, first_of, record};
use crate::source::registry::events::{Happened, News, OVERLAP, news_since, silence};
use crate::source::registry::graphs::{AT_ONCE, Graphs};
use crate::source::registry::listing::{Listing, Turn};
use crate::source::registry::row::Row;

/// The name of the instant up to which everything that happened was taken over.
const MARK: &str = "events";

/// How old a mark or a walk may be where nobody tells what has changed.
pub(super) const BLIND: Duration = Duration::days(1);

/// What came of asking what has changed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Changes {
    /// It was told and taken over.
    Taken(Ending),
    /// Nothing was told, which proves nothing.
    Silence,
    /// The registry does not tell, but says this.
    Untold(Refusal),
}

/// The instant up to which everything that happened was taken over.
pub(super) fn mark(community: &Community<'_>) -> Result<Option<OffsetDateTime>, FetchError> {
    let mark: Option<i64> = community.session.get(MARK)?;
    Ok(mark.and_then(|mark| OffsetDateTime::from_unix_timestamp(mark).ok()))
}

/// Remembers that instant, which is never one to come: what is said to happen in the future hides nothing.
pub(super) fn set_mark(
    community: &Community<'_>,
    instant: OffsetDateTime,
) -> Result<(), FetchError> {
    let instant = instant.min(community.session.now());
    community.session.put(MARK, &instant.unix_timestamp())
}

/// Forgets it.
pub(super) fn forget_mark(community: &Community<'_>) {
    community.session.forget(MARK);
}

/// Takes over what the registry says has happened since the mark.
pub(super) async fn by_events(
    community: &Community<'_>,
    mark: OffsetDateTime,
) -> Result<Changes, FetchError> {
    let mut news = news_since(community, mark).await?;
    let is_old = community.session.now() - mark >= BLIND;
    if is_old
        && news.as_ref().is_ok_and(|news| news.n_rows == 0)
        && let Some(refusal) = silence(community).await?
    {
        news = Err(refusal);
    }
    match news {
        Ok(news) => Ok(Changes::Taken(take_over(community, news, mark).await?)),
        Err(refusal) => {
            community.remark(format!("the registry does not tell what happened: {refusal}"));
            Ok(Changes::Untold(refusal))
        }
    }
}

/// Takes events over in the order in which they happened, and moves the mark behind what is done.
async fn take_over(
    community: &Community<'_>,
    news: News,
    mut mark: OffsetDateTime,
) -> Result<Ending, FetchError> {
    let mut events: Vec<(Ctid, Happened)> = news.last.into_iter().collect();
    events.sort_by_key(|(_, happened)| happened.at);
    community.session.expect(u64::try_from(events.len()).unwrap_or(u64::MAX));
    let mut graphs = Graphs::new(community);
    let mut absent = BTreeSet::new();
    let mut is_whole = news.n_unreadable == 0;
    if !is_whole {
        let n_unreadable = news.n_unreadable;
        community.remark(format!("{n_unreadable} events do not say what happened when"));
    }
    for part in events.chunks(AT_ONCE) {
        for (ctid, _) in part.iter().filter(|(_, happened)| happened.is_destruction) {
            withdraw(community, ctid)?;
        }
        let written = part.iter().filter(|(_, happened)| !happened.is_destruction);
        let written = written.map(|(ctid, _)| ctid.clone());
        let fetched = graphs.fetch(written).await?;
        is_whole &= fetched.is_whole();
        absent.extend(fetched.absent);
        if let Some((_, last)) = part.last()
            && is_whole
        {
            mark = mark.max(last.at);
            set_mark(community, mark)?;
        }
        community.session.save_if_due().await?;
    }
    tell_of_missing(community, &absent)?;
    Ok(ending(is_whole))
}

/// Withdraws a record that was destroyed, where we have it.
pub(super) fn withdraw(community: &Community<'_>, ctid: &Ctid) -> Result<(), FetchError> {
    let name = record(ctid);
    community.again.forget(community.session, ctid);
    if community.session.has(&name)? {
        community.session.withdraw(&name, community.address.graph(ctid).as_str())?;
    }
    Ok(())
}

/// Says which records were written and are not given, to ask for them again.
fn tell_of_missing(community: &Community<'_>, absent: &BTreeSet<Ctid>) -> Result<(), FetchError> {
    for ctid in absent {
        community.again.add(community.session, ctid)?;
    }
    if let Some(absent) = first_of(absent) {
        community.remark(format!("{absent}: written, and not given"));
    }
    Ok(())
}

/// Asks once more for what earlier runs could not have; whether it is known of all of it what it is.
pub(super) async fn ask_for_left(community: &Community<'_>) -> Result<bool, FetchError> {
    let left = community.again.left(community.session)?;
    let fetched = Graphs::new(community).fetch(left).await?;
    for ctid in &fetched.inner {
        community.again.forget(community.session, ctid);
    }
    tell_of_missing(community, &fetched.absent)?;
    Ok(fetched.is_whole())
}

/// Takes over what a search finds that was written since the mark.
pub(super) async fn by_search(
    community: &Community<'_>,
    mark: OffsetDateTime,
) -> Result<Changes, FetchError> {
    let found = match search(community, mark).await? {
        Ok(found) => found,
        Err(refusal) => {
            community.remark(format!("the registry does not search what was written: {refusal}"));
            return Ok(Changes::Untold(refusal));
        }
    };
    community.remark("what was destroyed is learned by the next walk only");
    if found.n_rows == 0 {
        community.remark("a search for what was written finds nothing, which proves nothing");
        return Ok(Changes::Silence);
    }
    let fetched = Graphs::new(community).fetch(found.written).await?;
    tell_of_missing(community, &fetched.absent)?;
    let is_whole = fetched.is_whole();
    if is_whole {
        set_mark(community, mark.max(found.newest.unwrap_or(mark)))?;
    }
    Ok(Changes::Taken(ending(is_whole)))
}

/// What a search finds.
#[derive(Debug, Default)]
struct Found {
    written: BTreeSet<Ctid>,
    newest: Option<OffsetDateTime>,
    n_rows: u64,
}

/// Reads all rows that a search finds: one for each resource, and many for some envelopes.
async fn search(
    community: &Community<'_>,
    mark: OffsetDateTime,
) -> Result<Result<Found, Refusal>, FetchError> {
    let url = community.address.written_since(mark.saturating_sub(OVERLAP));
    let mut listing = Listing::new(community.session, url);
    let mut found = Found::default();
    loop {
        let turn = listing.turn(|_, element| {
            found.n_rows += 1;
            if let Element::Whole(text) = element {
                let row = Row::of_envelope(text);
                found.newest = found.newest.max(row.updated_at);
                found.written.extend(row.ctid);
            }
            Ok(())
        });
        match turn.await? {
            Turn::Page(_) => {}
            Turn::End | Turn::Repeats => return Ok(Ok(found)),
            Turn::Refused(refusal) if found.n_rows == 0 => return Ok(Err(refusal)),
            Turn::Refused(refusal) => return Err(refusal.into_error()),
        }
    }
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use crate::report::{Ending, RunReport};
    use crate::source::registry::fake::{Fake, Quirks, ctid};
    use crate::source::registry::held::{Mirror, NOW};

    /// A registry of thirty envelopes, and a mirror that has walked through it.
    async fn walked(quirks: Quirks) -> (Fake, Mirror) {
        let fake = Fake::with(30).await;
        let mirror = Mirror::of(fake.url.clone());
        mirror.check(Ending::Complete).await;
        fake.world().requests();
        fake.world().quirks = quirks;
        (fake, mirror)
    }

    #[track_caller]
    fn check_equal(fake: &Fake, mirror: &Mirror) {
        assert_eq!(mirror.held.list(), fake.world().resources());
    }

    #[track_caller]
    fn check_said(report: &RunReport, words: &str) {
        assert!(report.remarks.iter().any(|remark| remark.contains(words)), "{report:?}");
    }

    fn begins(lines: &[String], beginning: &str) -> usize {
        lines.iter().filter(|line| line.starts_with(beginning)).count()
    }

    #[tokio::test]
    async fn only_what_has_changed_is_fetched() {
        let (fake, mirror) = walked(Quirks::default()).await;
        let report = mirror.check(Ending::Complete).await;
        assert_eq!(report.documents(), 0);
        fake.world().requests();
        fake.world().update(3);
        fake.world().update(3);
        fake.world().destroy(5);
        fake.world().create(31);
        let report = mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        assert_eq!((report.accepted, report.unchanged, report.withdrawn), (2, 0, 1));
        let requests = fake.world().requests();
        assert_eq!(
            begins(&requests, "GET /ce-registry/envelopes/events?after=2026-08-31T23%3A55"),
            2
        );
        assert_eq!(begins(&requests, "POST /ce-registry/graph/search"), 1);
        assert_eq!(requests.len(), 3, "{requests:?}");
    }

    #[tokio::test]
    async fn the_mark_moves_to_the_newest_event() {
        let (fake, mirror) = walked(Quirks::default()).await;
        fake.world().update(3);
        fake.world().events.last_mut().unwrap().2 = NOW + Duration::hours(1);
        let mirror = Mirror { clock: || NOW + Duration::hours(2), ..mirror };
        mirror.check(Ending::Complete).await;
        fake.world().requests();
        mirror.check(Ending::Complete).await;
        let requests = fake.world().requests();
        assert_eq!(
            begins(&requests, "GET /ce-registry/envelopes/events?after=2026-09-01T00%3A55"),
            2
        );
    }

    #[tokio::test]
    async fn many_changes_are_taken_a_hundred_at_a_time() {
        let (fake, mirror) = walked(Quirks { per_page_at_most: 50, ..Quirks::default() }).await;
        (31..=280).for_each(|n| fake.world().create(n));
        let report = mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        assert_eq!(report.accepted, 250);
        assert_eq!(begins(&fake.world().requests(), "POST /ce-registry/graph/search"), 3);
    }

    #[tokio::test]
    async fn destroyed_and_created_again_is_a_new_version() {
        let (fake, mirror) = walked(Quirks::default()).await;
        fake.world().destroy(3);
        fake.world().create(3);
        fake.world().envelope(3).version = 7;
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        let versions = mirror.held.versions(&ctid(3));
        assert_eq!(versions.len(), 2);
        assert!(versions[1].contains("version 7"));
    }

    #[tokio::test]
    async fn the_end_of_what_we_never_had_is_nothing() {
        let (fake, mirror) = walked(Quirks::default()).await;
        fake.world().create(31);
        fake.world().destroy(31);
        let report = mirror.check(Ending::Complete).await;
        assert_eq!((report.documents(), report.withdrawn, report.missing), (0, 0, 0));
        assert!(mirror.held.versions(&ctid(31)).is_empty());
    }

    #[tokio::test]
    async fn a_destroyed_record_that_comes_back_later_is_held_again() {
        let (fake, mirror) = walked(Quirks::default()).await;
        fake.world().destroy(3);
        mirror.check(Ending::Complete).await;
        fake.world().create(3);
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        assert_eq!(mirror.held.versions(&ctid(3))[1], "-");
    }

    #[tokio::test]
    async fn what_was_written_and_is_not_given_is_no_deletion() {
        let (fake, mirror) = walked(Quirks::default()).await;
        fake.world().update(3);
        fake.world().envelopes.retain(|envelope| envelope.n != 3);
        let report = mirror.check(Ending::Partial).await;
        check_said(&report, &format!("`{}`: written, and not given", ctid(3)));
        assert_eq!((report.withdrawn, mirror.held.list().len()), (0, 30));
    }

    #[tokio::test]
    async fn what_comes_as_something_else_is_asked_for_again_and_delays_nothing() {
        let (fake, mirror) = walked(Quirks::default()).await;
        let mirror = Mirror { clock: || NOW + Duration::hours(2), ..mirror };
        fake.world().quirks.garbled = vec![ctid(3)];
        fake.world().update(3);
        fake.world().update(4);
        fake.world().events.last_mut().unwrap().2 = NOW + Duration::hours(1);
        let report = mirror.check(Ending::Partial).await;
        assert_eq!((report.accepted, report.refused), (1, 1), "{report:?}");
        assert_eq!(mirror.check(Ending::Partial).await.refused, 1);
        fake.world().quirks.garbled.clear();
        fake.world().requests();
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        let requests = fake.world().requests();
        assert!(requests.iter().any(|line| line.contains("after=2026-09-01T00%3A55")));
        assert_eq!(mirror.check(Ending::Complete).await.accepted, 0);
    }

    #[tokio::test]
    async fn an_event_that_is_still_to_come_hides_none_that_happens_before_it() {
        let (fake, mirror) = walked(Quirks::default()).await;
        fake.world().update(3);
        fake.world().events.last_mut().unwrap().2 = NOW + Duration::days(30_000);
        mirror.check(Ending::Complete).await;
        fake.world().events.pop();
        fake.world().update(4);
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn events_of_which_there_are_none_at_all_are_not_believed_for_ever() {
        let quirks = Quirks { tells_no_events: true, ..Quirks::default() };
        let (fake, mirror) = walked(quirks).await;
        fake.world().update(3);
        assert_eq!(mirror.check(Ending::Complete).await.accepted, 0);
        let mirror = Mirror { clock: || NOW + Duration::days(1), ..mirror };
        let report = mirror.check(Ending::Complete).await;
        check_said(&report, "does not tell what happened: it answers 200: no event at all");
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn the_mark_waits_for_what_cannot_be_had() {
        let broken = vec![ctid(3)];
        let (fake, mirror) = walked(Quirks { broken, ..Quirks::default() }).await;
        fake.world().update(3);
        fake.world().events.last_mut().unwrap().2 = NOW + Duration::hours(1);
        fake.world().update(4);
        let report = mirror.check(Ending::Partial).await;
        assert_eq!((report.accepted, report.refused), (1, 1));
        assert_eq!(report.refusals[0].place, format!("envelopes/{}", ctid(3)));
        fake.world().quirks.broken.clear();
        let report = mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        assert_eq!((report.accepted, report.unchanged), (1, 1));
    }

    #[tokio::test]
    async fn where_many_are_not_given_at_once_they_are_asked_for_otherwise() {
        let everywhere = [
            (Quirks { bulk_at_root_only: true, ..Quirks::default() }, "POST /graph/search", 1),
            (Quirks { no_bulk: true, ..Quirks::default() }, "GET /ce-registry/graph/ce-", 2),
            (
                Quirks { bulk_gives_nothing: true, ..Quirks::default() },
                "GET /ce-registry/graph/ce-",
                2,
            ),
        ];
        for (quirks, way, n_requests) in everywhere {
            let (fake, mirror) = walked(quirks).await;
            fake.world().update(3);
            fake.world().update(4);
            mirror.check(Ending::Complete).await;
            check_equal(&fake, &mirror);
            assert_eq!(begins(&fake.world().requests(), way), n_requests, "{way}");
        }
    }

    #[tokio::test]
    async fn without_events_a_search_tells_what_was_written() {
        for status in [400, 401, 403, 404] {
            let (fake, mirror) = walked(Quirks {
                no_events: Some(status),
                per_page_at_most: 3,
                ..Quirks::default()
            })
            .await;
            fake.world().update(3);
            fake.world().create(31);
            // A framework has a row for each of its competencies.
            fake.world().envelope(31).inner = (100..110).map(ctid).collect();
            fake.world().destroy(5);
            let report = mirror.check(Ending::Complete).await;
            assert_eq!((report.accepted, report.withdrawn), (2, 0));
            check_said(&report, "what was destroyed is learned by the next walk only");
            let requests = fake.world().requests();
            assert_eq!(begins(&requests, "POST /ce-registry/graph/search"), 1);
            assert_eq!(begins(&requests, "GET /ce-registry/envelopes?"), 0);
            assert_eq!(mirror.held.list().len(), 31);
        }
    }

    #[tokio::test]
    async fn a_search_that_finds_nothing_proves_nothing() {
        let quirks =
            Quirks { no_events: Some(404), search_finds_nothing: true, ..Quirks::default() };
        let (fake, mirror) = walked(quirks).await;
        fake.world().update(3);
        let report = mirror.check(Ending::Complete).await;
        check_said(&report, "finds nothing, which proves nothing");
        assert_eq!(begins(&fake.world().requests(), "GET /ce-registry/envelopes?"), 0);
        let mirror = Mirror { clock: || NOW + Duration::days(2), ..mirror };
        let report = mirror.check(Ending::Complete).await;
        assert_eq!(report.accepted, 1);
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn a_community_that_has_become_secured_is_said_to_be() {
        let (fake, mirror) = walked(Quirks { is_secured: true, ..Quirks::default() }).await;
        fake.world().destroy(3);
        let report = mirror.check(Ending::Secured).await;
        assert!(report.error.unwrap().contains("is secured"));
        assert_eq!(mirror.held.list().len(), 30);
    }

    #[tokio::test]
    async fn a_registry_that_tells_nothing_of_changes_is_walked_through_daily() {
        let quirks = Quirks { no_events: Some(404), no_search: true, ..Quirks::default() };
        let (fake, mirror) = walked(quirks).await;
        fake.world().update(3);
        mirror.check(Ending::Partial).await;
        let mirror = Mirror { clock: || NOW + Duration::days(1), ..mirror };
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn what_a_walk_missed_is_asked_for_again_without_a_walk() {
        let (fake, mirror) = walked(Quirks::default()).await;
        fake.world().envelopes.retain(|envelope| envelope.n != 3);
        let mut scope = mirror.scope.clone();
        scope.walk_every = std::time::Duration::ZERO;
        let mirror = Mirror { scope, ..mirror };
        assert_eq!(mirror.check(Ending::Complete).await.missing, 1);
        let mut scope = mirror.scope.clone();
        scope.walk_every = std::time::Duration::from_hours(24);
        let mirror = Mirror { scope, ..mirror };
        fake.world().requests();
        let report = mirror.check(Ending::Complete).await;
        assert_eq!((report.missing, report.withdrawn), (0, 1));
        assert_eq!(begins(&fake.world().requests(), "GET /ce-registry/envelopes?"), 0);
    }

    #[tokio::test]
    async fn other_classes_or_another_community_are_walked_through_anew() {
        let (fake, mirror) = walked(Quirks::default()).await;
        let mut scope = mirror.scope.clone();
        scope.types = vec!["ceterms:Credential".to_owned()];
        let mirror = Mirror { scope, ..mirror };
        mirror.check(Ending::Complete).await;
        assert_eq!(
            begins(
                &fake.world().requests(),
                "GET /ce-registry/envelopes?provisional=include&page="
            ),
            2
        );
        mirror.check(Ending::Complete).await;
        assert_eq!(begins(&fake.world().requests(), "GET /ce-registry/envelopes?"), 0);
    }
}
