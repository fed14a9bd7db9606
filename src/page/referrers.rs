//! Who requires, teaches or assesses a resource, what it teaches and assesses itself, and every other link.

use askama::Template;
use index::context::{Context, Crossing, Links, Twin};
use ontology::{Resource, vocab::encode};

use crate::page::address::page_of;
use crate::page::anchor::Anchor;
use crate::page::relation::{is_own_agency, is_own_condition, rank, relation};
use crate::page::shell::Shell;
use crate::publisher::{MAX_NAMED, Publishers};

/// Who requires, teaches or assesses a resource, what it teaches and assesses itself, and every other link.
#[derive(Template)]
#[template(path = "resource/referrers.html")]
pub(crate) struct Referrers {
    shell: Shell,
    groups: Vec<Group>,
    twins: Vec<TwinLinks>,
}

/// The links of one relation.
struct Group {
    /// The name of the relation, which is that of its place on the page, too.
    reads: String,
    title: String,
    n: usize,
    first: Vec<Referrer>,
    /// The page of all of them, where these are not all.
    all: Option<String>,
}

/// One thing that is linked.
#[derive(Template)]
#[template(path = "resource/referrer.html")]
pub(crate) struct Referrer {
    shell: Shell,
    anchor: Anchor,
    kind: Option<String>,
    framework: Option<String>,
    publisher: Option<String>,
    weight: Option<f64>,
    /// What states it on behalf of the resource: shared conditions.
    through: Option<Anchor>,
}

/// What refers to the resource of the same UUID in the other standard.
struct TwinLinks {
    anchor: Anchor,
    relations: Vec<(String, usize, String)>,
}

impl Referrers {
    /// Takes from what is known of a resource what belongs here; `None` where there is nothing to show.
    pub(crate) fn of(context: &Context, publishers: &Publishers, shell: &Shell) -> Option<Self> {
        let is_profile = matches!(context.chosen.card.resource, Resource::Profile(_));
        let page = page_of(context.chosen.card.key());
        let mut groups: Vec<Group> = Vec::new();
        for (reads, links) in &context.links {
            // The record itself says these in more words, and they are shown with it.
            let is_shown = |crossing: &Crossing| is_profile && stands_in_record(reads, crossing);
            let kept: Vec<&Crossing> =
                links.items.iter().filter(|crossing| !is_shown(crossing)).collect();
            groups.extend(Group::of(reads, links, &kept, &page, (publishers, shell)));
        }
        groups.sort_by_key(|group| rank(&group.reads));
        let with_links = context.twins.iter().filter(|twin| !twin.links.is_empty());
        let twins: Vec<TwinLinks> = with_links.map(|twin| TwinLinks::of(twin, shell)).collect();
        let is_empty = groups.is_empty() && twins.is_empty();
        (!is_empty).then(|| Self { shell: shell.clone(), groups, twins })
    }
}

/// Whether a link is stated in the record of the resource itself, among its conditions or those who stand behind it.
fn stands_in_record(reads: &str, crossing: &Crossing) -> bool {
    let [hop] = crossing.hops.as_slice() else { return false };
    hop.kind == hop.reads && (is_own_agency(reads) || is_own_condition(reads))
}

impl Group {
    fn of(
        reads: &str,
        links: &Links,
        kept: &[&Crossing],
        page: &str,
        (publishers, shell): (&Publishers, &Shell),
    ) -> Option<Self> {
        let first: Vec<Referrer> = kept
            .iter()
            .take(MAX_NAMED)
            .map(|crossing| Referrer::of(crossing, publishers, shell))
            .collect();
        if first.is_empty() {
            return None;
        }
        Some(Self {
            reads: reads.to_owned(),
            title: relation(reads, shell),
            n: links.n,
            all: (first.len() < links.n).then(|| list_of(page, reads)),
            first,
        })
    }
}

impl Referrer {
    /// The end of a way, with what is known of it.
    pub(crate) fn of(crossing: &Crossing, publishers: &Publishers, shell: &Shell) -> Self {
        let held = crossing.reached.as_ref();
        let shared = crossing.hops.first().filter(|_| crossing.hops.len() > 1);
        Self {
            shell: shell.clone(),
            anchor: Anchor::of_end(crossing),
            kind: held.map(|held| shell.tell("resource-kind", "kind", held.kind.as_str())),
            framework: held.and_then(|held| held.framework.clone()),
            publisher: held.and_then(|held| publishers.get(&held.key)).cloned(),
            weight: crossing.hops.last().and_then(|hop| hop.weight),
            through: shared.map(|hop| Anchor::of_target(&hop.to)),
        }
    }
}

impl TwinLinks {
    fn of(twin: &Twin, shell: &Shell) -> Self {
        let page = page_of(&twin.resource.key);
        let mut relations: Vec<(&String, &usize)> = twin.links.iter().collect();
        relations.sort_by_key(|(reads, _)| rank(reads));
        let told = relations
            .into_iter()
            .map(|(reads, n)| (relation(reads, shell), *n, list_of(&page, reads)));
        Self { anchor: Anchor::of(&twin.resource), relations: told.collect() }
    }
}

/// The page of everything that is linked to a resource by one relation.
pub(crate) fn list_of(page: &str, reads: &str) -> String {
    format!("{page}/referenced-by?relation={}", encode(reads))
}
