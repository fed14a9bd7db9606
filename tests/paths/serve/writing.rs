//! A service writes nothing: what it asks of the system while another process publishes is looked through.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::paths::serve::{good, knots};
use crate::support::forget_surroundings;
use crate::support::http::{Server, encoded};
use crate::support::package::{guid, numbered, save};

/// The calls that open files, or change which there are. A `?` lets a machine have no such call.
const CALLS: &str = "?open,openat,?openat2,?creat,?rename,?renameat,?renameat2,?unlink,unlinkat,?mkdir,mkdirat,?rmdir,?link,linkat,\
    ?symlink,symlinkat,truncate,ftruncate,?chmod,fchmodat";

/// Whether there is an `strace` that is allowed to trace.
fn is_possible() -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-o", "/dev/null", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    strace.status().is_ok_and(|status| status.success())
}

/// The process that another one has started.
fn child_of(parent: u32) -> String {
    let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap();
    children.split_whitespace().next().unwrap().to_owned()
}

/// The service, and an end for it where a test fails.
struct Traced {
    server: Option<Server>,
    process: String,
}

impl Traced {
    fn start(data: &Path, trace: &Path) -> Self {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-s", "4096", "-e", &format!("trace={CALLS}"), "-o"]).arg(trace);
        strace.arg(env!("CARGO_BIN_EXE_alidade")).arg("--data").arg(data);
        strace.args(["serve", "--listen", "127.0.0.1:0", "--set", "serve.rate=0"]);
        forget_surroundings(&mut strace);
        let server = Server::start(&mut strace);
        let process = child_of(server.id());
        Self { server: Some(server), process }
    }

    fn signal(&self, signal: &str) -> bool {
        let status = Command::new("kill").args([signal, &self.process]).status();
        status.is_ok_and(|status| status.success())
    }
}

impl Drop for Traced {
    fn drop(&mut self) {
        if self.server.is_some() {
            self.signal("-KILL");
        }
    }
}

#[test]
fn no_file_is_opened_for_writing_while_a_generation_is_published() {
    if !is_possible() {
        println!("skipped: there is no `strace` here that may trace");
        return;
    }
    let data = knots();
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace");
    let mut traced = Traced::start(&data.path(), &trace);
    let server = traced.server.as_ref().unwrap();
    good(&server.get(&format!("/v1/resources/{}", guid(1, 1))));
    save(folder.path(), "new.json", &numbered(3, "Knots to Come", 40));
    assert_eq!(data.import(&[&folder.path().join("new.json")]).status, 0);
    let path = format!("/v1/resources/{}", guid(3, 33));
    server.wait_for(&path, |answer| answer.status == 200);
    for path in ["/v1/search?q=knot", "/v1/range/0", "/v1/sources", "/nowhere", "/readyz"] {
        assert!([200, 404].contains(&server.get(path).status), "{path}");
    }
    good(&server.post("/v1/resolve", &format!(r#"{{"ids":["{}"]}}"#, encoded("T.1"))));
    assert!(traced.signal("-TERM"));
    let ended = traced.server.take().unwrap().wait();
    assert_eq!(ended.status, 0, "{ended:?}");
    let trace = fs::read_to_string(&trace).unwrap();
    let is_seen = |line: &&str| line.contains("generations/2") && line.contains("O_RDONLY");
    assert!(trace.lines().any(|line| is_seen(&line)), "nothing was traced");
    for line in trace.lines().filter(|line| line.contains('(')) {
        let opens = ["open(", "openat(", "openat2("].iter().any(|call| line.contains(call));
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND", "O_TMPFILE"];
        let is_reading = opens && !writes.iter().any(|flag| line.contains(flag));
        assert!(is_reading || line.contains("resumed>"), "{line}");
    }
}
