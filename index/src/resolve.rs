//! Resolving: what an identifier, or the alignment of a badge, points at, and why we say so.
//!
//! The ladder is climbed from the surest step down: the exact address, the identifier inside it, what a publisher
//! declared, a code in its framework. Words only ever give suggestions. A CTID that merely looks like a GUID that is held
//! here is reported beside the answer and never instead of it.

mod alignment;
mod claim;
mod class;
mod coded;
mod codes;
mod evidence;
mod frameworks;
mod hashed;
mod issuer;
mod ladder;
mod notice;
mod reason;
mod resolution;
mod suggestion;
mod verdict;
mod words;

pub use crate::resolve::alignment::resolve_claim;
pub use crate::resolve::claim::Claim;
pub use crate::resolve::evidence::{Evidence, IssuerStanding};
pub use crate::resolve::ladder::resolve;
pub use crate::resolve::notice::{Notice, NoticeKind};
pub use crate::resolve::resolution::{Found, Resolution};
pub use crate::resolve::suggestion::{Suggestion, suggest};
pub use crate::resolve::verdict::{Attempt, Rung, Verdict};
