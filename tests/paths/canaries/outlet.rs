//! Everything that says something: the command line, the service, the log, the data directory.

use std::fs;
use std::path::PathBuf;

use index::blobs::Blobs;
use serde_json::Value;
use tempfile::TempDir;

use crate::paths::canaries::Planted;
use crate::paths::canaries::word::Needles;
use crate::support::DataDir;
use crate::support::http::{Answer, Server, encoded, request};
use crate::support::listing::paths;

/// What is looked through.
pub(super) struct Outlets<'a> {
    pub data: &'a DataDir,
    pub needles: Needles,
    pub folder: TempDir,
}

impl<'a> Outlets<'a> {
    pub(super) fn new(data: &'a DataDir) -> Self {
        Self { data, needles: Needles::all(), folder: tempfile::tempdir().unwrap() }
    }

    /// The canary in some bytes, with the outlet that they came from.
    pub(super) fn sung(&self, outlet: &str, bytes: &[u8]) -> Option<String> {
        self.needles.find(bytes).map(|around| format!("{outlet}: …{around}…"))
    }

    /// A service that was asked to log all it can.
    pub(super) fn serve(&self, args: &[&str]) -> Server {
        let args = [&["serve", "--listen", "127.0.0.1:0"], args].concat();
        Server::start(self.data.command(&args).env("RUST_LOG", "trace"))
    }

    /// Reads a document with every command that reads one: how they ended, and what they gave away.
    pub(super) fn on_the_command_line(&self, planted: &Planted) -> (Vec<i32>, Vec<String>) {
        let path = self.folder.path().join("document");
        fs::write(&path, &planted.bytes).unwrap();
        let file = path.to_str().unwrap();
        let (mut statuses, mut found) = (Vec::new(), Vec::new());
        for args in [
            &["resolve", file][..],
            &["resolve", "--json", file],
            &["-vv", "resolve", file],
            &["resolve", "-"],
            &["resolve", "--json", "-"],
            &["extract", file],
            &["-vv", "extract", "-"],
        ] {
            let mut command = self.data.command(args);
            command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "1");
            command.stdin(fs::File::open(&path).unwrap());
            let said = command.output().unwrap();
            let what = format!("{} by {args:?}", planted.name).replace(file, "FILE");
            let status = said.status.code().unwrap_or(-1);
            statuses.push(status);
            let stderr = String::from_utf8_lossy(&said.stderr);
            if stderr.contains("panicked") {
                found.push(format!("{what} panicked: {stderr}"));
            }
            found.extend(self.sung(&what, &said.stdout));
            found.extend(self.sung(&what, &said.stderr));
        }
        (statuses, found)
    }

    /// The files of the data directory that have a canary in their name or content, as they lie there and unpacked.
    pub(super) fn lying(&self, data: &DataDir) -> Vec<String> {
        let mut found = Vec::new();
        for path in paths(&data.path()) {
            let name = path.file_name().unwrap().as_encoded_bytes();
            found.extend(self.sung(&format!("name of {}", path.display()), name));
            if path.is_file() {
                found.extend(self.sung(&path.display().to_string(), &fs::read(&path).unwrap()));
            }
        }
        let blobs = Blobs::read_only(&data.path().join("blobs"));
        for digest in blobs.digests().unwrap() {
            let digest = digest.unwrap();
            let body = blobs.read(digest, 1 << 30).unwrap().unwrap();
            found.extend(self.sung(&format!("body in blobs {digest}"), &body));
        }
        found
    }
}

/// Sends a document, and what is extracted of it, in every way in which somebody may.
pub(super) fn send_in_every_way(
    server: &Server,
    data: &DataDir,
    planted: &Planted,
) -> Vec<(&'static str, Answer)> {
    let send = |path: &str, media_type: &str, body: &[u8]| {
        server.send(&request("POST", path, &[("Content-Type", media_type)], body))
    };
    let mut answers = vec![
        ("resolve", send("/v1/resolve", "application/json", &planted.bytes)),
        ("suggest", send("/v1/suggest", "application/json", &planted.bytes)),
        ("similar", send("/v1/similar", "application/json", &planted.bytes)),
        ("searches", send("/v1/multi-search", "application/json", &planted.bytes)),
        ("resolve as text", send("/v1/resolve", "text/plain", &planted.bytes)),
        ("whole", send("/v1/credentials/resolve", "application/octet-stream", &planted.bytes)),
        (
            "whole on a day",
            send("/v1/credentials/resolve?asOf=yesterday", "application/json", &planted.bytes),
        ),
    ];
    // A text in quotes is a question, and its answer says what was asked.
    if !planted.bytes.starts_with(b"\"") {
        answers.push((
            "resolve as lines",
            send("/v1/resolve", "application/x-ndjson", &planted.bytes),
        ));
    }
    // What stands in an address is looked at as it is: a credential whose first members tell nothing is none there yet.
    if planted.bytes.len() < 7_000 && planted.bytes.starts_with(b"eyJ") {
        let text = encoded(&String::from_utf8_lossy(&planted.bytes));
        answers.push(("address", server.get(&format!("/v1/resolve?id={text}"))));
        answers.push(("search", server.get(&format!("/v1/search?q={text}"))));
    }
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("document");
    fs::write(&path, &planted.bytes).unwrap();
    for body in data.run(&["extract", path.to_str().unwrap()]).stdout.lines() {
        answers.push(("extracted", server.post("/v1/resolve", body)));
        let body: Value = serde_json::from_str(body).unwrap();
        let lines: Vec<String> =
            body["ids"].as_array().unwrap().iter().map(Value::to_string).collect();
        let lines = lines.join("\n");
        answers.push((
            "extracted by lines",
            send("/v1/resolve", "application/x-ndjson", lines.as_bytes()),
        ));
    }
    answers
}

/// Overwrites the text index of every generation in its place, so that whoever has it open meets nonsense.
pub(super) fn damage(data: &DataDir) {
    let mut n_damaged = 0;
    for path in paths(&data.path().join("generations")) {
        let is_text = path.parent().is_some_and(|parent| parent.ends_with("text"));
        let is_segment = path.extension().is_some_and(|extension| extension == "store");
        if is_text && is_segment {
            let len = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
            let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
            std::io::Write::write_all(&mut file, &vec![0xA5; len]).unwrap();
            n_damaged += 1;
        }
    }
    assert!(n_damaged > 0, "nothing was there to damage");
}
