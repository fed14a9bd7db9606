//! How texts become words: folded, cut, stemmed by their language. What is indexed and what is asked go the same way.
//!
//! Words are folded before they are stemmed, so that who types without accents finds what was written with them.

mod fold;
mod gram;
mod stem;
mod tag;
mod token;

pub(crate) use crate::language::fold::fold_label;
pub(crate) use crate::language::gram::grams;
pub(crate) use crate::language::tag::Language;
pub(crate) use crate::language::token::{Token, tokens};
