//! What the items of a framework come to in numbers.

use std::collections::BTreeMap;

use ontology::{CanonicalKey, LanguageMap, plain};
use serde::Deserialize;

use crate::card::{Parent, Step, Stored};

/// How many items of a sort are named, beside the number of all.
const NAMED: usize = 5;

/// How many codes that are repeated are named.
const NAMED_CODES: usize = 10;

/// The most characters of the words of an item that is named.
const LABEL_CHARS: usize = 120;

/// What is read of every item of a framework.
#[derive(Debug, Deserialize)]
pub(super) struct Place {
    pub resource: Item,
    #[serde(default)]
    pub parents: Vec<Parent>,
    #[serde(default)]
    pub withdrawn: bool,
}

impl Stored for Place {}

#[derive(Debug, Deserialize)]
/// What an item says of itself.
pub(super) struct Item {
    identity: Keyed,
    #[serde(default)]
    statement: LanguageMap,
    #[serde(default)]
    label: LanguageMap,
    #[serde(default)]
    code: Option<String>,
    #[serde(default, rename = "itemType")]
    sort: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Keyed {
    key: CanonicalKey,
}

impl Place {
    /// The identity of the item.
    pub(super) fn key(&self) -> &CanonicalKey {
        &self.resource.identity.key
    }
}

/// Items of a sort: how many there are, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// How many there are.
    pub n: usize,
    /// Some of them.
    pub first: Vec<Step>,
}

impl Noted {
    fn add(&mut self, item: &Item) {
        self.n += 1;
        if self.first.len() < NAMED {
            let words = item.label.first().or_else(|| item.statement.first()).map(plain);
            let words = words.filter(|words| !words.is_empty());
            let key = item.identity.key.clone();
            let label = words.or_else(|| item.code.clone()).unwrap_or_else(|| key.to_string());
            let label = label.chars().take(LABEL_CHARS).collect();
            self.first.push(Step { key, code: item.code.clone(), label });
        }
    }
}

/// What the items of a framework come to in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// How many items there are.
    pub n: usize,
    /// Whether all items were read; of a very large framework only some are.
    pub is_whole: bool,
    /// How many are of each type, the most first; none are those without a type.
    pub types: Vec<(Option<String>, usize)>,
    /// How many stand on each level, from the one directly under the framework.
    pub depths: Vec<usize>,
    /// How many hang on nothing that is here.
    pub n_loose: usize,
    /// Those without a code.
    pub without_code: Noted,
    /// Those without a statement.
    pub without_words: Noted,
    /// How many codes stand at several items.
    pub n_repeated_codes: usize,
    /// The codes that most items share, with how many.
    pub repeated_codes: Vec<(String, usize)>,
}

/// Statistics that are still being made.
#[derive(Debug, Default)]
pub(super) struct Counting {
    made: Statistics,
    /// How many items have each type.
    by_type: BTreeMap<Option<String>, usize>,
    /// How many items have each code.
    by_code: BTreeMap<String, usize>,
}

impl Counting {
    /// Counts an item by what it says.
    pub(super) fn add(&mut self, place: Place) {
        let item = place.resource;
        if item.statement.is_empty() {
            self.made.without_words.add(&item);
        }
        let code = item.code.as_deref().map(str::trim).filter(|code| !code.is_empty());
        match code {
            None => self.made.without_code.add(&item),
            Some(code) => *self.by_code.entry(code.to_owned()).or_default() += 1,
        }
        *self.by_type.entry(item.sort).or_default() += 1;
    }

    /// Counts an item by where it stands.
    pub(super) fn place(&mut self, depth: usize) {
        self.made.n += 1;
        let Some(level) = depth.checked_sub(1) else {
            self.made.n_loose += 1;
            return;
        };
        let depths = &mut self.made.depths;
        depths.resize(depths.len().max(level + 1), 0);
        if let Some(n) = depths.get_mut(level) {
            *n += 1;
        }
    }

    /// Orders what was counted, the most first.
    pub(super) fn settled(self, is_whole: bool) -> Statistics {
        let mut types: Vec<(Option<String>, usize)> = self.by_type.into_iter().collect();
        types.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let mut repeated_codes: Vec<(String, usize)> =
            self.by_code.into_iter().filter(|(_, n)| *n > 1).collect();
        repeated_codes.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let n_repeated_codes = repeated_codes.len();
        repeated_codes.truncate(NAMED_CODES);
        Statistics { is_whole, types, n_repeated_codes, repeated_codes, ..self.made }
    }
}
