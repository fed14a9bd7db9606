//! A kill at every named point of every command that writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use index::crash::POINTS;
use index::ledger::{Ledger, Op};
use serde_json::Value;
use tempfile::TempDir;

use super::house::{
    End, Sight, alidade, copy, look, look_after_kill, room, run, run_to_point, status, tree,
    try_run, words,
};
use super::package::{SECRET, write_samples};

/// How often each point is passed before the kill, at most.
const PASSAGES: usize = 3;

/// The check that must fail between a redaction and the end of its purge.
const REDACTED: &str = "redacted bodies";

/// A command, the state it starts from, and how it ends undisturbed.
struct Scenario {
    name: &'static str,
    room: TempDir,
    command: Vec<String>,
    /// What may be run after the crash; each must end the same.
    repairs: Vec<Vec<String>>,
    before: Sight,
    after: Sight,
    after_status: Value,
}

impl Scenario {
    /// Prepares a state by `prepare`, which gives the command, and runs the command once undisturbed.
    fn new(name: &'static str, prepare: impl FnOnce(&Path, &Path) -> Vec<String>) -> Self {
        let room = room();
        let (data, samples) = (room.path().join("before"), room.path().join("samples"));
        let command = prepare(&data, &samples);
        let (before, _) = look_after_kill(&data, &[]).unwrap();
        let undisturbed = room.path().join("undisturbed");
        if data.exists() {
            copy(&data, &undisturbed);
        }
        run(&undisturbed, &command);
        let after = look(&undisturbed).unwrap();
        let after_status = status(&undisturbed).unwrap();
        let repairs = vec![command.clone()];
        Self { name, room, command, repairs, before, after, after_status }
    }

    fn all() -> Vec<Self> {
        let import = |samples: &Path| words(&["import", samples.to_str().unwrap()]);
        let import_through = move |data: &Path, samples: &Path, last: u32| {
            for revision in 1..=last {
                write_samples(samples, revision);
                run(data, &import(samples));
            }
        };
        let first = Self::new("first import", |_, samples| {
            write_samples(samples, 1);
            import(samples)
        });
        let second = Self::new("second import", |data, samples| {
            import_through(data, samples, 1);
            write_samples(samples, 2);
            import(samples)
        });
        let publish = Self::new("publish", |data, samples| {
            import_through(data, samples, 1);
            write_samples(samples, 2);
            let end = run_to_point(data, &import(samples), "ledger.after_sync:1");
            assert_eq!(end, Ok(End::Killed));
            words(&["publish"])
        });
        let rebuild = Self::new("rebuild", |data, samples| {
            import_through(data, samples, 3);
            words(&["rebuild"])
        });
        let mut purge = Self::new("purge", |data, samples| {
            import_through(data, samples, 3);
            words(&["purge", &source_of(data), "a.json"])
        });
        let samples = purge.room.path().join("samples");
        purge.repairs.extend([words(&["rebuild"]), words(&["publish"]), import(&samples)]);
        vec![first, second, publish, rebuild, purge]
    }

    /// Kills the command at one passage of a point, looks, repairs, and looks again.
    fn try_at(&self, point: &str, passage: usize, data: &Path) -> Result<End, String> {
        let before = self.room.path().join("before");
        if before.exists() {
            copy(&before, data);
        }
        let end = run_to_point(data, &self.command, &format!("{point}:{passage}"))?;
        if end == End::Finished {
            return Ok(end);
        }
        let tolerated: &[&str] = if self.name == "purge" { &[REDACTED] } else { &[] };
        let seen =
            if data.exists() { look_after_kill(data, tolerated)?.0 } else { self.before.clone() };
        if seen != self.before && seen != self.after {
            return Err("readers see neither the state before nor the one after".to_owned());
        }
        if let Some(repair) = self.repairs.iter().cycle().nth(passage - 1) {
            self.repair(repair, data)?;
        }
        Ok(end)
    }

    fn repair(&self, repair: &[String], data: &Path) -> Result<(), String> {
        // A purge that was killed before its first entry has not begun, and only the same command begins it.
        let begun = self.name != "purge" || redaction(data).is_some();
        let repair = if begun { repair } else { &self.command };
        let place = repair.first().map(String::as_str).unwrap_or_default();
        try_run(data, repair)?;
        let seen = look(data)?;
        if seen.content != self.after.content {
            let (found, wanted) = (&seen.content, &self.after.content);
            return Err(format!("after `{place}` the content is {found} and not {wanted}"));
        }
        if seen != self.after {
            let (found, wanted) = (&seen.answers, &self.after.answers);
            return Err(format!("after `{place}` the answers are {found} and not {wanted}"));
        }
        let said = status(data)?;
        if said != self.after_status {
            let wanted = &self.after_status;
            return Err(format!("after `{place}` the status is {said} and not {wanted}"));
        }
        if self.name == "purge" { check_gone(data) } else { Ok(()) }
    }
}

/// The only source of a data directory.
pub(super) fn source_of(data: &Path) -> String {
    let status: Value = serde_json::from_str(&run(data, &words(&["status", "--json"]))).unwrap();
    status["sources"].as_object().unwrap().keys().next().unwrap().clone()
}

/// The first redaction of a ledger.
fn redaction(data: &Path) -> Option<u64> {
    let ledger = Ledger::read(&data.join("ledger")).unwrap();
    let mut entries = ledger.entries(1).unwrap().map(Result::unwrap);
    entries.find(|entry| entry.op == Op::Redact).map(|entry| entry.seq)
}

/// Checks that a purged word is nowhere: in no answer, in no quad, in no generation from before.
pub(super) fn check_gone(data: &Path) -> Result<(), String> {
    for generation in fs::read_dir(data.join("generations")).unwrap() {
        let path = generation.unwrap().path().join("manifest.json");
        let manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        if manifest["ledgerSeq"].as_u64() < redaction(data) {
            return Err(format!("`{}` is older than the purge", path.display()));
        }
    }
    let reader = index::Reader::open(data).map_err(|error| error.to_string())?;
    let mut found = 0;
    reader
        .quads(&mut |quad| found += usize::from(quad.to_string().contains(SECRET)))
        .map_err(|error| error.to_string())?;
    let output = alidade(data, &words(&["search", SECRET, "--json"])).output().unwrap();
    if found > 0 || output.status.code() != Some(1) {
        return Err(format!("the purged word is in {found} quads, or is found by a search"));
    }
    for path in tree(data).into_keys().filter(|path| path.is_file()) {
        let bytes = fs::read(&path).unwrap();
        if bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()) {
            return Err(format!("the purged word is in `{}`", path.display()));
        }
    }
    Ok(())
}

/// What the kills came to.
#[derive(Default)]
struct Tally {
    /// How many kills each point gave.
    kills: BTreeMap<&'static str, usize>,
    faults: Vec<String>,
}

fn try_point(scenario: &Scenario, point: &'static str, number: usize, tally: &Mutex<Tally>) {
    for passage in 1..=PASSAGES {
        let data: PathBuf = scenario.room.path().join(format!("{number}-{passage}"));
        let tried = scenario.try_at(point, passage, &data);
        if data.exists() {
            fs::remove_dir_all(&data).unwrap();
        }
        let mut tally = tally.lock().unwrap();
        match tried {
            Ok(End::Finished) => return,
            Ok(End::Killed) => {}
            Err(fault) => {
                tally.faults.push(format!("{} at {point}:{passage}: {fault}", scenario.name));
            }
        }
        *tally.kills.entry(point).or_default() += 1;
    }
}

#[test]
fn every_named_point() {
    for group in ["blob.", "ledger.", "graph.", "text.", "publish."] {
        assert!(POINTS.iter().filter(|point| point.starts_with(group)).count() >= 5, "{group}");
    }
    let scenarios = Scenario::all();
    let trials: Vec<(&Scenario, &'static str)> = scenarios
        .iter()
        .flat_map(|scenario| POINTS.iter().map(move |&point| (scenario, point)))
        .collect();
    let (next, tally) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some((scenario, point)) = trials.get(number) else { break };
                    try_point(scenario, point, number, &tally);
                }
            });
        }
    });
    let Tally { kills, faults } = tally.into_inner().unwrap();
    let n_kills: usize = kills.values().sum();
    println!("every_named_point: {} points fired, {n_kills} kills", kills.len());
    assert!(faults.is_empty(), "{} violations:\n{}", faults.len(), faults.join("\n"));
    let silent: Vec<&str> =
        POINTS.iter().copied().filter(|point| !kills.contains_key(point)).collect();
    assert!(silent.is_empty(), "never passed: {}", silent.join(", "));
}
