//! How the doors rank what judged texts are about.

use std::collections::BTreeSet;

use crate::relevance::baselines::{baselines, gates};
use crate::relevance::door::{Came, Doors, Found};
use crate::relevance::judged::{Judged, Question};
use crate::relevance::measure::{DEPTH, MEASURES, Measured, mean, measure};
use crate::relevance::options::{Flag, Options};
use crate::relevance::parallel::each;
use crate::relevance::report::{Gate, Miss, Row, Section};
use crate::relevance::space::Space;

/// How many of what came in place of the right ones are shown.
const SHOWN: usize = 3;

/// A ranking of one text: the numbers of the items, and the median time.
pub(crate) struct Ranked {
    pub numbers: Vec<usize>,
    pub took: f64,
}

/// What one door, or one rival, made of every text of a set.
pub(crate) type Rankings = Vec<Result<Ranked, String>>;

/// Asks both doors for every text of a set. The gates are those of `suggest`.
pub(crate) fn ranked(doors: Doors, space: &Space, judged: &Judged, options: &Options) -> Section {
    let numbers = space.numbers();
    let language = options.is(Flag::Language).then_some(judged.language.as_str());
    let rank = |came: Came<Found>| {
        let found = came.found.iter().filter_map(|found| numbers.get(&found.id).copied());
        Ranked { numbers: found.collect(), took: came.took }
    };
    let suggested: Rankings =
        each(&format!("{} suggest", judged.name), &judged.questions, |question| {
            doors.suggest(&question.text, DEPTH, language).map(rank)
        });
    let searched: Rankings =
        each(&format!("{} search", judged.name), &judged.questions, |question| {
            let more: Vec<(&str, &str)> = language.map(|tag| ("lang", tag)).into_iter().collect();
            doors.search(&question.text, DEPTH, &more).map(rank)
        });
    let gated = row("alidade suggest", judged, &suggested);
    let gates = gates(&judged.name).iter().map(|(measure, wanted)| {
        let reached = gated.values.iter().find(|(name, _)| name == measure);
        Gate {
            measure: (*measure).to_owned(),
            wanted: *wanted,
            reached: reached.map_or(0.0, |(_, value)| *value),
        }
    });
    Section {
        name: judged.name.clone(),
        about: about(space, judged),
        gates: gates.collect(),
        misses: misses(space, judged, &suggested),
        rows: [gated, row("alidade search", judged, &searched)]
            .into_iter()
            .chain(baselines(&judged.name))
            .collect(),
    }
}

fn about(space: &Space, judged: &Judged) -> String {
    let (n_texts, n_items) = (judged.questions.len(), space.entries.len());
    let note = if judged.note.is_empty() { String::new() } else { format!("; {}", judged.note) };
    format!("{n_texts} texts, {n_items} items{note}")
}

/// The means of a set. A text that was answered with an error counts as one that found nothing.
pub(crate) fn row(system: &str, judged: &Judged, rankings: &Rankings) -> Row {
    let pairs = || judged.questions.iter().zip(rankings);
    let measured: Vec<Measured> = pairs()
        .map(|(question, ranked)| match ranked {
            Ok(ranked) => measure(&ranked.numbers, &question.right),
            Err(_) => [0.0; MEASURES.len()],
        })
        .collect();
    let faults: Vec<&String> = rankings.iter().filter_map(|ranked| ranked.as_ref().err()).collect();
    if let Some(first) = faults.first() {
        let (n, first) = (faults.len(), first.chars().take(200).collect::<String>());
        println!("{system}: {n} texts of {} were refused: {first}", judged.name);
    }
    let mut times: Vec<f64> = rankings.iter().flatten().map(|ranked| ranked.took).collect();
    times.sort_by(f64::total_cmp);
    Row {
        system: system.to_owned(),
        source: String::new(),
        values: MEASURES.into_iter().zip(mean(&measured)).collect(),
        took: times.get(times.len() / 2).copied(),
    }
}

/// The texts none of whose items came among the first ten, and what came first.
fn misses(space: &Space, judged: &Judged, rankings: &Rankings) -> Vec<Miss> {
    let label = |number: &usize| space.entries[*number].label.clone();
    let missed = |question: &Question, numbers: &[usize]| {
        !numbers.iter().take(10).any(|number| question.right.contains(number))
    };
    let pairs = judged.questions.iter().zip(rankings);
    let misses = pairs.filter_map(|(question, ranked)| match ranked {
        Ok(ranked) if !missed(question, &ranked.numbers) => None,
        Ok(ranked) => Some((question, ranked.numbers.iter().take(SHOWN).map(label).collect())),
        Err(fault) => Some((question, vec![fault.clone()])),
    });
    misses
        .map(|(question, got)| {
            let wanted: BTreeSet<String> = question.right.iter().map(label).collect();
            let wanted: Vec<String> = wanted.into_iter().take(SHOWN).collect();
            Miss { asked: question.text.clone(), wanted: wanted.join(" | "), got }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Ranked, misses, row};
    use crate::relevance::judged::{Judged, Question};
    use crate::relevance::space::{Entry, Space};

    #[test]
    fn a_refused_text_counts_as_one_that_found_nothing() {
        let entry = |label: &str| Entry { label: label.to_owned(), ..Entry::default() };
        let space = Space {
            name: "s".to_owned(),
            title: "S".to_owned(),
            entries: vec![entry("bake"), entry("weld")],
        };
        let question = |text: &str| Question { text: text.to_owned(), right: BTreeSet::from([1]) };
        let judged = Judged {
            name: "s".to_owned(),
            language: "en".to_owned(),
            note: String::new(),
            questions: vec![question("a"), question("b"), question("c")],
        };
        let rankings = vec![
            Ok(Ranked { numbers: vec![0, 1], took: 3.0 }),
            Err("500".to_owned()),
            Ok(Ranked { numbers: vec![0], took: 1.0 }),
        ];
        let row = row("x", &judged, &rankings);
        assert_eq!(row.values[0], ("MRR", 0.5 / 3.0));
        assert_eq!(row.took, Some(3.0));
        let misses = misses(&space, &judged, &rankings);
        assert_eq!(misses.len(), 2);
        assert_eq!((misses[0].got[0].as_str(), misses[1].got[0].as_str()), ("500", "bake"));
        assert_eq!(misses[1].wanted, "weld");
    }
}
