//! Learning and employment records as they arrive, and the identifiers inside them.
//!
//! [`extract()`] takes a badge as its holder has it and gives back what the badge says about *definitions*: the
//! achievement, the competencies and credentials it is aligned to, and the words used for them. Nothing about the
//! learner comes out, neither in an answer nor in an error; [`Withheld`] counts what was left behind and why.
//!
//! | Form                                     | Read                                                  |
//! |------------------------------------------|-------------------------------------------------------|
//! | Open Badges 3.0                          | credential, subject, achievement or alignment as JSON |
//! | Open Badges 2.x, 1.x, 0.5                | assertion, badge class or alignment as JSON           |
//! | Presentations, API answers, lists        | the JSON credentials in them                          |
//! | JWS, baked images, CLR, LER-RS, ELM, ... | recognised, and named as [`UnreadFormat`]             |
//!
//! One file, one step: `container` turns bytes into JSON, `document` finds the badges in it, `learner` learns what
//! must stay secret, `open_badge` reads, `privacy` lets each value pass or holds it back, `mention` is what comes out.
//!
//! It verifies no signature, loads no context and fetches no address.

mod ask;
mod carrier;
mod container;
mod document;
mod extract;
mod format;
mod learner;
mod literal;
mod mention;
mod open_badge;
mod place;
mod prefix;
mod privacy;
#[cfg(test)]
mod samples;

pub use crate::ler::ask::{Ask, asks};
pub use crate::ler::carrier::Carrier;
pub use crate::ler::container::{ContainerError, Limit};
pub use crate::ler::extract::{CredentialOutline, Extraction, extract};
pub use crate::ler::format::{Format, UnreadFormat};
pub use crate::ler::mention::{Mention, Site, SiteClass};
pub use crate::ler::privacy::Withheld;
