//! What a framework comes to in numbers.

use index::card::RecordCard;
use index::outline::Statistics;
use index::search::Counted;

use crate::page::shell::Shell;

/// The most rows of one table.
const MAX_ROWS: usize = 25;

/// What a framework comes to in numbers.
pub(crate) struct Numbers {
    /// How many items there are.
    pub n: usize,
    /// Whether all of them were counted.
    pub is_whole: bool,
    pub types: Vec<Tallied>,
    pub depths: Vec<Tallied>,
    pub levels: Vec<Tallied>,
    /// What its record states, by type.
    pub associations: Vec<Tallied>,
    pub shares: Vec<Tallied>,
}

/// A number of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tallied {
    pub label: String,
    pub n: u64,
    /// The share of all, in percent; none where it is no share.
    pub share: Option<u64>,
}

impl Numbers {
    /// The numbers of a framework, with the education levels of its items and its record, where that is held.
    pub(crate) fn of(
        statistics: &Statistics,
        levels: &[Counted],
        record: Option<&RecordCard>,
        shell: &Shell,
    ) -> Self {
        let n = whole(statistics.n);
        let share = |label: String, part: usize| Tallied::share(label, whole(part), n);
        let types = statistics.types.iter().map(|(name, count)| {
            share(name.clone().unwrap_or_else(|| shell.say("numbers-no-type")), *count)
        });
        let depths = statistics.depths.iter().enumerate();
        let levels = levels.iter().map(|level| share(level.value.clone(), level.count));
        let associations = record.into_iter().flat_map(|record| &record.alignments);
        let with = |noted: usize| statistics.n.saturating_sub(noted);
        Self {
            n: statistics.n,
            is_whole: statistics.is_whole,
            types: types.take(MAX_ROWS).collect(),
            depths: depths
                .map(|(at, count)| share(shell.count("numbers-level", at + 1), *count))
                .collect(),
            levels: levels.take(MAX_ROWS).collect(),
            associations: associations
                .map(|(name, n)| Tallied { label: name.clone(), n: *n, share: None })
                .collect(),
            shares: vec![
                share(shell.say("numbers-with-code"), with(statistics.without_code.n)),
                share(shell.say("numbers-with-words"), with(statistics.without_words.n)),
            ],
        }
    }

    /// The tables that have rows, each with its title.
    pub(crate) fn tables(&self, shell: &Shell) -> Vec<(String, &[Tallied])> {
        let tables = [
            (shell.say("numbers-shares"), self.shares.as_slice()),
            (shell.say("numbers-depths"), &self.depths),
            (shell.say("numbers-types"), &self.types),
            (shell.say("numbers-levels"), &self.levels),
            (shell.say("numbers-associations"), &self.associations),
        ];
        tables.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
    }
}

impl Tallied {
    fn share(label: String, n: u64, all: u64) -> Self {
        Self { label, n, share: (n * 100).checked_div(all) }
    }

    /// The share as people say it: what is there is not none.
    pub(crate) fn percent(&self, shell: &Shell) -> Option<String> {
        self.share.map(|share| match (share, self.n) {
            (0, 1..) => shell.say("numbers-share-small"),
            _ => shell.count("numbers-share", share),
        })
    }
}

fn whole(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use index::outline::{Noted, Statistics};
    use index::search::Counted;

    use super::{Numbers, Tallied};
    use crate::page::shell::Shell;

    #[test]
    fn numbers_are_shares_of_all_items() {
        let statistics = Statistics {
            n: 4,
            is_whole: true,
            types: vec![(Some("Cluster".to_owned()), 3), (None, 1)],
            depths: vec![1, 3],
            without_code: Noted { n: 1, first: Vec::new() },
            ..Statistics::default()
        };
        let levels = [Counted { value: "03".to_owned(), label: None, count: 2 }];
        let shell = Shell::new("/frameworks", None);
        let numbers = Numbers::of(&statistics, &levels, None, &shell);
        let row =
            |label: &str, n, share| Tallied { label: label.to_owned(), n, share: Some(share) };
        assert_eq!(numbers.types, [row("Cluster", 3, 75), row("No type", 1, 25)]);
        assert_eq!(numbers.depths, [row("Level 1", 1, 25), row("Level 2", 3, 75)]);
        assert_eq!(numbers.levels, [row("03", 2, 50)]);
        assert_eq!(numbers.shares, [row("With a code", 3, 75), row("With a statement", 4, 100)]);
        let told = |n| Tallied::share(String::new(), n, 1_000).percent(&shell).unwrap();
        assert_eq!([0, 9, 10].map(told), ["0%", "<1%", "1%"]);
        let empty = Numbers::of(&Statistics::default(), &[], None, &shell);
        assert_eq!(empty.shares[0].share, None);
    }
}
