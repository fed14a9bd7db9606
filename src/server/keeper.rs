//! Keeps the schedules of the sources: starts a writer when one is due, and ends it with the service.
//!
//! The process that strangers speak to writes nothing and opens no socket to the outside. So this program starts itself once more,
//! as `alidade harvest --due`, one at a time, and reads what it says into the log. What it publishes is served as whatever
//! else is published. Where it fails, the service goes on, and waits longer each time before the next trial.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::day::Clock;
use crate::runs::Runs;
use crate::schedule::Schedule;

/// The exit code of a harvest in which a source failed, or waits.
const SOURCE_FAILED: i32 = 3;

/// How often it is looked whether something is due.
const PERIOD: Duration = Duration::from_mins(1);

/// Between the beginning and the first look, and on top of each period, there is up to this, so that many services do not ask
/// the same server at the same moment.
const JITTER: Duration = Duration::from_secs(5);

/// The longest wait after failures of the writer.
const LONGEST: Duration = Duration::from_hours(1);

/// How often it is looked whether the writer has ended.
const TICK: Duration = Duration::from_millis(100);

/// How long the writer has to end by itself when its standard input has ended.
const GRACE: Duration = Duration::from_secs(5);

/// The most bytes of one line of the writer that are logged.
const LINE: u64 = 4 << 10;

/// What the keeper has to know.
#[derive(Debug, Clone)]
pub(crate) struct Keeping {
    /// The program that writes.
    pub program: PathBuf,
    /// Its arguments.
    pub args: Vec<OsString>,
    /// The data directory.
    pub data: PathBuf,
    /// How often each source is asked.
    pub schedules: BTreeMap<String, Schedule>,
}

/// Keeps schedules until it is dropped; then the writer is gone too.
#[derive(Debug)]
pub(super) struct Keeper {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Begins to keep schedules, in a thread that starts every writer and outlives it: to Linux the end of that thread is the
    /// end of the parent.
    pub(super) fn start(keeping: Keeping, clock: Clock) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let thread = thread::Builder::new().name("keeper".to_owned());
        let thread = thread.spawn(move || keep(&keeping, clock, &stopped))?;
        Ok(Self { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread is logged by its hook.
            drop(thread.join());
        }
    }
}

/// Looks and starts, until it is stopped.
fn keep(keeping: &Keeping, clock: Clock, stopped: &Receiver<()>) {
    let mut failures = 0_u32;
    let mut wait = jitter();
    while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        let has_failed = match due(keeping, clock) {
            Ok(due) if due.is_empty() => false,
            Ok(due) => {
                tracing::info!(sources = due.join(", "), "harvesting what is due");
                match write(keeping, stopped) {
                    Ok(End::Stopped) => return,
                    Ok(End::Ended(status)) => {
                        // A source that failed has a date of its own, and keeps no other waiting.
                        let is_done = matches!(status.code(), Some(0 | SOURCE_FAILED));
                        if !is_done {
                            tracing::warn!(%status, "the harvest failed");
                        }
                        !is_done
                    }
                    Err(error) => {
                        tracing::warn!(%error, "the harvest cannot be started");
                        true
                    }
                }
            }
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "cannot see what is due");
                true
            }
        };
        failures = if has_failed { failures.saturating_add(1) } else { 0 };
        wait = after(failures) + jitter();
    }
}

/// How long it is waited after so many failures in a row.
fn after(failures: u32) -> Duration {
    PERIOD.saturating_mul(2_u32.saturating_pow(failures)).min(LONGEST)
}

/// A little time that nobody can foretell.
fn jitter() -> Duration {
    let drawn = RandomState::new().hash_one(0);
    let most = u64::try_from(JITTER.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(drawn % most)
}

fn due(keeping: &Keeping, clock: Clock) -> anyhow::Result<Vec<&str>> {
    let runs = Runs::open(&keeping.data)?;
    let schedules = keeping.schedules.iter().map(|(name, schedule)| (name.as_str(), *schedule));
    Ok(runs.due(schedules, clock()))
}

/// How a writer ended.
#[derive(Debug)]
enum End {
    /// By itself.
    Ended(ExitStatus),
    /// With the service.
    Stopped,
}

/// Starts the writer and waits for its end, or for the end of the service.
fn write(keeping: &Keeping, stopped: &Receiver<()>) -> io::Result<End> {
    let mut command = Command::new(&keeping.program);
    command.args(&keeping.args);
    // What a person would read of it stands in the list of sources.
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let complaints = child.stderr.take();
    thread::scope(|scope| {
        scope.spawn(|| complaints.map(log));
        wait(&mut child, stopped)
    })
}

/// Waits for the end of the writer. It takes the end of its standard input for the end of the service.
fn wait(child: &mut Child, stopped: &Receiver<()>) -> io::Result<End> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(End::Ended(status));
        }
        if stopped.recv_timeout(TICK) != Err(RecvTimeoutError::Timeout) {
            break;
        }
    }
    drop(child.stdin.take());
    let mut waited = Duration::ZERO;
    while child.try_wait()?.is_none() {
        if waited >= GRACE {
            // It may be killed at any moment, and loses nothing.
            child.kill()?;
            child.wait()?;
            break;
        }
        thread::sleep(TICK);
        waited += TICK;
    }
    Ok(End::Stopped)
}

/// Logs what the writer says, line by line.
fn log(output: impl Read) {
    let mut output = BufReader::new(output);
    loop {
        let mut line = Vec::new();
        match output.by_ref().take(LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if !line.is_empty() {
            tracing::info!("harvest: {line}");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use time::OffsetDateTime;

    use super::{End, Keeper, Keeping, after, due, write};

    /// A writer that is a script of the shell.
    fn writer(data: &Path, script: &str) -> Keeping {
        Keeping {
            program: "/bin/sh".into(),
            args: ["-c", script].map(Into::into).into(),
            data: data.to_owned(),
            schedules: [("a".to_owned(), "7d".parse().unwrap())].into(),
        }
    }

    fn wait_for(path: &Path) {
        while !path.exists() {
            thread::yield_now();
        }
    }

    #[test]
    fn failures_are_waited_out_ever_longer() {
        assert_eq!(
            [0, 1, 2, 5, 6, 99].map(after).map(|wait| wait.as_secs() / 60),
            [1, 2, 4, 32, 60, 60]
        );
    }

    #[test]
    fn a_writer_ends_by_itself_with_its_status() {
        let data = tempfile::tempdir().unwrap();
        let (_stop, stopped) = mpsc::channel();
        for (script, code) in [("echo one; echo two >&2", 0), ("exit 3", 3)] {
            match write(&writer(data.path(), script), &stopped).unwrap() {
                End::Ended(status) => assert_eq!(status.code(), Some(code)),
                End::Stopped => panic!("nobody stopped it"),
            }
        }
        let keeping = Keeping { program: "/nowhere/alidade".into(), ..writer(data.path(), "") };
        assert!(write(&keeping, &stopped).is_err());
    }

    #[test]
    fn a_writer_ends_with_the_service_when_its_input_ends() {
        let data = tempfile::tempdir().unwrap();
        let (begun, ended) = (data.path().join("begun"), data.path().join("ended"));
        let script = format!("touch '{}'; cat; touch '{}'", begun.display(), ended.display());
        let keeping = writer(data.path(), &script);
        let (stop, stopped) = mpsc::channel();
        thread::scope(|scope| {
            let writing = scope.spawn(move || write(&keeping, &stopped).unwrap());
            wait_for(&begun);
            assert!(!ended.exists());
            drop(stop);
            assert!(matches!(writing.join().unwrap(), End::Stopped));
        });
        assert!(ended.exists());
    }

    #[test]
    fn a_keeper_starts_what_is_due_and_leaves_nobody_behind() {
        let data = tempfile::tempdir().unwrap();
        let begun = data.path().join("begun");
        let script = format!("echo $$ > '{0}.new'; mv '{0}.new' '{0}'; cat", begun.display());
        let keeper = Keeper::start(writer(data.path(), &script), || OffsetDateTime::UNIX_EPOCH);
        let keeper = keeper.unwrap();
        wait_for(&begun);
        let id = fs::read_to_string(&begun).unwrap();
        drop(keeper);
        assert!(!Path::new("/proc").join(id.trim()).exists(), "{id} is still there");
    }

    #[test]
    fn what_is_not_due_starts_nobody() {
        let data = tempfile::tempdir().unwrap();
        let mut keeping = writer(data.path(), "");
        assert_eq!(due(&keeping, || OffsetDateTime::UNIX_EPOCH).unwrap(), ["a"]);
        fs::write(
            data.path().join("runs.json"),
            r#"{"a":{"lastRun":{"startedAt":"2026-03-01T12:00:00Z","finishedAt":"2026-03-01T12:00:00Z"}}}"#,
        )
        .unwrap();
        let later = || OffsetDateTime::UNIX_EPOCH + Duration::from_hours(1);
        assert!(due(&keeping, later).unwrap().is_empty());
        keeping.schedules.insert("b".to_owned(), "manual".parse().unwrap());
        assert!(due(&keeping, later).unwrap().is_empty());
    }
}
