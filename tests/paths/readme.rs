//! What the README shows of a terminal, done as it is typed there: it answers as printed.
//!
//! A line of `…` stands for any lines, and `…` in a line for any words.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::fake_case::FakeCase;
use crate::support::http::Server;
use crate::support::{DataDir, forget_surroundings, output_of, read_json};

/// The address that the README has a service listen at.
const ADDRESS: &str = "127.0.0.1:8080";

/// A block of the README.
struct Block {
    /// The line that it begins in, from 1.
    line: usize,
    text: String,
}

/// A command, and what it prints.
struct Example {
    command: String,
    prints: Vec<String>,
}

/// The machine of somebody who reads along: the sample set, a service of it, and the program.
struct Machine {
    folder: TempDir,
    data: DataDir,
    server: Server,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The blocks of a kind.
fn blocks(kind: &str) -> Vec<Block> {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let (mut blocks, mut open): (Vec<Block>, Option<(String, Block)>) = (Vec::new(), None);
    for (at, line) in text.lines().enumerate() {
        open = match (open, line.strip_prefix("```")) {
            (None, None) => None,
            (None, Some(kind)) => {
                Some((kind.to_owned(), Block { line: at + 1, text: String::new() }))
            }
            (Some((is, block)), Some(_)) => {
                blocks.extend((is == kind).then_some(block));
                None
            }
            (Some((is, mut block)), None) => {
                block.text.push_str(line);
                block.text.push('\n');
                Some((is, block))
            }
        };
    }
    blocks
}

impl Block {
    fn examples(&self) -> Vec<Example> {
        let mut examples: Vec<Example> = Vec::new();
        let mut goes_on = false;
        for line in self.text.lines() {
            let last = examples.last_mut();
            match (line.strip_prefix("$ "), last) {
                (Some(command), _) => {
                    examples.push(Example { command: command.to_owned(), prints: Vec::new() });
                }
                (None, Some(example)) if goes_on => {
                    example.command.push('\n');
                    example.command.push_str(line);
                }
                (None, Some(example)) => example.prints.push(line.to_owned()),
                (None, None) => panic!("line {} of the README begins with no command", self.line),
            }
            goes_on = line.ends_with('\\');
        }
        examples
    }
}

impl Machine {
    fn new() -> Self {
        let demo = root().join("demo");
        let data = DataDir::holding(&[&demo.join("frameworks"), &demo.join("records")]);
        // As it is without a configuration; other tests count nobody.
        let server = Server::with(&data, &["--set", "serve.rate=20"]);
        let folder = tempfile::tempdir().unwrap();
        symlink(demo, folder.path().join("demo")).unwrap();
        fs::create_dir(folder.path().join("bin")).unwrap();
        symlink(env!("CARGO_BIN_EXE_alidade"), folder.path().join("bin/alidade")).unwrap();
        Self { folder, data, server }
    }

    /// The shell, about to do as it is told.
    fn shell(&self, command: &str) -> Command {
        let mut shell = Command::new("bash");
        shell.arg("-c").arg(format!("{{ {command}\n}} 2>&1"));
        shell.current_dir(self.folder.path()).env("ALIDADE_DATA", self.data.path());
        let path = std::env::var("PATH").unwrap();
        let bin = self.folder.path().join("bin");
        forget_surroundings(&mut shell);
        shell.env("ALIDADE_DATA", self.data.path());
        shell.env("PATH", format!("{}:{path}", bin.display()));
        shell
    }

    #[track_caller]
    fn check(&self, block: &Block) {
        let address = self.server.address().to_string();
        for example in block.examples() {
            let command = example.command.replace(ADDRESS, &address);
            let said = output_of(&mut self.shell(&command)).stdout.replace(&address, ADDRESS);
            example.check(block.line, &said);
        }
    }
}

impl Example {
    #[track_caller]
    fn check(&self, line: usize, said: &str) {
        let lines: Vec<&str> = said.trim_end().lines().collect();
        let prints: Vec<&str> = self.prints.iter().map(String::as_str).collect();
        let end = prints.iter().rposition(|line| !line.is_empty()).map_or(0, |last| last + 1);
        assert!(
            fits(&prints[..end], &lines),
            "line {line} of the README, `{}` prints:\n{said}",
            self.command
        );
    }
}

/// Whether lines are those that are expected.
fn fits(expected: &[&str], lines: &[&str]) -> bool {
    match (expected.split_first(), lines.split_first()) {
        (None, left) => left.is_none(),
        (Some((&"…", rest)), _) => (0..=lines.len()).any(|n| fits(rest, &lines[n..])),
        (Some((first, rest)), Some((line, lines))) => is_like(first, line) && fits(rest, lines),
        (Some(_), None) => false,
    }
}

/// Whether a line is the one that is expected.
fn is_like(expected: &str, line: &str) -> bool {
    let Some((before, after)) = expected.split_once('…') else { return expected == line };
    expected == line
        || line.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices().any(|(at, _)| is_like(after, &rest[at..])) || after.is_empty()
        })
}

/// Whether a program is here; a line says so where it is not.
fn is_here(program: &str) -> bool {
    let is_here = Command::new(program).arg("--version").output().is_ok();
    if !is_here {
        println!("skipped what needs {program}: it is not here");
    }
    is_here
}

#[test]
fn what_is_typed_answers_as_printed() {
    let (has_curl, has_jq) = (is_here("curl"), is_here("jq"));
    let machine = Machine::new();
    let (mut n_checked, mut n_skipped) = (0, 0);
    for block in blocks("console") {
        if ["make demo", "check-config", "alidade harvest"].iter().any(|c| block.text.contains(c)) {
            continue;
        }
        let lacks = |program: &str, is_here: bool| !is_here && block.text.contains(program);
        if lacks("curl ", has_curl) || lacks("jq ", has_jq) {
            n_skipped += 1;
            continue;
        }
        machine.check(&block);
        n_checked += 1;
    }
    assert!(n_checked + n_skipped > 8, "{n_checked} and {n_skipped}");
}

#[test]
fn the_demonstration_shows_what_it_is_said_to() {
    let block = blocks("console").into_iter().find(|block| block.text.contains("make demo"));
    let block = block.unwrap();
    let machine = Machine::new();
    let mut demo = Command::new(env!("CARGO_BIN_EXE_alidade"));
    demo.args(["demo", "--listen", "127.0.0.1:0"]).current_dir(root());
    forget_surroundings(&mut demo);
    demo.env("ALIDADE_DATA", machine.data.path());
    let server = Server::start(&mut demo);
    let said = format!("{}listening on http://{ADDRESS}", server.said());
    let said = said.replace(&server.address().to_string(), ADDRESS);
    let [example] = block.examples().try_into().ok().unwrap();
    example.check(block.line, &said);
    assert_eq!(server.stop("INT").status, 0);
}

#[test]
fn the_configuration_that_is_shown_is_right_and_its_slip_is_told() {
    let machine = Machine::new();
    let [shown] = blocks("toml").try_into().ok().unwrap();
    let file = machine.folder.path().join("alidade.toml");
    let text = shown.text.replace("/srv/alidade", machine.data.path().to_str().unwrap());
    fs::write(&file, &text).unwrap();
    let right = output_of(&mut machine.shell("alidade check-config"));
    assert_eq!(right.status, 0, "{right:?}");
    let mut lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| line.starts_with("schedule")).unwrap();
    lines.insert(at + 1, "pase = \"2s\"");
    fs::write(&file, lines.join("\n")).unwrap();
    let block = blocks("console").into_iter().find(|block| block.text.contains("check-config"));
    machine.check(&block.unwrap());
}

#[test]
fn a_harvest_says_what_it_is_said_to() {
    let folder = root().join("demo/frameworks");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let fake = FakeCase::serving(files.iter().map(|file| read_json(Path::new(file))));
    let machine = Machine { data: DataDir::new(), ..Machine::new() };
    let configuration = format!(
        "data = {:?}\n[harvest]\ncontact = \"mailto:ops@example.org\"\n[sources.states]\nkind = \"case\"\nurl = {:?}\nprivate_networks = [\"127.0.0.1\"]\npace = \"0s\"\n",
        machine.data.path(),
        fake.url()
    );
    fs::write(machine.folder.path().join("alidade.toml"), configuration).unwrap();
    let block = blocks("console").into_iter().find(|block| block.text.contains("alidade harvest"));
    machine.check(&block.unwrap());
}
