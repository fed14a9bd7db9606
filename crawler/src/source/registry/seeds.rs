//! Only some records: those of some organizations, and those that are named.

use std::collections::{BTreeMap, BTreeSet};

use ontology::Ctid;

use crate::client::FetchError;
use crate::report::Ending;
use crate::source::registry::absence::{held, miss, missed};
use crate::source::registry::answer::Refusal;
use crate::source::registry::community::{Community, ending, first_of, record};
use crate::source::registry::graphs::Graphs;
use crate::source::registry::owned::{owned_by, remember};
use crate::source::registry::walk::{Place, Walked, walk};

/// What came of asking for the seeds.
#[derive(Default)]
struct Harvested {
    seen: BTreeSet<String>,
    /// What every organization owns that was seen whole.
    owned: BTreeMap<Ctid, BTreeSet<String>>,
    /// What organizations owned when they were shown last, and what was missed.
    lost: BTreeSet<String>,
    /// Whether all that an organization owns was seen for the first time, as far as is remembered.
    is_first: bool,
    /// Whether a listing was not seen whole, or a record not given.
    is_partial: bool,
    /// Those of which the registry says that they do not exist.
    absent: BTreeSet<Ctid>,
    /// Whether anything was shown at all.
    is_shown: bool,
    refusals: Vec<Refusal>,
}

/// Asks for every seed anew.
pub(super) async fn harvest(community: &Community<'_>) -> Result<Ending, FetchError> {
    let mut harvested = Harvested::default();
    harvested.lost.extend(missed(community)?);
    for organization in seeds(community, &community.scope.organizations, &mut harvested) {
        walk_organization(community, &organization, &mut harvested).await?;
    }
    let ctids = seeds(community, &community.scope.ctids, &mut harvested);
    fetch_named(community, ctids, &mut harvested).await?;
    look_after_lost(community, &mut harvested).await?;
    let secured = harvested.refusals.iter().find(|refusal| refusal.is_secured());
    match secured.filter(|_| !harvested.is_shown) {
        Some(refusal) => Ok(community.refused(refusal)),
        None => Ok(ending(!harvested.is_partial)),
    }
}

/// Asks by name for what is not among the seeds any more.
async fn look_after_lost(
    community: &Community<'_>,
    harvested: &mut Harvested,
) -> Result<(), FetchError> {
    // Who does not remember what there was looks at everything that there is.
    if harvested.is_first && !harvested.is_partial {
        harvested.lost.extend(held(community)?.iter().map(ToString::to_string));
    }
    let lost = harvested.lost.difference(&harvested.seen);
    let lost: Vec<Ctid> = lost.filter_map(|ctid| ctid.parse().ok()).collect();
    let fetched = Graphs::new(community).fetch(lost).await?;
    harvested.is_shown |= !fetched.taken.is_empty();
    harvested.is_partial |= !fetched.is_whole();
    harvested.absent.extend(fetched.absent.iter().cloned());
    if !miss_absent(community, harvested)? || !fetched.is_whole() {
        return Ok(());
    }
    for (organization, owned) in &harvested.owned {
        remember(community.session, organization, owned)?;
    }
    Ok(())
}

/// Misses what the registry says does not exist; `false` where it shows nothing else either, which proves nothing.
fn miss_absent(community: &Community<'_>, harvested: &mut Harvested) -> Result<bool, FetchError> {
    let mut is_any_held = false;
    for ctid in &harvested.absent {
        is_any_held |= community.session.has(&record(ctid))?;
    }
    if is_any_held && !harvested.is_shown {
        community.remark("nothing that is asked for is there, which proves nothing");
        harvested.is_partial = true;
        return Ok(false);
    }
    for ctid in &harvested.absent {
        miss(community, ctid)?;
    }
    Ok(true)
}

/// The seeds that are CTIDs.
fn seeds(community: &Community<'_>, texts: &[String], harvested: &mut Harvested) -> Vec<Ctid> {
    let mut seeds = Vec::new();
    for text in texts {
        match text.trim().parse() {
            Ok(ctid) => seeds.push(ctid),
            Err(error) => {
                community.remark(format!("a seed is passed over: {error}"));
                harvested.is_partial = true;
            }
        }
    }
    seeds
}

async fn walk_organization(
    community: &Community<'_>,
    organization: &Ctid,
    harvested: &mut Harvested,
) -> Result<(), FetchError> {
    let url = community.address.owned_by(organization);
    let place = Place { name: format!("owner/{organization}"), url, since: None };
    match walk(community, &place).await? {
        Walked::To(view) => {
            let (session, seen) = (community.session, view.trail.seen());
            if view.is_complete {
                match owned_by(session, organization)? {
                    Some(before) => harvested.lost.extend(before),
                    None => harvested.is_first = true,
                }
                harvested.owned.insert(organization.clone(), seen.clone());
            }
            harvested.is_partial |= !view.is_complete;
            harvested.is_shown |= !seen.is_empty();
            harvested.seen.extend(seen.iter().cloned());
            view.trail.forget(session)?;
        }
        Walked::Refused(refusal) => {
            let remark =
                format!("nothing is shown of the organization `{organization}`: {refusal}");
            community.remark(remark);
            harvested.is_partial = true;
            harvested.refusals.push(refusal);
        }
    }
    Ok(())
}

async fn fetch_named(
    community: &Community<'_>,
    ctids: Vec<Ctid>,
    harvested: &mut Harvested,
) -> Result<(), FetchError> {
    let unseen = ctids.into_iter().filter(|ctid| !harvested.seen.contains(ctid.as_str()));
    let unseen: BTreeSet<Ctid> = unseen.collect();
    let fetched = Graphs::new(community).fetch(unseen).await?;
    let mut unknown = BTreeSet::new();
    for ctid in &fetched.absent {
        if !community.session.has(&record(ctid))? {
            unknown.insert(ctid.clone());
        }
    }
    if let Some(unknown) = first_of(&unknown) {
        community.remark(format!("{unknown}: no such record"));
    }
    harvested.is_partial |= !fetched.is_whole();
    harvested.is_shown |= !fetched.taken.is_empty();
    harvested.refusals.extend(fetched.secured);
    let known = fetched.taken.iter().chain(&fetched.refused).chain(&fetched.absent);
    harvested.seen.extend(known.chain(&fetched.failed).map(ToString::to_string));
    harvested.absent.extend(fetched.absent);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::report::{Ending, RunReport};
    use crate::source::registry::fake::{Fake, Quirks, ctid};
    use crate::source::registry::held::Mirror;

    /// A registry of thirty envelopes: the first ten belong to organization 8000.
    async fn owned() -> Fake {
        let fake = Fake::with(30).await;
        (1..=10).for_each(|n| fake.world().envelope(n).owner = ctid(8000));
        fake.world().quirks.per_page_at_most = 4;
        fake
    }

    fn mirror(fake: &Fake, organizations: &[u32], ctids: &[u32]) -> Mirror {
        let mut mirror = Mirror::of(fake.url.clone());
        mirror.scope.organizations =
            organizations.iter().map(|n| ctid(*n).to_uppercase()).collect();
        mirror.scope.ctids = ctids.iter().map(|n| ctid(*n)).collect();
        mirror
    }

    #[track_caller]
    fn check_held(mirror: &Mirror, expected: impl IntoIterator<Item = u32>) {
        let held: Vec<String> = mirror.held.list().into_keys().collect();
        assert_eq!(held, expected.into_iter().map(ctid).collect::<Vec<_>>());
    }

    #[track_caller]
    fn check_said(report: &RunReport, words: &str) {
        assert!(report.remarks.iter().any(|remark| remark.contains(words)), "{report:?}");
    }

    #[tokio::test]
    async fn what_an_organization_owns_is_taken_and_nothing_else() {
        let fake = owned().await;
        let mirror = mirror(&fake, &[8000], &[]);
        assert_eq!(mirror.check(Ending::Complete).await.accepted, 10);
        check_held(&mirror, 1..=10);
        let requests = fake.world().requests();
        assert!(!requests.iter().any(|line| line.contains("GET /ce-registry/envelopes?")));
        assert!(!requests.iter().any(|line| line.contains("provisional")), "{requests:?}");
        fake.world().update(4);
        let report = mirror.check(Ending::Complete).await;
        assert_eq!((report.accepted, report.unchanged), (1, 9));
    }

    #[tokio::test]
    async fn what_an_organization_does_not_show_any_more_is_asked_for_by_name() {
        let fake = owned().await;
        let mirror = mirror(&fake, &[8000], &[20]);
        mirror.check(Ending::Complete).await;
        fake.world().destroy(2);
        fake.world().envelope(3).owner = ctid(9000);
        let report = mirror.check(Ending::Complete).await;
        assert_eq!((report.missing, report.withdrawn), (1, 0));
        let report = mirror.check(Ending::Complete).await;
        assert_eq!((report.missing, report.withdrawn), (0, 1));
        check_held(&mirror, [1].into_iter().chain(3..=10).chain([20]));
    }

    #[tokio::test]
    async fn what_was_never_asked_for_is_looked_at_once_and_no_more() {
        let fake = owned().await;
        let whole = Mirror::of(fake.url.clone());
        whole.check(Ending::Complete).await;
        let mut scope = whole.scope.clone();
        scope.organizations = vec![ctid(8000)];
        let mirror = Mirror { scope, ..whole };
        for n_asked in [1, 0] {
            fake.world().requests();
            mirror.check(Ending::Complete).await;
            let asked = fake.world().requests();
            let asked = asked.iter().filter(|line| line.contains("graph")).count();
            assert_eq!(asked, n_asked);
        }
        check_held(&mirror, 1..=30);
    }

    #[tokio::test]
    async fn a_lost_record_that_cannot_be_asked_for_is_not_forgotten() {
        let fake = owned().await;
        let mirror = mirror(&fake, &[8000], &[]);
        mirror.check(Ending::Complete).await;
        fake.world().envelope(2).owner = ctid(9000);
        fake.world().quirks.broken = vec![ctid(2)];
        mirror.check(Ending::Partial).await;
        fake.world().quirks.broken.clear();
        fake.world().destroy(2);
        assert_eq!(mirror.check(Ending::Complete).await.missing, 1);
        assert_eq!(mirror.check(Ending::Complete).await.withdrawn, 1);
    }

    #[tokio::test]
    async fn an_organization_whose_end_is_not_proven_retires_nothing() {
        let fake = owned().await;
        let mirror = mirror(&fake, &[8000], &[]);
        mirror.check(Ending::Complete).await;
        fake.world().destroy(2);
        fake.world().quirks.total_is_off_by = 1;
        for _ in 0..2 {
            let report = mirror.check(Ending::Partial).await;
            assert_eq!((report.missing, report.withdrawn), (0, 0));
        }
        check_held(&mirror, 1..=10);
    }

    #[tokio::test]
    async fn named_records_are_taken_and_those_that_are_not_there_are_named() {
        let fake = owned().await;
        let mut mirror = mirror(&fake, &[], &[3, 4, 777]);
        let report = mirror.check(Ending::Complete).await;
        check_held(&mirror, [3, 4]);
        check_said(&report, &format!("`{}`: no such record", ctid(777)));
        assert_eq!(mirror.check(Ending::Complete).await.unchanged, 2);
        fake.world().destroy(4);
        assert_eq!(mirror.check(Ending::Complete).await.missing, 1);
        assert_eq!(mirror.check(Ending::Complete).await.withdrawn, 1);
        check_held(&mirror, [3]);
        mirror.scope.ctids.push("3".to_owned());
        check_said(&mirror.check(Ending::Partial).await, "a seed is passed over");
    }

    #[tokio::test]
    async fn a_competency_brings_its_framework_under_the_frameworks_name() {
        let fake = owned().await;
        fake.world().envelope(3).inner = vec![ctid(100), ctid(101)];
        let mirror = mirror(&fake, &[], &[100, 101, 5]);
        let report = mirror.check(Ending::Complete).await;
        check_held(&mirror, [3, 5]);
        assert_eq!((report.accepted, report.unchanged), (2, 0), "{report:?}");
        check_said(&report, &format!("`{}` and 1 more: a part of another record", ctid(100)));
    }

    #[tokio::test]
    async fn a_registry_in_which_nothing_is_found_retires_nothing() {
        let fake = owned().await;
        let mirror = mirror(&fake, &[8000], &[20, 21]);
        mirror.check(Ending::Complete).await;
        fake.world().quirks.no_community = true;
        for _ in 0..2 {
            let report = mirror.check(Ending::Partial).await;
            assert_eq!((report.missing, report.withdrawn), (0, 0));
            check_said(&report, "nothing that is asked for is there, which proves nothing");
        }
        check_held(&mirror, (1..=10).chain([20, 21]));
    }

    #[tokio::test]
    async fn seeds_of_a_secured_community_are_secured() {
        let fake = owned().await;
        fake.world().quirks = Quirks { is_secured: true, ..Quirks::default() };
        let report = mirror(&fake, &[8000], &[]).check(Ending::Secured).await;
        assert!(report.error.unwrap().contains("is secured"));
        let report = mirror(&fake, &[], &[3, 4]).check(Ending::Secured).await;
        assert_eq!(report.withdrawn, 0);
    }
}
