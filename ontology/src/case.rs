//! CASE 1.0 and 1.1 ([1EdTech](https://www.imsglobal.org/spec/CASE/v1p1)): documents as servers send them, read into the
//! types of this crate.
//!
//! Reading is lenient. The official schema fits few real servers, so anything odd that can be understood is a warning
//! with a place, and a record is refused alone only when it has no usable identifier.

mod document;
mod fields;
mod identity;
mod model;
mod normalize;

pub(crate) use crate::case::normalize::normalize;
