//! What was exported elsewhere, taken in again: every line under its own source, record and time.
//!
//! A dump is no source. It brings what some sources gave to somebody else, and what is known here of them counts first: a line that is not newer than
//! what is known of its record is old news, what was purged here stays out, and terms that were said here stay as they are.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use index::IndexError;
use index::history::MAX_BODY;
use index::incoming::{BodyRefused, Received};
use index::ledger::{Entry, NewEntry, Op, Terms, Validators};
use index::truth::Truth;
use ontology::Provenance;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::export::{End, Header, Line, MARK, VERSION};
use crate::pipeline::intake::{Progress, document_report};
use crate::pipeline::report::{DocumentState, ImportReport, Refusal, sentence};

/// How a text that zstd has packed begins.
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The longest line: a body in which every byte is escaped, and something around it.
const MAX_LINE: u64 = 2 * MAX_BODY + (1 << 20);

/// The longest name of a record.
const MAX_RECORD: usize = 8 << 10;

/// The longest name of a source.
const MAX_SOURCE: usize = 200;

/// A file that begins as a dump does.
pub(super) struct Dump {
    path: PathBuf,
    len: u64,
    lines: Box<dyn BufRead>,
}

impl Dump {
    /// Opens a file; `None` where it is none, or no dump. What is wrong with it then, others say.
    pub(super) fn open(path: &Path) -> Option<Self> {
        let file = File::open(path).ok()?;
        let metadata = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
        let mut text = BufReader::new(file);
        let is_packed = text.fill_buf().ok()?.starts_with(&ZSTD);
        let mut text: Box<dyn BufRead> = if is_packed {
            Box::new(BufReader::new(zstd::Decoder::with_buffer(text).ok()?))
        } else {
            Box::new(text)
        };
        let mut head = Vec::new();
        text.by_ref().take(u64::try_from(MARK.len()).ok()?).read_to_end(&mut head).ok()?;
        (head == MARK.as_bytes()).then(|| Self {
            path: path.to_owned(),
            len: metadata.len(),
            lines: Box::new(Cursor::new(head).chain(text)),
        })
    }

    /// The next line without its break; `None` at the end.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let n = self.lines.by_ref().take(MAX_LINE).read_until(b'\n', &mut line)?;
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if u64::try_from(n).is_ok_and(|n| n == MAX_LINE) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a line is too long"));
        }
        Ok((n > 0).then_some(line))
    }
}

/// Takes a dump in.
pub(super) struct Intake<'a> {
    pub truth: &'a mut Truth,
    pub now: OffsetDateTime,
    pub report: &'a mut ImportReport,
    pub progress: &'a mut dyn Progress,
}

/// What is known here of records before the dump is read: when each was last heard of.
type Known = BTreeMap<(String, String), OffsetDateTime>;

/// Why a line is not taken in.
type Refused = String;

impl Intake<'_> {
    /// Takes in every line.
    ///
    /// # Errors
    /// A dump of another version, one that is damaged or that ends early. What was read of it by then is kept.
    pub(super) fn take(mut self, mut dump: Dump) -> anyhow::Result<()> {
        self.progress.begin(dump.len);
        let header = header(&mut dump)?;
        self.note_terms(&header)?;
        let known = self.known(&header)?;
        self.report.files += 1;
        for source in header.sources.keys() {
            self.report.sources.insert(source.clone(), dump.path.display().to_string());
        }
        let ended = self.take_lines(&header, &known, &mut dump);
        // What came before the fault is good.
        self.truth.commit()?;
        self.progress.advance(dump.len);
        ended
    }

    fn take_lines(
        &mut self,
        header: &Header,
        known: &Known,
        dump: &mut Dump,
    ) -> anyhow::Result<()> {
        let mut n = 0;
        loop {
            let line = dump.line().context("the dump is damaged")?;
            let Some(line) = line else { bail!("the dump ends early, after {n} lines") };
            if let Ok(End { end }) = serde_json::from_slice(&line) {
                ensure!(end == n, "the dump has {n} lines and says that it has {end}");
                return Ok(());
            }
            n += 1;
            if let Err(reason) = self.take_line(header, known, &line)? {
                let name = dump.path.file_name().unwrap_or_default().to_string_lossy();
                self.report.refused.push(Refusal { place: format!("{name}#L{}", n + 1), reason });
            }
            self.progress.document(self.report);
        }
    }

    /// Notes the terms of the sources of which nothing was said here.
    fn note_terms(&mut self, header: &Header) -> Result<(), IndexError> {
        for (source, terms) in &header.sources {
            let Some(terms) = terms else { continue };
            if self.truth.fold().terms(source).is_none() && *terms != Terms::default() {
                self.truth.note(NewEntry::terms(source, terms.clone(), self.now))?;
            }
        }
        Ok(())
    }

    fn known(&self, header: &Header) -> Result<Known, IndexError> {
        let mut known = Known::new();
        for entry in self.truth.ledger().entries(1)? {
            let Entry { source, record, op, fetched_at, .. } = entry?;
            let is_of_record = matches!(op, Op::Upsert | Op::Tombstone);
            if is_of_record && header.sources.contains_key(&source) {
                let last = known.entry((source, record)).or_insert(fetched_at);
                *last = fetched_at.max(*last);
            }
        }
        Ok(known)
    }

    fn take_line(
        &mut self,
        header: &Header,
        known: &Known,
        line: &[u8],
    ) -> Result<Result<(), Refused>, IndexError> {
        let line: Line = match serde_json::from_slice(line) {
            Ok(line) => line,
            Err(error) => return Ok(Err(format!("the line cannot be read: {error}"))),
        };
        let Ok(fetched_at) = OffsetDateTime::parse(&line.fetched_at, &Rfc3339) else {
            return Ok(Err("its time cannot be read".to_owned()));
        };
        if let Err(reason) = check_names(header, &line) {
            return Ok(Err(reason));
        }
        let name = (line.source.clone(), line.record.clone());
        let is_news = known.get(&name).is_none_or(|last| fetched_at > *last);
        match line.op {
            Op::Upsert => self.upsert(line, fetched_at, is_news),
            Op::Tombstone => self.tombstone(&line, fetched_at, is_news).map(Ok),
            _ => Ok(Err("it is neither a document nor the end of one".to_owned())),
        }
    }

    fn tombstone(
        &mut self,
        line: &Line,
        fetched_at: OffsetDateTime,
        is_news: bool,
    ) -> Result<(), IndexError> {
        if !is_news || self.truth.last_op(&line.source, &line.record) != Some(Op::Upsert) {
            self.report.withdrawn_before += 1;
            return Ok(());
        }
        self.truth.note(entry(line, fetched_at))?;
        self.report.withdrawn += 1;
        Ok(())
    }

    fn upsert(
        &mut self,
        mut line: Line,
        fetched_at: OffsetDateTime,
        is_news: bool,
    ) -> Result<Result<(), Refused>, IndexError> {
        let bytes = match body(&mut line) {
            Ok(bytes) => bytes,
            Err(reason) => return Ok(Err(reason)),
        };
        let received = match self.receive(&bytes) {
            Ok(received) => received,
            Err(BodyRefused::AboutPerson(_)) => {
                self.report.about_people += 1;
                return Ok(Ok(()));
            }
            Err(BodyRefused::Store(error)) => return Err(error),
            Err(refused) => return Ok(Err(refused.to_string())),
        };
        let (digest, original) = (received.digest(), line.digest);
        if !line.withheld && original.is_some_and(|original| original != digest) {
            return Ok(Err("its body is not the one that its digest names".to_owned()));
        }
        let (source, record) = (line.source.as_str(), line.record.as_str());
        let is_known = !is_news || self.truth.unchanged(source, record, digest);
        let is_purged = self.truth.last_op(source, record) == Some(Op::Redact);
        let mut both = [Some(digest), original].into_iter().flatten();
        let is_purged = is_purged || both.any(|digest| self.truth.fold().is_redacted(digest));
        if !is_known && is_purged {
            return Ok(Err("was purged here, and stays out".to_owned()));
        }
        let provenance = Provenance {
            source: source.to_owned(),
            record: record.to_owned(),
            url: line.url.clone().unwrap_or_default(),
            ..Provenance::default()
        };
        let normalized = match ontology::normalize(bytes, &provenance) {
            Ok(normalized) => normalized,
            Err(error) => return Ok(Err(sentence(&error))),
        };
        let state = if is_known { DocumentState::Unchanged } else { DocumentState::Accepted };
        let told = document_report(source, record, state, &normalized);
        self.report.documents.push(told);
        if !is_known {
            let partial = normalized.partial || line.partial;
            let original = original.filter(|original| *original != digest);
            let entry = NewEntry { partial, original, ..entry(&line, fetched_at) };
            self.truth.keep(received, entry)?;
        }
        Ok(Ok(()))
    }

    fn receive(&mut self, bytes: &[u8]) -> Result<Received, BodyRefused> {
        let mut writer = self.truth.receive()?;
        // Why a write is refused, the writer says at its end.
        drop(writer.write_all(bytes));
        writer.finish()
    }
}

fn header(dump: &mut Dump) -> anyhow::Result<Header> {
    let line = dump.line()?.unwrap_or_default();
    let header: Header =
        serde_json::from_slice(&line).context("the first line of the dump cannot be read")?;
    let version = header.version;
    ensure!(version == VERSION, "the dump has version {version}, this program reads {VERSION}");
    let are_named = header.sources.keys().all(|source| is_name(source));
    ensure!(are_named, "the dump names a source by what is no name");
    Ok(header)
}

/// Whether a source can be called so: as those of a configuration and those of folders are.
fn is_name(source: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=MAX_SOURCE).contains(&source.len()) && source.chars().all(is_plain)
}

fn check_names(header: &Header, line: &Line) -> Result<(), Refused> {
    if !header.sources.contains_key(&line.source) {
        return Err("its source does not stand in the first line of the dump".to_owned());
    }
    let is_name = !line.record.is_empty() && line.record.len() <= MAX_RECORD;
    if !is_name || line.record.contains(char::is_control) {
        return Err("its record has no proper name".to_owned());
    }
    Ok(())
}

/// Takes the body out of a line.
fn body(line: &mut Line) -> Result<Vec<u8>, Refused> {
    match (line.body.take(), line.body_base64.take()) {
        (Some(text), None) => Ok(text.into_bytes()),
        (None, Some(text)) => {
            STANDARD.decode(text).map_err(|error| format!("its body cannot be read: {error}"))
        }
        _ => Err("it has no body, or two".to_owned()),
    }
}

fn entry(line: &Line, fetched_at: OffsetDateTime) -> NewEntry {
    let url = line.url.clone().filter(|url| !url.starts_with("file:"));
    let validators =
        Validators { etag: line.etag.clone(), last_modified: line.last_modified.clone() };
    let entry = NewEntry::new(line.op, &line.source, &line.record, fetched_at);
    NewEntry { url, status: line.status, validators, ..entry }
}
