//! Texts of which is known what they are about.

use std::collections::BTreeSet;

/// A text and what is right for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    pub text: String,
    /// The numbers of the right items.
    pub right: BTreeSet<usize>,
}

/// A set of judged texts over a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Judged {
    /// The name of the set, as its file or folder has it.
    pub name: String,
    /// The language of the texts.
    pub language: String,
    /// What a person should know of how the set was read.
    pub note: String,
    pub questions: Vec<Question>,
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Judged;
    use crate::relevance::options::Beside;
    use crate::relevance::space::Space;
    use crate::relevance::{melo, onet, skills};

    #[track_caller]
    fn check(space: &Space, judged: &Judged, texts: usize, items: usize, pairs: usize) {
        let n_pairs: usize = judged.questions.iter().map(|question| question.right.len()).sum();
        let found = (judged.questions.len(), space.entries.len(), n_pairs);
        assert_eq!(found, (texts, items, pairs), "{}", judged.name);
    }

    /// The numbers are those of a second reader, written apart from this one in another language.
    #[test]
    fn the_real_sets_are_read_as_others_read_them() {
        let sets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bench");
        let Some((labels, sentences)) = skills::read(&sets, Beside::Nothing) else {
            println!("skipped: ../shared is not here");
            return;
        };
        let of = |name: &str| sentences.iter().find(|judged| judged.name == name).unwrap();
        check(&labels, of("house_validation"), 61, 13_896, 131);
        check(&labels, of("tech_validation"), 75, 13_896, 131);
        let titles = melo::read(&sets);
        let title = |name: &str| titles.iter().find(|(space, _)| space.name == name).unwrap();
        for (name, texts, items, pairs) in [
            ("usa_q_en_c_en", 633, 33_809, 7_852),
            ("deu_q_de_c_de", 1_779, 19_135, 12_670),
            ("esp_q_es_c_es", 1_580, 16_502, 8_525),
        ] {
            let (space, judged) = title(name);
            check(space, judged, texts, items, pairs);
        }
        let (activities, tasks) = onet::read(&sets).unwrap();
        check(&activities, &tasks, 2_000, 2_069, 2_494);
    }
}
