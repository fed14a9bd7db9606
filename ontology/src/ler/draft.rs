//! A mention while it is made: each value is let through the filter, or withheld with its reason.

use std::collections::BTreeMap;

use crate::ler::container::{ContainerError, Limit};
use crate::ler::mention::{Mention, Site};
use crate::ler::place::Place;
use crate::ler::prefix::Prefixes;
use crate::ler::privacy::{Filter, Passed, Tail, Withheld};

/// The longest string that is taken out of a document, in bytes.
const LONGEST_TEXT: usize = 4 * 1024;

/// How many alignments one document may have.
const MOST_ALIGNMENTS: usize = 500;
/// How many mentions of all kinds one document may have.
const MOST_MENTIONS: usize = 5000;

/// What was found so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Findings {
    /// The mentions, in document order.
    pub mentions: Vec<Mention>,
    /// How many values were withheld or cut, by reason.
    pub withheld: BTreeMap<Withheld, u64>,
    /// How many members had nothing readable in them.
    pub n_malformed: u64,
    /// How many alignments were looked at.
    pub n_alignments: usize,
}

impl Findings {
    /// Counts an alignment that is looked at.
    pub(super) fn count_alignment(&mut self) -> Result<(), ContainerError> {
        self.n_alignments += 1;
        if self.n_alignments > MOST_ALIGNMENTS {
            return Err(ContainerError::TooLarge { limit: Limit::Alignments });
        }
        Ok(())
    }
}

/// A mention that is being made.
pub(super) struct Draft<'a> {
    mention: Mention,
    reasons: Vec<Withheld>,
    filter: Filter<'a>,
    prefixes: &'a Prefixes<'a>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(
        site: Site,
        place: Place,
        filter: Filter<'a>,
        prefixes: &'a Prefixes<'a>,
    ) -> Self {
        Self {
            mention: Mention::at(site, place.into_pointer()),
            reasons: Vec::new(),
            filter,
            prefixes,
        }
    }

    /// Adds an address; a compact IRI is written in full.
    pub(super) fn url(&mut self, text: Option<&str>, tail: Tail) -> Result<(), ContainerError> {
        self.mention.target_url = self.identifier(text, tail)?;
        Ok(())
    }

    pub(super) fn code(&mut self, text: Option<&str>) -> Result<(), ContainerError> {
        self.mention.target_code = self.identifier(text, Tail::Keep)?;
        Ok(())
    }

    pub(super) fn kind(&mut self, text: Option<&str>) -> Result<(), ContainerError> {
        self.mention.target_type = self.words(text)?;
        Ok(())
    }

    pub(super) fn name(&mut self, text: Option<&str>) -> Result<(), ContainerError> {
        self.mention.target_name = self.words(text)?;
        Ok(())
    }

    pub(super) fn description(&mut self, text: Option<&str>) -> Result<(), ContainerError> {
        self.mention.target_description = self.words(text)?;
        Ok(())
    }

    pub(super) fn framework(&mut self, text: Option<&str>) -> Result<(), ContainerError> {
        self.mention.target_framework = self.words(text)?;
        Ok(())
    }

    /// Notes that a value was not even tried.
    pub(super) fn withhold(&mut self, reason: Withheld) {
        self.reasons.push(reason);
    }

    /// The kind of place that is drafted.
    pub(super) fn site(&self) -> Site {
        self.mention.site
    }

    /// Whether an address or a code was let through; without one, the words beside it say nothing.
    pub(super) fn has_identifier(&self) -> bool {
        self.mention.target_url.is_some() || self.mention.target_code.is_some()
    }

    /// Adds the mention to what was found; one with nothing in it is counted as unreadable.
    pub(super) fn finish(self, findings: &mut Findings) -> Result<(), ContainerError> {
        if self.is_empty() {
            findings.n_malformed += 1;
            return Ok(());
        }
        self.finish_if_any(findings)
    }

    /// Adds the mention to what was found, where there is something in it.
    pub(super) fn finish_if_any(mut self, findings: &mut Findings) -> Result<(), ContainerError> {
        if self.is_empty() {
            return Ok(());
        }
        if findings.mentions.len() >= MOST_MENTIONS {
            return Err(ContainerError::TooLarge { limit: Limit::Mentions });
        }
        for reason in &self.reasons {
            *findings.withheld.entry(*reason).or_default() += 1;
        }
        self.mention.withheld = self.reasons.into_iter().collect();
        findings.mentions.push(self.mention);
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.mention.is_blank() && self.reasons.is_empty()
    }

    fn identifier(
        &mut self,
        text: Option<&str>,
        tail: Tail,
    ) -> Result<Option<String>, ContainerError> {
        let Some(text) = text else { return Ok(None) };
        check_length(text)?;
        // Both forms are judged: a prefix may be declared to dress `mailto:` up as an address, or the other way round. Only an
        // address is written in full.
        let passed = self.filter.identifier(text, tail).and_then(|compact| {
            let Some(full) = self.prefixes.expand(text) else { return Ok(compact) };
            let is_address = full.starts_with("http://") || full.starts_with("https://");
            let full = self.filter.identifier(&full, tail)?;
            Ok(if is_address { full } else { compact })
        });
        Ok(match passed {
            Ok(Passed { text, cut }) => {
                self.reasons.extend(cut);
                Some(text)
            }
            Err(reason) => {
                self.withhold(reason);
                None
            }
        })
    }

    fn words(&mut self, text: Option<&str>) -> Result<Option<String>, ContainerError> {
        let Some(text) = text else { return Ok(None) };
        check_length(text)?;
        Ok(self.filter.words(text).map_err(|reason| self.withhold(reason)).ok())
    }
}

fn check_length(text: &str) -> Result<(), ContainerError> {
    if text.len() > LONGEST_TEXT {
        return Err(ContainerError::TooLarge { limit: Limit::Text });
    }
    Ok(())
}
