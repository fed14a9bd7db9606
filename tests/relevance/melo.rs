//! National occupation titles and the names of ESCO's occupations: MELO.
//!
//! Every surface form is an item of its own; right are all forms of the concepts that the title was mapped to.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::relevance::csv::tabbed;
use crate::relevance::judged::{Judged, Question};
use crate::relevance::space::{Entry, Space};

/// The files of a set.
struct Files {
    elements: String,
    queries: String,
    annotations: String,
}

/// Every set in the folder, each with its own framework.
pub(crate) fn read(sets: &Path) -> Vec<(Space, Judged)> {
    let Ok(folders) = fs::read_dir(sets.join("melo")) else { return Vec::new() };
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders.iter().filter_map(|folder| read_one(folder)).collect()
}

fn read_one(folder: &Path) -> Option<(Space, Judged)> {
    let name = folder.file_name()?.to_str()?;
    let text = |file: &str| fs::read_to_string(folder.join(file)).ok();
    let files = Files {
        elements: text("corpus_elements.tsv")?,
        queries: text("queries.tsv")?,
        annotations: text("annotations.tsv")?,
    };
    Some(judge(name, &files))
}

fn judge(name: &str, files: &Files) -> (Space, Judged) {
    let elements = tabbed(&files.elements);
    let corpus = name.split("_c_").nth(1).unwrap_or("en");
    let entries = elements.iter().map(|row| Entry {
        label: row[1].to_owned(),
        // `C000001_de_000`: a corpus may have several languages.
        language: row[0].split('_').nth(1).unwrap_or(corpus).to_owned(),
        ..Entry::default()
    });
    let space = Space {
        name: name.to_owned(),
        title: "Names of occupations".to_owned(),
        entries: entries.collect(),
    };
    let numbers: BTreeMap<&str, usize> = elements.iter().map(|row| row[0]).zip(0..).collect();
    let mut right: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for row in tabbed(&files.annotations).into_iter().filter(|row| row[3] != "0") {
        right.entry(row[0]).or_default().extend(numbers.get(row[2]));
    }
    let questions = tabbed(&files.queries).into_iter().filter_map(|row| {
        let right = right.get(row[0]).filter(|right| !right.is_empty())?.clone();
        Some(Question { text: row[1].to_owned(), right })
    });
    let language = name.split("_q_").nth(1).and_then(|rest| rest.split('_').next());
    let judged = Judged {
        name: name.to_owned(),
        language: language.unwrap_or("en").to_owned(),
        note: String::new(),
        questions: questions.collect(),
    };
    (space, judged)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Files, judge};

    #[test]
    fn every_form_of_a_mapped_concept_is_right() {
        let files = Files {
            elements: "C1_de_000\tBäcker\nC1_de_001\tBäckerin\nC2_en_000\tmiller\n".to_owned(),
            queries: "Q1\tBÄCKER/IN\nQ2\tMüller\nQ3\tPilot\n".to_owned(),
            annotations: "Q1\t0\tC1_de_000\t1\nQ1\t0\tC1_de_001\t1\nQ2\t0\tC2_en_000\t1\nQ2\t0\tC1_de_000\t0\n"
                .to_owned(),
        };
        let (space, judged) = judge("deu_q_de_c_en", &files);
        assert_eq!(judged.language, "de");
        let right: Vec<_> =
            judged.questions.iter().map(|question| question.right.clone()).collect();
        assert_eq!(right, [BTreeSet::from([0, 1]), BTreeSet::from([2])]);
        let languages: Vec<_> = space.entries.iter().map(|entry| entry.language.as_str()).collect();
        assert_eq!(languages, ["de", "de", "en"]);
    }
}
