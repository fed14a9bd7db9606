//! The bounds of a process that evaluates somebody else's query. They hold for the calling process and for good.

use std::fs;
use std::io;

use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};

/// The stack of the thread that evaluates: on 64 MiB a query of 16 KiB does not overflow, however it is nested.
pub const STACK: usize = 64 << 20;

/// What a process takes before it evaluates anything, where the system does not tell.
const TAKEN: u64 = 256 << 20;

/// Makes the process end with the one that started it, at once and whatever it is doing.
///
/// Only Linux can do that. Elsewhere the process has to notice by itself that its standard input has ended.
pub fn end_with_parent() -> io::Result<()> {
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(Signal::KILL))?;
    Ok(())
}

/// Ends the process at once, whatever its other threads are doing: nothing is taken apart under them. Returns only where that cannot be done.
pub fn end_at_once() -> io::Error {
    let ended = rustix::process::kill_process(rustix::process::getpid(), Signal::KILL);
    ended.map_or_else(io::Error::from, |()| io::Error::other("the process goes on"))
}

/// Bounds the memory that the process may take from here on; an allocation beyond it ends the process. Nor is the memory
/// of a process that ends so written to the disk.
///
/// The bound is on private memory that can be written (`RLIMIT_DATA`), and not on addresses (`RLIMIT_AS`): an allocator
/// sets aside addresses for each thread and never fills them, and a file that is mapped takes addresses and no memory of its
/// own. A bound on addresses would depend on the number of cores and the size of the store.
pub fn bound_memory(bytes: u64) -> io::Result<()> {
    lower(Resource::Core, 0)?;
    lower(Resource::Data, taken().saturating_add(bytes))
}

/// Lowers a limit for good; one that is lower already stays.
fn lower(resource: Resource, wanted: u64) -> io::Result<()> {
    let bound = getrlimit(resource).maximum.map_or(wanted, |most| most.min(wanted));
    setrlimit(resource, Rlimit { current: Some(bound), maximum: Some(bound) })?;
    Ok(())
}

/// How much the process has taken of what is bounded.
fn taken() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmData:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kibibytes.map_or(TAKEN, |kibibytes| kibibytes << 10)
}

#[cfg(test)]
mod tests {
    use super::taken;

    #[test]
    fn what_is_taken_is_told() {
        assert!(taken() > 0);
    }
}
