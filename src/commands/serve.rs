//! `alidade serve`: answers over HTTP.

use std::path::Path;
use std::time::Duration;

use crate::cli::Serve;
use crate::day::Clock;
use crate::outcome::{Outcome, UsageError};
use crate::server::{Config, Service};

pub(super) fn run(args: &Serve, data: &Path, clock: Clock) -> anyhow::Result<Outcome> {
    let service = match Service::bind(args.listen) {
        Ok(service) => service,
        Err(error) => {
            let address = args.listen;
            return Err(UsageError(format!("cannot listen on `{address}`: {error}")).into());
        }
    };
    service.run(&Config { data, clock, time_limit: Duration::from_secs(args.time_limit) })?;
    Ok(Outcome::Done)
}
