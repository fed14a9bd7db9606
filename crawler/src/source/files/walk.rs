//! Goes through the files of a folder, in the order of their paths.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use crate::source::files::format::{extension, is_taken};
use crate::source::files::sink::Skip;

/// What the walk comes by.
#[derive(Debug)]
pub(super) enum Found {
    File(Candidate),
    /// A file that is passed over for its name, which has this extension.
    OtherName(String),
    Skipped(PathBuf, Skip),
    Unreadable(PathBuf, io::Error),
}

/// A file to be read.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Where the walk met it.
    pub path: PathBuf,
    /// The file to open: the same, or what a link leads to.
    pub target: PathBuf,
    pub bytes: u64,
}

/// A walk through a folder, or to the one file that it is given.
#[derive(Debug)]
pub(super) struct Walk<'r> {
    root: &'r Path,
    entries: walkdir::IntoIter,
}

impl<'r> Walk<'r> {
    /// Begins a walk at `within`, which lies in `root`; both are without links.
    pub(super) fn new(root: &'r Path, within: &Path) -> Self {
        let entries =
            WalkDir::new(within).follow_links(false).sort_by(|a, b| sort_key(a).cmp(sort_key(b)));
        Self { root, entries: entries.into_iter() }
    }

    fn judge(&mut self, entry: &DirEntry) -> Option<Found> {
        let (path, kind) = (entry.path(), entry.file_type());
        // What the caller names is tried whatever its name.
        let is_given = entry.depth() == 0;
        if !is_given && is_hidden(entry.file_name()) {
            if kind.is_dir() {
                self.entries.skip_current_dir();
            }
            return Some(Found::Skipped(path.to_path_buf(), Skip::Hidden));
        }
        if kind.is_dir() {
            return None;
        }
        let target = if kind.is_symlink() { self.follow(path) } else { Ok(path.to_path_buf()) };
        let name = entry.file_name().to_string_lossy();
        Some(match target {
            Err(why) => Found::Skipped(path.to_path_buf(), why),
            Ok(target) if is_given || is_taken(&name) => candidate(path, target),
            Ok(_) => Found::OtherName(extension(&name)),
        })
    }

    /// Follows a link to a file in the root. A link to a folder is not followed: what lies in the root is met anyway, and a
    /// few of them could lead round and round.
    fn follow(&self, link: &Path) -> Result<PathBuf, Skip> {
        let Ok(target) = fs::canonicalize(link) else { return Err(Skip::LinkOutside) };
        if !target.starts_with(self.root) {
            return Err(Skip::LinkOutside);
        }
        if target.is_dir() { Err(Skip::LinkToFolder) } else { Ok(target) }
    }
}

impl Iterator for Walk<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        loop {
            let found = match self.entries.next()? {
                Ok(entry) => self.judge(&entry),
                Err(error) => Some(unreadable(error)),
            };
            if found.is_some() {
                return found;
            }
        }
    }
}

fn candidate(path: &Path, target: PathBuf) -> Found {
    match fs::symlink_metadata(&target) {
        Ok(metadata) if metadata.is_file() => {
            Found::File(Candidate { path: path.to_path_buf(), target, bytes: metadata.len() })
        }
        Ok(_) => Found::Skipped(path.to_path_buf(), Skip::NotAFile),
        Err(error) => Found::Unreadable(path.to_path_buf(), error),
    }
}

fn unreadable(error: walkdir::Error) -> Found {
    let path = error.path().map(Path::to_path_buf).unwrap_or_default();
    let source =
        error.into_io_error().unwrap_or_else(|| io::Error::other("the folder is its own child"));
    Found::Unreadable(path, source)
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Orders the entries of one folder so that the whole walk is in the order of the paths' bytes.
fn sort_key(entry: &DirEntry) -> impl Iterator<Item = &u8> {
    let end: &[u8] = if entry.file_type().is_dir() { b"/" } else { b"" };
    entry.file_name().as_encoded_bytes().iter().chain(end)
}

#[cfg(test)]
mod tests {
    use std::os::unix;

    use crate::source::files::limits::FileLimits;
    use crate::source::files::recorder::import;

    use super::*;

    /// Makes files that hold `{}` and imports their folder.
    fn walk(folder: &Path, files: &[&str]) -> Vec<String> {
        for file in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "{}").unwrap();
        }
        import(folder, FileLimits::default()).0.lines
    }

    #[test]
    fn files_come_in_the_order_of_their_paths() {
        let folder = tempfile::tempdir().unwrap();
        let told = walk(
            folder.path(),
            &["b.json", "a/z.json", "a.json", "a-b.json", "a/b/c.json", "B.json", "é.json"],
        );
        let paths = ["B.json", "a-b.json", "a.json", "a/b/c.json", "a/z.json", "b.json", "é.json"];
        assert!(paths.is_sorted());
        assert_eq!(told, paths.map(|path| format!("{path} = {{}}")));
    }

    #[test]
    fn hidden_things_are_passed_over_and_other_names_counted() {
        let folder = tempfile::tempdir().unwrap();
        walk(
            folder.path(),
            &[".git/a.json", ".b.json", "c.json", "d.txt", "e.TXT", "f", "g/.h/i.json"],
        );
        let (recorder, walked) = import(folder.path(), FileLimits::default());
        let expected =
            [".b.json ~ it is hidden", ".git ~ it is hidden", "c.json = {}", "g/.h ~ it is hidden"];
        assert_eq!(recorder.lines, expected);
        assert_eq!(
            walked.other_names.into_iter().collect::<Vec<_>>(),
            [(String::new(), 1), ("txt".into(), 2)]
        );
        assert_eq!(walked.files, 1);
        let given = import(&folder.path().join(".git"), FileLimits::default()).0;
        assert_eq!(given.lines, ["a.json = {}"]);
    }

    #[test]
    fn links_are_followed_to_files_in_the_root_only() {
        let (outer, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let root = outer.path().join("root");
        walk(&root, &["a/b.json", ".data/c.json"]);
        walk(outside.path(), &["d.json"]);
        unix::fs::symlink(root.join(".data/c.json"), root.join("c.json")).unwrap();
        unix::fs::symlink(outside.path().join("d.json"), root.join("d.json")).unwrap();
        unix::fs::symlink(outside.path(), root.join("out")).unwrap();
        unix::fs::symlink("..", root.join("a/loop")).unwrap();
        unix::fs::symlink(root.join("a"), root.join("again")).unwrap();
        unix::fs::symlink("nowhere.json", root.join("e.json")).unwrap();
        let told = import(&root, FileLimits::default()).0.lines;
        let outside = "it is a link that leads out of the import root";
        let expected = [
            ".data ~ it is hidden",
            "a/b.json = {}",
            "a/loop ~ it is a link to a folder",
            "again ~ it is a link to a folder",
            "c.json = {}",
            &format!("d.json ~ {outside}"),
            &format!("e.json ~ {outside}"),
            &format!("out ~ {outside}"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_socket_is_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let _socket = unix::net::UnixListener::bind(folder.path().join("a.json")).unwrap();
        let told = import(folder.path(), FileLimits::default()).0.lines;
        assert_eq!(told, ["a.json ~ it is neither a folder nor a file"]);
    }

    #[test]
    fn a_name_that_is_no_utf8_has_a_readable_record_id() {
        let folder = tempfile::tempdir().unwrap();
        let name = <OsStr as unix::ffi::OsStrExt>::from_bytes(b"caf\xE9.json");
        fs::write(folder.path().join(name), "{}").unwrap();
        let (recorder, _) = import(folder.path(), FileLimits::default());
        assert_eq!(recorder.lines, ["caf%E9.json = {}"]);
        assert!(recorder.places[0].url.ends_with("/caf%E9.json"));
    }
}
