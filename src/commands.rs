//! The commands: each takes apart what was typed, calls, and prints.

mod check_config;
mod demo;
mod export;
mod extract;
mod harvest;
mod import;
mod private;
mod publish;
mod purge;
mod rebuild;
mod resolve;
mod search;
mod serve;
mod show;
mod similar;
mod sources;
mod sparql;
mod sparql_worker;
mod status;
mod suggest;
mod verify;

use std::path::{Path, PathBuf};

use anyhow::Context;
use index::search::{Filters, SearchError};
use time::OffsetDateTime;

use crate::cli::{Cli, Command, Narrowing};
use crate::config::{Configuration, Inputs, Secrets, kept, usual_data};
use crate::day::Clock;
use crate::narrowing::{NarrowingError, filters};
use crate::outcome::{Outcome, UsageError};
use crate::pipeline::Pipeline;

/// The variable that names the data directory where the command line does not.
const DATA: &str = "ALIDADE_DATA";

/// Runs one command.
pub(crate) fn run(cli: Cli, clock: Clock) -> anyhow::Result<Outcome> {
    if cli.with_parent {
        index::sparql::limits::end_with_parent().context("cannot be bound to the parent")?;
    }
    let now = clock();
    // A demonstration never writes into what somebody keeps, unless it is told to in so many words.
    if let Command::Demo(args) = &cli.command {
        return demo::run(args, cli.data, clock);
    }
    if matches!(cli.command, Command::SparqlWorker) {
        return sparql_worker::run();
    }
    // What a credential holds is nobody's data: no directory and no configuration is needed.
    if let Command::Extract(args) = &cli.command {
        return extract::run(args);
    }
    let inputs = Inputs {
        config: cli.config,
        set: cli.set,
        data: cli.data,
        variables: std::env::vars_os().collect(),
    };
    if let Command::CheckConfig(args) = &cli.command {
        return check_config::run(args, &inputs);
    }
    let data = data_dir(&inputs)?;
    match cli.command {
        Command::Import(args) => import::run(&args, writer(&data, &inputs, now)?),
        Command::Extract(args) => extract::run(&args),
        Command::Resolve(args) if args.privately.private => private::run(&args, &inputs, clock),
        Command::Resolve(args) => resolve::run(&args, &data, now),
        Command::Show(args) => show::run(&args, &data, now),
        Command::Search(args) => search::run(&args, &data, now),
        Command::Suggest(args) => suggest::run(&args, &data, now),
        Command::Similar(args) => similar::run(&args, &data, now),
        Command::Sparql(args) => sparql::run(&args, &data),
        Command::SparqlWorker => sparql_worker::run(),
        Command::Export(args) => export::run(&args, &data, now),
        Command::Status(args) => status::run(&args, &data),
        Command::Verify(args) => verify::run(&args, &data),
        Command::Rebuild => rebuild::run(writer(&data, &inputs, now)?),
        Command::Publish(args) => publish::run(&args, writer(&data, &inputs, now)?),
        Command::Purge(args) => purge::run(&args, writer(&data, &inputs, now)?),
        Command::Harvest(args) => harvest::run(&args, &data, &inputs, cli.with_parent, clock),
        Command::Sources(args) => sources::run(&args, &data, &inputs, now),
        Command::CheckConfig(args) => check_config::run(&args, &inputs),
        Command::Serve(args) => serve::run(&args, &data, &inputs, clock),
        Command::Demo(args) => demo::run(&args, Some(data), clock),
    }
}

/// The data directory. The configuration is read only where neither the command line nor the environment names one.
fn data_dir(inputs: &Inputs) -> anyhow::Result<PathBuf> {
    if let Some(data) = inputs.data.clone().or_else(|| inputs.path(DATA)) {
        return Ok(data);
    }
    let configured = Configuration::load(inputs, Secrets::Left)?.data;
    configured
        .or_else(usual_data)
        .context("no home folder is known; name the data directory with --data")
}

/// Opens a data directory for writing.
fn writer(data: &Path, inputs: &Inputs, now: OffsetDateTime) -> anyhow::Result<Pipeline> {
    let keep_changes = kept(inputs)?;
    Ok(Pipeline::open(data, now)?.keeping_changes(keep_changes))
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

/// Reads the filters that were typed, and the day on which they are judged.
fn narrowed(narrowing: &Narrowing, now: OffsetDateTime) -> Result<Filters, UsageError> {
    let as_of = day(narrowing.as_of.as_deref(), now)?;
    filters(narrowing.values(), as_of).map_err(mistyped)
}

/// A value that was typed and cannot be taken.
fn mistyped(error: NarrowingError) -> UsageError {
    UsageError(error.reason)
}

/// Tells a question that is at fault from a store that is.
fn answered<T>(answer: Result<T, SearchError>) -> anyhow::Result<T> {
    answer.map_err(|error| match error {
        SearchError::Query(error) => UsageError(error.to_string()).into(),
        SearchError::Index(error) => error.into(),
    })
}

/// Reads a share from 0 to 1 that was typed.
fn share(name: &str, value: f32) -> Result<f32, UsageError> {
    if (0.0..=1.0).contains(&value) {
        return Ok(value);
    }
    Err(UsageError(format!("a {name} of {value} is not between 0 and 1")))
}
