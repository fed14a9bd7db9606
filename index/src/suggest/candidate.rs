//! Candidates: what the lanes bring up, judged, folded, and put in order.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use tantivy::DocAddress;

use crate::card::Card;
use crate::cards::Cards;
use crate::copies::choose;
use crate::error::IndexError;
use crate::suggest::column::Columns;
use crate::suggest::evidence::{by_name, by_surroundings};
use crate::suggest::fusion::{Best, fuse};
use crate::suggest::judgement::{Judgement, Saying};
use crate::suggest::lane::{LANES, Part};
use crate::suggest::lexicon::Lexicon;
use crate::suggest::scope::Scope;
use crate::suggest::suggestion::Suggested;
use crate::suggest::text::Text;
use crate::suggest::twin::twins;
use crate::vocabulary::Vocabulary;

/// What each lane gave for a document.
type Lanes = BTreeMap<&'static str, f32>;

/// A search for what a text is about.
pub(super) struct Search<'a> {
    cards: &'a Cards,
    text: &'a Text,
    vocabulary: &'a Vocabulary,
    lexicon: Lexicon<'a>,
    columns: Columns<'a>,
    /// What was found, by the group that copies and twins share.
    found: BTreeMap<u64, Candidate>,
}

/// A resource that the text may be about.
struct Candidate {
    score: f64,
    /// The name that speaks for it.
    name: Saying,
    /// The passage that it is about.
    passage: Range<usize>,
    lanes: Lanes,
    /// The copies and twins that were found.
    documents: BTreeSet<DocAddress>,
}

/// A name of a document, held against a passage.
struct Judged {
    group: u64,
    address: DocAddress,
    name: Saying,
    passage: Range<usize>,
    n_stems: usize,
    judgement: Judgement,
    is_label: bool,
}

impl<'a> Search<'a> {
    pub(super) fn new(cards: &'a Cards, text: &'a Text) -> Result<Self, IndexError> {
        let vocabulary = cards.vocabulary()?;
        Ok(Self {
            cards,
            text,
            vocabulary,
            lexicon: Lexicon::of(vocabulary, text.language),
            columns: Columns::of(cards),
            found: BTreeMap::new(),
        })
    }

    /// Finds what a part of the text is about.
    pub(super) fn look_at(
        &mut self,
        passages: &[Range<usize>],
        scope: &Scope,
    ) -> Result<(), IndexError> {
        let words = self.text.of_passages(passages);
        let (cards, vocabulary, text) = (self.cards, self.vocabulary, self.text);
        let part = Part { cards, vocabulary, scope, text, words };
        let mut documents: BTreeMap<DocAddress, Lanes> = BTreeMap::new();
        for lane in &LANES {
            for (score, address) in (lane.find)(&part)? {
                documents.entry(address).or_default().insert(lane.name, score);
            }
        }
        let judged = self.judge(documents, passages)?;
        let best = Best::of(judged.iter().map(|judged| &judged.judgement));
        for judged in judged {
            self.take(judged, &best);
        }
        Ok(())
    }

    /// Holds every name of the documents against the passage that has most of its words.
    fn judge(
        &mut self,
        documents: BTreeMap<DocAddress, Lanes>,
        passages: &[Range<usize>],
    ) -> Result<Vec<Judged>, IndexError> {
        let mut sayings: Vec<(Range<usize>, Saying)> = Vec::new();
        for passage in passages {
            let words = self.text.of_range(passage);
            sayings.push((passage.clone(), Saying::of_passage(words, &mut self.lexicon)));
        }
        let mut judged = Vec::new();
        for (address, lanes) in documents {
            let group = self.columns.group(address)?;
            for label in self.columns.labels(address)? {
                let name = Saying::of_label(&label, &mut self.lexicon);
                let Some((passage, saying)) = fullest(&sayings, &name) else {
                    continue;
                };
                let around = lanes.get("around").copied().map_or(0.0, f64::from);
                let judgement = Judgement { around, ..Judgement::of(&name, saying, &self.lexicon) };
                let (passage, n_stems) = (passage.clone(), saying.n_stems());
                let is_label = lanes.contains_key("label");
                judged.push(Judged { group, address, name, passage, n_stems, judgement, is_label });
            }
        }
        Ok(judged)
    }

    /// Keeps the best name and passage of each group.
    fn take(&mut self, judged: Judged, best: &Best) {
        let measured = best.measure(&judged.judgement);
        let score = fuse(&measured, judged.n_stems);
        let candidate = self.found.entry(judged.group).or_insert_with(|| Candidate {
            score: f64::MIN,
            name: judged.name.clone(),
            passage: judged.passage.clone(),
            lanes: Lanes::new(),
            documents: BTreeSet::new(),
        });
        candidate.documents.insert(judged.address);
        if score > candidate.score {
            candidate.score = score;
            candidate.lanes = lanes(&measured, judged.is_label);
            candidate.name = judged.name;
            candidate.passage = judged.passage;
        }
    }

    /// Gives what was found, the likeliest first.
    pub(super) fn suggestions(
        mut self,
        threshold: f32,
        limit: usize,
    ) -> Result<Vec<Suggested>, IndexError> {
        let mut found: Vec<(u64, Candidate)> =
            std::mem::take(&mut self.found).into_iter().collect();
        // What is told is what is held against the threshold.
        found.retain(|(_, candidate)| as_single(candidate.score) >= threshold);
        found.sort_by(|(a, one), (b, other)| other.score.total_cmp(&one.score).then(a.cmp(b)));
        let mut suggested = Vec::new();
        for (_, candidate) in found.into_iter().take(limit) {
            suggested.extend(self.suggestion(candidate)?);
        }
        // Where scores are equal, the key decides.
        suggested.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| a.card.key().cmp(b.card.key()))
        });
        Ok(suggested)
    }

    fn suggestion(&mut self, candidate: Candidate) -> Result<Option<Suggested>, IndexError> {
        let words = self.text.of_range(&candidate.passage);
        let mut evidence = by_name(words, &candidate.name, &mut self.lexicon);
        let mut held = Vec::new();
        for address in candidate.documents {
            if evidence.is_empty() {
                evidence = by_surroundings(words, address, self.cards)?;
            }
            held.push(self.cards.stored::<Card>(address)?);
        }
        let Some(chosen) = choose(held).into_iter().next() else { return Ok(None) };
        let twins = twins(self.cards, &chosen.card)?;
        let (card, score) = (chosen.card, as_single(candidate.score));
        Ok(Some(Suggested { card, score, evidence, lanes: candidate.lanes, twins }))
    }
}

/// The passage with most of the words of a name, the first where several have.
fn fullest<'s>(
    passages: &'s [(Range<usize>, Saying)],
    name: &Saying,
) -> Option<&'s (Range<usize>, Saying)> {
    let mut passages = passages.iter();
    let mut fullest = passages.next()?;
    let mut most = name.overlap(&fullest.1);
    for passage in passages {
        let overlap = name.overlap(&passage.1);
        if overlap > most {
            (most, fullest) = (overlap, passage);
        }
    }
    Some(fullest)
}

/// What each lane gave, as it is told.
fn lanes(judged: &Judgement, is_label: bool) -> Lanes {
    let label = if is_label { 1.0 } else { 0.0 };
    let all = [
        ("words", judged.words),
        ("grams", judged.grams),
        ("label", label),
        ("around", judged.around),
    ];
    all.into_iter()
        .filter(|(_, gave)| *gave > 0.0)
        .map(|(name, gave)| (name, as_single(gave)))
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "a score from 0 to 1 in single precision")]
fn as_single(score: f64) -> f32 {
    score as f32
}
