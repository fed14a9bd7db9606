//! The first letters of labels, as somebody begins to type them.
//!
//! Labels are the different names of documents, items and records; a statement is no label, and is measured beside them without a gate.
//! Where there are fewer labels than questions, some are drawn again with beginnings of another length.

use crate::relevance::door::{Doors, folded};
use crate::relevance::measure::share;
use crate::relevance::mersenne::Mersenne;
use crate::relevance::parallel::each;
use crate::relevance::report::{Gate, Miss, Row, Section};
use crate::relevance::samples::{Sample, different};

const N_QUESTIONS: usize = 500;

const SEED: u32 = 7;

const FIRST: usize = 10;

/// How many letters somebody has typed.
const SHORTEST: usize = 3;

const COLUMNS: [&str; 4] = ["3", "4", "5", "6"];

/// The beginning of a label.
struct Question {
    label: String,
    typed: String,
    n_letters: usize,
}

/// Types beginnings of labels, and of statements.
pub(crate) fn beginnings(doors: Doors, samples: &[Sample]) -> Section {
    let names = samples
        .iter()
        .flat_map(|sample| sample.names.iter().map(|name| (sample.id.as_str(), name.as_str())));
    let statements = samples
        .iter()
        .filter_map(|sample| Some((sample.id.as_str(), sample.statement.as_deref()?)));
    let (labels, statements) = (different(names), different(statements));
    let (of_labels, reached, misses) = measure(doors, "labels", &draw(&labels));
    let (of_statements, _, _) = measure(doors, "statements (no gate)", &draw(&statements));
    Section {
        name: "beginnings".to_owned(),
        about: format!(
            "{N_QUESTIONS} beginnings of 3 to 6 letters, seed {SEED}, of {} labels and {} statements",
            labels.len(),
            statements.len()
        ),
        rows: vec![of_labels, of_statements],
        gates: vec![Gate { measure: "first10".to_owned(), wanted: 0.9, reached }],
        misses,
    }
}

fn measure(doors: Doors, what: &str, questions: &[Question]) -> (Row, f64, Vec<Miss>) {
    let misses = each(what, questions, |question| {
        let got = match doors.autocomplete(&question.typed, FIRST) {
            Ok(came) if came.found.contains(&folded(&question.label)) => return None,
            Ok(came) => came.found,
            Err(fault) => vec![fault],
        };
        Some(Miss { asked: question.typed.clone(), wanted: question.label.clone(), got })
    });
    let of_length = |n_letters: usize| {
        let of: Vec<_> =
            questions.iter().zip(&misses).filter(|(one, _)| one.n_letters == n_letters).collect();
        share(of.iter().filter(|(_, miss)| miss.is_none()).count(), of.len())
    };
    let reached = share(misses.iter().filter(|miss| miss.is_none()).count(), misses.len());
    let lengths = COLUMNS.into_iter().zip(SHORTEST..).map(|(name, n)| (name, of_length(n)));
    let row = Row {
        system: what.to_owned(),
        values: [("first10", reached)].into_iter().chain(lengths).collect(),
        ..Row::default()
    };
    (row, reached, misses.into_iter().flatten().collect())
}

fn draw(labels: &[(String, Vec<String>)]) -> Vec<Question> {
    let mut random = Mersenne::of(SEED);
    // How many lengths of beginnings, shorter than the label, there are.
    let n_lengths = |label: &str| {
        let more = (SHORTEST + 1..=SHORTEST + COLUMNS.len())
            .take_while(|n| beginning(label, *n).is_some());
        more.count()
    };
    let long: Vec<(&String, usize)> = labels
        .iter()
        .map(|(label, _)| (label, n_lengths(label)))
        .filter(|(_, n_lengths)| *n_lengths > 0)
        .collect();
    let mut order = Vec::new();
    while !long.is_empty() && order.len() < N_QUESTIONS {
        order.extend(random.sample(long.len(), long.len()));
    }
    order.truncate(N_QUESTIONS);
    let mut question = |at: usize| {
        let (label, n_lengths) = long[at];
        let n_letters = SHORTEST + random.below(n_lengths);
        let typed = beginning(label, n_letters).unwrap_or_default();
        Question { label: label.clone(), typed, n_letters }
    };
    order.into_iter().map(&mut question).collect()
}

/// The beginning of a label up to its n-th letter or digit; `None` where it has fewer.
fn beginning(label: &str, n_letters: usize) -> Option<String> {
    let (at, last) =
        label.char_indices().filter(|(_, c)| c.is_alphanumeric()).nth(n_letters.checked_sub(1)?)?;
    Some(label[..at + last.len_utf8()].to_owned())
}

#[cfg(test)]
mod tests {
    use super::{beginning, draw};

    #[test]
    fn a_beginning_has_so_many_letters() {
        assert_eq!(beginning("Add up", 4).as_deref(), Some("Add u"));
        assert_eq!(beginning("Öl é", 3).as_deref(), Some("Öl é"));
        assert_eq!(beginning("Add", 4), None);
    }

    #[test]
    fn no_label_is_drawn_twice_before_all_were_drawn() {
        let labels: Vec<(String, Vec<String>)> =
            (0..600).map(|n| (format!("Label {n:04}"), Vec::new())).collect();
        let questions = draw(&labels);
        let mut drawn: Vec<&str> = questions.iter().map(|one| one.label.as_str()).collect();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn.len(), 500);
        let few = draw(&labels[..2]);
        assert_eq!((few.len(), few[0].label == few[1].label), (500, false));
        assert!(draw(&[("Öl.".to_owned(), Vec::new())]).is_empty());
        assert!(
            questions.iter().all(|one| one.label.starts_with(&one.typed) && one.typed.len() >= 3)
        );
    }
}
