//! `alidade export`: writes down what is held, to be taken away.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use index::Reader;
use index::digest::Digest;
use index::dump::{DumpError, Scope, select};
use index::resolve::resolve;
use ontology::{CanonicalKey, Kind};
use time::OffsetDateTime;

use crate::cli;
use crate::cli::ExportFormat;
use crate::export::{Counted, Export, Form, Packed, Wanted};
use crate::outcome::{Outcome, UsageError};
use crate::present::print_exported;

pub(super) fn run(args: &cli::Export, data: &Path, now: OffsetDateTime) -> anyhow::Result<Outcome> {
    let (form, zstd) = form(args)?;
    let reader = Reader::open(data)?;
    let selection = select(&reader, scope(args, &reader, &now.date().to_string())?)?;
    let wanted = Wanted { reader: &reader, data, selection: &selection, withdrawn: args.withdrawn };
    let Some(export) = Export::begin(form, wanted).map_err(told)? else {
        let reason = "the documents are not in this data directory, which has only generations";
        return Err(UsageError(reason.to_owned()).into());
    };
    let (n, digest) = if args.output == Path::new("-") {
        write(&export, zstd, io::stdout().lock())?
    } else {
        write_file(&export, zstd, &args.output)?
    };
    print_exported(form.items(), n, &selection, digest)?;
    Ok(if selection.records.is_empty() { Outcome::NothingFound } else { Outcome::Done })
}

/// The form, and whether it is packed: what was said, else what the name of the file says.
fn form(args: &cli::Export) -> Result<(Form, bool), UsageError> {
    let name = args.output.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let inner = name.strip_suffix(".zst");
    let ending = inner.unwrap_or(name).rsplit_once('.').map(|(_, ending)| ending);
    let said = args.format.map(|format| match format {
        ExportFormat::Nquads => Form::Quads,
        ExportFormat::Ndjson => Form::Documents,
        ExportFormat::Csv => Form::Rows,
    });
    let form = said.or_else(|| ending.and_then(Form::of_ending)).ok_or_else(|| {
        UsageError(
            "which form? `--format` says it, or a file whose name ends in .nq, .ndjson or .csv"
                .to_owned(),
        )
    })?;
    Ok((form, args.zstd || inner.is_some()))
}

fn scope(args: &cli::Export, reader: &Reader, today: &str) -> anyhow::Result<Scope> {
    if !args.framework.is_empty() {
        let keys = args.framework.iter().map(|text| framework(reader, text, today));
        return Ok(Scope::Frameworks(keys.collect::<Result<_, _>>()?));
    }
    if args.source.is_empty() {
        return Ok(Scope::Everything);
    }
    if let Some(unknown) = args.source.iter().find(|name| !reader.sources().contains_key(*name)) {
        return Err(UsageError(format!("no source is called `{unknown}`")).into());
    }
    Ok(Scope::Sources(args.source.iter().cloned().collect::<BTreeSet<String>>()))
}

/// The framework that an identifier or a title names.
fn framework(reader: &Reader, text: &str, today: &str) -> anyhow::Result<CanonicalKey> {
    let resolution = resolve(reader.cards(), text, None, today)?;
    if let Some(found) = resolution.resource() {
        let card = &found.chosen.card;
        if card.resource.kind() == Kind::Framework {
            return Ok(card.key().clone());
        }
        return Err(UsageError(format!("`{text}` is no framework")).into());
    }
    let titled: BTreeSet<CanonicalKey> =
        reader.cards().frameworks_titled(text)?.iter().map(|card| card.key().clone()).collect();
    let mut titled = titled.into_iter();
    match (titled.next(), titled.next()) {
        (Some(key), None) => Ok(key),
        (Some(_), Some(_)) => {
            Err(UsageError(format!("several frameworks are called `{text}`")).into())
        }
        (None, _) => Err(UsageError(format!("no framework is called `{text}`")).into()),
    }
}

/// Writes it; gives how many items there are, and the digest of what was written.
fn write(export: &Export<'_>, zstd: bool, out: impl Write) -> anyhow::Result<(u64, Digest)> {
    let mut out = Packed::into(Counted::into(out), zstd)?;
    let n = export.write(&mut out).map_err(told)?;
    let (_, _, digest) = out.finish()?.finish();
    Ok((n, digest))
}

/// Whose fault it is: a store's of ours, or of where it is written to.
fn told(error: DumpError) -> anyhow::Error {
    match error {
        DumpError::Store(error) => error.into(),
        DumpError::Sink(error) => {
            anyhow::Error::from(error).context("the export cannot be written")
        }
    }
}

/// Writes a file beside its name, which it gets when it is whole; and its digest into another, as `sha256sum --check` reads it.
fn write_file(export: &Export<'_>, zstd: bool, path: &Path) -> anyhow::Result<(u64, Digest)> {
    let part = beside(path, ".part");
    let cannot = || format!("cannot write `{}`", path.display());
    let file = File::create(&part).with_context(cannot)?;
    let written = write(export, zstd, &file).and_then(|written| {
        file.sync_all().with_context(cannot)?;
        fs::rename(&part, path).with_context(cannot)?;
        Ok(written)
    });
    let Ok((_, digest)) = written else {
        // What is left of it is of no use; that it went wrong is said.
        drop(fs::remove_file(&part));
        return written;
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let path = beside(path, ".sha256");
    let cannot = || format!("cannot write `{}`", path.display());
    fs::write(&path, format!("{digest}  {name}\n")).with_context(cannot)?;
    written
}

/// The path with something behind it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
