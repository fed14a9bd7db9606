//! A record as the views show it: the newest document of it, and what earlier ones had and the newest has no more.
//!
//! This is a function of the ledger alone. A better normalizer, a lost view or another machine give the same record.

use std::collections::{BTreeMap, BTreeSet};

use ontology::{
    CanonicalKey, Hierarchy, Normalized, Provenance, Resource, Target, plain, vocab, write_quads,
};
use oxrdf::{Literal, NamedNode, Quad};

use crate::card::{
    AlignmentCard, Card, FrameworkCard, LicenseCard, Origin, Parent, RecordCard, Step,
    WarningCount, label_of,
};
use crate::graph::QuadSource;

/// How long a label on a path may be.
const STEP_LABEL: usize = 160;

/// A resource that the newest document has no more, and the last document that had it.
pub type Withdrawn = (Resource, Origin);

/// One record, ready for the views.
#[derive(Debug)]
pub struct Record {
    /// Where it came from.
    pub origin: Origin,
    /// What its newest document says.
    pub normalized: Normalized,
    /// What earlier documents had and the newest has no more, with the entry that had it last.
    pub withdrawn: Vec<Withdrawn>,
    /// Tells whether the source no longer has the record; then everything in it is withdrawn.
    pub tombstone: bool,
}

impl Record {
    /// The provenance under which its quads are written.
    pub fn provenance(&self) -> Provenance {
        Provenance {
            source: self.origin.source.clone(),
            record: self.origin.record.clone(),
            url: self.origin.url.clone(),
            fetched_at: self.origin.fetched_at.clone(),
            digest: self.origin.digest.clone(),
        }
    }

    /// The cards of everything it holds, made one by one: those of a large framework are never held together.
    pub fn cards(&self) -> impl Iterator<Item = Card> + '_ {
        let maker = CardMaker::of(self);
        let live = self
            .normalized
            .resources
            .iter()
            .map(|resource| (resource, &self.origin, self.tombstone));
        let withdrawn = self.withdrawn.iter().map(|(resource, origin)| (resource, origin, true));
        live.chain(withdrawn)
            .map(move |(resource, origin, withdrawn)| maker.card(resource, origin, withdrawn))
    }

    /// The cards of its alignments; a record that is gone states none.
    pub fn alignment_cards(&self) -> impl Iterator<Item = AlignmentCard> + '_ {
        let framework = framework_of(&self.normalized).map(|(key, _)| Target::of(key.clone()));
        let stated = self.normalized.alignments.iter().filter(|_| !self.tombstone);
        stated.map(move |alignment| AlignmentCard {
            alignment: alignment.clone(),
            origin: self.origin.clone(),
            framework: framework.clone(),
            provisional: self.normalized.provisional,
        })
    }

    /// The card of the record itself.
    pub fn record_card(&self, quads: u64) -> RecordCard {
        let mut resources = BTreeMap::new();
        for resource in &self.normalized.resources {
            *resources.entry(resource.kind().as_str().to_owned()).or_default() += 1;
        }
        let mut alignments = BTreeMap::new();
        for alignment in &self.normalized.alignments {
            *alignments.entry(alignment.kind.as_str().to_owned()).or_default() += 1;
        }
        let n_live = if self.tombstone { self.normalized.resources.len() } else { 0 };
        RecordCard {
            origin: self.origin.clone(),
            document: self.normalized.document.clone(),
            framework: CardMaker::of(self).framework,
            about: self.normalized.about.clone(),
            counts: self.normalized.counts.clone(),
            resources,
            alignments,
            withdrawn: u64::try_from(n_live + self.withdrawn.len()).unwrap_or(u64::MAX),
            quads,
            warnings: count_warnings(&self.normalized),
            tombstone: self.tombstone,
            envelope: self.normalized.envelope.clone(),
            provisional: self.normalized.provisional,
        }
    }
}

/// Counts warnings by kind, each with its first occurrence.
pub fn count_warnings(normalized: &Normalized) -> BTreeMap<String, WarningCount> {
    let mut counts: BTreeMap<String, WarningCount> = BTreeMap::new();
    for warning in &normalized.warnings {
        let count = counts.entry(warning.kind.as_str().to_owned()).or_insert_with(|| {
            WarningCount { n: 0, pointer: warning.pointer.clone(), detail: warning.detail.clone() }
        });
        count.n += 1;
    }
    for (kind, n) in &normalized.unlisted_warnings {
        counts.entry(kind.as_str().to_owned()).or_default().n += n;
    }
    counts
}

impl QuadSource for Record {
    fn quads(&self, sink: &mut dyn FnMut(Quad)) {
        let provenance = self.provenance();
        if !self.tombstone {
            write_quads(&self.normalized, &provenance, sink);
        }
        let gone = self.withdrawn.iter().map(|(resource, _)| resource);
        let gone_whole = self.normalized.resources.iter().filter(|_| self.tombstone);
        let graph = NamedNode::new_unchecked(provenance.derived_graph());
        for resource in gone.chain(gone_whole) {
            let Ok(subject) = NamedNode::new(&resource.identity().subject) else { continue };
            let predicate = NamedNode::new_unchecked(vocab::alidade::STATUS);
            sink(Quad::new(subject, predicate, Literal::from("withdrawn"), graph.clone()));
        }
    }
}

fn framework_of(normalized: &Normalized) -> Option<(&CanonicalKey, &ontology::Framework)> {
    normalized.resources.iter().find_map(|resource| match resource {
        Resource::Framework(framework) => Some((&framework.identity.key, framework)),
        _ => None,
    })
}

/// Makes cards, with what all of a record share.
struct CardMaker<'a> {
    hierarchy: Hierarchy<'a>,
    ranks: BTreeMap<(&'a CanonicalKey, &'a CanonicalKey), u64>,
    framework_key: Option<&'a CanonicalKey>,
    framework: Option<FrameworkCard>,
    licenses: BTreeMap<&'a CanonicalKey, LicenseCard>,
    by_key: BTreeMap<&'a CanonicalKey, &'a Resource>,
    about: Option<&'a CanonicalKey>,
    provisional: bool,
}

impl<'a> CardMaker<'a> {
    fn of(record: &'a Record) -> Self {
        let normalized = &record.normalized;
        let hierarchy = Hierarchy::of(normalized);
        let by_key: BTreeMap<_, _> = normalized
            .resources
            .iter()
            .map(|resource| (&resource.identity().key, resource))
            .collect();
        let found = framework_of(normalized).filter(|_| normalized.document != "CFDocuments");
        let mut maker = Self {
            ranks: ranks_of(normalized, &hierarchy),
            framework_key: found.map(|(key, _)| key),
            framework: None,
            licenses: licenses_of(normalized),
            hierarchy,
            by_key,
            about: normalized.about.as_ref(),
            provisional: normalized.provisional,
        };
        maker.framework = found.map(|(key, framework)| maker.framework_card(key, framework));
        maker
    }

    fn framework_card(&self, key: &CanonicalKey, framework: &ontology::Framework) -> FrameworkCard {
        FrameworkCard {
            key: key.clone(),
            title: framework.title.first().map(plain),
            creator: framework.creator.clone(),
            publisher: framework.publisher.clone(),
            adoption_status: framework.adoption_status.clone(),
            version: framework.version.clone(),
            status_end: framework.status_end.clone(),
            license: framework.license.as_ref().map(|license| self.license(license)),
            official_source_url: framework.official_source_url.clone(),
        }
    }

    fn license(&self, link: &Target) -> LicenseCard {
        let defined = link.key.as_ref().and_then(|key| self.licenses.get(key)).cloned();
        defined.unwrap_or_else(|| LicenseCard {
            title: link.title.clone(),
            uri: link.uri.clone(),
            text: None,
        })
    }

    fn card(&self, resource: &Resource, origin: &Origin, withdrawn: bool) -> Card {
        let own = match resource {
            Resource::Framework(framework) => framework.license.as_ref(),
            Resource::Competency(competency) => competency.license.as_deref(),
            _ => None,
        };
        let framework = match resource {
            Resource::Framework(framework) => {
                Some(self.framework_card(&framework.identity.key, framework))
            }
            other => self.framework_of(other),
        };
        let inherited = framework.as_ref().and_then(|framework| framework.license.clone());
        Card {
            license: own.map(|license| self.license(license)).or(inherited),
            path: self.ancestors(resource).into_iter().map(|key| self.step(key)).collect(),
            parents: if withdrawn { Vec::new() } else { self.parents(resource) },
            resource: resource.clone(),
            origin: origin.clone(),
            framework,
            withdrawn,
            mentioned: self.is_mentioned(resource),
            provisional: self.provisional,
        }
    }

    fn is_mentioned(&self, resource: &Resource) -> bool {
        let framework = resource.framework().and_then(|framework| framework.key.as_ref());
        let is_home =
            |about: &CanonicalKey| *about == resource.identity().key || framework == Some(about);
        self.about.is_some_and(|about| !is_home(about))
    }

    /// The framework of a resource: the record's own, or just the key where another document describes it.
    fn framework_of(&self, resource: &Resource) -> Option<FrameworkCard> {
        let key = resource.framework()?.key.as_ref()?;
        if let Some(known) = self.framework.as_ref().filter(|known| known.key == *key) {
            return Some(known.clone());
        }
        Some(FrameworkCard {
            key: key.clone(),
            title: None,
            creator: None,
            publisher: None,
            adoption_status: None,
            version: None,
            status_end: None,
            license: None,
            official_source_url: None,
        })
    }

    fn step(&self, key: &CanonicalKey) -> Step {
        let resource = self.by_key.get(key);
        let label = resource.map_or_else(|| key.to_string(), |resource| label_of(resource));
        Step {
            key: key.clone(),
            code: resource.and_then(|resource| resource.code()).map(str::to_owned),
            label: label.chars().take(STEP_LABEL).collect(),
        }
    }

    /// The ancestors from the root down: through the tree of items, or from a rubric to its levels.
    fn ancestors<'r>(&'r self, resource: &'r Resource) -> Vec<&'r CanonicalKey> {
        let above =
            |target: &'r Option<Target>| target.as_ref().and_then(|target| target.key.as_ref());
        match resource {
            Resource::RubricCriterion(criterion) => above(&criterion.rubric).into_iter().collect(),
            Resource::RubricCriterionLevel(level) => {
                let Some(criterion) = above(&level.criterion) else { return Vec::new() };
                let rubric = match self.by_key.get(criterion) {
                    Some(Resource::RubricCriterion(criterion)) => above(&criterion.rubric),
                    _ => None,
                };
                rubric.into_iter().chain([criterion]).collect()
            }
            other => self.hierarchy.path(&other.identity().key),
        }
    }

    fn parents(&self, resource: &Resource) -> Vec<Parent> {
        let key = &resource.identity().key;
        let ancestors = self.ancestors(resource);
        let position = match resource {
            Resource::RubricCriterion(criterion) => Some(criterion.position),
            Resource::RubricCriterionLevel(level) => Some(level.position),
            _ => None,
        };
        if let Some(position) = position {
            let rank =
                position.and_then(|position| u64::try_from(position).ok()).unwrap_or(u64::MAX);
            return ancestors
                .last()
                .map(|parent| Parent { key: (*parent).clone(), rank })
                .into_iter()
                .collect();
        }
        let top = self.framework_key.filter(|_| self.hierarchy.is_top(key));
        let mut parents = self.hierarchy.parents(key);
        parents.sort_by_key(|parent| Some(parent) != ancestors.last());
        let rank = |parent: &CanonicalKey| self.ranks.get(&(parent, key)).copied().unwrap_or(0);
        let all = parents.into_iter().chain(top);
        all.map(|parent| Parent { key: parent.clone(), rank: rank(parent) }).collect()
    }
}

/// The place of every child among the children of each of its parents.
fn ranks_of<'a>(
    normalized: &'a Normalized,
    hierarchy: &Hierarchy<'a>,
) -> BTreeMap<(&'a CanonicalKey, &'a CanonicalKey), u64> {
    let mut ranks = BTreeMap::new();
    let mut parents: BTreeSet<&CanonicalKey> = BTreeSet::new();
    for resource in &normalized.resources {
        parents.insert(&resource.identity().key);
    }
    for alignment in &normalized.alignments {
        parents.extend(alignment.target.key.as_ref());
    }
    for parent in parents {
        for (rank, child) in hierarchy.children(parent).iter().enumerate() {
            ranks
                .entry((parent, *child))
                .or_insert_with(|| u64::try_from(rank).unwrap_or(u64::MAX));
        }
    }
    ranks
}

fn licenses_of(normalized: &Normalized) -> BTreeMap<&CanonicalKey, LicenseCard> {
    let defined = normalized.resources.iter().filter_map(|resource| match resource {
        Resource::Definition(definition) if definition.license_text.is_some() => Some((
            &definition.identity.key,
            LicenseCard {
                title: definition.title.first().map(plain),
                uri: definition.identity.uri.clone(),
                text: definition.license_text.clone(),
            },
        )),
        _ => None,
    });
    defined.collect()
}
