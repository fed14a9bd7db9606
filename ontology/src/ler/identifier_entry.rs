//! The other identifiers of a definition.

use serde_json::{Map, Value};

use crate::ler::container::ContainerError;
use crate::ler::draft::Draft;
use crate::ler::literal::text;
use crate::ler::privacy::{Tail, Withheld, is_person_word};

/// The types of an [`IdentifierEntry`](https://www.imsglobal.org/spec/ob/v3p0/#identifierentry) that identify things; all
/// others identify, or may identify, people.
const THING_IDENTIFIERS: &[&str] = &["identifier", "systemId", "productId", "isbn", "issn"];
/// The type of the entry that says who coined the entry beside it.
const AGENCY: &str = "ext:schemeAgencyId";

/// Whether an entry says who coined the entry beside it.
pub(super) fn is_agency(entry: &Value) -> bool {
    entry.get("identifierType").and_then(Value::as_str) == Some(AGENCY)
}

/// Drafts one entry, with the agency that the entry `beside` it names.
pub(super) fn draft(
    draft: &mut Draft<'_>,
    entry: &Map<String, Value>,
    beside: Option<&Value>,
) -> Result<(), ContainerError> {
    let kind = entry.get("identifierType").and_then(Value::as_str).unwrap_or_default();
    let is_extension = kind.strip_prefix("ext:").is_some_and(|name| !is_person_word(name));
    if !THING_IDENTIFIERS.contains(&kind) && !is_extension {
        draft.withhold(Withheld::PersonIdentifierType);
        return Ok(());
    }
    let identifier = entry.get("identifier").and_then(|value| text(value, None));
    address_or_code(draft, identifier.as_deref(), Tail::Cut)?;
    if draft.has_identifier() {
        draft.kind(Some(kind))?;
        let agency =
            beside.filter(|entry| is_agency(entry)).and_then(|entry| entry.get("identifier"));
        draft.framework(agency.and_then(|agency| text(agency, None)).as_deref())?;
    }
    Ok(())
}

/// Drafts what is an address, or else a code.
pub(super) fn address_or_code(
    draft: &mut Draft<'_>,
    identifier: Option<&str>,
    tail: Tail,
) -> Result<(), ContainerError> {
    if identifier.is_some_and(|identifier| identifier.contains("://")) {
        draft.url(identifier, tail)
    } else {
        draft.code(identifier)
    }
}
