//! `alidade extract`: prints just what would be sent about a credential.

use std::io::{self, Write};

use ontology::ler::{self, Ask};
use serde::Serialize;

use crate::badge::read;
use crate::cli::Extract;
use crate::outcome::Outcome;
use crate::present::print_extraction;

/// The most identifiers of one request, as `POST /v1/resolve` takes them.
const MAX_IDS: usize = 1_000;

/// The body of one request.
#[derive(Serialize)]
struct Body<'a> {
    ids: &'a [Ask],
}

/// Prints a body a line, and says of each file what was left in it.
pub(super) fn run(args: &Extract) -> anyhow::Result<Outcome> {
    let (mut n_asks, mut n_unreadable) = (0, 0);
    for file in &args.files {
        match extract(file) {
            Ok(extraction) => {
                let asks: Vec<Ask> =
                    ler::asks(&extraction).into_iter().map(|(_, ask)| ask).collect();
                print_bodies(&asks)?;
                print_extraction(file, asks.len(), extraction)?;
                n_asks += asks.len();
            }
            Err(reason) => {
                writeln!(io::stderr(), "alidade: `{file}`: {reason}")?;
                n_unreadable += 1;
            }
        }
    }
    Ok(match (n_unreadable, n_asks) {
        (0, 0) => Outcome::NothingFound,
        (0, _) => Outcome::Done,
        _ => Outcome::Unreadable,
    })
}

/// Reads one file; what went wrong is said without a word of it.
fn extract(file: &str) -> Result<ler::Extraction, String> {
    let bytes = read(file).map_err(|error| format!("it cannot be read: {error}"))?;
    ler::extract(&bytes).map_err(|error| error.to_string())
}

fn print_bodies(asks: &[Ask]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    for ids in asks.chunks(MAX_IDS) {
        writeln!(out, "{}", serde_json::to_string(&Body { ids })?)?;
    }
    Ok(())
}
