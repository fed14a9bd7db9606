//! The organization behind a credential or a definition, by its identifier alone.

use serde_json::Value;

use crate::ler::container::ContainerError;
use crate::ler::draft::Draft;
use crate::ler::literal::address;
use crate::ler::privacy::{Tail, Withheld};
use crate::ler::public::holds_ctid;
use crate::ler::told::describes_a_person;

/// Members by which an organization may be named; what it is the same as in a registry says more than its own name.
const IDENTIFIERS: &[&str] = &["owl:sameAs", "sameAs", "id", "@id", "url"];

/// Drafts the identifier of an organization: a CTID, a web address or a `did:web`. A DID of another method is tried too, so that
/// it is counted; any other word or number says nothing that can be compared.
pub(super) fn draft(draft: &mut Draft<'_>, member: &Value) -> Result<(), ContainerError> {
    let is_person = member.as_object().is_some_and(describes_a_person);
    if is_person {
        draft.withhold(Withheld::SelfIssuer);
        return Ok(());
    }
    let identifier = match member {
        Value::Object(object) => IDENTIFIERS
            .iter()
            .filter_map(|key| address(object.get(*key)?))
            .find(|id| is_identifier(id)),
        plain => address(plain).filter(|id| is_identifier(id)),
    };
    draft.url(identifier, Tail::Cut)
}

fn is_identifier(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_named = ["https://", "http://", "did:"].iter().any(|start| lower.starts_with(start));
    is_named || holds_ctid(&lower)
}
