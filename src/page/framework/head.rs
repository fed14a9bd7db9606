//! What a framework is.

use index::card::Card;
use index::standing::{Standing, State};
use ontology::plain;

use crate::page::address::{is_web, page_of_kind, segment};
use crate::page::language::{first_language, name_of_language};
use crate::page::licence::Licence;
use crate::page::sentence::sentence_of;
use crate::page::shell::Shell;
use crate::page::status::Status;

/// What a framework is.
pub(crate) struct Head {
    /// Its name in a path.
    pub segment: String,
    /// The same as a parameter, where a form escapes it.
    pub segment_plain: String,
    /// Its IRI.
    pub subject: String,
    pub title: String,
    /// The language of its title.
    pub language: Option<String>,
    pub standard: &'static str,
    pub publisher: Option<String>,
    pub creator: Option<String>,
    pub version: Option<String>,
    /// The adoption status as its publisher writes it.
    pub adoption_status: Option<String>,
    /// What to think of before it is used.
    pub status: Option<Status>,
    pub is_gone: bool,
    /// Why.
    pub reasons: Vec<String>,
    /// What took its place: address and name.
    pub successors: Vec<(String, String)>,
    pub description: Option<Worded>,
    pub notes: Option<Worded>,
    pub start: Option<String>,
    pub end: Option<String>,
    pub subjects: Vec<String>,
    /// The language of everything in it that says no other.
    pub language_of_items: Option<String>,
    /// The same as people call it.
    pub named_language: Option<String>,
    pub license: Option<Licence>,
    /// Whether it may be searched here, and not be handed on in bulk.
    pub is_withheld: bool,
    /// The page where its owner publishes it.
    pub official: Option<String>,
    pub changed: Option<String>,
    pub n_competencies: usize,
    /// Where it was read.
    pub copies: Vec<ReadFrom>,
}

/// A text that is shown in the language of its publisher.
pub(crate) struct Worded {
    pub words: String,
    pub language: Option<String>,
}

/// Where a copy was read.
pub(crate) struct ReadFrom {
    pub source: String,
    pub record: String,
    /// The address, where it is one of the web.
    pub href: Option<String>,
    pub day: String,
    pub digest: String,
    /// What the source says of its terms.
    pub terms: Option<String>,
    pub withdrawn: bool,
}

impl Head {
    /// The head of a framework, of which these are all copies.
    pub(crate) fn of(
        card: &Card,
        standing: &Standing,
        n_competencies: usize,
        copies: &[Card],
        shell: &Shell,
    ) -> Self {
        let framework = card.as_framework();
        let said = |read: fn(&ontology::Framework) -> &Option<String>| {
            framework.and_then(|framework| read(framework).clone())
        };
        let text = |read: fn(&ontology::Framework) -> &ontology::LanguageMap| {
            let texts = read(framework?);
            let words = texts.first().map(plain).filter(|words| !words.is_empty())?;
            Some(Worded { words, language: first_language(texts) })
        };
        let successors = standing.successors.iter();
        Self {
            segment: segment(card.key()),
            segment_plain: card.key().subject_iri().unwrap_or_else(|| card.key().to_string()),
            subject: card.resource.identity().subject.clone(),
            title: card.label(),
            language: first_language(card.resource.name()),
            standard: standard(card),
            publisher: said(|framework| &framework.publisher),
            creator: said(|framework| &framework.creator),
            version: said(|framework| &framework.version),
            adoption_status: said(|framework| &framework.adoption_status),
            status: Status::of(card, standing.state, shell).if_amiss(),
            is_gone: standing.state == State::Withdrawn,
            reasons: standing.reasons.iter().map(|reason| sentence_of(reason)).collect(),
            successors: successors
                .map(|step| {
                    let href = page_of_kind(&step.key, ontology::Kind::Framework);
                    (href, step.label.clone())
                })
                .collect(),
            description: text(|framework| &framework.description),
            notes: text(|framework| &framework.notes),
            start: said(|framework| &framework.status_start),
            end: said(|framework| &framework.status_end),
            subjects: framework.map(|framework| framework.subjects.clone()).unwrap_or_default(),
            language_of_items: said(|framework| &framework.language),
            named_language: said(|framework| &framework.language)
                .map(|tag| name_of_language(&tag, shell)),
            license: Licence::of(card),
            is_withheld: card.origin.terms.as_ref().is_some_and(|terms| !terms.redistribute),
            official: said(|framework| &framework.official_source_url)
                .filter(|address| is_web(address)),
            changed: card.resource.identity().last_change.as_deref().map(day_of),
            n_competencies,
            copies: copies.iter().map(ReadFrom::of).collect(),
        }
    }
}

impl ReadFrom {
    fn of(card: &Card) -> Self {
        let origin = &card.origin;
        let terms = origin.terms.as_ref();
        Self {
            source: origin.source.clone(),
            record: origin.record.clone(),
            href: Some(origin.url.clone()).filter(|address| is_web(address)),
            day: day_of(&origin.fetched_at),
            digest: origin.digest.clone(),
            terms: terms.and_then(|terms| terms.licence.clone().or_else(|| terms.terms.clone())),
            withdrawn: card.withdrawn,
        }
    }
}

/// The standard in which a resource is published.
pub(crate) fn standard(card: &Card) -> &'static str {
    if card.node().is_some() { "CTDL" } else { "CASE" }
}

/// The day of a time.
pub(crate) fn day_of(time: &str) -> String {
    time.split('T').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn a_time_has_a_day() {
        assert_eq!(day_of("2026-01-01T00:00:00Z"), "2026-01-01");
    }
}
