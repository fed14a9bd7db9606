//! From bytes to what they say, whichever standard they follow.

use crate::record::{NormalizeError, Normalized, Provenance};
use crate::{case, ctdl};

/// Reads one document of CASE or of the Credential Registry, of any shape.
///
/// # Errors
/// When the bytes are no JSON, are no document of either standard, or hold nothing that has an identifier.
pub fn normalize(bytes: &[u8], provenance: &Provenance) -> Result<Normalized, NormalizeError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if ctdl::is_ctdl(bytes) {
        ctdl::normalize(bytes, provenance)
    } else {
        case::normalize(bytes, provenance).map_err(of_neither)
    }
}

/// What is no document of CASE is none of the Credential Registry either, or it would have been read as one.
fn of_neither(error: NormalizeError) -> NormalizeError {
    match error {
        NormalizeError::WrongShape { pointer, .. } if pointer.is_empty() => {
            let expected = "a CASE package, document, item, association, rubric or definition, or a record of CTDL";
            NormalizeError::WrongShape { expected, pointer }
        }
        other => other,
    }
}
