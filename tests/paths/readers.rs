//! Readers beside a writer, and readers that may write nothing.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::Path;
use std::process::Command;

use crate::support::listing::{lasting, listing, paths};
use crate::support::package::{guid, numbered, save};
use crate::support::{DataDir, Output, output_of};

/// The user who owns the directory, and the user who reads it.
const OWNER: u32 = 65_533;
const READER: &str = "65534";

fn reading(id: &str) -> [Vec<&str>; 11] {
    [
        vec!["resolve", id],
        vec!["resolve", "--json", id],
        vec!["show", id],
        vec!["show", "--json", id],
        vec!["search", "knot"],
        vec!["search", "--json", "knot"],
        vec!["sparql", "SELECT * { ?knot skos:notation ?code }"],
        vec!["sparql", "DESCRIBE ?knot { ?knot skos:notation \"T.2\" }"],
        vec!["status"],
        vec!["verify"],
        vec!["verify", "--json"],
    ]
}

fn set_mode(path: &Path, mode: u32) {
    if !path.is_symlink() {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
}

/// Takes every right to write away, and gives the directory to another user where that is ours to do.
fn close(data: &Path, is_root: bool) {
    for path in paths(data) {
        set_mode(&path, if path.is_dir() { 0o555 } else { 0o444 });
        if is_root {
            chown(&path, Some(OWNER), Some(OWNER)).unwrap();
        }
    }
}

/// Runs the program, from a place that everybody may enter, as a user who owns nothing here.
fn run_as_reader(data: &DataDir, program: &Path, args: &[&str]) -> Output {
    let call = data.command(args);
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid", READER, "--regid", READER, "--clear-groups"])
        .arg(program)
        .args(call.get_args());
    for (name, _) in call.get_envs() {
        command.env_remove(name);
    }
    output_of(command.env("HOME", "/nonexistent").current_dir("/"))
}

#[test]
fn readers_work_in_a_read_only_directory_of_another_user_and_touch_nothing() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "sea.json", &numbered(1, "Knots at Sea", 12));
    let data = DataDir::holding(&[folder.path()]);
    let root = data.path().parent().unwrap().to_owned();
    let is_root = fs::metadata(&root).unwrap().uid() == 0;
    let can_change = Command::new("setpriv").arg("--version").output().is_ok();
    if is_root && !can_change {
        println!(
            "skipped: nothing is read-only for root, and `setpriv` is not here to become somebody else"
        );
        return;
    }
    // The program may lie below a folder that only root may enter.
    let program = root.join("alidade");
    fs::copy(env!("CARGO_BIN_EXE_alidade"), &program).unwrap();
    for path in [&root, &program] {
        set_mode(path, 0o755);
    }
    close(&data.path(), is_root);
    let before = listing(&data.path());
    let id = guid(1, 7);
    for args in reading(&id) {
        let said = if is_root { run_as_reader(&data, &program, &args) } else { data.run(&args) };
        assert_eq!((said.status, said.stderr.as_str()), (0, ""), "{args:?}: {said:?}");
        assert!(!said.stdout.is_empty(), "{args:?}");
        assert_eq!(listing(&data.path()), before, "{args:?} touched something");
    }
    let refused = ["import", "rebuild"].map(|command| {
        let args = if command == "import" {
            vec![command, folder.path().to_str().unwrap()]
        } else {
            vec![command]
        };
        if is_root { run_as_reader(&data, &program, &args) } else { data.run(&args) }
    });
    for said in refused {
        assert_eq!(said.status, 4, "{said:?}");
        assert_eq!(listing(&data.path()), before);
    }
    for path in &paths(&data.path()) {
        set_mode(path, 0o755);
    }
}

#[test]
fn a_second_writer_is_refused_in_a_sentence_and_readers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "sea.json", &numbered(1, "Knots at Sea", 12));
    let data = DataDir::holding(&[folder.path()]);
    let source = data.source();
    let before = lasting(&data.path());
    let writer = File::options().write(true).open(data.path().join("writer.lock")).unwrap();
    writer.lock().unwrap();
    let path = folder.path().to_str().unwrap();
    let writing = [
        vec!["import", path],
        vec!["rebuild"],
        vec!["publish"],
        vec!["purge", source.as_str(), "sea.json"],
    ];
    for args in writing {
        let refused = data.run(&args);
        assert_eq!(refused.status, 4, "{args:?}: {refused:?}");
        assert_eq!(refused.stdout, "", "{args:?}");
        assert!(
            refused.stderr.contains("is held by another writer"),
            "{args:?}: {}",
            refused.stderr
        );
        assert!(refused.stderr.contains("writer.lock"), "{args:?}: {}", refused.stderr);
        assert_eq!(refused.stderr.lines().count(), 1, "{args:?}: {}", refused.stderr);
    }
    for args in reading(&guid(1, 7)) {
        let said = data.run(&args);
        assert_eq!(said.status, 0, "{args:?}: {said:?}");
    }
    assert_eq!(lasting(&data.path()), before);
    drop(writer);
    assert_eq!(data.import(&[folder.path()]).status, 0);
}
