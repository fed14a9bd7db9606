//! From the classes of CASE to the types of this crate.

mod association;
mod definition;
mod framework;
mod item;
mod normalizer;
mod rubric;
mod source;

pub(crate) use crate::case::normalize::normalizer::normalize;
