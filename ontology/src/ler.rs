//! Learning and employment records as they arrive, and the identifiers inside them.
//!
//! [`extract()`] takes a badge as its holder has it and gives back what the badge says about *definitions*: the
//! achievement, the competencies and credentials it is aligned to, and the words used for them. Nothing about the
//! learner comes out, neither in an answer nor in an error; [`Withheld`] counts what was left behind and why.
//!
//! | Form                                        | Read                                                  |
//! |---------------------------------------------|-------------------------------------------------------|
//! | Open Badges 3.0                             | credential, subject, achievement or alignment          |
//! | Open Badges 2.x, 1.x, 0.5                   | assertion, badge class or alignment; Badgr and Credly  |
//! | CLR 2.0 and 1.0                             | the achievements, and each credential in the record    |
//! | HR Open LER-RS and its common library       | skills, certifications, codes, and what verifies them  |
//! | T3 LER wrapper                              | each credential in it                                  |
//! | European Learning Model 3                   | specifications, outcomes, skills, levels, subjects     |
//! | CTDL or schema.org in a credential          | what was achieved, and what that links to              |
//! | other verifiable credentials                | searched for alignments and CTIDs                      |
//! | presentations, API answers, tokens, lists   | the credentials in them                                |
//! | encrypted and unknown envelopes, bare links | recognised, and named as [`UnreadFormat`]              |
//!
//! One file, one step: `container` turns bytes into JSON, `recognise`, `document` and `nested` find the credentials in it,
//! `learner` learns from what is `told` what must stay secret, `reader` reads by the tables of `open_badge`, `clr`, `ler_rs`, `elm` and `ctdl` or
//! by `search`, `privacy` lets each value pass or holds it back, `mention` is what comes out, and `ask` what may be sent.
//!
//! It verifies no signature, loads no context and fetches no address.

mod alignment;
mod ask;
mod carrier;
mod clr;
mod container;
mod ctdl;
mod document;
mod draft;
mod elm;
#[cfg(test)]
mod expectation;
mod extract;
mod format;
mod identifier_entry;
mod learner;
mod ler_rs;
mod literal;
mod mention;
mod nested;
mod open_badge;
mod organization;
mod place;
mod prefix;
mod privacy;
mod public;
mod reader;
mod recognise;
#[cfg(test)]
mod samples;
mod scheme;
mod scope;
mod search;
mod table;
mod thing;
mod told;
#[cfg(test)]
mod vectors;

pub use crate::ler::ask::{Ask, asks};
pub use crate::ler::carrier::Carrier;
pub use crate::ler::container::{ContainerError, Limit};
pub use crate::ler::extract::{CredentialOutline, Extraction, extract};
pub use crate::ler::format::{Format, UnreadFormat};
pub use crate::ler::mention::{Mention, Site, SiteClass};
pub use crate::ler::privacy::Withheld;
