//! The order of what is found.
//!
//! Hits come in tiers, each a query of its own, so that no score has to stand for two things. Inside a tier they go by
//! score, and where scores are equal by key; a resource takes the first place that any of its copies has.

use std::collections::BTreeSet;

use ontology::{CanonicalKey, fold_code, identify, lineage};
use serde::Deserialize;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query};
use tantivy::{DocAddress, Score};

use crate::card::{Card, Stored};
use crate::cards::{Cards, hash, word};
use crate::copies::choose;
use crate::error::IndexError;
use crate::search::place::Place;
use crate::search::query::{Correction, Hit, MAX_LIMIT, MAX_OFFSET, SearchQuery};
use crate::search::terms::Terms;
use crate::search::words::Word;

/// One part of a query and how it counts.
type Clause = (Occur, Box<dyn Query>);

/// The most documents of a tier that are ranked. It is the same for every page, so that pages neither overlap nor gape;
/// twice what can be asked for, because copies fold into one.
const WINDOW: usize = 2 * (MAX_OFFSET + MAX_LIMIT);

/// A question, ready to be asked.
pub(super) struct Ranking<'a> {
    cards: &'a Cards,
    query: &'a SearchQuery,
    /// The names that the text may be, the surest first.
    names: Vec<CanonicalKey>,
    /// The codes that the text may be.
    codes: Vec<Box<dyn Query>>,
    words: Vec<Box<dyn Query>>,
    terms: Terms,
}

/// What is read of a card to give it its place.
#[derive(Deserialize)]
struct Placed {
    resource: Named,
    framework: Option<Keyed>,
}

impl Stored for Placed {}

#[derive(Deserialize)]
struct Named {
    identity: Keyed,
}

#[derive(Deserialize)]
struct Keyed {
    key: CanonicalKey,
}

/// The resources that have a place, in order.
#[derive(Default)]
struct Places {
    order: Vec<(Score, CanonicalKey)>,
    seen: BTreeSet<CanonicalKey>,
}

impl Places {
    fn take(&mut self, score: Score, key: CanonicalKey) {
        if self.seen.insert(key.clone()) {
            self.order.push((score, key));
        }
    }
}

impl<'a> Ranking<'a> {
    pub(super) fn of(cards: &'a Cards, query: &'a SearchQuery) -> Result<Self, IndexError> {
        let read = identify(&query.text);
        let spellings = read.iri.iter().flat_map(CanonicalKey::spellings);
        let contained = read.contained.as_ref().map(CanonicalKey::guid);
        let names =
            read.iri.iter().chain(&read.key).cloned().chain(contained).chain(spellings).collect();
        let codes = [Some(query.text.as_str()), read.code.as_deref()].into_iter().flatten();
        let codes: BTreeSet<String> =
            codes.map(fold_code).filter(|code| !code.is_empty()).collect();
        let words = Word::deciding(Word::all_of(&query.text), cards)?;
        Ok(Self {
            names,
            codes: codes.iter().map(|code| word(cards.fields().code, code)).collect(),
            words: words.iter().map(|word| word.query(cards.fields())).collect(),
            terms: Terms {
                stems: crate::language::tokens(&query.text, crate::language::Language::English)
                    .into_iter()
                    .map(|token| token.stem)
                    .collect(),
                words: BTreeSet::new(),
            },
            cards,
            query,
        })
    }

    /// Counts the documents that match in any way.
    pub(super) fn total(&self) -> Result<usize, IndexError> {
        let field = self.cards.fields().alias_key;
        let names = self.names.iter().map(|name| hash(field, name));
        let ways = names.chain(each(&self.codes)).chain(each(&self.words)).collect();
        let all = self.clauses(vec![(Occur::Must, Box::new(BooleanQuery::union(ways)))]);
        Ok(self.cards.searcher().search(&all, &Count)?)
    }

    /// Whether everything is asked for.
    pub(super) fn is_browsing(&self) -> bool {
        matches!(self.query.text.trim(), "" | "*")
    }

    /// Asks for all that is found in any way, whatever the filters say.
    pub(super) fn matching(&self) -> Box<dyn Query> {
        if self.is_browsing() {
            return Box::new(AllQuery);
        }
        let field = self.cards.fields().alias_key;
        let names = self.names.iter().map(|name| hash(field, name));
        Box::new(BooleanQuery::union(
            names.chain(each(&self.codes)).chain(each(&self.words)).collect(),
        ))
    }

    /// The words to show as met.
    pub(super) fn terms(&self) -> &Terms {
        &self.terms
    }

    /// What was looked for instead of words that no text has.
    pub(super) fn corrections(&self) -> &[Correction] {
        &[]
    }

    /// Gives the hits of the page, each with its place.
    pub(super) fn page(&self, after: Option<&Place>) -> Result<Vec<(Place, Hit)>, IndexError> {
        let mut all = Vec::new();
        for (score, key) in self.all(if after.is_some() {
            MAX_OFFSET
        } else {
            self.query.offset + self.query.limit
        })? {
            all.push(Place { tier: 0, state: 0, mirrored: false, score, key: key.to_string() });
        }
        let from = after.and_then(|after| all.iter().position(|place| place.key == after.key));
        let page = all.into_iter().skip(from.map_or(self.query.offset, |at| at + 1));
        let mut hits = Vec::new();
        for place in page.take(self.query.limit) {
            let hit = match place.key.parse() {
                Ok(key) => self.read(place.score, &key)?,
                Err(_) => None,
            };
            hits.extend(hit.map(|hit| (place, hit)));
        }
        Ok(hits)
    }

    /// Reads what stands at a place.
    pub(super) fn hit(
        &self,
        address: DocAddress,
        place: &Place,
    ) -> Result<Option<Hit>, IndexError> {
        let card: Card = self.cards.stored(address)?;
        self.read(place.score, card.key())
    }

    /// Gives the hits of the page.
    fn all(&self, wanted: usize) -> Result<Vec<(Score, CanonicalKey)>, IndexError> {
        let mut places = Places::default();
        for name in &self.names {
            let held = self.cards.named(name)?;
            held.iter()
                .filter(|card| self.passes(card))
                .for_each(|card| places.take(0.0, card.key().clone()));
        }
        for tier in self.tiers() {
            if places.order.len() < wanted {
                self.place(&tier, wanted, &mut places)?;
            }
        }
        Ok(places.order)
    }

    /// The queries whose hits follow one another.
    fn tiers(&self) -> Vec<BooleanQuery> {
        let status = |state: &str| (Occur::Must, silent(word(self.cards.fields().status, state)));
        let any = || Box::new(BooleanQuery::union(each(&self.words).collect()));
        let all = || Box::new(BooleanQuery::intersection(each(&self.words).collect()));
        let states: &[&str] = if self.cards.shows_provisional() {
            &["current", "provisional", "withdrawn"]
        } else {
            &["current", "withdrawn"]
        };
        let mut tiers = Vec::new();
        for state in states.iter().filter(|_| !self.codes.is_empty()) {
            let code = silent(Box::new(BooleanQuery::union(each(&self.codes).collect())));
            let clauses = vec![status(state), (Occur::Must, code), (Occur::Should, any())];
            tiers.push(self.clauses(clauses));
        }
        for state in states.iter().filter(|_| !self.words.is_empty()) {
            tiers.push(self.clauses(vec![status(state), (Occur::Must, all())]));
            let clauses = vec![status(state), (Occur::Must, any()), (Occur::MustNot, all())];
            tiers.push(self.clauses(clauses));
        }
        tiers
    }

    /// Adds the filters, which have no part in the score.
    fn clauses(&self, mut clauses: Vec<Clause>) -> BooleanQuery {
        let fields = self.cards.fields();
        let filters = self.query.filters.queries(self.cards, None);
        clauses.extend(filters.into_iter().map(|filter| (Occur::Must, silent(filter))));
        if !self.cards.shows_provisional() {
            clauses.push((Occur::MustNot, silent(word(fields.status, "provisional"))));
        }
        BooleanQuery::new(clauses)
    }

    /// Gives the hits of a tier their places, until there are enough.
    fn place(
        &self,
        tier: &BooleanQuery,
        wanted: usize,
        places: &mut Places,
    ) -> Result<(), IndexError> {
        let best = TopDocs::with_limit(WINDOW).order_by_score();
        let found: Vec<(Score, DocAddress)> = self.cards.searcher().search(tier, &best)?;
        // Equal scores are read together, because their order is that of keys which are not known before.
        for equals in found.chunk_by(|(a, _), (b, _)| a.total_cmp(b).is_eq()) {
            if places.order.len() >= wanted {
                break;
            }
            let mut keys = Vec::new();
            for (score, address) in equals {
                let place: Placed = self.cards.stored(*address)?;
                if self.is_within(place.framework.as_ref().map(|framework| &framework.key)) {
                    keys.push((*score, place.resource.identity.key));
                }
            }
            keys.sort_by(|(_, a), (_, b)| a.cmp(b));
            for (score, key) in keys {
                places.take(score, key);
            }
        }
        Ok(())
    }

    /// Reads the copies of a resource and chooses one.
    fn read(&self, score: Score, key: &CanonicalKey) -> Result<Option<Hit>, IndexError> {
        let mut held = self.cards.named(key)?;
        held.retain(|card| card.key() == key && self.passes(card));
        let chosen = choose(held).into_iter().next();
        Ok(chosen.map(|chosen| Hit {
            score,
            copies: 1 + chosen.copies.len(),
            card: chosen.card,
            twins: Vec::new(),
            highlights: Vec::new(),
            explanation: None,
        }))
    }

    fn passes(&self, card: &Card) -> bool {
        let kinds = &self.query.filters.kinds;
        let is_kind = kinds.is_empty() || kinds.contains(&card.resource.kind());
        let of_class = |wanted: &String| {
            let types = card.node().into_iter().flat_map(|node| &node.types);
            types.flat_map(|class| lineage(class)).any(|class| class == *wanted)
        };
        let classes = &self.query.filters.classes;
        let is_class = classes.is_empty() || classes.iter().any(of_class);
        is_kind
            && is_class
            && self.is_within(card.framework.as_ref().map(|framework| &framework.key))
    }

    fn is_within(&self, framework: Option<&CanonicalKey>) -> bool {
        let wanted = &self.query.filters.frameworks;
        wanted.is_empty() || framework.is_some_and(|framework| wanted.contains(framework))
    }
}

/// Lets a query decide and not weigh.
fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn each(queries: &[Box<dyn Query>]) -> impl Iterator<Item = Box<dyn Query>> + '_ {
    queries.iter().map(|query| query.box_clone())
}
