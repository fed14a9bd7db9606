//! The filters beside the results: what the hits can be narrowed by, with how many there are of each.

use std::collections::{BTreeMap, BTreeSet};

use index::search::{Counted, Facet};
use ontology::{identify, plain};

use crate::page::language::name_of_language;
use crate::page::licence::name_of;
use crate::page::marked::cut;
use crate::page::question::Question;
use crate::page::shell::Shell;
use crate::page::wording::title_of_class;

/// The facets that are seen at once.
const FIRST: [Facet; 7] = [
    Facet::Kind,
    Facet::Framework,
    Facet::Publisher,
    Facet::Level,
    Facet::Subject,
    Facet::Status,
    Facet::License,
];

/// The facets that are folded away until somebody looks for them.
const FURTHER: [Facet; 5] =
    [Facet::Class, Facet::Language, Facet::Aligned, Facet::Jurisdiction, Facet::Source];

/// The values of a facet that are seen at once.
const N_SEEN: usize = 5;

/// The most values of a facet that are shown at all, those that are chosen aside.
const N_SHOWN: usize = 25;

/// The most characters of a value that are shown.
const MAX_LABEL: usize = 80;

/// The filters beside the results.
#[derive(Debug, Default)]
pub(crate) struct Facets {
    /// Those that are seen at once.
    pub first: Vec<FacetView>,
    /// Those that are folded away.
    pub further: Vec<FacetView>,
    /// Whether something is chosen in what is folded away.
    pub is_further_open: bool,
    /// What is chosen, each with the address of the question without it.
    pub chosen: Vec<Choice>,
}

/// One facet with its values.
#[derive(Debug)]
pub(crate) struct FacetView {
    /// The name of its filter.
    pub name: &'static str,
    pub title: String,
    /// The values that are seen at once, those that are chosen first.
    pub seen: Vec<Entry>,
    /// The values that are folded away.
    pub folded: Vec<Entry>,
}

/// One value of a facet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// As the filter takes it.
    pub value: String,
    /// As people read it.
    pub label: String,
    /// How many hits have it; nothing where that was not counted.
    pub count: Option<usize>,
    pub is_chosen: bool,
}

/// A value that is chosen.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub title: String,
    pub label: String,
    /// The address of the question without it.
    pub without: String,
}

impl Facets {
    /// The facets that are to be counted.
    pub(crate) fn wanted() -> Vec<Facet> {
        FIRST.into_iter().chain(FURTHER).collect()
    }

    /// The filters of a question, by what was counted. Licences are called by the names that are known of their addresses.
    pub(crate) fn of(
        question: &Question,
        counted: &BTreeMap<Facet, Vec<Counted>>,
        licences: &BTreeMap<String, String>,
        shell: &Shell,
    ) -> Self {
        let mut facets = Self::default();
        let views = |facets: &[Facet], chosen: &mut Vec<Choice>| {
            let mut views = Vec::new();
            for facet in facets {
                let namer = Namer { facet: *facet, licences, shell };
                let values = values(question, counted.get(facet), &namer);
                chosen.extend(choices(question, &values, &namer));
                views.extend(view(values, &namer));
            }
            views
        };
        facets.first = views(&FIRST, &mut facets.chosen);
        let n_chosen = facets.chosen.len();
        facets.further = views(&FURTHER, &mut facets.chosen);
        facets.is_further_open = facets.chosen.len() > n_chosen;
        facets
    }
}

/// The values of a facet, those that are chosen first.
fn values(question: &Question, counted: Option<&Vec<Counted>>, namer: &Namer<'_>) -> Vec<Entry> {
    let name = namer.facet.as_str();
    let mut wanted: Vec<&str> = question.values(name).collect();
    let mut seen = BTreeSet::new();
    wanted.retain(|value| seen.insert(*value));
    let counted = counted.map(Vec::as_slice).unwrap_or_default();
    let (mut chosen, mut others) = (Vec::new(), Vec::new());
    for (one, label) in counted.iter().zip(namer.labels(counted)) {
        let at = wanted.iter().position(|value| is_same(namer.facet, value, &one.value));
        let count = Some(one.count);
        if let Some(at) = at {
            // As it was asked for, so that it can be taken away.
            let value = wanted.remove(at).to_owned();
            chosen.push(Entry { value, label, count, is_chosen: true });
        } else {
            let value = one.value.clone();
            others.push(Entry { value, label, count, is_chosen: false });
        }
    }
    // What no hit has can be taken away all the same.
    chosen.extend(wanted.into_iter().map(|value| Entry {
        value: value.to_owned(),
        label: namer.label(value, None),
        count: None,
        is_chosen: true,
    }));
    others.truncate(N_SHOWN);
    chosen.extend(others);
    chosen
}

/// What is chosen of a facet.
fn choices(question: &Question, values: &[Entry], namer: &Namer<'_>) -> Vec<Choice> {
    let chosen = values.iter().filter(|value| value.is_chosen);
    let choice = |value: &Entry| Choice {
        title: namer.title(),
        label: value.label.clone(),
        without: question.without(namer.facet.as_str(), &value.value),
    };
    chosen.map(choice).collect()
}

/// A facet, where there is anything to choose.
fn view(values: Vec<Entry>, namer: &Namer<'_>) -> Option<FacetView> {
    let n_chosen = values.iter().filter(|value| value.is_chosen).count();
    if values.len() < 2 && n_chosen == 0 {
        return None;
    }
    let n_seen = N_SEEN.max(n_chosen).min(values.len());
    // One value alone is not worth folding away.
    let n_seen = if values.len() == n_seen + 1 { values.len() } else { n_seen };
    let mut seen = values;
    let folded = seen.split_off(n_seen);
    Some(FacetView { name: namer.facet.as_str(), title: namer.title(), seen, folded })
}

/// Whether a value that was asked for is one that was counted.
fn is_same(facet: Facet, asked: &str, counted: &str) -> bool {
    if facet == Facet::Framework {
        return identify(asked).key.is_some_and(|key| key.as_str() == counted);
    }
    let local = |value: &str| value.trim().to_lowercase();
    local(asked) == local(counted)
        || (facet == Facet::Class && format!("ceterms:{}", local(asked)) == local(counted))
}

/// What the values of a facet are called.
struct Namer<'a> {
    facet: Facet,
    licences: &'a BTreeMap<String, String>,
    shell: &'a Shell,
}

impl Namer<'_> {
    fn title(&self) -> String {
        let shell = self.shell;
        match self.facet {
            Facet::Kind => shell.say("facet-kind"),
            Facet::Class => shell.say("facet-class"),
            Facet::Framework => shell.say("facet-framework"),
            Facet::Publisher => shell.say("facet-publisher"),
            Facet::Source => shell.say("facet-source"),
            Facet::Subject => shell.say("facet-subject"),
            Facet::Level => shell.say("facet-level"),
            Facet::Language => shell.say("facet-language"),
            Facet::Status => shell.say("facet-status"),
            Facet::License => shell.say("facet-license"),
            Facet::Aligned => shell.say("facet-aligned"),
            Facet::Jurisdiction => shell.say("facet-jurisdiction"),
        }
    }

    /// What values are called beside each other: a framework and its twin have one name and two standards.
    fn labels(&self, counted: &[Counted]) -> Vec<String> {
        let called = |one: &Counted| self.label(&one.value, one.label.as_deref());
        let labels: Vec<String> = counted.iter().map(called).collect();
        let is_repeated =
            |label: &String| labels.iter().filter(|other| *other == label).count() > 1;
        let told_apart = |(one, label): (&Counted, &String)| match standard_of(&one.value) {
            Some(standard) if self.facet == Facet::Framework && is_repeated(label) => {
                format!("{label} ({standard})")
            }
            _ => label.clone(),
        };
        counted.iter().zip(&labels).map(told_apart).collect()
    }

    fn label(&self, value: &str, label: Option<&str>) -> String {
        let shell = self.shell;
        let label = match self.facet {
            Facet::Kind => shell.tell("resource-kind", "kind", value),
            Facet::Class => title_of_class(value),
            Facet::Level => match value {
                "K" => shell.say("level-kindergarten"),
                _ if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                    shell.tell("level-grade", "grade", value)
                }
                _ => value.to_owned(),
            },
            Facet::Language => name_of_language(value, shell),
            Facet::Framework => label.map_or_else(|| without_scheme(value), str::to_owned),
            Facet::Status => match value {
                "current" => shell.say("facet-not-retired"),
                "deprecated" => shell.say("state-deprecated"),
                "withdrawn" => shell.say("state-withdrawn"),
                "provisional" => shell.say("resource-provisional"),
                _ => value.to_owned(),
            },
            Facet::Aligned => match value {
                "true" => shell.say("aligned-true"),
                _ => shell.say("aligned-false"),
            },
            Facet::License => self.licences.get(value).cloned().unwrap_or_else(|| name_of(value)),
            _ => label.unwrap_or(value).to_owned(),
        };
        cut(&plain(&label), MAX_LABEL)
    }
}

/// The standard whose identifier a key is, where that can be told.
fn standard_of(key: &str) -> Option<&'static str> {
    match key.split_once(':') {
        Some(("guid", _)) => Some("CASE"),
        Some(("ctid", _)) => Some("CTDL"),
        _ => None,
    }
}

/// A key without what kind of key it is.
fn without_scheme(key: &str) -> String {
    key.split_once(':').map_or(key, |(_, name)| name).to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use index::search::{Counted, Facet};

    use super::{Entry, Facets};
    use crate::page::question::Question;
    use crate::page::shell::Shell;

    type Counts<'a> = (Facet, &'a [(&'a str, usize)]);

    fn facets(pairs: &[(&str, &str)], counted: &[Counts<'_>]) -> Facets {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let question = Question::new(pairs.iter().map(owned).collect());
        let count = |(value, count): &(&str, usize)| Counted {
            value: (*value).to_owned(),
            label: None,
            count: *count,
        };
        let counted: BTreeMap<_, _> = counted
            .iter()
            .map(|(facet, values)| (*facet, values.iter().map(count).collect()))
            .collect();
        let address = "https://licences.example/1".to_owned();
        let licences = BTreeMap::from([(address, "Free".to_owned())]);
        Facets::of(&question, &counted, &licences, &Shell::new("", None))
    }

    fn labels(values: &[Entry]) -> Vec<&str> {
        values.iter().map(|value| value.label.as_str()).collect()
    }

    #[test]
    fn what_is_chosen_comes_first_and_can_be_taken_away() {
        let kinds: &[_] = &[("competency", 9), ("framework", 3), ("license", 1)];
        let found = facets(
            &[("q", "knots"), ("kind", "license"), ("kind", "job"), ("cursor", "c")],
            &[(Facet::Kind, kinds)],
        );
        assert_eq!(labels(&found.first[0].seen), ["Licence", "Job", "Competency", "Framework"]);
        assert_eq!(found.first[0].seen[0].count, Some(1));
        assert_eq!(found.first[0].seen[1].count, None);
        let without: Vec<&str> =
            found.chosen.iter().map(|choice| choice.without.as_str()).collect();
        assert_eq!(without, ["/?q=knots&kind=job", "/?q=knots&kind=license"]);
        assert!(!found.is_further_open);
    }

    #[test]
    fn a_facet_that_narrows_nothing_is_not_shown() {
        let found = facets(&[], &[(Facet::Status, &[("current", 9)]), (Facet::Level, &[])]);
        assert!(found.first.is_empty() && found.chosen.is_empty());
        let found = facets(&[("source", "a")], &[(Facet::Source, &[("a", 9)])]);
        assert_eq!(labels(&found.further[0].seen), ["a"]);
        assert!(found.is_further_open);
    }

    #[test]
    fn many_values_are_folded_away_after_the_first() {
        let names: Vec<String> = (0..40).map(|n| format!("s{n}")).collect();
        let counted: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), 1)).collect();
        let found = facets(&[], &[(Facet::Subject, &counted)]);
        assert_eq!((found.first[0].seen.len(), found.first[0].folded.len()), (5, 20));
        let found = facets(&[], &[(Facet::Subject, &counted[..6])]);
        assert_eq!((found.first[0].seen.len(), found.first[0].folded.len()), (6, 0));
    }

    #[test]
    fn values_are_known_in_any_spelling_and_named_as_people_name_them() {
        let guid = "6b9bf846-d7cc-11e8-824f-0242ac160002";
        let key = format!("guid:{guid}");
        let found = facets(
            &[("framework", guid), ("level", "k"), ("class", "Degree")],
            &[
                (Facet::Framework, &[(&key, 2)]),
                (Facet::Level, &[("K", 1), ("3", 1), ("Bachelor degree", 1)]),
                (Facet::Class, &[("ceterms:Degree", 1)]),
                (Facet::License, &[("https://licences.example/1", 1), ("CC0", 1)]),
            ],
        );
        assert_eq!(found.chosen.len(), 3);
        assert_eq!(found.first[0].seen.len(), 1);
        assert_eq!(labels(&found.first[1].seen), ["Kindergarten", "Grade 3", "Bachelor degree"]);
        assert_eq!(labels(&found.first[2].seen), ["Free", "CC0"]);
    }

    #[test]
    fn frameworks_of_one_name_are_told_apart_by_their_standard() {
        let named = |value: &str, label: &str| Counted {
            value: value.to_owned(),
            label: Some(label.to_owned()),
            count: 1,
        };
        let uuid = "6b9bf846-d7cc-11e8-824f-0242ac160002";
        let counted = vec![
            named(&format!("guid:{uuid}"), "Knots"),
            named(&format!("ctid:ce-{uuid}"), "Knots"),
            named("iri:https://a.example/1", "Bends"),
        ];
        let counted = BTreeMap::from([(Facet::Framework, counted)]);
        let question = Question::new(Vec::new());
        let found = Facets::of(&question, &counted, &BTreeMap::new(), &Shell::new("", None));
        assert_eq!(labels(&found.first[0].seen), ["Knots (CASE)", "Knots (CTDL)", "Bends"]);
    }
}
