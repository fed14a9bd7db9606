//! Hosts: every source that asks the same host waits for the same turn.

/// All hosts of a run.
#[derive(Debug, Default)]
pub struct Hosts {}
