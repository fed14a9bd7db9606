//! The table of contents: whose changes a generation holds.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::changes::What;
use crate::edition::Edition;
use crate::error::IndexError;

/// The folder of a generation that holds the changes.
const FOLDER: &str = "changes";

/// The name of the table.
const CONTENTS: &str = "contents.json";

/// What is kept of one generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Kept {
    /// When it was published.
    pub published_at: String,
    /// What tells it from others of its number, as [`Edition`] has it.
    #[serde(default)]
    pub imprint: u32,
    /// The generation that it is compared with; none where it begins from scratch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against: Option<u64>,
    /// How many changes there are.
    pub changes: u64,
    /// How many there are of each sort; empty where nobody counted them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sorts: BTreeMap<What, u64>,
    /// How many bytes their lines have.
    pub bytes: u64,
}

/// The generation that is about to be published.
pub(crate) struct Publishing<'a> {
    /// The folder in which it is built.
    pub building: &'a Path,
    /// What it will be.
    pub edition: Edition,
    /// When it is published.
    pub published_at: String,
    /// The generation before: its number and its folder. None where it begins from scratch.
    pub earlier: Option<(u64, &'a Path)>,
    /// The most generations whose changes are kept, itself among them.
    pub keep: u64,
}

/// The table of contents, by the number of the generation.
pub(super) type Contents = BTreeMap<u64, Kept>;

/// The folder of a generation that holds the changes.
pub(super) fn folder_of(generation: &Path) -> std::path::PathBuf {
    generation.join(FOLDER)
}

/// Reads the table of contents of a folder; nothing is kept where there is none.
pub(super) fn read(folder: &Path) -> Result<Contents, IndexError> {
    let path = folder.join(CONTENTS);
    match fs::read_to_string(&path) {
        Ok(text) => {
            serde_json::from_str(&text).map_err(|source| IndexError::Manifest { path, source })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Contents::new()),
        Err(error) => Err(IndexError::io(&path)(error)),
    }
}

/// Writes the table of contents of a folder.
pub(super) fn write(folder: &Path, contents: &Contents) -> Result<(), IndexError> {
    let path = folder.join(CONTENTS);
    let text = serde_json::to_string(contents).map_err(|source| IndexError::Card { source })?;
    fs::write(&path, text + "\n").map_err(IndexError::io(&path))
}
