//! Opens a file, takes off what it is packed in, and has the text inside cut.
//!
//! First bytes decide what a file is; its name decides only whether it is looked at. One packing may lie in another once, a
//! gzip or zstd member in a ZIP archive; nothing lies deeper.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};

use flate2::bufread::MultiGzDecoder;

use crate::error::FaultKind;
use crate::source::files::archive;
use crate::source::files::cutter::Cutter;
use crate::source::files::delivery::{Delivery, Halted};
use crate::source::files::dump::Dump;
use crate::source::files::format::{Format, HEAD};
use crate::source::files::gauge::{Counted, Gauge, Metered, read_fault};
use crate::source::files::place::{Label, Position};
use crate::source::files::sink::Stop;
use crate::source::files::slice::Slicer;
use crate::source::files::survey::look_through;
use crate::source::files::walk::Candidate;

/// How many bytes are moved at once.
const CHUNK: usize = 64 << 10;

/// The largest window that a zstd stream may ask for, as a power of two: 128 MiB, what `zstd --ultra -22` makes.
const ZSTD_WINDOW_LOG: u32 = 27;

/// A file on the disk that is being read.
pub(super) struct Container<'c, 's> {
    pub delivery: &'c mut Delivery<'s>,
    pub gauge: &'c Gauge,
    pub buffer: Vec<u8>,
}

/// How deep in packings a stream lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    /// The file itself.
    File,
    /// A member of an archive.
    Member,
    /// What was packed alone.
    Unpacked,
}

/// Why no text is reached in a stream, or why it is read no further.
#[derive(Debug)]
pub(super) enum Broken {
    Fault(FaultKind),
    Halted,
}

impl From<FaultKind> for Broken {
    fn from(kind: FaultKind) -> Self {
        Self::Fault(kind)
    }
}

impl From<Halted> for Broken {
    fn from(Halted: Halted) -> Self {
        Self::Halted
    }
}

/// Reads the file and hands over the documents in it.
pub(super) fn read(
    candidate: &Candidate,
    label: &Label,
    delivery: &mut Delivery<'_>,
) -> Result<(), Halted> {
    let gauge = Gauge::new(delivery.limits(), candidate.bytes);
    delivery.file();
    let mut container = Container { delivery, gauge: &gauge, buffer: vec![0; CHUNK] };
    let outcome = container.file(candidate, label);
    let outcome = container.settle(outcome, label);
    delivery.progress(gauge.remainder());
    outcome
}

impl Container<'_, '_> {
    fn file(&mut self, candidate: &Candidate, label: &Label) -> Result<(), Broken> {
        let unreadable = |source| FaultKind::Unreadable { source };
        let file = File::open(&candidate.target).map_err(unreadable)?;
        let mut reader = Counted::new(BufReader::with_capacity(CHUNK, file), self.gauge.taken());
        let head = head_of(&mut reader).map_err(unreadable)?;
        reader.rewind().map_err(unreadable)?;
        self.gauge.taken().set(0);
        match Format::of(&head) {
            Format::Zip => return archive::read(reader, label, self),
            format @ (Format::Text | Format::TextAfterMark) if !label.is_lines() => {
                let offset = u64::try_from(format.mark_bytes()).unwrap_or_default();
                let depth = self.delivery.limits().depth;
                let broken = look_through(&mut reader, depth, offset).map_err(unreadable)?;
                reader.rewind().map_err(unreadable)?;
                self.gauge.taken().set(0);
                if let Some((at, syntax)) = broken {
                    return Ok(self.refuse(&mut reader, label, (at, syntax.into()))?);
                }
            }
            _ => {}
        }
        self.stream(&mut reader, label, Layer::File)
    }

    /// Hands a text over that is refused whole: whoever receives it may still see what it is about.
    fn refuse(
        &mut self,
        reader: &mut dyn Read,
        label: &Label,
        (at, kind): (Position, FaultKind),
    ) -> Result<(), Halted> {
        let mut wanted = self.delivery.begin(&label.whole());
        while wanted.is_ok() {
            match reader.read(&mut self.buffer) {
                Ok(0) | Err(_) => break,
                Ok(n) => wanted = self.delivery.bytes(self.buffer.get(..n).unwrap_or_default()),
            }
        }
        self.delivery.fail(Some(at), kind);
        if wanted == Err(Stop::Walk) { Err(Halted) } else { Ok(()) }
    }

    /// Reads a stream whose first bytes are still to be looked at.
    pub(super) fn stream(
        &mut self,
        reader: &mut dyn Read,
        label: &Label,
        layer: Layer,
    ) -> Result<(), Broken> {
        let head = head_of(reader).map_err(|error| read_fault(error, layer != Layer::File))?;
        let format = Format::of(&head);
        let mut whole = Cursor::new(head).chain(reader);
        match format {
            Format::Text | Format::TextAfterMark => {
                let mark_bytes = format.mark_bytes();
                let offset = u64::try_from(mark_bytes).unwrap_or_default();
                let mut slicer = Slicer::new(label, self.delivery.limits().depth, offset);
                Ok(self.cut(&mut whole, mark_bytes, &mut slicer, layer)?)
            }
            Format::Dump => Ok(self.cut(&mut whole, 0, &mut Dump::new(label), layer)?),
            Format::Gzip | Format::Zstd if layer != Layer::Unpacked => {
                self.unpack(&mut whole, format, label)
            }
            Format::Gzip | Format::Zstd | Format::Zip => Err(FaultKind::NestedArchive.into()),
            Format::WideText => Err(FaultKind::WideText.into()),
            Format::Foreign(foreign) => Err(FaultKind::Foreign(foreign).into()),
        }
    }

    fn unpack(
        &mut self,
        packed: &mut dyn Read,
        format: Format,
        label: &Label,
    ) -> Result<(), Broken> {
        let limits = self.delivery.limits();
        let count = Cell::new(0);
        let counted = Counted::new(BufReader::with_capacity(CHUNK, packed), &count);
        let label = label.unpacked();
        if format == Format::Gzip {
            let mut metered = Metered::new(MultiGzDecoder::new(counted), limits, &count);
            return self.stream(&mut metered, &label, Layer::Unpacked);
        }
        let unusable = |error| read_fault(error, true);
        let mut decoder = zstd::Decoder::with_buffer(counted).map_err(unusable)?;
        decoder.window_log_max(ZSTD_WINDOW_LOG).map_err(unusable)?;
        self.stream(&mut Metered::new(decoder, limits, &count), &label, Layer::Unpacked)
    }

    /// Cuts a text; what is wrong with it is told with its place.
    fn cut(
        &mut self,
        reader: &mut dyn Read,
        mark_bytes: usize,
        cutter: &mut dyn Cutter,
        layer: Layer,
    ) -> Result<(), Halted> {
        // The mark is in the head, and the head comes in one read.
        let mut left_out = mark_bytes;
        while !cutter.is_done() {
            let bytes = match reader.read(&mut self.buffer) {
                Ok(0) => return cutter.finish(self.delivery),
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    cutter.fail(read_fault(error, layer != Layer::File), self.delivery);
                    return Ok(());
                }
            };
            if let Err(kind) = self.gauge.charge(bytes) {
                cutter.fail(kind, self.delivery);
                return Ok(());
            }
            let chunk = self.buffer.get(left_out..bytes).unwrap_or_default();
            left_out = 0;
            cutter.feed(chunk, self.delivery)?;
            self.delivery.progress(self.gauge.advance());
        }
        Ok(())
    }

    /// Tells the fault of a stream, which stops nothing else.
    pub(super) fn settle(
        &mut self,
        outcome: Result<(), Broken>,
        label: &Label,
    ) -> Result<(), Halted> {
        match outcome {
            Ok(()) => Ok(()),
            Err(Broken::Halted) => Err(Halted),
            Err(Broken::Fault(kind)) => {
                self.delivery.faulted(&label.whole(), None, kind);
                Ok(())
            }
        }
    }
}

/// Reads the first bytes of a stream, fewer only where it is shorter.
fn head_of(reader: &mut (impl Read + ?Sized)) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD);
    reader.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use crate::source::files::limits::FileLimits;
    use crate::source::files::recorder::{gzip, import_file, zstd};

    #[track_caller]
    fn check(name: &str, content: &[u8], expected: &[&str]) {
        assert_eq!(import_file(name, content, FileLimits::default()), expected, "{name}");
    }

    #[test]
    fn first_bytes_beat_the_name() {
        check("a.json", b"{}", &["a.json = {}"]);
        check("a.txt", b"{}", &["a.txt = {}"]);
        check("a.zip", b"{}", &["a.zip = {}"]);
        check("a.json.gz", &gzip(b"{}"), &["a.json.gz = {}"]);
        check("a.json", &gzip(b"{}"), &["a.json = {}"]);
        check("a.gz", &zstd(b"{}"), &["a.gz = {}"]);
        check("a.ndjson.zst", &zstd(b"{}\n{}"), &["a.ndjson.zst#L1 = {}", "a.ndjson.zst#L2 = {}"]);
    }

    #[test]
    fn what_is_no_json_is_refused_with_a_reason() {
        check("a.json", b"\x89PNG\r\n\x1A\n", &["a.json ! it is a PNG image, not JSON"]);
        check(
            "a.json",
            b"<svg xmlns=''/>",
            &["a.json ! it is markup (SVG, HTML or XML), not JSON"],
        );
        check("a.json", b"\xFF\xFE{\0}\0", &["a.json ! it is UTF-16 or UTF-32, and JSON is UTF-8"]);
        check("a.json", b"\0{\0}", &["a.json ! it is UTF-16 or UTF-32, and JSON is UTF-8"]);
        check("a.gz", &gzip(b""), &["a.gz ! there is no JSON value in it"]);
        check("a.gz", &gzip(&gzip(b"{}")), &["a.gz ! an archive inside an archive is not opened"]);
        check(
            "a.zst",
            &zstd(&gzip(b"{}")),
            &["a.zst ! an archive inside an archive is not opened"],
        );
        check("a.gz", &gzip(b"PK\x03\x04"), &["a.gz ! an archive inside an archive is not opened"]);
    }

    #[test]
    fn several_members_or_frames_are_one_text() {
        check("a.gz", &[gzip(b"{\"a\""), gzip(b""), gzip(b":1}")].concat(), &["a.gz = {\"a\":1}"]);
        check("a.zst", &[zstd(b"{\"a\""), zstd(b":1}")].concat(), &["a.zst = {\"a\":1}"]);
        check(
            "a.gz",
            &[gzip(b"\x1F"), gzip(b"\x8B")].concat(),
            &["a.gz ! an archive inside an archive is not opened"],
        );
    }

    #[test]
    fn damaged_data_makes_no_good_document() {
        let reason = "! the packed data is damaged";
        let damaged = |packed: Vec<u8>, at: usize| {
            let mut packed = packed;
            let at = packed.len() - at;
            packed[at] ^= 1;
            packed
        };
        let object = b"{\"a\":\"some text that is long enough\"}";
        let told = import_file("a.gz", &damaged(gzip(object), 8), FileLimits::default());
        assert_eq!(told.len(), 1);
        assert!(told[0].contains(reason), "{told:?}");
        for packed in [gzip(object), zstd(object)] {
            for length in 4..packed.len() {
                let told = import_file("a", &packed[..length], FileLimits::default());
                assert!(
                    told.len() == 1 && told[0].contains(reason),
                    "{length} of {}: {told:?}",
                    packed.len()
                );
            }
        }
    }

    #[test]
    fn a_bomb_is_ended_early() {
        let limits = FileLimits { ratio_free_bytes: 10_000, ..FileLimits::default() };
        let bomb = format!("{{\"a\":\"{}\"}}", "0".repeat(4_000_000));
        for (name, packed) in [("a.gz", gzip(bomb.as_bytes())), ("a.zst", zstd(bomb.as_bytes()))] {
            let told = import_file(name, &packed, limits);
            assert_eq!(told.len(), 1);
            assert!(
                told[0].starts_with(&format!("{name} ! the packed data grows more than 200 times")),
                "{told:?}"
            );
        }
        let modest = format!("{{\"a\":\"{}\"}}", "0".repeat(9_000));
        assert_eq!(
            import_file("a.gz", &gzip(modest.as_bytes()), limits),
            [format!("a.gz = {modest}")]
        );
    }

    #[test]
    fn a_file_that_gives_too_much_is_ended() {
        let limits = FileLimits { file_bytes: 100_000, ..FileLimits::default() };
        let line = b"{\"a\":\"0123456789\"}\n";
        let told = import_file("a.jsonl", &line.repeat(10_000), limits);
        let last = told.last().unwrap();
        assert!(
            last.contains("! the file gives more than 100000 bytes after decompression at "),
            "{last}"
        );
        assert!(told.len() < 100_000 / line.len() + 1);
    }
}
