//! Reading the chain, one entry after another.

use std::fs::File;
use std::io::BufReader;
use std::vec;

use crate::digest::Digest;
use crate::error::{IndexError, LedgerFault};
use crate::ledger::entry::Entry;
use crate::ledger::frame::{self, Frame, HEADER_LEN};
use crate::ledger::segment::Segment;

/// The entries of a ledger in order, each checked against the one before it as it is read.
///
/// It stops before a torn tail, and after the first error.
#[derive(Debug)]
pub struct Entries {
    segments: vec::IntoIter<Segment>,
    open: Option<OpenSegment>,
    from: u64,
    next: u64,
    /// The hash of the entry before, unknown where reading begins inside the chain.
    previous: Option<Digest>,
    torn: Option<Torn>,
    ended: bool,
}

#[derive(Debug)]
struct OpenSegment {
    segment: Segment,
    reader: BufReader<File>,
    at: u64,
    is_last: bool,
}

/// Where the last segment stops being a ledger.
#[derive(Clone, Debug)]
pub(super) struct Torn {
    pub segment: Segment,
    pub at: u64,
}

impl Entries {
    /// Begins at the segment that holds entry `from`; the entries before it are checked and not given.
    pub(super) fn new(segments: Vec<Segment>, from: u64) -> Self {
        let n_before = segments.partition_point(|segment| segment.first <= from).saturating_sub(1);
        let next = if n_before == 0 {
            1
        } else {
            segments.get(n_before).map_or(1, |segment| segment.first)
        };
        let mut segments = segments.into_iter();
        if let Some(last_before) = n_before.checked_sub(1) {
            segments.nth(last_before);
        }
        let previous = (next == 1).then_some(Digest::ZERO);
        Self { segments, open: None, from, next, previous, torn: None, ended: false }
    }

    /// The number of the next entry that would be read.
    pub(super) fn next_seq(&self) -> u64 {
        self.next
    }

    /// The hash of the last entry that was read.
    pub(super) fn head(&self) -> Option<Digest> {
        self.previous
    }

    /// The torn tail the reading ended at, if it ended at one.
    pub(super) fn torn(&self) -> Option<&Torn> {
        self.torn.as_ref()
    }

    fn read(&mut self) -> Result<Option<Entry>, IndexError> {
        while let Some(mut open) = self.current()? {
            match frame::read(&mut open.reader).map_err(IndexError::io(&open.segment.path))? {
                Frame::End => {}
                Frame::Damaged(kind) => return self.damaged(open, kind).map(|()| None),
                Frame::Whole(json) => {
                    let entry = self.link(&mut open, &json)?;
                    self.open = Some(open);
                    if entry.seq >= self.from {
                        return Ok(Some(entry));
                    }
                }
            }
        }
        Ok(None)
    }

    fn current(&mut self) -> Result<Option<OpenSegment>, IndexError> {
        match self.open.take() {
            Some(open) => Ok(Some(open)),
            None => self.segments.next().map(|segment| self.begin(segment)).transpose(),
        }
    }

    fn begin(&self, segment: Segment) -> Result<OpenSegment, IndexError> {
        if segment.first != self.next {
            return Err(
                segment.fault(0, LedgerFault::Sequence { found: segment.first, wanted: self.next })
            );
        }
        let file = File::open(&segment.path).map_err(IndexError::io(&segment.path))?;
        let is_last = self.segments.as_slice().is_empty();
        Ok(OpenSegment { segment, reader: BufReader::new(file), at: 0, is_last })
    }

    /// Checks that an entry continues the chain, and moves behind it.
    fn link(&mut self, open: &mut OpenSegment, json: &[u8]) -> Result<Entry, IndexError> {
        let fault = |kind| open.segment.fault(open.at, kind);
        let entry: Entry =
            serde_json::from_slice(json).map_err(|error| fault(LedgerFault::Entry(error)))?;
        if entry.seq != self.next {
            return Err(fault(LedgerFault::Sequence { found: entry.seq, wanted: self.next }));
        }
        if self.previous.is_some_and(|previous| previous != entry.previous) {
            return Err(fault(LedgerFault::Chain { seq: entry.seq }));
        }
        open.at += u64::try_from(HEADER_LEN + json.len()).unwrap_or(u64::MAX);
        self.next += 1;
        self.previous = Some(Digest::of(json));
        Ok(entry)
    }

    /// Takes damage for a torn tail where it can be one.
    fn damaged(&mut self, open: OpenSegment, kind: LedgerFault) -> Result<(), IndexError> {
        if !open.is_last || open.segment.has_later_group(open.at, self.next)? {
            return Err(open.segment.fault(open.at, kind));
        }
        self.torn = Some(Torn { segment: open.segment, at: open.at });
        Ok(())
    }
}

impl Iterator for Entries {
    type Item = Result<Entry, IndexError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = self.read().transpose();
        self.ended = !matches!(read, Some(Ok(_)));
        read
    }
}
