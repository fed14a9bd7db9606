//! What Alidade adds to the stores it stands on: every task beside its floor, the least that the same data costs.
//!
//! A time says more about a machine than about a program, so each task is measured in turns with its floor, in one process,
//! and what is printed is the ratio of the two. `make bench` runs all of it in a few minutes. With `ALIDADE_BENCH_LARGE=1`
//! nothing is timed against a floor: a package of 100 MB is imported by the program itself, then harvested, and its peak memory is printed.
#![cfg(test)]
#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unwrap_in_result,
    clippy::map_err_ignore,
    clippy::type_complexity,
    reason = "a benchmark divides large numbers, and panics where it cannot go on"
)]

mod credentials;
mod envelopes;
mod floor;
mod harvest;
mod import;
mod memory;
mod package;
mod pair;
mod ranges;
mod reading;
mod resolve;
mod search;

use criterion::Criterion;

fn main() {
    if std::env::var_os("ALIDADE_BENCH_LARGE").is_some() {
        memory::measure();
        return harvest::measure_memory(memory::N_ITEMS);
    }
    let told = std::env::var("ALIDADE_BENCH_ENVELOPES").ok();
    if let Some(n_envelopes) = told.and_then(|text| text.parse().ok()) {
        return envelopes::measure_once(n_envelopes);
    }
    let mut criterion = Criterion::default().configure_from_args();
    reading::measure(&mut criterion);
    credentials::measure(&mut criterion);
    let imported = import::measure(&mut criterion);
    resolve::measure(&mut criterion, &imported);
    ranges::measure(&mut criterion, &imported);
    search::measure(&mut criterion, &imported);
    envelopes::measure(&mut criterion);
    harvest::measure(&mut criterion);
    criterion.final_summary();
}
