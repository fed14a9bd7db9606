//! What every source file keeps to.

use std::fs;
use std::path::{Path, PathBuf};

/// The folders of the house that hold Rust.
pub(super) const FOLDERS: [&str; 6] =
    ["benches", "crawler/src", "index/src", "ontology/src", "src", "tests"];

/// The most lines that a file may have before its tests.
const DESK: usize = 400;

/// Names that say nothing of what a file is about.
const EMPTY_NAMES: [&str; 7] = ["util", "utils", "helper", "helpers", "common", "misc", "mod"];

/// A source file.
pub(super) struct Source {
    /// The path from the root of the house.
    pub path: String,
    pub text: String,
}

impl Source {
    /// The lines of code before the tests, without comments.
    pub(super) fn code(&self) -> impl Iterator<Item = &str> {
        let lines = self.text.lines().take_while(|line| *line != "#[cfg(test)]");
        lines.filter(|line| !line.trim_start().starts_with("//"))
    }
}

pub(super) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file below a folder of the house, sorted by path.
pub(super) fn below(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![root().join(folder)];
    while let Some(at) = folders.pop() {
        let Ok(entries) = fs::read_dir(&at) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let path = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
                found.push(Source { path, text });
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn all() -> impl Iterator<Item = Source> {
    FOLDERS.into_iter().flat_map(below)
}

#[test]
fn files_fit_on_a_desk() {
    for source in all() {
        let n_lines = source.text.lines().take_while(|line| *line != "#[cfg(test)]").count();
        assert!(n_lines <= DESK, "{} has {n_lines} lines before its tests", source.path);
    }
}

#[test]
fn every_file_is_named_for_what_it_holds() {
    for source in all() {
        let name = source.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
        assert!(!EMPTY_NAMES.contains(&name), "{}", source.path);
    }
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, so that this file does not find itself.
    let marks = [["TO", "DO"], ["FIX", "ME"]].map(|halves| halves.concat());
    for source in all() {
        let found = source.text.lines().find(|line| marks.iter().any(|mark| line.contains(mark)));
        assert!(found.is_none(), "{}: {}", source.path, found.unwrap_or_default());
    }
}
