//! How well what is asked for comes first: `make relevance`.
//!
//! The sets of judged texts become frameworks, are imported as a user would, and are asked of the program that serves them. Nothing here
//! looks into an index: what is measured is what comes through the doors. It is a program of its own (`gates.rs`) and no
//! part of the tests; only its arithmetic is tested with everything else.

mod baselines;
mod beginnings;
mod codes;
mod csv;
mod door;
mod hostile;
mod http;
mod judged;
mod measure;
mod melo;
mod mersenne;
mod mistyped;
mod onet;
mod options;
mod parallel;
mod ranked;
mod report;
mod rivals;
pub(crate) mod run;
mod samples;
mod service;
mod skills;
mod space;
mod wholes;
