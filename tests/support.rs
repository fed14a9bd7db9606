//! What the tests of whole paths share: a data directory of their own, and the program called on it.

pub(crate) mod carried;
pub(crate) mod closed;
pub(crate) mod containers;
pub(crate) mod fake_case;
pub(crate) mod fake_registry;
pub(crate) mod fake_server;
pub(crate) mod generated;
pub(crate) mod html;
pub(crate) mod http;
pub(crate) mod json_schema;
pub(crate) mod listing;
pub(crate) mod mirror;
pub(crate) mod package;
pub(crate) mod registry;

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// How a call of the program ended.
#[derive(Debug)]
pub(crate) struct Output {
    /// The exit code; -1 where a signal ended it.
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// A data directory that no other test uses; it is made by the first import.
pub(crate) struct DataDir {
    folder: TempDir,
}

impl DataDir {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A data directory that holds these files or folders.
    pub(crate) fn holding(paths: &[&Path]) -> Self {
        let data = Self::new();
        let imported = data.import(paths);
        assert_eq!(imported.status, 0, "{imported:?}");
        data
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The program, about to be called on this directory and on nothing of the surroundings.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_alidade"));
        command.arg("--data").arg(self.path()).args(args).stdin(Stdio::null());
        forget_surroundings(&mut command);
        if args.contains(&"serve") {
            // A test asks more at once than anybody does; those that are about it say otherwise with `--set`.
            command.env("ALIDADE_SERVE__RATE", "0");
        }
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        output_of(&mut self.command(args))
    }

    /// Runs the program with a text on its standard input.
    pub(crate) fn feed(&self, args: &[&str], input: &str) -> Output {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Output::of(child.wait_with_output().unwrap())
    }

    pub(crate) fn import(&self, paths: &[&Path]) -> Output {
        let mut args = vec!["import"];
        args.extend(paths.iter().map(|path| path.to_str().unwrap()));
        self.run(&args)
    }

    /// Runs a command with `--json` and reads what it says, however it ends.
    pub(crate) fn json(&self, args: &[&str]) -> Value {
        let mut args = args.to_vec();
        args.insert(1, "--json");
        let output = self.run(&args);
        let read = serde_json::from_str(&output.stdout);
        read.unwrap_or_else(|error| panic!("`{args:?}` gave no JSON ({error}): {output:?}"))
    }

    /// What one string means.
    pub(crate) fn resolution(&self, text: &str) -> Value {
        self.json(&["resolve", text])["answers"][0]["resolution"].take()
    }

    /// A resource with everything around it.
    pub(crate) fn context(&self, text: &str) -> Value {
        self.json(&["show", text])["context"].take()
    }

    /// The digest of everything that is shown, after a check that nothing is damaged.
    pub(crate) fn content(&self) -> String {
        let verified = self.run(&["verify", "--json"]);
        assert_eq!(verified.status, 0, "{verified:?}");
        let report: Value = serde_json::from_str(&verified.stdout).unwrap();
        report["content"]["digest"].as_str().unwrap().to_owned()
    }

    /// The name of the only source.
    pub(crate) fn source(&self) -> String {
        let status = self.json(&["status"]);
        let names: Vec<&String> = status["sources"].as_object().unwrap().keys().collect();
        assert_eq!(names.len(), 1, "{names:?}");
        names[0].clone()
    }

    /// What generation `number` says of its changes.
    pub(crate) fn changes(&self, number: u64) -> Vec<Value> {
        let folder = self.path().join(format!("generations/{number}/changes"));
        assert!(folder.join("contents.json").is_file(), "generation {number} keeps no changes");
        // A generation that changed nothing has no file.
        let text = fs::read_to_string(folder.join(format!("{number}.ndjson"))).unwrap_or_default();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The number of the current generation.
    pub(crate) fn generation(&self) -> u64 {
        self.json(&["status"])["manifest"]["generation"].as_u64().unwrap()
    }
}

impl Output {
    pub(crate) fn of(output: std::process::Output) -> Self {
        Self {
            status: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Runs a command to its end.
pub(crate) fn output_of(command: &mut Command) -> Output {
    Output::of(command.output().unwrap())
}

/// A path in `../shared/data`; `None`, and a line that says so, where that is not here.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if path.exists() {
        return Some(path.canonicalize().unwrap());
    }
    println!("skipped: ../shared is not here");
    None
}

/// Reads a file of JSON.
pub(crate) fn read_json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// Keeps the environment of whoever runs the tests from the program.
pub(crate) fn forget_surroundings(command: &mut Command) {
    for name in [
        "ALIDADE_CONFIG",
        "ALIDADE_DATA",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "RUST_LOG",
        "RUST_BACKTRACE",
    ] {
        command.env_remove(name);
    }
}
