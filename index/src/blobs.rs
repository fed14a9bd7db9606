//! The bodies that were kept, each under the name of its content.
//!
//! `blobs/ab/<sha256>.zst` holds one compressed body. A blob is never changed: the same bytes are written once, and purged
//! only when a redaction asks for it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use zstd::stream::read::Decoder;

use crate::crash;
use crate::digest::Digest;
use crate::durable;
use crate::error::{BlobFault, IndexError};
use crate::incoming::{Incoming, Received};

/// The directory of kept bodies.
#[derive(Clone, Debug)]
pub struct Blobs {
    dir: PathBuf,
}

impl Blobs {
    /// Opens the directory for writing, and creates it where it is missing.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        durable::create_dir(dir)?;
        Ok(Self { dir: dir.to_owned() })
    }

    /// Opens the directory for reading, and writes nothing.
    #[must_use]
    pub fn read_only(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Keeps a group of bodies; when this returns, all of them are durable.
    ///
    /// The bodies are synced together, renamed into place, and then their directories are synced. A body that is already
    /// there is not written again, but synced all the same: a crash may have come between its rename and its sync.
    pub fn keep<'a>(
        &self,
        incoming: &Incoming,
        group: impl Iterator<Item = &'a Received> + Clone,
    ) -> Result<(), IndexError> {
        crash::point("blob.before_sync");
        let files: Vec<PathBuf> = group.clone().map(|body| self.whereabouts(body)).collect();
        durable::sync_each(incoming.dir(), files.iter().map(PathBuf::as_path))?;
        crash::point("blob.after_sync");
        let mut folders = BTreeSet::new();
        for body in group {
            folders.insert(self.place(body)?);
        }
        crash::point("blob.before_dir_sync");
        durable::sync_each(&self.dir, folders.iter().map(PathBuf::as_path))?;
        crash::point("blob.after_dir_sync");
        Ok(())
    }

    /// Whether the body is here.
    pub fn contains(&self, digest: Digest) -> bool {
        self.path(digest).is_file()
    }

    /// Reads a body's bytes; the last read fails when they are not the ones the digest names. `None` where there is none.
    pub fn open_body(&self, digest: Digest) -> Result<Option<BlobReader>, IndexError> {
        let path = self.path(digest);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(IndexError::Io { path, source }),
        };
        let decoder = Decoder::new(file).map_err(IndexError::io(&path))?;
        Ok(Some(BlobReader { decoder, hasher: Sha256::new(), digest }))
    }

    /// Reads a body of at most `limit` bytes and checks it. `None` where there is none.
    ///
    /// # Errors
    /// [`IndexError::Blob`] when the body is longer, or is not the one that the digest names.
    pub fn read(&self, digest: Digest, limit: u64) -> Result<Option<Vec<u8>>, IndexError> {
        let Some(reader) = self.open_body(digest)? else { return Ok(None) };
        let mut body = Vec::new();
        let len = reader
            .take(limit.saturating_add(1))
            .read_to_end(&mut body)
            .map_err(|error| self.fault(digest, error))?;
        if u64::try_from(len).is_ok_and(|len| len <= limit) {
            return Ok(Some(body));
        }
        Err(IndexError::Blob { digest, kind: BlobFault::TooLong { limit } })
    }

    /// Checks that a body is the one its digest names; false where there is none.
    pub fn verify(&self, digest: Digest) -> Result<bool, IndexError> {
        let Some(mut reader) = self.open_body(digest)? else { return Ok(false) };
        io::copy(&mut reader, &mut io::sink()).map_err(|error| self.fault(digest, error))?;
        Ok(true)
    }

    /// Deletes a body for good; false where there was none.
    pub fn remove(&self, digest: Digest) -> Result<bool, IndexError> {
        let path = self.path(digest);
        crash::point("purge.before_remove");
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(source) => return Err(IndexError::Io { path, source }),
        }
        crash::point("purge.after_remove");
        durable::sync_dir(&self.folder(digest))?;
        Ok(true)
    }

    /// Every body that is here, in the order of the digests.
    pub fn digests(
        &self,
    ) -> Result<impl Iterator<Item = Result<Digest, IndexError>> + use<>, IndexError> {
        let folders = names(&self.dir)?;
        Ok(folders.into_iter().flat_map(|folder| match names(&folder) {
            Ok(files) => files.iter().filter_map(|file| digest_of(file)).map(Ok).collect(),
            Err(error) => vec![Err(error)],
        }))
    }

    /// Where a body of the group lies now: already in its place, or still among the incoming.
    fn whereabouts(&self, body: &Received) -> PathBuf {
        let place = self.path(body.digest());
        if place.is_file() { place } else { body.path().to_owned() }
    }

    /// Renames a body into its place, and says which directory has to be synced for it.
    fn place(&self, body: &Received) -> Result<PathBuf, IndexError> {
        let (folder, path) = (self.folder(body.digest()), self.path(body.digest()));
        if path.is_file() {
            return Ok(folder);
        }
        durable::create_dir(&folder)?;
        crash::point("blob.before_rename");
        fs::rename(body.path(), &path).map_err(IndexError::io(&path))?;
        crash::point("blob.after_rename");
        Ok(folder)
    }

    fn folder(&self, digest: Digest) -> PathBuf {
        self.dir.join(digest.folder())
    }

    fn path(&self, digest: Digest) -> PathBuf {
        self.folder(digest).join(format!("{digest}.zst"))
    }

    /// What a failure to read a body means.
    pub(crate) fn fault(&self, digest: Digest, source: io::Error) -> IndexError {
        // zstd reports damage as `Other` or as an early end, the digest as invalid data; the rest is the disk's own.
        match source.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof | io::ErrorKind::Other => {
                IndexError::Blob { digest, kind: BlobFault::Mismatch }
            }
            _ => IndexError::Io { path: self.path(digest), source },
        }
    }
}

/// The bytes of one body, checked against its digest as they are read.
pub struct BlobReader {
    decoder: Decoder<'static, BufReader<File>>,
    hasher: Sha256,
    digest: Digest,
}

impl std::fmt::Debug for BlobReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BlobReader").field("digest", &self.digest).finish_non_exhaustive()
    }
}

impl Read for BlobReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n_read = self.decoder.read(buffer)?;
        self.hasher.update(buffer.get(..n_read).unwrap_or_default());
        let at_end = n_read == 0 && !buffer.is_empty();
        if at_end && Digest::from_hasher(self.hasher.clone()) != self.digest {
            return Err(io::Error::new(io::ErrorKind::InvalidData, BlobFault::Mismatch));
        }
        Ok(n_read)
    }
}

/// The paths in a directory, sorted; none where it is missing.
fn names(dir: &Path) -> Result<Vec<PathBuf>, IndexError> {
    let entries = match fs::read_dir(dir) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(IndexError::io(dir))?,
    };
    let paths: Result<Vec<PathBuf>, io::Error> = entries.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(IndexError::io(dir))?;
    paths.sort();
    Ok(paths)
}

fn digest_of(path: &Path) -> Option<Digest> {
    path.file_name()?.to_str()?.strip_suffix(".zst")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::{Read, Write};
    use std::path::{Path, PathBuf};

    use super::Blobs;
    use crate::digest::Digest;
    use crate::error::{BlobFault, IndexError};
    use crate::incoming::{Incoming, Received};

    struct Store {
        _dir: tempfile::TempDir,
        incoming: Incoming,
        blobs: Blobs,
        root: PathBuf,
    }

    fn store() -> Store {
        let dir = tempfile::tempdir().unwrap();
        let incoming = Incoming::open(&dir.path().join("incoming"), 1_000_000).unwrap();
        let root = dir.path().join("blobs");
        Store { incoming, blobs: Blobs::open(&root).unwrap(), root, _dir: dir }
    }

    fn receive(store: &Store, body: &[u8]) -> Received {
        let mut writer = store.incoming.body().unwrap();
        writer.write_all(body).unwrap();
        writer.finish().unwrap()
    }

    fn keep(store: &Store, bodies: &[&[u8]]) -> Vec<Digest> {
        let group: Vec<Received> = bodies.iter().map(|body| receive(store, body)).collect();
        store.blobs.keep(&store.incoming, group.iter()).unwrap();
        group.iter().map(Received::digest).collect()
    }

    fn file(root: &Path, digest: Digest) -> PathBuf {
        root.join(digest.folder()).join(format!("{digest}.zst"))
    }

    #[test]
    fn what_is_kept_is_read_again_byte_for_byte() {
        let store = store();
        let bodies: Vec<Vec<u8>> = (0..40_u8).map(|n| vec![n; usize::from(n) * 100]).collect();
        let digests = keep(&store, &bodies.iter().map(Vec::as_slice).collect::<Vec<_>>());
        for (digest, body) in digests.iter().zip(&bodies) {
            assert!(store.blobs.contains(*digest) && store.blobs.verify(*digest).unwrap());
            assert_eq!(store.blobs.read(*digest, 4_000).unwrap().as_ref(), Some(body));
            let mut streamed = Vec::new();
            store.blobs.open_body(*digest).unwrap().unwrap().read_to_end(&mut streamed).unwrap();
            assert_eq!(&streamed, body);
        }
        let mut sorted = digests;
        sorted.sort();
        let listed: Vec<Digest> = store.blobs.digests().unwrap().map(Result::unwrap).collect();
        assert_eq!(listed, sorted);
        assert_eq!(fs::read_dir(store.incoming.dir()).unwrap().count(), 0);
    }

    #[test]
    fn a_body_already_there_is_not_written_again() {
        let store = store();
        let digest = keep(&store, &[b"one"])[0];
        let before = fs::metadata(file(&store.root, digest)).unwrap();
        assert_eq!(keep(&store, &[b"one", b"two", b"two"])[0], digest);
        let after = fs::metadata(file(&store.root, digest)).unwrap();
        assert_eq!(before.modified().unwrap(), after.modified().unwrap());
        assert_eq!(store.blobs.digests().unwrap().count(), 2);
        assert_eq!(fs::read_dir(store.incoming.dir()).unwrap().count(), 0);
    }

    #[test]
    fn a_missing_body_is_no_error() {
        let store = store();
        let digest = Digest::of(b"never");
        assert_eq!(store.blobs.read(digest, 10).unwrap(), None);
        assert!(!store.blobs.verify(digest).unwrap() && !store.blobs.contains(digest));
        assert!(!store.blobs.remove(digest).unwrap());
        assert_eq!(Blobs::read_only(Path::new("/nowhere")).digests().unwrap().count(), 0);
    }

    #[test]
    fn a_removed_body_is_gone() {
        let store = store();
        let digest = keep(&store, &[b"one"])[0];
        assert!(store.blobs.remove(digest).unwrap());
        assert!(!store.blobs.contains(digest));
    }

    #[test]
    fn a_longer_body_than_wanted_is_an_error() {
        let store = store();
        let digest = keep(&store, &[b"12345"])[0];
        assert_eq!(store.blobs.read(digest, 5).unwrap().unwrap(), b"12345");
        let error = store.blobs.read(digest, 4).unwrap_err();
        assert!(matches!(error, IndexError::Blob { kind: BlobFault::TooLong { limit: 4 }, .. }));
    }

    #[test]
    fn every_flipped_byte_and_every_cut_is_noticed() {
        let store = store();
        let body =
            b"a body that is long enough to be compressed, compressed, compressed, compressed";
        let digest = keep(&store, &[body])[0];
        let path = file(&store.root, digest);
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            fs::write(&path, &damaged).unwrap();
            let read = store.blobs.read(digest, 1_000);
            let same = read.as_ref().is_ok_and(|read| read.as_deref() == Some(body));
            assert!(
                same || matches!(read, Err(IndexError::Blob { kind: BlobFault::Mismatch, .. })),
                "byte {at}"
            );
            fs::write(&path, &whole[..at]).unwrap();
            assert!(
                matches!(store.blobs.verify(digest), Err(IndexError::Blob { .. })),
                "cut at {at}"
            );
        }
    }
}
