//! Private look-ups: what identifiers and badges mean, by a server that is not told which are meant.
//!
//! Badges are read here, names are hashed here, and what comes back is compared here. Its neighbours are [`crate::lookup`], which asks a
//! generation on this machine, and the crawler's client, which sends nothing but prefixes.

mod inquiry;
mod meaning;
mod names;

pub(crate) use crate::private::inquiry::{Inquiry, PrivateAnswer, Wish, inquire};
pub(crate) use crate::private::meaning::{FoundCard, Meaning};
