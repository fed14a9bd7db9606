//! Every document that the records were made of, a line each, in the order in which they came; this is what can be imported elsewhere.

use std::io::{self, Write};

use base64::engine::general_purpose::STANDARD;
use base64::write::EncoderWriter;
use index::digest::Digest;
use index::dump::{Documents, DumpError};
use index::ledger::Entry;
use ontology::people::{Blanker, ContactFinder, Contacts};
use serde::Serialize;
use time::format_description::well_known::Rfc3339;

use crate::export::Wanted;
use crate::export::line::{End, FORMAT, Header, Line, VERSION};
use crate::export::text::{Utf8, escape};

/// Writes the documents between a header and an end.
pub(super) fn write(
    documents: &Documents,
    wanted: &Wanted<'_>,
    out: &mut dyn Write,
) -> Result<u64, DumpError> {
    write_line(&header(wanted), out)?;
    let mut n = 0;
    documents.each(|entry| {
        n += 1;
        write_entry(documents, entry, out)
    })?;
    write_line(&End { end: n }, out)?;
    Ok(n)
}

fn header(wanted: &Wanted<'_>) -> Header {
    let manifest = wanted.reader.manifest();
    let known = wanted.reader.sources();
    let terms = |source: &String| known.get(source).and_then(|status| status.terms.clone());
    let sources = wanted.selection.records.iter().map(|record| &record.source);
    Header {
        format: FORMAT.to_owned(),
        version: VERSION,
        generation: manifest.generation,
        published_at: manifest.published_at.clone(),
        program: concat!("alidade ", env!("CARGO_PKG_VERSION")).to_owned(),
        sources: sources.map(|source| (source.clone(), terms(source))).collect(),
    }
}

fn write_line<T: Serialize>(line: &T, out: &mut dyn Write) -> io::Result<()> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    out.write_all(&text)
}

/// Writes one entry. A body is read twice, so that no more than a piece of it is in memory.
fn write_entry(documents: &Documents, entry: &Entry, out: &mut dyn Write) -> Result<(), DumpError> {
    let Some(digest) = entry.digest else { return Ok(write_line(&line(entry)?, out)?) };
    let (contacts, is_text) = look_through(documents, digest)?;
    let withheld = contacts.is_any() || entry.original.is_some();
    let head =
        serde_json::to_string(&Line { withheld, ..line(entry)? }).map_err(io::Error::from)?;
    // The body is the last member, and is written while it is read.
    out.write_all(head.strip_suffix('}').unwrap_or(&head).as_bytes())?;
    if is_text {
        out.write_all(b",\"body\":\"")?;
        let mut text = Vec::new();
        each_blanked(documents, digest, contacts, |piece| {
            text.clear();
            escape(piece, &mut text);
            out.write_all(&text)
        })?;
    } else {
        out.write_all(b",\"bodyBase64\":\"")?;
        let mut encoder = EncoderWriter::new(&mut *out, &STANDARD);
        each_blanked(documents, digest, contacts, |piece| encoder.write_all(piece))?;
        encoder.finish()?;
    }
    Ok(out.write_all(b"\"}\n")?)
}

/// Finds the contact values of a body, and whether it is UTF-8.
fn look_through(documents: &Documents, digest: Digest) -> Result<(Contacts, bool), DumpError> {
    let (mut finder, mut utf8) = (ContactFinder::default(), Utf8::default());
    documents.each_piece(digest, |piece| {
        finder.push(piece);
        utf8.push(piece);
        Ok(())
    })?;
    Ok((finder.finish(), utf8.is_good()))
}

/// Hands over a body without its contact values.
fn each_blanked(
    documents: &Documents,
    digest: Digest,
    contacts: Contacts,
    mut visit: impl FnMut(&[u8]) -> io::Result<()>,
) -> Result<(), DumpError> {
    let mut blanker = Blanker::new(contacts);
    let mut blanked = Vec::new();
    documents.each_piece(digest, |piece| {
        blanked.clear();
        blanker.push(piece, &mut blanked);
        visit(&blanked)
    })
}

fn line(entry: &Entry) -> io::Result<Line> {
    let fetched_at = entry.fetched_at.format(&Rfc3339).map_err(io::Error::other)?;
    Ok(Line {
        op: entry.op,
        source: entry.source.clone(),
        record: entry.record.clone(),
        url: entry.url.clone(),
        fetched_at,
        status: entry.status,
        etag: entry.validators.etag.clone(),
        last_modified: entry.validators.last_modified.clone(),
        partial: entry.partial,
        digest: entry.fetched_digest(),
        body: None,
        body_base64: None,
        withheld: false,
    })
}
