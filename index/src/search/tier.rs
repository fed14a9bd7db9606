//! Tiers: what comes first, whatever its words are worth.
//!
//! Each is a query of its own, so that no score has to stand for two things. A resource is in the first tier that any of its copies
//! reaches.

use tantivy::query::TermQuery;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query};
use tantivy::schema::{IndexRecordOption, Term};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::search::code::continued;
use crate::search::element::{Element, Way};
use crate::search::phrase::adjacent;
use crate::search::question::Question;
use crate::search::reading::{ReadWord, Reading};
use crate::term::{hash, word};

/// The most words that are looked for side by side though nobody asked for that.
const MAX_ADJACENT: usize = 4;

/// What a code is worth that is the label as well: more than any words.
const CODE: f32 = 1_000.0;

/// What comes first, and what each tier means.
const TIERS: [(&str, &str); 8] = [
    ("identifier", "the text is an identifier of it"),
    ("label", "the text is its whole name or statement"),
    ("code", "the text is its code"),
    ("codePrefix", "its code begins with the text"),
    ("allWords", "it has every word of the text"),
    ("corrected", "it has every word of the text once slips in it are mended"),
    ("someWords", "it has some words of the text"),
    ("browse", "nothing particular was asked for"),
];

/// What is found in one way, and how it is ordered.
#[derive(Debug)]
pub(super) struct Tier {
    /// Its number among the tiers of the question. It depends on nothing but the text.
    pub number: usize,
    /// Its name.
    pub name: &'static str,
    /// What a document must be, which adds nothing to its score.
    pub gate: Option<Box<dyn Query>>,
    /// What it must have.
    pub required: Vec<Element>,
    /// What adds to its score; where there is nothing else, some of it must be met.
    pub optional: Vec<Element>,
}

impl Tier {
    fn of(name: &'static str) -> Self {
        Self { number: 0, name, gate: None, required: Vec::new(), optional: Vec::new() }
    }

    fn gated(name: &'static str, gate: Box<dyn Query>, optional: Vec<Element>) -> Self {
        Self { gate: Some(gate), optional, ..Self::of(name) }
    }

    /// Asks for everything of the tier, those of the tiers before it among it.
    pub(super) fn query(&self) -> BooleanQuery {
        let gate = self.gate.iter().map(|gate| (Occur::Must, silent(gate.box_clone())));
        let required = self.required.iter().map(|element| (Occur::Must, element.query()));
        let optional = self.optional.iter().map(|element| (Occur::Should, element.query()));
        BooleanQuery::new(gate.chain(required).chain(optional).collect())
    }

    /// What it means to be in the tier.
    pub(super) fn reason(&self) -> &'static str {
        let known = TIERS.iter().find(|(name, _)| *name == self.name);
        known.map_or("", |(_, reason)| *reason)
    }
}

/// The tiers of a question, the first first; those that nothing could be in are left out.
pub(super) fn tiers(
    cards: &Cards,
    question: &Question,
    reading: &Reading,
) -> Result<Vec<Tier>, IndexError> {
    if question.is_everything {
        return Ok(vec![Tier::gated("browse", Box::new(AllQuery), Vec::new())]);
    }
    let mut tiers: Vec<Option<Tier>> = Vec::new();
    for name in &question.names {
        let is_held = !cards.named(name)?.is_empty();
        let gate = is_held.then(|| hash(cards.fields().alias_key, name));
        tiers.push(gate.map(|gate| Tier::gated("identifier", gate, Vec::new())));
    }
    let exact = [labelled(cards, question, reading), coded(cards, question, reading)];
    tiers.extend(exact);
    if question.is_code {
        // What has the form of a code is one first.
        let n_tiers = tiers.len();
        tiers.swap(n_tiers - 1, n_tiers - 2);
    }
    // What is no code by its form may be the beginning of one, when it is no word either.
    let begun = code_prefix(cards, question)?;
    let (sure, guessed) = if question.is_code { (begun, None) } else { (None, begun) };
    tiers.extend([sure, all_words(cards, question, reading), guessed]);
    tiers.extend([corrected(reading), some_words(reading)]);
    let numbered = tiers.into_iter().enumerate();
    let numbered = numbered.filter_map(|(number, tier)| Some(Tier { number, ..tier? }));
    Ok(numbered.collect())
}

/// What is called so. Of several, what has the text for its code as well comes first.
fn labelled(cards: &Cards, question: &Question, reading: &Reading) -> Option<Tier> {
    let field = cards.fields().label_key;
    let term = |key: &u64| Term::from_field_u64(field, *key);
    let ways = question.labels.iter().map(|key| -> Box<dyn Query> {
        Box::new(TermQuery::new(term(key), IndexRecordOption::Basic))
    });
    let code = |code: &String| Element {
        asked: code.clone(),
        ways: vec![Way {
            query: Box::new(ConstScoreQuery::new(word(cards.fields().code, code), CODE)),
            met: code.clone(),
            field: "code",
            how: "word",
        }],
    };
    let mut optional = literal(reading);
    optional.extend(question.codes.iter().map(code));
    any(ways.collect()).map(|gate| Tier::gated("label", gate, optional))
}

fn coded(cards: &Cards, question: &Question, reading: &Reading) -> Option<Tier> {
    let ways = question.codes.iter().map(|code| word(cards.fields().code, code));
    any(ways.collect()).map(|gate| Tier::gated("code", gate, literal(reading)))
}

fn code_prefix(cards: &Cards, question: &Question) -> Result<Option<Tier>, IndexError> {
    let mut required = Vec::new();
    let may_begin = question.is_code || question.is_one_piece();
    for code in question.codes.iter().filter(|_| may_begin).take(1) {
        // A dash at the end belongs to what is still to be typed.
        required.extend(continued(cards, code.trim_end_matches('-'))?);
    }
    let is_any = !required.is_empty();
    Ok(is_any.then(|| Tier { required, ..Tier::of("codePrefix") }))
}

fn all_words(cards: &Cards, question: &Question, reading: &Reading) -> Option<Tier> {
    let is_met = |word: &ReadWord| !word.literal.is_empty();
    let required: Vec<Element> = reading.phrases.iter().cloned().chain(literal(reading)).collect();
    if required.is_empty() || !reading.words.iter().all(is_met) {
        return None;
    }
    let mut optional = reading.others.clone();
    optional.extend(exact(reading, false));
    if (2..=MAX_ADJACENT).contains(&reading.words.len()) {
        let language = question.languages.first();
        optional.extend(language.and_then(|language| adjacent(cards, &question.text, *language)));
    }
    Some(Tier { required, optional, ..Tier::of("allWords") })
}

fn corrected(reading: &Reading) -> Option<Tier> {
    let words: Vec<Element> = reading.words.iter().map(ReadWord::loosely).collect();
    let is_corrected = reading.words.iter().any(|word| !word.corrected.is_empty());
    if !is_corrected || words.iter().any(|word| word.ways.is_empty()) {
        return None;
    }
    let required = reading.phrases.iter().cloned().chain(words).collect();
    let optional = reading.others.iter().cloned().chain(exact(reading, true)).collect();
    Some(Tier { required, optional, ..Tier::of("corrected") })
}

fn some_words(reading: &Reading) -> Option<Tier> {
    // A word that a text has is looked for as it is; only of one that no text has, another may stand for it.
    let mut optional = Vec::new();
    for word in &reading.words {
        let is_loose = word.literal.is_empty();
        let element = if is_loose { word.loosely() } else { word.literally() };
        if !element.ways.is_empty() {
            let exact = Some(word.exactly(is_loose)).filter(|exact| !exact.ways.is_empty());
            optional
                .extend([Some(word.anyhow(&element)), Some(element), exact].into_iter().flatten());
        }
    }
    let is_more = reading.words.len() > 1 || !reading.phrases.is_empty();
    let required = reading.phrases.clone();
    let of_words = any(optional.iter().map(Element::query).collect());
    if !is_more || (of_words.is_none() && required.is_empty()) {
        return None;
    }
    optional.extend(reading.others.clone());
    // Words that only add find nothing by themselves; a phrase does.
    let gate = of_words.filter(|_| required.is_empty());
    Some(Tier { gate, required, optional, ..Tier::of("someWords") })
}

/// The words that texts have, as they were asked for.
fn literal(reading: &Reading) -> Vec<Element> {
    let words = reading.words.iter().map(ReadWord::literally);
    words.filter(|word| !word.ways.is_empty()).collect()
}

/// A little more for the words in the very form in which they were asked for.
fn exact(reading: &Reading, is_loose: bool) -> impl Iterator<Item = Element> {
    let elements = reading.words.iter().map(move |word| word.exactly(is_loose));
    elements.filter(|element| !element.ways.is_empty())
}

fn any(ways: Vec<Box<dyn Query>>) -> Option<Box<dyn Query>> {
    (!ways.is_empty()).then(|| -> Box<dyn Query> { Box::new(BooleanQuery::union(ways)) })
}

/// Lets a query decide and not weigh.
pub(super) fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
