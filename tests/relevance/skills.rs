//! Sentences of vacancies and the skills that they ask for: HOUSE, TECH, TECHWOLF and whatever else has their layout.
//!
//! The protocol is that of the published numbers: rows are grouped by sentence, `UNDERSPECIFIED` and `LABEL NOT PRESENT` are dropped, and
//! what is ranked are the preferred labels of ESCO 1.1.0.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::relevance::csv;
use crate::relevance::judged::{Judged, Question};
use crate::relevance::options::Beside;
use crate::relevance::space::{Entry, Space};

/// What stands in the place of a label where there is none.
const NO_LABEL: [&str; 3] = ["", "UNDERSPECIFIED", "LABEL NOT PRESENT"];

/// The labels and every set of sentences in the folder; `None` where there are none.
pub(crate) fn read(sets: &Path, beside: Beside) -> Option<(Space, Vec<Judged>)> {
    let folder = sets.join("skill-extraction");
    let labels = fs::read_to_string(folder.join("skills_en_label.txt")).ok()?;
    let labels = labels_of(&labels);
    let mut files: Vec<PathBuf> =
        fs::read_dir(&folder).ok()?.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let judged = files.iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.strip_suffix("_annotations.csv")?;
        Some(judge(name, &fs::read_to_string(path).unwrap(), &labels))
    });
    let judged = judged.collect();
    let esco = fs::read_to_string(sets.join("esco/esco_skills_en.jsonl")).unwrap_or_default();
    Some((space(labels, &esco, beside), judged))
}

/// The different labels, in their order.
fn labels_of(text: &str) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let labels = text.lines().map(str::trim).filter(|label| !label.is_empty());
    labels.filter(|label| seen.insert(*label)).map(str::to_owned).collect()
}

fn judge(name: &str, table: &str, labels: &[String]) -> Judged {
    let numbers: BTreeMap<&str, usize> = labels.iter().map(String::as_str).zip(0..).collect();
    let rows = csv::rows(table);
    let header = rows.first().cloned().unwrap_or_default();
    let column = |wanted: &str| header.iter().position(|name| name == wanted).unwrap();
    let (sentence, label) = (column("sentence"), column("label"));
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    let mut questions: Vec<Question> = Vec::new();
    let mut n_unknown = 0;
    for row in rows.iter().skip(1) {
        let (sentence, label) = (row[sentence].as_str(), row[label].trim());
        let number = numbers.get(label).copied();
        n_unknown += usize::from(number.is_none() && !NO_LABEL.contains(&label));
        let Some(number) = number else { continue };
        let next = questions.len();
        let place = *at.entry(sentence).or_insert(next);
        if place == next {
            questions.push(Question { text: sentence.to_owned(), right: BTreeSet::new() });
        }
        questions[place].right.insert(number);
    }
    let note = match n_unknown {
        0 => String::new(),
        n => format!("{n} rows have labels that are not in the list"),
    };
    Judged { name: name.to_owned(), language: "en".to_owned(), note, questions }
}

fn space(labels: Vec<String>, esco: &str, beside: Beside) -> Space {
    let known: BTreeMap<String, Value> = esco
        .lines()
        .filter(|_| beside != Beside::Nothing)
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|skill| (skill["preferredLabel"].as_str().unwrap_or_default().to_owned(), skill))
        .collect();
    let entries = labels.into_iter().map(|label| {
        let skill = known.get(&label);
        let definition = skill.and_then(|skill| skill["description"].as_str());
        let names = skill.and_then(|skill| skill["altLabels"].as_array());
        let names = names.filter(|_| beside == Beside::Alternatives).into_iter().flatten();
        Entry {
            definition: definition.filter(|text| !text.is_empty()).map(str::to_owned),
            alternatives: names.filter_map(Value::as_str).map(str::to_owned).collect(),
            code: None,
            language: "en".to_owned(),
            label,
        }
    });
    Space {
        name: format!("skills-{}", beside.name()),
        title: "European Skills, Competences, Qualifications and Occupations".to_owned(),
        entries: entries.collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{judge, labels_of, space};
    use crate::relevance::options::Beside;

    #[test]
    fn rows_of_one_sentence_are_one_question_without_what_has_no_label() {
        let labels = labels_of("bake bread\nweld\n\nbake bread\n count \n");
        assert_eq!(labels, ["bake bread", "weld", "count"]);
        let table = "sentence,span,sub_span,label\n\
                     \"You bake, and weld.\",bake,,bake bread\n\
                     You count.,count,,LABEL NOT PRESENT\n\
                     \"You bake, and weld.\",weld,,weld\n\
                     You rest.,rest,,UNDERSPECIFIED\n\
                     You fly.,fly,,fly aircraft\n\
                     \"You bake, and weld.\",bake,,bake bread\n";
        let judged = judge("house_validation", table, &labels);
        assert_eq!(judged.questions.len(), 1);
        assert_eq!(judged.questions[0].text, "You bake, and weld.");
        assert_eq!(judged.questions[0].right, BTreeSet::from([0, 1]));
        assert_eq!(judged.note, "1 rows have labels that are not in the list");
    }

    #[test]
    fn labels_get_the_definitions_and_names_that_are_asked_for() {
        let esco = r#"{"preferredLabel": "weld", "description": "Join metal.", "altLabels": ["fuse metal"]}"#;
        let entries = |beside| space(labels_of("weld\ncount"), esco, beside).entries;
        let bare = entries(Beside::Nothing);
        assert!(bare.iter().all(|entry| entry.definition.is_none()));
        let defined = entries(Beside::Definitions);
        assert_eq!(defined[0].definition.as_deref(), Some("Join metal."));
        assert!(defined[0].alternatives.is_empty() && defined[1].definition.is_none());
        assert_eq!(entries(Beside::Alternatives)[0].alternatives, ["fuse metal"]);
    }
}
