//! Identity: what an identifier says about the thing it names, without looking anything up.
//!
//! Badges, CASE frameworks and CTDL records spell the same identifier in many ways. [`identify()`] reads any string and says
//! which [`CanonicalKey`] it names; two spellings of one identity give one key. The rules are published with test vectors
//! (`vectors/`), so that clients in other languages compute the same keys.
//!
//! | Concept | Type |
//! |---|---|
//! | A CTID of the Credential Registry | [`Ctid`] |
//! | A GUID of CASE | [`Guid`] |
//! | Which registry a CTID belongs to | [`Environment`] |
//! | The one spelling of an identity | [`CanonicalKey`] |
//! | How surely a spelling names it | [`Strength`] |
//! | Everything one string says | [`Identifier`] |
//!
//! Nothing here fetches, asks a clock or knows which records exist: whether a key names anything is the index's answer.

mod case_entity;
mod case_uri;
mod code;
mod ctid;
mod data_uri;
mod dirt;
mod environment;
mod error;
mod guid;
mod host;
mod identifier;
mod identify;
mod iri;
mod key;
mod percent;
mod reading;
mod reference;
mod registry_uri;
mod scan;
mod strength;
mod term;
mod unresolvable;
mod urn;
mod web_address;

#[cfg(test)]
mod vectors;

pub use crate::id::case_entity::CaseEntity;
pub use crate::id::code::fold_code;
pub use crate::id::ctid::Ctid;
pub use crate::id::environment::Environment;
pub use crate::id::error::IdError;
pub use crate::id::guid::Guid;
pub use crate::id::identifier::{Identifier, IdentifierKind};
pub use crate::id::identify::identify;
pub use crate::id::key::{CanonicalKey, KeyScheme};
pub use crate::id::strength::Strength;
pub use crate::id::unresolvable::Unresolvable;
