//! What lies in a folder, and whether somebody touched it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use index::blobs::Blobs;

/// What tells whether a file is still the same and was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Touch {
    inode: u64,
    mode: u32,
    owner: u32,
    len: u64,
    written: (i64, i64),
}

/// Everything below a path, the path itself among it; nothing where there is no such path.
pub(crate) fn paths(root: &Path) -> Vec<PathBuf> {
    if fs::symlink_metadata(root).is_err() {
        return Vec::new();
    }
    let mut found = vec![root.to_owned()];
    let mut at = 0;
    while let Some(path) = found.get(at).cloned() {
        at += 1;
        if path.is_dir() {
            found.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        }
    }
    found
}

/// Lists everything below a path.
pub(crate) fn listing(root: &Path) -> BTreeMap<PathBuf, Touch> {
    let touch = |path: PathBuf| {
        let metadata = fs::symlink_metadata(&path).unwrap();
        let touch = Touch {
            inode: metadata.ino(),
            mode: metadata.mode(),
            owner: metadata.uid(),
            len: metadata.len(),
            written: (metadata.mtime(), metadata.mtime_nsec()),
        };
        (path, touch)
    };
    paths(root).into_iter().map(touch).collect()
}

/// What must stay when nothing new is said: bodies, ledger, the text index's commit, the graph's data, generations.
pub(crate) fn lasting(data: &Path) -> BTreeMap<PathBuf, Touch> {
    let places = ["blobs", "ledger", "views/text/meta.json", "generations", "current", "layout"];
    places.iter().flat_map(|place| listing(&data.join(place))).collect()
}

/// The files of a data directory in whose name or content a text occurs, in any case; bodies are unpacked.
pub(crate) fn occurrences(data: &Path, text: &str) -> Vec<PathBuf> {
    let wanted = text.to_lowercase().into_bytes();
    let is_in = |bytes: &[u8]| {
        bytes.to_ascii_lowercase().windows(wanted.len()).any(|window| window == wanted)
    };
    let mut found: Vec<PathBuf> = paths(data)
        .into_iter()
        .filter(|path| {
            let name = path.file_name().unwrap_or_default();
            is_in(name.as_encoded_bytes()) || path.is_file() && is_in(&fs::read(path).unwrap())
        })
        .collect();
    let blobs = data.join("blobs");
    let bodies = Blobs::read_only(&blobs);
    let mut n_bodies = 0;
    for digest in bodies.digests().unwrap() {
        let digest = digest.unwrap();
        n_bodies += 1;
        if is_in(&bodies.read(digest, 1 << 30).unwrap().unwrap()) {
            found.push(blobs.join(digest.to_string()));
        }
    }
    let is_packed = |path: &&PathBuf| path.extension().is_some_and(|extension| extension == "zst");
    assert_eq!(
        paths(data).iter().filter(is_packed).count(),
        n_bodies,
        "a packed file that is no body"
    );
    found
}
