//! Alidade resolves the identifiers inside badges and learning records: which competency, in which framework, who stands
//! behind it, is it still current.

mod cli;
mod commands;
mod lookup;
mod outcome;
mod pipeline;
mod present;
mod sparql;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;
use crate::outcome::report;

fn main() -> ExitCode {
    let cli = Cli::parse();
    init_tracing(cli.verbose);
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where the clock is read; everything else is told"
    )]
    let now = time::OffsetDateTime::now_utc();
    // What is written says when to the second; more would only be noise.
    let now = now.replace_nanosecond(0).unwrap_or(now);
    match commands::run(cli, now) {
        Ok(outcome) => outcome.into(),
        Err(error) => report(&error),
    }
}

/// Sends log lines to the standard error stream, so that answers stay alone on the standard output.
fn init_tracing(verbose: u8) {
    let level = match verbose {
        0 => "warn,alidade=info",
        1 => "info",
        _ => "debug",
    };
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(level))
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_target(false)
        .init();
}
