//! A trace of system calls as `strace` writes it, read into what it does to a disk.

use std::collections::BTreeMap;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::house::alidade;

/// The calls that change files or make them durable. A `?` lets a machine have no such call.
const CALLS: &str = "openat,?creat,write,writev,pwrite64,pwritev,?pwritev2,?copy_file_range,?sendfile,?splice,fsync,\
    fdatasync,?sync,syncfs,mmap,?rename,?renameat,?renameat2,?link,linkat,?unlink,unlinkat,?rmdir,?mkdir,mkdirat,truncate,\
    ftruncate,?io_uring_setup";

/// Lines stand this far apart, so that a test can put something between them.
pub(super) const LINE: u64 = 1_000;

/// What a system call does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Call {
    /// Opens a file that may not be there yet.
    Create {
        path: PathBuf,
        truncates: bool,
    },
    MakeDir(PathBuf),
    Write {
        path: PathBuf,
        len: u64,
    },
    Truncate {
        path: PathBuf,
        len: u64,
    },
    Sync(PathBuf),
    /// Makes everything durable; the path only says who asked.
    SyncAll(PathBuf),
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Link {
        from: PathBuf,
        to: PathBuf,
    },
    Remove(PathBuf),
    /// Something this model cannot follow.
    Blind(String),
}

/// A call that succeeded, when, and in which thread.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub thread: u64,
    pub begun: u64,
    pub ended: u64,
    pub call: Call,
}

/// Whether there is an `strace` that is allowed to trace.
pub(super) fn is_possible() -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-o", "/dev/null", "true"]).stdout(Stdio::null()).stderr(Stdio::null());
    strace.status().is_ok_and(|status| status.success())
}

/// Runs a command under `strace`, and gives what it did below `data`, in the order in which the calls ended.
pub(super) fn record(data: &Path, args: &[String], file: &Path) -> Vec<Event> {
    let output = strace(data, args, file).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    read(&std::fs::read_to_string(file).unwrap(), data)
}

/// Records a command that dies at a named point; `None` where it never passes it.
pub(super) fn record_to_point(
    data: &Path,
    args: &[String],
    file: &Path,
    point: &str,
) -> Option<Vec<Event>> {
    let output = strace(data, args, file).env("ALIDADE_CRASH_AT", point).output().unwrap();
    let is_killed = output.status.signal() == Some(9);
    assert!(is_killed || output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    is_killed.then(|| read(&std::fs::read_to_string(file).unwrap(), data))
}

fn strace(data: &Path, args: &[String], file: &Path) -> Command {
    let command = alidade(data, args);
    let mut strace = Command::new("strace");
    strace.args(["-f", "-y", "-s", "0", "-e", &format!("trace={CALLS}"), "-o"]).arg(file);
    strace.arg(command.get_program()).args(command.get_args());
    strace.env("NO_COLOR", "1").env_remove("ALIDADE_CRASH_AT");
    strace
}

/// Reads a trace; calls on files elsewhere are left out.
pub(super) fn read(text: &str, data: &Path) -> Vec<Event> {
    let mut open: BTreeMap<u64, (u64, &str)> = BTreeMap::new();
    let mut events = Vec::new();
    for (line, at) in text.lines().zip((1_u64..).map(|number| number * LINE)) {
        let Some((thread, rest)) = line.split_once(' ') else { continue };
        let Ok(thread) = thread.parse() else { continue };
        let rest = rest.trim_start();
        if let Some(begin) = rest.strip_suffix(" <unfinished ...>") {
            open.insert(thread, (at, begin));
            continue;
        }
        let (begun, whole) = match rest.strip_prefix("<... ") {
            Some(resumed) => {
                let Some((begun, begin)) = open.remove(&thread) else { continue };
                let end = resumed.split_once("resumed>").map_or("", |(_, end)| end);
                (begun, format!("{begin}{end}"))
            }
            None => (at, rest.to_owned()),
        };
        if let Some(call) = parse(&whole).filter(|call| is_below(call, data)) {
            events.push(Event { thread, begun, ended: at, call });
        }
    }
    events
}

fn is_below(call: &Call, data: &Path) -> bool {
    match call {
        Call::Create { path, .. }
        | Call::MakeDir(path)
        | Call::Write { path, .. }
        | Call::Truncate { path, .. }
        | Call::Remove(path)
        | Call::Rename { to: path, .. }
        | Call::Link { to: path, .. } => path.starts_with(data),
        // The directory above is synced once the data directory is made in it.
        Call::Sync(path) => path.starts_with(data) || Some(path.as_path()) == data.parent(),
        Call::SyncAll(_) => true,
        Call::Blind(what) => what.contains(data.to_str().unwrap()) || what.starts_with("io_uring"),
    }
}

/// Reads `name(arguments) = result`; `None` for calls that failed or change nothing.
fn parse(text: &str) -> Option<Call> {
    let (call, result) = text.rsplit_once(" = ")?;
    let result: u64 = result.split(['<', ' ']).next()?.parse().ok().or_else(|| {
        // An address, as `mmap` gives it.
        result.starts_with("0x").then_some(0)
    })?;
    let (name, arguments) = call.trim_end().strip_suffix(')')?.split_once('(')?;
    let arguments = split(arguments);
    let argument = |at: usize| arguments.get(at).map_or("", String::as_str);
    Some(match name {
        "openat" if argument(2).contains("O_CREAT") || argument(2).contains("O_TRUNC") => {
            let truncates = argument(2).contains("O_TRUNC");
            Call::Create { path: path_at(argument(0), argument(1))?, truncates }
        }
        "creat" => Call::Create { path: quoted(argument(0))?, truncates: true },
        "write" | "writev" | "pwrite64" | "pwritev" | "pwritev2" | "sendfile" => {
            Call::Write { path: annotated(argument(0))?, len: result }
        }
        "copy_file_range" | "splice" => Call::Write { path: annotated(argument(2))?, len: result },
        "ftruncate" => {
            Call::Truncate { path: annotated(argument(0))?, len: argument(1).parse().ok()? }
        }
        "truncate" => Call::Truncate { path: quoted(argument(0))?, len: argument(1).parse().ok()? },
        "fsync" | "fdatasync" => Call::Sync(annotated(argument(0))?),
        "syncfs" => Call::SyncAll(annotated(argument(0))?),
        "sync" => Call::SyncAll(PathBuf::from("/")),
        "rename" => Call::Rename { from: quoted(argument(0))?, to: quoted(argument(1))? },
        "renameat" | "renameat2" => Call::Rename {
            from: path_at(argument(0), argument(1))?,
            to: path_at(argument(2), argument(3))?,
        },
        "link" => Call::Link { from: quoted(argument(0))?, to: quoted(argument(1))? },
        "linkat" => Call::Link {
            from: path_at(argument(0), argument(1))?,
            to: path_at(argument(2), argument(3))?,
        },
        "unlink" | "rmdir" => Call::Remove(quoted(argument(0))?),
        "unlinkat" => Call::Remove(path_at(argument(0), argument(1))?),
        "mkdir" => Call::MakeDir(quoted(argument(0))?),
        "mkdirat" => Call::MakeDir(path_at(argument(0), argument(1))?),
        "mmap" if argument(2).contains("PROT_WRITE") && argument(3).contains("MAP_SHARED") => {
            Call::Blind(text.to_owned())
        }
        "io_uring_setup" => Call::Blind(text.to_owned()),
        _ => return None,
    })
}

/// Splits arguments at commas outside quotes and brackets.
fn split(arguments: &str) -> Vec<String> {
    let (mut parts, mut quoted, mut depth) = (vec![String::new()], false, 0_i32);
    for character in arguments.chars() {
        match character {
            '"' => quoted = !quoted,
            '[' | '{' | '<' if !quoted => depth += 1,
            ']' | '}' | '>' if !quoted => depth -= 1,
            _ => {}
        }
        if character == ',' && !quoted && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(character);
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// The path behind an open file: `7</data/current>`. A file that has no name any more is no path.
fn annotated(argument: &str) -> Option<PathBuf> {
    let (_, path) = argument.split_once('<')?;
    Some(PathBuf::from(path.strip_suffix('>')?))
}

fn quoted(argument: &str) -> Option<PathBuf> {
    Some(PathBuf::from(argument.strip_prefix('"')?.strip_suffix('"')?))
}

/// A path beside an open directory, or an absolute one.
fn path_at(folder: &str, path: &str) -> Option<PathBuf> {
    Some(annotated(folder)?.join(quoted(path)?))
}

#[test]
fn a_trace_is_read_as_what_it_does() {
    let text = "\
1 openat(AT_FDCWD</x>, \"/d/a.tmp\", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0666) = 4</d/a.tmp>
1 openat(AT_FDCWD</x>, \"/d/a\", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)
2 write(4</d/a.tmp>, \"\"..., 7 <unfinished ...>
1 fsync(5</d> <unfinished ...>
2 <... write resumed>)              = 7
1 <... fsync resumed>)              = 0
1 renameat(AT_FDCWD</x>, \"/d/a.tmp\", AT_FDCWD</x>, \"/d/a\") = 0
1 unlinkat(6</d/e>, \"f\", 0)  = 0
1 write(9</d/gone>(deleted), \"\"..., 3) = 3
1 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 5</d/b>, 0) = 0x7f00
1 write(2</elsewhere>, \"\"..., 3) = 3
1 +++ exited with 0 +++";
    let path = |path: &str| PathBuf::from(path);
    let events = read(text, Path::new("/d"));
    let expected = [
        (1, 1, Call::Create { path: path("/d/a.tmp"), truncates: true }),
        (3, 5, Call::Write { path: path("/d/a.tmp"), len: 7 }),
        (4, 6, Call::Sync(path("/d"))),
        (7, 7, Call::Rename { from: path("/d/a.tmp"), to: path("/d/a") }),
        (8, 8, Call::Remove(path("/d/e/f"))),
        (
            10,
            10,
            Call::Blind(
                "mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 5</d/b>, 0) = 0x7f00"
                    .to_owned(),
            ),
        ),
    ];
    let found: Vec<(u64, u64, Call)> = events
        .into_iter()
        .map(|event| (event.begun / LINE, event.ended / LINE, event.call))
        .collect();
    assert_eq!(found, expected);
}
