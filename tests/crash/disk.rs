//! A disk that forgets: after a power cut it has what was synced, and nothing else is sure.
//!
//! The content of a file is sure after an fsync of the file, a name after an fsync of the directory it stands in, and
//! everything after a syncfs. A real file system often keeps more (an fsync of a new file on ext4 keeps its name too); a
//! program must not rely on it. A sync makes sure only what was done before it began.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::trace::{Call, Event};

/// The disk at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Disk {
    names: BTreeMap<PathBuf, Name>,
    files: Vec<File>,
}

#[derive(Clone, Debug)]
struct Name {
    /// Where in `files`; `None` for a directory.
    file: Option<usize>,
    /// When it was made, if it is not sure yet.
    unsure_since: Option<u64>,
}

#[derive(Clone, Debug, Default)]
struct File {
    len: u64,
    /// When it was last written, if that is not sure yet.
    unsure_since: Option<u64>,
    /// When its end was last cut off, if that is not sure yet.
    uncut_since: Option<u64>,
}

impl Disk {
    /// A disk on which everything listed is sure.
    pub(super) fn of(tree: &BTreeMap<PathBuf, Option<u64>>) -> Self {
        let mut disk = Self::default();
        for (path, len) in tree {
            let file = len.map(|len| disk.new_file(File { len, ..File::default() }));
            disk.names.insert(path.clone(), Name { file, unsure_since: None });
        }
        disk
    }

    /// Does what a call did.
    pub(super) fn apply(&mut self, event: &Event) {
        let (at, before) = (event.ended, event.begun);
        match &event.call {
            Call::Create { path, truncates } => self.create(path, *truncates, at),
            Call::MakeDir(path) => self.set_name(path, None, at),
            Call::Write { path, len } => {
                if let Some(file) = self.file_mut(path) {
                    file.len += len;
                    file.unsure_since = Some(at);
                }
            }
            Call::Truncate { path, len } => {
                // What was reserved beyond the end holds nothing that could be lost.
                if let Some(file) = self.file_mut(path).filter(|file| *len < file.len) {
                    file.len = *len;
                    file.uncut_since = Some(at);
                }
            }
            Call::Sync(path) => self.sync(path, before),
            Call::SyncAll(_) => self.sync_all(before),
            Call::Rename { from, to } => self.rename(from, to, at),
            Call::Link { from, to } => {
                if let Some(file) = self.names.get(from).and_then(|name| name.file) {
                    self.set_name(to, Some(file), at);
                }
            }
            Call::Remove(path) => {
                self.names.remove(path);
            }
            Call::Blind(_) => {}
        }
    }

    /// Why a path and everything below it would not be whole after a power cut.
    pub(super) fn unsure_below(&self, path: &Path) -> Vec<String> {
        let below = self.names.keys().filter(|name| name.starts_with(path));
        let above = path.ancestors().skip(1).filter(|above| self.names.contains_key(*above));
        let mut unsure: Vec<String> = above.filter_map(|above| self.unsure_name(above)).collect();
        unsure.extend(below.flat_map(|name| self.unsure_at(name)));
        if !self.names.contains_key(path) {
            unsure.push(format!("`{}` is not there", path.display()));
        }
        unsure
    }

    /// Why a file, itself and not its name, would not be whole after a power cut.
    pub(super) fn unsure_content(&self, path: &Path) -> Option<String> {
        let end = self.file(path)?.uncut_since.map(|_| format!("the end of `{}`", path.display()));
        self.unsure_bytes(path).or(end)
    }

    /// Why bytes that were written to a file would not be there after a power cut, whatever may stand behind them.
    pub(super) fn unsure_bytes(&self, path: &Path) -> Option<String> {
        self.file(path)?.unsure_since.map(|_| format!("the content of `{}`", path.display()))
    }

    /// Why a name would not be there after a power cut.
    pub(super) fn unsure_name(&self, path: &Path) -> Option<String> {
        self.names.get(path)?.unsure_since.map(|_| format!("the name `{}`", path.display()))
    }

    fn unsure_at(&self, path: &Path) -> impl Iterator<Item = String> + use<> {
        self.unsure_name(path).into_iter().chain(self.unsure_content(path))
    }

    /// The length of a file.
    pub(super) fn len(&self, path: &Path) -> u64 {
        self.file(path).map_or(0, |file| file.len)
    }

    /// Whether there is such a name.
    pub(super) fn has(&self, path: &Path) -> bool {
        self.names.contains_key(path)
    }

    /// The names in a directory.
    pub(super) fn names_in(&self, folder: &Path) -> Vec<PathBuf> {
        self.names.keys().filter(|path| path.parent() == Some(folder)).cloned().collect()
    }

    fn create(&mut self, path: &Path, truncates: bool, at: u64) {
        match self.file_mut(path) {
            Some(file) if truncates && file.len > 0 => {
                *file = File { uncut_since: Some(at), ..File::default() };
            }
            Some(_) => {}
            None => {
                let file = self.new_file(File::default());
                self.set_name(path, Some(file), at);
            }
        }
    }

    fn rename(&mut self, from: &Path, to: &Path, at: u64) {
        let Some(moved) = self.names.remove(from) else { return };
        self.set_name(to, moved.file, at);
        let inside: Vec<PathBuf> =
            self.names.keys().filter(|name| name.starts_with(from)).cloned().collect();
        for name in inside {
            let entry = self.names.remove(&name).unwrap();
            self.names.insert(to.join(name.strip_prefix(from).unwrap()), entry);
        }
    }

    fn sync(&mut self, path: &Path, before: u64) {
        if let Some(file) = self.file_mut(path) {
            file.settle(before);
            return;
        }
        let inside = self.names.iter_mut().filter(|(name, _)| name.parent() == Some(path));
        inside.for_each(|(_, name)| settle(&mut name.unsure_since, before));
    }

    fn sync_all(&mut self, before: u64) {
        self.files.iter_mut().for_each(|file| file.settle(before));
        self.names.values_mut().for_each(|name| settle(&mut name.unsure_since, before));
    }

    fn set_name(&mut self, path: &Path, file: Option<usize>, at: u64) {
        self.names.insert(path.to_owned(), Name { file, unsure_since: Some(at) });
    }

    fn new_file(&mut self, file: File) -> usize {
        self.files.push(file);
        self.files.len() - 1
    }

    fn file(&self, path: &Path) -> Option<&File> {
        self.files.get(self.names.get(path)?.file?)
    }

    fn file_mut(&mut self, path: &Path) -> Option<&mut File> {
        let file = self.names.get(path)?.file?;
        self.files.get_mut(file)
    }
}

impl File {
    fn settle(&mut self, before: u64) {
        settle(&mut self.unsure_since, before);
        settle(&mut self.uncut_since, before);
    }
}

fn settle(unsure_since: &mut Option<u64>, before: u64) {
    if unsure_since.is_some_and(|since| since < before) {
        *unsure_since = None;
    }
}

#[test]
fn what_was_not_synced_before_the_sync_began_is_not_sure() {
    let path = |path: &str| PathBuf::from(path);
    let mut disk = Disk::of(&BTreeMap::from([(path("/d"), None)]));
    let mut at = 0;
    let mut does = |disk: &mut Disk, call: Call, takes: u64| {
        at += 10;
        disk.apply(&Event { thread: 1, begun: at - takes, ended: at, call });
    };
    does(&mut disk, Call::Create { path: path("/d/a"), truncates: true }, 0);
    does(&mut disk, Call::Write { path: path("/d/a"), len: 5 }, 0);
    assert_eq!(disk.unsure_below(&path("/d")).len(), 2, "content and name");
    does(&mut disk, Call::Sync(path("/d/a")), 15);
    assert!(disk.unsure_content(&path("/d/a")).is_some(), "the write came while the sync ran");
    does(&mut disk, Call::Sync(path("/d/a")), 0);
    does(&mut disk, Call::Sync(path("/d")), 0);
    assert!(disk.unsure_below(&path("/d")).is_empty());
    does(&mut disk, Call::MakeDir(path("/d/e")), 0);
    does(&mut disk, Call::Link { from: path("/d/a"), to: path("/d/e/b") }, 0);
    does(&mut disk, Call::Sync(path("/d/e")), 0);
    assert_eq!(disk.unsure_below(&path("/d/e/b")), ["the name `/d/e`"], "names above count");
    does(&mut disk, Call::Rename { from: path("/d/e"), to: path("/d/f") }, 0);
    does(&mut disk, Call::Write { path: path("/d/f/b"), len: 1 }, 0);
    assert_eq!(
        (disk.len(&path("/d/a")), disk.has(&path("/d/e"))),
        (6, false),
        "one file, two names"
    );
    does(&mut disk, Call::SyncAll(path("/")), 0);
    assert!(disk.unsure_below(&path("/d")).is_empty());
}
