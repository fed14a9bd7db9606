//! What the queries of strangers may take, out of the table `[sparql]`.

use std::time::Duration;

use crate::config::key::Key;
use crate::config::raw::Raw;
use crate::config::sheet::Sheet;
use crate::sparql::Limits;

/// The seconds that a query may take.
const TIME_LIMITS: std::ops::RangeInclusive<u64> = 1..=60;

/// The least memory with which a worker starts and answers anything.
const LEAST_MEMORY: u64 = 64 << 20;

/// Reads the limits, each of which has a value that is built in.
pub(super) fn sparql(sheet: &mut Sheet) -> Limits {
    let table = Key::of(&["sparql"]);
    let built_in = Limits::default();
    let shown = |limit: &Duration| humantime::format_duration(*limit).to_string().into();
    let key = table.child("time_limit");
    let time_limit = sheet.value(&key, built_in.time_limit, time_limit, shown);
    let mut number = |name, built_in, least| sheet.number(&table.child(name), built_in, least);
    Limits {
        time_limit,
        memory: number("memory", built_in.memory, LEAST_MEMORY),
        rows: number("rows", built_in.rows, 1),
        bytes: number("bytes", built_in.bytes, 1_024),
        at_once: number("at_once", built_in.at_once, 1),
        queue: number("queue", built_in.queue, 0),
    }
}

fn time_limit(raw: &Raw) -> Result<Duration, String> {
    let limit = raw.duration()?;
    let is_whole = limit.subsec_nanos() == 0 && TIME_LIMITS.contains(&limit.as_secs());
    if is_whole { Ok(limit) } else { Err(raw.complain("between one second and one minute")) }
}
