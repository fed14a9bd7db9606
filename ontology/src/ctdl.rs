//! CTDL, CTDL-ASN and `QData` ([Credential Engine](https://credreg.net/ctdl/terms)): the records of the Credential Registry, read
//! into the types of this crate.
//!
//! Reading is lenient: the Registry checks hardly anything since 2025, so any property with any value may be met. Nothing
//! that a publisher states is lost, contact values of people aside, which stay in the document.

mod class;
mod contact;
mod context;
mod document;
mod envelope;
mod expand;
mod language;
mod link;
mod normalize;
mod signature;

pub use crate::ctdl::class::lineage;
pub(crate) use crate::ctdl::contact::{is_withheld, is_withheld_class};
pub(crate) use crate::ctdl::document::is_ctdl;
pub(crate) use crate::ctdl::normalize::normalize;
