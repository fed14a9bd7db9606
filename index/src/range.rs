//! Ranges: every name that is held, dealt out by the first digits of its hash, for those who will not say which one they ask about.
//!
//! A bucket is what all names have whose SHA-256 begins alike, and a card in short for each. Every bucket of a generation has
//! the same number of bytes, exists whatever it holds, and is the same for everyone; so whoever looks on from outside learns the digits
//! that were asked for, and no more. The digits are few enough that many names share them.
//!
//! One file, one step: `census` counts the names, `layout` chooses the digits and the size from that, `prefix` is what is asked
//! for, `summary` a card in short, `slot` the room for one, `bucket` the answer.

mod bucket;
mod census;
mod layout;
mod prefix;
mod slot;
mod summary;

pub use crate::range::bucket::Ranges;
pub use crate::range::layout::Layout;
pub use crate::range::prefix::Prefix;
pub use crate::range::slot::SLOT_BYTES;
pub use crate::range::summary::Summary;

pub(crate) use crate::range::bucket::lay_out;
