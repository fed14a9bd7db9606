//! The changes of one generation: one a line in JSON, and beside them a table that finds the lines of a resource.
//!
//! The table has 16 bytes a line, in order: the first 64 bits of the hash of the subject, and the byte at which the line begins.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use crate::changes::Change;
use crate::cursor::digest_of;
use crate::error::IndexError;

/// The bytes that a line has in the table.
const ROW: u64 = 16;

/// The change file of a generation in a folder.
fn lines_of(folder: &Path, generation: u64) -> PathBuf {
    folder.join(format!("{generation}.ndjson"))
}

/// The table beside it.
fn table_of(folder: &Path, generation: u64) -> PathBuf {
    folder.join(format!("{generation}.lines"))
}

/// A change file that is written.
pub(super) struct Writing {
    path: PathBuf,
    table: PathBuf,
    out: BufWriter<File>,
    at: u64,
    rows: Vec<(u64, u64)>,
}

impl Writing {
    /// Begins the file of a generation.
    pub(super) fn begin(folder: &Path, generation: u64) -> Result<Self, IndexError> {
        let path = lines_of(folder, generation);
        let out = BufWriter::new(File::create(&path).map_err(IndexError::io(&path))?);
        Ok(Self { path, table: table_of(folder, generation), out, at: 0, rows: Vec::new() })
    }

    /// Writes a change down.
    pub(super) fn line(&mut self, change: &Change) -> Result<(), IndexError> {
        let mut line = serde_json::to_vec(change).map_err(|source| IndexError::Card { source })?;
        line.push(b'\n');
        self.out.write_all(&line).map_err(IndexError::io(&self.path))?;
        self.rows.push((digest_of(&change.subject), self.at));
        self.at += u64::try_from(line.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    /// Ends the file; gives how many changes it has, and how many bytes. A file without changes is not kept.
    pub(super) fn finish(mut self) -> Result<(u64, u64), IndexError> {
        self.out.flush().map_err(IndexError::io(&self.path))?;
        if self.rows.is_empty() {
            fs::remove_file(&self.path).map_err(IndexError::io(&self.path))?;
            return Ok((0, 0));
        }
        self.rows.sort_unstable();
        let file = File::create(&self.table).map_err(IndexError::io(&self.table))?;
        let mut table = BufWriter::new(file);
        for (hash, at) in &self.rows {
            let row = [hash.to_be_bytes(), at.to_be_bytes()].concat();
            table.write_all(&row).map_err(IndexError::io(&self.table))?;
        }
        table.flush().map_err(IndexError::io(&self.table))?;
        Ok((u64::try_from(self.rows.len()).unwrap_or(u64::MAX), self.at))
    }
}

/// Links the files of a generation into another folder.
pub(super) fn link(from: &Path, to: &Path, generation: u64) -> Result<(), IndexError> {
    for file in [lines_of, table_of] {
        let held = file(from, generation);
        fs::hard_link(&held, file(to, generation)).map_err(IndexError::io(&held))?;
    }
    Ok(())
}

/// Opens a file; `None` where it is not there.
fn open(path: &Path) -> Result<Option<File>, IndexError> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(IndexError::io(path)(error)),
    }
}

/// A change file that is read, line by line.
pub(super) struct Reading {
    path: PathBuf,
    lines: BufReader<File>,
    at: u64,
}

impl Reading {
    /// Opens the file of a generation at a byte; `None` where no line begins there, or the file was removed under whoever reads it, as a
    /// purge does.
    pub(super) fn open(
        folder: &Path,
        generation: u64,
        at: u64,
    ) -> Result<Option<Self>, IndexError> {
        let path = lines_of(folder, generation);
        let Some(mut file) = open(&path)? else { return Ok(None) };
        if let Some(before) = at.checked_sub(1) {
            let mut last = [0];
            file.seek(SeekFrom::Start(before)).map_err(IndexError::io(&path))?;
            let n_read = file.read(&mut last).map_err(IndexError::io(&path))?;
            if n_read == 0 || last != *b"\n" {
                return Ok(None);
            }
        }
        Ok(Some(Self { path, lines: BufReader::new(file), at }))
    }

    /// The byte at which the next line begins.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Reads the next line.
    pub(super) fn next(&mut self) -> Result<Option<Change>, IndexError> {
        let mut line = String::new();
        let n_read = self.lines.read_line(&mut line).map_err(IndexError::io(&self.path))?;
        if n_read == 0 {
            return Ok(None);
        }
        self.at += u64::try_from(n_read).unwrap_or(u64::MAX);
        let change = serde_json::from_str(&line);
        change.map(Some).map_err(|source| IndexError::Manifest { path: self.path.clone(), source })
    }
}

/// Finds the changes of a subject in the file of a generation, in their order.
pub(super) fn of_subject(
    folder: &Path,
    generation: u64,
    subject: &str,
) -> Result<Vec<Change>, IndexError> {
    let mut found = Vec::new();
    for at in places_of(&table_of(folder, generation), digest_of(subject))? {
        let Some(mut lines) = Reading::open(folder, generation, at)? else { continue };
        found.extend(lines.next()?.filter(|change| change.subject == subject));
    }
    Ok(found)
}

/// Finds the lines of a hash by halving the table.
fn places_of(path: &Path, hash: u64) -> Result<Vec<u64>, IndexError> {
    let Some(table) = open(path)? else { return Ok(Vec::new()) };
    let n_rows = table.metadata().map_err(IndexError::io(path))?.len() / ROW;
    let row = |number: u64| -> Result<(u64, u64), IndexError> {
        let (mut head, mut at) = ([0; 8], [0; 8]);
        table.read_exact_at(&mut head, number * ROW).map_err(IndexError::io(path))?;
        table.read_exact_at(&mut at, number * ROW + ROW / 2).map_err(IndexError::io(path))?;
        Ok((u64::from_be_bytes(head), u64::from_be_bytes(at)))
    };
    let (mut low, mut high) = (0, n_rows);
    while low < high {
        let middle = low.midpoint(high);
        if row(middle)?.0 < hash { low = middle + 1 } else { high = middle }
    }
    let mut places = Vec::new();
    for number in low..n_rows {
        let (head, at) = row(number)?;
        if head != hash {
            break;
        }
        places.push(at);
    }
    Ok(places)
}
