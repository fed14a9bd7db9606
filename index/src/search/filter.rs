//! Filters: which resources may be found at all.

use ontology::{CanonicalKey, Kind};
use tantivy::query::{BooleanQuery, Query};

use crate::cards::{Cards, hash, word};
use crate::language::fold_label;
use crate::schema::sort;
use crate::search::facet::Facet;

/// What may be found. Values of one filter are alternatives; different filters must all be met; an empty one lets everything pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filters {
    /// Resources of these kinds.
    pub kinds: Vec<Kind>,
    /// Resources of these classes of CTDL (`ceterms:Degree`), or of classes below them.
    pub classes: Vec<String>,
    /// Resources of these frameworks, and the frameworks themselves.
    pub frameworks: Vec<CanonicalKey>,
    /// Resources whose framework, or which themselves, are published by these.
    pub publishers: Vec<String>,
    /// Resources of these sources.
    pub sources: Vec<String>,
    /// Resources of these subjects.
    pub subjects: Vec<String>,
    /// Resources for these education levels, as people write them (`K`, `KG`, `3`, `9-12`, `Undergraduate`).
    pub levels: Vec<String>,
    /// Resources in these languages, by [BCP 47](https://www.rfc-editor.org/info/bcp47) tag; the primary subtag decides.
    pub languages: Vec<String>,
    /// Resources of these states: `current`, `deprecated`, `withdrawn`, `provisional`.
    pub statuses: Vec<String>,
    /// Resources under these licences.
    pub licenses: Vec<String>,
    /// Only what has an alignment that leads out of its hierarchy, or only what has none.
    pub aligned: Option<bool>,
    /// Resources that hold in these places.
    pub jurisdictions: Vec<String>,
}

impl Filters {
    /// The queries that must all be met; the filter of one facet may be left out, so that its other values can be counted.
    pub(crate) fn queries(&self, cards: &Cards, except: Option<Facet>) -> Vec<Box<dyn Query>> {
        let fields = cards.fields();
        let mut all = vec![word(fields.sort, sort::RESOURCE)];
        let mut any = |facet: Facet, ways: Vec<Box<dyn Query>>| {
            if !ways.is_empty() && except != Some(facet) {
                all.push(Box::new(BooleanQuery::union(ways)));
            }
        };
        any(Facet::Kind, self.kinds.iter().map(|kind| word(fields.kind, kind.as_str())).collect());
        any(Facet::Class, self.classes.iter().map(|class| word(fields.class, class)).collect());
        any(
            Facet::Framework,
            self.frameworks.iter().map(|key| hash(fields.framework_key, key)).collect(),
        );
        let folded = |field, values: &[String]| {
            values.iter().map(|value| word(field, &fold_label(value))).collect()
        };
        any(Facet::Subject, folded(fields.subject, &self.subjects));
        all
    }
}
