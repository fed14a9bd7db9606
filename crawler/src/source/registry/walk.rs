//! A walk through a whole listing of envelopes, and the proof that it saw them all.
//!
//! A listing is cut into pages while envelopes come and go, so that its rows move from page to page: what was created since
//! stands on the first pages, what was destroyed pulls others to pages that were read already. The walk therefore ends with
//! asking what was destroyed and looking at the first pages again, and only then are those it saw held against the number that
//! the server gives. Where they are fewer, all pages are read once more for their names alone.

use std::collections::{BTreeMap, BTreeSet};

use ontology::Ctid;
use time::OffsetDateTime;
use url::Url;

use crate::client::FetchError;
use crate::source::files::element::Element;
use crate::source::registry::address::metadata_only;
use crate::source::registry::answer::Refusal;
use crate::source::registry::community::{Community, first_of};
use crate::source::registry::events::destroyed_since;
use crate::source::registry::graphs::Graphs;
use crate::source::registry::listing::{Listing, Turn};
use crate::source::registry::row::Row;
use crate::source::registry::trail::Trail;

/// The listing that is walked through.
pub(super) struct Place {
    /// The name under which the walk is remembered.
    pub name: String,
    /// Its address, without a page.
    pub url: Url,
    /// From when on it is asked what was destroyed, where that is before the walk.
    pub since: Option<OffsetDateTime>,
}

/// What came of a walk.
pub(super) enum Walked {
    /// It came to its end.
    To(Box<View>),
    /// Its first page is not given.
    Refused(Refusal),
}

/// What a walk saw.
pub(super) struct View {
    /// The memory of the walk.
    pub trail: Trail,
    /// What was destroyed, and when, where the server says so.
    pub destroyed: BTreeMap<Ctid, OffsetDateTime>,
    /// Whether it is proven that everything was seen.
    pub is_complete: bool,
}

/// How far a listing is read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Until a page shows nobody new.
    Newest,
    All,
}

struct Walk<'c> {
    community: &'c Community<'c>,
    place: &'c Place,
    graphs: Graphs<'c>,
    trail: Trail,
    total: Option<u64>,
    /// How many rows went meanwhile, so that others may have moved to pages that were read already, and nobody says which.
    n_shrunk: u64,
    repeats: bool,
    is_whole: bool,
    destroyed: BTreeMap<Ctid, OffsetDateTime>,
}

/// Walks through a listing from where the last walk was left.
pub(super) async fn walk(community: &Community<'_>, place: &Place) -> Result<Walked, FetchError> {
    let mut walk = Walk {
        community,
        place,
        graphs: Graphs::new(community),
        trail: Trail::resume(community.session, &place.name)?,
        total: None,
        n_shrunk: 0,
        repeats: false,
        is_whole: true,
        destroyed: BTreeMap::new(),
    };
    if let Some(refusal) = walk.read_pages().await? {
        return Ok(Walked::Refused(refusal));
    }
    walk.look_back().await?;
    if walk.is_short() || walk.n_shrunk > 0 {
        walk.read_again(Extent::All).await?;
        walk.look_back().await?;
    }
    Ok(Walked::To(Box::new(walk.end())))
}

impl Walk<'_> {
    /// Reads every page and keeps what it shows; the refusal is that of the first one.
    async fn read_pages(&mut self) -> Result<Option<Refusal>, FetchError> {
        let community = self.community;
        let (session, url) = (community.session, self.place.url.clone());
        let mut listing = Listing::resume(session, url, &self.trail);
        let mut is_first = true;
        loop {
            let mut met = Vec::new();
            let turn = listing.turn(|head, element| {
                met.extend(community.keep_envelope(head, element)?);
                Ok(())
            });
            match turn.await? {
                Turn::Page(page) => self.trail.pass(session, page, met)?,
                Turn::End => break,
                Turn::Repeats => {
                    self.repeats = true;
                    break;
                }
                Turn::Refused(refusal) if is_first => return Ok(Some(refusal)),
                Turn::Refused(refusal) => return Err(refusal.into_error()),
            }
            if is_first {
                self.begin(&listing);
                is_first = false;
            }
            session.save_if_due().await?;
        }
        self.total = listing.total();
        self.n_shrunk = listing.n_shrunk();
        Ok(None)
    }

    fn begin(&mut self, listing: &Listing<'_>) {
        if let Some(date) = listing.date() {
            self.trail.began_by(date);
        }
        if let Some(total) = listing.total() {
            self.community.session.expect(total);
        }
    }

    /// Finds out what has changed while the walk was under way.
    async fn look_back(&mut self) -> Result<(), FetchError> {
        let started_at = self.trail.started_at();
        let since = self.place.since.map_or(started_at, |since| since.min(started_at));
        if let Some(destroyed) = destroyed_since(self.community, since).await? {
            let mut n_gone = 0;
            for (ctid, _) in destroyed.iter().filter(|(_, at)| **at >= started_at) {
                self.trail.lose(ctid.as_str());
                n_gone += 1;
            }
            self.destroyed = destroyed;
            if n_gone >= self.n_shrunk {
                self.n_shrunk = 0;
            }
        }
        self.read_again(Extent::Newest).await
    }

    /// Reads names alone, and fetches those that were not seen.
    async fn read_again(&mut self, extent: Extent) -> Result<(), FetchError> {
        let session = self.community.session;
        let mut listing = Listing::new(session, metadata_only(self.place.url.clone()));
        loop {
            let mut rows = Vec::new();
            let turn = listing.turn(|_, element| {
                if let Element::Whole(text) = element {
                    rows.push(Row::of_envelope(text));
                }
                Ok(())
            });
            let turn = turn.await?;
            self.total = listing.total().or(self.total);
            if let Turn::Refused(refusal) = &turn {
                self.community.remark(format!("`{}` is not given: {refusal}", refusal.url));
            }
            let found_new = self.fetch_unseen(rows).await?;
            session.save_if_due().await?;
            let is_enough = extent == Extent::Newest && !found_new;
            if is_enough || !matches!(turn, Turn::Page(_)) {
                return Ok(());
            }
        }
    }

    /// Fetches the records of these rows that were not seen; whether there were any.
    async fn fetch_unseen(&mut self, mut rows: Vec<Row>) -> Result<bool, FetchError> {
        let seen = self.trail.seen();
        rows.retain(|row| row.identity().is_some_and(|identity| !seen.contains(&identity)));
        let mut wanted = BTreeSet::new();
        for row in &rows {
            match &row.ctid {
                None => self.community.refuse_nameless(row),
                Some(_) if !self.community.scope.wants(&row.classes) => self.community.leave_out(),
                Some(ctid) => {
                    wanted.insert(ctid.clone());
                }
            }
        }
        let fetched = self.graphs.fetch(wanted).await?;
        self.is_whole &= fetched.is_whole();
        if let Some(absent) = first_of(&fetched.absent) {
            self.community.remark(format!("{absent}: listed, and not given"));
        }
        let met: Vec<String> = rows.iter().filter_map(Row::identity).collect();
        let found_new = !met.is_empty();
        self.trail.meet(self.community.session, met)?;
        Ok(found_new)
    }

    fn n_seen(&self) -> u64 {
        u64::try_from(self.trail.seen().len()).unwrap_or(u64::MAX)
    }

    fn is_short(&self) -> bool {
        self.total.is_some_and(|total| self.n_seen() < total)
    }

    fn end(self) -> View {
        let (seen, total) = (self.n_seen(), self.total.unwrap_or_default());
        let name = &self.place.url;
        if self.is_short() {
            let shortfall =
                format!("`{name}` counts {total} envelopes and shows {seen}; nothing is retired");
            self.community.remark(shortfall);
        }
        let is_endless = self.repeats && self.total.is_none();
        if is_endless {
            let remark = format!("`{name}` repeats a page and gives no total; nothing is retired");
            self.community.remark(remark);
        }
        let is_uncounted = self.total.is_none();
        if is_uncounted && !is_endless {
            self.community.remark(format!("`{name}` gives no total; nothing is retired"));
        }
        let is_complete = !self.is_short() && !is_uncounted && self.is_whole;
        View { trail: self.trail, destroyed: self.destroyed, is_complete }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::report::Ending;
    use crate::source::registry::fake::{Fake, Quirks, World, ctid};
    use crate::source::registry::held::{Mirror, NOW};
    use crate::source::registry::mirror::harvest;

    /// The pages of envelopes that were asked for whole.
    fn pages(world: &mut World) -> Vec<String> {
        let asked = world.requests().into_iter().filter(|line| {
            line.starts_with("GET /ce-registry/envelopes?") && !line.contains("metadata_only")
        });
        asked
            .map(|line| {
                let page = line.split("&page=").nth(1).unwrap();
                page.split('&').next().unwrap().to_owned()
            })
            .collect()
    }

    /// A registry of a few pages, the pages small.
    async fn small_pages(n: u32, quirks: Quirks) -> (Fake, Mirror) {
        let fake = Fake::with(n).await;
        fake.world().quirks = Quirks { per_page_at_most: 5, ..quirks };
        let mirror = Mirror::of(fake.url.clone());
        (fake, mirror)
    }

    #[track_caller]
    fn check_equal(fake: &Fake, mirror: &Mirror) {
        let (held, shown) = (mirror.held.list(), fake.world().resources());
        assert_eq!(held.keys().collect::<Vec<_>>(), shown.keys().collect::<Vec<_>>());
        assert_eq!(held, shown);
    }

    #[tokio::test]
    async fn a_walk_takes_every_envelope_as_it_came() {
        let fake = Fake::with(450).await;
        let mirror = Mirror::of(fake.url.clone());
        let report = mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        assert_eq!((report.accepted, report.remarks.len()), (450, 0), "{report:?}");
        assert_eq!(pages(&mut fake.world()), ["1", "2", "3", "4"]);
        let sent = fake.world().envelope(7).envelope(true).to_string();
        assert_eq!(mirror.held.versions(&ctid(7)), [sent]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_walk_on_several_threads_takes_the_same() {
        let (fake, mirror) = small_pages(12, Quirks::default()).await;
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn without_a_total_the_end_is_an_empty_page_and_another_one_and_proves_nothing() {
        let quirks = Quirks { no_totals: true, ..Quirks::default() };
        let (fake, mirror) = small_pages(12, quirks).await;
        let report = mirror.check(Ending::Partial).await;
        check_equal(&fake, &mirror);
        assert_eq!(pages(&mut fake.world()), ["1", "2", "3", "4", "5"]);
        assert!(report.remarks[0].ends_with("gives no total; nothing is retired"));
    }

    #[tokio::test]
    async fn the_total_may_be_called_total() {
        let quirks = Quirks { total_is_called_total: true, ..Quirks::default() };
        let (fake, mirror) = small_pages(12, quirks).await;
        mirror.check(Ending::Complete).await;
        assert_eq!(pages(&mut fake.world()), ["1", "2", "3", "4"]);
    }

    #[tokio::test]
    async fn a_shortfall_is_reported_and_nothing_is_retired() {
        let (fake, mirror) = small_pages(12, Quirks::default()).await;
        mirror.check(Ending::Complete).await;
        fake.world().envelopes.retain(|envelope| envelope.n != 3);
        fake.world().quirks.total_is_off_by = 2;
        let mirror = Mirror { scope: anew(&mirror), ..mirror };
        for _ in 0..3 {
            let report = mirror.check(Ending::Partial).await;
            let remark = "counts 13 envelopes and shows 11; nothing is retired";
            assert!(report.remarks.iter().any(|said| said.ends_with(remark)), "{report:?}");
            assert_eq!((report.missing, report.withdrawn), (0, 0));
        }
        assert!(mirror.held.list().contains_key(&ctid(3)));
    }

    #[tokio::test]
    async fn an_empty_listing_is_no_walk() {
        for no_totals in [false, true] {
            let (fake, mirror) = small_pages(0, Quirks { no_totals, ..Quirks::default() }).await;
            let report = mirror.check(Ending::Partial).await;
            let said = "the listing is empty, which proves nothing: nothing is retired";
            assert!(report.remarks.iter().any(|remark| remark == said), "{report:?}");
            (1..=7).for_each(|n| fake.world().create(n));
            fake.world().events.clear();
            fake.world().quirks.no_totals = false;
            mirror.check(Ending::Complete).await;
            check_equal(&fake, &mirror);
        }
    }

    #[tokio::test]
    async fn a_walk_that_fell_short_is_not_repeated_by_the_next_run() {
        for quirks in [
            Quirks { no_totals: true, ..Quirks::default() },
            Quirks { total_is_off_by: 1, ..Quirks::default() },
        ] {
            let (fake, mirror) = small_pages(12, quirks).await;
            mirror.check(Ending::Partial).await;
            pages(&mut fake.world());
            fake.world().update(4);
            fake.world().destroy(5);
            fake.world().envelopes.retain(|envelope| envelope.n != 6);
            let report = mirror.check(Ending::Complete).await;
            let said = "the last walk fell short: only what is said to be destroyed is retired";
            assert!(report.remarks.iter().any(|remark| remark == said), "{report:?}");
            assert_eq!((report.withdrawn, report.missing, report.accepted), (1, 0, 1));
            assert_eq!(pages(&mut fake.world()), [""; 0]);
            let mirror = Mirror { scope: anew(&mirror), ..mirror };
            fake.world().quirks = Quirks::default();
            assert_eq!(mirror.check(Ending::Complete).await.missing, 1);
        }
    }

    #[tokio::test]
    async fn what_happened_before_a_walk_that_fell_short_is_not_lost() {
        let (fake, mirror) = small_pages(12, Quirks::default()).await;
        let mirror = Mirror { clock: || NOW - time::Duration::days(2), ..mirror };
        mirror.check(Ending::Complete).await;
        fake.world().destroy(5);
        // The registry told of it before it told of anything today.
        let (whose, what, _) = fake.world().events.pop().unwrap();
        let at = NOW - time::Duration::hours(12);
        let today = fake.world().events.pop().unwrap();
        fake.world().events.extend([(whose, what, at), today]);
        fake.world().quirks.total_is_off_by = 1;
        let whole = mirror.scope.clone();
        let mirror = Mirror { scope: anew(&mirror), clock: || NOW, ..mirror };
        mirror.check(Ending::Partial).await;
        let mirror = Mirror { scope: whole, ..mirror };
        assert_eq!(mirror.check(Ending::Complete).await.withdrawn, 1);
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn a_listing_that_leaves_many_out_is_held_against_a_few_of_them() {
        let (fake, mirror) = small_pages(200, Quirks::default()).await;
        mirror.check(Ending::Complete).await;
        let mirror = Mirror { scope: anew(&mirror), ..mirror };
        fake.world().quirks.unlisted = (1..=60).collect();
        let report = mirror.check(Ending::Partial).await;
        let said = "60 of 200 records are held and not listed";
        assert!(report.remarks.iter().any(|remark| remark == said), "{report:?}");
        // Nobody but those few was asked for.
        assert_eq!((report.missing, report.documents()), (0, 140 + 20));
        fake.world().envelopes.retain(|envelope| envelope.n > 60);
        assert_eq!(mirror.check(Ending::Complete).await.missing, 60);
    }

    /// The same scope, but every run walks.
    fn anew(mirror: &Mirror) -> crate::source::registry::RegistryScope {
        crate::source::registry::RegistryScope {
            walk_every: Duration::ZERO,
            ..mirror.scope.clone()
        }
    }

    #[tokio::test]
    async fn a_total_that_is_too_small_ends_no_walk_early() {
        let quirks = Quirks { total_is_off_by: -6, ..Quirks::default() };
        let (fake, mirror) = small_pages(12, quirks).await;
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn one_that_goes_and_pulls_another_to_a_page_that_was_read_hides_nobody() {
        for (no_events, tells_no_events) in [(None, false), (Some(404), false), (None, true)] {
            let quirks = Quirks { no_events, tells_no_events, ..Quirks::default() };
            let (fake, mirror) = small_pages(23, quirks).await;
            // As many are seen as there are in the end: one that is gone, and not one that is there.
            fake.world().deeds.insert(2, Box::new(|world| world.destroy(22)));
            mirror.check(Ending::Complete).await;
            assert!(mirror.held.list().contains_key(&ctid(13)), "{no_events:?}");
        }
    }

    #[tokio::test]
    async fn what_moves_while_it_is_walked_through_is_found_all_the_same() {
        for no_events in [None, Some(404)] {
            let quirks = Quirks { no_events, ..Quirks::default() };
            let (fake, mirror) = small_pages(23, quirks).await;
            let world = &fake.shared;
            let after = |page: usize, deed: fn(&mut World)| {
                world.lock().unwrap().deeds.insert(page, Box::new(deed));
            };
            after(2, |world| world.destroy(22));
            after(3, |world| world.create(24));
            after(4, |world| [23, 19, 24].into_iter().for_each(|n| world.destroy(n)));
            mirror.check(Ending::Complete).await;
            let (held, shown) = (mirror.held.list(), fake.world().resources());
            assert!(shown.keys().all(|ctid| held.contains_key(ctid)), "{no_events:?}");
            if no_events.is_none() {
                // What went while it was walked through is withdrawn by the next run.
                mirror.check(Ending::Complete).await;
                check_equal(&fake, &mirror);
            }
        }
    }

    #[tokio::test]
    async fn one_that_is_destroyed_and_created_again_meanwhile_is_seen() {
        let (fake, mirror) = small_pages(12, Quirks::default()).await;
        fake.world().deeds.insert(
            3,
            Box::new(|world| {
                world.destroy(11);
                world.create(11);
                world.update(11);
            }),
        );
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn a_page_that_is_cut_off_ends_as_if_it_had_not_been() {
        let quirks = Quirks { cut_off: vec![1, 3], ..Quirks::default() };
        let (fake, mirror) = small_pages(23, quirks).await;
        let mut runs = 0;
        while mirror.run().await.0.ok() != Some(Ending::Complete) {
            runs += 1;
            assert!(runs < 4);
        }
        check_equal(&fake, &mirror);
        assert_eq!(fake.world().quirks.cut_off, [0_usize; 0]);
    }

    #[tokio::test]
    async fn a_walk_that_was_killed_goes_on_one_page_before() {
        for (is_saved, expected) in [(true, &["3", "4", "5", "6"][..]), (false, &["1", "2", "3"])] {
            let quirks = Quirks { hangs_at: Some(4), ..Quirks::default() };
            let (fake, mirror) = small_pages(23, quirks).await;
            let session = mirror.session();
            tokio::select! {
                _ = harvest(&session, &mirror.scope) => panic!("it ended"),
                () = fake.silence.notified() => {}
            }
            if is_saved {
                session.save().await.unwrap();
            }
            drop(session);
            let mirror = mirror.killed();
            assert_eq!(pages(&mut fake.world()), ["1", "2", "3", "4"]);
            fake.world().quirks.hangs_at = None;
            fake.world().destroy(22);
            fake.world().create(24);
            let report = mirror.check(Ending::Complete).await;
            assert!(
                pages(&mut fake.world())
                    .starts_with(&expected.iter().map(ToString::to_string).collect::<Vec<_>>())
            );
            assert_eq!(report.remarks, [""; 0]);
            mirror.check(Ending::Complete).await;
            check_equal(&fake, &mirror);
        }
    }

    #[tokio::test]
    async fn a_walk_that_is_told_to_stop_goes_on_another_time() {
        let (fake, mirror) = small_pages(23, Quirks::default()).await;
        let (stopper, stop) = crate::stop::stop();
        fake.world().deeds.insert(2, Box::new(move |_| stopper.stop()));
        let session = mirror.session_until(stop);
        let stopped = harvest(&session, &mirror.scope).await;
        assert!(matches!(stopped, Err(FetchError::Stopped)), "{stopped:?}");
        session.save().await.unwrap();
        fake.world().requests();
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
    }

    #[tokio::test]
    async fn a_secured_community_is_not_an_empty_one() {
        let (fake, mirror) = small_pages(3, Quirks::default()).await;
        mirror.check(Ending::Complete).await;
        fake.world().quirks.is_secured = true;
        let mirror = Mirror { scope: anew(&mirror), ..mirror };
        let report = mirror.check(Ending::Secured).await;
        let error = report.error.unwrap();
        assert!(error.contains("is secured") && error.contains("401 Unauthorized"), "{error}");
        assert_eq!((report.withdrawn, report.missing, mirror.held.list().len()), (0, 0, 3));
    }

    #[tokio::test]
    async fn a_community_that_is_not_there_is_a_failure() {
        let quirks = Quirks { no_community: true, ..Quirks::default() };
        let (_fake, mirror) = small_pages(3, quirks).await;
        let report = mirror.check(Ending::Failed).await;
        assert!(report.error.unwrap().contains("`ce-registry` is not there"));
    }

    #[tokio::test]
    async fn an_envelope_without_a_ctid_is_refused_by_its_id() {
        let (fake, mirror) = small_pages(12, Quirks::default()).await;
        fake.world().envelope(4).ctid = None;
        fake.world().envelope(5).ctid = Some(ctid(5).to_uppercase());
        let report = mirror.check(Ending::Complete).await;
        assert_eq!(report.refusals[0].place, "envelope-4");
        assert_eq!(
            (report.refused, report.refusals[0].reason.as_str()),
            (1, "the envelope has no CTID")
        );
        check_equal(&fake, &mirror);
        assert!(mirror.held.list().contains_key(&ctid(5)));
    }

    #[tokio::test]
    async fn a_server_that_repeats_its_last_page_has_an_end() {
        let quirks = Quirks { repeats_last_page: true, ..Quirks::default() };
        let (fake, mirror) = small_pages(12, quirks).await;
        mirror.check(Ending::Complete).await;
        check_equal(&fake, &mirror);
        let quirks = Quirks { repeats_last_page: true, no_totals: true, ..Quirks::default() };
        let (_fake, mirror) = small_pages(12, quirks).await;
        let report = mirror.check(Ending::Partial).await;
        assert!(
            report.remarks[0].ends_with("repeats a page and gives no total; nothing is retired")
        );
    }

    #[tokio::test]
    async fn only_wanted_classes_are_taken_and_the_others_are_no_loss() {
        let (fake, mirror) = small_pages(12, Quirks::default()).await;
        for (n, class) in
            [(1, "ceterms:BachelorDegree"), (2, "ceterms:Course"), (3, "ceterms:Degree")]
        {
            class.clone_into(&mut fake.world().envelope(n).class);
        }
        mirror.check(Ending::Complete).await;
        let mut scope = anew(&mirror);
        scope.types = vec!["ceterms:Degree".to_owned()];
        fake.world().update(2);
        fake.world().update(3);
        fake.world().envelopes.retain(|envelope| envelope.n != 5);
        let mirror = Mirror { scope, ..mirror };
        let report = mirror.check(Ending::Complete).await;
        assert_eq!((report.accepted, report.unchanged, report.withdrawn), (1, 1, 0), "{report:?}");
        assert!(report.remarks.contains(&"9 documents of other classes were left out".to_owned()));
        // It was not seen at all, whatever its class.
        assert_eq!(report.missing, 1);
        let report = mirror.check(Ending::Complete).await;
        assert_eq!((report.withdrawn, mirror.held.list().len()), (1, 11));
    }

    #[tokio::test]
    async fn what_a_walk_does_not_show_is_withdrawn_when_that_is_confirmed() {
        for (confirm_after, withdrawn) in [(Duration::ZERO, 1), (Duration::from_hours(24), 0)] {
            let quirks = Quirks { no_events: Some(404), ..Quirks::default() };
            let (fake, mirror) = small_pages(12, quirks).await;
            let mirror = Mirror { scope: anew(&mirror), confirm_after, ..mirror };
            mirror.check(Ending::Complete).await;
            fake.world().destroy(3);
            let report = mirror.check(Ending::Complete).await;
            assert_eq!((report.missing, report.withdrawn), (1, 0));
            let report = mirror.check(Ending::Complete).await;
            assert_eq!((report.missing, report.withdrawn), (1 - withdrawn, withdrawn));
            assert_eq!(mirror.held.list().contains_key(&ctid(3)), withdrawn == 0);
        }
    }

    #[tokio::test]
    async fn a_record_that_only_the_listing_leaves_out_is_kept() {
        let (fake, mirror) = small_pages(12, Quirks::default()).await;
        let mirror = Mirror { scope: anew(&mirror), ..mirror };
        mirror.check(Ending::Complete).await;
        // A name that has become one of another's inner nodes still leads somewhere.
        fake.world().envelopes.retain(|envelope| envelope.n != 3);
        fake.world().envelope(4).inner.push(ctid(3));
        for _ in 0..2 {
            let report = mirror.check(Ending::Complete).await;
            assert_eq!((report.missing, report.withdrawn), (0, 0));
        }
    }

    #[tokio::test]
    async fn what_the_registry_says_it_destroyed_is_withdrawn_by_a_walk_at_once() {
        let (fake, mirror) = small_pages(12, Quirks::default()).await;
        let mirror = Mirror { scope: anew(&mirror), ..mirror };
        mirror.check(Ending::Complete).await;
        fake.world().destroy(3);
        let report = mirror.check(Ending::Complete).await;
        assert_eq!((report.missing, report.withdrawn), (0, 1));
        check_equal(&fake, &mirror);
    }
}
