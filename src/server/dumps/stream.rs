//! A dump on its way out: written by a thread of its own, handed to the connection in pieces, and never further ahead than a few of them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::stream::unfold;
use index::Reader;
use index::dump::{DumpError, Scope, Selection, framework_of_hash, select};
use index::edition::Edition;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::oneshot;

use crate::export::{Counted, Export, Form, Packed, Wanted};
use crate::server::dumps::digests::{Digests, Measured};
use crate::server::dumps::name::{Part, Whole};
use crate::server::dumps::places::Place;
use crate::server::dumps::unknown;
use crate::server::problem::{Problem, ProblemKind};

/// How large a piece is.
const PIECE: usize = 64 << 10;

/// How many pieces wait for the caller.
const AHEAD: usize = 4;

/// What it takes to write a dump.
pub(super) struct Job {
    pub reader: Arc<Reader>,
    pub data: PathBuf,
    pub dump: Whole,
    pub digests: Arc<Digests>,
    /// Given back when all is written.
    pub place: Place,
}

/// The forms that dumps are given in: documents only where they lie here, and not just generations.
pub(in crate::server) fn forms(data: &Path) -> Vec<Form> {
    let has_documents = data.join("ledger").is_dir() && data.join("blobs").is_dir();
    let forms = Form::ALL.into_iter();
    forms.filter(|form| has_documents || *form != Form::Documents).collect()
}

/// Begins to write a dump. What is wrong with it is known before anything is sent.
///
/// # Errors
/// A dump that there is not, or that cannot be begun. What fails later ends the connection before the answer is whole.
pub(super) async fn begin(job: Job) -> Result<Body, Problem> {
    let (pieces, given) = channel(AHEAD);
    let (started, start) = oneshot::channel();
    tokio::task::spawn_blocking(move || {
        let mut started = Some(started);
        let on_start = || drop(started.take().map(|started| started.send(Ok(()))));
        let out = Pieces { pieces: pieces.clone(), piece: Vec::new() };
        match (write(&job, out, on_start), started) {
            (Ok(measured), _) => {
                job.digests.note(edition(&job), job.dump, Some(measured));
                // Whoever has gone by now has all of it.
                drop(pieces.blocking_send(Piece::End));
            }
            (Err(Failed::Before(problem)), Some(started)) => drop(started.send(Err(problem))),
            (Err(failed), _) => failed.log(),
        }
        drop(job.place);
    });
    // Where the thread has panicked, the hook has logged where.
    start.await.unwrap_or_else(|_| Err(Problem::internal()))?;
    Ok(Body::from_stream(unfold(Some(given), next)))
}

/// A piece of a dump, or the word that it is whole. Without that word it broke off, however that came about.
enum Piece {
    Bytes(Bytes),
    End,
}

async fn next(
    given: Option<Receiver<Piece>>,
) -> Option<(io::Result<Bytes>, Option<Receiver<Piece>>)> {
    let mut given = given?;
    match given.recv().await {
        Some(Piece::Bytes(bytes)) => Some((Ok(bytes), Some(given))),
        Some(Piece::End) => None,
        None => Some((Err(io::Error::other("the dump broke off")), None)),
    }
}

/// Works out what a dump comes to, and keeps nothing of it.
pub(super) fn measure(job: Job) -> Result<Measured, Problem> {
    let claim = Claim(&job);
    let measured = write(&job, io::sink(), || {});
    if let Ok(measured) = &measured {
        job.digests.note(edition(&job), job.dump, Some(*measured));
    }
    drop(claim);
    drop(job.place);
    measured.map_err(|failed| match failed {
        Failed::Before(problem) => problem,
        Failed::Within(_) => {
            failed.log();
            Problem::internal()
        }
    })
}

/// The word that somebody works it out, taken back at the end: also where that is a panic.
struct Claim<'a>(&'a Job);

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        self.0.digests.note(edition(self.0), self.0.dump, None);
    }
}

fn edition(job: &Job) -> Edition {
    job.reader.manifest().edition()
}

/// Why a dump was not written to its end.
enum Failed {
    /// It could not be begun.
    Before(Problem),
    /// It broke off.
    Within(DumpError),
}

impl Failed {
    /// Logs a fault of ours. A caller who goes away is none.
    fn log(&self) {
        if let Self::Within(DumpError::Store(error)) = self {
            tracing::error!(%error, "a dump broke off");
        }
    }
}

fn write(job: &Job, out: impl Write, on_start: impl FnOnce()) -> Result<Measured, Failed> {
    let selection = selection(&job.reader, job.dump).map_err(Failed::Before)?;
    let (reader, data) = (job.reader.as_ref(), job.data.as_path());
    let wanted = Wanted { reader, data, selection: &selection, withdrawn: false };
    let begun = Export::begin(job.dump.form, wanted).map_err(|error| match error {
        DumpError::Store(error) => Failed::Before(error.into()),
        DumpError::Sink(_) => Failed::Before(Problem::internal()),
    })?;
    let export = begun.ok_or_else(|| Failed::Before(no_documents()))?;
    on_start();
    let broken = |error: io::Error| Failed::Within(error.into());
    let mut out = Packed::into(Counted::into(out), true).map_err(broken)?;
    export.write(&mut out).map_err(Failed::Within)?;
    let (_, len, digest) = out.finish().map_err(broken)?.finish();
    Ok(Measured { len, digest })
}

/// The records of a dump.
///
/// # Errors
/// Where there is no such framework, or nothing of it may be given away.
pub(super) fn selection(reader: &Reader, dump: Whole) -> Result<Selection, Problem> {
    let Part::Framework(hash) = dump.part else {
        return Ok(select(reader, Scope::Everything)?);
    };
    let key = framework_of_hash(reader.cards(), hash)?.ok_or_else(unknown)?;
    let selection = select(reader, Scope::Frameworks([key].into()))?;
    if selection.records.is_empty() { Err(unknown()) } else { Ok(selection) }
}

/// Why there is no dump of documents.
pub(super) fn no_documents() -> Problem {
    let forms = Form::ALL.into_iter().filter(|form| *form != Form::Documents);
    let detail =
        "this server holds no documents, only what was made of them; the other forms are here";
    Problem::new(ProblemKind::NoDocuments, detail)
        .with("formats", forms.map(Form::ending).collect::<Vec<_>>())
}

/// Hands what is written to the connection, in pieces.
struct Pieces {
    pieces: Sender<Piece>,
    piece: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        let piece = Piece::Bytes(Bytes::from(std::mem::take(&mut self.piece)));
        // Nobody takes it any more where the caller has gone, or has lost our patience.
        let sent = self.pieces.blocking_send(piece);
        if sent.is_ok() { Ok(()) } else { Err(io::ErrorKind::BrokenPipe.into()) }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() { Ok(()) } else { self.send() }
    }
}
