//! The watermarks of the graph view, in a file of their own: the last ledger entry of each source whose effect is wholly
//! in the store that lies beside it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::durable;
use crate::error::IndexError;

/// The file, in the folder of the store, which leaves names alone that it does not know and copies none of them.
fn file(folder: &Path) -> PathBuf {
    folder.join("watermarks.json")
}

/// Reads the watermarks; there are none where there is no file.
pub(crate) fn read(folder: &Path) -> Result<BTreeMap<String, u64>, IndexError> {
    let path = file(folder);
    match fs::read(&path) {
        Ok(bytes) => {
            serde_json::from_slice(&bytes).map_err(|source| IndexError::Manifest { path, source })
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeMap::new()),
        Err(source) => Err(IndexError::io(&path)(source)),
    }
}

/// Replaces the watermarks in one step that outlives a power cut.
pub(crate) fn write(folder: &Path, watermarks: &BTreeMap<String, u64>) -> Result<(), IndexError> {
    let path = file(folder);
    let bytes = serde_json::to_vec(watermarks)
        .map_err(|source| IndexError::Manifest { path: path.clone(), source })?;
    durable::write_atomically(&path, &bytes)
}

/// Takes the watermarks away.
pub(crate) fn forget(folder: &Path) -> Result<(), IndexError> {
    let path = file(folder);
    match fs::remove_file(&path) {
        Ok(()) => durable::sync_dir(folder),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(source) => Err(IndexError::io(&path)(source)),
    }
}
