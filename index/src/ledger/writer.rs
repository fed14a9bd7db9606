//! The one writer of the ledger.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::crash;
use crate::digest::Digest;
use crate::durable;
use crate::error::{IndexError, LedgerFault};
use crate::ledger::entries::{Entries, Torn};
use crate::ledger::entry::{Entry, NewEntry};
use crate::ledger::frame;
use crate::ledger::reader::LedgerReader;
use crate::ledger::segment::Segment;

/// A segment this long, in bytes, gets no further entries.
pub const SEGMENT_LEN: u64 = 64 << 20;

/// A ledger that is written. Its opener holds the writer lock.
#[derive(Debug)]
pub struct Ledger {
    dir: PathBuf,
    segment_len: u64,
    last_seq: u64,
    head: Digest,
    tail: Option<Tail>,
    /// A write failed in a way that could not be undone.
    is_closed: bool,
}

/// The segment that is written to.
#[derive(Debug)]
struct Tail {
    segment: Segment,
    file: File,
    len: u64,
}

impl Ledger {
    /// Opens a ledger for writing, and creates it where there is none.
    ///
    /// Reads and checks the whole chain; a torn tail is cut off with a warning.
    ///
    /// # Errors
    /// [`IndexError::Ledger`] where anything but the tail is damaged; nothing is changed then.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        Self::open_with(dir, SEGMENT_LEN, |_| {})
    }

    /// Opens a ledger like [`Ledger::open`], with another length of segments, and shows each entry to `visit`.
    pub fn open_with(
        dir: &Path,
        segment_len: u64,
        mut visit: impl FnMut(Entry),
    ) -> Result<Self, IndexError> {
        durable::create_dir(dir)?;
        let segments = Segment::list(dir)?;
        let last = segments.last().cloned();
        let mut entries = Entries::new(segments, 1);
        entries.by_ref().try_for_each(|entry| entry.map(&mut visit))?;
        if let Some(torn) = entries.torn() {
            cut_off(torn)?;
        }
        let tail = last.map(Tail::open).transpose()?;
        let (last_seq, head) = (entries.next_seq() - 1, entries.head().unwrap_or(Digest::ZERO));
        Ok(Self { dir: dir.to_owned(), segment_len, last_seq, head, tail, is_closed: false })
    }

    /// Opens a ledger for reading only.
    pub fn read(dir: &Path) -> Result<LedgerReader, IndexError> {
        LedgerReader::open(dir)
    }

    /// Appends entries with one write and one sync; when this returns, they are durable.
    ///
    /// # Errors
    /// [`IndexError`] when they are not. A write that failed and could be undone leaves the ledger as it was; after
    /// any other failure every further call fails too, and opening the ledger again tells what is in it.
    pub fn append(&mut self, entries: Vec<NewEntry>) -> Result<Vec<Entry>, IndexError> {
        if entries.is_empty() {
            return Ok(Vec::new());
        }
        self.make_room()?;
        let Some(tail) = &mut self.tail else { return Ok(Vec::new()) };
        if self.is_closed {
            return Err(tail.segment.fault(tail.len, LedgerFault::Closed));
        }
        let mut bytes = Vec::new();
        let (appended, head) = chain(entries, self.last_seq, self.head, &mut bytes)
            .map_err(|kind| tail.segment.fault(tail.len, kind))?;
        // Until the sync has succeeded nobody knows what is on the disk.
        self.is_closed = true;
        if let Err(source) = tail.write(&bytes) {
            self.is_closed = tail.undo().is_err();
            return Err(IndexError::Io { path: tail.segment.path.clone(), source });
        }
        tail.sync(bytes.len())?;
        self.is_closed = false;
        self.last_seq += u64::try_from(appended.len()).unwrap_or(u64::MAX);
        self.head = head;
        Ok(appended)
    }

    /// The entries from `from_seq` on.
    pub fn entries(&self, from_seq: u64) -> Result<Entries, IndexError> {
        Ok(Entries::new(Segment::list(&self.dir)?, from_seq))
    }

    /// The number of the last entry; 0 where there is none.
    pub fn last_seq(&self) -> u64 {
        self.last_seq
    }

    /// The hash of the last entry; zeros where there is none.
    pub fn head_hash(&self) -> Digest {
        self.head
    }

    /// Reads the whole chain and counts its entries.
    ///
    /// # Errors
    /// [`IndexError::Ledger`] at the first place that does not hold.
    pub fn verify(&self) -> Result<u64, IndexError> {
        self.entries(1)?.try_fold(0, |count, entry| entry.map(|_| count + 1))
    }

    /// Begins a new segment where there is none, or where the last one is full.
    fn make_room(&mut self) -> Result<(), IndexError> {
        if self.tail.as_ref().is_some_and(|tail| tail.len < self.segment_len) {
            return Ok(());
        }
        crash::point("ledger.before_segment");
        let segment = Segment::new(&self.dir, self.last_seq + 1);
        let tail = Tail::open(segment)?;
        crash::point("ledger.segment_created");
        durable::sync_dir(&self.dir)?;
        crash::point("ledger.after_segment");
        self.tail = Some(tail);
        Ok(())
    }
}

impl Tail {
    /// Opens a segment to append to, and makes sure that what it holds is durable: its writer may have died unsynced.
    fn open(segment: Segment) -> Result<Self, IndexError> {
        let path = &segment.path;
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .map_err(IndexError::io(path))?;
        file.sync_all().map_err(IndexError::io(path))?;
        let len = file.metadata().map_err(IndexError::io(path))?.len();
        Ok(Self { segment, file, len })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        crash::point("ledger.before_write");
        if crash::fires("ledger.half_written") {
            let (half, _) = bytes.split_at_checked(bytes.len() / 2).unwrap_or_default();
            self.file.write_all(half)?;
            crash::die();
        }
        self.file.write_all(bytes)?;
        crash::point("ledger.after_write");
        Ok(())
    }

    fn sync(&mut self, n_written: usize) -> Result<(), IndexError> {
        self.file.sync_data().map_err(IndexError::io(&self.segment.path))?;
        crash::point("ledger.after_sync");
        self.len += u64::try_from(n_written).unwrap_or(u64::MAX);
        Ok(())
    }

    /// Takes back what a failed write left.
    fn undo(&mut self) -> io::Result<()> {
        self.file.set_len(self.len)?;
        self.file.sync_all()
    }
}

/// Gives each entry its place after entry `last_seq`, and frames them all.
fn chain(
    entries: Vec<NewEntry>,
    last_seq: u64,
    head: Digest,
    bytes: &mut Vec<u8>,
) -> Result<(Vec<Entry>, Digest), LedgerFault> {
    let group = last_seq + 1;
    let (mut appended, mut previous) = (Vec::with_capacity(entries.len()), head);
    for (entry, seq) in entries.into_iter().zip(group..) {
        let entry = entry.chained(seq, group, previous);
        let json = serde_json::to_vec(&entry).map_err(LedgerFault::Entry)?;
        frame::encode(&json, bytes)?;
        previous = Digest::of(&json);
        appended.push(entry);
    }
    Ok((appended, previous))
}

fn cut_off(torn: &Torn) -> Result<(), IndexError> {
    let path = &torn.segment.path;
    tracing::warn!(path = %path.display(), at = torn.at, "cutting off the torn tail of `{}`", path.display());
    let file = OpenOptions::new().write(true).open(path).map_err(IndexError::io(path))?;
    file.set_len(torn.at).and_then(|()| file.sync_all()).map_err(IndexError::io(path))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;
    use time::OffsetDateTime;

    use super::{Ledger, SEGMENT_LEN};
    use crate::digest::Digest;
    use crate::error::{IndexError, LedgerFault};
    use crate::ledger::entry::{Entry, NewEntry, Op, Validators};

    fn upsert(record: &str) -> NewEntry {
        let body = Digest::of(record.as_bytes());
        NewEntry {
            digest: Some(body),
            len: Some(1),
            ..NewEntry::new(Op::Upsert, "s", record, OffsetDateTime::UNIX_EPOCH)
        }
    }

    fn open_small(dir: &Path, segment_len: u64) -> Result<Ledger, IndexError> {
        Ledger::open_with(dir, segment_len, |_| {})
    }

    /// Writes three groups, of two, one and three entries, and gives the entries.
    fn three_groups(dir: &Path, segment_len: u64) -> Vec<Entry> {
        let mut ledger = open_small(dir, segment_len).unwrap();
        [&["a", "b"][..], &["c"], &["d", "e", "f"]]
            .iter()
            .flat_map(|group| {
                ledger.append(group.iter().map(|record| upsert(record)).collect()).unwrap()
            })
            .collect()
    }

    fn read_all(dir: &Path) -> Result<Vec<Entry>, IndexError> {
        Ledger::read(dir)?.entries(1)?.collect()
    }

    fn segment(dir: &Path, first: u64) -> PathBuf {
        dir.join(format!("{first:020}.log"))
    }

    /// Where each entry of a segment begins, and where the last one ends.
    fn boundaries(bytes: &[u8]) -> Vec<usize> {
        let mut at = vec![0];
        while let Some(header) = bytes.get(*at.last().unwrap()..).filter(|rest| rest.len() >= 8) {
            at.push(
                at.last().unwrap()
                    + 8
                    + usize::try_from(u32::from_le_bytes(header[..4].try_into().unwrap())).unwrap(),
            );
        }
        at
    }

    #[test]
    fn what_is_appended_is_read_in_order_and_after_opening_again() {
        let dir = tempfile::tempdir().unwrap();
        let written = three_groups(dir.path(), SEGMENT_LEN);
        assert_eq!(
            written.iter().map(|entry| (entry.seq, entry.group)).collect::<Vec<_>>(),
            [(1, 1), (2, 1), (3, 3), (4, 4), (5, 4), (6, 4)]
        );
        assert_eq!(written[0].previous, Digest::ZERO);
        assert_eq!(read_all(dir.path()).unwrap(), written);
        let mut ledger = Ledger::open(dir.path()).unwrap();
        let reader = Ledger::read(dir.path()).unwrap();
        assert_eq!(
            (ledger.last_seq(), ledger.head_hash()),
            (reader.last_seq(), reader.head_hash())
        );
        assert_eq!(ledger.append(vec![upsert("g")]).unwrap()[0].previous, reader.head_hash());
        assert_eq!(ledger.verify().unwrap(), 7);
        assert_eq!(reader.verify().unwrap(), 7, "a reader sees what was appended since");
        for from in 0..9 {
            let seqs: Vec<u64> =
                ledger.entries(from).unwrap().map(|entry| entry.unwrap().seq).collect();
            assert_eq!(seqs, (from.max(1)..=7).collect::<Vec<_>>());
        }
    }

    #[test]
    fn an_empty_ledger_ends_at_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(dir.path()).unwrap();
        assert_eq!(
            (ledger.last_seq(), ledger.head_hash(), ledger.verify().unwrap()),
            (0, Digest::ZERO, 0)
        );
        assert!(ledger.append(Vec::new()).unwrap().is_empty());
        assert_eq!(Ledger::read(dir.path()).unwrap().last_seq(), 0);
        assert!(matches!(Ledger::read(&dir.path().join("none")), Err(IndexError::Io { .. })));
    }

    #[test]
    fn a_full_segment_is_followed_by_one_named_for_its_first_entry() {
        let dir = tempfile::tempdir().unwrap();
        let written = three_groups(dir.path(), 1);
        let names: Vec<_> = [1, 3, 4].map(|first| segment(dir.path(), first)).to_vec();
        assert!(names.iter().all(|name| name.is_file()));
        assert_eq!(read_all(dir.path()).unwrap(), written);
        for from in 1..=6 {
            let entries = Ledger::read(dir.path()).unwrap().entries(from).unwrap();
            assert_eq!(entries.map(|entry| entry.unwrap().seq).next(), Some(from));
        }
        // A crash may leave the next segment without an entry.
        fs::write(segment(dir.path(), 7), b"").unwrap();
        let reader = Ledger::read(dir.path()).unwrap();
        assert_eq!(reader.last_seq(), 6);
        let mut ledger = open_small(dir.path(), 1).unwrap();
        assert_eq!(ledger.append(vec![upsert("g")]).unwrap()[0].previous, reader.head_hash());
        assert_eq!(ledger.verify().unwrap(), 7);
    }

    #[test]
    fn a_ledger_cut_at_any_byte_opens_with_the_entries_before_the_cut() {
        let dir = tempfile::tempdir().unwrap();
        let written = three_groups(dir.path(), SEGMENT_LEN);
        let path = segment(dir.path(), 1);
        let whole = fs::read(&path).unwrap();
        let ends = boundaries(&whole);
        for cut in 0..whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let n_whole = ends.iter().filter(|&&end| end <= cut).count() - 1;
            let reader = Ledger::read(dir.path()).unwrap();
            assert_eq!(reader.last_seq(), u64::try_from(n_whole).unwrap());
            assert_eq!(
                reader.entries(1).unwrap().collect::<Result<Vec<_>, _>>().unwrap(),
                written[..n_whole],
                "cut at {cut}"
            );
            assert_eq!(
                fs::metadata(&path).unwrap().len(),
                u64::try_from(cut).unwrap(),
                "a reader writes nothing"
            );
            if cut % 7 == 0 || ends.contains(&cut) {
                let mut ledger = Ledger::open(dir.path()).unwrap();
                assert_eq!(ledger.last_seq(), u64::try_from(n_whole).unwrap());
                let appended = ledger.append(vec![upsert("new")]).unwrap();
                assert_eq!(Ledger::open(dir.path()).unwrap().verify().unwrap(), appended[0].seq);
            }
        }
    }

    #[test]
    fn a_tail_of_zeros_or_noise_is_cut_off() {
        let dir = tempfile::tempdir().unwrap();
        three_groups(dir.path(), SEGMENT_LEN);
        let path = segment(dir.path(), 1);
        let whole = fs::read(&path).unwrap();
        for tail in [
            vec![0; 4_096],
            vec![0xff; 100],
            b"{\"seq\":7".to_vec(),
            vec![1, 0, 0, 0, 0, 0, 0, 0, b'x'],
        ] {
            fs::write(&path, [whole.clone(), tail].concat()).unwrap();
            assert_eq!(Ledger::read(dir.path()).unwrap().last_seq(), 6);
            assert_eq!(Ledger::open(dir.path()).unwrap().verify().unwrap(), 6);
            assert_eq!(fs::read(&path).unwrap(), whole);
        }
    }

    #[test]
    fn no_flipped_bit_goes_unseen() {
        let dir = tempfile::tempdir().unwrap();
        let written = three_groups(dir.path(), SEGMENT_LEN);
        let path = segment(dir.path(), 1);
        let whole = fs::read(&path).unwrap();
        let ends = boundaries(&whole);
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1 << (at % 8);
            fs::write(&path, &damaged).unwrap();
            let place = u64::try_from(*ends.iter().rfind(|&&end| end <= at).unwrap()).unwrap();
            let in_last_group = at >= ends[3];
            match read_all(dir.path()) {
                Ok(read) => {
                    assert!(
                        in_last_group,
                        "byte {at}: an acknowledged group was taken for a torn tail"
                    );
                    assert_eq!(read, written[..read.len()]);
                    assert!(read.len() < written.len());
                }
                Err(IndexError::Ledger { at: found, .. }) => {
                    assert!(!in_last_group && found == place, "byte {at}");
                    assert!(Ledger::open(dir.path()).is_err());
                    assert_eq!(
                        fs::read(&path).unwrap(),
                        damaged,
                        "a damaged ledger is not touched"
                    );
                }
                Err(other) => panic!("{other}"),
            }
        }
    }

    #[test]
    fn damage_before_the_last_segment_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        three_groups(dir.path(), 1);
        let path = segment(dir.path(), 3);
        let whole = fs::read(&path).unwrap();
        let mut flipped = whole.clone();
        flipped[20] ^= 1;
        for damaged in [&whole[..whole.len() - 1], &[], &flipped] {
            fs::write(&path, damaged).unwrap();
            assert!(matches!(open_small(dir.path(), 1), Err(IndexError::Ledger { .. })));
            assert!(read_all(dir.path()).is_err());
        }
        fs::remove_file(&path).unwrap();
        let error = open_small(dir.path(), 1).unwrap_err();
        assert!(matches!(
            error,
            IndexError::Ledger { at: 0, kind: LedgerFault::Sequence { found: 4, wanted: 3 }, .. }
        ));
    }

    #[test]
    fn edited_dropped_repeated_and_swapped_entries_are_noticed() {
        let dir = tempfile::tempdir().unwrap();
        three_groups(dir.path(), SEGMENT_LEN);
        let path = segment(dir.path(), 1);
        let whole = fs::read(&path).unwrap();
        let ends = boundaries(&whole);
        let frames: Vec<&[u8]> = ends.windows(2).map(|pair| &whole[pair[0]..pair[1]]).collect();
        let edited = {
            let json = String::from_utf8(frames[4][8..].to_vec())
                .unwrap()
                .replace("\"record\":\"e\"", "\"record\":\"E\"");
            let mut frame = Vec::new();
            super::frame::encode(json.as_bytes(), &mut frame).unwrap();
            frame
        };
        let dropped = [&frames[..4], &frames[5..]].concat();
        let repeated = [&frames[..5], &frames[4..]].concat();
        let swapped = [&frames[..4], &[frames[5], frames[4]]].concat();
        let changed = [&frames[..4], &[edited.as_slice(), frames[5]]].concat();
        for frames in [dropped, repeated, swapped, changed] {
            fs::write(&path, frames.concat()).unwrap();
            assert!(matches!(Ledger::open(dir.path()), Err(IndexError::Ledger { .. })));
            assert!(matches!(read_all(dir.path()), Err(IndexError::Ledger { .. })));
        }
    }

    #[test]
    fn an_entry_that_cannot_be_written_leaves_the_ledger_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(dir.path()).unwrap();
        ledger.append(vec![upsert("a")]).unwrap();
        let long = NewEntry { reason: Some("x".repeat(2 << 20)), ..upsert("b") };
        let error = ledger.append(vec![upsert("a"), long]).unwrap_err();
        assert!(matches!(error, IndexError::Ledger { kind: LedgerFault::Length(_), .. }));
        assert_eq!(ledger.append(vec![upsert("c")]).unwrap()[0].seq, 2);
        assert_eq!(ledger.verify().unwrap(), 2);
    }

    fn new_entry() -> impl Strategy<Value = NewEntry> {
        let op =
            prop::sample::select(vec![Op::Upsert, Op::Tombstone, Op::Redact, Op::Hold, Op::Accept]);
        let text = prop::option::of(any::<String>());
        // Years 0 to 9999, which is what RFC 3339 can say.
        let seconds = (-62_167_219_200_i64..=253_402_300_799, 0..1_000_000_000_i64);
        let numbers = (
            prop::option::of(any::<u16>()),
            prop::option::of(any::<u64>()),
            prop::option::of(any::<u64>()),
        );
        (
            op,
            (any::<String>(), any::<String>()),
            (text.clone(), text.clone(), text.clone(), text),
            numbers,
            seconds,
            any::<bool>(),
        )
            .prop_map(
                |(
                    op,
                    (source, record),
                    (url, etag, last_modified, reason),
                    (status, len, through),
                    (seconds, nanos),
                    partial,
                )| {
                    let fetched_at = OffsetDateTime::from_unix_timestamp(seconds).unwrap()
                        + time::Duration::nanoseconds(nanos);
                    let digest = len.map(|len| Digest::of(&len.to_le_bytes()));
                    let validators = Validators { etag, last_modified };
                    NewEntry {
                        url,
                        status,
                        validators,
                        digest,
                        len,
                        partial,
                        reason,
                        through,
                        ..NewEntry::new(op, source, record, fetched_at)
                    }
                },
            )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn any_entries_in_any_groups_are_read_as_they_were_written(
            groups in prop::collection::vec(prop::collection::vec(new_entry(), 0..5), 1..5),
            segment_len in 1..3_000_u64,
        ) {
            let dir = tempfile::tempdir().unwrap();
            let mut written = Vec::new();
            for group in groups {
                written.extend(open_small(dir.path(), segment_len).unwrap().append(group).unwrap());
            }
            prop_assert_eq!(read_all(dir.path()).unwrap(), written);
        }

        #[test]
        fn arbitrary_bytes_as_a_ledger_never_panic(
            first in prop::collection::vec(any::<u8>(), 0..400),
            framed in prop::collection::vec(any::<u8>(), 1..200),
            second in prop::option::of(prop::collection::vec(any::<u8>(), 0..100)),
        ) {
            let dir = tempfile::tempdir().unwrap();
            let mut bytes = Vec::new();
            super::frame::encode(&framed, &mut bytes).unwrap();
            for content in [first.clone(), bytes] {
                fs::write(segment(dir.path(), 1), content).unwrap();
                if let Some(second) = &second {
                    fs::write(segment(dir.path(), 2), second).unwrap();
                }
                drop(read_all(dir.path()));
                if let Ok(mut ledger) = Ledger::open(dir.path()) {
                    let appended = ledger.append(vec![upsert("a")]).unwrap();
                    prop_assert_eq!(read_all(dir.path()).unwrap(), appended);
                }
            }
        }
    }
}
