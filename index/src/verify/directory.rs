//! The whole of a data directory, checked.

use std::fs;
use std::path::Path;

use crate::blobs::Blobs;
use crate::error::IndexError;
use crate::verify::bodies;
use crate::verify::chain::{Chain, DAMAGED, PLACE, RECORDS};
use crate::verify::generation::{Generation, Held};
use crate::verify::report::{Check, Checking, Report};

/// Checks the ledger's chain, every body, and the current generation with both its views and its place in the ledger.
///
/// Whatever is damaged or cannot be read is a fault in the report, and the other checks go on. A check that makes no sense
/// after an earlier one failed says so in a fault of its own.
///
/// # Errors
/// Only where there is no such directory.
pub fn verify(data: &Path) -> Result<Report, IndexError> {
    fs::read_dir(data).map_err(IndexError::io(data))?;
    // The order matters beside a running writer: the ledger is read after the generation, and so holds its entries; the
    // bodies are looked at after the ledger, and so are there.
    let (pointer, generation) = find(data);
    let manifest = generation.as_ref().map(|generation| &generation.manifest);
    let (ledger, chain) = Chain::read(&data.join("ledger"), manifest);
    let blobs = Blobs::read_only(&data.join("blobs"));
    let (kept, orphans) = bodies::check(&blobs, chain.as_ref().map(|chain| &chain.fold));
    let mut checks = vec![ledger];
    checks.extend(kept);
    checks.push(pointer);
    let mut content = None;
    if let Some(generation) = &generation {
        let held = check_generation(generation, &mut checks);
        checks.extend(check_against(chain.as_ref(), generation, &held));
        content = held.content;
    }
    Ok(Report { checks, orphans, content })
}

/// Finds the current generation. That there is none yet is no fault.
fn find(data: &Path) -> (Check, Option<Generation>) {
    let mut checking = Checking::begin("current generation");
    let generation = checking.absorb(Generation::current(data)).flatten();
    generation.iter().for_each(|_| checking.count());
    (checking.end(), generation)
}

fn check_generation(generation: &Generation, checks: &mut Vec<Check>) -> Held {
    let files = [generation.check_files(), generation.check_text()];
    // A damaged view is not opened: the stores trust their own files.
    let are_whole = files.iter().all(|check| check.faults.is_empty());
    let (views, held) = if are_whole {
        generation.check_views()
    } else {
        Generation::skip_views("files of the generation are damaged")
    };
    checks.extend(files);
    checks.extend(views);
    held
}

/// Checks a generation against the ledger.
fn check_against(chain: Option<&Chain>, generation: &Generation, held: &Held) -> [Check; 2] {
    let Some(chain) = chain else {
        return [PLACE, RECORDS].map(|name| Checking::skipped(name, DAMAGED));
    };
    let records = match &held.records {
        Some(records) => chain.check_records(records),
        None => Checking::skipped(RECORDS, "the records cannot be read"),
    };
    [chain.check_position(&generation.manifest), records]
}
