//! A whole inquiry: everything that was typed, read here and asked for at once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use crawler::range::{Entry, Question, Server, ask};
use index::resolve::Verdict;
use ontology::ler::{Ask, Extraction, asks, extract};
use serde::Serialize;

use crate::badge::{NOT_CHECKED, read as read_file};
use crate::day::Clock;
use crate::private::meaning::{Meaning, hash};
use crate::private::names::{Name, Unaskable, names};

/// What somebody wants to know.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish<'a> {
    /// Identifiers, codes, or files that hold a badge.
    pub inputs: &'a [String],
    /// The identifier of the framework of a code.
    pub framework: Option<&'a str>,
    /// Whether an address is asked for by its other spellings, too.
    pub all_spellings: bool,
    /// How many prefixes are asked for that nobody wants.
    pub n_decoys: usize,
    /// The day on which it is judged.
    pub as_of: &'a str,
}

/// What came of it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Inquiry {
    /// The server that was asked.
    pub server: String,
    /// The version of its answers.
    pub version: String,
    /// The day on which they were judged.
    pub as_of: String,
    /// How many digits of each hash the server was told.
    pub prefix_digits: usize,
    /// How many prefixes it was asked for.
    pub prefixes: usize,
    /// The answers, in the order of what was typed.
    pub answers: Vec<PrivateAnswer>,
    /// What no answer here says.
    pub not_checked: &'static str,
}

/// What one input came to.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase", tag = "input")]
pub(crate) enum PrivateAnswer {
    /// An identifier or a code.
    Identifier {
        /// As it was given.
        text: String,
        /// What it means.
        meaning: Meaning,
    },
    /// A file with a badge.
    #[serde(rename_all = "camelCase")]
    Badge {
        /// The file.
        file: String,
        /// The format in its standard's name.
        format_title: &'static str,
        /// What each place of it that is asked about means.
        mentions: Vec<MeantMention>,
    },
    /// A file that holds no badge that can be read.
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
}

/// What one place of a badge means.
#[derive(Debug, Serialize)]
pub(crate) struct MeantMention {
    /// Where it stands.
    pub pointer: String,
    /// The identifier, the code or the name that stands there.
    pub text: String,
    /// What it means.
    pub meaning: Meaning,
}

/// The names of something, or why there are none.
type Names = Result<Vec<Name>, Unaskable>;

/// One input, read, before anything is asked.
enum Read {
    Identifier(String, Names),
    Badge { file: String, format_title: &'static str, mentions: Vec<ReadMention> },
    Unreadable { file: String, reason: String },
}

struct ReadMention {
    pointer: String,
    text: String,
    code: Option<String>,
    names: Names,
}

/// Asks a server for everything that is wanted, each prefix once and in the order of the digits, whatever was typed first.
///
/// # Errors
/// Where a file cannot be read, or the server cannot be asked.
pub(crate) fn inquire(server: &Server, wish: &Wish<'_>, clock: Clock) -> anyhow::Result<Inquiry> {
    let read: Vec<Read> =
        wish.inputs.iter().map(|input| read(input, wish)).collect::<Result<_, _>>()?;
    let hashes: BTreeSet<String> = read.iter().flat_map(Read::names).map(hash).collect();
    let told = ask(server, &Question { hashes, n_decoys: wish.n_decoys }, clock)?;
    let answers = read.into_iter().map(|read| read.answered(&told.entries, wish.as_of)).collect();
    Ok(Inquiry {
        server: server.url.to_string(),
        version: told.version,
        as_of: wish.as_of.to_owned(),
        prefix_digits: told.n_digits,
        prefixes: told.n_prefixes,
        answers,
        not_checked: NOT_CHECKED,
    })
}

fn read(input: &str, wish: &Wish<'_>) -> anyhow::Result<Read> {
    if input != "-" && !Path::new(input).is_file() {
        let names = names(input, wish.framework, wish.all_spellings);
        return Ok(Read::Identifier(input.to_owned(), names));
    }
    let file = input.to_owned();
    let bytes = read_file(input).with_context(|| format!("cannot read `{input}`"))?;
    Ok(match extract(&bytes) {
        Ok(extraction) => badge(file, &extraction, wish),
        Err(error) => Read::Unreadable { file, reason: error.to_string() },
    })
}

fn badge(file: String, extraction: &Extraction, wish: &Wish<'_>) -> Read {
    let mentions = asks(extraction).into_iter().filter_map(|(number, ask)| {
        let pointer = extraction.mentions.get(number)?.pointer.clone();
        let names = names_of(&ask, wish);
        let Ask { target_url, target_code, target_name, .. } = ask;
        let text = target_url.or_else(|| target_code.clone()).or(target_name).unwrap_or_default();
        Some(ReadMention { pointer, text, code: target_code, names })
    });
    let mentions = mentions.collect();
    Read::Badge { file, format_title: extraction.format.title(), mentions }
}

/// The names of what is asked about one place: those of the address, else those of the code. Words have none.
fn names_of(ask: &Ask, wish: &Wish<'_>) -> Names {
    let framework = ask.target_framework.as_deref().or(wish.framework);
    let nameless =
        || Unaskable::new(Verdict::Unknown, "only a name was given, and a name identifies nothing");
    let by_url = ask.target_url.as_deref().map(|url| names(url, framework, wish.all_spellings));
    let by_code = || {
        let code = ask.target_code.as_deref()?;
        Some(names(code, framework, wish.all_spellings))
    };
    match by_url {
        Some(Ok(names)) => Ok(names),
        Some(Err(unaskable)) => by_code().unwrap_or(Err(unaskable)),
        None => by_code().unwrap_or_else(|| Err(nameless())),
    }
}

impl Read {
    fn names(&self) -> impl Iterator<Item = &Name> {
        let names: Vec<&Names> = match self {
            Self::Identifier(_, names) => vec![names],
            Self::Badge { mentions, .. } => mentions.iter().map(|mention| &mention.names).collect(),
            Self::Unreadable { .. } => Vec::new(),
        };
        names.into_iter().flatten().flatten()
    }

    fn answered(self, entries: &BTreeMap<String, Vec<Entry>>, as_of: &str) -> PrivateAnswer {
        match self {
            Self::Identifier(text, names) => {
                PrivateAnswer::Identifier { text, meaning: Meaning::of(names, entries, as_of) }
            }
            Self::Badge { file, format_title, mentions } => {
                let meant = |read: ReadMention| MeantMention {
                    pointer: read.pointer,
                    text: read.text,
                    meaning: Meaning::of(read.names, entries, as_of)
                        .held_against(read.code.as_deref()),
                };
                let mentions = mentions.into_iter().map(meant).collect();
                PrivateAnswer::Badge { file, format_title, mentions }
            }
            Self::Unreadable { file, reason } => PrivateAnswer::Unreadable { file, reason },
        }
    }
}

impl PrivateAnswer {
    /// Tells whether anything was found.
    pub(crate) fn is_found(&self) -> bool {
        match self {
            Self::Identifier { meaning, .. } => !meaning.found.is_empty(),
            Self::Badge { mentions, .. } => {
                mentions.iter().any(|mention| !mention.meaning.found.is_empty())
            }
            Self::Unreadable { .. } => false,
        }
    }
}
