//! `alidade demo`: the sample set, imported, its badges resolved, and served.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context;
use index::Reader;
use time::OffsetDateTime;

use crate::cli::{Demo, Import};
use crate::commands::{day, import};
use crate::config::{Limits, TIME_LIMIT};
use crate::day::Clock;
use crate::lookup::answer;
use crate::outcome::{Outcome, UsageError};
use crate::pipeline::Pipeline;
use crate::present::print_answer;
use crate::server::{Config, Service};
use crate::sparql;

/// Runs the demonstration in the directory that the command line names, else in a passing folder.
pub(super) fn run(args: &Demo, data: Option<PathBuf>, clock: Clock) -> anyhow::Result<Outcome> {
    let passing = tempfile::tempdir().context("cannot make a folder for the demonstration")?;
    let data = data.unwrap_or_else(|| passing.path().to_owned());
    show(args, &data, clock())?;
    if !args.no_serve {
        let service = bind(args.listen)?;
        suggest(service.address())?;
        // A demonstration fetches nothing, whatever is configured.
        let (configured, keeping) = (BTreeMap::new(), None);
        service.run(&Config {
            data: &data,
            clock,
            time_limit: TIME_LIMIT,
            credentials: false,
            public_url: None,
            contact: None,
            limits: Limits::DEFAULT,
            sparql: sparql::Limits::default(),
            configured,
            keeping,
        })?;
    }
    Ok(Outcome::Done)
}

/// Imports the frameworks and records and resolves the badges.
fn show(args: &Demo, data: &Path, now: OffsetDateTime) -> anyhow::Result<()> {
    let frameworks = args.samples.join("frameworks");
    if !frameworks.is_dir() {
        let place = args.samples.display();
        return Err(UsageError(format!(
            "`{place}` holds no sample set; name its folder with --samples"
        ))
        .into());
    }
    let paths = vec![frameworks, args.samples.join("records")];
    import::run(&Import { paths, accept: false, json: false }, Pipeline::open(data, now)?)?;
    let reader = Reader::open(data)?;
    let today = day(None, now)?;
    for badge in badges(&args.samples.join("badges"))? {
        print_answer(&answer(reader.cards(), &badge, None, &today)?)?;
    }
    Ok(())
}

fn badges(folder: &Path) -> anyhow::Result<Vec<String>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut badges = Vec::new();
    for entry in entries {
        badges.push(entry?.path().to_string_lossy().into_owned());
    }
    badges.sort();
    Ok(badges)
}

/// Takes a port; where it is somebody else's, says so and takes a free one.
fn bind(listen: SocketAddr) -> anyhow::Result<Service> {
    match Service::bind(listen) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => {
            writeln!(io::stdout(), "\n{listen} is taken; a free port is taken instead.")?;
            Service::bind(SocketAddr::new(listen.ip(), 0))
        }
        bound => bound,
    }
    .map_err(|error| UsageError(format!("cannot listen on `{listen}`: {error}")).into())
}

/// Says what may be asked, and how it ends.
fn suggest(address: SocketAddr) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "\nThe sample set is served until Ctrl-C. In a browser:")?;
    for page in ["", "badge", "picker"] {
        writeln!(out, "  http://{address}/{page}")?;
    }
    writeln!(out, "In another window:")?;
    for question in [
        "search?q=fractions",
        "resolve?id=2373ee03-1b81-5d6f-9869-0a5bee3226c7",
        "resources/ce-8b9a9ed0-1405-44e6-9e32-fb4a9c529812?relation=requiredBy",
    ] {
        writeln!(out, "  curl 'http://{address}/v1/{question}'")?;
    }
    writeln!(out)
}
