//! Where a record came from, and under which terms.

use askama::Template;
use index::card::{Origin, RecordCard};
use index::context::Context;
use index::copies::Copy;
use ontology::plain;

use crate::page::address::is_web;
use crate::page::licence::Licence;
use crate::page::prose::Prose;
use crate::page::shell::Shell;

/// Words that may lead somewhere.
pub(crate) struct Leading {
    pub words: String,
    pub href: Option<String>,
}

/// Another copy of the same.
pub(crate) struct Other {
    pub source: String,
    pub when: String,
    pub framework: Option<String>,
    pub is_withdrawn: bool,
    /// What it says otherwise: the field, and its words.
    pub differs: Vec<(String, String)>,
}

/// Something odd in the record.
pub(crate) struct Odd {
    pub kind: String,
    pub n: u64,
}

/// Where a record came from, and under which terms.
#[derive(Template)]
#[template(path = "resource/provenance.html")]
pub(crate) struct Provenance {
    shell: Shell,
    source: String,
    url: Leading,
    when: String,
    digest: String,
    is_partial: bool,
    licence: Option<Licence>,
    licence_text: Option<Prose>,
    attribution: Option<String>,
    terms: Option<Leading>,
    is_withheld: bool,
    copies: Vec<Other>,
    oddities: Vec<Odd>,
}

impl Provenance {
    /// Takes it from the copy that answers, and from its record.
    pub(crate) fn of(context: &Context, record: Option<&RecordCard>, shell: &Shell) -> Self {
        let card = &context.chosen.card;
        let origin = &card.origin;
        let terms = origin.terms.as_ref();
        let text = card.license.as_ref().and_then(|licence| licence.text.as_deref());
        Self {
            source: origin.source.clone(),
            url: leading(&origin.url),
            when: moment(origin),
            digest: origin.digest.clone(),
            is_partial: origin.partial,
            licence: Licence::of(card),
            licence_text: text.map(Prose::of),
            attribution: card.publisher().map(plain),
            terms: terms.and_then(|terms| terms.terms.as_deref()).map(leading),
            is_withheld: terms.is_some_and(|terms| !terms.redistribute),
            copies: context.chosen.copies.iter().map(|copy| other(copy, shell)).collect(),
            oddities: record.map(oddities).unwrap_or_default(),
            shell: shell.clone(),
        }
    }
}

fn leading(words: &str) -> Leading {
    Leading { words: words.to_owned(), href: is_web(words).then(|| words.to_owned()) }
}

/// The day and the minute in which it was read.
fn moment(origin: &Origin) -> String {
    let (day, time) = origin.fetched_at.split_once('T').unwrap_or((&origin.fetched_at, ""));
    let minute: String = time.chars().take(5).collect();
    format!("{day} {minute}").trim().to_owned()
}

fn other(copy: &Copy, shell: &Shell) -> Other {
    let differs = copy.differs.iter().map(|(field, value)| {
        let value = value.as_deref().map_or_else(|| shell.say("copy-nothing"), plain);
        (shell.tell("copy-field", "field", field), value)
    });
    Other {
        source: copy.origin.source.clone(),
        when: moment(&copy.origin),
        framework: copy.framework.as_deref().map(plain),
        is_withdrawn: copy.withdrawn,
        differs: differs.collect(),
    }
}

fn oddities(record: &RecordCard) -> Vec<Odd> {
    let odd = |(kind, count): (&String, &index::card::WarningCount)| Odd {
        kind: kind.replace(['-', '_'], " "),
        n: count.n,
    };
    record.warnings.iter().map(odd).collect()
}
