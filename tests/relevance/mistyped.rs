//! Three words of a statement, one of them mistyped.
//!
//! The words are drawn from those of at least four letters that are no stop words, and typed in the order of the text. A statement that was
//! drawn before is drawn again with other words where there are fewer statements than questions.

use std::collections::BTreeSet;

use crate::relevance::door::{Doors, Found, folded};
use crate::relevance::measure::share;
use crate::relevance::mersenne::Mersenne;
use crate::relevance::parallel::each;
use crate::relevance::report::{Gate, Miss, Row, Section};
use crate::relevance::samples::{Sample, different};

const N_QUESTIONS: usize = 2_000;

const SEED: u32 = 7;

const FIRST: usize = 3;

/// How many hits are looked at: several may share a place.
const LOOKED_AT: usize = 20;

const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";

/// Words that say nothing of what a text is about.
const STOP_WORDS: [&str; 44] = [
    "about", "after", "also", "been", "before", "being", "between", "both", "could", "does",
    "during", "each", "from", "given", "have", "having", "into", "more", "most", "only", "other",
    "over", "same", "should", "some", "such", "than", "that", "their", "them", "then", "there",
    "these", "they", "this", "those", "through", "under", "very", "were", "when", "where", "which",
    "with",
];

/// Three words, as they are right and as they were typed.
struct Question {
    statement: String,
    ids: Vec<String>,
    right: String,
    typed: String,
}

/// Asks for statements of competencies by three words.
pub(crate) fn mistyped(doors: Doors, samples: &[Sample]) -> Section {
    let questions = draw(samples);
    let ask = |text: &str| doors.search(text, LOOKED_AT, &[]).map(|came| came.found);
    let right = each("three words", &questions, |question| {
        ask(&question.right).is_ok_and(|found| has(&found, question))
    });
    let misses = each("three words, one mistyped", &questions, |question| {
        let got = match ask(&question.typed) {
            Ok(found) if has(&found, question) => return None,
            Ok(found) => found.into_iter().map(|found| found.label).collect(),
            Err(fault) => vec![fault],
        };
        let asked = format!("{} ({})", question.typed, question.right);
        Some(Miss { asked, wanted: question.statement.clone(), got })
    });
    let misses: Vec<Miss> = misses.into_iter().flatten().collect();
    let n = questions.len();
    let reached = share(n - misses.len(), n);
    let n_right = right.into_iter().filter(|is_right| *is_right).count();
    let row = |system: &str, value| Row {
        system: system.to_owned(),
        values: vec![("first3", value)],
        ..Row::default()
    };
    Section {
        name: "mistyped".to_owned(),
        about: format!("three words of {n} statements, seed {SEED}"),
        rows: vec![
            row("one word mistyped", reached),
            row("the same words typed right", share(n_right, n)),
        ],
        gates: vec![Gate { measure: "first3".to_owned(), wanted: 0.95, reached }],
        misses,
    }
}

/// Whether the statement has one of the first places. What says the same in the same words shares a place.
fn has(found: &[Found], question: &Question) -> bool {
    let text = folded(&question.statement);
    let is_meant =
        |one: &Found| one.texts.contains(&text) || question.ids.iter().any(|id| one.is(id));
    let Some(at) = found.iter().position(is_meant) else { return false };
    let before: BTreeSet<&str> = found.iter().take(at).map(|one| one.says.as_str()).collect();
    before.len() < FIRST
}

fn draw(samples: &[Sample]) -> Vec<Question> {
    let statements = samples
        .iter()
        .filter_map(|sample| Some((sample.id.as_str(), sample.statement.as_deref()?)));
    let statements: Vec<(String, Vec<String>)> =
        different(statements).into_iter().filter(|(text, _)| words(text).len() >= 3).collect();
    let mut random = Mersenne::of(SEED);
    let n = statements.len();
    let mut order = Vec::new();
    while n > 0 && order.len() < N_QUESTIONS {
        order.extend(random.sample(n, n));
    }
    order.truncate(N_QUESTIONS);
    let mut question = |at: usize| {
        let (statement, ids) = statements[at].clone();
        let words = words(&statement);
        let mut chosen = random.sample(words.len(), 3);
        chosen.sort_unstable();
        let right: Vec<&str> = chosen.iter().map(|at| words[*at].as_str()).collect();
        let mut typed: Vec<String> = right.iter().map(|word| (*word).to_owned()).collect();
        let wrong = random.below(3);
        typed[wrong] = mistype(right[wrong], &mut random);
        Question { right: right.join(" "), typed: typed.join(" "), statement, ids }
    };
    order.into_iter().map(&mut question).collect()
}

/// The different words of a text that say something of it, in its order.
fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let mut seen = BTreeSet::new();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        word.chars().count() >= 4
            && word.chars().all(char::is_alphabetic)
            && !STOP_WORDS.contains(word)
    });
    words.filter(|word| seen.insert((*word).to_owned())).map(str::to_owned).collect()
}

/// One letter is another, is missing, is one too many, or has changed places with the next.
fn mistype(word: &str, random: &mut Mersenne) -> String {
    let letters: Vec<char> = word.chars().collect();
    loop {
        let mut typed = letters.clone();
        let (sort, at) = (random.below(4), random.below(letters.len()));
        let letter = char::from(LETTERS[random.below(LETTERS.len())]);
        match sort {
            0 => typed[at] = letter,
            1 => typed.insert(at, letter),
            2 => drop(typed.remove(at)),
            _ if at + 1 < letters.len() => typed.swap(at, at + 1),
            _ => {}
        }
        if typed != letters {
            return typed.into_iter().collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{N_QUESTIONS, draw, mistype, words};
    use crate::relevance::mersenne::Mersenne;
    use crate::relevance::samples::Sample;

    #[test]
    fn words_that_say_something_are_drawn_in_the_order_of_the_text() {
        assert_eq!(
            words("Use the grid, and those Fractions with 1/b, fractions of grade3: wholes"),
            ["grid", "fractions", "wholes"]
        );
        let sample = |id: &str, text: &str| Sample {
            id: id.to_owned(),
            statement: Some(text.to_owned()),
            ..Sample::default()
        };
        let questions = draw(&[
            sample("a", "Compare decimals, measure angles"),
            sample("b", "compare decimals; measure angles!"),
            sample("c", "too short"),
        ]);
        assert_eq!(questions.len(), N_QUESTIONS);
        let right: BTreeSet<&str> = questions.iter().map(|one| one.right.as_str()).collect();
        assert!(right.contains("compare decimals angles") && right.len() == 4);
        assert!(questions.iter().all(|one| one.typed != one.right && one.ids == ["a", "b"]));
        assert_eq!(
            questions[0].typed,
            draw(&[sample("a", "Compare decimals, measure angles")])[0].typed
        );
    }

    #[test]
    fn a_mistyped_word_is_one_slip_away() {
        let mut random = Mersenne::of(1);
        let typed: BTreeSet<String> = (0..200).map(|_| mistype("angle", &mut random)).collect();
        assert!(typed.iter().all(|word| (4..=6).contains(&word.len()) && word != "angle"));
        assert!(["nagle", "ngle"].iter().all(|word| typed.contains(*word)));
    }
}
