//! What is published of a resource, name by name.

use std::collections::BTreeSet;

use askama::Template;
use index::card::Card;
use ontology::{Competency, Framework, LanguageMap, Node, Resource, plain};

use crate::page::address::is_web;
use crate::page::language::{first_language, name_of_language};
use crate::page::prose::Prose;
use crate::page::shell::Shell;
use crate::page::wording::title_of_class;

/// What is said of something.
pub(crate) enum Said {
    /// Words.
    Words(Vec<String>),
    /// Names, each with its language.
    Names(Vec<(String, Option<String>)>),
    /// A code or an identifier.
    Code(String),
    /// A longer text.
    Prose(Prose, Option<String>),
    /// An address on the web, with the words of the link.
    Address(String),
}

/// A name and what is said.
pub(crate) struct Entry {
    pub name: String,
    pub said: Said,
}

/// What is published of a resource, name by name.
#[derive(Template)]
#[template(path = "resource/known.html")]
pub(crate) struct Known {
    entries: Vec<Entry>,
}

/// Entries as they are gathered.
struct Gathering<'a> {
    shell: &'a Shell,
    entries: Vec<Entry>,
}

impl Known {
    /// Takes what is published from the copy that answers.
    pub(crate) fn of(card: &Card, shell: &Shell) -> Self {
        let mut gathering = Gathering { shell, entries: Vec::new() };
        gathering.code("known-code", card.resource.code());
        gathering.names(card);
        match &card.resource {
            Resource::Competency(item) => gathering.competency(item),
            Resource::Framework(framework) => gathering.framework(framework),
            Resource::RubricCriterion(criterion) => {
                let weight = criterion.weight.map(|weight| weight.to_string());
                gathering.words("known-weight", weight);
            }
            Resource::RubricCriterionLevel(level) => {
                gathering.words("known-score", level.score.map(|score| score.to_string()));
                gathering.prose("known-feedback", &level.feedback);
            }
            Resource::Definition(definition) => {
                gathering.words("known-keywords", definition.keywords.clone());
                gathering.code("known-place", definition.hierarchy_code.as_deref());
                let text = LanguageMap::of(definition.license_text.clone(), None);
                gathering.prose("known-licence-text", &text);
            }
            _ => {}
        }
        if let Some(node) = card.node() {
            gathering.node(node);
            // What is told of a profile tells of each subject all that there is.
            if !matches!(card.resource, Resource::Profile(_)) {
                gathering.subjects(node);
            }
        }
        gathering.identity(card);
        Self { entries: gathering.entries }
    }
}

impl Gathering<'_> {
    fn add(&mut self, name: &str, said: Said) {
        self.entries.push(Entry { name: self.shell.say(name), said });
    }

    fn words(&mut self, name: &str, words: impl IntoIterator<Item = String>) {
        let mut said: Vec<String> = Vec::new();
        for text in words.into_iter().map(|text| plain(&text)).filter(|text| !text.is_empty()) {
            if !said.contains(&text) {
                said.push(text);
            }
        }
        if !said.is_empty() {
            self.add(name, Said::Words(said));
        }
    }

    fn languages(&mut self, tags: impl IntoIterator<Item = String>) {
        let names: Vec<String> =
            tags.into_iter().map(|tag| name_of_language(&tag, self.shell)).collect();
        self.words("known-language", names);
    }

    fn code(&mut self, name: &str, code: Option<&str>) {
        if let Some(code) = code.filter(|code| !code.is_empty()) {
            self.add(name, Said::Code(code.to_owned()));
        }
    }

    fn prose(&mut self, name: &str, texts: &LanguageMap) {
        if let Some(text) = texts.first().filter(|text| !text.trim().is_empty()) {
            self.add(name, Said::Prose(Prose::of(text), first_language(texts)));
        }
    }

    fn address(&mut self, name: &str, address: Option<&str>) {
        match address {
            Some(address) if is_web(address) => self.add(name, Said::Address(address.to_owned())),
            address => self.code(name, address),
        }
    }

    /// The other names: in other languages, and shorter ones.
    fn names(&mut self, card: &Card) {
        let label = card.label();
        let mut names = named(card.resource.name());
        if let Resource::Competency(item) = &card.resource {
            names.extend(named(&item.label));
            names.extend(named(&item.abbreviated_statement));
        }
        if let Some(node) = card.node() {
            for property in ["ceterms:alternateName", "skos:altLabel", "ceasn:abbreviatedStatement"]
            {
                names.extend(named(&node.texts(property)));
            }
        }
        // A statement in another language is shown as what it is.
        let statements = texts(card.resource.text());
        let statements: Vec<String> = statements.iter().map(|text| plain(text)).collect();
        let mut seen = BTreeSet::from([label]);
        names.retain(|(name, _)| !statements.contains(name) && seen.insert(name.clone()));
        if !names.is_empty() {
            self.add("known-other-names", Said::Names(names));
        }
    }

    fn competency(&mut self, item: &Competency) {
        self.words("known-type", item.item_type.clone());
        self.words("known-place", item.list_enumeration.clone());
        self.words("known-levels", item.education_levels.clone());
        self.words("known-subjects", item.subjects.clone());
        self.words("known-keywords", item.keywords.clone());
        self.prose("known-notes", &item.notes);
        self.dates(item.status_start.as_deref(), item.status_end.as_deref());
        self.languages(item.language.clone());
    }

    fn framework(&mut self, framework: &Framework) {
        self.words("known-version", framework.version.clone());
        self.words("known-status", framework.adoption_status.clone());
        self.words("known-creator", framework.creator.clone());
        self.words("known-subjects", framework.subjects.clone());
        self.prose("known-notes", &framework.notes);
        self.dates(framework.status_start.as_deref(), framework.status_end.as_deref());
        self.languages(framework.language.clone());
        self.address("known-official", framework.official_source_url.as_deref());
    }

    fn dates(&mut self, start: Option<&str>, end: Option<&str>) {
        let said = match (start, end) {
            (Some(start), Some(end)) => {
                self.shell.fill("known-from-until", &[("start", start), ("end", end)])
            }
            (Some(start), None) => self.shell.tell("known-from", "start", start),
            (None, Some(end)) => self.shell.tell("known-until", "end", end),
            (None, None) => return,
        };
        self.add("known-in-force", Said::Words(vec![said]));
    }

    /// What a record of CTDL states that is told of everything; what only credentials have is told with them.
    fn node(&mut self, node: &Node) {
        let all = |property: &str| -> Vec<String> { texts(&node.texts(property)) };
        self.words("known-type", node.types.iter().map(String::as_str).map(title_of_class));
        let is_told =
            |entries: &[Entry], name: &str| entries.iter().any(|entry| entry.name == name);
        let keywords = self.shell.say("known-keywords");
        if !is_told(&self.entries, &keywords) {
            self.words(
                "known-keywords",
                [all("ceterms:keyword"), all("ceasn:conceptKeyword")].concat(),
            );
        }
        let dates = [node.literal("ceterms:dateEffective"), node.literal("ceterms:expirationDate")];
        let [start, end] = dates;
        self.dates(start, end);
        let language = self.shell.say("known-language");
        if !is_told(&self.entries, &language) {
            self.languages([all("ceterms:inLanguage"), all("ceasn:inLanguage")].concat());
        }
        let page = ["ceterms:subjectWebpage", "ceterms:url"].into_iter();
        let page = page.filter_map(|property| {
            let iri = node.iris(property).next();
            iri.or_else(|| node.literal(property))
        });
        self.address("known-official", page.take(1).next());
    }

    fn subjects(&mut self, node: &Node) {
        let subjects = node.objects("ceterms:subject").filter_map(|subject| subject.node());
        let subjects = subjects.filter_map(|subject| {
            subject.texts("ceterms:targetNodeName").first().map(str::to_owned)
        });
        self.words("known-subjects", subjects);
    }

    fn identity(&mut self, card: &Card) {
        let identity = card.resource.identity();
        let changed = identity.last_change.as_deref().and_then(|when| when.split('T').next());
        self.words("known-changed", changed.map(str::to_owned));
        self.address("known-identifier", Some(&identity.subject));
        let uri = identity.uri.as_deref().filter(|uri| *uri != identity.subject);
        self.address("known-address", uri);
    }
}

/// Every text with its language, as it is shown.
fn named(map: &LanguageMap) -> Vec<(String, Option<String>)> {
    let named = map.iter().map(|(tag, text)| (plain(text), tag.map(str::to_owned)));
    named.filter(|(name, _)| !name.is_empty()).collect()
}

/// Every text, whatever its language.
fn texts(map: &LanguageMap) -> Vec<String> {
    map.iter().map(|(_, text)| text.to_owned()).collect()
}
