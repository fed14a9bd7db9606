//! The description of the interface, held against what is served.

mod answered;
mod operation;
mod page;
mod refused;
