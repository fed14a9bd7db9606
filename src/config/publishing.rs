//! What whoever publishes has to know, out of the table `[publish]`.

use index::publish::KEEP_CHANGES;

use crate::config::error::ConfigError;
use crate::config::inputs::Inputs;
use crate::config::key::Key;
use crate::config::sheet::Sheet;

/// Reads of how many generations the changes are kept.
pub(super) fn keep_changes(sheet: &mut Sheet) -> u64 {
    sheet.number(&Key::of(&["publish", "keep_changes"]), KEEP_CHANGES, 1)
}

/// Reads the same where nothing else of a configuration is needed, so that an import asks for nothing that only a harvest needs.
///
/// # Errors
/// A file that cannot be read, or a number that cannot be meant.
pub(crate) fn kept(inputs: &Inputs) -> Result<u64, ConfigError> {
    let mut sheet = Sheet::of(inputs.entries().map_err(ConfigError)?);
    let kept = keep_changes(&mut sheet);
    let worked = sheet.finish();
    if worked.faults.is_empty() { Ok(kept) } else { Err(ConfigError(worked.faults)) }
}
