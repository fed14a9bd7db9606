//! What the search reaches on real frameworks: every code, every whole statement, and words with a slip.
//!
//! The data are not part of this tree; without them these tests say so and check nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use ontology::{CanonicalKey, Kind, LanguageMap, fold_code, plain};
use tempfile::TempDir;

use crate::card::Card;
use crate::language::fold_label;
use crate::reader::Reader;
use crate::search::error::SearchError;
use crate::search::filter::Filters;
use crate::search::query::{MAX_TEXT, SearchQuery, search};
use crate::verify::sample::import;

/// The fewest letters of a word that somebody remembers of a statement.
const MIN_LETTERS: usize = 4;

/// Words that nobody remembers of a statement.
const STOP_WORDS: [&str; 44] = [
    "about", "after", "also", "been", "before", "being", "between", "both", "could", "does",
    "during", "each", "from", "given", "have", "having", "into", "more", "most", "only", "other",
    "over", "same", "should", "some", "such", "than", "that", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "under", "very", "were", "when", "where", "which",
    "with",
];

struct Shelf {
    _dir: TempDir,
    reader: Reader,
    items: Vec<Card>,
}

/// Every package of CASE that is at hand.
static SHELF: LazyLock<Option<Shelf>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/case");
    let Ok(files) = std::fs::read_dir(&folder) else {
        println!("skipped: there is no {}", folder.display());
        return None;
    };
    let mut names: Vec<String> = files
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".cfpackage.json"))
        .collect();
    names.sort();
    let bodies = names.iter().map(|name| std::fs::read(folder.join(name)).unwrap());
    let records: Vec<(&str, Vec<u8>)> = names.iter().map(String::as_str).zip(bodies).collect();
    let dir = tempfile::tempdir().unwrap();
    import(dir.path(), 1, &records);
    let reader = Reader::open(dir.path()).unwrap();
    let mut items: BTreeMap<CanonicalKey, Card> = BTreeMap::new();
    reader
        .cards()
        .each(crate::schema::sort::RESOURCE, &mut |card: Card| {
            if !card.provisional {
                items.insert(card.key().clone(), card);
            }
        })
        .unwrap();
    Some(Shelf { _dir: dir, reader, items: items.into_values().collect() })
});

/// The texts of a card that somebody may type whole.
fn texts(card: &Card) -> BTreeSet<String> {
    let maps = [card.resource.name(), card.resource.text()];
    let texts = maps.into_iter().flat_map(LanguageMap::iter).map(|(_, text)| plain(text));
    texts.filter(|text| !fold_label(text).is_empty()).collect()
}

fn hits(shelf: &Shelf, query: &SearchQuery) -> Vec<Card> {
    let found = search(shelf.reader.cards(), query).unwrap();
    found.hits.into_iter().map(|hit| hit.card).collect()
}

/// Says which questions went wrong, and wants so many of a thousand to go right.
#[track_caller]
fn gate(what: &str, n_questions: usize, wrong: &[String], of_a_thousand: usize) {
    let n_right = n_questions - wrong.len();
    println!("{what}: {n_right} of {n_questions}");
    let some = wrong.iter().take(24).cloned().collect::<Vec<_>>().join("\n");
    assert!(
        1_000 * n_right >= of_a_thousand * n_questions,
        "{what}: {n_right} of {n_questions}\n{some}"
    );
}

#[test]
fn every_text_typed_whole_is_first() {
    let Some(shelf) = &*SHELF else { return };
    let mut n_questions = 0;
    let mut wrong = Vec::new();
    for card in &shelf.items {
        for text in texts(card).into_iter().filter(|text| text.chars().count() <= MAX_TEXT) {
            n_questions += 1;
            let first = hits(shelf, &SearchQuery { limit: 1, ..SearchQuery::new(text.as_str()) });
            let is_same = |other: &String| fold_label(other) == fold_label(&text);
            // A copy that says something else may be shown for the one that has the text.
            let is_right =
                |first: &Card| first.key() == card.key() || texts(first).iter().any(is_same);
            if !first.iter().any(is_right) {
                let came = first.iter().flat_map(texts).collect::<Vec<_>>();
                wrong.push(format!("{text} => {came:?}"));
            }
        }
    }
    gate("texts typed whole", n_questions, &wrong, 1_000);
}

#[test]
fn every_code_is_first_in_its_framework() {
    let Some(shelf) = &*SHELF else { return };
    let mut n_questions = 0;
    let mut wrong = Vec::new();
    for card in &shelf.items {
        let code = card.resource.code().filter(|code| !fold_code(code).is_empty());
        let Some((code, framework)) = code.zip(card.framework.as_ref()) else { continue };
        n_questions += 1;
        let filters = Filters { frameworks: vec![framework.key.clone()], ..Filters::default() };
        let query = SearchQuery { limit: 1, filters, ..SearchQuery::new(code) };
        let first = hits(shelf, &query);
        let is_same = |first: &Card| first.resource.code().map(fold_code) == Some(fold_code(code));
        if !first.iter().any(is_same) {
            let came = first.iter().map(Card::label).collect::<Vec<_>>();
            wrong.push(format!("{code} => {came:?}"));
        }
    }
    gate("codes in their framework", n_questions, &wrong, 1_000);
}

#[test]
fn three_words_with_one_slip_find_their_statement() {
    let Some(shelf) = &*SHELF else { return };
    let mut random = Random(7);
    let competencies = shelf.items.iter().filter(|card| card.resource.kind() == Kind::Competency);
    let statements = competencies.flat_map(|card| card.resource.text().iter());
    let statements: BTreeSet<String> = statements.map(|(_, text)| plain(text)).collect();
    let statements: Vec<String> = statements.into_iter().collect();
    let mut n_questions = 0;
    let mut wrong = Vec::new();
    while n_questions < 2_000 {
        let text = &statements[random.below(statements.len())];
        let Some(question) = remembered(text, &mut random) else { continue };
        n_questions += 1;
        let first = hits(shelf, &SearchQuery { limit: 3, ..SearchQuery::new(question.as_str()) });
        let is_same = |other: &String| fold_label(other) == fold_label(text);
        if !first.iter().any(|first| texts(first).iter().any(is_same)) {
            let came = first.iter().map(Card::label).collect::<Vec<_>>();
            wrong.push(format!("{question} ({text}) => {came:?}"));
        }
    }
    // Many statements of these frameworks differ in a word or a number, so that three words of one are those of a dozen.
    gate("three words with a slip", n_questions, &wrong, 920);
}

#[test]
fn hostile_texts_have_an_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/abuse");
    let Some(shelf) = &*SHELF else { return };
    let Ok(naughty) = std::fs::read_to_string(folder.join("blns/blns.json")) else {
        println!("skipped: there is no {}", folder.display());
        return;
    };
    let mut texts: Vec<String> = serde_json::from_str(&naughty).unwrap();
    for file in std::fs::read_dir(folder.join("generated/search")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        texts.push(text.chars().take(MAX_TEXT).collect());
        texts.push(text);
    }
    assert!(texts.len() > 500);
    for text in texts {
        let is_long = text.chars().count() > MAX_TEXT;
        let query = SearchQuery { explain: true, ..SearchQuery::new(text) };
        match search(shelf.reader.cards(), &query) {
            Ok(found) => assert!(found.hits.len() <= found.total && !is_long),
            Err(SearchError::Query(_)) => assert!(is_long),
            Err(error) => panic!("{error}"),
        }
    }
}

/// Three words of a text in their order, one of them with a slip.
fn remembered(text: &str, random: &mut Random) -> Option<String> {
    let mut seen = BTreeSet::new();
    let words: Vec<String> = fold_label(text)
        .split(' ')
        .filter(|word| word.chars().count() >= MIN_LETTERS)
        .filter(|word| word.chars().all(char::is_alphabetic) && !STOP_WORDS.contains(word))
        .filter(|word| seen.insert((*word).to_owned()))
        .map(str::to_owned)
        .collect();
    if words.len() < 3 {
        return None;
    }
    let mut chosen = BTreeSet::new();
    while chosen.len() < 3 {
        chosen.insert(random.below(words.len()));
    }
    let mut chosen: Vec<String> = chosen.into_iter().map(|at| words[at].clone()).collect();
    let slipped = random.below(3);
    chosen[slipped] = slip(&chosen[slipped], random);
    Some(chosen.join(" "))
}

/// A letter too many, one too few, another one, or two that changed places.
fn slip(word: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = random.below(letters.len());
    let other = char::from(b"abcdefghijklmnopqrstuvwxyz"[random.below(26)]);
    match random.below(4) {
        0 => letters.insert(at, other),
        1 => drop(letters.remove(at)),
        2 => letters[at] = other,
        _ => letters.swap(at.saturating_sub(1), at.max(1)),
    }
    letters.into_iter().collect()
}

/// Numbers that look drawn and are the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        // The constants are those of Knuth's MMIX.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n.max(1)
    }
}
