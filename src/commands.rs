//! The commands: each takes apart what was typed, calls, and prints.

mod demo;
mod import;
mod publish;
mod purge;
mod rebuild;
mod resolve;
mod search;
mod serve;
mod show;
mod sparql;
mod sparql_worker;
mod status;
mod verify;

use std::path::PathBuf;

use anyhow::Context;
use time::OffsetDateTime;

use crate::cli::{Cli, Command};
use crate::day::Clock;
use crate::outcome::{Outcome, UsageError};

/// The variable that names the data directory where the command line does not.
const DATA: &str = "ALIDADE_DATA";

/// Runs one command.
pub(crate) fn run(cli: Cli, clock: Clock) -> anyhow::Result<Outcome> {
    let now = clock();
    // A demonstration never writes into what somebody keeps, unless it is told to in so many words.
    if let Command::Demo(args) = &cli.command {
        return demo::run(args, cli.data, clock);
    }
    if matches!(cli.command, Command::SparqlWorker) {
        return sparql_worker::run();
    }
    let data = match cli.data.or_else(data_of_the_environment) {
        Some(data) => data,
        None => default_data_dir()?,
    };
    match cli.command {
        Command::Import(args) => import::run(&args, &data, now),
        Command::Resolve(args) => resolve::run(&args, &data, now),
        Command::Show(args) => show::run(&args, &data, now),
        Command::Search(args) => search::run(&args, &data),
        Command::Sparql(args) => sparql::run(&args, &data),
        Command::SparqlWorker => sparql_worker::run(),
        Command::Status(args) => status::run(&args, &data),
        Command::Verify(args) => verify::run(&args, &data),
        Command::Rebuild => rebuild::run(&data, now),
        Command::Publish(args) => publish::run(&args, &data, now),
        Command::Purge(args) => purge::run(&args, &data, now),
        Command::Serve(args) => serve::run(&args, &data, clock),
        Command::Demo(args) => demo::run(&args, Some(data), clock),
    }
}

fn data_of_the_environment() -> Option<PathBuf> {
    std::env::var_os(DATA).filter(|name| !name.is_empty()).map(PathBuf::from)
}

fn default_data_dir() -> anyhow::Result<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "alidade")
        .context("no home folder is known; name the data directory with --data")?;
    Ok(folders.data_dir().to_owned())
}

/// The cards of a generation, with those that their publishers call provisional where they are asked for.
fn cards(reader: &index::Reader, provisional: bool) -> index::cards::Cards {
    let cards = reader.cards().clone();
    if provisional { cards.with_provisional() } else { cards }
}

/// Reads a day that was typed, or takes the day of now.
fn day(as_of: Option<&str>, now: OffsetDateTime) -> Result<String, UsageError> {
    crate::day::day(as_of, now).map_err(|error| UsageError(error.to_string()))
}
