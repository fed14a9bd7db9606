//! How texts become words: folded, cut, stemmed by their language. What is indexed and what is asked go the same way.
//!
//! Words are folded before they are stemmed, so that who types without accents finds what was written with them. The way is
//! [`tokens`]: parts and what joins them (`part`, `compound`), words of scripts without spaces (`segment`), apostrophes
//! (`elision`), stems and stop words.

mod compound;
mod detect;
mod elision;
mod fold;
mod gram;
mod part;
mod script;
mod segment;
mod stem;
mod stop_word;
mod tag;
mod token;

pub(crate) use crate::language::compound::fold_label;
pub(crate) use crate::language::gram::grams;
pub(crate) use crate::language::tag::Language;
pub(crate) use crate::language::token::{Token, tokens};
