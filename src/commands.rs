//! The commands: each takes apart what was typed, calls, and prints.

mod demo;
mod import;
mod publish;
mod purge;
mod rebuild;
mod resolve;
mod search;
mod show;
mod sparql;
mod sparql_worker;
mod status;
mod verify;

use std::path::PathBuf;

use anyhow::Context;
use time::OffsetDateTime;

use crate::cli::{Cli, Command};
use crate::outcome::{Outcome, UsageError};

/// Runs one command.
pub(crate) fn run(cli: Cli, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Demo(args) => return demo::run(args, cli.data, now),
        Command::SparqlWorker => return sparql_worker::run(),
        _ => {}
    }
    let data = match cli.data {
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
        Command::Demo(args) => demo::run(&args, Some(data), now),
    }
}

fn default_data_dir() -> anyhow::Result<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "alidade")
        .context("no home folder is known; name the data directory with --data")?;
    Ok(folders.data_dir().to_owned())
}

/// Reads a day, or takes the day of now.
fn day(as_of: Option<&str>, now: OffsetDateTime) -> Result<String, UsageError> {
    let Some(text) = as_of else { return Ok(now.date().to_string()) };
    let format = time::macros::format_description!("[year]-[month]-[day]");
    match time::Date::parse(text, format) {
        Ok(date) => Ok(date.to_string()),
        Err(_) => Err(UsageError(format!("`{text}` is no day in the form YYYY-MM-DD"))),
    }
}
