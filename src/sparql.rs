//! Queries of strangers, each in a process of its own.
//!
//! A query may overflow its stack, take all memory and go on for ever, and the library that evaluates it cannot be stopped from
//! within. So this program starts itself once more, as a worker: [`ask`] hands it one query and ends it when its time is
//! over, and [`work`] is the worker's own side. What becomes of the worker never becomes of whoever asked.

mod failure;
mod limits;
mod request;
mod supervisor;
mod worker;

pub(crate) use crate::sparql::failure::Failure;
pub(crate) use crate::sparql::limits::Limits;
pub(crate) use crate::sparql::request::Request;
pub(crate) use crate::sparql::supervisor::{Sink, Wanted, ask, ask_while};
pub(crate) use crate::sparql::worker::work;
