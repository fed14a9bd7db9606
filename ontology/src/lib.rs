//! What the standards say, as Rust types.
//!
//! CASE, CTDL, CTDL-ASN and Open Badges name the same things in different words. This crate reads each of them into one
//! set of types ([`Framework`], [`Competency`], [`Profile`], [`Alignment`], …) and writes those types as RDF.
//!
//! It reads no file, opens no socket and asks no clock: the same bytes always give the same quads.
//!
//! | Standard                 | Reads              | Version        |
//! |--------------------------|--------------------|----------------|
//! | CASE                     | [`normalize()`]    | 1.0, 1.1       |
//! | CTDL, CTDL-ASN, `QData`  | [`normalize()`]    | 2026           |
//! | Open Badges              | [`ler::extract`]   | 3.0, 2.x, 1.1  |
//! | Identifiers of all kinds | [`identify`]       |                |

pub mod ler;
pub mod people;
pub mod vocab;

mod alignment;
mod case;
mod competency;
mod ctdl;
mod date;
mod definition;
mod envelope;
mod hierarchy;
mod id;
mod node;
mod normalize;
mod oddities;
mod pointer;
mod profile;
mod quads;
mod record;
mod resource;
mod rubric;
mod term;
mod text;

pub use crate::alignment::{Alignment, AlignmentType, Association, Relation, Target};
pub use crate::competency::{AdoptionStatus, Competency, Framework};
pub use crate::ctdl::lineage;
pub use crate::definition::{Definition, DefinitionClass};
pub use crate::envelope::{Envelope, Signature};
pub use crate::hierarchy::Hierarchy;
pub use crate::id::{
    CanonicalKey, CaseEntity, Ctid, Environment, Guid, IdError, Identifier, IdentifierKind,
    KeyScheme, Strength, Unresolvable, fold_code, identify,
};
pub use crate::node::{Node, Object, Statement};
pub use crate::normalize::normalize;
pub use crate::profile::Profile;
pub use crate::quads::write as write_quads;
pub use crate::record::{JsonObject, NormalizeError, Normalized, Provenance, Warning, WarningKind};
pub use crate::resource::{Alias, Identity, Kind, Resource};
pub use crate::rubric::{Rubric, RubricCriterion, RubricCriterionLevel};
pub use crate::term::{
    Coercion, coercion as term_coercion, compact as compact_term, expand as expand_term,
    local_name, prefixes as term_prefixes, terms,
};
pub use crate::text::{LanguageMap, UNDETERMINED, plain};
