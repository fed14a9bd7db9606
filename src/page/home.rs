//! `/` without a question: a box, the ways in, and what is inside.

use std::collections::BTreeMap;

use askama::Template;
use index::card::Card;
use index::manifest::Manifest;
use index::search::{Counted, Facet};
use index::sources::SourceStatus;
use ontology::{Kind, plain};

use crate::page::address::{page_of, page_of_kind, segment};
use crate::page::framework::day_of;
use crate::page::marked::cut;
use crate::page::question::asking;
use crate::page::shell::Shell;

/// The kinds that are counted by name; everything else is one number.
const NAMED: [Kind; 7] = [
    Kind::Framework,
    Kind::Competency,
    Kind::Credential,
    Kind::LearningOpportunity,
    Kind::Assessment,
    Kind::Organization,
    Kind::Occupation,
];

/// The most frameworks and publishers that are named.
const MAX_NAMED: usize = 8;

/// The most characters of an example.
const MAX_EXAMPLE: usize = 70;

/// A box, the ways in, and what is inside.
#[derive(Template)]
#[template(path = "home.html")]
pub(crate) struct HomePage {
    shell: Shell,
    /// Nothing where nothing is published yet.
    inside: Option<InsideView>,
}

/// What a generation holds, as it came from the index.
pub(crate) struct Inside<'a> {
    pub manifest: &'a Manifest,
    pub sources: &'a BTreeMap<String, SourceStatus>,
    /// How many resources there are of each kind, of each publisher.
    pub by: &'a BTreeMap<Facet, Vec<Counted>>,
    /// The frameworks with the most competencies.
    pub frameworks: &'a [Counted],
    /// How many resources there are.
    pub resources: usize,
    pub examples: Examples,
}

/// Resources of the generation by which the ways in are shown.
#[derive(Default)]
pub(crate) struct Examples {
    /// A competency with a code.
    pub competency: Option<Box<Card>>,
    /// A competency that a credential, a course or an assessment speaks of.
    pub skill: Option<Box<Card>>,
}

/// A text that leads somewhere.
struct Example {
    text: String,
    address: String,
}

/// A number of things, and the way to them.
struct Number {
    text: String,
    address: String,
}

struct InsideView {
    numbers: Vec<Number>,
    frameworks: Vec<(Example, usize)>,
    publishers: Vec<(Example, usize)>,
    n_sources: usize,
    /// When it was published.
    published: String,
    /// When the newest record was read, where any was.
    fetched: Option<String>,
    /// Searches for a phrase and for a code.
    phrase: Option<Example>,
    code: Option<Example>,
    framework: Option<Example>,
    /// An identifier as it stands in badges.
    identifier: Option<Example>,
    skill: Option<Example>,
}

impl HomePage {
    /// The page of a generation, or of none.
    pub(crate) fn of(inside: Option<Inside<'_>>, shell: Shell) -> Self {
        let inside = inside.map(|inside| InsideView::of(&inside, &shell));
        Self { shell, inside }
    }
}

impl InsideView {
    fn of(inside: &Inside<'_>, shell: &Shell) -> Self {
        let competency = inside.examples.competency.as_deref();
        let fetched = inside.sources.values().map(|source| source.fetched_at.as_str()).max();
        let frameworks = top(inside.frameworks, framework);
        let publishers = inside.by.get(&Facet::Publisher).map(Vec::as_slice).unwrap_or_default();
        Self {
            numbers: numbers(inside, shell),
            framework: inside.frameworks.first().and_then(search_within),
            frameworks,
            publishers: top(publishers, |counted| Some(publisher(counted))),
            n_sources: inside.sources.len(),
            published: day_of(&inside.manifest.published_at),
            fetched: fetched.map(day_of).filter(|day| !day.is_empty()),
            phrase: competency.map(phrase),
            code: competency.and_then(code),
            identifier: competency.map(identifier),
            skill: inside.examples.skill.as_deref().map(page),
        }
    }
}

fn numbers(inside: &Inside<'_>, shell: &Shell) -> Vec<Number> {
    let counted = inside.by.get(&Facet::Kind).map(Vec::as_slice).unwrap_or_default();
    let count = |kind: Kind| {
        let of_kind = counted.iter().find(|counted| counted.value == kind.as_str());
        of_kind.map_or(0, |counted| counted.count)
    };
    let mut numbers = Vec::new();
    let mut n_named = 0;
    for kind in NAMED {
        let n = count(kind);
        n_named += n;
        if n > 0 {
            let address = match kind {
                Kind::Framework => "/frameworks".to_owned(),
                _ => asking("kind", kind.as_str()),
            };
            numbers.push(Number { text: counted_of(kind, n, shell), address });
        }
    }
    let n = inside.resources.saturating_sub(n_named);
    if n > 0 {
        let text = shell.count("inside-others", n);
        numbers.push(Number { text, address: asking("sort", "relevance") });
    }
    numbers
}

fn counted_of(kind: Kind, n: usize, shell: &Shell) -> String {
    match kind {
        Kind::Framework => shell.count("inside-frameworks", n),
        Kind::Competency => shell.count("inside-competencies", n),
        Kind::Credential => shell.count("inside-credentials", n),
        Kind::LearningOpportunity => shell.count("inside-learning", n),
        Kind::Assessment => shell.count("inside-assessments", n),
        Kind::Organization => shell.count("inside-organizations", n),
        _ => shell.count("inside-occupations", n),
    }
}

/// The first of what was counted.
fn top(counted: &[Counted], example: fn(&Counted) -> Option<Example>) -> Vec<(Example, usize)> {
    let named = counted.iter().filter_map(|one| Some((example(one)?, one.count)));
    named.take(MAX_NAMED).collect()
}

fn framework(counted: &Counted) -> Option<Example> {
    let title = counted.label.as_deref().map(plain)?;
    let key = counted.value.parse().ok()?;
    Some(Example { text: title, address: page_of_kind(&key, Kind::Framework) })
}

fn publisher(counted: &Counted) -> Example {
    let address = asking("publisher", &counted.value);
    Example { text: counted.value.clone(), address }
}

/// A search for the title of a framework.
fn search_within(counted: &Counted) -> Option<Example> {
    let title = counted.label.as_deref().map(plain)?;
    Some(Example { address: asking("q", &title), text: cut(&title, MAX_EXAMPLE) })
}

fn phrase(card: &Card) -> Example {
    let label = card.label();
    Example { address: asking("q", &label), text: cut(&label, MAX_EXAMPLE) }
}

fn code(card: &Card) -> Option<Example> {
    let code = card.resource.code()?;
    Some(Example { text: cut(code, MAX_EXAMPLE), address: asking("q", code) })
}

fn identifier(card: &Card) -> Example {
    let key = card.key();
    let is_short = key.as_guid().is_some() || key.as_ctid().is_some();
    let text = if is_short { segment(key) } else { card.resource.identity().subject.clone() };
    Example { address: asking("q", &text), text: cut(&text, MAX_EXAMPLE) }
}

fn page(card: &Card) -> Example {
    Example { text: cut(&card.label(), MAX_EXAMPLE), address: page_of(card.key()) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use askama::Template;
    use index::manifest::Manifest;
    use index::search::{Counted, Facet};
    use index::sources::SourceStatus;

    use super::{Examples, HomePage, Inside};
    use crate::page::shell::Shell;

    fn counted(value: &str, label: Option<&str>, count: usize) -> Counted {
        Counted { value: value.to_owned(), label: label.map(str::to_owned), count }
    }

    #[test]
    fn what_is_inside_is_counted_and_led_to() {
        let kinds = vec![
            counted("competency", None, 1200),
            counted("framework", None, 1),
            counted("job", None, 9),
        ];
        let by = BTreeMap::from([
            (Facet::Kind, kinds),
            (Facet::Publisher, vec![counted("Loom & Sons", None, 7)]),
        ]);
        let fetched_at = "2024-05-06T07:08:09Z".to_owned();
        let status = SourceStatus { fetched_at, ..SourceStatus::default() };
        let key = "guid:6b9bf846-d7cc-11e8-824f-0242ac160002";
        let inside = Inside {
            manifest: &Manifest::default(),
            sources: &BTreeMap::from([("s".to_owned(), status)]),
            by: &by,
            frameworks: &[counted(key, Some("Knots"), 5)],
            resources: 1210,
            examples: Examples::default(),
        };
        let shown = HomePage::of(Some(inside), Shell::new("/", Some(1))).render().unwrap();
        for words in [
            "1,200 competencies",
            "1 framework<",
            "9 other resources",
            "href=\"/?kind=competency\"",
            "href=\"/?publisher=Loom+%26+Sons\"",
            "Loom &#38; Sons",
            "/frameworks/6b9bf846-d7cc-11e8-824f-0242ac160002",
            "2024-05-06",
        ] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
    }

    #[test]
    fn where_nothing_is_inside_it_is_said_what_to_do() {
        let shown = HomePage::of(None, Shell::new("/", None)).render().unwrap();
        assert!(shown.contains("alidade import"), "{shown}");
    }
}
