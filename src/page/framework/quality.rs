//! How well a framework is made: what was odd about its record, and what its items lack.

use std::collections::BTreeMap;

use index::card::WarningCount;
use index::outline::{Noted, Statistics};
use ontology::CanonicalKey;

use crate::likeness::MAX_REPORTED;
use crate::page::address::{page_of, segment};
use crate::page::shell::Shell;

/// What an oddity means for whoever uses the framework, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gravity {
    /// Something that was meant to be there is not.
    Lost,
    /// Something may not mean what it seems to.
    Doubt,
    /// It was understood, and nothing is lost.
    Fine,
}

/// The code, the name of the text, and what it means, of every kind of oddity.
const KINDS: [(&str, &str, Gravity); 37] = [
    ("no_identifier", "warning-no-identifier", Gravity::Lost),
    ("not_an_object", "warning-not-an-object", Gravity::Lost),
    ("non_uuid_identifier", "warning-non-uuid-identifier", Gravity::Doubt),
    ("uuid_pattern", "warning-uuid-pattern", Gravity::Fine),
    ("identifier_differs_from_uri", "warning-identifier-differs-from-uri", Gravity::Doubt),
    ("field_alias", "warning-field-alias", Gravity::Fine),
    ("wrong_shape", "warning-wrong-shape", Gravity::Fine),
    ("unreadable_value", "warning-unreadable-value", Gravity::Lost),
    ("unknown_field", "warning-unknown-field", Gravity::Fine),
    ("missing_field", "warning-missing-field", Gravity::Doubt),
    ("invalid_date", "warning-invalid-date", Gravity::Lost),
    ("date_without_zone", "warning-date-without-zone", Gravity::Fine),
    ("date_shape", "warning-date-shape", Gravity::Fine),
    ("unknown_association_type", "warning-unknown-association-type", Gravity::Doubt),
    ("association_type_spelling", "warning-association-type-spelling", Gravity::Fine),
    ("missing_end", "warning-missing-end", Gravity::Lost),
    ("origin_elsewhere", "warning-origin-elsewhere", Gravity::Fine),
    ("destination_elsewhere", "warning-destination-elsewhere", Gravity::Doubt),
    ("unresolvable_end", "warning-unresolvable-end", Gravity::Lost),
    ("empty_link", "warning-empty-link", Gravity::Lost),
    ("self_association", "warning-self-association", Gravity::Doubt),
    ("repeated_identifier", "warning-repeated-identifier", Gravity::Lost),
    ("repeated_association", "warning-repeated-association", Gravity::Fine),
    ("hierarchy_cycle", "warning-hierarchy-cycle", Gravity::Doubt),
    ("no_parent", "warning-no-parent", Gravity::Doubt),
    ("no_framework", "warning-no-framework", Gravity::Doubt),
    ("invalid_iri", "warning-invalid-iri", Gravity::Doubt),
    ("no_statement", "warning-no-statement", Gravity::Doubt),
    ("no_context", "warning-no-context", Gravity::Fine),
    ("unknown_context", "warning-unknown-context", Gravity::Doubt),
    ("unknown_term", "warning-unknown-term", Gravity::Fine),
    ("language_tag", "warning-language-tag", Gravity::Fine),
    ("ctid_differs_from_id", "warning-ctid-differs-from-id", Gravity::Doubt),
    ("alignment_object_mistyped", "warning-alignment-object-mistyped", Gravity::Fine),
    ("hierarchy_as_alignment", "warning-hierarchy-as-alignment", Gravity::Fine),
    ("dangling_node", "warning-dangling-node", Gravity::Lost),
    ("untyped_node", "warning-untyped-node", Gravity::Doubt),
];

/// How well a framework is made.
pub(crate) struct Quality {
    /// Whether all its items were read.
    pub is_whole: bool,
    /// What was odd, the gravest first.
    pub oddities: Vec<Oddity>,
    /// What its items lack.
    pub lacks: Vec<Lack>,
    /// Codes that several items share, with how many.
    pub repeated: Vec<(String, usize)>,
    pub n_repeated: usize,
    /// Where near-duplicates are listed, where the framework is small enough for an answer.
    pub duplicates: Option<String>,
    /// What to call the program with for the same.
    pub command: String,
}

/// A kind of oddity in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Oddity {
    /// What it is and what it means.
    pub text: String,
    pub n: u64,
    /// The code of the kind.
    pub code: String,
    /// Where the first is, as a JSON pointer.
    pub place: String,
    /// What stands there.
    pub detail: String,
    /// How grave it is, in words.
    pub gravity: String,
    /// The class of its badge.
    pub class: &'static str,
}

/// Items that lack something.
pub(crate) struct Lack {
    pub text: String,
    /// What it means.
    pub meaning: String,
    /// Some of them: address and name.
    pub first: Vec<(String, String)>,
}

/// How many items are not shown with the others.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Standings {
    pub n_withdrawn: u64,
    pub n_provisional: u64,
}

impl Gravity {
    fn class(self) -> &'static str {
        match self {
            Self::Lost => "bad",
            Self::Doubt => "doubt",
            Self::Fine => "good",
        }
    }

    fn words(self, shell: &Shell) -> String {
        match self {
            Self::Lost => shell.say("quality-lost"),
            Self::Doubt => shell.say("quality-doubt"),
            Self::Fine => shell.say("quality-fine"),
        }
    }
}

impl Quality {
    /// The report on a framework, by what its items and its record say.
    pub(crate) fn of(
        framework: &CanonicalKey,
        statistics: &Statistics,
        standings: Standings,
        warnings: &BTreeMap<String, WarningCount>,
        shell: &Shell,
    ) -> Self {
        let is_small = statistics.n > 0 && statistics.n <= MAX_REPORTED;
        let address = || format!("/v1/similar?report={}&threshold=0.8", segment(framework));
        Self {
            is_whole: statistics.is_whole,
            oddities: oddities(warnings, shell),
            lacks: lacks(statistics, standings, shell),
            repeated: statistics.repeated_codes.clone(),
            n_repeated: statistics.n_repeated_codes,
            duplicates: is_small.then(address),
            command: format!("alidade similar --report {}", argument(framework)),
        }
    }

    /// Whether all was looked at and there is nothing to say.
    pub(crate) fn is_clean(&self) -> bool {
        self.is_whole && self.has_nothing()
    }

    /// Whether there is nothing to say of what was looked at.
    pub(crate) fn has_nothing(&self) -> bool {
        self.oddities.is_empty() && self.lacks.is_empty() && self.n_repeated == 0
    }
}

/// A framework as an argument of a command: its CTID or GUID where that is enough, else its IRI.
fn argument(framework: &CanonicalKey) -> String {
    let name = segment(framework);
    if !name.contains('%') {
        return name;
    }
    quoted(&framework.subject_iri().unwrap_or_else(|| framework.to_string()))
}

/// A text as a shell takes it for one argument.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn oddities(warnings: &BTreeMap<String, WarningCount>, shell: &Shell) -> Vec<Oddity> {
    let mut graded: Vec<(Gravity, Oddity)> = Vec::new();
    for (code, counted) in warnings {
        let kind = KINDS.iter().find(|(known, ..)| known == code);
        let (text, gravity) = kind.map_or_else(
            || (shell.tell("warning-other", "code", code), Gravity::Doubt),
            |(_, name, gravity)| (shell.say(name), *gravity),
        );
        let oddity = Oddity {
            text,
            n: counted.n,
            code: code.clone(),
            place: counted.pointer.clone(),
            detail: counted.detail.clone(),
            gravity: gravity.words(shell),
            class: gravity.class(),
        };
        graded.push((gravity, oddity));
    }
    graded.sort_by_key(|(gravity, oddity)| (*gravity, std::cmp::Reverse(oddity.n)));
    graded.into_iter().map(|(_, oddity)| oddity).collect()
}

fn lacks(statistics: &Statistics, standings: Standings, shell: &Shell) -> Vec<Lack> {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let none = Noted::default();
    // What the others hang on was not read, perhaps.
    let loose = if statistics.is_whole { count(statistics.n_loose) } else { 0 };
    let lacks = [
        (
            "quality-no-words",
            "quality-no-words-means",
            count(statistics.without_words.n),
            &statistics.without_words,
        ),
        (
            "quality-no-code",
            "quality-no-code-means",
            count(statistics.without_code.n),
            &statistics.without_code,
        ),
        ("quality-loose", "quality-loose-means", loose, &none),
        ("quality-withdrawn", "quality-withdrawn-means", standings.n_withdrawn, &none),
        ("quality-provisional", "quality-provisional-means", standings.n_provisional, &none),
    ];
    let lacking = lacks.into_iter().filter(|(.., n, _)| *n > 0);
    let lacking = lacking.map(|(text, meaning, n, noted)| Lack {
        text: shell.count(text, n),
        meaning: shell.say(meaning),
        first: noted.first.iter().map(|step| (page_of(&step.key), step.label.clone())).collect(),
    });
    lacking.collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use index::card::WarningCount;
    use index::outline::Statistics;
    use ontology::{CanonicalKey, identify};

    use super::{KINDS, Quality, Standings, argument, quoted};
    use crate::page::shell::Shell;

    const GUID: &str = "6b9bf846-d7cc-11e8-824f-0242ac160002";

    fn key(name: &str) -> CanonicalKey {
        identify(name).key.unwrap()
    }

    fn warned(codes: &[&str]) -> BTreeMap<String, WarningCount> {
        let counted = |detail: &str| WarningCount {
            n: 3,
            pointer: "/CFItems/0".to_owned(),
            detail: detail.to_owned(),
        };
        codes.iter().map(|code| ((*code).to_owned(), counted(code))).collect()
    }

    fn report(codes: &[&str], statistics: &Statistics) -> Quality {
        let standings = Standings { n_withdrawn: 0, n_provisional: 2 };
        let shell = Shell::new("/frameworks", None);
        Quality::of(&key(GUID), statistics, standings, &warned(codes), &shell)
    }

    #[test]
    fn what_is_lost_comes_first_and_what_is_new_is_told_too() {
        let quality = report(&["uuid_pattern", "missing_end", "brand_new"], &Statistics::default());
        let order: Vec<(&str, &str)> =
            quality.oddities.iter().map(|oddity| (oddity.code.as_str(), oddity.class)).collect();
        assert_eq!(
            order,
            [("missing_end", "bad"), ("brand_new", "doubt"), ("uuid_pattern", "good")]
        );
        assert!(quality.oddities[1].text.contains("brand_new"));
        assert_eq!(quality.lacks.len(), 1);
        assert!(quality.lacks[0].text.contains('2') && !quality.is_clean());
    }

    #[test]
    fn of_a_part_nothing_is_said_that_only_the_whole_shows() {
        let loose = |is_whole| Statistics { n: 9, n_loose: 4, is_whole, ..Statistics::default() };
        assert_eq!(report(&[], &loose(true)).lacks.len(), 2);
        assert_eq!(report(&[], &loose(false)).lacks.len(), 1);
        let (none, shell) = (Standings::default(), Shell::new("/frameworks", None));
        let of = |is_whole| {
            let read = Statistics { n: 9, is_whole, ..Statistics::default() };
            Quality::of(&key(GUID), &read, none, &warned(&[]), &shell)
        };
        assert!(of(true).is_clean());
        assert!(of(false).has_nothing() && !of(false).is_clean());
    }

    #[test]
    fn a_framework_is_an_argument_as_a_shell_takes_it() {
        assert_eq!(argument(&key(GUID)), GUID);
        let framework = CanonicalKey::iri("https://a.example/x?y=1").unwrap();
        assert_eq!(argument(&framework), "'https://a.example/x?y=1'");
        assert_eq!(quoted("a'b"), r"'a'\''b'");
    }

    #[test]
    fn every_kind_of_oddity_has_words_of_its_own() {
        let shell = Shell::new("/frameworks", None);
        for (code, name, _) in KINDS {
            let text = shell.say(name);
            assert!(text.ends_with('.') && text.contains(' '), "{code}: {text}");
        }
        // What the standards warn of is told by the types themselves.
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/src/record.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let kinds = source.split("warning_kinds! {").nth(1).unwrap().split("\n}").next().unwrap();
        let codes: Vec<&str> = kinds.lines().filter_map(|line| line.split('"').nth(1)).collect();
        let known: Vec<&str> = KINDS.iter().map(|(code, ..)| *code).collect();
        assert_eq!(codes, known);
    }

    #[test]
    fn near_duplicates_are_listed_of_small_frameworks_alone() {
        let of = |n| report(&[], &Statistics { n, ..Statistics::default() });
        assert!(of(300).duplicates.is_some());
        assert!(of(301).duplicates.is_none() && of(0).duplicates.is_none());
    }
}
