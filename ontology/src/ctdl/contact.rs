//! Contact values: what may reach a person, and so never leaves the document it came in.

use crate::term::local_name;

/// Properties whose values are withheld, whatever they hold.
const WITHHELD: &[&str] = &[
    "ceterms:contactPoint",
    "ceterms:email",
    "ceterms:employee",
    "ceterms:faxNumber",
    "ceterms:targetContactPoint",
    "ceterms:telephone",
    "foaf:mbox",
    "foaf:phone",
    "schema:contactPoint",
    "schema:email",
    "schema:employee",
    "schema:faxNumber",
    "schema:telephone",
];

/// Classes whose nodes are withheld wherever they stand.
const WITHHELD_CLASSES: &[&str] = &[
    "ceterms:ContactPoint",
    "ceterms:CredentialPerson",
    "schema:ContactPoint",
    "schema:Person",
    "foaf:Person",
];

/// Tells whether the values of a property are withheld; spelling variants of the same word are the same property.
pub(crate) fn is_withheld(property: &str) -> bool {
    let local = local_name(property);
    WITHHELD.iter().any(|held| local_name(held).eq_ignore_ascii_case(local))
}

/// Tells whether nodes of a class are withheld.
pub(crate) fn is_withheld_class(class: &str) -> bool {
    WITHHELD_CLASSES.contains(&class)
}

#[cfg(test)]
mod tests {
    use super::{is_withheld, is_withheld_class};

    #[test]
    fn contact_values_are_known_in_any_namespace() {
        for property in [
            "ceterms:email",
            "urn:alidade:term:Email",
            "schema:telephone",
            "https://example.org/v#faxNumber",
        ] {
            assert!(is_withheld(property), "{property}");
        }
        assert!(!is_withheld("ceterms:subjectWebpage"));
        assert!(is_withheld_class("ceterms:ContactPoint"));
    }
}
