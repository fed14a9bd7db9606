//! Two callers at once, as many as the machine has hands for.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many ask at the same time.
const N_CALLERS: usize = 2;

/// Every so often somebody who waits is told how far it is.
const TELL_EVERY: usize = 500;

/// Does something with each of many things; gives the results in the order of the things.
pub(crate) fn each<T: Sync, R: Send>(
    what: &str,
    things: &[T],
    task: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<Option<R>>> = Mutex::new(things.iter().map(|_| None).collect());
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(thing) = things.get(at) else { return };
            let result = task(thing);
            results.lock().unwrap()[at] = Some(result);
            if at > 0 && at.is_multiple_of(TELL_EVERY) {
                eprintln!("  {what}: {at} of {}", things.len());
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..N_CALLERS {
            scope.spawn(work);
        }
    });
    results.into_inner().unwrap().into_iter().map(Option::unwrap).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_stand_in_the_order_of_the_things() {
        let things: Vec<usize> = (0..1_000).collect();
        assert_eq!(each("test", &things, |n| n * 2), (0..2_000).step_by(2).collect::<Vec<_>>());
        assert!(each("test", &[], |n: &usize| *n).is_empty());
    }
}
