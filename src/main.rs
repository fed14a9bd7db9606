//! Alidade resolves the identifiers inside badges and learning records: which competency, in which framework, who stands
//! behind it, is it still current.

mod alignment;
mod badge;
mod cli;
mod commands;
mod config;
mod day;
mod export;
mod harmless;
mod harvest;
mod likeness;
mod lookup;
mod narrowing;
mod outcome;
mod page;
mod pipeline;
mod present;
mod private;
mod program;
mod publisher;
mod runs;
mod schedule;
mod server;
mod sources;
mod sparql;
mod suggestion;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;
use time::OffsetDateTime;

use crate::cli::Cli;
use crate::harmless::line_by_line;
use crate::outcome::report;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return mistyped(&error, std::env::args_os()),
    };
    init_tracing(&cli);
    match commands::run(cli, now) {
        Ok(outcome) => outcome.into(),
        Err(error) => report(&error),
    }
}

/// The clock. What is written says when to the second; more would only be noise.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where the clock is read; everything else is told"
)]
fn now() -> OffsetDateTime {
    let now = OffsetDateTime::now_utc();
    now.replace_nanosecond(0).unwrap_or(now)
}

/// Sends log lines to the standard error stream, so that answers stay alone on the standard output.
///
/// Only our own lines are let through below a warning, however much is asked for: we know that they repeat nothing of a credential
/// or of what was sent.
fn init_tracing(cli: &Cli) {
    let level = match cli.verbose {
        0 => "warn,alidade=info",
        1 => "warn,alidade=debug,crawler=debug,index=debug,ontology=debug",
        _ => "warn,alidade=trace,crawler=trace,index=trace,ontology=trace",
    };
    tracing_subscriber::fmt()
        .with_env_filter(tracing_subscriber::EnvFilter::new(level))
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .with_target(false)
        .init();
}

/// Prints what is wrong with a command line, or the help that was asked for.
fn mistyped(error: &clap::Error, mut arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let is_plain = |argument: OsString| !argument.to_string_lossy().contains(char::is_control);
    // Nobody is left to tell when the stream is gone.
    if arguments.all(is_plain) {
        drop(error.print());
    } else {
        let text = error.render().to_string();
        drop(writeln!(std::io::stderr(), "{}", line_by_line(&text)));
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}
