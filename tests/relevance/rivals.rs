//! What others make of the same texts over the same items: FTS5 of `SQLite` and the full text of `PostgreSQL`, as their manuals say to use them.
//!
//! Both get label and definition, stem in English, ask for any of the words, and rank by their own measure. Their times are what their own
//! programs say of each query; ours are those of a request over HTTP, so that the comparison is not in our favour.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::relevance::judged::Judged;
use crate::relevance::measure::DEPTH;
use crate::relevance::ranked::{Ranked, Rankings, row};
use crate::relevance::report::Row;
use crate::relevance::space::Space;

/// Measures those that are installed; of the others it says that they are not.
pub(crate) fn rivals(space: &Space, judged: &Judged) -> Vec<Row> {
    let rankings =
        [("SQLite FTS5", sqlite(space, judged)), ("PostgreSQL full text", postgres(space, judged))];
    let rows = rankings.into_iter().filter_map(|(name, rankings)| {
        if rankings.is_none() {
            println!("{name}: skipped, it is not installed here");
        }
        let rankings: Rankings = rankings?.into_iter().map(Ok).collect();
        assert_eq!(rankings.len(), judged.questions.len(), "{name} left questions out");
        Some(row(name, judged, &rankings))
    });
    rows.collect()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''").replace('\0', ""))
}

fn has(program: &str) -> bool {
    let called = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    called.is_ok_and(|status| status.success())
}

fn insertions(space: &Space) -> String {
    let mut script = String::new();
    for (number, entry) in space.entries.iter().enumerate() {
        let (label, notes) = (&entry.label, entry.definition.as_deref().unwrap_or_default());
        let values = format!("{number}, {}, {}", quoted(label), quoted(notes));
        writeln!(script, "INSERT INTO d VALUES ({values});").unwrap();
    }
    script
}

fn sqlite(space: &Space, judged: &Judged) -> Option<Vec<Ranked>> {
    if !has("sqlite3") {
        return None;
    }
    let mut script = "CREATE VIRTUAL TABLE d USING fts5(n UNINDEXED, label, notes, tokenize='porter unicode61');\nBEGIN;\n".to_owned();
    script += &insertions(space);
    script += "COMMIT;\n.timer on\n";
    for question in &judged.questions {
        let asked: Vec<String> =
            words(&question.text).iter().map(|word| format!("\"{word}\"")).collect();
        let asked = if asked.is_empty() { "\"\"".to_owned() } else { asked.join(" OR ") };
        let asked = quoted(&asked);
        writeln!(
            script,
            "SELECT n FROM d WHERE d MATCH {asked} ORDER BY bm25(d, 0, 3, 1) LIMIT {DEPTH};"
        )
        .unwrap();
    }
    let mut command = Command::new("sqlite3");
    Some(read(&feed(command.arg(":memory:"), &script), "Run Time: real ", 1e3))
}

fn postgres(space: &Space, judged: &Judged) -> Option<Vec<Ranked>> {
    if !["initdb", "postgres", "psql"].into_iter().all(has) {
        return None;
    }
    let cluster = Cluster::start();
    let mut script = "CREATE TABLE d (n int, label text, notes text);\nBEGIN;\n".to_owned();
    script += &insertions(space);
    script += "COMMIT;\nALTER TABLE d ADD t tsvector;\n\
               UPDATE d SET t = setweight(to_tsvector('english', label), 'A') || setweight(to_tsvector('english', notes), 'D');\n\
               CREATE INDEX ON d USING gin (t);\nANALYZE d;\n\\timing on\n";
    for question in &judged.questions {
        let asked = words(&question.text).join(" | ");
        let asked = quoted(&asked);
        writeln!(
            script,
            "SELECT n FROM d, to_tsquery('english', {asked}) q WHERE t @@ q ORDER BY ts_rank(t, q, 1) DESC, n LIMIT {DEPTH};"
        )
        .unwrap();
    }
    Some(read(&feed(&mut cluster.psql(), &script), "Time: ", 1.0))
}

/// Runs a program on a script; gives what it says.
fn feed(command: &mut Command, script: &str) -> String {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(script.as_bytes()).unwrap();
    std::io::Seek::rewind(&mut file).unwrap();
    let output = command.stdin(file).stderr(Stdio::inherit()).output().unwrap();
    assert!(output.status.success(), "{command:?} failed");
    String::from_utf8(output.stdout).unwrap()
}

/// Reads numbers of items, query by query; behind each stands its time.
fn read(said: &str, time: &str, to_milliseconds: f64) -> Vec<Ranked> {
    let (mut all, mut numbers) = (Vec::new(), Vec::new());
    for line in said.lines() {
        if let Some(rest) = line.strip_prefix(time) {
            let took = rest.split(' ').next().and_then(|took| took.parse::<f64>().ok());
            let took = took.unwrap_or_default() * to_milliseconds;
            all.push(Ranked { numbers: std::mem::take(&mut numbers), took });
        } else {
            numbers.extend(line.parse::<usize>().ok());
        }
    }
    all
}

/// A server of its own that is gone when we are.
struct Cluster {
    folder: TempDir,
    server: Child,
}

impl Cluster {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        fs::create_dir(&data).unwrap();
        if is_root() {
            run(Command::new("chown").arg("-R").arg("postgres").arg(folder.path()));
        }
        let mut initdb = unprivileged("initdb");
        initdb.arg("-D").arg(&data).args([
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        ]);
        run(initdb.stdout(Stdio::null()));
        let mut server = unprivileged("postgres");
        server.arg("-D").arg(&data).arg("-k").arg(folder.path()).args([
            "-h",
            "",
            "-c",
            "fsync=off",
        ]);
        let server = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let cluster = Self { folder, server };
        let is_up = (0..200).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            cluster
                .psql()
                .args(["-c", "SELECT 1"])
                .stderr(Stdio::null())
                .output()
                .unwrap()
                .status
                .success()
        });
        assert!(is_up, "PostgreSQL does not come up");
        cluster
    }

    fn psql(&self) -> Command {
        let mut command = Command::new("psql");
        command.arg("-h").arg(self.folder.path()).args(["-U", "postgres", "-X", "-q", "-A", "-t"]);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let id = self.server.id().to_string();
        drop(Command::new("kill").args(["-INT", &id]).status());
        drop(self.server.wait());
    }
}

/// `PostgreSQL` refuses to run as root.
fn unprivileged(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", program]);
    command.current_dir(Path::new("/"));
    command
}

fn is_root() -> bool {
    let said = Command::new("id").arg("-u").output();
    said.is_ok_and(|said| said.stdout == b"0\n")
}

fn run(command: &mut Command) {
    let status = command.status().unwrap();
    assert!(status.success(), "{command:?} failed");
}

#[cfg(test)]
mod tests {
    use super::{quoted, read, words};

    #[test]
    fn items_are_read_query_by_query() {
        let ranked = read(
            "7\n3\nRun Time: real 0.002 user 0.001\nRun Time: real 0.5 user 0\n",
            "Run Time: real ",
            1e3,
        );
        assert_eq!(ranked.iter().map(|one| one.numbers.len()).collect::<Vec<_>>(), [2, 0]);
        assert_eq!((ranked[0].numbers[0], ranked[1].took), (7, 500.0));
        assert_eq!(
            (words("C++ & It's"), quoted("it's")),
            (vec!["c".into(), "it".into(), "s".into()], "'it''s'".to_owned())
        );
    }
}
