//! Dumps of a registry's transactions: a text with one of them on each line, in base64.
//!
//! The record id is the envelope's own identity, so that what happens to one envelope makes versions of one record,
//! whichever file of the source tells of it. The registry names a dump for its day, so that the order of names is that of
//! time. One line is held in memory, never more.

use std::mem;

use crate::error::FaultKind;
use crate::source::files::cutter::Cutter;
use crate::source::files::delivery::{Delivery, Halted};
use crate::source::files::format::Foreign;
use crate::source::files::line;
use crate::source::files::place::{Label, Position};
use crate::source::files::sink::Stop;
use crate::source::files::transaction::Transaction;

/// Cuts one dump.
#[derive(Debug)]
pub(super) struct Dump<'l> {
    label: &'l Label,
    /// What has come of the line, nothing where it is too long.
    line: Vec<u8>,
    /// How many bytes have come of it.
    length: u64,
    start: Position,
}

impl<'l> Dump<'l> {
    pub(super) fn new(label: &'l Label) -> Self {
        Self { label, line: Vec::new(), length: 0, start: Position::START }
    }

    fn push(&mut self, part: &[u8], limit: u64) {
        self.length = self.length.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
        if self.length <= limit {
            self.line.extend_from_slice(part);
        } else {
            self.line = Vec::new();
        }
    }

    /// Hands over the line that has come to its end, and begins the next.
    fn end_line(&mut self, delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        let limit = delivery.limits().line_bytes;
        let line = mem::take(&mut self.line);
        let (start, length) = (self.start, mem::take(&mut self.length));
        self.start = Position {
            offset: start.offset.saturating_add(length).saturating_add(1),
            line: start.line.saturating_add(1),
            column: 1,
        };
        let outcome = if length > limit {
            Err(FaultKind::LineTooLong { limit })
        } else {
            deliver(line, self.label, start, delivery)
        };
        match outcome {
            Ok(None) => Ok(()),
            Ok(Some(Halted)) => Err(Halted),
            Err(kind) => {
                delivery.faulted(&self.label.line(start), Some(start), kind);
                Ok(())
            }
        }
    }
}

impl Cutter for Dump<'_> {
    fn is_done(&self) -> bool {
        false
    }

    fn feed(&mut self, chunk: &[u8], delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        let limit = delivery.limits().line_bytes;
        let mut parts = chunk.split(|&byte| byte == b'\n');
        if let Some(part) = parts.next() {
            self.push(part, limit);
        }
        for part in parts {
            self.end_line(delivery)?;
            self.push(part, limit);
        }
        Ok(())
    }

    fn finish(&mut self, delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        self.end_line(delivery)
    }

    fn fail(&mut self, kind: FaultKind, delivery: &mut Delivery<'_>) {
        delivery.faulted(&self.label.line(self.start), Some(self.start), kind);
    }
}

/// Hands over one line; a blank one is passed over.
fn deliver(
    line: Vec<u8>,
    label: &Label,
    start: Position,
    delivery: &mut Delivery<'_>,
) -> Result<Option<Halted>, FaultKind> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let limits = delivery.limits();
    // A token among the lines is about somebody, and counts as a file that is one.
    if line.starts_with(b"ey") && line.contains(&b'.') {
        return Err(FaultKind::Foreign(Foreign::SignedToken));
    }
    let json = line::decode(line)?;
    let transaction = Transaction::read(&json, limits.depth)?;
    let bytes = u64::try_from(transaction.envelope.len()).unwrap_or(u64::MAX);
    if bytes > limits.document_bytes {
        return Err(FaultKind::DocumentTooLarge { limit: limits.document_bytes });
    }
    let place = label.transaction(transaction.identity, start, bytes);
    if !(transaction.is_deletion && delivery.knows(&place)) {
        let outcome = delivery.begin(&place).and_then(|()| delivery.bytes(transaction.envelope));
        match outcome {
            Ok(()) => delivery.complete(),
            Err(stop) => {
                delivery.fail(None, FaultKind::Stopped);
                if stop == Stop::Walk {
                    return Ok(Some(Halted));
                }
            }
        }
    }
    if transaction.is_deletion {
        delivery.withdrawn(&place);
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE;
    use proptest::prelude::*;

    use super::*;
    use crate::source::files::limits::FileLimits;
    use crate::source::files::place::Telling;
    use crate::source::files::recorder::{Recorder, gzip, import, import_file, zip, zstd};

    /// A line that says what happened to an envelope.
    fn line(status: &str, envelope: &str) -> String {
        let json = format!(
            r#"{{"status":"{status}","date":"2016-06-02T08:51:49.037Z","envelope":{envelope}}}"#
        );
        URL_SAFE.encode(json)
    }

    fn envelope(ctid: &str, n: u32) -> String {
        format!(r#"{{"envelope_id":"x", "envelope_ceterms_ctid":"{ctid}","n":{n}.0}}"#)
    }

    #[track_caller]
    fn check(lines: &[String], expected: &[String]) {
        for end in ["\n", "\r\n", "\n\n"] {
            let text = lines.join(end);
            let told = import_file("d.txt", text.as_bytes(), FileLimits::default());
            let is_double = end.len() == 2 && !end.starts_with('\r');
            if !is_double {
                assert_eq!(told, expected);
            }
            assert_eq!(told.len(), expected.len());
            let closed = import_file("d.txt", (text + "\n").as_bytes(), FileLimits::default());
            assert_eq!(closed, told);
        }
    }

    #[test]
    fn each_envelope_is_a_version_of_the_record_of_its_name() {
        let (a, b) = (envelope("ce-A", 1), envelope("ce-b", 1));
        let (a2, nameless) = (envelope("ce-a", 2), "{\"n\":[1, 2]}".to_owned());
        check(
            &[
                line("created", &a),
                line("created", &b),
                line("updated", &a2),
                line("created", &nameless),
                line("deleted", &a2),
                line("created", &a),
            ],
            &[
                format!("transactions/ce-a = {a}"),
                format!("transactions/ce-b = {b}"),
                format!("transactions/ce-a = {a2}"),
                format!("d.txt#L4 = {nameless}"),
                "transactions/ce-a - gone".to_owned(),
                format!("transactions/ce-a = {a}"),
            ],
        );
    }

    #[test]
    fn a_deletion_of_what_was_never_known_brings_its_last_content() {
        let (a, b) = (envelope("ce-a", 1), envelope("ce-b", 1));
        check(
            &[line("deleted", &a), line("deleted", &b), line("deleted", &a)],
            &[
                format!("transactions/ce-a = {a}"),
                "transactions/ce-a - gone".to_owned(),
                format!("transactions/ce-b = {b}"),
                "transactions/ce-b - gone".to_owned(),
                "transactions/ce-a - gone".to_owned(),
            ],
        );
    }

    #[test]
    fn a_broken_line_is_a_fault_with_its_number_and_stops_no_other() {
        let a = envelope("ce-a", 1);
        let good = format!("transactions/ce-a = {a}");
        check(
            &[
                line("created", &a),
                "?".to_owned(),
                line("created", "[]"),
                URL_SAFE.encode("{\"status\":\"created\",\"envelope\":{}"),
                "eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln".to_owned(),
                line("created", &a),
            ],
            &[
                good.clone(),
                "d.txt#L2 ! the line is not base64 at 2:1".to_owned(),
                "d.txt#L3 ! the line is no transaction: it has no `envelope` at 3:1".to_owned(),
                "d.txt#L4 ! the text ends too early at 4:1".to_owned(),
                "d.txt#L5 ! it is a signed token, not JSON at 5:1".to_owned(),
                good.clone(),
            ],
        );
        check(
            &["damaged".to_owned(), line("created", &a)],
            &["d.txt#L1 ! the line is not base64 at 1:1".to_owned(), good],
        );
    }

    #[test]
    fn a_dump_is_known_by_its_content_however_it_is_packed() {
        let a = envelope("ce-a", 1);
        let text = line("created", &a);
        let expected = [format!("transactions/ce-a = {a}")];
        let packed: [(&str, Vec<u8>); 5] = [
            ("dump-2016-06-09.txt.gz", gzip(text.as_bytes())),
            ("dump.zst", zstd(text.as_bytes())),
            ("dump.json", text.clone().into_bytes()),
            ("dump.ndjson", text.clone().into_bytes()),
            ("dump.zip", zip(&[("dump.txt.gz", &gzip(text.as_bytes()))])),
        ];
        for (name, bytes) in packed {
            assert_eq!(import_file(name, &bytes, FileLimits::default()), expected, "{name}");
        }
        let named = import_file("dump.txt.gz", &gzip(b"{\"a\":1}"), FileLimits::default());
        assert_eq!(named, ["dump.txt.gz = {\"a\":1}"]);
    }

    #[test]
    fn the_place_of_a_transaction_is_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (envelope("ce-a", 1), envelope("ce-a", 2));
        let first = line("created", &a);
        let text = format!("{first}\n{}\n", line("deleted", &b));
        fs::write(folder.path().join("d.gz"), gzip(text.as_bytes())).unwrap();
        let (recorder, _) = import(folder.path(), FileLimits::default());
        let (places, url) = (&recorder.places, format!("file://{}/d.gz", folder.path().display()));
        let place = |at: usize| {
            let place = &places[at];
            (place.url.clone(), place.start.offset, place.bytes_total, place.telling)
        };
        assert_eq!(place(0), (format!("{url}#L1"), 0, Some(a.len() as u64), Telling::Event));
        assert_eq!(
            place(1),
            (format!("{url}#L2"), first.len() as u64 + 1, Some(b.len() as u64), Telling::Event)
        );
        assert!(places[1].follows(&places[0].url));
    }

    #[test]
    fn a_line_that_is_too_long_is_not_kept_and_does_not_stop_the_next() {
        let a = envelope("ce-a", 1);
        let text = [line("created", &a), "A".repeat(10_000), line("created", &a)].join("\n");
        let limits = FileLimits { line_bytes: 400, ..FileLimits::default() };
        let good = format!("transactions/ce-a = {a}");
        let too_long = "d.txt#L2 ! the line is longer than 400 bytes at 2:1".to_owned();
        assert_eq!(import_file("d.txt", text.as_bytes(), limits), [good.clone(), too_long, good]);
        let limits = FileLimits { document_bytes: 20, ..FileLimits::default() };
        assert_eq!(
            import_file("d.txt", line("created", &a).as_bytes(), limits),
            ["d.txt#L1 ! the document is longer than 20 bytes at 1:1"]
        );
    }

    #[test]
    fn a_dump_that_is_cut_off_gives_only_its_whole_lines() {
        let envelopes = [envelope("ce-a", 1), envelope("ce-b", 1)];
        let text = envelopes.each_ref().map(|envelope| line("created", envelope)).join("\n");
        let packed = gzip(text.as_bytes());
        for length in packed.len() - 40..packed.len() {
            let told = import_file("d.gz", &packed[..length], FileLimits::default());
            let last = told.last().unwrap();
            assert!(last.contains(" ! the packed data is damaged"), "{length}: {told:?}");
            assert!(!told.iter().any(|line| line.starts_with("transactions/ce-b")), "{told:?}");
        }
    }

    #[test]
    fn a_sink_can_leave_a_document_or_everything() {
        let envelopes = ["ce-a", "ce-b", "ce-c"].map(|ctid| envelope(ctid, 1));
        let text = envelopes.each_ref().map(|envelope| line("created", envelope)).join("\n");
        for (stop, n_told) in [(Stop::Document, 3), (Stop::Walk, 2)] {
            let mut recorder = Recorder { stop: Some(("ce-b", stop)), ..Recorder::default() };
            let mut delivery = Delivery::new(&mut recorder, FileLimits::default());
            let label = Label::file(Path::new("/d.txt"), Path::new("d.txt"), 0);
            let mut dump = Dump::new(&label);
            let outcome = dump.feed(text.as_bytes(), &mut delivery);
            let outcome = outcome.and_then(|()| dump.finish(&mut delivery));
            assert_eq!(outcome.is_err(), stop == Stop::Walk);
            assert_eq!(recorder.lines.len(), n_told);
            assert_eq!(recorder.lines[1], "transactions/ce-b ! the receiver stopped it");
        }
    }

    /// Cuts a dump that arrives in chunks.
    fn cut(text: &[u8], chunk: usize) -> Vec<String> {
        let mut recorder = Recorder::default();
        let mut delivery = Delivery::new(&mut recorder, FileLimits::default());
        let label = Label::file(Path::new("/d.txt"), Path::new("d.txt"), 0);
        let mut dump = Dump::new(&label);
        for part in text.chunks(chunk) {
            dump.feed(part, &mut delivery).unwrap();
        }
        dump.finish(&mut delivery).unwrap();
        recorder.lines
    }

    proptest! {
        #[test]
        fn chunks_make_no_difference(
            kinds in prop::collection::vec(0_usize..5, 0..8),
            chunk in 1_usize..200,
        ) {
            let lines: Vec<String> = kinds.iter().map(|kind| match kind {
                0 => String::new(),
                1 => "?".to_owned(),
                2 => line("deleted", &envelope("ce-a", 1)),
                n => line("created", &envelope("ce-a", u32::try_from(*n).unwrap())),
            }).collect();
            let text = lines.join("\n").into_bytes();
            prop_assert_eq!(cut(&text, chunk), cut(&text, usize::MAX));
        }

        #[test]
        fn arbitrary_bytes_never_panic(text in prop::collection::vec(any::<u8>(), 0..200)) {
            cut(&text, 7);
        }
    }

    /// The dump of three transactions of one envelope with which the registry tests its own reading.
    #[test]
    fn a_real_dump_gives_two_versions_and_a_deletion() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../shared/data/ctdl/registry-fixtures/transactions-dump.txt.gz");
        if !path.exists() {
            println!("skipped: there is no `{}`", path.display());
            return;
        }
        let (recorder, walked) = import(&path, FileLimits::default());
        let record = "transactions/90c9edac-9e31-4356-91d6-981e5146c094";
        assert_eq!((walked.documents, walked.withdrawn, walked.faults), (2, 1, 0));
        let lines = recorder.lines;
        assert!(
            lines[0].starts_with(&format!("{record} = {{\"envelope_type\":0,")),
            "{}",
            lines[0]
        );
        assert!(lines[1].contains("\"envelope_version\":\"2.0.0\""), "{}", lines[1]);
        assert_eq!(lines[2], format!("{record} - gone"));
    }
}
