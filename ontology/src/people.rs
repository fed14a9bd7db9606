//! Tells documents about people from documents about achievements, before anything is kept.
//!
//! Alidade holds no data about any learner, so every body passes this filter while it streams in. [`PeopleFilter`] reads the
//! bytes once, in pieces of any size and in constant memory, and notes on the way what a caller needs to recognise the
//! document: its outer [`Shape`] and its first top-level keys.
//!
//! It judges no validity. A text with garbage in it is scanned on: a quotation mark ends one stretch of text and begins the
//! next, so a key is found even where strings and gaps have changed places. It looks into no string value: a credential
//! that is itself packed into a string (a JWS under a key, a data URL) is the caller's matter.
//!
//! What may reach a person stands in good documents too: [`ContactFinder`] and [`Blanker`] take it out of a copy that is given away.

mod contacts;
mod filter;
mod jws;
mod levels;
mod scan;
mod token;
mod walk;

pub(crate) use crate::people::contacts::without_contacts;
pub use crate::people::contacts::{Blanker, ContactFinder, Contacts};
pub use crate::people::filter::PeopleFilter;
pub use crate::people::scan::{PersonMark, Scan, Shape};
