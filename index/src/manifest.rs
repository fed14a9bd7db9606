//! The manifest of a generation: what it holds, up to where, and the digest of every file.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::digest::Digest;
use crate::edition::Edition;
use crate::error::IndexError;

/// The name of the file.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The layout of a generation.
pub(crate) const FORMAT: u64 = 1;

/// What a generation says about itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// The layout of the generation.
    pub format: u64,
    /// Its number.
    pub generation: u64,
    /// When it was published.
    pub published_at: String,
    /// The program that published it.
    pub program: String,
    /// The last ledger entry.
    pub ledger_seq: u64,
    /// The hash of the last ledger entry.
    pub ledger_hash: String,
    /// The last ledger entry of every source whose effect is here.
    pub watermarks: BTreeMap<String, u64>,
    /// What it holds.
    pub counts: Counts,
    /// Every file but this one.
    pub files: BTreeMap<String, FileDigest>,
}

/// What a generation holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Records.
    pub records: u64,
    /// Resources that are shown, by kind.
    pub resources: BTreeMap<String, u64>,
    /// Resources that are shown no more.
    pub withdrawn: u64,
    /// Resources that are shown only to those who ask for provisional ones.
    #[serde(default)]
    pub provisional: u64,
    /// Alignments.
    pub alignments: u64,
    /// Quads.
    pub quads: u64,
    /// Documents of the text index.
    pub documents: u64,
}

/// One file of a generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// Its length in bytes.
    pub bytes: u64,
    /// Its SHA-256, in hex.
    pub sha256: String,
    /// Its number in the file system, by which the next generation knows a linked file again.
    pub inode: u64,
}

impl Manifest {
    /// What tells the generation from others of its number.
    pub fn edition(&self) -> Edition {
        Edition::new(self.generation, &self.published_at, &self.ledger_hash)
    }

    /// Reads the manifest of a generation's folder.
    pub fn read(folder: &Path) -> Result<Self, IndexError> {
        let path = folder.join(MANIFEST);
        let text = fs::read_to_string(&path).map_err(IndexError::io(&path))?;
        let manifest: Self =
            serde_json::from_str(&text).map_err(|source| IndexError::Manifest { path, source })?;
        if manifest.format != FORMAT {
            return Err(IndexError::Version {
                found: manifest.format.to_string(),
                wanted: FORMAT.to_string(),
            });
        }
        Ok(manifest)
    }

    /// Digests every file of a folder but the manifest; a file that an earlier manifest knows by its number, name and
    /// length is not read again.
    pub fn digest_files(
        folder: &Path,
        earlier: Option<&Self>,
    ) -> Result<BTreeMap<String, FileDigest>, IndexError> {
        let mut files = BTreeMap::new();
        for path in files_under(folder)? {
            let Some(name) =
                path.strip_prefix(folder).ok().and_then(Path::to_str).map(str::to_owned)
            else {
                continue;
            };
            if name == MANIFEST {
                continue;
            }
            let metadata = fs::metadata(&path).map_err(IndexError::io(&path))?;
            let known = earlier.and_then(|earlier| earlier.files.get(&name));
            let same = known
                .filter(|known| known.inode == metadata.ino() && known.bytes == metadata.len());
            let digest = match same {
                Some(known) => known.clone(),
                None => FileDigest {
                    bytes: metadata.len(),
                    sha256: sha256_of(&path)?,
                    inode: metadata.ino(),
                },
            };
            files.insert(name, digest);
        }
        Ok(files)
    }

    /// Reads every file again and names those that differ, are missing or were never listed.
    pub fn faults(&self, folder: &Path) -> Result<Vec<String>, IndexError> {
        let mut faults = Vec::new();
        for (name, listed) in &self.files {
            let path = folder.join(name);
            match sha256_of(&path) {
                Ok(found) if found == listed.sha256 => {}
                Ok(_) => {
                    faults.push(format!("`{name}` has another content than the manifest says"));
                }
                Err(_) if !path.exists() => faults.push(format!("`{name}` is missing")),
                Err(error) => return Err(error),
            }
        }
        for path in files_under(folder)? {
            let name = path.strip_prefix(folder).ok().and_then(Path::to_str).unwrap_or_default();
            if name != MANIFEST && !self.files.contains_key(name) {
                faults.push(format!("`{name}` is not in the manifest"));
            }
        }
        Ok(faults)
    }
}

/// Lists the files under a folder, in order.
fn files_under(folder: &Path) -> Result<Vec<PathBuf>, IndexError> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).map_err(IndexError::io(&at))? {
            let path = entry.map_err(IndexError::io(&at))?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn sha256_of(path: &Path) -> Result<String, IndexError> {
    let mut file = File::open(path).map_err(IndexError::io(path))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = file.read(&mut buffer).map_err(IndexError::io(path))?;
        if n == 0 {
            break;
        }
        hasher.update(buffer.get(..n).unwrap_or_default());
    }
    Ok(Digest::from_hasher(hasher).to_string())
}
