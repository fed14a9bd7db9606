//! What a worker is asked, as it goes through its standard input: one line of JSON.

use std::path::PathBuf;

use index::sparql::{Format, Terms};
use serde::{Deserialize, Serialize};

/// One query for one worker.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Request {
    /// The folder of the generation.
    pub folder: PathBuf,
    /// The query.
    pub query: String,
    /// On which terms it is asked.
    #[serde(default)]
    pub terms: Terms,
    /// The formats that will do; the first that fits the answer is taken.
    pub formats: Vec<Format>,
    /// The bytes of memory that the worker may take besides what it needs to open the store.
    pub memory: u64,
}
