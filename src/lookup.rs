//! The read path: what identifiers and badges mean, from one generation.

use std::io::Read;
use std::path::Path;

use anyhow::Context as _;
use index::IndexError;
use index::cards::{Cards, Page};
use index::context::{Context, Links, context, page_of_links};
use index::resolve::{Claim, Resolution, Verdict, resolve, resolve_claim};
use index::search::SearchResults;
use ontology::CanonicalKey;
use ontology::ler::{self, ContainerError, Extraction, Mention};
use serde::Serialize;

/// The most bytes that are read of a file that may hold a badge; the extractor refuses less.
const MAX_INPUT: u64 = 16 << 20;

/// What one input came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "input")]
pub(crate) enum Answer {
    /// An identifier or a code.
    Identifier {
        /// As it was given.
        text: String,
        /// What it means.
        resolution: Box<Resolution>,
    },
    /// A file with a badge.
    #[serde(rename_all = "camelCase")]
    Badge {
        /// The file.
        file: String,
        /// The format in a word.
        format: &'static str,
        /// The format in its standard's name.
        format_title: &'static str,
        /// Every identifier in it, in the order of the document.
        mentions: Vec<ResolvedMention>,
        /// How many values were held back, by reason.
        withheld: std::collections::BTreeMap<String, u64>,
        /// What no answer here says.
        not_checked: &'static str,
    },
    /// A file that holds no badge that can be read.
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
}

/// What every answer about a badge leaves open.
pub(crate) const NOT_CHECKED: &str =
    "This is meaning, not verification: signature, expiry and revocation were not checked.";

/// One identifier of a badge and what it means.
#[derive(Debug, Serialize)]
pub(crate) struct ResolvedMention {
    /// Where it stands and what stands beside it.
    pub mention: Mention,
    /// What it means.
    pub resolution: Resolution,
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

/// A resource with everything around it.
#[derive(Debug, Serialize)]
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
#[derive(Debug, Serialize)]
pub(crate) struct FoundByWords {
    /// The generation that says so.
    pub generation: u64,
    /// The hits of a page.
    pub results: SearchResults,
}

/// A page of the links of a resource.
#[derive(Debug, Serialize)]
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

/// Answers one input of the command line: a file where there is one of this name, else an identifier or a code.
pub(crate) fn answer(
    cards: &Cards,
    input: &str,
    framework: Option<&str>,
    as_of: &str,
) -> anyhow::Result<Answer> {
    if input != "-" && !Path::new(input).is_file() {
        let mut resolution = Box::new(resolve(cards, input, framework, as_of)?);
        if resolution.verdict == Verdict::Unknown && looks_like_a_file(input) {
            resolution.reason = format!("there is no file of this name, and {}", resolution.reason);
        }
        return Ok(Answer::Identifier { text: input.to_owned(), resolution });
    }
    let bytes = read_input(input)?;
    match ler::extract(&bytes) {
        Ok(extraction) => badge(cards, input, extraction, as_of),
        Err(error) => Ok(Answer::Unreadable { file: input.to_owned(), reason: sentence(&error) }),
    }
}

/// Tells whether someone who typed this will have meant a file.
fn looks_like_a_file(input: &str) -> bool {
    let extension =
        Path::new(input).extension().and_then(std::ffi::OsStr::to_str).unwrap_or_default();
    let is_known = ["json", "jsonld", "png", "svg", "jwt", "jws"].contains(&extension);
    !input.contains("://") && (is_known || input.starts_with(['.', '/', '~']))
}

fn sentence(error: &ContainerError) -> String {
    error.to_string()
}

/// Reads a file, or the standard input where that is `-`.
pub(crate) fn read_input(input: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if input == "-" {
        std::io::stdin()
            .lock()
            .take(MAX_INPUT)
            .read_to_end(&mut bytes)
            .context("cannot read the standard input")?;
    } else {
        let file = std::fs::File::open(input).with_context(|| format!("cannot read `{input}`"))?;
        file.take(MAX_INPUT)
            .read_to_end(&mut bytes)
            .with_context(|| format!("cannot read `{input}`"))?;
    }
    Ok(bytes)
}

fn badge(cards: &Cards, file: &str, extraction: Extraction, as_of: &str) -> anyhow::Result<Answer> {
    let mut mentions = Vec::new();
    for mention in extraction.mentions {
        // Tags and criteria are hints for a search, and name nothing.
        if mention.site.is_hint() {
            continue;
        }
        let resolution = resolve_claim(cards, &Claim::of(&mention), as_of)?;
        mentions.push(ResolvedMention { mention, resolution });
    }
    Ok(Answer::Badge {
        file: file.to_owned(),
        format: extraction.format.as_str(),
        format_title: extraction.format.title(),
        mentions,
        withheld: extraction
            .withheld
            .into_iter()
            .map(|(why, n)| (why.as_str().to_owned(), n))
            .collect(),
        not_checked: NOT_CHECKED,
    })
}
