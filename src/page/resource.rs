//! `/r/{id}`: what a resource is, its place, and everything around it.

use askama::Template;
use index::card::{Card, RecordCard};
use index::context::Context;
use index::feed::Event;
use ontology::{LanguageMap, plain};

use crate::lookup::{Aligned, ShownResource};
use crate::page::address::{is_web, page_of, segment};
use crate::page::aligning::Aligning;
use crate::page::credential::Credential;
use crate::page::equivalents::Equivalents;
use crate::page::known::Known;
use crate::page::language::first_language;
use crate::page::marked::cut;
use crate::page::place::{Place, crumbs};
use crate::page::prose::Prose;
use crate::page::provenance::Provenance;
use crate::page::referrers::Referrers;
use crate::page::schema_org::structured;
use crate::page::sentence::{Warned, holds, sentence, warned};
use crate::page::shell::Shell;
use crate::page::versions::Versions;
use crate::page::way::{Line, Way};
use crate::publisher::Publishers;

/// The most letters of a name above a page; a statement may be longer, and is there in full.
const MAX_HEADING: usize = 120;

/// The most letters of a statement that stands above a page as its name.
const MAX_TITLE: usize = 80;

/// The most letters of what others show of a page.
const MAX_SUMMARY: usize = 300;

/// Another form of the same.
pub(crate) struct Form {
    pub media_type: &'static str,
    /// What it is called.
    pub name: &'static str,
    pub href: String,
}

/// What is known of a resource, from which the page is made.
pub(crate) struct Told {
    /// The resource with everything around it.
    pub shown: Box<ShownResource>,
    /// The alignments that point at it.
    pub aligned: Aligned,
    /// How many stand under each of its children, in their order, where that was counted.
    pub below: Vec<usize>,
    /// What has changed about it, newest first.
    pub events: Vec<Event>,
    /// Who publishes what is linked to it.
    pub publishers: Publishers,
    /// The record that answers.
    pub record: Option<RecordCard>,
    /// The address of the page.
    pub canonical: String,
    /// The other forms of the same.
    pub forms: Vec<Form>,
}

/// A text in one language.
struct Passage {
    language: Option<String>,
    prose: Prose,
}

/// A resource with everything around it.
#[derive(Template)]
#[template(path = "resource.html")]
pub(crate) struct ResourcePage {
    shell: Shell,
    title: String,
    summary: String,
    canonical: String,
    forms: Vec<Form>,
    /// The JSON of the interface, and of the alignment.
    interface: [String; 2],
    /// Where its publisher has it.
    original: Option<String>,
    /// The same in the words of schema.org, as JSON that may stand in a script.
    data: Option<String>,
    crumbs: Vec<Line>,
    warned: Vec<Warned>,
    heading: String,
    heading_language: Option<String>,
    sentence: String,
    holds: String,
    is_current: bool,
    passages: Vec<Passage>,
    /// Where the same page is for another day.
    address: String,
    as_of: String,
    is_dated: bool,
    /// Whether records are shown that their publishers have not released yet.
    provisional: bool,
    known: Known,
    place: Option<Place>,
    aligning: Aligning,
    versions: Option<Versions>,
    provenance: Provenance,
    credential: Option<Credential>,
    equivalents: Option<Equivalents>,
    referrers: Option<Referrers>,
}

impl ResourcePage {
    /// The page of what is told.
    pub(crate) fn of(told: Told, shell: Shell, way: &Way) -> Self {
        let context: &Context = &told.shown.context;
        let card = &context.chosen.card;
        let interface = format!("/v1/resources/{}", segment(card.key()));
        let history = format!("{interface}/history");
        let sentence = sentence(context, &shell);
        let passages = passages(card.resource.text());
        let warned = warned(context, &shell, way);
        let holds = holds(context, &warned, &shell);
        Self {
            title: title(card),
            summary: summary(card, &format!("{sentence} {holds}")),
            data: structured(context, &told.canonical),
            interface: [interface.clone(), format!("{interface}/alignment")],
            original: original(card),
            crumbs: crumbs(card, way),
            is_current: warned.is_empty(),
            warned,
            heading: heading(card),
            heading_language: first_language(card.resource.name()),
            holds,
            passages: if is_said(card, &passages) { Vec::new() } else { passages },
            address: page_of(card.key()),
            as_of: told.shown.as_of.clone(),
            is_dated: way.as_of.is_some(),
            provisional: way.provisional,
            known: Known::of(card, &shell),
            place: Place::of(context, &told.below, &shell, way),
            aligning: Aligning::of(&told.aligned, &shell),
            versions: Versions::of(context, &told.events, history, &shell, way),
            provenance: Provenance::of(context, told.record.as_ref(), &shell),
            credential: Credential::of(context, &shell),
            equivalents: Equivalents::of(context, &shell),
            referrers: Referrers::of(context, &told.publishers, &shell),
            canonical: told.canonical,
            forms: told.forms,
            sentence,
            shell,
        }
    }
}

/// What stands above the page: the name; where that is a long statement, the code or as much of it as fits.
fn heading(card: &Card) -> String {
    let label = card.label();
    let is_statement = card.resource.text().first().map(plain).is_some_and(|text| text == label);
    match card.resource.code() {
        Some(code) if is_statement && label.chars().count() > MAX_TITLE => code.to_owned(),
        _ => cut(&label, MAX_HEADING),
    }
}

/// Whether the heading says all that there is.
fn is_said(card: &Card, passages: &[Passage]) -> bool {
    let heading = heading(card);
    let is_said = |text: &str| *text == heading;
    passages.len() < 2 && card.resource.text().first().is_none_or(is_said)
}

/// What a browser calls the page: the code, the name, the framework.
fn title(card: &Card) -> String {
    let label = cut(&card.label(), MAX_HEADING);
    let code = card.resource.code().filter(|code| *code != label);
    let framework = card.framework.as_ref().filter(|framework| framework.key != *card.key());
    let framework = framework.and_then(|framework| framework.title.as_deref()).map(plain);
    let parts = [code.map(str::to_owned), Some(label), framework];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What others show of the page.
fn summary(card: &Card, sentence: &str) -> String {
    let text = card.resource.text().first().map(plain).filter(|text| !text.is_empty());
    let text = text.map(|text| format!("{text} {sentence}"));
    cut(&text.unwrap_or_else(|| sentence.to_owned()), MAX_SUMMARY)
}

/// The texts, the one that people see first before those in other languages.
fn passages(texts: &LanguageMap) -> Vec<Passage> {
    let first = texts.first();
    let mut all: Vec<(Option<&str>, &str)> =
        texts.iter().filter(|(_, text)| !text.trim().is_empty()).collect();
    all.sort_by_key(|(_, text)| Some(*text) != first);
    all.dedup_by(|one, other| one.1 == other.1);
    let passage = |(language, text): (Option<&str>, &str)| Passage {
        language: language.map(str::to_owned),
        prose: Prose::of(text),
    };
    all.into_iter().map(passage).collect()
}

/// Where its publisher has it: the address in the registry, or on the server that it was read from.
fn original(card: &Card) -> Option<String> {
    let identity = card.resource.identity();
    let subject = Some(identity.subject.as_str()).filter(|_| identity.node.is_some());
    let addresses = [subject, identity.uri.as_deref(), Some(card.origin.url.as_str())];
    let mut addresses = addresses.into_iter().flatten();
    addresses.find(|address| is_web(address)).map(str::to_owned)
}
