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
    let n_bytes = bytes.len();
    let bytes = only_element(bytes);
    let is_element = bytes.len() < n_bytes;
    let read = if ctdl::is_ctdl(&bytes) {
        ctdl::normalize(bytes, provenance)
    } else {
        case::normalize(bytes, provenance).map_err(of_neither)
    };
    read.map_err(|error| if is_element { of_several(error) } else { error })
}

/// What is cut out of an array and is no JSON was more than one element.
fn of_several(error: NormalizeError) -> NormalizeError {
    match error {
        NormalizeError::NotJson { .. } => {
            let expected = "one document, and no array of several";
            NormalizeError::WrongShape { expected, pointer: String::new() }
        }
        other => other,
    }
}

/// Takes a document out of the array that some servers put it into alone. Of several nobody can tell which is meant, and what is no
/// document inside is none outside.
fn only_element(bytes: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    let inside = |text: &[u8]| {
        let text = text.trim_ascii();
        let is_array = text.strip_prefix(b"[").and_then(|text| text.strip_suffix(b"]"))?;
        let inner = is_array.trim_ascii();
        let is_object = inner.starts_with(b"{") && inner.ends_with(b"}");
        is_object.then_some(inner.len())
    };
    let Some(len) = inside(&bytes) else { return bytes };
    let start = bytes.iter().position(|byte| *byte == b'{').unwrap_or_default();
    match bytes {
        Cow::Borrowed(text) => Cow::Borrowed(text.get(start..start + len).unwrap_or(text)),
        Cow::Owned(mut text) => {
            text.truncate(start + len);
            drop(text.drain(..start));
            Cow::Owned(text)
        }
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

#[cfg(test)]
mod tests {
    use super::normalize;
    use crate::record::Provenance;

    const FRAMEWORK: &str = r#"{"CFDocument": {"identifier": "00000001-0000-4000-8000-000000000000", "uri": "https://a.example/1",
        "title": "Knots", "creator": "Nobody", "lastChangeDateTime": "2024-01-01T00:00:00Z"}}"#;

    #[test]
    fn a_document_alone_in_an_array_is_that_document() {
        let alone = normalize(FRAMEWORK.as_bytes(), &Provenance::default()).unwrap();
        let text = format!(" [\n{FRAMEWORK}\n] ");
        let borrowed = normalize(text.as_bytes(), &Provenance::default()).unwrap();
        assert_eq!(borrowed, alone);
        let owned = normalize(text.into_bytes(), &Provenance::default()).unwrap();
        assert_eq!(owned, alone);
    }

    #[test]
    fn of_several_documents_none_is_chosen() {
        let text = format!("[{FRAMEWORK}, {FRAMEWORK}]");
        let error = normalize(text.as_bytes(), &Provenance::default()).unwrap_err();
        assert!(error.to_string().contains("no array of several"), "{error}");
    }
}
