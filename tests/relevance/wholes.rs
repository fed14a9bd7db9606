//! Every statement and label, typed whole: first, or behind nothing but what says the same.

use std::collections::{BTreeMap, BTreeSet};

use ontology::{fold_code, plain};

use crate::relevance::door::{Doors, Found, folded};
use crate::relevance::measure::{DEPTH, share};
use crate::relevance::parallel::each;
use crate::relevance::report::{Gate, Miss, Row, Section};
use crate::relevance::samples::Sample;

/// The longest text that a search takes.
const LONGEST: usize = 4_000;

/// A text as it is typed, and who has it.
struct Whole {
    text: String,
    ids: BTreeSet<String>,
}

/// Types every text twice where it has markup: as it is written, and as it reads.
pub(crate) fn wholes(doors: Doors, samples: &[Sample]) -> Section {
    let wholes = wholes_of(samples);
    let misses = each("wholes", &wholes, |whole| {
        let got = match doors.search(&whole.text, DEPTH, &[]) {
            Ok(came) if is_first(&came.found, whole) => return None,
            Ok(came) => came.found.iter().take(3).map(|found| found.label.clone()).collect(),
            Err(fault) => vec![fault],
        };
        let wanted = whole.ids.iter().cloned().collect::<Vec<_>>().join(" ");
        Some(Miss { asked: whole.text.clone(), wanted, got })
    });
    let misses: Vec<Miss> = misses.into_iter().flatten().collect();
    let reached = share(wholes.len() - misses.len(), wholes.len());
    Section {
        name: "wholes".to_owned(),
        about: format!("{} statements and labels of CASE and CTDL, typed whole", wholes.len()),
        rows: vec![Row {
            system: "alidade search".to_owned(),
            values: vec![("first", reached)],
            ..Row::default()
        }],
        gates: vec![Gate { measure: "first".to_owned(), wanted: 1.0, reached }],
        misses,
    }
}

fn wholes_of(samples: &[Sample]) -> Vec<Whole> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for sample in samples {
        for text in sample.names.iter().chain(&sample.statement) {
            for typed in [text.clone(), plain(text)] {
                all.entry(typed).or_default().insert(sample.id.clone());
            }
        }
    }
    let fits = |text: &str| text.chars().count() <= LONGEST && !folded(text).is_empty();
    let all = all.into_iter().filter(|(text, _)| fits(text));
    all.map(|(text, ids)| Whole { text, ids }).collect()
}

/// Whether everybody who has the text, or has it for a code, comes before everything that says something else, as far as a page goes.
fn is_first(found: &[Found], whole: &Whole) -> bool {
    let (text, code) = (folded(&whole.text), fold_code(&whole.text));
    let is_coded = |one: &Found| one.code.as_ref() == Some(&code);
    let is_same =
        |one: &&Found| one.texts.contains(&text) || whole.ids.contains(&one.id) || is_coded(one);
    let run: Vec<&Found> = found.iter().take_while(is_same).collect();
    let has = |id: &String| run.iter().any(|one| one.is(id));
    !run.is_empty() && (run.len() == DEPTH || whole.ids.iter().all(has))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Whole, is_first, wholes_of};
    use crate::relevance::door::{Found, folded};
    use crate::relevance::samples::Sample;

    #[test]
    fn only_what_says_the_same_may_come_before() {
        let found = |id: &str, text: &str| Found {
            id: id.to_owned(),
            twins: Vec::new(),
            code: None,
            texts: vec![folded(text)],
            label: text.to_owned(),
            says: folded(text),
        };
        let whole = Whole { text: "Add.".to_owned(), ids: BTreeSet::from(["a".to_owned()]) };
        assert!(is_first(&[found("a", "Add")], &whole));
        assert!(is_first(&[found("b", "*Add*"), found("a", "Add.")], &whole));
        assert!(!is_first(&[found("b", "Add up"), found("a", "Add.")], &whole));
        assert!(!is_first(&[found("b", "Add.")], &whole));
        assert!(!is_first(&[], &whole));
    }

    #[test]
    fn markup_is_typed_and_left_out() {
        let sample = Sample {
            id: "a".to_owned(),
            names: vec!["…".to_owned()],
            statement: Some("Add <em>up</em>".to_owned()),
            ..Sample::default()
        };
        let typed: Vec<String> = wholes_of(&[sample]).into_iter().map(|whole| whole.text).collect();
        assert_eq!(typed, ["Add <em>up</em>", "Add up"]);
    }
}
