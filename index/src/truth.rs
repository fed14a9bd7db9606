//! What was fetched, written in one order: body, ledger, and only then the word that it is kept.
//!
//! [`Truth`] is the writer's side of a data directory. Bodies and entries are gathered into groups; a group's bodies are
//! synced together and renamed into place before its entries are appended with one sync. A crash at any step leaves a
//! directory that opens again, with every acknowledged entry and its body. A body without an entry is the worst it leaves;
//! it is never shown, and the next fetch of the same bytes finds it there.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::blobs::Blobs;
use crate::digest::Digest;
use crate::durable;
use crate::error::IndexError;
use crate::fold::Fold;
use crate::incoming::{BodyWriter, Incoming, Received};
use crate::ledger::{Entry, Ledger, NewEntry, Op, SEGMENT_LEN};
use crate::lock::WriterLock;

/// The layout of the data directory that this program writes.
const LAYOUT: &str = "1";

/// The measures of a [`Truth`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TruthConfig {
    /// The most bytes a body may have before compression.
    pub max_body: u64,
    /// The entry that the ledger must reach, because a generation was made of it: what ends before was not torn off by a
    /// crash.
    pub at_least: u64,
    /// A group of this many entries is committed.
    pub group_entries: usize,
    /// A group whose first entry is this old is committed with the next.
    pub group_age: Duration,
    /// A ledger segment this long gets no further entries.
    pub segment_len: u64,
}

impl Default for TruthConfig {
    fn default() -> Self {
        let max_body = 64 << 20;
        Self {
            max_body,
            at_least: 0,
            group_entries: 1_000,
            group_age: Duration::from_secs(1),
            segment_len: SEGMENT_LEN,
        }
    }
}

/// The bodies and the ledger of a data directory, open for writing.
#[derive(Debug)]
pub struct Truth {
    config: TruthConfig,
    incoming: Incoming,
    blobs: Blobs,
    ledger: Ledger,
    fold: Fold,
    group: Vec<Pending>,
    begun: Option<Instant>,
    /// Given up last.
    _lock: WriterLock,
}

#[derive(Debug)]
struct Pending {
    entry: NewEntry,
    body: Option<Received>,
}

impl Truth {
    /// Opens a data directory for writing, and creates it where there is none.
    ///
    /// Cuts off a torn ledger tail, wipes what was still coming in, and finishes a purge that a crash cut short.
    ///
    /// # Errors
    /// [`IndexError::Locked`] beside another writer, [`IndexError::Version`] on a directory of another layout, and
    /// [`IndexError::Ledger`] where the ledger is damaged.
    pub fn open(data: &Path, config: TruthConfig) -> Result<Self, IndexError> {
        durable::create_dir(data)?;
        let lock = WriterLock::take(&data.join("writer.lock"))?;
        check_layout(&data.join("layout"))?;
        check_reach(&data.join("ledger"), config.at_least)?;
        let incoming = Incoming::open(&data.join("incoming"), config.max_body)?;
        let blobs = Blobs::open(&data.join("blobs"))?;
        let mut fold = Fold::default();
        let ledger = Ledger::open_with(&data.join("ledger"), config.segment_len, |entry| {
            fold.apply(&entry);
        })?;
        let truth = Self {
            config,
            incoming,
            blobs,
            ledger,
            fold,
            group: Vec::new(),
            begun: None,
            _lock: lock,
        };
        truth.purge()?;
        Ok(truth)
    }

    /// Begins to take in a body.
    pub fn receive(&self) -> Result<BodyWriter, IndexError> {
        self.incoming.body()
    }

    /// Where bodies are taken in; a copy may be sent to other threads.
    pub fn incoming(&self) -> &Incoming {
        &self.incoming
    }

    /// Adds a body and its entry to the group, and commits the group when it is full or old.
    ///
    /// Returns the entries that are now acknowledged: those of the whole group, or none yet.
    pub fn keep(&mut self, body: Received, entry: NewEntry) -> Result<Vec<Entry>, IndexError> {
        let entry = NewEntry { digest: Some(body.digest()), len: Some(body.len()), ..entry };
        self.add(Pending { entry, body: Some(body) })
    }

    /// Adds an entry that has no body of its own: a tombstone, a redaction, a hold, an acceptance.
    ///
    /// Returns the entries that are now acknowledged.
    pub fn note(&mut self, entry: NewEntry) -> Result<Vec<Entry>, IndexError> {
        self.add(Pending { entry, body: None })
    }

    /// Makes the group durable, bodies first, and returns its entries: they are acknowledged.
    ///
    /// # Errors
    /// [`IndexError`]; the group then waits for the next commit, and nothing of it is acknowledged.
    pub fn commit(&mut self) -> Result<Vec<Entry>, IndexError> {
        if self.group.is_empty() {
            return Ok(Vec::new());
        }
        self.blobs
            .keep(&self.incoming, self.group.iter().filter_map(|pending| pending.body.as_ref()))?;
        let entries = self.group.iter().map(|pending| pending.entry.clone()).collect();
        let appended = self.ledger.append(entries)?;
        for entry in &appended {
            self.fold.apply(entry);
        }
        self.group.clear();
        self.begun = None;
        Ok(appended)
    }

    /// Whether the group is full or old; a caller that has nothing to keep asks this from time to time.
    pub fn is_due(&self) -> bool {
        let is_old = self.begun.is_some_and(|begun| begun.elapsed() >= self.config.group_age);
        is_old || self.group.len() >= self.config.group_entries
    }

    /// Deletes every body that a committed redaction asks to be gone, and names them.
    pub fn purge(&self) -> Result<Vec<Digest>, IndexError> {
        let mut removed = Vec::new();
        for digest in self.fold.must_be_gone() {
            if self.blobs.remove(digest)? {
                removed.push(digest);
            }
        }
        Ok(removed)
    }

    /// Whether a fetched body is the one that the record has already, in the ledger or in the group.
    pub fn unchanged(&self, source: &str, record: &str, digest: Digest) -> bool {
        let is_record =
            |pending: &&Pending| pending.entry.source == source && pending.entry.record == record;
        match self.group.iter().rfind(is_record) {
            Some(pending) => pending.entry.op == Op::Upsert && pending.entry.digest == Some(digest),
            None => self.fold.unchanged(source, record, digest),
        }
    }

    /// What was said last of a record, in the ledger or in the group; `None` where nothing ever was.
    pub fn last_op(&self, source: &str, record: &str) -> Option<Op> {
        let waiting = self.waiting(source).rfind(|entry| entry.record == record);
        let committed = || self.fold.latest(source, record).map(|version| version.op);
        waiting.map(|entry| entry.op).or_else(committed)
    }

    /// Whether something that was said of a record waits in the group; its body cannot be read yet.
    pub fn is_waiting(&self, source: &str, record: &str) -> bool {
        self.waiting(source).any(|entry| entry.record == record)
    }

    /// Whether it was ever said of a record that it has this body, or, without one, that it is gone.
    pub fn was_said(&self, source: &str, record: &str, digest: Option<Digest>) -> bool {
        let op = if digest.is_some() { Op::Upsert } else { Op::Tombstone };
        let committed = self.fold.versions(source, record).iter();
        let waiting = self.waiting(source).filter(|entry| entry.record == record);
        committed.map(|version| (version.op, version.digest)).any(|said| said == (op, digest))
            || waiting.map(|entry| (entry.op, entry.digest)).any(|said| said == (op, digest))
    }

    /// The address of the last entry about each record of a source, in the ledger or in the group.
    ///
    /// Reads the whole ledger. Records of which only one thing was ever said, and is committed, are left out.
    pub fn addresses(&self, source: &str) -> Result<BTreeMap<String, String>, IndexError> {
        let mut addresses = BTreeMap::new();
        for entry in self.ledger.entries(1)? {
            let Entry { source: of, record, url, .. } = entry?;
            if of == source && self.fold.versions(source, &record).len() > 1 {
                addresses.insert(record, url.unwrap_or_default());
            }
        }
        let waiting = self.waiting(source);
        addresses.extend(
            waiting.map(|entry| (entry.record.clone(), entry.url.clone().unwrap_or_default())),
        );
        Ok(addresses)
    }

    /// What the committed entries come to.
    pub fn fold(&self) -> &Fold {
        &self.fold
    }

    /// The kept bodies.
    pub fn blobs(&self) -> &Blobs {
        &self.blobs
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The entries of a source that wait in the group.
    fn waiting(&self, source: &str) -> impl DoubleEndedIterator<Item = &NewEntry> {
        let entries = self.group.iter().map(|pending| &pending.entry);
        entries.filter(move |entry| entry.source == source)
    }

    fn add(&mut self, pending: Pending) -> Result<Vec<Entry>, IndexError> {
        self.begun.get_or_insert_with(Instant::now);
        self.group.push(pending);
        if self.is_due() { self.commit() } else { Ok(Vec::new()) }
    }
}

/// Refuses a ledger that ends before an entry which was acknowledged and shown; nothing of it may be cut off.
fn check_reach(ledger: &Path, at_least: u64) -> Result<(), IndexError> {
    if at_least == 0 {
        return Ok(());
    }
    let found = Ledger::read(ledger)?.last_seq();
    if found < at_least {
        return Err(IndexError::LedgerShort { path: ledger.to_owned(), found, wanted: at_least });
    }
    Ok(())
}

/// Refuses a directory of another layout; marks one that has no mark yet.
fn check_layout(path: &Path) -> Result<(), IndexError> {
    match fs::read_to_string(path) {
        Ok(found) if found.trim_end() == LAYOUT => Ok(()),
        Ok(found) => Err(IndexError::Version {
            found: found.trim_end().to_owned(),
            wanted: LAYOUT.to_owned(),
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            durable::write_atomically(path, format!("{LAYOUT}\n").as_bytes())
        }
        Err(source) => Err(IndexError::Io { path: path.to_owned(), source }),
    }
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::ffi::OsStr;
    use std::fs::{self, OpenOptions};
    use std::io::Write;
    use std::os::unix::process::ExitStatusExt;
    use std::path::Path;
    use std::process::{Command, ExitStatus};
    use std::time::Duration;

    use time::OffsetDateTime;

    use super::{Truth, TruthConfig};
    use crate::blobs::{BlobReader, Blobs};
    use crate::crash;
    use crate::digest::Digest;
    use crate::error::IndexError;
    use crate::incoming::{BodyWriter, Received};
    use crate::ledger::{Entry, Ledger, NewEntry, Op};

    const NEVER: Duration = Duration::from_hours(1);

    fn config(group_entries: usize) -> TruthConfig {
        TruthConfig { group_entries, group_age: NEVER, ..TruthConfig::default() }
    }

    fn receive(truth: &Truth, body: &[u8]) -> Received {
        let mut writer = truth.receive().unwrap();
        writer.write_all(body).unwrap();
        writer.finish().unwrap()
    }

    fn entry(op: Op, record: &str) -> NewEntry {
        NewEntry::new(op, "s", record, OffsetDateTime::UNIX_EPOCH)
    }

    fn keep(truth: &mut Truth, record: &str, body: &str) -> Vec<Entry> {
        let received = receive(truth, body.as_bytes());
        truth.keep(received, entry(Op::Upsert, record)).unwrap()
    }

    fn n_files(dir: &Path) -> usize {
        fs::read_dir(dir).unwrap().count()
    }

    #[test]
    fn a_writer_and_its_bodies_may_change_threads() {
        fn check<T: Send + 'static>() {}
        check::<Truth>();
        check::<BodyWriter>();
        check::<Received>();
        check::<BlobReader>();
    }

    #[test]
    fn nothing_is_acknowledged_before_the_group_is_full() {
        let dir = tempfile::tempdir().unwrap();
        let mut truth = Truth::open(dir.path(), config(3)).unwrap();
        assert!(keep(&mut truth, "a", "1").is_empty() && keep(&mut truth, "b", "2").is_empty());
        assert_eq!(
            (
                truth.ledger().last_seq(),
                truth.blobs().digests().unwrap().count(),
                truth.fold().latest("s", "a")
            ),
            (0, 0, None)
        );
        let acknowledged = keep(&mut truth, "c", "3");
        assert_eq!(
            acknowledged.iter().map(|entry| (entry.seq, entry.record.as_str())).collect::<Vec<_>>(),
            [(1, "a"), (2, "b"), (3, "c")]
        );
        for entry in &acknowledged {
            let body = truth.blobs().read(entry.digest.unwrap(), 10).unwrap().unwrap();
            assert_eq!(entry.len, Some(u64::try_from(body.len()).unwrap()));
        }
        assert!(truth.commit().unwrap().is_empty());
    }

    #[test]
    fn an_old_group_is_committed_with_the_next_entry() {
        let dir = tempfile::tempdir().unwrap();
        let mut truth =
            Truth::open(dir.path(), TruthConfig { group_age: Duration::ZERO, ..config(100) })
                .unwrap();
        assert!(!truth.is_due());
        assert_eq!(keep(&mut truth, "a", "1").len(), 1);
        assert_eq!(truth.note(entry(Op::Tombstone, "a")).unwrap().len(), 1);
        assert!(!truth.is_due());
    }

    #[test]
    fn a_group_of_a_thousand_is_kept_whole() {
        let dir = tempfile::tempdir().unwrap();
        let mut truth = Truth::open(dir.path(), config(1_000)).unwrap();
        let acknowledged: Vec<Entry> = (0..1_000)
            .flat_map(|n| keep(&mut truth, &format!("r{n}"), &format!("body {n}")))
            .collect();
        assert_eq!(acknowledged.len(), 1_000);
        assert!(
            truth
                .blobs()
                .digests()
                .unwrap()
                .all(|digest| truth.blobs().verify(digest.unwrap()).unwrap())
        );
        let again = {
            drop(truth);
            Truth::open(dir.path(), config(1)).unwrap()
        };
        assert!(again.unchanged("s", "r999", Digest::of(b"body 999")));
        assert_eq!(again.fold().records("s").count(), 1_000);
    }

    #[test]
    fn a_second_writer_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let truth = Truth::open(dir.path(), config(1)).unwrap();
        assert!(matches!(Truth::open(dir.path(), config(1)), Err(IndexError::Locked { .. })));
        drop(truth);
        Truth::open(dir.path(), config(1)).unwrap();
    }

    #[test]
    fn a_directory_of_another_layout_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("layout"), "2\n").unwrap();
        let error = Truth::open(dir.path(), config(1)).unwrap_err();
        assert_eq!(error.to_string(), "data directory has layout `2`, this program needs `1`");
    }

    #[test]
    fn a_body_that_waits_in_the_group_counts_as_had() {
        let dir = tempfile::tempdir().unwrap();
        let mut truth = Truth::open(dir.path(), config(100)).unwrap();
        keep(&mut truth, "a", "1");
        assert!(
            truth.unchanged("s", "a", Digest::of(b"1"))
                && !truth.unchanged("s", "b", Digest::of(b"1"))
        );
        truth.note(entry(Op::Tombstone, "a")).unwrap();
        assert!(!truth.unchanged("s", "a", Digest::of(b"1")));
    }

    #[test]
    fn what_was_said_of_a_record_is_known_before_it_is_committed_and_after() {
        let dir = tempfile::tempdir().unwrap();
        let mut truth = Truth::open(dir.path(), config(100)).unwrap();
        let note = |truth: &mut Truth, op: Op, record: &str, url: &str| {
            truth.note(NewEntry { url: Some(url.to_owned()), ..entry(op, record) }).unwrap();
        };
        keep(&mut truth, "a", "1");
        note(&mut truth, Op::Tombstone, "a", "file:///2");
        keep(&mut truth, "b", "1");
        let check = |truth: &Truth| {
            let last = |record| truth.last_op("s", record);
            assert_eq!(last("a"), Some(Op::Tombstone));
            assert_eq!(
                (last("b"), last("c"), truth.last_op("t", "a")),
                (Some(Op::Upsert), None, None)
            );
            let one = Some(Digest::of(b"1"));
            assert!(truth.was_said("s", "a", one) && truth.was_said("s", "a", None));
            assert!(
                !truth.was_said("s", "a", Some(Digest::of(b"2")))
                    && !truth.was_said("s", "b", None)
            );
            assert!(!truth.was_said("t", "a", None));
            assert_eq!(truth.addresses("s").unwrap()["a"], "file:///2");
            assert!(truth.addresses("t").unwrap().is_empty());
        };
        check(&truth);
        truth.commit().unwrap();
        check(&truth);
        note(&mut truth, Op::Redact, "a", "");
        truth.commit().unwrap();
        assert!(!truth.was_said("s", "a", None), "a redaction is the first thing said");
        assert_eq!(truth.last_op("s", "a"), Some(Op::Redact));
    }

    #[test]
    fn a_group_that_cannot_be_committed_waits_for_the_next_commit() {
        let dir = tempfile::tempdir().unwrap();
        let mut truth = Truth::open(dir.path(), config(100)).unwrap();
        keep(&mut truth, "a", "1");
        keep(&mut truth, "b", "2");
        let (blobs, aside) = (dir.path().join("blobs"), dir.path().join("aside"));
        fs::rename(&blobs, &aside).unwrap();
        fs::write(&blobs, b"in the way").unwrap();
        assert!(truth.commit().is_err());
        assert_eq!(truth.ledger().last_seq(), 0);
        fs::remove_file(&blobs).unwrap();
        fs::rename(&aside, &blobs).unwrap();
        assert_eq!(truth.commit().unwrap().len(), 2);
        assert!(
            truth.blobs().verify(Digest::of(b"1")).unwrap()
                && truth.blobs().verify(Digest::of(b"2")).unwrap()
        );
    }

    #[test]
    fn a_group_that_is_dropped_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut truth = Truth::open(dir.path(), config(100)).unwrap();
        keep(&mut truth, "a", "1");
        drop(truth);
        assert_eq!(
            (n_files(&dir.path().join("incoming")), n_files(&dir.path().join("blobs"))),
            (0, 0)
        );
        assert_eq!(Truth::open(dir.path(), config(1)).unwrap().ledger().last_seq(), 0);
    }

    #[test]
    fn a_redacted_body_is_deleted_and_stays_so() {
        let dir = tempfile::tempdir().unwrap();
        let mut truth = Truth::open(dir.path(), config(1)).unwrap();
        keep(&mut truth, "a", "1");
        keep(&mut truth, "b", "shared");
        keep(&mut truth, "a", "shared");
        truth.note(entry(Op::Redact, "a")).unwrap();
        assert_eq!(truth.purge().unwrap(), [Digest::of(b"1")]);
        assert!(
            !truth.blobs().contains(Digest::of(b"1"))
                && truth.blobs().contains(Digest::of(b"shared"))
        );
        drop(truth);
        // A crash before the purge had come to the body.
        let blobs = Blobs::open(&dir.path().join("blobs")).unwrap();
        fs::write(
            dir.path().join("blobs").join("6b").join(format!("{}.zst", Digest::of(b"1"))),
            b"left",
        )
        .unwrap();
        assert!(blobs.contains(Digest::of(b"1")));
        drop(Truth::open(dir.path(), config(1)).unwrap());
        assert!(!blobs.contains(Digest::of(b"1")));
    }

    // ---- Crashes: this test program runs itself, and the child is killed at one place after another.

    const DIR: &str = "ALIDADE_TEST_CRASH_DIR";
    const N_STEPS: u64 = 14;

    /// One step of the child's work is one entry, so that the ledger's length says where to go on.
    fn step(truth: &mut Truth, number: u64) -> Vec<Entry> {
        let record = format!("r{}", number % 5);
        match number {
            8 => truth.note(entry(Op::Redact, "r1")).unwrap(),
            10 => truth.note(entry(Op::Tombstone, "r2")).unwrap(),
            // Steps 4 and 5 bring the same body to different records.
            _ => keep(truth, &record, &format!("body {}", if number == 5 { 4 } else { number })),
        }
    }

    fn work(data: &Path, mut acknowledge: impl FnMut(&Entry)) {
        let mut truth = Truth::open(data, TruthConfig { segment_len: 1_000, ..config(4) }).unwrap();
        let begin = truth.ledger().last_seq();
        for number in begin..N_STEPS {
            step(&mut truth, number).iter().for_each(&mut acknowledge);
        }
        truth.commit().unwrap().iter().for_each(&mut acknowledge);
        truth.purge().unwrap();
    }

    #[test]
    fn the_child_works_until_it_is_killed() {
        let Some(dir) = env::var_os(DIR) else { return };
        let mut acknowledged = OpenOptions::new()
            .create(true)
            .append(true)
            .open(Path::new(&dir).join("acknowledged"))
            .unwrap();
        work(&Path::new(&dir).join("data"), |entry| {
            let line = serde_json::to_string(entry).unwrap() + "\n";
            acknowledged.write_all(line.as_bytes()).unwrap();
        });
    }

    fn run_child(dir: &Path, crash_at: &str) -> ExitStatus {
        let module = module_path!().split_once("::").unwrap().1;
        Command::new(env::current_exe().unwrap())
            .args([
                "--exact",
                &format!("{module}::the_child_works_until_it_is_killed"),
                "--test-threads=1",
                "--quiet",
            ])
            .env(DIR, dir)
            .env("ALIDADE_CRASH_AT", crash_at)
            .stdout(std::process::Stdio::null())
            .status()
            .unwrap()
    }

    /// Opens what the crash left, and checks every promise; gives the entries.
    #[track_caller]
    fn check_promises(dir: &Path, place: &str) -> Vec<Entry> {
        let data = dir.join("data");
        let seen_before_repair: Vec<Entry> = match Ledger::read(&data.join("ledger")) {
            Ok(ledger) => ledger.entries(1).unwrap().collect::<Result<_, _>>().unwrap(),
            Err(_) => Vec::new(),
        };
        let truth = Truth::open(&data, config(4)).unwrap();
        let entries: Vec<Entry> =
            truth.ledger().entries(1).unwrap().collect::<Result<_, _>>().unwrap();
        assert_eq!(entries, seen_before_repair, "{place}");
        let acknowledged = fs::read_to_string(dir.join("acknowledged")).unwrap_or_default();
        for line in acknowledged.lines() {
            let entry: Entry = serde_json::from_str(line).unwrap();
            assert!(entries.contains(&entry), "{place}: lost {line}");
        }
        let gone = truth.fold().must_be_gone();
        for digest in entries.iter().filter_map(|entry| entry.digest) {
            assert_eq!(
                truth.blobs().verify(digest).unwrap(),
                !gone.contains(&digest),
                "{place}: {digest}"
            );
        }
        assert_eq!(n_files(&data.join("incoming")), 0);
        let (fold, head) = (truth.fold().clone(), truth.ledger().head_hash());
        drop(truth);
        let again = Truth::open(&data, config(4)).unwrap();
        assert_eq!(
            (again.fold(), again.ledger().head_hash()),
            (&fold, head),
            "{place}: recovery twice is recovery once"
        );
        entries
    }

    /// What a ledger says, without how its entries were grouped and so chained.
    fn gist(entries: &[Entry]) -> Vec<Entry> {
        let ungrouped = |entry: &Entry| Entry { group: 0, previous: Digest::ZERO, ..entry.clone() };
        entries.iter().map(ungrouped).collect()
    }

    #[test]
    fn a_writer_killed_at_any_place_keeps_every_promise() {
        let whole = tempfile::tempdir().unwrap();
        assert!(run_child(whole.path(), "").success());
        let expected = check_promises(whole.path(), "no crash");
        assert_eq!(expected.len(), usize::try_from(N_STEPS).unwrap());
        let beyond = ["graph.", "text.", "publish."];
        let of_truth = |point: &&&str| !beyond.iter().any(|view| point.starts_with(view));
        for point in crash::POINTS.iter().filter(of_truth) {
            for passage in 1..=3 {
                let dir = tempfile::tempdir().unwrap();
                let place = format!("{point}:{passage}");
                let status = run_child(dir.path(), &place);
                if status.success() {
                    assert!(passage > 1, "`{point}` is never passed");
                    break;
                }
                assert_eq!(status.signal(), Some(9), "{place}");
                check_promises(dir.path(), &place);
                work(&dir.path().join("data"), |_| {});
                assert_eq!(gist(&check_promises(dir.path(), &place)), gist(&expected), "{place}");
            }
        }
    }

    #[test]
    fn a_crash_test_that_looks_away_would_see_nothing() {
        // The null control: an acknowledged entry that is taken back is noticed.
        let dir = tempfile::tempdir().unwrap();
        assert!(run_child(dir.path(), "").success());
        let mut segments: Vec<_> = fs::read_dir(dir.path().join("data/ledger"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        segments.sort();
        let last = segments.iter().rfind(|path| fs::metadata(path).unwrap().len() > 0).unwrap();
        assert_eq!(last.extension(), Some(OsStr::new("log")));
        let file = OpenOptions::new().write(true).open(last).unwrap();
        file.set_len(fs::metadata(last).unwrap().len() - 1).unwrap();
        assert!(std::panic::catch_unwind(|| check_promises(dir.path(), "cut")).is_err());
    }
}
