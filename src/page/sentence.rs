//! What a resource is, in sentences.

use index::card::Card;
use index::context::Context;
use index::standing::State;
use ontology::{Kind, plain};

use crate::page::shell::Shell;
use crate::page::status::{Status, doubts};
use crate::page::way::{Line, Way};
use crate::page::wording::title_of_class;

/// Something to know before everything else.
pub(crate) struct Warned {
    /// What it is, in a word.
    pub title: String,
    /// How grave it is: the class of its mark.
    pub weight: &'static str,
    /// What there is to say, a sentence each.
    pub reasons: Vec<String>,
    /// What to look at instead.
    pub instead: Vec<Line>,
}

/// What a resource is: its kind and code, its framework, who publishes, owns or offers it.
pub(crate) fn sentence(context: &Context, shell: &Shell) -> String {
    let card = &context.chosen.card;
    let mut what = what(card, shell);
    if let Some(code) = card.resource.code() {
        what = format!("{what} {code}");
    }
    let framework = card.framework.as_ref().filter(|held| held.key != *card.key());
    let framework = framework.and_then(|held| held.title.as_deref()).map(plain);
    let sentence = match (framework, card.publisher()) {
        (Some(framework), Some(publisher)) => shell.fill(
            "resource-is-published-in",
            &[("what", &what), ("framework", &framework), ("publisher", publisher)],
        ),
        (Some(framework), None) => {
            shell.fill("resource-is-in", &[("what", &what), ("framework", &framework)])
        }
        (None, Some(publisher)) => {
            shell.fill("resource-is-published", &[("what", &what), ("publisher", publisher)])
        }
        (None, None) => match (owner(context, "ownedBy"), owner(context, "offeredBy")) {
            (Some(owner), _) => {
                shell.fill("resource-is-owned", &[("what", &what), ("owner", owner)])
            }
            (None, Some(owner)) => {
                shell.fill("resource-is-offered", &[("what", &what), ("owner", owner)])
            }
            (None, None) => shell.tell("resource-is", "what", what),
        },
    };
    with_one_stop(sentence)
}

/// A name that ends with a full stop (`ACT, Inc.`) ends the sentence too.
fn with_one_stop(mut sentence: String) -> String {
    if sentence.ends_with("..") && !sentence.ends_with("...") {
        sentence.pop();
    }
    sentence
}

/// What it is in a word: of a credential or a course its class (`ceterms:MasterDegree`), of anything else its kind.
fn what(card: &Card, shell: &Shell) -> String {
    let kind = card.resource.kind();
    let class = card.node().and_then(|node| node.types.first());
    match class {
        Some(class) if matches!(kind, Kind::Credential | Kind::LearningOpportunity) => {
            title_of_class(class)
        }
        _ => shell.tell("resource-kind", "kind", kind.as_str()),
    }
}

/// Who owns or offers it, where that is held here.
fn owner<'a>(context: &'a Context, relation: &str) -> Option<&'a str> {
    let link = context.links.get(relation)?.items.first()?;
    link.reached.as_ref().map(|owner| owner.label.as_str())
}

/// Whether it holds, in sentences: what there is to know before, else that nothing speaks against it.
pub(crate) fn holds(context: &Context, warned: &[Warned], shell: &Shell) -> String {
    if warned.is_empty() {
        return shell.tell("resource-holds", "day", &context.standing.as_of);
    }
    let reasons = warned.iter().flat_map(|warned| &warned.reasons);
    reasons.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// What is to be known before everything else.
pub(crate) fn warned(context: &Context, shell: &Shell, way: &Way) -> Vec<Warned> {
    let (card, standing) = (&context.chosen.card, &context.standing);
    let mut warned = Vec::new();
    if standing.state != State::Current {
        let status = Status::of_state(standing.state, shell);
        warned.push(Warned {
            title: status.words,
            weight: status.class,
            reasons: standing.reasons.iter().map(|reason| sentence_of(reason)).collect(),
            instead: standing.successors.iter().map(|step| way.step(step)).collect(),
        });
    }
    warned.extend(doubts(card).map(|name| Warned {
        title: shell.say(name),
        weight: "doubt",
        reasons: vec![shell.say(&format!("{name}-why"))],
        instead: Vec::new(),
    }));
    warned
}

/// A clause as a sentence for people: it begins in upper case, and what it names stands between quotation marks.
pub(crate) fn sentence_of(clause: &str) -> String {
    let clause = clause.trim();
    let mut marks = ["“", "”"].into_iter().cycle();
    let mut sentence = String::with_capacity(clause.len() + 4);
    for c in clause.chars() {
        match c {
            '`' => sentence.extend(marks.next()),
            c if sentence.is_empty() => sentence.extend(c.to_uppercase()),
            c => sentence.push(c),
        }
    }
    let end = if sentence.ends_with(['.', '!', '?']) { "" } else { "." };
    sentence + end
}

#[cfg(test)]
mod tests {
    use super::{sentence_of, with_one_stop};

    #[test]
    fn a_clause_becomes_a_sentence() {
        assert_eq!(sentence_of("it ended on 2020-06-30"), "It ended on 2020-06-30.");
        assert_eq!(sentence_of("its publisher says `x`."), "Its publisher says “x”.");
        assert_eq!(sentence_of(""), ".");
    }

    #[test]
    fn a_sentence_ends_once() {
        let ended = |text: &str| with_one_stop(text.to_owned());
        assert_eq!(
            ended("Framework, published by ACT, Inc.."),
            "Framework, published by ACT, Inc."
        );
        assert_eq!(["Knots.", "And so on...", ""].map(ended), ["Knots.", "And so on...", ""]);
    }
}
