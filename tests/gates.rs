//! How well what is asked for comes first, beside what others reach: `make relevance`. It ends with 1 where a gate is not met.
#![cfg(test)]
#![recursion_limit = "256"]
#![expect(
    dead_code,
    unused_imports,
    clippy::unwrap_in_result,
    clippy::type_complexity,
    clippy::string_slice,
    reason = "the unit tests of its parts run with all other tests; what goes wrong here says so by panicking"
)]

mod relevance;

use std::process::ExitCode;

fn main() -> ExitCode {
    relevance::run::run(std::env::args().skip(1))
}
