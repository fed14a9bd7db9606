//! Tasks of occupations and the work activities that they belong to: O*NET.
//!
//! 2,000 of the tasks, drawn with seed 7 as the measured baselines were.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::relevance::judged::{Judged, Question};
use crate::relevance::mersenne::Mersenne;
use crate::relevance::space::{Entry, Space};

const N_TASKS: usize = 2_000;

const SEED: u32 = 7;

/// The activities and the drawn tasks; `None` where they are not there.
pub(crate) fn read(sets: &Path) -> Option<(Space, Judged)> {
    let folder = sets.join("onet-task-dwa");
    let activities = fs::read_to_string(folder.join("dwa.json")).ok()?;
    let tasks = fs::read_to_string(folder.join("tasks.jsonl")).ok()?;
    Some(judge(&serde_json::from_str(&activities).unwrap(), &tasks))
}

fn judge(activities: &Map<String, Value>, tasks: &str) -> (Space, Judged) {
    let tasks: Vec<&str> = tasks.lines().collect();
    let drawn = Mersenne::of(SEED).sample(tasks.len(), N_TASKS.min(tasks.len()));
    let numbers: BTreeMap<&str, usize> = activities.keys().map(String::as_str).zip(0..).collect();
    let questions = drawn.into_iter().map(|at| {
        let task: Value = serde_json::from_str(tasks[at]).unwrap();
        let right = task["dwa"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let right: BTreeSet<usize> = right.filter_map(|id| numbers.get(id).copied()).collect();
        Question { text: task["text"].as_str().unwrap_or_default().to_owned(), right }
    });
    let judged = Judged {
        name: "onet".to_owned(),
        language: "en".to_owned(),
        note: format!("{N_TASKS} of {} tasks, seed {SEED}", tasks.len()),
        questions: questions.filter(|question| !question.right.is_empty()).collect(),
    };
    let entries = activities.iter().map(|(code, label)| Entry {
        label: label.as_str().unwrap_or_default().to_owned(),
        code: Some(code.clone()),
        language: "en".to_owned(),
        ..Entry::default()
    });
    let title = "Detailed Work Activities".to_owned();
    (Space { name: "onet".to_owned(), title, entries: entries.collect() }, judged)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::judge;

    #[test]
    fn activities_are_items_and_tasks_are_questions() {
        let activities = json!({"4.A": "Review art.", "4.B": "Weld."});
        let tasks = "{\"text\": \"Review paintings.\", \"dwa\": [\"4.A\", \"9.Z\"]}\n{\"text\": \"Rest.\", \"dwa\": []}\n";
        let (space, judged) = judge(activities.as_object().unwrap(), tasks);
        assert_eq!(space.entries[1].code.as_deref(), Some("4.B"));
        assert_eq!(judged.questions.len(), 1);
        assert_eq!(judged.questions[0].right, BTreeSet::from([0]));
    }
}
