//! Why a worker gave no answer, or only the beginning of one.

use std::os::unix::process::ExitStatusExt;
use std::process::ExitStatus;
use std::time::Duration;

use index::sparql::QueryError;

/// The end of a worker without a whole answer.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    /// The query is at fault.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// The store is at fault, in the worker's words.
    #[error("{0}")]
    Store(String),
    /// It was not done in time.
    #[error("the query was stopped: it took longer than {} s", .0.as_secs())]
    Time(Duration),
    /// It needed more memory than it was given.
    #[error("the query was stopped: it needs more than {} MiB of memory", .0 >> 20)]
    Memory(u64),
    /// It was nested more deeply than the stack goes.
    #[error("the query was stopped: it is nested too deeply")]
    Depth,
    /// It ended otherwise, in the words of whatever ended it.
    #[error("the process that evaluated the query died: {0}")]
    Died(String),
}

/// How a worker ended.
#[derive(Debug)]
pub(crate) struct End {
    /// What the system says.
    pub status: ExitStatus,
    /// Whether its time was over and it was killed for that.
    pub late: bool,
    /// What it said on its standard error stream.
    pub words: String,
}

impl End {
    /// Tells whether the worker has found something; an error where its answer is not whole.
    pub(crate) fn judge(self, timeout: Duration, memory: u64) -> Result<bool, Failure> {
        let words = self.words.trim();
        let plain = || words.trim_start_matches("alidade: ").to_owned();
        match self.status.code() {
            Some(0) => return Ok(true),
            Some(1) => return Ok(false),
            Some(2) => return Err(fault(words)),
            Some(4) => return Err(Failure::Store(plain())),
            _ if self.late => return Err(Failure::Time(timeout)),
            _ => {}
        }
        let is_said = |marks: &[&str]| marks.iter().any(|mark| words.contains(mark));
        // The words of Rust's runtime, and those of C++ where RocksDB asks for memory.
        if is_said(&["has overflowed its stack"]) {
            return Err(Failure::Depth);
        }
        if is_said(&["memory allocation of", "bad_alloc"]) {
            return Err(Failure::Memory(memory));
        }
        let signal = self.status.signal().map(|signal| format!("signal {signal}"));
        let last = words.lines().last().map(|line| line.trim_start_matches("alidade: ").to_owned());
        let died = signal.into_iter().chain(last).collect::<Vec<_>>().join(", ");
        Err(Failure::Died(died))
    }
}

/// What is wrong with the query, which a worker says as JSON in its last line; a panic may have spoken before it.
fn fault(words: &str) -> Failure {
    match serde_json::from_str(words.lines().last().unwrap_or_default()) {
        Ok(error) => Failure::Query(error),
        Err(_) => Failure::Died(words.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;
    use std::time::Duration;

    use index::sparql::QueryError;

    use super::{End, Failure};

    const ABORTED: i32 = 6;
    const KILLED: i32 = 9;

    #[track_caller]
    fn check(raw: i32, late: bool, words: &str, expected: &Result<bool, Failure>) {
        let end = End { status: ExitStatus::from_raw(raw), late, words: words.to_owned() };
        assert_eq!(end.judge(Duration::from_secs(7), 64 << 20), *expected);
    }

    #[test]
    fn exit_codes_are_the_worker_s_own_word() {
        check(0, false, "", &Ok(true));
        check(0, true, "", &Ok(true));
        check(1 << 8, false, "", &Ok(false));
        let update = serde_json::to_string(&QueryError::Update).unwrap() + "\n";
        check(2 << 8, false, &update, &Err(Failure::Query(QueryError::Update)));
        let order = serde_json::to_string(&QueryError::Order).unwrap();
        let order = format!("thread 'query' panicked\nno total order\n{order}\n");
        check(2 << 8, false, &order, &Err(Failure::Query(QueryError::Order)));
        check(2 << 8, false, "no such flag\n", &Err(Failure::Died("no such flag".to_owned())));
        check(4 << 8, false, "alidade: gone\n", &Err(Failure::Store("gone".to_owned())));
    }

    #[test]
    fn each_death_has_its_reason() {
        check(KILLED, true, "", &Err(Failure::Time(Duration::from_secs(7))));
        check(KILLED, false, "", &Err(Failure::Died("signal 9".to_owned())));
        let overflow = "\nthread 'query' (7) has overflowed its stack\nfatal runtime error";
        check(ABORTED, false, overflow, &Err(Failure::Depth));
        let allocation = "memory allocation of 1000 bytes failed\n";
        check(ABORTED, false, allocation, &Err(Failure::Memory(64 << 20)));
        let in_store = "terminate called after throwing an instance of 'std::bad_alloc'\n";
        check(ABORTED, false, in_store, &Err(Failure::Memory(64 << 20)));
        let other = "one thing\nalidade: and another\n";
        check(3 << 8, false, other, &Err(Failure::Died("and another".to_owned())));
    }
}
