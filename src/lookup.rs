//! The read path: what identifiers and badges mean, from one generation.

use std::path::Path;

use index::IndexError;
use index::card::Card;
use index::cards::{Cards, Page};
use index::context::{Context, Links, context, page_of_links};
use index::copies::choose;
use index::resolve::{Claim, Resolution, Verdict, resolve};
use index::search::SearchResults;
use index::suggest::Suggested;
use ontology::CanonicalKey;
use ontology::ler;
use serde::Serialize;
use utoipa::ToSchema;

use crate::alignment::{Alignments, alignments};
use crate::badge::{Badge, badge, read};
use crate::suggestion::add_suggestion;

/// What one input came to.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", tag = "input")]
pub(crate) enum Answer {
    /// An identifier or a code.
    Identifier {
        /// As it was given.
        text: String,
        /// What it means.
        resolution: Box<Resolution>,
    },
    /// A file with credentials.
    Badge(Box<Badge>),
    /// A file that holds no credential that can be read, or cannot be read at all.
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
}

impl Answer {
    /// Whether everything that could be asked names exactly one resource.
    pub(crate) fn is_resolved(&self) -> bool {
        match self {
            Self::Identifier { resolution, .. } => resolution.verdict == Verdict::Resolved,
            Self::Badge(badge) => badge.is_resolved(),
            Self::Unreadable { .. } => false,
        }
    }
}

/// What showing one identifier came to.
pub(crate) enum Shown {
    /// The one resource that it names.
    Resource(Box<ShownResource>),
    /// A page of the links of that resource.
    Links(Box<ShownLinks>),
    /// There is no type of link of the name that was asked for.
    NoRelation,
    /// It names none, or several.
    Nothing(Box<Resolution>),
}

/// What one identifier names.
pub(crate) enum Named {
    /// The one resource, in the copy that was chosen.
    Resource(Box<Card>),
    /// None, or several.
    Nothing(Box<Resolution>),
}

/// What aligning a badge to one identifier came to.
pub(crate) enum Aligned {
    /// The alignments.
    Ready(Box<Alignments>),
    /// The resource has no address on the web.
    NoAddress,
    /// It names none, or several.
    Nothing(Box<Resolution>),
}

/// Why there is no alignment where there is no address.
pub(crate) const NO_ADDRESS: &str =
    "its publisher gives it no address on the web or no name, and an alignment has to have both";

/// A resource with everything around it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShownResource {
    /// The generation that says so.
    pub generation: u64,
    /// The day on which it was judged.
    pub as_of: String,
    /// The resource.
    pub context: Context,
}

/// What the words of a question found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FoundByWords {
    /// The generation that says so.
    pub generation: u64,
    /// The hits of a page.
    pub results: SearchResults,
}

/// What a text may be about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Suggestions {
    /// The generation that says so.
    pub generation: u64,
    /// The competencies, the likeliest first.
    pub suggestions: Vec<Suggested>,
}

/// A page of the links of a resource.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShownLinks {
    /// The generation that says so.
    pub generation: u64,
    /// The resource.
    pub key: CanonicalKey,
    /// The type of the links, as read from the resource.
    pub relation: String,
    /// How many there are, and those of the page.
    pub links: Links,
}

/// What is to be shown.
pub(crate) struct Question<'a> {
    /// An identifier in any spelling, or a code.
    pub id: &'a str,
    /// The framework of a code.
    pub framework: Option<&'a str>,
    /// Only the links of one type, and which of them.
    pub relation: Option<(&'a str, Page)>,
    /// The day for which it is judged.
    pub as_of: &'a str,
}

/// Shows the resource that an identifier names, or a code in its framework; or a page of its links.
pub(crate) fn show(
    cards: &Cards,
    generation: u64,
    question: &Question<'_>,
) -> Result<Shown, IndexError> {
    let as_of = question.as_of;
    let resolution = resolve(cards, question.id, question.framework, as_of)?;
    let Some(key) = resolution.resource().map(|found| found.chosen.card.key().clone()) else {
        return Ok(Shown::Nothing(Box::new(resolution)));
    };
    if let Some((relation, page)) = question.relation {
        let links = page_of_links(cards, &key, relation, page)?;
        let relation = relation.to_owned();
        return Ok(links.map_or(Shown::NoRelation, |links| {
            Shown::Links(Box::new(ShownLinks { generation, key, relation, links }))
        }));
    }
    Ok(match context(cards, &key, as_of)? {
        Some(context) => Shown::Resource(Box::new(ShownResource {
            generation,
            as_of: as_of.to_owned(),
            context,
        })),
        None => Shown::Nothing(Box::new(resolution)),
    })
}

/// Finds the one resource that an identifier names, as [`show`] shows it.
pub(crate) fn one(cards: &Cards, id: &str, as_of: &str) -> Result<Named, IndexError> {
    let resolution = resolve(cards, id, None, as_of)?;
    let Some(key) = resolution.resource().map(|found| found.chosen.card.key().clone()) else {
        return Ok(Named::Nothing(Box::new(resolution)));
    };
    let own = cards.named(&key)?.into_iter().filter(|card| *card.key() == key).collect();
    Ok(match choose(own).into_iter().next() {
        Some(chosen) => Named::Resource(Box::new(chosen.card)),
        None => Named::Nothing(Box::new(resolution)),
    })
}

/// Writes the alignments that point at the one resource that an identifier names, or a code in its framework.
pub(crate) fn align(
    cards: &Cards,
    generation: u64,
    question: &Question<'_>,
) -> Result<Aligned, IndexError> {
    let resolution = resolve(cards, question.id, question.framework, question.as_of)?;
    let Some(found) = resolution.resource() else {
        return Ok(Aligned::Nothing(Box::new(resolution)));
    };
    let held = match &found.chosen.card.framework {
        Some(framework) => choose(cards.named(&framework.key)?),
        None => Vec::new(),
    };
    let framework = held.first().map(|chosen| &chosen.card);
    let alignments = alignments(generation, &resolution, framework);
    Ok(alignments.map_or(Aligned::NoAddress, |alignments| Aligned::Ready(Box::new(alignments))))
}

/// Answers one input of the command line: a file where there is one of this name, else an identifier or a code.
pub(crate) fn answer(
    cards: &Cards,
    input: &str,
    framework: Option<&str>,
    as_of: &str,
) -> Result<Answer, IndexError> {
    if input != "-" && !Path::new(input).is_file() {
        let mut resolution = Box::new(resolve(cards, input, framework, as_of)?);
        if resolution.verdict != Verdict::Resolved && looks_like_a_file(input) {
            resolution.reason = format!("There is no file of this name. {}", resolution.reason);
        }
        return Ok(Answer::Identifier { text: input.to_owned(), resolution });
    }
    let unreadable = |reason: String| Answer::Unreadable { file: input.to_owned(), reason };
    let bytes = match read(input) {
        Ok(bytes) => bytes,
        Err(error) => return Ok(unreadable(format!("it cannot be read: {error}"))),
    };
    match ler::extract(&bytes) {
        Ok(extraction) => Ok(Answer::Badge(Box::new(badge(cards, input, extraction, as_of)?))),
        Err(error) => Ok(unreadable(error.to_string())),
    }
}

/// Adds to what is not resolved what its words are like.
pub(crate) fn add_suggestions(cards: &Cards, answer: &mut Answer) -> Result<(), IndexError> {
    match answer {
        Answer::Identifier { text, resolution } => {
            let claim = Claim { url: Some(text.clone()), ..Claim::default() };
            add_suggestion(cards, &claim, resolution)
        }
        Answer::Badge(badge) => badge.add_suggestions(cards),
        Answer::Unreadable { .. } => Ok(()),
    }
}

/// Tells whether someone who typed this will have meant a file.
fn looks_like_a_file(input: &str) -> bool {
    let extension =
        Path::new(input).extension().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
    let is_known = ["json", "jsonld", "png", "svg", "jwt", "jws"].contains(&extension);
    !input.contains("://") && (is_known || input.starts_with(['.', '/', '~']))
}
