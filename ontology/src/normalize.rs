//! From bytes to what they say, whichever standard they follow.

use std::borrow::Cow;

use crate::record::{NormalizeError, Normalized, Provenance};
use crate::{case, ctdl};

/// Reads one document of CASE or of the Credential Registry, of any shape. Bytes that are handed over are given up as soon as
/// they are read, which a document of a hundred megabytes is the lighter for.
///
/// # Errors
/// When the bytes are no JSON, are no document of either standard, or hold nothing that has an identifier.
pub fn normalize<'b>(
    bytes: impl Into<Cow<'b, [u8]>>,
    provenance: &Provenance,
) -> Result<Normalized, NormalizeError> {
    let bytes = bytes.into();
    if ctdl::is_ctdl(&bytes) {
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
