//! The one sentence of an answer.

use std::collections::BTreeSet;

use ontology::{Environment, Identifier, IdentifierKind, KeyScheme, Strength, plain};

use crate::card::Card;
use crate::resolve::resolution::Found;
use crate::resolve::verdict::{Attempt, Rung};

/// The most characters of a label in a sentence.
const MAX_LABEL: usize = 100;

/// The most resources that a sentence lists.
const MAX_LISTED: usize = 3;

/// Says what was found and why.
pub(super) fn resolved(found: &Found) -> String {
    format!("This is {}, found by {}.", the(&found.chosen.card), how(found))
}

/// Says that an address is shared and that the code chose.
pub(super) fn chosen_by_code(found: &Found) -> String {
    let what = the(&found.chosen.card);
    format!(
        "This is {what}, found by {}, which several share, and by its code among them.",
        how(found)
    )
}

/// Says that the address names the whole, and the code a part of it.
pub(super) fn refined(found: &Found, whole: &Card) -> String {
    let kind = whole.resource.kind().label();
    let what = the(&found.chosen.card);
    format!("This is {what}, found by its code in the {kind} that the address names.")
}

/// Says that a UUID was found that is not known to be the identity of what it stands in.
pub(super) fn contained(found: &Found, read: &Identifier) -> String {
    let what = the(&found.chosen.card);
    let place = if read.iri.is_some() { "an address" } else { "a text" };
    format!("This is {what}, found by the UUID that stands in {place} of no known form.")
}

/// Says that the address and the code are two identifiers, of which only the code leads anywhere.
pub(super) fn other_identifier() -> &'static str {
    "Nothing that is held here goes by the address, and the code is another identifier, which cannot answer for it."
}

/// Says between what there is no choice: the first of a number of resources.
pub(super) fn several(found: &[Found], n_found: usize) -> String {
    let by = found.first().map_or("it", how);
    let list = listed(found.iter().map(|found| the(&found.chosen.card)).collect(), n_found);
    format!("Found by {by} were {n_found} resources, and nothing says which is meant: {list}.")
}

/// The titles of the frameworks of some cards, each once, in the order of the cards.
pub(super) fn titles<'a>(cards: impl Iterator<Item = &'a Card>) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    for title in cards.filter_map(|card| card.framework.as_ref()?.title.as_deref()) {
        if seen.insert(title) {
            titles.push(format!("“{}”", cut(&plain(title))));
        }
    }
    titles
}

/// Says that a code was given without its framework, and which frameworks have it.
pub(super) fn bare_code(titles: Vec<String>) -> String {
    let n_titles = titles.len();
    let who = match n_titles {
        0 => "something that is held here has it".to_owned(),
        1 => format!("of the frameworks that are held here {} has it", listed(titles, n_titles)),
        _ => format!("of the frameworks that are held here {} have it", listed(titles, n_titles)),
    };
    format!("A code means something only in its framework, and none was named; {who}.")
}

/// Says that nothing was found, and what was tried.
pub(super) fn unknown(read: &Identifier, tried: &[Attempt]) -> String {
    let mut steps: Vec<String> = Vec::new();
    for attempt in tried {
        let step = attempt.rung.phrase().to_owned();
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    if read.kind == IdentifierKind::Term {
        return "This is a term of a vocabulary and no resource.".to_owned();
    }
    if steps.is_empty() {
        return "There is nothing in it that could be looked up.".to_owned();
    }
    let place = match &read.environment {
        Environment::Production => String::new(),
        other => format!(" of the environment `{}`", other.as_str()),
    };
    let verb = if steps.len() == 1 { "was" } else { "were" };
    format!("Nothing{place} that is held here goes by it; tried {verb} {}.", joined(&steps, "and"))
}

/// Says that no framework has a code, or that none goes by the name that was given.
pub(super) fn no_code(is_named: bool, frameworks: &[Card]) -> String {
    match frameworks {
        [] if is_named => {
            "No framework that is held here goes by the name that was given, and a code means something only in its framework."
                .to_owned()
        }
        [] => "No framework that is held here has this code.".to_owned(),
        [only] => format!("The framework “{}” that is held here has no such code.", cut(&only.label())),
        several => format!(
            "The name of the framework fits {} that are held here, and none of them has this code.",
            several.len()
        ),
    }
}

/// A resource with its article: kind, code, label, framework and who made that.
fn the(card: &Card) -> String {
    let kind = card.resource.kind().label();
    let code = card.resource.code();
    let label = card.label();
    let coded = code.map(|code| format!(" {code}")).unwrap_or_default();
    let named = if code == Some(label.as_str()) {
        String::new()
    } else {
        format!(" “{}”", cut(&label))
    };
    let maker =
        card.publisher().map(|maker| format!(" by {}", cut(&plain(maker)))).unwrap_or_default();
    if card.as_framework().is_some() {
        return format!("the {kind}{coded}{named}{maker}");
    }
    let title = card.framework.as_ref().and_then(|framework| framework.title.as_deref());
    let place = title.map(|title| format!(" in “{}”{maker}", cut(&plain(title))));
    format!("the {kind}{coded}{named}{}", place.unwrap_or_default())
}

/// By what a resource was found.
fn how(found: &Found) -> &'static str {
    let evidence = &found.evidence;
    match (evidence.rung, evidence.strength, evidence.via.scheme()) {
        (Rung::ExactIri, Strength::Spelling, _) => "the exact address in another spelling",
        (Rung::Identifier, _, KeyScheme::Ctid) => "the CTID inside it",
        (Rung::Identifier, _, KeyScheme::Guid) => "the GUID inside it",
        (rung, ..) => rung.phrase(),
    }
}

/// The first of a number of names, and how many more there are.
fn listed(mut names: Vec<String>, n_names: usize) -> String {
    names.truncate(MAX_LISTED);
    let more = n_names.saturating_sub(names.len());
    if more > 0 {
        names.push(format!("{more} more"));
    }
    joined(&names, "and")
}

/// `a`, `a and b`, `a, b and c`.
fn joined(parts: &[String], word: &str) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} {word} {last}", before.join(", ")),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MAX_LABEL) {
        Some((at, _)) => {
            let (start, _) = text.split_at_checked(at).unwrap_or((text, ""));
            format!("{}…", start.trim_end())
        }
        None => text.to_owned(),
    }
}
