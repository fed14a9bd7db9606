//! From the nodes of a record to the types of this crate.

mod alignment;
mod competency;
mod condition;
mod hierarchy;
mod identity;
mod nodes;
mod normalizer;
mod profile;
mod reading;
mod rubric;
mod target;

pub(crate) use crate::ctdl::normalize::normalizer::normalize;
