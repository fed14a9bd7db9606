//! What the index has of the words of a question.

use std::collections::BTreeSet;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::cards::Cards;
use crate::error::IndexError;
use crate::language::Language;
use crate::search::element::{Element, Form, Way, any_shown, rarity, ways, weights};
use crate::search::phrase::phrase;
use crate::search::prefix::continuations;
use crate::search::query::Correction;
use crate::search::question::Question;
use crate::search::typo::{Corrected, Typed, corrections};
use crate::search::words::{Says, Word, stems_of};

/// The most words that decide.
const MAX_WORDS: usize = 16;

/// The most words that go on from a beginning.
const MAX_CONTINUATIONS: usize = 50;

/// The most words of a question whose words are corrected though texts have them.
const MAX_DOUBTED: usize = 8;

/// What the beginning of a word is worth beside the word itself.
const AHEAD: f32 = 0.5;

/// What a corrected word is worth beside the word itself, by its slips.
const CORRECTED: [f32; 2] = [0.6, 0.4];

/// What another form of a word is worth beside the word itself.
const OTHER: f32 = 0.4;

/// What a word is worth, for how rare it is, that stands in a text in the very form in which it was asked for.
const EXACT: f32 = 2.0;

/// What a word is worth, for how rare it is, wherever and however often it is met: it sets what has more of the words before what is short.
const COVERED: f32 = 2.0;

/// What a code among the words is worth.
const CODE: f32 = 3.0;

/// What a word is worth that is only known to stand somewhere.
const ANYWHERE: f32 = 0.5;

/// The words of a question with what the index has of them.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// What stands in quotation marks.
    pub phrases: Vec<Element>,
    /// The words that a text must have to have all.
    pub words: Vec<ReadWord>,
    /// Words that say little: they count where they are met.
    pub others: Vec<Element>,
}

/// A word with what the index has of it.
#[derive(Debug)]
pub(super) struct ReadWord {
    /// The word, as it was asked for.
    pub word: Word,
    /// The word itself and what goes on from it.
    pub literal: Vec<Way>,
    /// What it may have been meant for.
    pub corrected: Vec<Way>,
    /// The word in the very form in which it was asked for.
    pub exact: Vec<Way>,
    /// The words that it may have been meant for, in that form.
    pub corrected_exact: Vec<Way>,
    /// How rare it is.
    pub rarity: f32,
    /// The words that go on from it.
    pub ahead: Vec<String>,
    /// The words that it may have been meant for.
    pub instead: Vec<String>,
}

impl Reading {
    /// Looks the words of a question up.
    pub(super) fn of(cards: &Cards, question: &Question) -> Result<Self, IndexError> {
        let languages = &question.languages;
        let phrases = question.phrases.iter().map(|text| phrase(cards, text, languages));
        let phrases: Vec<Element> = phrases.collect();
        let (words, others) = telling(&question.words, !phrases.is_empty());
        let words = deciding(cards, words)?;
        let mut read = Self { phrases, ..Self::default() };
        for word in words {
            read.words.push(ReadWord::of(cards, word, languages)?);
        }
        for word in deciding(cards, others)? {
            let ways = literally(cards, &word)?;
            read.others.extend((!ways.is_empty()).then_some(Element { asked: word.text, ways }));
        }
        if question.may_have_slips {
            read.correct(cards, languages)?;
        }
        Ok(read)
    }

    /// Looks for what may have been meant: instead of words that no text has, and instead of the others as well where no text has all.
    fn correct(&mut self, cards: &Cards, languages: &[Language]) -> Result<(), IndexError> {
        let is_known = |word: &ReadWord| !word.literal.is_empty();
        let doubts_all = (2..=MAX_DOUBTED).contains(&self.words.len())
            && self.words.iter().all(is_known)
            && !any_shown(cards, Box::new(self.all_words()))?;
        for word in self.words.iter_mut().filter(|word| doubts_all || !is_known(word)) {
            word.correct(cards, languages)?;
        }
        for word in std::mem::take(&mut self.words) {
            for word in word.or_parts(cards, languages)? {
                self.add(word);
            }
        }
        Ok(())
    }

    /// Adds a word that is not there yet.
    fn add(&mut self, word: ReadWord) {
        let is_held = self.words.iter().any(|held| held.word.stems == word.word.stems);
        if !is_held && self.words.len() < MAX_WORDS {
            self.words.push(word);
        }
    }

    /// What was looked for instead of words that no text has.
    pub(super) fn corrections(&self) -> Vec<Correction> {
        let unknown = self.words.iter().filter(|word| word.literal.is_empty());
        let correction = |word: &ReadWord| Correction {
            word: word.word.text.clone(),
            instead: word.instead.clone(),
        };
        unknown.filter(|word| !word.instead.is_empty()).map(correction).collect()
    }

    /// Asks for what has all the words.
    fn all_words(&self) -> BooleanQuery {
        let words = self.words.iter().map(|word| word.literally().query());
        BooleanQuery::intersection(words.chain(self.phrases.iter().map(Element::query)).collect())
    }
}

impl ReadWord {
    fn of(cards: &Cards, word: Word, languages: &[Language]) -> Result<Self, IndexError> {
        let mut literal = literally(cards, &word)?;
        let mut ahead = Vec::new();
        if word.goes_on {
            ahead = continuations(cards, &word.text, MAX_CONTINUATIONS)?;
            let stems: BTreeSet<String> =
                ahead.iter().flat_map(|longer| stems_of(longer, languages)).collect();
            let others = stems.into_iter().filter(|stem| !word.stems.contains(stem));
            let form = |stem| Form { stem, how: "prefix", worth: AHEAD };
            literal.extend(ways(cards, &others.map(form).collect::<Vec<_>>())?);
        }
        let asked = Element { asked: word.text.clone(), ways: literal };
        // What only hidden texts have is not known.
        let is_shown = !asked.ways.is_empty() && any_shown(cards, asked.query())?;
        let literal = if is_shown { asked.ways } else { Vec::new() };
        let exact = exactly(cards, &word.text, 1.0)?;
        let n = n_documents(cards, word.all_stems())?;
        Ok(Self {
            rarity: rarity(n, cards.searcher().num_docs()),
            word,
            literal,
            corrected: Vec::new(),
            exact: exact.into_iter().collect(),
            corrected_exact: Vec::new(),
            ahead,
            instead: Vec::new(),
        })
    }

    fn correct(&mut self, cards: &Cards, languages: &[Language]) -> Result<(), IndexError> {
        let mut meant = corrections(cards, &self.word.text, Typed::Whole)?;
        if self.word.goes_on {
            let n_slips = |found: &[Corrected]| found.first().map_or(u8::MAX, |best| best.n_slips);
            let begun = corrections(cards, &self.word.text, Typed::Beginning)?;
            if n_slips(&begun) < n_slips(&meant) {
                meant = begun;
            }
        }
        let mut forms: Vec<Form> = Vec::new();
        for Corrected { word, n_slips } in meant {
            let worth = CORRECTED.get(usize::from(n_slips) - 1).copied().unwrap_or_default();
            let known = &self.word.stems;
            let stems = stems_of(&word, languages);
            let new: Vec<String> = stems.into_iter().filter(|stem| !known.contains(stem)).collect();
            if !new.is_empty() {
                self.corrected_exact.extend(exactly(cards, &word, worth)?);
                self.instead.push(word);
            }
            for stem in new {
                if forms.iter().all(|form| form.stem != stem) {
                    forms.push(Form { stem, how: "typo", worth });
                }
            }
        }
        if self.literal.is_empty() {
            let n = n_documents(cards, forms.iter().take(1).map(|form| &form.stem))?;
            self.rarity = rarity(n, cards.searcher().num_docs());
        }
        self.corrected = ways(cards, &forms)?;
        if self.corrected.is_empty() {
            self.instead.clear();
        } else if self.literal.is_empty() && self.word.code.is_none() && !self.word.parts.is_empty()
        {
            self.corrected.extend(self.in_parts(cards, languages)?);
        }
        Ok(())
    }

    /// The word; one of several that nothing is like, as its parts. A code has no parts that say anything.
    fn or_parts(self, cards: &Cards, languages: &[Language]) -> Result<Vec<Self>, IndexError> {
        let is_met = !self.literal.is_empty() || !self.corrected.is_empty();
        if is_met || self.word.parts.is_empty() || self.word.code.is_some() {
            return Ok(vec![self]);
        }
        let (parts, _) = telling(&self.word.parts, false);
        parts.into_iter().map(|part| Self::mended(cards, part, languages)).collect()
    }

    /// Looks a word up, and what may have been meant where no text has it.
    fn mended(cards: &Cards, word: Word, languages: &[Language]) -> Result<Self, IndexError> {
        let mut read = Self::of(cards, word, languages)?;
        if read.literal.is_empty() {
            read.correct(cards, languages)?;
        }
        Ok(read)
    }

    /// What has all the parts of a word, as they may have been meant.
    fn in_parts(&self, cards: &Cards, languages: &[Language]) -> Result<Option<Way>, IndexError> {
        let mut parts = Vec::new();
        for part in &self.word.parts {
            parts.push(Self::mended(cards, part.clone(), languages)?.loosely());
        }
        all_of(cards, &parts, "typo")
    }

    /// The word as it was asked for.
    pub(super) fn literally(&self) -> Element {
        Element { asked: self.word.text.clone(), ways: self.literal.clone() }
    }

    /// A little more for the very form in which the word was asked for, or may have been meant.
    pub(super) fn exactly(&self, is_loose: bool) -> Element {
        let corrected = self.corrected_exact.iter().filter(|_| is_loose);
        let ways = self.exact.iter().chain(corrected).cloned().collect();
        Element { asked: self.word.text.clone(), ways }
    }

    /// The same for having the word at all, wherever and however often.
    pub(super) fn anyhow(&self, element: &Element) -> Element {
        let score = COVERED * self.rarity;
        let query = Box::new(ConstScoreQuery::new(element.query(), score));
        let way = Way { query, met: self.word.text.clone(), field: "any", how: "word" };
        Element { asked: self.word.text.clone(), ways: vec![way] }
    }

    /// The word as it was asked for, or as it may have been meant.
    pub(super) fn loosely(&self) -> Element {
        let ways = self.literal.iter().chain(&self.corrected).cloned().collect();
        Element { asked: self.word.text.clone(), ways }
    }
}

/// Parts the words that have to be met from those that only add: stop words are looked for only where nothing else is asked for.
fn telling(words: &[Word], has_phrases: bool) -> (Vec<Word>, Vec<Word>) {
    let most = words.iter().map(|word| word.says).max().unwrap_or(Says::Nothing);
    let has_something = most == Says::Something || has_phrases;
    let wanted = if has_something { Says::Something } else { most };
    let of = |says: Says| words.iter().filter(move |word| word.says == says).cloned().collect();
    let others = if has_something { of(Says::Little) } else { Vec::new() };
    (of(wanted), others)
}

/// The word itself, in the texts; where it is in none but is known to stand somewhere, as a stop word does, there. A word of several is
/// also met by what has all its parts, and a code by what has it.
fn literally(cards: &Cards, word: &Word) -> Result<Vec<Way>, IndexError> {
    let mut found = match word.says {
        Says::Nothing => Vec::new(),
        _ => ways(cards, &forms(word))?,
    };
    if let Some(code) = &word.code {
        found.extend(listed(cards, cards.fields().code, ("code", code, CODE))?);
    }
    if word.parts.len() > 1 {
        found.extend(in_parts(cards, word)?);
    }
    if found.is_empty() {
        for text in &word.words {
            found.extend(listed(cards, cards.fields().word, ("any", text, ANYWHERE))?);
        }
    }
    Ok(found)
}

/// What has a term in a field that is no text; the name that people know the field by, the term, and what it is worth.
fn listed(
    cards: &Cards,
    field: Field,
    (name, text, worth): (&'static str, &str, f32),
) -> Result<Option<Way>, IndexError> {
    let term = Term::from_field_text(field, text);
    let is_held = cards.searcher().doc_freq(&term)? > 0;
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let query: Box<dyn Query> = Box::new(BoostQuery::new(Box::new(query), worth));
    Ok(is_held.then(|| Way { query, met: text.to_owned(), field: name, how: "word" }))
}

/// What has all the parts of a word.
fn in_parts(cards: &Cards, word: &Word) -> Result<Option<Way>, IndexError> {
    let mut parts = Vec::new();
    for part in &word.parts {
        parts.push(Element { asked: part.text.clone(), ways: literally(cards, part)? });
    }
    all_of(cards, &parts, "word")
}

/// What has all of several words.
fn all_of(cards: &Cards, words: &[Element], how: &'static str) -> Result<Option<Way>, IndexError> {
    let met: Vec<&str> = words.iter().map(|word| word.asked.as_str()).collect();
    let all = || -> Box<dyn Query> {
        Box::new(BooleanQuery::intersection(words.iter().map(Element::query).collect()))
    };
    let is_held = any_shown(cards, all())?;
    Ok(is_held.then(|| Way { query: all(), met: met.join(" "), field: "any", how }))
}

/// A word in the very form in which it is written.
fn exactly(cards: &Cards, text: &str, worth: f32) -> Result<Option<Way>, IndexError> {
    let term = Term::from_field_text(cards.fields().word, text);
    let n = cards.searcher().doc_freq(&term)?;
    let score = EXACT * worth * rarity(n, cards.searcher().num_docs());
    let query = TermQuery::new(term, IndexRecordOption::Basic);
    let query: Box<dyn Query> = Box::new(ConstScoreQuery::new(Box::new(query), score));
    Ok((n > 0).then(|| Way { query, met: text.to_owned(), field: "any", how: "exact" }))
}

/// A word and its other forms.
fn forms(word: &Word) -> Vec<Form> {
    let form = |worth: f32| move |stem: &String| Form { stem: stem.clone(), how: "word", worth };
    let whole = word.stems.iter().map(form(1.0));
    whole.chain(word.others.iter().map(form(OTHER))).collect()
}

/// Keeps the words that decide: all of a few, and of many the rarest that occur at all.
fn deciding(cards: &Cards, words: Vec<Word>) -> Result<Vec<Word>, IndexError> {
    if words.len() <= MAX_WORDS {
        return Ok(words);
    }
    let mut counted = Vec::new();
    for word in words {
        let n_documents = n_documents(cards, word.all_stems())?;
        if n_documents > 0 {
            counted.push((n_documents, word));
        }
    }
    counted.sort_by(|(a, one), (b, other)| (a, &one.text).cmp(&(b, &other.text)));
    Ok(counted.into_iter().take(MAX_WORDS).map(|(_, word)| word).collect())
}

/// How many documents have the commonest of some stems, in the field where it is commonest.
fn n_documents<'a>(
    cards: &Cards,
    stems: impl Iterator<Item = &'a String>,
) -> Result<u64, IndexError> {
    let mut most = 0;
    for stem in stems {
        for (field, ..) in weights(cards.fields()) {
            most = most.max(cards.searcher().doc_freq(&Term::from_field_text(field, stem))?);
        }
    }
    Ok(most)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use tempfile::TempDir;

    use super::{ReadWord, Reading};
    use crate::cards::Cards;
    use crate::reader::Reader;
    use crate::search::question::Question;
    use crate::verify::sample::{draft, import, package};

    /// A framework, and a certificate in kumquats that is provisional.
    static SHELF: LazyLock<(TempDir, Reader)> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let items = [
            (0x11, "P.1", "Place value of digits"),
            (0x12, "P.2", "Add fractions"),
            (0x13, "P.3", "Solve word-problems by cooperation"),
            (0x14, "P.4", "学习语言"),
            (0x15, "P.5", "数学教育"),
        ];
        let draft = draft(0x41, "Certificate in Kumquats");
        import(dir.path(), 1, &[("sums", package(1, "Sums", &items)), ("draft", draft)]);
        let reader = Reader::open(dir.path()).unwrap();
        (dir, reader)
    });

    fn read(cards: &Cards, text: &str) -> Reading {
        Reading::of(cards, &Question::of(text, None)).unwrap()
    }

    /// A word, whether a text has it, and what was looked for instead.
    type Expected<'a> = (&'a str, bool, &'a [&'a str]);

    /// Compares the words of a question: each with whether a text has it, and with what was looked for instead.
    #[track_caller]
    fn check(cards: &Cards, text: &str, expected: &[Expected<'_>]) {
        let reading = read(cards, text);
        let found = |word: &ReadWord| {
            (word.word.text.clone(), !word.literal.is_empty(), word.instead.clone())
        };
        let found: Vec<_> = reading.words.iter().map(found).collect();
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(text, is_known, instead)| ((*text).to_owned(), *is_known, owned(instead)))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_word_of_several_that_nothing_is_like_is_its_parts() {
        let cards = SHELF.1.cards();
        check(cards, "place-value", &[("placevalue", true, &[])]);
        check(cards, "place-valeu", &[("place", true, &[]), ("valeu", false, &["value"])]);
        check(cards, "fraction-kumquat", &[("fraction", true, &[]), ("kumquat", false, &[])]);
        check(cards, "add fraction-add", &[("add", true, &[]), ("fractionadd", true, &[])]);
        check(cards, "add-xyzzy add", &[("add", true, &[]), ("xyzzy", false, &[])]);
        // Where something is like the whole, it is looked for, and so are the parts.
        check(cards, "co-operatoin", &[("cooperatoin", false, &["cooperation"])]);
        check(cards, "word-problmes", &[("wordproblmes", false, &["wordproblems"])]);
        let ways = &read(cards, "word-problmes").words[0].corrected;
        assert!(ways.iter().any(|way| way.field == "any" && way.how == "typo"), "{ways:?}");
    }

    #[test]
    fn what_is_hidden_lends_no_words() {
        let cards = SHELF.1.cards();
        let all = cards.clone().with_provisional();
        for text in ["kumqu", "kumquats"] {
            let reading = read(cards, text);
            assert!(reading.words[0].ahead.is_empty(), "{text}");
            check(cards, text, &[(text, false, &[])]);
        }
        assert_eq!(read(&all, "kumqu").words[0].ahead, ["kumquats"]);
        check(cards, "kumqauts ", &[("kumqauts", false, &[])]);
        check(&all, "kumqauts ", &[("kumqauts", false, &["kumquats"])]);
    }

    #[test]
    fn words_without_spaces_are_found_each() {
        check(SHELF.1.cards(), "学习数学", &[("学习", true, &[]), ("数学", true, &[])]);
    }
}
