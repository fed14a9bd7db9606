//! The import root, which is what makes files a source.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::error::{FaultKind, FilesError};
use crate::source::files::container;
use crate::source::files::delivery::{Delivery, Halted};
use crate::source::files::limits::FileLimits;
use crate::source::files::place::Label;
use crate::source::files::sink::{DocumentSink, Walked};
use crate::source::files::walk::{Found, Walk};

/// How much of a folder's name goes into the name of its source.
const NAME_CHARACTERS: usize = 40;

/// A folder that documents are imported from.
///
/// ```
/// # use crawler::source::files::{DocumentSink, FileSource, Place, Skip, Stop};
/// # use crawler::FileFault;
/// /// Counts the good documents.
/// #[derive(Default)]
/// struct Count(u64);
///
/// impl DocumentSink for Count {
///     fn begin(&mut self, _: &Place) -> Result<(), Stop> {
///         Ok(())
///     }
///     fn bytes(&mut self, _: &[u8]) -> Result<(), Stop> {
///         Ok(())
///     }
///     fn end(&mut self, outcome: Result<(), FileFault>) {
///         self.0 += u64::from(outcome.is_ok());
///     }
///     fn knows(&self, _: &Place) -> bool {
///         false
///     }
///     fn withdrawn(&mut self, _: &Place) {}
///     fn skipped(&mut self, _: &Place, _: Skip) {}
///     fn faulted(&mut self, _: &Place, _: FileFault) {}
/// }
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// std::fs::write(folder.join("two.json"), r#"[{"a": 1}, {"b": 2}]"#)?;
/// let source = FileSource::of(folder)?;
/// let mut count = Count::default();
/// source.documents(folder, &mut count)?;
/// assert_eq!(count.0, 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSource {
    root: PathBuf,
    name: String,
    limits: FileLimits,
}

impl FileSource {
    /// Takes a folder as the import root, or the folder that a file lies in.
    pub fn of(path: &Path) -> Result<Self, FilesError> {
        let given = resolved(path)?;
        let root = match given.parent() {
            Some(parent) if !given.is_dir() => parent.to_path_buf(),
            _ => given,
        };
        Ok(Self { name: name_of(&root), root, limits: FileLimits::default() })
    }

    /// Keeps other limits than the default ones.
    #[must_use]
    pub fn with_limits(self, limits: FileLimits) -> Self {
        Self { limits, ..self }
    }

    /// Gives the source a name that somebody chose for it.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self { name: name.into(), ..self }
    }

    /// The name of the source: the name of its folder and the first digits of a hash of the path, such as `exports-0a1b2c3d`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The folder, absolute and without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Hands the documents within a folder or a file of this source to the sink, in the order of their paths.
    ///
    /// What cannot be read is told to the sink and stops nothing else.
    pub fn documents(
        &self,
        within: &Path,
        sink: &mut dyn DocumentSink,
    ) -> Result<Walked, FilesError> {
        let within = self.resolved_inside(within)?;
        let mut delivery = Delivery::new(sink, self.limits);
        let outcome =
            Walk::new(&self.root, &within).try_for_each(|found| self.deliver(found, &mut delivery));
        Ok(delivery.walked(&outcome))
    }

    /// How many bytes the files have that [`documents`](Self::documents) would open.
    pub fn size(&self, within: &Path) -> Result<u64, FilesError> {
        let within = self.resolved_inside(within)?;
        let bytes = |found| if let Found::File(candidate) = found { candidate.bytes } else { 0 };
        Ok(Walk::new(&self.root, &within).map(bytes).sum())
    }

    fn deliver(&self, found: Found, delivery: &mut Delivery<'_>) -> Result<(), Halted> {
        match found {
            Found::File(candidate) => {
                let label = self.label(&candidate.path, candidate.bytes);
                return container::read(&candidate, &label, delivery);
            }
            Found::OtherName(extension) => delivery.other_name(extension),
            Found::Skipped(path, why) => delivery.skipped(&self.label(&path, 0).whole(), why),
            Found::Unreadable(path, source) => {
                delivery.faulted(
                    &self.label(&path, 0).whole(),
                    None,
                    FaultKind::Unreadable { source },
                );
            }
        }
        Ok(())
    }

    fn label(&self, path: &Path, bytes: u64) -> Label {
        Label::file(path, path.strip_prefix(&self.root).unwrap_or(path), bytes)
    }

    fn resolved_inside(&self, within: &Path) -> Result<PathBuf, FilesError> {
        let path = resolved(within)?;
        if path.starts_with(&self.root) {
            Ok(path)
        } else {
            Err(FilesError::Outside { path, root: self.root.clone() })
        }
    }
}

/// Makes a path absolute, without links, and sure to be a folder or a file.
fn resolved(path: &Path) -> Result<PathBuf, FilesError> {
    let unreachable = |source| FilesError::Unreachable { path: path.to_path_buf(), source };
    let resolved = fs::canonicalize(path).map_err(unreachable)?;
    let metadata = fs::metadata(&resolved).map_err(unreachable)?;
    if metadata.is_dir() || metadata.is_file() {
        Ok(resolved)
    } else {
        Err(FilesError::NotAFile { path: resolved })
    }
}

fn name_of(root: &Path) -> String {
    let folder = root.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let words = folder.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words.collect::<Vec<_>>().join("-").chars().take(NAME_CHARACTERS).collect();
    let name = if name.is_empty() { "files" } else { name.trim_end_matches('-') };
    let digest = Sha256::digest(root.as_os_str().as_encoded_bytes());
    let prefix = digest.iter().take(4).fold(0_u32, |prefix, &byte| prefix << 8 | u32::from(byte));
    format!("{name}-{prefix:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FileFault;
    use crate::source::files::place::{Place, Position, Telling};
    use crate::source::files::recorder::{Recorder, import};
    use crate::source::files::sink::{Skip, Stop, WalkEnd};

    #[test]
    fn a_source_is_named_after_its_folder_and_its_path() {
        let check = |path: &str, expected: &str| assert_eq!(name_of(Path::new(path)), expected);
        check("/", "files-8a5edab2");
        check("/srv/CASE exports (2024)", "case-exports-2024-db7a856d");
        assert_ne!(name_of(Path::new("/a/x")), name_of(Path::new("/b/x")));
        assert!(name_of(Path::new("/ÄÖ")).starts_with("files-"));
        assert_eq!(name_of(Path::new(&format!("/{}", "a".repeat(200)))).len(), NAME_CHARACTERS + 9);
    }

    #[test]
    fn a_file_belongs_to_the_folder_that_it_lies_in() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x y.txt");
        fs::write(&path, "\n[{\"a\":1}]").unwrap();
        let source = FileSource::of(&path).unwrap();
        assert_eq!(source, FileSource::of(folder.path()).unwrap());
        let (recorder, _) = import(&path, FileLimits::default());
        assert_eq!(recorder.lines, ["x y.txt#/0 = {\"a\":1}"]);
        let expected = Place {
            record: "x y.txt#/0".to_owned(),
            url: format!("file://{}/x%20y.txt", source.root().display()),
            pointer: Some("/0".to_owned()),
            start: Position { offset: 2, line: 2, column: 2 },
            bytes_total: None,
            telling: Telling::State,
        };
        assert_eq!(recorder.places, [expected]);
    }

    #[test]
    fn record_ids_do_not_change_with_what_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("a")).unwrap();
        fs::write(folder.path().join("a/b.json"), "{}").unwrap();
        let source = FileSource::of(folder.path()).unwrap();
        for within in [".", "a", "a/b.json"] {
            let mut recorder = Recorder::default();
            source.documents(&folder.path().join(within), &mut recorder).unwrap();
            assert_eq!(recorder.lines, ["a/b.json = {}"], "{within}");
        }
    }

    #[test]
    fn a_path_that_leads_elsewhere_is_the_callers_error() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let source = FileSource::of(folder.path()).unwrap();
        assert!(matches!(source.size(other.path()), Err(FilesError::Outside { .. })));
        let outcome = source.documents(&folder.path().join(".."), &mut Recorder::default());
        assert!(matches!(outcome, Err(FilesError::Outside { .. })));
        assert!(matches!(
            FileSource::of(&folder.path().join("none")),
            Err(FilesError::Unreachable { .. })
        ));
        let socket = folder.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        assert!(matches!(FileSource::of(&socket), Err(FilesError::NotAFile { .. })));
    }

    #[test]
    fn a_sink_can_leave_a_document_or_everything() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.json"), "[{\"a\":1},{\"b\":1},{\"c\":1}]").unwrap();
        fs::write(folder.path().join("b.json"), "{\"d\":1}").unwrap();
        let check = |stop: Stop, end: WalkEnd, expected: &[&str]| {
            let source = FileSource::of(folder.path()).unwrap();
            let mut recorder = Recorder { stop: Some(("b", stop)), ..Recorder::default() };
            let walked = source.documents(folder.path(), &mut recorder).unwrap();
            assert_eq!(
                (recorder.lines, walked.end),
                (expected.iter().map(|line| (*line).to_owned()).collect(), end)
            );
        };
        let stopped = "a.json#/1 ! the receiver stopped it";
        let all = ["a.json#/0 = {\"a\":1}", stopped, "a.json#/2 = {\"c\":1}", "b.json = {\"d\":1}"];
        check(Stop::Document, WalkEnd::Complete, &all);
        check(Stop::Walk, WalkEnd::Stopped, &all[..2]);
    }

    /// Takes the next file away as soon as a document has ended.
    struct Thief(Recorder, PathBuf);

    impl DocumentSink for Thief {
        fn begin(&mut self, place: &Place) -> Result<(), Stop> {
            self.0.begin(place)
        }
        fn bytes(&mut self, chunk: &[u8]) -> Result<(), Stop> {
            self.0.bytes(chunk)
        }
        fn end(&mut self, outcome: Result<(), FileFault>) {
            self.0.end(outcome);
            if self.1.exists() {
                fs::remove_file(&self.1).unwrap();
            }
        }
        fn knows(&self, place: &Place) -> bool {
            self.0.knows(place)
        }
        fn withdrawn(&mut self, place: &Place) {
            self.0.withdrawn(place);
        }
        fn skipped(&mut self, place: &Place, why: Skip) {
            self.0.skipped(place, why);
        }
        fn faulted(&mut self, place: &Place, fault: FileFault) {
            self.0.faulted(place, fault);
        }
    }

    #[test]
    fn a_file_that_cannot_be_read_does_not_stop_the_others() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.json", "b.json", "c.json"] {
            fs::write(folder.path().join(name), "{}").unwrap();
        }
        let mut thief = Thief(Recorder::default(), folder.path().join("b.json"));
        FileSource::of(folder.path()).unwrap().documents(folder.path(), &mut thief).unwrap();
        assert_eq!(
            thief.0.lines,
            ["a.json = {}", "b.json ! the file cannot be read", "c.json = {}"]
        );
    }

    #[test]
    fn a_large_document_passes_in_small_chunks() {
        let folder = tempfile::tempdir().unwrap();
        let text = format!("{{\"a\":\"{}\"}}", "0123456789".repeat(300_000));
        fs::write(folder.path().join("a.json"), &text).unwrap();
        let (recorder, walked) = import(folder.path(), FileLimits::default());
        assert_eq!(recorder.lines, [format!("a.json = {text}")]);
        assert!(recorder.largest_chunk <= 64 << 10);
        assert_eq!(recorder.places[0].bytes_total, Some(text.len() as u64));
        assert_eq!(walked.documents, 1);
    }
}
