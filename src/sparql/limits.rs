//! How much of this machine the queries of strangers may take.

use std::time::Duration;

use index::sparql::Bounds;

/// What one query may take, and how many may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    /// How long a query may run, and how long it may wait for its turn before.
    pub time_limit: Duration,
    /// The bytes of memory for one query.
    pub memory: u64,
    /// The rows or triples of one answer.
    pub rows: u64,
    /// The bytes of one answer.
    pub bytes: u64,
    /// How many queries run at once.
    pub at_once: u64,
    /// How many wait for their turn.
    pub queue: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time_limit: Duration::from_secs(5),
            memory: 1_536 << 20,
            rows: 10_000,
            bytes: 10 << 20,
            at_once: 2,
            queue: 8,
        }
    }
}

impl Limits {
    /// The bytes that the text of a query may have: on the stack of a worker no query of this length overflows.
    pub(crate) const TEXT: usize = 16 << 10;

    /// How much one query may be.
    pub(crate) fn bounds(&self) -> Bounds {
        Bounds {
            depth: 64,
            triple_patterns: 100,
            optionals: 20,
            unions: 50,
            cells: 1_000,
            steps: 20,
            rows: self.rows,
        }
    }
}
