//! The whole of a data directory, checked.

use std::fs;
use std::path::Path;

use crate::blobs::Blobs;
use crate::error::IndexError;
use crate::verify::bodies;
use crate::verify::chain::{Chain, DAMAGED, PLACE, RECORDS};
use crate::verify::generation::{Generation, Held};
use crate::verify::report::{Check, Checking, Report};

/// Checks the ledger's chain, every body, and the current generation with both its views and its place in the ledger.
///
/// Whatever is damaged or cannot be read is a fault in the report, and the other checks go on. A check that makes no sense
/// after an earlier one failed says so in a fault of its own.
///
/// # Errors
/// Only where there is no such directory.
pub fn verify(data: &Path) -> Result<Report, IndexError> {
    fs::read_dir(data).map_err(IndexError::io(data))?;
    // The order matters beside a running writer: the ledger is read after the generation, and so holds its entries; the
    // bodies are looked at after the ledger, and so are there.
    let (pointer, generation) = find(data);
    let manifest = generation.as_ref().map(Generation::manifest);
    let (ledger, chain) = Chain::read(&data.join("ledger"), manifest);
    let blobs = Blobs::read_only(&data.join("blobs"));
    let (kept, orphans) = bodies::check(&blobs, chain.as_ref().map(Chain::fold));
    let mut checks = vec![ledger];
    checks.extend(kept);
    checks.push(pointer);
    let mut content = None;
    if let Some(generation) = &generation {
        let held = check_generation(generation, &mut checks);
        checks.extend(check_against(chain.as_ref(), generation, &held));
        content = held.content;
    }
    Ok(Report { checks, orphans, content })
}

/// Finds the current generation. That there is none yet is no fault.
fn find(data: &Path) -> (Check, Option<Generation>) {
    let mut checking = Checking::begin("current generation");
    let generation = checking.absorb(Generation::current(data)).flatten();
    if generation.is_some() {
        checking.count();
    }
    (checking.end(), generation)
}

fn check_generation(generation: &Generation, checks: &mut Vec<Check>) -> Held {
    let files = [generation.check_files(), generation.check_text()];
    // A damaged view is not opened: the stores trust their own files.
    let are_whole = files.iter().all(|check| check.faults.is_empty());
    let (views, held) = if are_whole {
        generation.check_views()
    } else {
        Generation::skip_views("files of the generation are damaged")
    };
    checks.extend(files);
    checks.extend(views);
    held
}

/// Checks a generation against the ledger.
fn check_against(chain: Option<&Chain>, generation: &Generation, held: &Held) -> [Check; 2] {
    let Some(chain) = chain else {
        return [PLACE, RECORDS].map(|name| Checking::skipped(name, DAMAGED));
    };
    let records = match &held.records {
        Some(records) => chain.check_records(records),
        None => Checking::skipped(RECORDS, "the records cannot be read"),
    };
    [chain.check_position(generation.manifest()), records]
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;
    use std::path::{Path, PathBuf};

    use tempfile::TempDir;

    use super::verify;
    use crate::digest::Digest;
    use crate::manifest::Manifest;
    use crate::reader::Reader;
    use crate::verify::content::content_digest;
    use crate::verify::report::Report;
    use crate::verify::sample::{import, package, redact};

    const ITEMS: [(u32, &str, &str); 2] =
        [(0x11, "A.1", "Read a map"), (0x12, "A.2", "Draw a map")];

    fn one() -> Vec<u8> {
        package(1, "Maps", &ITEMS)
    }

    fn two() -> Vec<u8> {
        package(2, "Stars", &[(0x21, "B.1", "Find the pole star"), (0x12, "A.2", "Draw a map")])
    }

    fn shelf() -> TempDir {
        let dir = tempfile::tempdir().unwrap();
        import(dir.path(), 1, &[("one", one()), ("two", two())]);
        dir
    }

    /// The faults with the name of their check before each.
    fn faults(report: &Report) -> Vec<String> {
        let checks = report.checks.iter();
        checks
            .flat_map(|check| {
                check.faults.iter().map(move |fault| format!("{}: {fault}", check.name))
            })
            .collect()
    }

    #[track_caller]
    fn sound(data: &Path) -> Report {
        let report = verify(data).unwrap();
        assert_eq!(faults(&report), Vec::<String>::new());
        assert!(report.is_sound());
        report
    }

    /// Verifies a damaged directory; one of the faults must say all of this.
    #[track_caller]
    fn damaged(data: &Path, check: &str, words: &[&str]) -> Report {
        let report = verify(data).unwrap();
        let faults = faults(&report);
        let says = |fault: &&String| {
            fault.starts_with(check) && words.iter().all(|word| fault.contains(word))
        };
        assert!(faults.iter().any(|fault| says(&fault)), "{check} {words:?} not in {faults:#?}");
        assert!(!report.is_sound());
        report
    }

    /// Changes one byte of a file; a generation's files may be links to those of the views.
    fn flip(path: &Path, at: usize) {
        let mut bytes = fs::read(path).unwrap();
        bytes[at] ^= 0x20;
        fs::remove_file(path).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn generation(data: &Path) -> PathBuf {
        Reader::open(data).unwrap().folder().to_owned()
    }

    fn blob(data: &Path, body: &[u8]) -> PathBuf {
        let digest = Digest::of(body);
        data.join("blobs").join(digest.folder()).join(format!("{digest}.zst"))
    }

    fn ledger(data: &Path) -> PathBuf {
        data.join("ledger").join("00000000000000000001.log")
    }

    fn every_file(data: &Path) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut open = vec![data.to_owned()];
        while let Some(at) = open.pop() {
            for entry in fs::read_dir(at).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    files.push((path.clone(), fs::read(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    #[test]
    fn a_sound_directory_is_sound_and_stays_as_it_is() {
        let dir = shelf();
        let before = every_file(dir.path());
        let report = sound(dir.path());
        assert!(every_file(dir.path()) == before, "verifying wrote something");
        let counted: Vec<_> =
            report.checks.iter().map(|check| (check.name, check.n_checked)).collect();
        let n_files = Manifest::read(&generation(dir.path())).unwrap().files.len();
        assert_eq!(
            counted[..5],
            [
                ("ledger chain", 2),
                ("bodies", 2),
                ("redacted bodies", 0),
                ("current generation", 1),
                ("generation files", u64::try_from(n_files).unwrap()),
            ]
        );
        assert_eq!(counted[5].0, "text checksums");
        assert!(counted[5].1 > 0, "no file of the text index was looked at");
        assert_eq!(
            (counted[7], counted[9]),
            (("records in both views", 2), ("records in the ledger", 2))
        );
        let content = report.content.unwrap();
        assert_eq!((content.resources, content.documents), (6, 6 + content.alignments + 2));
        assert_eq!(content, content_digest(&Reader::open(dir.path()).unwrap()).unwrap());
    }

    /// Lets nobody write below a folder, or its owner again. To root the mode is nothing.
    fn allow_writing(at: &Path, is_allowed: bool) {
        let is_dir = at.is_dir();
        let mode = match (is_dir, is_allowed) {
            (true, true) => 0o755,
            (true, false) => 0o555,
            (false, true) => 0o644,
            (false, false) => 0o444,
        };
        fs::set_permissions(at, Permissions::from_mode(mode)).unwrap();
        if is_dir {
            for entry in fs::read_dir(at).unwrap() {
                allow_writing(&entry.unwrap().path(), is_allowed);
            }
        }
    }

    #[test]
    fn a_directory_that_cannot_be_written_is_verified() {
        let dir = shelf();
        allow_writing(dir.path(), false);
        let report = verify(dir.path());
        allow_writing(dir.path(), true);
        assert_eq!(faults(&report.unwrap()), Vec::<String>::new());
    }

    #[test]
    fn a_directory_without_a_generation_is_sound_and_none_at_all_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("ledger")).unwrap();
        assert_eq!(sound(dir.path()).content, None);
        assert!(verify(&dir.path().join("nowhere")).is_err());
    }

    #[test]
    fn the_digest_is_of_the_content_and_not_of_its_history() {
        let digest = |data: &Path| sound(data).content.unwrap();
        let dir = shelf();
        let other = tempfile::tempdir().unwrap();
        import(other.path(), 7, &[("two", two())]);
        import(other.path(), 9, &[("one", one())]);
        assert_eq!(digest(dir.path()), digest(other.path()));
        import(other.path(), 10, &[("one", package(1, "Maps!", &ITEMS))]);
        assert_ne!(digest(dir.path()).digest, digest(other.path()).digest);
        import(other.path(), 11, &[("one", one())]);
        assert_eq!(digest(dir.path()), digest(other.path()));
    }

    #[test]
    fn a_ledger_that_went_on_is_no_fault() {
        let dir = shelf();
        let pointer = fs::read(dir.path().join("current")).unwrap();
        import(dir.path(), 2, &[("three", package(3, "Moons", &[(0x31, "C.1", "Name a moon")]))]);
        fs::write(dir.path().join("current"), pointer).unwrap();
        sound(dir.path());
    }

    #[test]
    fn a_flipped_byte_in_any_file_of_a_generation_is_named() {
        let dir = shelf();
        let folder = generation(dir.path());
        for name in Manifest::read(&folder).unwrap().files.keys() {
            let path = folder.join(name);
            let bytes = fs::read(&path).unwrap();
            if bytes.is_empty() {
                continue;
            }
            flip(&path, bytes.len() / 2);
            let report = damaged(dir.path(), "generation files", &[name, "another content"]);
            assert_eq!(report.content, None);
            fs::remove_file(&path).unwrap();
            damaged(dir.path(), "generation files", &[name, "missing"]);
            fs::write(&path, bytes).unwrap();
        }
        sound(dir.path());
        fs::write(folder.join("graph").join("stray"), "x").unwrap();
        damaged(dir.path(), "generation files", &["graph/stray", "not in the manifest"]);
    }

    #[test]
    fn damage_that_was_published_fails_tantivys_own_checksum() {
        let dir = shelf();
        let folder = generation(dir.path());
        let mut manifest = Manifest::read(&folder).unwrap();
        let is_store =
            |name: &&String| Path::new(name).extension().is_some_and(|kind| kind == "store");
        let name = manifest.files.keys().find(is_store).unwrap().clone();
        flip(&folder.join(&name), 9);
        manifest.files = Manifest::digest_files(&folder, None).unwrap();
        fs::write(folder.join("manifest.json"), serde_json::to_vec(&manifest).unwrap()).unwrap();
        damaged(dir.path(), "text checksums", &[&name]);
    }

    #[test]
    fn a_manifest_that_says_something_else_is_named() {
        let dir = shelf();
        let path = generation(dir.path()).join("manifest.json");
        let text = fs::read_to_string(&path).unwrap();
        let manifest: Manifest = serde_json::from_str(&text).unwrap();
        let counts = &manifest.counts;
        let zeros = Digest::ZERO.to_string();
        for (from, to, check, words) in [
            ("\"ledgerSeq\": 2", "\"ledgerSeq\": 9", "generation's place", "ends at 2"),
            ("\"ledgerSeq\": 2", "\"ledgerSeq\": 1", "generation's place", "entry 1 is not"),
            (manifest.ledger_hash.as_str(), zeros.as_str(), "generation's place", "entry 2 is not"),
            (
                &format!("\"quads\": {}", counts.quads),
                "\"quads\": 1",
                "counts",
                "quads: the manifest says 1",
            ),
            (
                "\"framework\": 2",
                "\"framework\": 3",
                "counts",
                "`framework`: the manifest says 3, there are 2",
            ),
            ("\"withdrawn\": 0", "\"withdrawn\": 5", "counts", "withdrawn resources"),
            ("\"format\": 1", "\"format\": 2", "current generation", "layout `2`"),
            ("{", "[", "current generation", "manifest.json"),
        ] {
            assert!(text.contains(from), "{from} is not in {text}");
            fs::write(&path, text.replacen(from, to, 1)).unwrap();
            damaged(dir.path(), check, &[words]);
        }
        fs::write(&path, &text).unwrap();
        sound(dir.path());
        fs::write(dir.path().join("current"), "7\n").unwrap();
        damaged(dir.path(), "current generation", &["generations/7"]);
    }

    #[test]
    fn a_damaged_or_missing_body_is_named() {
        let dir = shelf();
        let path = blob(dir.path(), &one());
        let bytes = fs::read(&path).unwrap();
        let digest = Digest::of(&one()).to_string();
        for at in [0, bytes.len() / 2, bytes.len() - 1] {
            flip(&path, at);
            damaged(dir.path(), "bodies", &[&digest, "record `one`"]);
            fs::write(&path, &bytes).unwrap();
        }
        fs::remove_file(&path).unwrap();
        damaged(dir.path(), "bodies", &[&digest, "record `one`", "missing"]);
    }

    #[test]
    fn an_orphan_is_counted_and_a_body_that_must_be_gone_is_named() {
        let dir = shelf();
        let bytes = fs::read(blob(dir.path(), &one())).unwrap();
        redact(dir.path(), "one");
        assert_eq!(sound(dir.path()).orphans, 0);
        fs::write(blob(dir.path(), &one()), bytes).unwrap();
        damaged(dir.path(), "redacted bodies", &[&Digest::of(&one()).to_string(), "still there"]);

        let dir = shelf();
        let body = zstd::encode_all(&b"nobody's"[..], 0).unwrap();
        let path = blob(dir.path(), b"nobody's");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, body).unwrap();
        assert_eq!(sound(dir.path()).orphans, 1);
    }

    #[test]
    fn a_flipped_byte_of_the_ledger_is_named() {
        let dir = shelf();
        let path = ledger(dir.path());
        let bytes = fs::read(&path).unwrap();
        flip(&path, 40);
        let report = damaged(dir.path(), "ledger chain", &["fails at byte 0", "checksum"]);
        // The rest is looked at all the same.
        assert!(report.content.is_some());
        assert_eq!(report.checks[1].n_checked, 2);
        // The last group may be a torn tail, as far as the ledger knows; the generation knows better.
        fs::write(&path, &bytes).unwrap();
        flip(&path, bytes.len() - 3);
        damaged(dir.path(), "generation's place", &["made up to entry 2", "ends at 1"]);
        damaged(dir.path(), "records in the ledger", &["record `two` names entry 2"]);
    }

    #[test]
    fn a_record_that_the_ledger_never_had_is_named() {
        let dir = shelf();
        let other = tempfile::tempdir().unwrap();
        import(other.path(), 1, &[("two", two()), ("one", one())]);
        fs::copy(ledger(other.path()), ledger(dir.path())).unwrap();
        damaged(
            dir.path(),
            "records in the ledger",
            &["record `one` names entry 1, which says something else"],
        );
        damaged(dir.path(), "generation's place", &["entry 2 is not the one"]);
    }
}
