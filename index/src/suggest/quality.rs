//! How good suggestions are on sentences whose skills are known: the validation halves of HOUSE and TECH.
//!
//! This is a quick check of the recipe, with a little room below what it reached; `make relevance` measures through the public doors.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::cards::Cards;
use crate::suggest::query::{MAX_SUGGESTIONS, SuggestQuery, suggest};
use crate::suggest::sample::{framework, index};

/// Where the sets are.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/bench/skill-extraction");

/// The mean reciprocal rank of the first right suggestion, and the part of the right ones among the first ten.
fn measure(cards: &Cards, file: &Path) -> (f64, f64) {
    let mut wanted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (sentence, label) in annotations(&fs::read_to_string(file).unwrap()) {
        if !["UNDERSPECIFIED", "LABEL NOT PRESENT", ""].contains(&label.as_str()) {
            wanted.entry(sentence).or_default().insert(label);
        }
    }
    let (mut reciprocal, mut among) = (0.0, 0.0);
    for (sentence, labels) in &wanted {
        let query = SuggestQuery {
            text: sentence.clone(),
            language: Some("en".into()),
            limit: MAX_SUGGESTIONS,
            ..SuggestQuery::default()
        };
        let found = suggest(cards, &query).unwrap();
        let is_right: Vec<bool> =
            found.iter().map(|one| labels.contains(&one.card.label())).collect();
        let first = is_right.iter().position(|right| *right);
        reciprocal += first.map_or(0.0, |at| 1.0 / f64::from(u32::try_from(at + 1).unwrap()));
        let hits = is_right.iter().take(10).filter(|right| **right).count();
        among += f64::from(u32::try_from(hits).unwrap())
            / f64::from(u32::try_from(labels.len().min(10)).unwrap());
    }
    let n = f64::from(u32::try_from(wanted.len()).unwrap());
    (reciprocal / n, among / n)
}

/// The sentence and the label of each line of a file of comma-separated values, where fields may be quoted.
pub(super) fn annotations(text: &str) -> Vec<(String, String)> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    for c in text.chars() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            '\r' => {}
            c => row.last_mut().unwrap().push(c),
        }
    }
    let head = rows.remove(0);
    let column = |name: &str| head.iter().position(|field| field == name).unwrap();
    let (sentence, label) = (column("sentence"), column("label"));
    let whole = rows.into_iter().filter(|row| row.len() == head.len());
    whole.map(|row| (row[sentence].clone(), row[label].trim().to_owned())).collect()
}

#[test]
fn sentences_whose_skills_are_known_get_them_among_the_first() {
    let data = Path::new(DATA);
    let Ok(labels) = fs::read_to_string(data.join("skills_en_label.txt")) else {
        println!("skipped: no sets in `{}`", data.display());
        return;
    };
    let labels: BTreeSet<&str> = labels.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    let items: Vec<(u32, String)> = (1_u32..).zip(labels.iter().map(|l| (*l).to_owned())).collect();
    let dir = tempfile::tempdir().unwrap();
    let cards = index(dir.path(), &[framework(0xf000_0000, "ESCO", "en", &items)]);
    for (set, least, among_least) in [("house", 0.40, 0.54), ("tech", 0.67, 0.71)] {
        let (rank, among) =
            measure(&cards, &data.join(format!("{set}_validation_annotations.csv")));
        println!("{set}: MRR {rank:.3}, RP@10 {among:.3}");
        assert!(rank >= least && among >= among_least, "{set}: MRR {rank:.3}, RP@10 {among:.3}");
    }
}
