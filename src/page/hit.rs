//! A resource in a list of results.

use index::card::Card;
use index::search::{Highlight, Hit};
use index::standing::State;
use ontology::{Kind, plain};

use crate::page::address::page_of_kind;
use crate::page::language::{first_language, language_of};
use crate::page::licence::Licence;
use crate::page::marked::{Part, cut, parts, unmarked};
use crate::page::shell::Shell;
use crate::page::status::Status;
use crate::page::way::Way;

/// The most characters of a name.
const MAX_NAME: usize = 200;

/// The most characters of a text in which nothing is marked.
const MAX_TEXT: usize = 220;

/// The most texts of a hit besides its name.
const MAX_TEXTS: usize = 2;

/// The steps above a hit that are shown.
const MAX_STEPS: usize = 2;

/// The most characters of a step.
const MAX_STEP: usize = 60;

/// What is known of a hit besides its card.
#[derive(Debug, Clone)]
pub(crate) struct Surroundings {
    /// Whether it may still be used.
    pub state: State,
    /// Who publishes it.
    pub publisher: Option<String>,
}

/// A resource in a list of results.
#[derive(Debug)]
pub(crate) struct HitView {
    pub address: String,
    /// The place on its page where its alignment is copied.
    pub alignment: String,
    pub kind: String,
    pub code: Option<String>,
    pub name: Vec<Part>,
    pub language: Option<String>,
    pub texts: Vec<Snippet>,
    /// Its framework, with the address of the page about that.
    pub framework: Option<(String, String)>,
    /// The last steps of the way to it, the framework aside.
    pub steps: Vec<String>,
    /// Whether there are more steps before these.
    pub has_more_steps: bool,
    pub publisher: Option<String>,
    pub status: Status,
    /// Nothing where none is stated.
    pub licence: Option<Licence>,
}

/// A text of a hit, or the stretch of it where words were met.
#[derive(Debug)]
pub(crate) struct Snippet {
    /// What the text is, where it is neither a statement nor a definition.
    pub label: Option<String>,
    /// The language of what the resource says of itself.
    pub language: Option<String>,
    pub parts: Vec<Part>,
}

impl HitView {
    /// The view of a hit.
    pub(crate) fn of(hit: &Hit, surroundings: &Surroundings, shell: &Shell) -> Self {
        Self::of_card(&hit.card, &hit.highlights, surroundings, shell)
    }

    /// The view of a resource, with the words that were met in it.
    pub(crate) fn of_card(
        card: &Card,
        highlights: &[Highlight],
        surroundings: &Surroundings,
        shell: &Shell,
    ) -> Self {
        let kind = card.resource.kind();
        let way = Way { provisional: card.provisional, ..Way::default() };
        let label = card.label();
        let met = highlights.iter().find(|met| met.field == "name" && met.text == label);
        let code = card.resource.code().filter(|code| *code != label).map(str::to_owned);
        let steps = card.path.iter().map(|step| cut(&step.label, MAX_STEP));
        let n_before = card.path.len().saturating_sub(MAX_STEPS);
        Self {
            address: if card.provisional {
                way.to(card.key())
            } else {
                page_of_kind(card.key(), kind)
            },
            alignment: way.to(card.key()) + "#alignment",
            kind: shell.tell("resource-kind", "kind", kind.as_str()),
            code,
            name: met
                .map_or_else(|| unmarked(&label, MAX_NAME), |met| parts(&met.text, &met.spans)),
            language: language_of(card.resource.name(), &label),
            texts: texts(card, &label, highlights, shell),
            framework: framework(card),
            steps: steps.skip(n_before).collect(),
            has_more_steps: n_before > 0,
            publisher: surroundings.publisher.as_deref().map(|name| cut(&plain(name), MAX_NAME)),
            status: Status::of(card, surroundings.state, shell),
            licence: Licence::of(card),
        }
    }
}

/// The texts in which words were met, else the beginning of what the resource says of itself.
fn texts(card: &Card, label: &str, highlights: &[Highlight], shell: &Shell) -> Vec<Snippet> {
    let others = highlights.iter().filter(|met| met.text != label);
    let mut others: Vec<&Highlight> = others.collect();
    others.sort_by_key(|met| !is_saying(met.field));
    let met = others.into_iter().take(MAX_TEXTS);
    let mut texts: Vec<Snippet> = met
        .map(|met| Snippet {
            label: label_of(met.field, shell),
            language: language_of(card.resource.text(), &met.text),
            parts: parts(&met.text, &met.spans),
        })
        .collect();
    let says = texts.iter().any(|text| text.label.is_none());
    let own = card.resource.text().first().map(plain);
    if let Some(own) = own.filter(|own| !says && !own.is_empty() && own != label) {
        let language = first_language(card.resource.text());
        texts.insert(0, Snippet { label: None, language, parts: unmarked(&own, MAX_TEXT) });
        texts.truncate(MAX_TEXTS);
    }
    texts
}

/// Whether a field says what the resource is.
fn is_saying(field: &str) -> bool {
    matches!(field, "name" | "statement" | "definition")
}

/// What a text of a field is.
fn label_of(field: &str, shell: &Shell) -> Option<String> {
    match field {
        "alternative" => Some(shell.say("hit-alternative")),
        "keyword" => Some(shell.say("hit-keyword")),
        "about" => Some(shell.say("hit-about")),
        _ => None,
    }
}

fn framework(card: &Card) -> Option<(String, String)> {
    let framework = card.framework.as_ref().filter(|_| card.as_framework().is_none())?;
    let title = framework.title.as_deref().map(plain)?;
    Some((cut(&title, MAX_NAME), page_of_kind(&framework.key, Kind::Framework)))
}

#[cfg(test)]
mod tests {
    use index::card::Card;
    use index::search::{Highlight, Span};
    use index::standing::State;
    use serde_json::{Value, json};

    use super::{HitView, Surroundings};
    use crate::page::shell::Shell;
    use crate::page::status::Status;

    const GUID: &str = "6b9bf846-d7cc-11e8-824f-0242ac160002";

    fn card(rest: &Value) -> Card {
        let mut card = json!({
            "resource": {
                "kind": "competency",
                "identity": { "subject": format!("urn:uuid:{GUID}"), "key": format!("guid:{GUID}") },
                "statement": { "en": ["Ties a <b>bowline</b> in rope"] },
                "label": { "nl": ["Paalsteek"] },
                "code": "T.1",
            },
            "origin": { "source": "s", "record": "r", "fetchedAt": "2024-01-01T00:00:00Z", "digest": "", "seq": 1 },
        });
        for (name, value) in rest.as_object().unwrap() {
            card[name] = value.clone();
        }
        serde_json::from_value(card).unwrap()
    }

    fn view(card: &Card, highlights: &[Highlight], state: State) -> HitView {
        let surroundings = Surroundings { state, publisher: Some("The Guild".to_owned()) };
        HitView::of_card(card, highlights, &surroundings, &Shell::new("", None))
    }

    fn met(field: &'static str, text: &str, from: usize, to: usize) -> Highlight {
        Highlight { field, text: text.to_owned(), spans: vec![Span { from, to }] }
    }

    #[test]
    fn a_hit_says_what_it_is_where_it_stands_and_what_may_be_done_with_it() {
        let step = |n: u32| json!({ "key": format!("guid:{GUID}"), "label": format!("Step {n}") });
        let card = card(&json!({
            "framework": { "key": format!("guid:{GUID}"), "title": "Knots", "creator": "Loom" },
            "path": [step(1), step(2), step(3)],
            "license": { "uri": "https://creativecommons.org/licenses/by/4.0/" },
        }));
        let view = view(&card, &[], State::Superseded);
        assert_eq!(view.address, format!("/r/{GUID}"));
        assert_eq!(view.alignment, format!("/r/{GUID}#alignment"));
        assert_eq!((&*view.kind, view.code.as_deref()), ("Competency", Some("T.1")));
        assert_eq!(view.language.as_deref(), Some("nl"));
        assert_eq!(view.framework, Some(("Knots".to_owned(), format!("/frameworks/{GUID}"))));
        assert_eq!(
            (view.steps, view.has_more_steps),
            (vec!["Step 2".to_owned(), "Step 3".to_owned()], true)
        );
        assert_eq!(view.publisher.as_deref(), Some("The Guild"));
        assert_eq!(view.licence.unwrap().words, "CC BY 4.0");
        assert_eq!(view.status, Status { class: "bad", words: "Replaced".to_owned() });
        assert_eq!(view.texts[0].parts[0].text, "Ties a bowline in rope");
    }

    #[test]
    fn words_that_were_met_are_marked_and_what_says_most_comes_first() {
        let card = card(&json!({}));
        let highlights = [
            met("keyword", "bowline", 0, 7),
            met("name", "Paalsteek", 0, 4),
            met("statement", "Ties a bowline in rope", 7, 14),
        ];
        let view = view(&card, &highlights, State::Current);
        assert!(view.name[0].is_met && view.name[0].text == "Paal");
        assert_eq!(view.texts[0].parts[1].text, "bowline");
        assert_eq!((view.texts[0].label.as_deref(), view.texts.len()), (None, 2));
        assert_eq!(view.texts[1].label.as_deref(), Some("Keyword"));
        assert_eq!((view.licence, view.publisher.as_deref()), (None, Some("The Guild")));
        assert_eq!(view.status.class, "good");
    }
}
