//! Frameworks and the competencies in them: `CFDocument` and `CFItem` of CASE.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::alignment::Target;
use crate::resource::Identity;
use crate::text::LanguageMap;

/// A framework of competencies: [`CFDocument`](https://www.imsglobal.org/spec/CASE/v1p1) of CASE,
/// `ceasn:CompetencyFramework` of CTDL-ASN.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Framework {
    /// Its identity.
    pub identity: Identity,
    /// Its title.
    pub title: LanguageMap,
    /// Who made it (`creator`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<String>,
    /// Who publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub description: LanguageMap,
    /// The publisher's notes.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub notes: LanguageMap,
    /// The language of everything in it that says no other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The subjects in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// The subjects as links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subject_links: Vec<Target>,
    /// The publisher's version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The adoption status as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adoption_status: Option<String>,
    /// The first day it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_start: Option<String>,
    /// The last day it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_end: Option<String>,
    /// Its licence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<Target>,
    /// The page where its owner publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub official_source_url: Option<String>,
    /// `frameworkType` of CASE 1.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework_type: Option<String>,
    /// `caseVersion` of CASE 1.1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_version: Option<String>,
    /// The package that holds it, where the document names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Target>,
}

/// A competency: [`CFItem`](https://www.imsglobal.org/spec/CASE/v1p1) of CASE, `ceasn:Competency` of CTDL-ASN.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Competency {
    /// Its identity.
    pub identity: Identity,
    /// The framework it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Target>,
    /// The text of the competency (`fullStatement` = `ceasn:competencyText`).
    pub statement: LanguageMap,
    /// A shorter name (`alternativeLabel`, `abbreviatedStatement`).
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub label: LanguageMap,
    /// A shortened statement (`abbreviatedStatement`), where it differs from the label.
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub abbreviated_statement: LanguageMap,
    /// The code people know it by (`humanCodingScheme` = `ceasn:codedNotation`); not unique.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Its mark in a list (`listEnumeration` = `ceasn:listID`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list_enumeration: Option<String>,
    /// What sort of item it is (`CFItemType` = `ceasn:competencyCategory`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_type: Option<String>,
    /// The definition of its type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_type_link: Option<Box<Target>>,
    /// Keywords.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The definitions of its keywords.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keyword_links: Vec<Target>,
    /// The subjects in words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// The subjects as links.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subject_links: Vec<Target>,
    /// Education levels as written (`educationLevel`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub education_levels: Vec<String>,
    /// The publisher's notes (`notes` = `ceasn:comment`).
    #[serde(default, skip_serializing_if = "LanguageMap::is_empty")]
    pub notes: LanguageMap,
    /// Its language: its own, else its framework's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Its licence: its own, where it overrides its framework's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<Box<Target>>,
    /// The first day it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_start: Option<String>,
    /// The last day it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_end: Option<String>,
    /// The item this one is a copy of (`extensions.sourceItemIdentifier` and `sourceItemURI`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_item: Option<Box<Target>>,
    /// The framework this item is borrowed from (`extensions.sourceDocumentIdentifier` and `sourceDocumentURI`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_document: Option<Box<Target>>,
}

impl Competency {
    /// Tells whether the publisher marked the item itself as withdrawn from use, in its text (`[DEPRECATED]`).
    ///
    /// An end date has to be compared with the day of the question, and so is not looked at here.
    pub fn is_marked_deprecated(&self) -> bool {
        self.statement.iter().any(|(_, text)| text.to_uppercase().contains("[DEPRECATED]"))
    }
}

/// What an `adoptionStatus` means, across the words of CASE 1.0 and 1.1 (Implementation Guide 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AdoptionStatus {
    /// `Private Draft`: not meant to be seen.
    PrivateDraft,
    /// `Draft`.
    Draft,
    /// `Pending Implementation`.
    Pending,
    /// `Adopted`, `Implemented`.
    Current,
    /// `Deprecated`, `Retired`.
    Retired,
    /// A word outside both vocabularies.
    Other,
}

impl AdoptionStatus {
    /// Reads the word of either version.
    pub fn read(word: &str) -> Self {
        let folded: String =
            word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        match folded.as_str() {
            "privatedraft" => Self::PrivateDraft,
            "draft" => Self::Draft,
            "pendingimplementation" | "pending" => Self::Pending,
            "adopted" | "implemented" => Self::Current,
            "deprecated" | "retired" => Self::Retired,
            _ => Self::Other,
        }
    }
}
