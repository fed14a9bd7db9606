//! What one fetched document becomes: resources, the alignments between them, and what was odd about it.
//!
//! Reading never fails because one node is bad. Foreign bad data is a [`Warning`] with a place; only a whole that cannot
//! be read is a [`NormalizeError`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use crate::alignment::Alignment;
use crate::envelope::Envelope;
use crate::id::CanonicalKey;
use crate::resource::Resource;
use crate::vocab;

/// Where a document came from, as far as its meaning depends on it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// Names the source: an import root or a configured server.
    pub source: String,
    /// Names the record within its source.
    pub record: String,
    /// The address it was read from.
    pub url: String,
    /// When it was read, in RFC 3339.
    pub fetched_at: String,
    /// The SHA-256 of its bytes, in hex.
    pub digest: String,
}

impl Provenance {
    /// The graph that holds what the publisher asserted in this record.
    pub fn asserted_graph(&self) -> String {
        format!("urn:alidade:record:{}:{}", escape(&self.source), escape(&self.record))
    }

    /// The graph that holds what was derived from this record.
    pub fn derived_graph(&self) -> String {
        format!("{}#derived", self.asserted_graph())
    }
}

/// Percent-encodes what an IRI cannot hold, and the colon that parts a source from its record.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b'!' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&vocab::encode_byte(byte)),
        }
    }
    out
}

/// A JSON object as it was.
pub type JsonObject = Map<String, Value>;

/// The whole of one document, read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Normalized {
    /// The kind of document, in the standard's word (`CFPackage`, `CFDocuments`, …).
    pub document: String,
    /// Tells whether the document shows only a part of what it describes, and so never replaces a whole one.
    pub partial: bool,
    /// The resources, in the document's order, each subject once.
    pub resources: Vec<Resource>,
    /// The alignments, in the document's order, repetitions folded.
    pub alignments: Vec<Alignment>,
    /// What was odd; of each kind as many as a person can read, the others counted in `unlisted_warnings`.
    pub warnings: Vec<Warning>,
    /// How many more of each kind there were.
    pub unlisted_warnings: BTreeMap<WarningKind, u64>,
    /// How many entities of each class the document held, in the standard's names, before anything was folded.
    pub counts: BTreeMap<String, u64>,
    /// Fields that no version of the standard defines, by the subject that had them; kept as they were.
    pub unknown: Vec<(String, JsonObject)>,
    /// What the envelope of the Credential Registry says, where the record came in one.
    pub envelope: Option<Envelope>,
    /// The resource that the record is about, where it names one: other resources in it may be no more than a mention. A graph of the
    /// Credential Registry has the CTID of its own resource.
    pub about: Option<CanonicalKey>,
    /// Tells whether its publisher calls it provisional (`adms:status`): it is kept, and not shown unless it is asked for.
    pub provisional: bool,
}

/// Something odd in a document that was read all the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The place, as an [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901) JSON pointer.
    pub pointer: String,
    /// What kind of oddity it is.
    pub kind: WarningKind,
    /// The offending text or name, cut to a readable length.
    pub detail: String,
}

impl Warning {
    /// Notes an oddity; a long detail is cut.
    pub fn new(pointer: impl Into<String>, kind: WarningKind, detail: impl AsRef<str>) -> Self {
        let detail = detail.as_ref().chars().take(120).collect();
        Self { pointer: pointer.into(), kind, detail }
    }
}

macro_rules! warning_kinds {
    ($($variant:ident $code:literal $doc:literal,)*) => {
        /// The kinds of oddity that are counted and reported.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum WarningKind {
            $(#[doc = $doc] $variant,)*
        }

        impl WarningKind {
            /// The stable code of this kind.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// One sentence that says what this kind means.
            pub fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }
        }
    };
}

warning_kinds! {
    NoIdentifier "no_identifier" "An entity without a usable identifier was refused.",
    NotAnObject "not_an_object" "Something that is no JSON object stood where an entity belongs, and was refused.",
    NonUuidIdentifier "non_uuid_identifier" "An identifier is no UUID.",
    UuidPattern "uuid_pattern" "An identifier is a UUID in shape but fails the pattern of CASE (lower case, version 1 to 5, RFC variant).",
    IdentifierDiffersFromUri "identifier_differs_from_uri" "The GUID inside the uri is not the identifier; the identifier wins.",
    FieldAlias "field_alias" "A field stood under another name or capitalisation than the standard's.",
    WrongShape "wrong_shape" "A value had another shape than the standard's (a string for an array, a number for a string, …) and was understood.",
    UnreadableValue "unreadable_value" "A value could not be understood and was kept only in the original.",
    UnknownField "unknown_field" "A field that no version of the standard defines; kept in the original.",
    MissingField "missing_field" "A field that the standard requires is absent.",
    InvalidDate "invalid_date" "A date or time could not be read and was kept only in the original.",
    DateWithoutZone "date_without_zone" "A time had no zone; UTC was assumed.",
    DateShape "date_shape" "A date-time stood where a date belongs, or the other way round.",
    UnknownAssociationType "unknown_association_type" "An association type outside the standard's list; kept as written and followed as isRelatedTo.",
    AssociationTypeSpelling "association_type_spelling" "An association type in another spelling than the standard's.",
    MissingEnd "missing_end" "An association without an origin or a destination was refused.",
    OriginElsewhere "origin_elsewhere" "The origin of an association is not in this document.",
    DestinationElsewhere "destination_elsewhere" "The destination of an association is not in this document.",
    UnresolvableEnd "unresolvable_end" "An end of an association names nothing that could ever be looked up.",
    EmptyLink "empty_link" "A link to another entity has neither identifier nor address, and was left out.",
    SelfAssociation "self_association" "An association leads from a resource to itself.",
    RepeatedIdentifier "repeated_identifier" "An identifier occurs more than once; the first keeps it, a later association stays without one and any other entity was left out.",
    RepeatedAssociation "repeated_association" "The same association occurs more than once; the repetitions were folded into the first.",
    HierarchyCycle "hierarchy_cycle" "An item is its own ancestor through isChildOf; the circle was cut.",
    NoParent "no_parent" "An item has no isChildOf; it is shown directly under its framework.",
    NoFramework "no_framework" "An item names no document that it belongs to.",
    InvalidIri "invalid_iri" "An address that is no valid IRI; kept as text.",
    NoStatement "no_statement" "An item has no fullStatement.",
    NoContext "no_context" "A record names no JSON-LD context; the published terms were read as they are published.",
    UnknownContext "unknown_context" "A record names a JSON-LD context that is not known here; the published terms were read as they are published.",
    UnknownTerm "unknown_term" "A term that no known context defines; kept under its own name.",
    LanguageTag "language_tag" "A language tag that is none; it was mended, or the text was kept without it.",
    CtidDiffersFromId "ctid_differs_from_id" "The CTID of a record is not the one in its address; the CTID wins where no other node has it in its address.",
    AlignmentObjectMistyped "alignment_object_mistyped" "An alignment object is called a competency; it was read as an alignment object.",
    HierarchyAsAlignment "hierarchy_as_alignment" "Parent and child of one framework are written as broader and narrower; read as hierarchy.",
    DanglingNode "dangling_node" "A blank node is referred to and not in the record.",
    UntypedNode "untyped_node" "A node of a graph has no class.",
}

/// Says a place in words.
fn place(pointer: &str) -> String {
    if pointer.is_empty() {
        "at the top of the document".to_owned()
    } else {
        format!("at `{pointer}`")
    }
}

/// Why nothing at all could be read from a document.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum NormalizeError {
    /// The bytes are no JSON text.
    #[error("not JSON: {source}")]
    NotJson {
        /// The parser's word, with line and column.
        source: serde_json::Error,
    },
    /// The JSON text is no document of a standard known here.
    #[error("expected {expected} {}", place(pointer))]
    WrongShape {
        /// What would have been read.
        expected: &'static str,
        /// The place, as a JSON pointer.
        pointer: String,
    },
    /// The document names neither itself nor anything inside it.
    #[error("nothing in this {document} has a usable identifier")]
    NoIdentifier {
        /// The kind of document.
        document: &'static str,
    },
}

#[cfg(test)]
mod tests {
    use super::Provenance;

    #[test]
    fn a_record_names_its_two_graphs() {
        let provenance = Provenance {
            source: "a:b".to_owned(),
            record: "x y.json#/3".to_owned(),
            ..Provenance::default()
        };
        assert_eq!(provenance.asserted_graph(), "urn:alidade:record:a%3Ab:x%20y.json%23/3");
        assert_eq!(provenance.derived_graph(), "urn:alidade:record:a%3Ab:x%20y.json%23/3#derived");
    }
}
