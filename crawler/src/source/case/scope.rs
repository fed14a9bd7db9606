//! What is wanted of a CASE server.

use crate::source::case::listed::key;

/// What is taken from a CASE server: everything where neither frameworks nor subjects are named, and else what either names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseScope {
    /// The frameworks with these identifiers, listed or not.
    pub frameworks: Vec<String>,
    /// The listed frameworks of these subjects, whatever their case.
    pub subjects: Vec<String>,
}

impl CaseScope {
    /// The keys of the frameworks that are named, with their identifiers.
    pub(super) fn named(&self) -> impl Iterator<Item = (String, &str)> {
        self.frameworks.iter().map(|identifier| (key(identifier.trim()), identifier.trim()))
    }

    /// Whether a framework is named.
    pub(super) fn names(&self, wanted: &str) -> bool {
        self.named().any(|(key, _)| key == wanted)
    }

    /// Whether a framework of these subjects is wanted.
    pub(super) fn takes(&self, key: &str, subjects: &[String]) -> bool {
        let is_everything = self.frameworks.is_empty() && self.subjects.is_empty();
        is_everything || self.names(key) || subjects.iter().any(|subject| self.is_about(subject))
    }

    fn is_about(&self, subject: &str) -> bool {
        let subject = subject.trim().to_lowercase();
        self.subjects.iter().any(|wanted| wanted.trim().to_lowercase() == subject)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(frameworks: &[&str], subjects: &[&str]) -> CaseScope {
        let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
        CaseScope { frameworks: owned(frameworks), subjects: owned(subjects) }
    }

    #[test]
    fn a_scope_that_names_nothing_takes_everything() {
        assert!(scope(&[], &[]).takes("a", &[]));
    }

    #[test]
    fn frameworks_are_named_by_guid_or_verbatim() {
        let guid = "6b9bf846-d7cc-11e8-824f-0242ac160002";
        let scope = scope(&[&guid.to_uppercase(), "Plain"], &[]);
        assert!(scope.takes(guid, &[]));
        assert!(scope.takes("Plain", &[]));
        assert!(!scope.takes("plain", &[]));
    }

    #[test]
    fn subjects_are_taken_in_any_case_beside_what_is_named() {
        let scope = scope(&["a"], &["mathematics"]);
        assert!(scope.takes("b", &["Art".to_owned(), "Mathematics ".to_owned()]));
        assert!(scope.takes("a", &["Art".to_owned()]));
        assert!(!scope.takes("b", &["Art".to_owned()]));
    }
}
