//! Kill tests and power cuts: whatever a writer was doing when it died, what was promised is there, what readers see is
//! whole, and the next command ends as if nothing had happened.
//!
//! [`points`] kills at each named step, [`moments`] at random ones; [`power`] replays a trace of system calls on a disk that
//! forgets whatever was not synced. Kills leave the page cache alone, so the first two run in memory where they can.

mod disk;
mod house;
mod moments;
mod package;
mod points;
mod power;
mod promises;
pub(crate) mod random;
mod trace;
