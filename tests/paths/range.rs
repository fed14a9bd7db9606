//! Ranges: what is served of names by the first digits of their hashes, and what a private look-up gives away.

mod buckets;
mod private;
pub(super) mod relay;

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::support::DataDir;
use crate::support::http::{Answer, Server};
use crate::support::package::{numbered, package, save};

/// Two frameworks; the code `T.1` stands in both.
fn knots() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    let items = [(1, "Ties a bowline"), (2, "Ties a sheet bend")];
    save(folder.path(), "knots.json", &package(1, "Knots at Sea and on Land", &items));
    save(folder.path(), "more.json", &numbered(2, "Knots by Number", 40));
    DataDir::holding(&[folder.path()])
}

/// Imports one framework more.
fn add(data: &DataDir) {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "new.json", &numbered(3, "Knots to Come", 5));
    import(data, folder.path());
}

#[track_caller]
fn import(data: &DataDir, folder: &Path) {
    let imported = data.import(&[folder]);
    assert_eq!(imported.status, 0, "{imported:?}");
}

/// How the names are dealt out.
#[track_caller]
fn layout(server: &Server) -> Value {
    let answer = server.get("/v1/range");
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["layout"].clone()
}

/// Every prefix, in order.
fn prefixes(layout: &Value) -> Vec<String> {
    let n_digits = usize::try_from(layout["prefixDigits"].as_u64().unwrap()).unwrap();
    (0..16_usize.pow(u32::try_from(n_digits).unwrap()))
        .map(|number| format!("{number:0n_digits$x}"))
        .collect()
}

/// The hashes of a bucket that have a card.
fn filled(answer: &Answer) -> BTreeSet<String> {
    let bucket = answer.json();
    let slots = bucket["slots"].as_array().unwrap().iter();
    let filled = slots.filter(|slot| slot["card"].is_object());
    filled.map(|slot| slot["hash"].as_str().unwrap().to_owned()).collect()
}
