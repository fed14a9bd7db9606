//! Documents that were made to hurt: each ends soon, in little memory, in an answer or in words that name the limit.

mod crowds;
mod guard;
mod pictures;
mod texts;
mod tokens;

use std::fs;
use std::path::{Path, PathBuf};

use crate::paths::hostile_credentials::guard::{Guarded, MAX_MEMORY, guarded, is_alive, peak_of};
use crate::support::http::{Server, request};
use crate::support::package::{guid, numbered, save};
use crate::support::{DataDir, shared};

/// How much a service may grow over all that is sent to it: what it gives back, the system need not take.
const MAX_GROWTH: u64 = 4 * MAX_MEMORY;

/// What a document has to come to.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ending {
    /// It is read.
    Read,
    /// It is refused in these words.
    Refused(&'static str),
    /// It is read or refused, as the reader likes.
    Either,
}

/// A document that was made to hurt.
pub(super) struct Worst {
    name: &'static str,
    bytes: Vec<u8>,
    ending: Ending,
}

impl Worst {
    fn new(name: &'static str, bytes: impl Into<Vec<u8>>, ending: Ending) -> Self {
        Self { name, bytes: bytes.into(), ending }
    }
}

fn worst() -> Vec<Worst> {
    [texts::worst(), tokens::worst(), pictures::worst()].into_iter().flatten().collect()
}

fn held() -> DataDir {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "knots.json", &numbered(1, "Knots by Number", 9));
    DataDir::holding(&[folder.path()])
}

/// The memory that each command needs for a badge of a few lines.
fn floors(data: &DataDir, folder: &Path) -> [Option<u64>; 2] {
    let path = folder.join("tiny");
    let url = format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", guid(1, 1));
    fs::write(&path, texts::badge(&format!(r#"{{"targetName":"x","targetUrl":"{url}"}}"#)))
        .unwrap();
    ["resolve", "extract"].map(|command| {
        let runs = (0..5).map(|_| guarded(&mut data.command(&[command, path.to_str().unwrap()])));
        runs.map(|run| {
            assert_eq!(run.status, 0, "{run:?}");
            run.peak
        })
        .max()
        .flatten()
    })
}

/// What is wrong with how a document ended.
fn fault(
    name: &str,
    command: &str,
    ended: &Guarded,
    ending: Ending,
    floor: Option<u64>,
) -> Option<String> {
    let said = format!("{}{}", ended.stdout, ended.stderr);
    let is_right = match ending {
        Ending::Read => [0, 1].contains(&ended.status),
        Ending::Refused(words) => ended.status == 2 && said.contains(words),
        Ending::Either => (0..=2).contains(&ended.status),
    };
    let is_calm = !said.contains("panicked") && !ended.was_stopped;
    let used = ended.peak.zip(floor).map(|(peak, floor)| peak.saturating_sub(floor));
    let is_small = used.is_none_or(|used| used < MAX_MEMORY);
    if is_right && is_calm && is_small {
        return None;
    }
    let said: String = said.chars().take(300).collect();
    let stopped = if ended.was_stopped { ", stopped after a minute" } else { "" };
    Some(format!(
        "{command} {name}: {} and not {ending:?}{stopped}, {used:?} bytes more than a small badge needs: {said}",
        ended.status
    ))
}

#[test]
fn the_worst_that_we_could_think_of_ends_soon_and_in_little_memory() {
    let data = held();
    let folder = tempfile::tempdir().unwrap();
    let floors = floors(&data, folder.path());
    let path = folder.path().join("worst");
    let mut faults = Vec::new();
    for Worst { name, bytes, ending } in worst() {
        fs::write(&path, &bytes).unwrap();
        for (command, floor) in ["resolve", "extract"].into_iter().zip(floors) {
            let ended = guarded(&mut data.command(&[command, path.to_str().unwrap()]));
            faults.extend(fault(name, command, &ended, ending, floor));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn the_service_outlives_the_worst_and_stays_small() {
    let data = held();
    let server = Server::with(&data, &["--set", "serve.credentials=true"]);
    let send = |path: &str, bytes: &[u8]| {
        let fields = [("Content-Type", "application/json")];
        server.send(&request("POST", path, &fields, bytes))
    };
    let tiny = texts::badge(r#"{"targetName":"x","targetUrl":"https://framework.example/1"}"#);
    assert_eq!(send("/v1/credentials/resolve", tiny.as_bytes()).status, 200);
    let floor = peak_of(server.id());
    let mut faults = Vec::new();
    for Worst { name, bytes, ending } in worst() {
        let whole = send("/v1/credentials/resolve", &bytes);
        let text = String::from_utf8_lossy(&whole.body).into_owned();
        let is_right = match ending {
            Ending::Read => whole.status == 200,
            Ending::Refused(words) => {
                whole.status == 413 || whole.status == 422 && text.contains(words)
            }
            // It may take longer than somebody is willing to wait for.
            Ending::Either => [200, 413, 422, 503].contains(&whole.status),
        };
        if !is_right {
            let text: String = text.chars().take(300).collect();
            faults.push(format!("{name}: {} and not {ending:?}: {text}", whole.status));
        }
        let asked = send("/v1/resolve", &bytes);
        if ![200, 400, 413, 415, 422].contains(&asked.status) {
            faults.push(format!("{name} as a question: {}", asked.status));
        }
    }
    assert!(is_alive(server.id()) && server.get("/readyz").status == 200);
    let used = peak_of(server.id()).zip(floor).map(|(peak, floor)| peak.saturating_sub(floor));
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert!(
        used.is_none_or(|used| used < MAX_GROWTH),
        "{used:?} bytes more than for a small badge"
    );
}

/// Every file below a folder.
fn below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for path in fs::read_dir(&at).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

#[test]
fn every_hostile_file_that_we_have_ends_soon_and_in_little_memory() {
    let Some(folder) = shared("abuse") else { return };
    let data = held();
    let own = tempfile::tempdir().unwrap();
    let floors = floors(&data, own.path());
    let files = below(&folder);
    assert!(files.len() > 2_000, "{}", files.len());
    let mut faults = Vec::new();
    let names: Vec<&str> = files.iter().filter_map(|path| path.to_str()).collect();
    for some in names.chunks(60) {
        for (command, floor) in ["resolve", "extract"].into_iter().zip(floors) {
            let ended = guarded(&mut data.command(&[&[command], some].concat()));
            if fault("", command, &ended, Ending::Either, floor).is_none() {
                continue;
            }
            for one in some {
                let ended = guarded(&mut data.command(&[command, one]));
                faults.extend(fault(one, command, &ended, Ending::Either, floor));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
