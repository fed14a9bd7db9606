//! A data directory under test: commands in processes of their own, killed where a test says so, and what readers see.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::package::questions;

/// What depends on when something was done, and not on what.
const TIMES: [&str; 9] = [
    "generation",
    "asOf",
    "fetchedAt",
    "retrieved",
    "publishedAt",
    "seq",
    "watermark",
    "ledgerSeq",
    "ledgerHash",
];

/// A folder that is gone after the test; in memory where there is such a place, for a kill leaves the page cache alone.
pub(super) fn room() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// The program on a data directory.
pub(super) fn alidade(data: &Path, args: &[String]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_alidade"));
    command.arg("--data").arg(data).args(args);
    command.env_remove("ALIDADE_CRASH_AT").env("NO_COLOR", "1");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Words of a command line.
pub(super) fn words(line: &[&str]) -> Vec<String> {
    line.iter().map(|&word| word.to_owned()).collect()
}

/// Runs a command to its end, which must be a good one.
#[track_caller]
pub(super) fn run(data: &Path, args: &[String]) -> String {
    succeed(&args.join(" "), alidade(data, args).output().unwrap()).unwrap()
}

fn succeed(what: &str, output: Output) -> Result<String, String> {
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout).unwrap());
    }
    let (out, err) = (&output.stdout, &output.stderr);
    let (out, err) = (String::from_utf8_lossy(out), String::from_utf8_lossy(err));
    Err(format!("`{what}` ends with {}: {out}{err}", output.status))
}

/// Runs a command like [`run`], and says what went wrong instead of failing the test.
pub(super) fn try_run(data: &Path, args: &[String]) -> Result<String, String> {
    succeed(&args.join(" "), alidade(data, args).output().unwrap())
}

/// How a command that was to be killed ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It was killed.
    Killed,
    /// It came to its own end before.
    Finished,
}

/// Runs a command that dies at a named point.
pub(super) fn run_to_point(data: &Path, args: &[String], point: &str) -> Result<End, String> {
    let output = alidade(data, args).env("ALIDADE_CRASH_AT", point).output().unwrap();
    match output.status.signal() {
        Some(9) => Ok(End::Killed),
        _ => succeed(&args.join(" "), output).map(|_| End::Finished),
    }
}

/// Runs a command and kills it after a while.
pub(super) fn run_for(data: &Path, args: &[String], delay: Duration) -> Result<End, String> {
    let mut command = alidade(data, args);
    let begun = Instant::now();
    let mut child: Child = command.stdout(Stdio::null()).spawn().unwrap();
    while begun.elapsed() < delay {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep((delay.saturating_sub(begun.elapsed())).min(Duration::from_millis(5)));
    }
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    match output.status.signal() {
        Some(9) => Ok(End::Killed),
        _ => succeed(&args.join(" "), output).map(|_| End::Finished),
    }
}

/// Copies a folder with everything in it.
pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copied = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &copied);
        } else {
            fs::copy(&path, &copied).unwrap();
        }
    }
}

/// What readers see, without what depends on when it was done.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sight {
    /// The digest and the counts of the content, as `verify` finds them; nothing before the first generation.
    pub content: Value,
    /// What identifiers mean.
    pub answers: Value,
}

/// Looks at what a finished command left: nothing may be wrong, and nothing may lie around.
pub(super) fn look(data: &Path) -> Result<Sight, String> {
    let (sight, orphans) = look_after_kill(data, &[])?;
    let left = left_behind(data);
    if !left.is_empty() || orphans != 0 {
        return Err(format!("left behind: {}, and {orphans} bodies", left.join(", ")));
    }
    Ok(sight)
}

/// Looks at what readers see, and says what is not whole; gives the number of bodies that nobody needs too. `tolerated`
/// names checks of `verify` that may find faults.
pub(super) fn look_after_kill(data: &Path, tolerated: &[&str]) -> Result<(Sight, u64), String> {
    let question = [words(&["resolve", "--json"]), questions()].concat();
    let output = alidade(data, &question).output().unwrap();
    if output.status.code() == Some(1) && output.stdout.is_empty() {
        return if data.join("current").exists() {
            Err("there is a pointer and nothing is published".to_owned())
        } else {
            Ok((Sight { content: Value::Null, answers: Value::Null }, 0))
        };
    }
    let mut answers = parse(&String::from_utf8_lossy(&output.stdout))
        .map_err(|_| succeed("resolve", output).unwrap_err())?;
    forget_times(&mut answers);
    let output = alidade(data, &words(&["verify", "--json"])).output().unwrap();
    let report = parse(&String::from_utf8_lossy(&output.stdout))?;
    let checks = report["checks"].as_array().ok_or("`verify` reports no check")?;
    for check in checks {
        let is_tolerated = tolerated.contains(&check["name"].as_str().unwrap_or_default());
        if check["faults"].as_array().is_none_or(|faults| !faults.is_empty()) && !is_tolerated {
            return Err(format!("`verify` finds {check}"));
        }
    }
    let orphans = report["orphans"].as_u64().ok_or("`verify` counts no orphans")?;
    Ok((Sight { content: report["content"].clone(), answers }, orphans))
}

/// What `status` says of the sources and their records.
pub(super) fn status(data: &Path) -> Result<Value, String> {
    let status = parse(&try_run(data, &words(&["status", "--json"]))?)?;
    let mut found =
        serde_json::json!({ "sources": status["sources"], "records": status["records"] });
    forget_times(&mut found);
    Ok(found)
}

/// Every path that a finished command should not leave behind.
fn left_behind(data: &Path) -> Vec<String> {
    let mut left = Vec::new();
    let is_left = |path: &Path| {
        let is_temporary = path.extension().is_some_and(|end| end == "tmp" || end == "gone");
        is_temporary || path.parent() == Some(&data.join("incoming"))
    };
    for path in tree(data).into_keys() {
        if is_left(&path) {
            left.push(path.strip_prefix(data).unwrap().display().to_string());
        }
    }
    left
}

/// Every path under a folder; for a file its length.
pub(super) fn tree(folder: &Path) -> BTreeMap<PathBuf, Option<u64>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.append(&mut tree(&path));
            found.insert(path, None);
        } else {
            let len = fs::metadata(&path).unwrap().len();
            found.insert(path, Some(len));
        }
    }
    found
}

fn parse(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("no JSON ({error}): {text}"))
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !TIMES.contains(&name.as_str()));
            fields.values_mut().for_each(forget_times);
        }
        Value::Array(values) => values.iter_mut().for_each(forget_times),
        _ => {}
    }
}
