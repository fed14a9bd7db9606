//! A data directory that nobody may write to, and the program called by a user who owns nothing in it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::DataDir;
use crate::support::listing::paths;

/// The user who owns the directory, and the user who reads it.
const OWNER: u32 = 65_533;
const READER: &str = "65534";

/// A data directory without any right to write, until this is dropped.
pub(crate) struct Closed<'a> {
    data: &'a DataDir,
    program: PathBuf,
    is_root: bool,
}

impl<'a> Closed<'a> {
    /// Takes every right to write away, and gives the directory to another user where that is ours to do. `None`, and a
    /// line that says so, where nothing can be read-only for us.
    pub(crate) fn new(data: &'a DataDir) -> Option<Self> {
        let root = data.path().parent().unwrap().to_owned();
        let is_root = fs::metadata(&root).unwrap().uid() == 0;
        let can_change = Command::new("setpriv").arg("--version").output().is_ok();
        if is_root && !can_change {
            println!(
                "skipped: nothing is read-only for root, and `setpriv` is not here to become somebody else"
            );
            return None;
        }
        // The program may lie below a folder that only root may enter.
        let program = root.join("alidade");
        fs::copy(env!("CARGO_BIN_EXE_alidade"), &program).unwrap();
        for path in [&root, &program] {
            set_mode(path, 0o755);
        }
        for path in paths(&data.path()) {
            set_mode(&path, if path.is_dir() { 0o555 } else { 0o444 });
            if is_root {
                chown(&path, Some(OWNER), Some(OWNER)).unwrap();
            }
        }
        Some(Self { data, program, is_root })
    }

    /// The program, about to be called from a place that everybody may enter, as a user who owns nothing here.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let call = self.data.command(args);
        if !self.is_root {
            return call;
        }
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid", READER, "--regid", READER, "--clear-groups"])
            .arg(&self.program)
            .args(call.get_args());
        for (name, _) in call.get_envs() {
            command.env_remove(name);
        }
        command.env("HOME", "/nonexistent").current_dir("/");
        command
    }
}

impl Drop for Closed<'_> {
    fn drop(&mut self) {
        for path in &paths(&self.data.path()) {
            set_mode(path, 0o755);
        }
    }
}

fn set_mode(path: &Path, mode: u32) {
    if !path.is_symlink() {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
}
