//! What a record states, as labels and values for people.

use askama::Template;

use crate::page::anchor::Anchor;

/// Statements of one resource, or of what stands inside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "resource/facts.html")]
pub(crate) struct Facts {
    pub facts: Vec<Fact>,
}

/// One statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fact {
    pub label: String,
    /// Whether the label is only the name of the term, because no better is known.
    pub is_term: bool,
    pub values: Vec<Value>,
    /// How many more there are.
    pub more: Option<String>,
    /// The word under which it is folded, where few want to read it.
    pub fold: Option<String>,
}

/// One value of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// Its words, which may lead somewhere.
    pub head: Option<Anchor>,
    /// The day, where it is one, as programs read it.
    pub day: Option<String>,
    /// What is said of it besides.
    pub notes: Vec<Anchor>,
    /// What else is stated inside it.
    pub inside: Facts,
}

impl Value {
    /// Words.
    pub(crate) fn of(head: Anchor) -> Self {
        Self { head: Some(head), day: None, notes: Vec::new(), inside: Facts::default() }
    }

    /// Words that lead nowhere, in no stated language.
    pub(crate) fn words(text: impl Into<String>) -> Self {
        Self::of(Anchor::words(text))
    }

    /// Whether nothing is there to be shown.
    pub(crate) fn is_empty(&self) -> bool {
        let says_nothing = self.head.as_ref().is_none_or(|head| head.text.is_empty());
        says_nothing && self.notes.is_empty() && self.inside.facts.is_empty()
    }
}

impl Fact {
    /// Whether its values are wider than a line.
    fn is_deep(&self) -> bool {
        self.values.iter().any(|value| !value.inside.facts.is_empty())
    }
}
