//! What a file with credentials means: its identifiers and what each of them names, and how much was left in it.
//!
//! The command line and the service read credentials here alike. Nothing of it is logged, and no error quotes what was read.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};

use index::IndexError;
use index::cards::Cards;
use index::resolve::{Claim, Resolution, Verdict, resolve_claim};
use ontology::ler::{Ask, Extraction, Mention, asks};
use serde::Serialize;
use utoipa::ToSchema;

use crate::suggestion::add_suggestion;

/// The most bytes that are read of something that may hold a credential: the longest picture. The extractor refuses less.
pub(crate) const MAX_BYTES: usize = 16 << 20;

/// What every answer about a badge leaves open.
pub(crate) const NOT_CHECKED: &str =
    "This is meaning, not verification: signature, expiry and revocation were not checked.";

/// What the credentials of one file mean.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Badge {
    /// The file, as it was named; `-` where it came another way.
    pub file: String,
    /// What the credentials were carried in, in a word.
    pub carrier: &'static str,
    /// The same as it reads in a sentence.
    pub carrier_title: &'static str,
    /// The format of the first credential in a word.
    pub format: &'static str,
    /// The same in its standard's name.
    pub format_title: &'static str,
    /// The credentials, in the order of the document.
    pub credentials: Vec<Outline>,
    /// Every identifier, in the order of the document.
    pub mentions: Vec<ResolvedMention>,
    /// Tags, criteria and the like: names that identify nothing.
    pub hints: Vec<Hint>,
    /// How many values were withheld, by reason.
    pub withheld: BTreeMap<String, u64>,
    /// How many credentials were recognised and not read, by form.
    pub unread: BTreeMap<String, u64>,
    /// How many members had nothing readable where an identifier belongs.
    pub malformed: u64,
    /// What no answer here says.
    pub not_checked: &'static str,
}

/// One credential.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Outline {
    /// Its JSON pointer.
    pub pointer: String,
    /// Its format in a word.
    pub format: &'static str,
    /// The same in its standard's name.
    pub format_title: &'static str,
}

/// One identifier and what it means.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResolvedMention {
    /// The number of its credential, from 0.
    pub credential: usize,
    /// Whether it would be sent to a service. What only the issuer can know is looked up here, and asked of nobody.
    pub asked: bool,
    /// Where it stands and what stands beside it.
    pub mention: Mention,
    /// What it means.
    pub resolution: Resolution,
}

/// One name that identifies nothing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Hint {
    /// The number of its credential, from 0.
    pub credential: usize,
    /// Where it stands.
    pub mention: Mention,
    /// What it comes to: a name identifies nothing. An address of criteria, or of whoever issued, is not even asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
}

impl Badge {
    /// Adds to everything that is not resolved what its words are like.
    pub(crate) fn add_suggestions(&mut self, cards: &Cards) -> Result<(), IndexError> {
        for mention in &mut self.mentions {
            add_suggestion(cards, &Claim::of(&mention.mention), &mut mention.resolution)?;
        }
        for hint in &mut self.hints {
            if let Some(resolution) = &mut hint.resolution {
                add_suggestion(cards, &Claim::of(&hint.mention), resolution)?;
            }
        }
        Ok(())
    }

    /// Whether there was something to ask, and all of it names exactly one resource.
    pub(crate) fn is_resolved(&self) -> bool {
        let mut asked = self.mentions.iter().filter(|mention| mention.asked).peekable();
        asked.peek().is_some()
            && asked.all(|mention| mention.resolution.verdict == Verdict::Resolved)
    }
}

/// Resolves what an extraction holds, on a day (`YYYY-MM-DD`).
pub(crate) fn badge(
    cards: &Cards,
    file: &str,
    extraction: Extraction,
    as_of: &str,
) -> Result<Badge, IndexError> {
    let asked: BTreeMap<usize, Ask> = asks(&extraction).into_iter().collect();
    let owners: Vec<usize> = owners(&extraction);
    let credentials = extraction.credentials.into_iter().map(|outline| Outline {
        pointer: outline.pointer,
        format: outline.format.as_str(),
        format_title: outline.format.title(),
    });
    let (mut mentions, mut hints) = (Vec::new(), Vec::new());
    for (number, mention) in extraction.mentions.into_iter().enumerate() {
        let credential = owners.get(number).copied().unwrap_or_default();
        if mention.site.is_hint() {
            let claim = Claim::of(&mention);
            let is_name = mention.target_name.is_some() && mention.target_url.is_none();
            let resolution = is_name.then(|| resolve_claim(cards, &claim, as_of)).transpose()?;
            hints.push(Hint { credential, mention, resolution });
            continue;
        }
        let ask = asked.get(&number);
        let issuer = ask.and_then(|ask| ask.issuer.clone());
        let claim = Claim { issuer, ..Claim::of(&mention) };
        let resolution = resolve_claim(cards, &claim, as_of)?;
        mentions.push(ResolvedMention { credential, asked: ask.is_some(), mention, resolution });
    }
    Ok(Badge {
        file: file.to_owned(),
        carrier: extraction.carrier.as_str(),
        carrier_title: extraction.carrier.title(),
        format: extraction.format.as_str(),
        format_title: extraction.format.title(),
        credentials: credentials.collect(),
        mentions,
        hints,
        withheld: by_word(extraction.withheld, |why| why.as_str().to_owned()),
        unread: by_word(extraction.unread, |form| form.as_str().to_owned()),
        malformed: extraction.malformed,
        not_checked: NOT_CHECKED,
    })
}

/// The number of the credential of each mention; the mentions stand in the order of the credentials.
fn owners(extraction: &Extraction) -> Vec<usize> {
    let outlines = extraction.credentials.iter().enumerate();
    outlines.flat_map(|(number, outline)| std::iter::repeat_n(number, outline.mentions)).collect()
}

/// Counts by the words that JSON has for them.
pub(crate) fn by_word<K>(
    counts: BTreeMap<K, u64>,
    word: impl Fn(&K) -> String,
) -> BTreeMap<String, u64> {
    counts.into_iter().map(|(key, n)| (word(&key), n)).collect()
}

/// Reads a file, or the standard input where it is called `-`; at most one byte more than is taken.
pub(crate) fn read(file: &str) -> io::Result<Vec<u8>> {
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    if file == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes)?;
    } else {
        File::open(file)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
