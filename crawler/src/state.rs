//! What a crawl remembers: where it was, what it saw, how often something was missing.
//!
//! It can be lost. Whoever loses it pays with one conditional request for each address, and with waiting anew for what is to
//! be confirmed. So nothing here is ever repaired: a database that is damaged is set aside, and a new one takes its place, into
//! which the ledger is read with [`State::seed`].
//!
//! | File | Holds |
//! |---|---|
//! | `memory` | [`State`]: what is put is seen at once, and kept by [`State::save`] |
//! | `pending` | what waits to be kept |
//! | `database` | the only place that names sled: opens it, keeps it durable, survives its panics |
//! | `quiet` | how a panic is caught without a word on the standard error stream |

mod database;
mod error;
mod memory;
mod pending;
mod quiet;
mod seen;

pub use crate::state::database::Opened;
pub use crate::state::error::StateError;
pub use crate::state::memory::State;
pub use crate::state::seen::Seen;
