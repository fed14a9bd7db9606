//! Resolving: what an identifier, or the alignment of a badge, points at, and why we say so.
//!
//! The ladder is climbed from the surest step down: the exact address, the identifier inside it, what a publisher
//! declared, a code in its framework. Text only ever gives candidates. A CTID that merely looks like a GUID that is held
//! here is reported beside the answer and never instead of it.

mod alignment;
mod ladder;
mod verdict;

pub use crate::resolve::alignment::{Claim, resolve_claim};
pub use crate::resolve::ladder::resolve;
pub use crate::resolve::verdict::{Attempt, Found, Notice, NoticeKind, Resolution, Rung, Verdict};
