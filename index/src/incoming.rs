//! Where a body waits until it is known to be no document about a person.
//!
//! A body streams into `incoming/`, compressed, while its bytes are hashed and its keys are scanned. What is about a person
//! is deleted on the spot. What is left behind by a crash is deleted when the directory is next opened.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ontology::people::{PeopleFilter, PersonMark, Shape};
use sha2::{Digest as _, Sha256};
use zstd::stream::{read::Decoder, write::Encoder};

use crate::digest::Digest;
use crate::durable;
use crate::error::IndexError;

/// The directory of bodies that are not kept yet. Its copies are handles on one directory, and may be sent to other threads.
#[derive(Clone, Debug)]
pub struct Incoming {
    dir: PathBuf,
    max_body: u64,
    next: Arc<AtomicU64>,
}

impl Incoming {
    /// Opens the directory and deletes whatever is in it; a body may have `max_body` bytes before compression.
    ///
    /// Only the holder of the writer lock may call this.
    pub fn open(dir: &Path, max_body: u64) -> Result<Self, IndexError> {
        durable::create_dir(dir)?;
        for entry in fs::read_dir(dir).map_err(IndexError::io(dir))? {
            let path = entry.map_err(IndexError::io(dir))?.path();
            let removed =
                if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(IndexError::io(&path))?;
        }
        Ok(Self { dir: dir.to_owned(), max_body, next: Arc::default() })
    }

    /// Begins a body.
    pub fn body(&self) -> Result<BodyWriter, IndexError> {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let temporary = Temporary { path: self.dir.join(format!("{number}.zst")) };
        let path = &temporary.path;
        let file = File::create_new(path).map_err(IndexError::io(path))?;
        let mut encoder =
            Encoder::new(file, zstd::DEFAULT_COMPRESSION_LEVEL).map_err(IndexError::io(path))?;
        encoder.include_checksum(true).map_err(IndexError::io(path))?;
        let open = OpenBody {
            encoder,
            hasher: Sha256::new(),
            filter: PeopleFilter::default(),
            len: 0,
            temporary,
        };
        Ok(BodyWriter { max_body: self.max_body, state: State::Open(Box::new(open)) })
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }
}

/// A body that was not taken in. Nothing of it is left.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BodyRefused {
    /// The body is about a person.
    #[error("the document is about a person (`{0}`)")]
    AboutPerson(PersonMark),
    /// The body is longer than a body may be.
    #[error("the body is longer than {limit} bytes")]
    TooLong {
        /// The most a body may have.
        limit: u64,
    },
    /// The body could not be stored.
    #[error(transparent)]
    Store(#[from] IndexError),
}

/// Takes one body in, as a [`Write`].
///
/// A write fails as soon as the body is refused; [`BodyWriter::finish`] then says why. Dropping the writer drops the body.
#[derive(Debug)]
pub struct BodyWriter {
    max_body: u64,
    state: State,
}

#[derive(Debug)]
enum State {
    Open(Box<OpenBody>),
    Refused(BodyRefused),
}

struct OpenBody {
    encoder: Encoder<'static, File>,
    hasher: Sha256,
    filter: PeopleFilter,
    len: u64,
    temporary: Temporary,
}

impl std::fmt::Debug for OpenBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenBody")
            .field("len", &self.len)
            .field("temporary", &self.temporary)
            .finish_non_exhaustive()
    }
}

impl BodyWriter {
    /// Ends the body.
    ///
    /// # Errors
    /// [`BodyRefused`], also when an earlier write has already failed for that reason.
    pub fn finish(self) -> Result<Received, BodyRefused> {
        let open = match self.state {
            State::Open(open) => open,
            State::Refused(refused) => return Err(refused),
        };
        open.encoder.finish().map_err(IndexError::io(&open.temporary.path))?;
        let scan = open.filter.finish();
        Ok(Received {
            digest: Digest::from_hasher(open.hasher),
            len: open.len,
            shape: scan.shape,
            top_level_keys: scan.top_level_keys,
            temporary: open.temporary,
        })
    }

    fn refuse(&mut self, refused: BodyRefused) -> io::Error {
        let error = io::Error::new(io::ErrorKind::InvalidData, refused.to_string());
        if let State::Open(open) = std::mem::replace(&mut self.state, State::Refused(refused)) {
            // Truncated first: a reader that has the file open, or an undelete, finds nothing.
            if let Err(source) = open.encoder.get_ref().set_len(0) {
                tracing::warn!(error = %source, "cannot truncate a refused body before its removal");
            }
        }
        error
    }
}

impl Write for BodyWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let max_body = self.max_body;
        let open = match &mut self.state {
            State::Open(open) => open,
            State::Refused(refused) => {
                return Err(io::Error::new(io::ErrorKind::InvalidData, refused.to_string()));
            }
        };
        match open.take(bytes, max_body) {
            Ok(()) => Ok(bytes.len()),
            Err(refused) => Err(self.refuse(refused)),
        }
    }

    /// Does nothing: a body is read and kept only when it is finished.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl OpenBody {
    fn take(&mut self, bytes: &[u8], limit: u64) -> Result<(), BodyRefused> {
        self.len = self.len.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
        if self.len > limit {
            return Err(BodyRefused::TooLong { limit });
        }
        self.filter.push(bytes);
        if let Some(mark) = self.filter.person() {
            return Err(BodyRefused::AboutPerson(mark));
        }
        self.hasher.update(bytes);
        self.encoder.write_all(bytes).map_err(IndexError::io(&self.temporary.path))?;
        Ok(())
    }
}

/// A whole body that passed, not kept yet. Dropping it deletes it.
#[derive(Debug)]
pub struct Received {
    digest: Digest,
    len: u64,
    shape: Shape,
    top_level_keys: Vec<String>,
    temporary: Temporary,
}

impl Received {
    /// The SHA-256 of the body's bytes before compression.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The number of the body's bytes before compression.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether the body has no bytes at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The outermost form of the document.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The first keys of the document, if it is an object.
    pub fn top_level_keys(&self) -> &[String] {
        &self.top_level_keys
    }

    /// Reads the body again.
    pub fn open(&self) -> Result<impl Read + use<>, IndexError> {
        let path = self.path();
        File::open(path).and_then(Decoder::new).map_err(IndexError::io(path))
    }

    /// Where the compressed body waits.
    pub fn path(&self) -> &Path {
        &self.temporary.path
    }
}

/// A file that is deleted when its owner is done with it, unless it has been renamed by then.
#[derive(Debug)]
struct Temporary {
    path: PathBuf,
}

impl Drop for Temporary {
    fn drop(&mut self) {
        match fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(path = %self.path.display(), %error, "cannot delete `{}`", self.path.display());
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::path::Path;

    use ontology::people::{PersonMark, Shape};

    use super::{BodyRefused, Incoming, Received};
    use crate::digest::Digest;

    fn receive(incoming: &Incoming, pieces: &[&[u8]]) -> Result<Received, BodyRefused> {
        let mut body = incoming.body()?;
        for piece in pieces {
            if body.write_all(piece).is_err() {
                break;
            }
        }
        body.finish()
    }

    fn n_files(dir: &Path) -> usize {
        fs::read_dir(dir).unwrap().count()
    }

    #[test]
    fn a_body_is_hashed_classified_and_readable_before_it_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let incoming = Incoming::open(dir.path(), 1_000).unwrap();
        let received =
            receive(&incoming, &[b"{\"CFDocu", b"ment\": {}, \"CFItems\": []}"]).unwrap();
        let body = b"{\"CFDocument\": {}, \"CFItems\": []}";
        assert_eq!(
            (received.digest(), received.len(), received.is_empty()),
            (Digest::of(body), 33, false)
        );
        assert_eq!(received.shape(), Shape::Object);
        assert_eq!(received.top_level_keys(), ["CFDocument", "CFItems"]);
        let mut again = Vec::new();
        received.open().unwrap().read_to_end(&mut again).unwrap();
        assert_eq!(again, body);
        assert_eq!(n_files(dir.path()), 1);
        drop(received);
        assert_eq!(n_files(dir.path()), 0);
    }

    #[test]
    fn a_document_about_a_person_is_gone_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let incoming = Incoming::open(dir.path(), 1_000_000).unwrap();
        let mut body = incoming.body().unwrap();
        body.write_all(&vec![b' '; 500_000]).unwrap();
        body.write_all(b"{\"credential").unwrap();
        let other_name = dir.path().with_extension("link");
        fs::hard_link(dir.path().join("0.zst"), &other_name).unwrap();
        assert!(body.write_all(b"Subject\": {\"name\": \"Ada\"}}").is_err());
        assert_eq!(n_files(dir.path()), 0);
        assert_eq!(fs::metadata(&other_name).unwrap().len(), 0, "truncated before it was deleted");
        fs::remove_file(other_name).unwrap();
        assert!(body.write_all(b"more").is_err());
        let refused = body.finish().unwrap_err();
        assert!(matches!(refused, BodyRefused::AboutPerson(PersonMark::CredentialSubject)));
        assert_eq!(refused.to_string(), "the document is about a person (`credentialSubject`)");
    }

    #[test]
    fn a_body_is_cut_off_at_the_limit() {
        let dir = tempfile::tempdir().unwrap();
        let incoming = Incoming::open(dir.path(), 10).unwrap();
        assert_eq!(receive(&incoming, &[b"12345", b"67890"]).unwrap().len(), 10);
        let refused = receive(&incoming, &[b"12345", b"678901"]).unwrap_err();
        assert!(matches!(refused, BodyRefused::TooLong { limit: 10 }));
        assert_eq!(n_files(dir.path()), 0);
    }

    #[test]
    fn what_a_crash_left_is_wiped_at_open() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("7.zst"), b"left").unwrap();
        fs::create_dir(dir.path().join("folder")).unwrap();
        Incoming::open(dir.path(), 1).unwrap();
        assert_eq!(n_files(dir.path()), 0);
    }

    #[test]
    fn an_unfinished_body_is_deleted() {
        let dir = tempfile::tempdir().unwrap();
        let incoming = Incoming::open(dir.path(), 100).unwrap();
        drop(incoming.body().unwrap());
        assert!(receive(&incoming, &[]).unwrap().is_empty());
        assert_eq!(n_files(dir.path()), 0);
    }
}
