//! One CASE document, whatever its shape, taken apart into entities.
//!
//! Items and associations are read one by one while the text is parsed, so that a large package never stands in memory
//! as a tree of JSON. Shapes: a package, bare or wrapped; the item and set forms of other servers; a listing of
//! documents; single entities, flat or wrapped; sets of definitions.

mod entities;
mod flat;
mod member;
mod parts;
mod shape;
mod top_level;

pub(crate) use crate::case::document::parts::{Parts, read};
