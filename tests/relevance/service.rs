//! The program itself: imports, and serves what was imported.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::UNIX_EPOCH;

use tempfile::TempDir;

use crate::relevance::options::{Flag, Options};
use crate::relevance::space::Space;

/// Where what is imported is kept: a folder that was named, or one that goes when we go.
pub(crate) struct Home {
    folder: PathBuf,
    program: PathBuf,
    is_fresh: bool,
    _passing: Option<TempDir>,
}

impl Home {
    pub(crate) fn of(options: &Options) -> Self {
        let passing = options.data.is_none().then(|| tempfile::tempdir().unwrap());
        let folder = passing.as_ref().map(|folder| folder.path().to_owned());
        let folder = folder.or_else(|| options.data.clone()).unwrap();
        fs::create_dir_all(&folder).unwrap();
        let program = options.program.clone();
        Self { folder, program, is_fresh: options.is(Flag::Fresh), _passing: passing }
    }

    /// Imports a framework, unless the same is there already, and serves it.
    pub(crate) fn serve_space(&self, space: &Space) -> Service {
        let package = self.folder.join(format!("{}.cfpackage.json", space.name));
        let before = fs::read(&package).ok();
        space.write(&package);
        let is_same = before == fs::read(&package).ok();
        self.serve(&space.name, &[package], is_same)
    }

    /// Imports files and folders as they are, unless that was done already, and serves them.
    pub(crate) fn serve_files(&self, name: &str, paths: &[PathBuf]) -> Service {
        self.serve(name, paths, true)
    }

    fn serve(&self, name: &str, paths: &[PathBuf], is_same: bool) -> Service {
        // What is removed below must not be anybody else's.
        let folder = self.folder.join(format!("relevance-{name}"));
        let (data, mark) = (folder.join("data"), folder.join("imported-by"));
        let build = build_of(&self.program);
        let imported_by = fs::read_to_string(&mark).ok();
        match imported_by.filter(|_| is_same && !self.is_fresh) {
            Some(by) if by == build => eprintln!("{name}: using what is there"),
            Some(_) => eprintln!(
                "{name}: using what ANOTHER BUILD of the program has imported; `--fresh` imports again"
            ),
            None => {
                drop(fs::remove_dir_all(&folder));
                fs::create_dir_all(&folder).unwrap();
                import(name, command(&self.program, &data), paths);
                fs::write(&mark, build).unwrap();
            }
        }
        Service::of(command(&self.program, &data))
    }
}

/// What tells one build of the program from another.
fn build_of(program: &Path) -> String {
    let metadata = fs::metadata(program).unwrap();
    let built = metadata.modified().unwrap().duration_since(UNIX_EPOCH).unwrap();
    format!("{} {}", metadata.len(), built.as_nanos())
}

/// The program, about to be called on a data directory and on nothing of the surroundings.
fn command(program: &Path, data: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg("--data").arg(data).arg("--with-parent").stdin(Stdio::null());
    for name in ["ALIDADE_CONFIG", "ALIDADE_DATA", "RUST_LOG", "RUST_BACKTRACE"] {
        command.env_remove(name);
    }
    command
}

fn import(name: &str, mut command: Command, paths: &[PathBuf]) {
    eprintln!("{name}: importing");
    let output = command.arg("import").args(paths).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{name} was not imported: {said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let published: Vec<&str> =
        said.lines().skip_while(|line| !line.contains("published")).collect();
    eprintln!("{name}: {}", published.join(" ").split_whitespace().collect::<Vec<_>>().join(" "));
}

/// `alidade serve`, until it is dropped.
pub(crate) struct Service {
    child: Child,
    address: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn of(mut command: Command) -> Self {
        command.args(["serve", "--listen", "127.0.0.1:0", "--set", "serve.rate=0"]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let log = Arc::new(Mutex::new(Vec::new()));
        let (stderr, lines) = (BufReader::new(child.stderr.take().unwrap()), Arc::clone(&log));
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                lines.lock().unwrap().push(line);
            }
        });
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let address = said
            .find_map(|line| line.trim_end().strip_prefix("listening on http://").map(str::parse));
        let address = address.unwrap_or_else(|| panic!("no address came: {:?}", log.lock()));
        // Whoever does not read what is said must not stop it from being said.
        thread::spawn(move || said.for_each(drop));
        Self { child, address: address.unwrap(), log }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Whether it still runs.
    pub(crate) fn is_up(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// The lines of its log that speak of a panic.
    pub(crate) fn panics(&self) -> Vec<String> {
        let log = self.log.lock().unwrap();
        log.iter().filter(|line| line.contains("panic")).cloned().collect()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
