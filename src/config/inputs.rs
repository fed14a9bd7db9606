//! What a configuration is made of, before anything is read.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::config::error::Fault;
use crate::config::file::{self, Entry};
use crate::config::key::Key;
use crate::config::origin::Origin;
use crate::config::raw::Raw;

/// The variable that names the file.
const CONFIG: &str = "ALIDADE_CONFIG";

/// What a configuration is made of. Nothing of it is read before somebody needs it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Inputs {
    /// The file that the command line names.
    pub config: Option<PathBuf>,
    /// The values that the command line sets, as `KEY=VALUE`.
    pub set: Vec<String>,
    /// The data directory that the command line names.
    pub data: Option<PathBuf>,
    /// The environment.
    pub variables: BTreeMap<OsString, OsString>,
}

impl Inputs {
    /// The file that is read, where there is one.
    pub(crate) fn file(&self) -> Option<PathBuf> {
        let named = self.config.clone().or_else(|| self.path(CONFIG));
        file::find(named.as_deref())
    }

    /// The path in a variable, where it has one.
    pub(crate) fn path(&self, variable: &str) -> Option<PathBuf> {
        let value = self.variables.get(std::ffi::OsStr::new(variable));
        value.filter(|value| !value.is_empty()).map(PathBuf::from)
    }

    /// All that was said, layer by layer, the last word last.
    pub(super) fn entries(&self) -> Result<Vec<Entry>, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut entries = match self.file().map(|path| file::read(&path)) {
            Some(Ok(entries)) => entries,
            Some(Err(fault)) => return Err(vec![fault]),
            None => Vec::new(),
        };
        for (name, value) in &self.variables {
            let Some(name) = name.to_str() else { continue };
            let Some(key) = Key::of_variable(name).filter(|_| !value.is_empty()) else { continue };
            let origin = Origin::Variable(name.to_owned());
            match value.to_str() {
                Some(text) => entries.push((key, Raw::Text(text.to_owned()), origin)),
                // A path need not be UTF-8, and is taken from the variable itself.
                None if key == Key::of(&["data"]) => {}
                None => faults.push(Fault::of(&key, &origin, "it is no UTF-8")),
            }
        }
        for text in &self.set {
            match text.split_once('=') {
                Some((key, value)) => {
                    let value = Raw::Text(value.trim().to_owned());
                    entries.push((Key::dotted(key), value, Origin::Flag("--set")));
                }
                // It may be a secret, so it is not repeated.
                None => faults.push(Fault::whole("`--set` takes `KEY=VALUE`, and there is no `=`")),
            }
        }
        if let Some(data) = self.data.as_ref().and_then(|data| data.to_str()) {
            let value = Raw::Text(data.to_owned());
            entries.push((Key::of(&["data"]), value, Origin::Flag("--data")));
        }
        if faults.is_empty() { Ok(entries) } else { Err(faults) }
    }
}
