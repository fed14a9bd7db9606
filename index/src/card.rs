//! Cards: the whole of a resource as it is stored beside its index entry, so that an answer needs one look-up.
//!
//! A record is replaced whole, so everything inside it may be repeated on every card of it. What crosses records is
//! asked for when it is needed.

use std::collections::BTreeMap;

use ontology::{
    Alignment, CanonicalKey, Competency, Envelope, Framework, Node, Provenance, Resource, Target,
    plain,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::ledger::Terms;

/// Where a card's content came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The source: an import root or a configured server.
    pub source: String,
    /// The record within its source.
    pub record: String,
    /// The address it was read from; none where that was a file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// When it was read.
    pub fetched_at: String,
    /// The SHA-256 of the bytes that were read.
    pub digest: String,
    /// The ledger entry.
    pub seq: u64,
    /// Tells whether the record shows only a part of what it describes.
    #[serde(default)]
    #[schema(required)]
    pub partial: bool,
    /// The terms of the source, where any were said. They are not kept with the card: they hold for all that came from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Terms>,
}

impl Origin {
    /// The graph of what its record states.
    pub fn graph(&self) -> String {
        let (source, record) = (self.source.clone(), self.record.clone());
        Provenance { source, record, ..Provenance::default() }.asserted_graph()
    }
}

/// What is read from where cards are stored.
pub(crate) trait Stored {
    /// Takes note of the terms of its source, where it says what that is.
    fn under(&mut self, _terms: &BTreeMap<String, Terms>) {}
}

impl Stored for serde_json::Value {}

macro_rules! stored {
    ($($card:ty),*) => {$(
        impl Stored for $card {
            fn under(&mut self, terms: &BTreeMap<String, Terms>) {
                self.origin.terms = terms.get(&self.origin.source).cloned();
            }
        }
    )*};
}

stored!(Card, AlignmentCard, RecordCard);

/// What everything in a framework says of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FrameworkCard {
    /// The identity of the framework.
    pub key: CanonicalKey,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// Who publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its adoption status as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adoption_status: Option<String>,
    /// Its version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The last day it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_end: Option<String>,
    /// Its licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<LicenseCard>,
    /// The page where its owner publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official_source_url: Option<String>,
}

/// A licence as far as its record tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LicenseCard {
    /// Its title, from its definition; the caption of the link where it is defined elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// One step on the path from the root of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Step {
    /// The identity of the ancestor.
    pub key: CanonicalKey,
    /// Its code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its label, cut to a readable length.
    pub label: String,
}

/// A parent and the place among its children.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Parent {
    /// The identity of the parent: an item or the framework.
    pub key: CanonicalKey,
    /// The place among the parent's children, from 0.
    pub rank: u64,
}

/// The whole of one resource as one record has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// The resource itself.
    pub resource: Resource,
    /// Where it came from.
    pub origin: Origin,
    /// The framework it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<FrameworkCard>,
    /// The ancestors from the root to the parent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<Step>,
    /// The parents, the one on the path first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<Parent>,
    /// The licence that holds for it: its own, else its framework's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<LicenseCard>,
    /// Tells whether its source no longer has it; this is then its last known content.
    #[serde(default)]
    #[schema(required)]
    pub withdrawn: bool,
    /// Tells whether its record is about another resource and not about its framework either, so that it may be no more than a mention.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub mentioned: bool,
    /// Tells whether its publisher calls its record provisional; it is then shown only to who asks for such.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
}

impl Card {
    /// The identity of the resource.
    pub fn key(&self) -> &CanonicalKey {
        &self.resource.identity().key
    }

    /// The name as a person reads it.
    pub fn label(&self) -> String {
        label_of(&self.resource)
    }

    /// Everything its record states of it, where that is a record of CTDL.
    pub fn node(&self) -> Option<&Node> {
        self.resource.identity().node.as_deref()
    }

    /// The resource as a competency, where it is one.
    pub fn competency(&self) -> Option<&Competency> {
        match &self.resource {
            Resource::Competency(competency) => Some(competency),
            _ => None,
        }
    }

    /// The resource as a framework, where it is one.
    pub fn as_framework(&self) -> Option<&Framework> {
        match &self.resource {
            Resource::Framework(framework) => Some(framework),
            _ => None,
        }
    }

    /// Who publishes its framework; where none is named, who made it.
    pub fn publisher(&self) -> Option<&str> {
        let framework = self.framework.as_ref()?;
        framework.publisher.as_deref().or(framework.creator.as_deref())
    }
}

/// The name of a resource as a person reads it: plain, on one line, never empty.
pub fn label_of(resource: &Resource) -> String {
    let name = resource.name().first().map(plain).filter(|name| !name.is_empty());
    let fallback = || resource.code().unwrap_or(resource.identity().key.as_str()).to_owned();
    name.unwrap_or_else(fallback)
}

/// An alignment as one record states it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AlignmentCard {
    /// The alignment itself.
    pub alignment: Alignment,
    /// The record that states it.
    pub origin: Origin,
    /// The framework whose record states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Target>,
    /// Tells whether the record is provisional.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
}

/// What is known of one record: the summary of one accepted document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecordCard {
    /// Where it came from.
    pub origin: Origin,
    /// The kind of document, in the standard's word.
    pub document: String,
    /// The framework it describes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<FrameworkCard>,
    /// The resource that it is about, where it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<CanonicalKey>,
    /// How many entities of each class the document held.
    pub counts: BTreeMap<String, u64>,
    /// How many resources of each kind it gave.
    pub resources: BTreeMap<String, u64>,
    /// How many alignments of each type it gave, repetitions folded.
    pub alignments: BTreeMap<String, u64>,
    /// How many resources it no longer has.
    pub withdrawn: u64,
    /// How many quads it gave.
    pub quads: u64,
    /// What was odd, by kind.
    pub warnings: BTreeMap<String, WarningCount>,
    /// Tells whether its source no longer has it.
    #[serde(default)]
    pub tombstone: bool,
    /// What the envelope of the Credential Registry says of it, its signature among it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub envelope: Option<Envelope>,
    /// Tells whether its publisher calls it provisional.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
}

impl RecordCard {
    /// What the document describes as a whole.
    pub fn describes(&self) -> Option<&CanonicalKey> {
        self.about.as_ref().or_else(|| self.framework.as_ref().map(|framework| &framework.key))
    }
}

/// How often a kind of oddity occurred, with the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WarningCount {
    /// How often.
    pub n: u64,
    /// The place of the first.
    pub pointer: String,
    /// The offending text of the first.
    pub detail: String,
}
