//! A run of the program that is stopped where it does not end, and whose memory is looked at.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a run may take before it is stopped. No test is about this time.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often the memory is looked at; what is read is a peak, so that little is missed but the very end.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// How much memory a document may take.
pub(super) const MAX_MEMORY: u64 = 64 << 20;

/// How a run ended.
#[derive(Debug)]
pub(super) struct Guarded {
    /// The exit code; -1 where a signal ended it.
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
    /// The most memory that it had, in bytes, where the system tells.
    pub peak: Option<u64>,
    pub was_stopped: bool,
}

/// Runs a command to its end, or stops it.
pub(super) fn guarded(command: &mut Command) -> Guarded {
    let mut child = command
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stdout = reading(child.stdout.take().unwrap());
    let stderr = reading(child.stderr.take().unwrap());
    let begun = Instant::now();
    let (mut peak, mut was_stopped) = (None, false);
    let status = loop {
        peak = peak_of(child.id()).or(peak);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > PATIENCE && !was_stopped {
            was_stopped = true;
            child.kill().unwrap();
        }
        thread::sleep(LOOK_EVERY);
    };
    Guarded {
        status: status.code().unwrap_or(-1),
        stdout: stdout.join().unwrap(),
        stderr: stderr.join().unwrap(),
        peak,
        was_stopped,
    }
}

fn reading(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// The most memory that a process had so far, in bytes: `VmHWM`, which Linux tells of every process.
pub(super) fn peak_of(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes << 10)
}

/// Whether a process is there.
pub(super) fn is_alive(process: u32) -> bool {
    Command::new("kill").args(["-0", &process.to_string()]).status().unwrap().success()
}

#[test]
fn the_memory_of_a_run_is_seen() {
    let grows = "x=$(head -c 40000000 /dev/zero | tr '\\0' a); echo ${#x}";
    let (small, large) = (
        guarded(Command::new("sh").args(["-c", "sleep 0.05; echo 1"])),
        guarded(Command::new("sh").args(["-c", grows])),
    );
    assert_eq!((small.status, large.stdout.trim()), (0, "40000000"));
    if let (Some(small), Some(large)) = (small.peak, large.peak) {
        assert!(large > small + (30 << 20), "{small} {large}");
    }
}
