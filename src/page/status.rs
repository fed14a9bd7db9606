//! Whether a resource may still be used, in a word.

use index::card::Card;
use index::standing::State;
use ontology::Environment;

use crate::page::shell::Shell;

/// A word, with the class by which it is coloured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Status {
    /// `good`, `doubt` or `bad`.
    pub class: &'static str,
    pub words: String,
}

impl Status {
    /// The word for a resource that stands so.
    ///
    /// Nothing speaks against it is said only of a record that its publisher released, in the registry of real records.
    pub(crate) fn of(card: &Card, state: State, shell: &Shell) -> Self {
        let doubt = match state {
            State::Current => doubts(card).next(),
            _ => None,
        };
        let (class, name) = doubt.map_or_else(|| word(state), |name| ("doubt", name));
        Self { class, words: shell.say(name) }
    }

    /// The word for a state alone.
    pub(crate) fn of_state(state: State, shell: &Shell) -> Self {
        let (class, name) = word(state);
        Self { class, words: shell.say(name) }
    }

    /// The same where it is no good news.
    pub(crate) fn if_amiss(self) -> Option<Self> {
        Some(self).filter(|status| status.class != "good")
    }
}

/// The names of what makes a record doubtful by itself; the reason of each is its name and `-why`.
pub(crate) fn doubts(card: &Card) -> impl Iterator<Item = &'static str> {
    let is_other = card.key().as_ctid().is_some_and(|(_, held)| held != Environment::Production);
    [
        (card.mentioned, "resource-mentioned"),
        (is_other, "resource-other-registry"),
        (card.provisional, "resource-provisional"),
    ]
    .into_iter()
    .filter_map(|(is_so, name)| is_so.then_some(name))
}

/// The class and the name of the word for a state.
fn word(state: State) -> (&'static str, &'static str) {
    match state {
        State::Current => ("good", "state-current"),
        State::NotYetInForce => ("doubt", "state-not-yet-in-force"),
        State::Suspended => ("doubt", "state-suspended"),
        State::Deprecated => ("bad", "state-deprecated"),
        State::Superseded => ("bad", "state-superseded"),
        State::Withdrawn => ("bad", "state-withdrawn"),
    }
}
