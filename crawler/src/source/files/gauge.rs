//! Counts what goes into a file's decompressors and what comes out, and ends what grows too much.
//!
//! Only what comes out is held against the limits: what went in says nothing about the memory and the time that it will cost.

use std::cell::Cell;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

use thiserror::Error;

use crate::error::FaultKind;
use crate::source::files::limits::FileLimits;

/// The counters of one file on the disk.
#[derive(Debug)]
pub(super) struct Gauge {
    limits: FileLimits,
    file_bytes: u64,
    taken: Cell<u64>,
    given: Cell<u64>,
    reported: Cell<u64>,
}

impl Gauge {
    pub(super) fn new(limits: FileLimits, file_bytes: u64) -> Self {
        Self {
            limits,
            file_bytes,
            taken: Cell::new(0),
            given: Cell::new(0),
            reported: Cell::new(0),
        }
    }

    /// The count of bytes that were read from the file.
    pub(super) fn taken(&self) -> &Cell<u64> {
        &self.taken
    }

    /// Counts text that came out of the file, whatever it was packed in.
    pub(super) fn charge(&self, bytes: usize) -> Result<(), FaultKind> {
        self.given.set(self.given.get().saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX)));
        if self.given.get() > self.limits.file_bytes {
            return Err(FaultKind::FileTooLarge { limit: self.limits.file_bytes });
        }
        if grows_too_much(self.limits, self.file_bytes, self.given.get()) {
            return Err(FaultKind::RatioTooHigh { limit: self.limits.ratio });
        }
        Ok(())
    }

    /// Whether a limit of the whole file is passed, so that its other members need not be tried.
    pub(super) fn is_spent(&self) -> bool {
        self.charge(0).is_err()
    }

    /// How many more bytes of the file are done with since this was last asked.
    ///
    /// An archive is read here and there, some of it twice: what counts is only that the sum stays below the file's length.
    pub(super) fn advance(&self) -> u64 {
        self.report(self.taken.get().min(self.file_bytes))
    }

    /// The bytes that no [`advance`](Self::advance) told of.
    pub(super) fn remainder(&self) -> u64 {
        self.report(self.file_bytes)
    }

    fn report(&self, done: u64) -> u64 {
        done.saturating_sub(self.reported.replace(done.max(self.reported.get())))
    }
}

fn grows_too_much(limits: FileLimits, taken: u64, given: u64) -> bool {
    given > limits.ratio_free_bytes && given > taken.saturating_mul(limits.ratio)
}

/// A reader whose bytes are counted as they are used.
#[derive(Debug)]
pub(super) struct Counted<'g, R> {
    inner: R,
    count: &'g Cell<u64>,
}

impl<'g, R> Counted<'g, R> {
    pub(super) fn new(inner: R, count: &'g Cell<u64>) -> Self {
        Self { inner, count }
    }

    fn add(&self, bytes: usize) {
        self.count.set(self.count.get().saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX)));
    }
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        self.add(bytes);
        Ok(bytes)
    }
}

impl<R: BufRead> BufRead for Counted<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, bytes: usize) {
        self.add(bytes);
        self.inner.consume(bytes);
    }
}

impl<R: Seek> Seek for Counted<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// A decompressor that fails when it gives far more than it takes.
///
/// The check sits in the reader, because a decompressor that lies on this one may take much and give nothing.
#[derive(Debug)]
pub(super) struct Metered<'g, R> {
    inner: R,
    limits: FileLimits,
    count: &'g Cell<u64>,
    count_before: u64,
    given: u64,
}

impl<'g, R> Metered<'g, R> {
    /// Meters a decompressor whose input is counted in `count`.
    pub(super) fn new(inner: R, limits: FileLimits, count: &'g Cell<u64>) -> Self {
        Self { inner, limits, count, count_before: count.get(), given: 0 }
    }
}

impl<R: Read> Read for Metered<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.inner.read(buffer)?;
        self.given = self.given.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        let taken = self.count.get().saturating_sub(self.count_before);
        if grows_too_much(self.limits, taken, self.given) {
            return Err(io::Error::other(Grows { limit: self.limits.ratio }));
        }
        Ok(bytes)
    }
}

/// What a [`Metered`] reader fails with.
#[derive(Debug, Error)]
#[error("the packed data grows more than {limit} times")]
struct Grows {
    limit: u64,
}

/// Tells what a failed read means.
pub(super) fn read_fault(source: io::Error, is_packed: bool) -> FaultKind {
    if let Some(grows) = source.get_ref().and_then(|inner| inner.downcast_ref::<Grows>()) {
        return FaultKind::RatioTooHigh { limit: grows.limit };
    }
    if is_packed && source.raw_os_error().is_none() {
        return FaultKind::Damaged { source };
    }
    FaultKind::Unreadable { source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_ends_at_the_length_of_the_file() {
        let gauge = Gauge::new(FileLimits::default(), 100);
        gauge.taken().set(30);
        assert_eq!(gauge.advance(), 30);
        assert_eq!(gauge.advance(), 0);
        gauge.taken().set(500);
        assert_eq!(gauge.advance(), 70);
        assert_eq!(gauge.remainder(), 0);
    }

    #[test]
    fn what_gives_too_much_fails_only_past_the_free_bytes() {
        let limits = FileLimits { ratio: 10, ratio_free_bytes: 1_000, ..FileLimits::default() };
        let check = |taken: u64, given: usize, fails: bool| {
            let count = Cell::new(0);
            let mut metered = Metered::new(io::repeat(0), limits, &count);
            count.set(taken);
            assert_eq!(metered.read(&mut vec![0; given]).is_err(), fails, "{given} from {taken}");
        };
        check(1, 1_000, false);
        check(1, 1_001, true);
        check(100, 1_001, true);
        check(101, 1_001, false);
    }
}
