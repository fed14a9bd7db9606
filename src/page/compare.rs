//! `/frameworks/compare`: two frameworks side by side.

use askama::Template;
use index::beside::{Beside, How, Tie};
use index::card::Card;

use crate::page::address::{page_of_kind, place_in};
use crate::page::marked::cut;
use crate::page::relation::relation;
use crate::page::shell::Shell;
use crate::page::status::Status;

/// The most characters of a name; the page of the item has all of it.
const LABEL_CHARS: usize = 400;

/// Two frameworks side by side, or the choice of the second.
#[derive(Template)]
#[template(path = "compare.html")]
pub(crate) struct ComparePage {
    pub shell: Shell,
    pub a: Side,
    pub state: Comparison,
}

/// What there is to show.
pub(crate) enum Comparison {
    /// Both are the same.
    Same,
    /// The second has to be chosen.
    Choose {
        /// What was typed.
        text: String,
        /// The frameworks that it may be.
        found: Vec<Side>,
    },
    /// Both are there.
    Both(Box<Both>),
}

/// Two frameworks.
pub(crate) struct Both {
    pub b: Side,
    /// How many items of the first were read.
    pub n: usize,
    /// Whether these are all.
    pub is_whole: bool,
    /// How many items of the first have something beside them, from what is stated directly.
    pub n_exact: usize,
    pub n_other: usize,
    /// The items of this page.
    pub rows: Vec<Row>,
    /// How many items stand before the first of this page.
    pub from: usize,
    /// The addresses of the pages around this one.
    pub before: Option<String>,
    pub next: Option<String>,
    /// The same from the other side.
    pub turned: String,
    /// Whether some items of this page could not be looked up in time.
    pub is_late: bool,
}

/// A framework on one side.
pub(crate) struct Side {
    pub href: String,
    /// Its name as a parameter, where a form escapes it.
    pub plain: String,
    pub title: String,
    pub publisher: Option<String>,
    /// How many items it has.
    pub n: usize,
    /// Where it stands beside the first.
    pub compare: String,
    /// What to think of before it is used.
    pub status: Option<Status>,
}

/// An item, and what stands beside it.
pub(crate) struct Row {
    pub item: Entry,
    pub beside: Vec<Other>,
    /// Whether all was looked up that may stand beside it.
    pub is_whole: bool,
}

/// What stands beside an item.
pub(crate) struct Other {
    pub entry: Entry,
    /// How they belong together, in words.
    pub how: String,
    /// The class of its badge.
    pub class: &'static str,
    /// The relation as it is stated, or how near the words are.
    pub relation: String,
    /// Over how many statements the way leads; none where nothing is stated.
    pub way: Option<String>,
}

/// An item of a framework.
pub(crate) struct Entry {
    pub href: String,
    /// Where it stands in its tree.
    pub place: String,
    pub code: Option<String>,
    pub label: String,
    /// What to think of before it is used.
    pub status: Option<Status>,
}

impl Side {
    /// A framework of so many items, and where it stands beside the first.
    pub(crate) fn of(card: &Card, n: usize, compare: String, status: Option<Status>) -> Self {
        Self {
            href: page_of_kind(card.key(), card.resource.kind()),
            plain: card.key().subject_iri().unwrap_or_else(|| card.key().to_string()),
            title: card.label(),
            publisher: card.publisher().map(str::to_owned),
            n,
            compare,
            status,
        }
    }
}

impl Both {
    /// The same without what the head says already of a whole framework.
    pub(crate) fn without_repetition(mut self, a: &Side) -> Self {
        for row in &mut self.rows {
            row.item.status.take_if(|status| a.status.as_ref() == Some(status));
            for other in &mut row.beside {
                other.entry.status.take_if(|status| self.b.status.as_ref() == Some(status));
            }
        }
        self
    }

    /// About how many items nobody says anything; nothing where not all were read.
    pub(crate) fn n_alone(&self) -> Option<usize> {
        self.is_whole.then(|| self.n.saturating_sub(self.n_exact + self.n_other))
    }

    /// Which items this page has.
    pub(crate) fn range(&self, shell: &Shell) -> String {
        let values = [("from", self.from + 1), ("to", self.from + self.rows.len()), ("n", self.n)];
        shell.numbers("compare-range", &values)
    }
}

impl Row {
    /// An item with what stands beside it, in the frameworks that have these pages; each with what to think of before it is used.
    pub(crate) fn of(
        (item, status): (&Card, Option<Status>),
        beside: Vec<(Beside, Option<Status>)>,
        is_whole: bool,
        pages: (&str, &str),
        shell: &Shell,
    ) -> Self {
        let beside = beside.into_iter().map(|(beside, status)| {
            Other::of(&beside.tie, Entry::of(&beside.other, pages.1, status), shell)
        });
        Self { item: Entry::of(item, pages.0, status), beside: beside.collect(), is_whole }
    }
}

impl Other {
    fn of(tie: &Tie, entry: Entry, shell: &Shell) -> Self {
        let (how, class) = match tie.how {
            How::Exact => (shell.say("compare-exact"), "good"),
            How::Crosswalked => (shell.say("compare-crosswalked"), "known"),
            How::Near => (shell.say("compare-near"), "doubt"),
        };
        let relation = match (tie.how, tie.reads.as_str()) {
            (How::Exact, "twin") => shell.say("compare-twin"),
            (How::Near, "same") => shell.say("compare-same-words"),
            (How::Near, "near") => shell.say("compare-near-words"),
            (How::Near, _) => shell.say("compare-alike-words"),
            (_, reads) => relation(reads, shell),
        };
        let is_stated = tie.n_hops > 0;
        let way = is_stated.then(|| shell.count("compare-over", tie.n_hops));
        Self { entry, how, class, relation, way }
    }
}

impl Entry {
    /// An item in the framework that has a page.
    fn of(card: &Card, page: &str, status: Option<Status>) -> Self {
        Self {
            href: page_of_kind(card.key(), card.resource.kind()),
            place: place_in(page, card.key()),
            code: card.resource.code().map(str::to_owned),
            label: cut(&card.label(), LABEL_CHARS),
            status,
        }
    }
}

#[cfg(test)]
mod tests {
    use askama::Template;
    use index::beside::{How, Tie};

    use super::{Both, ComparePage, Comparison, Entry, Other, Row, Side};
    use crate::page::shell::Shell;
    use crate::page::status::Status;

    fn side(title: &str, n: usize) -> Side {
        let [href, compare] = ["/frameworks/1", "/frameworks/compare?a=1&b=2"].map(str::to_owned);
        let (plain, title) = ("urn:1".to_owned(), title.to_owned());
        Side { href, plain, title, publisher: None, n, compare, status: None }
    }

    fn entry(label: &str, status: Option<Status>) -> Entry {
        Entry {
            href: "/r/1".to_owned(),
            place: "/frameworks/1?at=1#here".to_owned(),
            code: Some("A".to_owned()),
            label: label.to_owned(),
            status,
        }
    }

    #[test]
    fn every_row_says_how_two_items_belong_together() {
        let shell = Shell::new("/frameworks", None);
        let gone = || Some(Status { class: "bad", words: "Put away".to_owned() });
        let other = |how, reads: &str, n_hops| {
            let tie = Tie { how, reads: reads.to_owned(), n_hops };
            Other::of(&tie, entry("Joins <ropes>", gone()), &shell)
        };
        let row =
            |label: &str, beside, is_whole| Row { item: entry(label, None), beside, is_whole };
        let rows = vec![
            row(
                "Bends",
                vec![
                    other(How::Exact, "exactMatchOf", 1),
                    other(How::Crosswalked, "isRelatedTo", 2),
                ],
                true,
            ),
            row("Splices", vec![other(How::Near, "same", 0)], true),
            row("Hitches", Vec::new(), true),
            row("Coils", Vec::new(), false),
        ];
        let both = Both {
            b: side("Other", 9),
            n: 1_030,
            is_whole: true,
            n_exact: 1,
            n_other: 1,
            rows,
            from: 20,
            before: None,
            next: Some("/next?a&b".to_owned()),
            turned: "/turned".to_owned(),
            is_late: true,
        };
        assert_eq!(both.n_alone(), Some(1_028));
        let a = side("<One>", 1_030);
        let page = ComparePage { shell, a, state: Comparison::Both(Box::new(both)) };
        let text = page.render().unwrap();
        for part in [
            "&#60;One&#62;",
            "Items 21 to 24 of 1,030",
            "Of about 1,028 items nobody says anything",
            "Exact match",
            "<span class=\"badge bad\">Put away</span>",
            "over 2 statements",
            "the same words",
            "Alone",
            "Not all looked up",
            "Joins &#60;ropes&#62;",
            "href=\"/next?a&#38;b\"",
            "no time left",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
    }

    #[test]
    fn the_second_is_chosen_among_what_was_found() {
        let shell = Shell::new("/frameworks", None);
        let found = vec![side("Other", 1)];
        let state = Comparison::Choose { text: "oth\"er".to_owned(), found };
        let text = ComparePage { shell, a: side("One", 2), state }.render().unwrap();
        assert!(text.contains("value=\"oth&#34;er\""), "{text}");
        assert!(text.contains("href=\"/frameworks/compare?a=1&#38;b=2\""), "{text}");
    }
}
