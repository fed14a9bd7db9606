//! A task and its floor, measured in turns.

use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Throughput};

/// A task and the least that the same data costs; both say themselves how long they took.
pub(crate) struct Pair<'a> {
    /// The name of the task.
    pub name: &'a str,
    /// What a second is counted in, and how many of them one turn has.
    pub unit: (&'a str, f64),
    /// The task.
    pub ours: &'a mut dyn FnMut() -> Duration,
    /// The floor.
    pub floor: &'a mut dyn FnMut() -> Duration,
}

impl Pair<'_> {
    /// Runs both in turns as often as the group wants, and prints the ratio of their best turns: whatever else the machine
    /// does can only add to a time.
    pub(crate) fn measure(self, group: &mut BenchmarkGroup<'_, WallTime>) {
        let Self { name, unit, ours, floor } = self;
        let (mut of_ours, mut of_floor) = (Vec::new(), Vec::new());
        group.throughput(Throughput::Elements(unit.1 as u64));
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|n_turns| {
                let mut total = Duration::ZERO;
                for _ in 0..n_turns {
                    of_floor.push(floor());
                    of_ours.push(ours());
                    total += of_ours.last().copied().unwrap_or_default();
                }
                total
            });
        });
        // A filter on the command line may have left the task out.
        let (Some(ours), Some(floor)) = (best(&of_ours), best(&of_floor)) else { return };
        let (what, n) = unit;
        println!(
            "{name}: {:.0} {what}/s, floor {:.0} {what}/s, ratio {:.2}\n",
            n / ours.as_secs_f64(),
            n / floor.as_secs_f64(),
            ours.as_secs_f64() / floor.as_secs_f64()
        );
    }
}

/// The shortest of some times.
pub(crate) fn best(times: &[Duration]) -> Option<Duration> {
    times.iter().min().copied()
}

/// Says how long something takes; what it makes is dropped after the clock was read.
pub(crate) fn timed<T>(task: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    let made = std::hint::black_box(task());
    let took = begun.elapsed();
    drop(made);
    took
}
