//! The ways from a page to the others: about the same day, where somebody has chosen one, and with what is provisional, where it is asked for.

use index::card::Step;
use index::context::Brief;
use ontology::{CanonicalKey, Kind};

use crate::page::address::{page_of, page_of_kind};

/// What asks for records that their publishers have not released yet.
const PROVISIONAL: &str = "provisional=true";

/// The ways from a page to the others.
#[derive(Debug, Clone, Default)]
pub(crate) struct Way {
    /// The day that somebody has chosen (`YYYY-MM-DD`).
    pub as_of: Option<String>,
    /// Whether records are shown that their publishers have not released yet.
    pub provisional: bool,
}

/// A resource in a line, with the way there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub href: String,
    pub code: Option<String>,
    /// Its name; none where that is its code.
    pub label: Option<String>,
    /// The title of its framework.
    pub framework: Option<String>,
    /// Whether it is the one that the page is about.
    pub is_here: bool,
    /// How many stand under it, where that was counted.
    pub below: Option<usize>,
}

impl Way {
    /// To the page about a resource.
    pub(crate) fn to(&self, key: &CanonicalKey) -> String {
        let day = self.as_of.as_ref().map(|day| format!("asOf={day}"));
        let provisional = self.provisional.then(|| PROVISIONAL.to_owned());
        let query: Vec<String> = day.into_iter().chain(provisional).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{mark}{}", page_of(key), query.join("&"))
    }

    /// To the page about a resource of a kind. Frameworks have one of their own, which knows no day.
    pub(crate) fn to_kind(&self, key: &CanonicalKey, kind: Kind) -> String {
        if kind == Kind::Framework { page_of_kind(key, kind) } else { self.to(key) }
    }

    /// A resource in a line.
    pub(crate) fn line(&self, brief: &Brief) -> Line {
        let href = self.to_kind(&brief.key, brief.kind);
        let framework = brief.framework.clone().filter(|title| *title != brief.label);
        Line { framework, ..Line::of(href, brief.code.clone(), brief.label.clone()) }
    }

    /// A step on the way from the root of a framework.
    pub(crate) fn step(&self, step: &Step) -> Line {
        Line::of(self.to(&step.key), step.code.clone(), step.label.clone())
    }
}

impl Line {
    /// A line of what leads somewhere.
    pub(crate) fn of(href: String, code: Option<String>, label: String) -> Self {
        let label = Some(label).filter(|label| code.as_ref() != Some(label));
        Self { href, code, label, framework: None, is_here: false, below: None }
    }
}
