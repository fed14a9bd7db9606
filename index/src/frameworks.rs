//! The frameworks that are held, as far as one is found by what it is called.

mod held;
mod title;

pub(crate) use crate::frameworks::held::{Frameworks, HeldFramework};
pub(crate) use crate::frameworks::title::{Words, are_initials, is_named_in};
