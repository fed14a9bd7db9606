//! Catches panics of code that is not ours, without their words on the standard error stream.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;
use std::thread;

/// The threads of sled begin so.
const THREADS: &str = "sled-";

thread_local! {
    /// Whether a panic of this thread is caught and told by whoever catches it.
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that may panic; gives the words of the panic where it does.
///
/// The hook that prints panics is asked once, at the first use in a process, to leave out those that are caught here, and those
/// of sled's own threads; all others are told as before.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panicked| {
            if !is_quiet() {
                before(panicked);
            }
        }));
    });
    let was_quiet = IS_QUIET.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    IS_QUIET.set(was_quiet);
    done.map_err(|payload| words(&*payload))
}

fn is_quiet() -> bool {
    let is_theirs = thread::current().name().is_some_and(|name| name.starts_with(THREADS));
    // A thread that is ending has no such word any more.
    is_theirs || IS_QUIET.try_with(Cell::get).unwrap_or(false)
}

fn words(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| payload.downcast_ref::<&str>().copied());
    text.unwrap_or("a panic without words").to_owned()
}

#[cfg(test)]
mod tests {
    use super::caught;

    #[test]
    fn a_panic_is_an_error_with_its_words() {
        assert_eq!(caught(|| 7), Ok(7));
        assert_eq!(caught(|| -> u8 { panic!("plain") }), Err("plain".to_owned()));
        let n = 3;
        assert_eq!(caught(|| -> u8 { panic!("number {n}") }), Err("number 3".to_owned()));
        assert_eq!(caught(|| 8), Ok(8));
    }
}
