//! What every page shows around its own: the way to the others, and which generation it speaks of.

use fluent_bundle::FluentArgs;

use crate::page::words::Words;

/// The pages that every page leads to, with the names of their texts.
const PLACES: [(&str, &str); 7] = [
    ("/frameworks", "nav-frameworks"),
    ("/badge", "nav-badge"),
    ("/picker", "nav-picker"),
    ("/sources", "nav-sources"),
    ("/sparql", "nav-sparql"),
    ("/docs", "nav-docs"),
    ("/about", "nav-about"),
];

/// A number as a template has it: of any size, and behind any number of references.
pub(crate) trait Number {
    /// The number.
    fn number(&self) -> u64;
}

impl Number for u64 {
    fn number(&self) -> u64 {
        *self
    }
}

impl Number for usize {
    fn number(&self) -> u64 {
        u64::try_from(*self).unwrap_or(u64::MAX)
    }
}

impl<N: Number> Number for &N {
    fn number(&self) -> u64 {
        (**self).number()
    }
}

/// What every page shows around its own.
#[derive(Clone)]
pub(crate) struct Shell {
    words: &'static Words,
    path: &'static str,
    generation: Option<u64>,
}

impl Shell {
    /// Around the page at a path, which speaks of a generation, where anything is published.
    pub(crate) fn new(path: &'static str, generation: Option<u64>) -> Self {
        Self { words: Words::english(), path, generation }
    }

    /// The tag of the language of our texts.
    pub(crate) fn language(&self) -> &'static str {
        self.words.language()
    }

    /// The generation that the page speaks of.
    pub(crate) fn generation(&self) -> Option<u64> {
        self.generation
    }

    /// The pages that there are, with their names.
    pub(crate) fn places(&self) -> Vec<(&'static str, String)> {
        PLACES.iter().map(|(path, name)| (*path, self.say(name))).collect()
    }

    /// Whether the page is the one at a path.
    pub(crate) fn is_at(&self, path: &str) -> bool {
        self.path == path
    }

    /// The text of a name.
    pub(crate) fn say(&self, name: &str) -> String {
        self.words.say(name)
    }

    /// The text of a name with numbers in it, each under a name of its own.
    pub(crate) fn numbers(&self, name: &str, numbers: &[(&str, usize)]) -> String {
        let values = numbers.iter().map(|(key, n)| ((*key).to_owned(), n.number()));
        self.words.with(name, &values.collect())
    }

    /// The text of a name, for a number.
    pub(crate) fn count(&self, name: &str, n: impl Number) -> String {
        self.words.count(name, n.number())
    }

    /// The text of a name with one value in it.
    #[expect(clippy::needless_pass_by_value, reason = "a template hands over references")]
    pub(crate) fn tell(&self, name: &str, key: &str, value: impl ToString) -> String {
        self.words.with(name, &FluentArgs::from_iter([(key.to_owned(), value.to_string())]))
    }

    /// The text of a name with several values in it.
    pub(crate) fn fill(&self, name: &str, values: &[(&str, &str)]) -> String {
        let values = values.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        self.words.with(name, &values.collect())
    }
}
