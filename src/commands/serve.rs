//! `alidade serve`: answers over HTTP.

use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use anyhow::Context;

use crate::cli::Serve;
use crate::config::{Configuration, Inputs, Secrets, Serving};
use crate::day::Clock;
use crate::outcome::{Outcome, UsageError};
use crate::program::this_program;
use crate::server::{Config, Keeping, Service};

/// The hidden flag by which a child of this program ends with its parent.
const WITH_PARENT: &str = "--with-parent";

pub(super) fn run(
    args: &Serve,
    data: &Path,
    inputs: &Inputs,
    clock: Clock,
) -> anyhow::Result<Outcome> {
    // The process that strangers speak to knows no secrets.
    let configuration = Configuration::load(inputs, Secrets::Left)?;
    let Serving { listen, time_limit, credentials, public_url, limits } =
        configuration.serving.clone();
    let address = args.listen.unwrap_or(listen);
    let time_limit = args.time_limit.map_or(time_limit, Duration::from_secs);
    let service = match Service::bind(address) {
        Ok(service) => service,
        Err(error) => {
            return Err(UsageError(format!("cannot listen on `{address}`: {error}")).into());
        }
    };
    let keeping = configuration.has_schedules().then(|| keeping(data, inputs, &configuration));
    let keeping = keeping.transpose()?;
    let Configuration { sparql, sources: configured, contact, .. } = configuration;
    service.run(&Config {
        data,
        clock,
        time_limit,
        credentials,
        public_url,
        contact,
        limits,
        sparql,
        configured,
        keeping,
    })?;
    Ok(Outcome::Done)
}

/// The writer that keeps the schedules: this program, on the same data directory and with the same configuration.
fn keeping(data: &Path, inputs: &Inputs, configuration: &Configuration) -> anyhow::Result<Keeping> {
    let program = this_program().context("cannot find this program")?;
    let mut args: Vec<OsString> =
        ["harvest", "--due", WITH_PARENT, "--data"].map(OsString::from).into();
    args.push(data.into());
    if let Some(file) = &configuration.file {
        args.extend(["--config".into(), file.into()]);
    }
    for set in &inputs.set {
        args.extend(["--set".into(), set.into()]);
    }
    let schedules = configuration.sources.iter();
    let schedules = schedules.map(|(name, source)| (name.clone(), source.schedule)).collect();
    Ok(Keeping { program, args, data: data.to_owned(), schedules })
}
