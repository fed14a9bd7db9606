//! Named places at which a crash test kills the process.
//!
//! Every step between a body and its acknowledgement has a name. With the cargo feature `crash-points` (and in this
//! crate's own tests) the environment variable `ALIDADE_CRASH_AT=name:k` makes the `k`-th passage of that place send the
//! process SIGKILL, so that a test can stop a writer at every step in turn. Without the feature nothing of this is compiled.

/// Every named place, in the order in which a commit passes them.
pub const POINTS: &[&str] = &[
    "blob.before_sync",
    "blob.after_sync",
    "blob.before_rename",
    "blob.after_rename",
    "blob.before_dir_sync",
    "blob.after_dir_sync",
    "ledger.before_segment",
    "ledger.segment_created",
    "ledger.after_segment",
    "ledger.before_write",
    "ledger.half_written",
    "ledger.after_write",
    "ledger.after_sync",
    "graph.before_record",
    "graph.after_removal",
    "graph.before_commit",
    "graph.after_commit",
    "graph.after_record",
    "text.before_record",
    "text.after_removal",
    "text.after_record",
    "graph.before_flush",
    "graph.after_flush",
    "graph.after_watermark",
    "text.before_prepare",
    "text.before_commit",
    "text.after_commit",
    "text.after_sync",
    "publish.before_begin",
    "publish.after_begin",
    "publish.after_graph",
    "publish.after_text",
    "publish.before_manifest",
    "publish.before_rename",
    "publish.before_current",
    "publish.after_current",
    "publish.before_prune",
    "purge.before_remove",
    "purge.after_remove",
    "file.before_rename",
    "file.after_rename",
];

/// Passes a named place, and ends there when the environment says so.
#[inline]
pub fn point(name: &str) {
    if fires(name) {
        die();
    }
}

#[cfg(not(any(test, feature = "crash-points")))]
mod fate {
    /// Never: the feature is off.
    #[inline]
    pub(crate) fn fires(_name: &str) -> bool {
        false
    }

    /// Does nothing: no place ever fires.
    #[inline]
    pub(crate) fn die() {}
}

#[cfg(any(test, feature = "crash-points"))]
mod fate {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};

    use rustix::process::{Signal, getpid, kill_process};

    /// Whether this passage of the place is the one the environment names; it counts as a passage.
    pub(crate) fn fires(name: &str) -> bool {
        static TARGET: OnceLock<Option<(String, u64)>> = OnceLock::new();
        static PASSAGES: AtomicU64 = AtomicU64::new(0);

        let target = TARGET.get_or_init(|| parse(&std::env::var("ALIDADE_CRASH_AT").ok()?));
        let Some((wanted, passage)) = target else { return false };
        name == wanted && PASSAGES.fetch_add(1, Ordering::Relaxed) + 1 == *passage
    }

    /// Ends the process as the kernel ends it: no destructor runs, no buffer is flushed.
    pub(crate) fn die() {
        while kill_process(getpid(), Signal::KILL).is_err() {}
        loop {
            std::thread::park();
        }
    }

    pub(super) fn parse(text: &str) -> Option<(String, u64)> {
        let (name, passage) = text.rsplit_once(':')?;
        Some((name.to_owned(), passage.parse().ok()?))
    }
}

pub(crate) use fate::{die, fires};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::POINTS;
    use super::fate::parse;

    fn names_in(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names_in(&path, names);
            } else {
                let source = fs::read_to_string(&path).unwrap();
                for call in ["point", "fires"].map(|function| format!("crash::{function}(\"")) {
                    names.extend(
                        source
                            .split(&call)
                            .skip(1)
                            .map(|rest| rest.split('"').next().unwrap().to_owned()),
                    );
                }
            }
        }
    }

    #[test]
    fn the_list_and_the_calls_agree() {
        let mut called = BTreeSet::new();
        names_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut called);
        let listed: BTreeSet<String> = POINTS.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(called, listed);
        assert_eq!(listed.len(), POINTS.len());
    }

    #[test]
    fn a_target_is_a_name_and_a_passage() {
        assert_eq!(parse("ledger.after_sync:3"), Some(("ledger.after_sync".to_owned(), 3)));
        assert_eq!(parse("ledger.after_sync"), None);
        assert_eq!(parse("ledger.after_sync:x"), None);
    }
}
