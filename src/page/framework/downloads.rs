//! The ways to take a framework along.

use crate::page::shell::Shell;

/// The ways to take a framework along.
pub(crate) struct Downloads {
    /// The whole of it; nothing where it may not be given away in bulk.
    pub files: Vec<Download>,
    /// Documents about the framework itself: address and form.
    pub documents: Vec<(String, &'static str)>,
}

/// A file of the whole.
pub(crate) struct Download {
    pub href: String,
    /// Its form: `nq`, `ndjson` or `csv`.
    pub format: &'static str,
    /// Where its digest is.
    pub checksum: String,
}

impl Download {
    /// What is in it.
    pub(crate) fn label(&self, shell: &Shell) -> String {
        match self.format {
            "nq" => shell.say("downloads-quads"),
            "ndjson" => shell.say("downloads-documents"),
            _ => shell.say("downloads-rows"),
        }
    }
}
