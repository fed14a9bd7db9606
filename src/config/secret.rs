//! Secrets: out of the environment, or out of files of their own.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crawler::access::Secret;

use crate::config::configuration::Secrets;
use crate::config::key::Key;
use crate::config::raw::Raw;
use crate::config::sheet::{MASK, Sheet};

/// The bit by which everybody may read a file.
const FOR_ALL: u32 = 0o004;

/// A secret, where one is said or a file is named that holds it. The variable wins.
///
/// Where secrets are left alone, the secret is empty, and the file is not opened.
pub(super) fn secret(
    sheet: &mut Sheet,
    table: &Key,
    name: &str,
    secrets: Secrets,
) -> Option<Secret> {
    let key = table.child(name);
    let file_key = table.child(&format!("{name}_file"));
    let said = sheet.optional(&key, Raw::text, |_| MASK.into());
    let path = sheet.path(&file_key);
    if said.is_some() || sheet.origin(&key).is_some() {
        return said.map(Secret::new);
    }
    let path = path?;
    if secrets == Secrets::Left {
        return Some(Secret::new(""));
    }
    match read(&path) {
        Ok((secret, is_open)) => {
            if is_open {
                sheet.warn(format!(
                    "everybody on this machine may read `{}`, which `{file_key}` names; `chmod o-r` it",
                    path.display()
                ));
            }
            Some(secret)
        }
        Err(reason) => {
            sheet.fault(&file_key, reason);
            // What is missing has been said.
            Some(Secret::new(""))
        }
    }
}

/// Reads a secret, and whether everybody may.
fn read(path: &Path) -> Result<(Secret, bool), String> {
    let shown = path.display();
    let failed = |error| format!("`{shown}` cannot be read: {error}");
    let text = fs::read_to_string(path).map_err(failed)?;
    let mode = fs::metadata(path).map_err(failed)?.permissions().mode();
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.trim().is_empty() {
        return Err(format!("`{shown}` is empty"));
    }
    if secret.chars().any(char::is_control) {
        return Err(format!("`{shown}` holds more than one line"));
    }
    Ok((Secret::new(secret), mode & FOR_ALL != 0))
}
