//! What the top level of a document turns out to be, by the members it has.

use std::collections::BTreeSet;

use crate::case::document::member::Member;

/// The members that were met, in any order.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    members: BTreeSet<Member>,
    /// The class of a document that is itself one entity.
    flat: Option<&'static str>,
}

/// What only a package has.
const OF_PACKAGE: [Member; 5] =
    [Member::Package, Member::Document, Member::Items, Member::Rubrics, Member::Definitions];

impl Shape {
    /// Notes that the document is itself what a member holds one of.
    pub(super) fn set_flat(&mut self, member: Member) {
        self.flat = member.class();
    }

    /// Notes a member.
    pub(super) fn note(&mut self, member: Member) {
        self.members.insert(member);
    }

    /// Tells whether any member of CASE was met.
    pub(super) fn is_known(&self) -> bool {
        !self.members.is_empty()
    }

    /// Tells whether it is a package. `{CFItem, CFAssociations}` is the answer of another service.
    pub(super) fn is_package(&self) -> bool {
        let has_associations = self.has(Member::Associations) && !self.has(Member::Item);
        has_associations || OF_PACKAGE.iter().any(|member| self.has(*member))
    }

    /// Tells whether a `CFDocument` is all there is.
    pub(super) fn is_document_alone(&self) -> bool {
        self.members.len() == 1 && self.has(Member::Document)
    }

    /// The kind of the document in the standard's word.
    pub(super) fn kind(&self, is_single_document: bool) -> &'static str {
        if let Some(class) = self.flat {
            return class;
        }
        if is_single_document {
            return "CFDocument";
        }
        if self.is_package() {
            return "CFPackage";
        }
        if self.has(Member::Documents) {
            return "CFDocuments";
        }
        if self.has(Member::Item) && self.has(Member::Associations) {
            return "CFItemAssociations";
        }
        self.members.iter().find_map(|member| member.class()).unwrap_or("CASE document")
    }

    fn has(&self, member: Member) -> bool {
        self.members.contains(&member)
    }
}
