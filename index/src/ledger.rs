//! What was fetched, when, and whence: an append-only, hash-chained list of entries.
//!
//! The ledger is a folder of segments, each named for its first entry (`00000000000000000001.log`). An entry is a length
//! and a CRC32C (both little-endian `u32`) and its JSON, which names the SHA-256 of the JSON before it. [`Ledger`] is the
//! one writer; [`LedgerReader`] reads beside it and writes nothing.
//!
//! A write that a crash cut short leaves a torn tail, and that was never acknowledged: the writer cuts it off, a reader
//! stops before it. Damage anywhere else is an error that names the place. Entries that were synced together share a
//! `group`, so damage with a later group behind it is known to be no torn tail. Removing whole entries from the end cannot
//! be seen from the ledger alone: a generation's manifest remembers the last number and hash.

mod entries;
mod entry;
mod frame;
mod moment;
mod reader;
mod segment;
mod writer;

pub use crate::ledger::entries::Entries;
pub use crate::ledger::entry::{Entry, NewEntry, Op, Terms, Validators};
pub use crate::ledger::reader::LedgerReader;
pub use crate::ledger::writer::{Ledger, SEGMENT_LEN};
