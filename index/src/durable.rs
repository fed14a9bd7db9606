//! Promises about files that outlive a power cut.
//!
//! A rename is on the disk only after its directory was synced, and a new file only after both were. Everything in this
//! crate that must not be lost goes through these few functions.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::crash;
use crate::error::IndexError;

/// Above this many paths one sync of the whole file system is quicker than one for each.
const FEW: usize = 8;

/// Makes the names in a directory durable.
pub fn sync_dir(path: &Path) -> Result<(), IndexError> {
    sync_path(path)
}

/// Creates a directory and those above it, durably.
pub fn create_dir(path: &Path) -> Result<(), IndexError> {
    if path.is_dir() {
        return Ok(());
    }
    let parent = parent(path);
    if let Some(parent) = &parent {
        create_dir(parent)?;
    }
    fs::create_dir(path).map_err(IndexError::io(path))?;
    parent.map_or(Ok(()), |parent| sync_dir(&parent))
}

/// Replaces a file in one step: after a crash it holds all of the old bytes or all of the new.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), IndexError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".tmp");
    let temporary = PathBuf::from(name);
    let mut file = File::create(&temporary).map_err(IndexError::io(&temporary))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(IndexError::io(&temporary))?;
    rename_durably(&temporary, path)
}

/// Gives a file or directory, whose content is already synced, its final name.
pub fn rename_durably(from: &Path, to: &Path) -> Result<(), IndexError> {
    crash::point("file.before_rename");
    fs::rename(from, to).map_err(IndexError::io(to))?;
    crash::point("file.after_rename");
    for folder in [parent(to), parent(from).filter(|folder| Some(folder) != parent(to).as_ref())]
        .into_iter()
        .flatten()
    {
        sync_dir(&folder)?;
    }
    Ok(())
}

/// Makes everything under a directory durable: on Linux with one `syncfs`, elsewhere file by file.
pub fn sync_all_of(dir: &Path) -> Result<(), IndexError> {
    #[cfg(target_os = "linux")]
    {
        let file = File::open(dir).map_err(IndexError::io(dir))?;
        rustix::fs::syncfs(&file)
            .map_err(|errno| IndexError::Io { path: dir.to_owned(), source: errno.into() })
    }
    #[cfg(not(target_os = "linux"))]
    {
        for entry in fs::read_dir(dir).map_err(IndexError::io(dir))? {
            let path = entry.map_err(IndexError::io(dir))?.path();
            if path.is_dir() { sync_all_of(&path)? } else { sync_path(&path)? }
        }
        sync_dir(dir)
    }
}

/// Makes the named files and directories under `dir` durable, in the cheapest way for their number.
pub fn sync_each<'a>(
    dir: &Path,
    paths: impl ExactSizeIterator<Item = &'a Path>,
) -> Result<(), IndexError> {
    if cfg!(target_os = "linux") && paths.len() > FEW {
        return sync_all_of(dir);
    }
    paths.into_iter().try_for_each(sync_path)
}

fn sync_path(path: &Path) -> Result<(), IndexError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(IndexError::io(path))
}

fn parent(path: &Path) -> Option<PathBuf> {
    let parent = path.parent()?;
    Some(if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{create_dir, rename_durably, sync_all_of, sync_each, write_atomically};

    #[test]
    fn a_file_is_replaced_whole_and_leaves_nothing_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("current");
        write_atomically(&path, b"1").unwrap();
        write_atomically(&path, b"22").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"22");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[test]
    fn directories_are_created_with_those_above_them() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("a/b/c");
        create_dir(&deep).unwrap();
        create_dir(&deep).unwrap();
        rename_durably(&deep, &dir.path().join("d")).unwrap();
        assert!(dir.path().join("d").is_dir());
    }

    #[test]
    fn few_and_many_paths_are_synced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("x");
        fs::write(&path, b"x").unwrap();
        sync_all_of(dir.path()).unwrap();
        sync_each(dir.path(), [path.as_path(); 2].into_iter()).unwrap();
        sync_each(dir.path(), [path.as_path(); 20].into_iter()).unwrap();
        assert!(sync_each(dir.path(), [Path::new("/nowhere/at/all")].into_iter()).is_err());
    }
}
