//! The entities of CASE, as its paths name them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id::guid::{Guid, strip_prefix_ignore_case};

/// An entity of the [CASE model](https://purl.imsglobal.org/spec/case/v1p1), in the standard's own spelling.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
pub enum CaseEntity {
    /// A framework.
    CFDocument,
    /// A framework with everything in it; by convention its identifier is that of its document.
    CFPackage,
    /// A competency or standard.
    CFItem,
    /// A relation between two items.
    CFAssociation,
    /// A group of associations.
    CFAssociationGrouping,
    /// A concept.
    CFConcept,
    /// A subject.
    CFSubject,
    /// A type of item.
    CFItemType,
    /// A licence.
    CFLicense,
    /// A rubric.
    CFRubric,
    /// A criterion of a rubric.
    CFRubricCriterion,
    /// A level of a criterion.
    CFRubricCriterionLevel,
}

/// What a path may call the entities: longer names before the names they begin with.
///
/// The identifier behind `CFItemAssociations` is that of the item.
const PATHS: [(&str, CaseEntity); 26] = [
    ("CFRubricCriterionLevels", CaseEntity::CFRubricCriterionLevel),
    ("CFRubricCriterionLevel", CaseEntity::CFRubricCriterionLevel),
    ("CFAssociationGroupings", CaseEntity::CFAssociationGrouping),
    ("CFAssociationGrouping", CaseEntity::CFAssociationGrouping),
    ("CFItemAssociations", CaseEntity::CFItem),
    ("CFRubricCriterions", CaseEntity::CFRubricCriterion),
    ("CFRubricCriterion", CaseEntity::CFRubricCriterion),
    ("CFRubricCriteria", CaseEntity::CFRubricCriterion),
    ("CFAssociations", CaseEntity::CFAssociation),
    ("CFAssociation", CaseEntity::CFAssociation),
    ("CFDocuments", CaseEntity::CFDocument),
    ("CFItemTypes", CaseEntity::CFItemType),
    ("CFDocument", CaseEntity::CFDocument),
    ("CFItemType", CaseEntity::CFItemType),
    ("CFPackages", CaseEntity::CFPackage),
    ("CFConcepts", CaseEntity::CFConcept),
    ("CFSubjects", CaseEntity::CFSubject),
    ("CFLicenses", CaseEntity::CFLicense),
    ("CFPackage", CaseEntity::CFPackage),
    ("CFConcept", CaseEntity::CFConcept),
    ("CFSubject", CaseEntity::CFSubject),
    ("CFLicense", CaseEntity::CFLicense),
    ("CFRubrics", CaseEntity::CFRubric),
    ("CFRubric", CaseEntity::CFRubric),
    ("CFItems", CaseEntity::CFItem),
    ("CFItem", CaseEntity::CFItem),
];

impl CaseEntity {
    /// The standard's name of the entity.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CFDocument => "CFDocument",
            Self::CFPackage => "CFPackage",
            Self::CFItem => "CFItem",
            Self::CFAssociation => "CFAssociation",
            Self::CFAssociationGrouping => "CFAssociationGrouping",
            Self::CFConcept => "CFConcept",
            Self::CFSubject => "CFSubject",
            Self::CFItemType => "CFItemType",
            Self::CFLicense => "CFLicense",
            Self::CFRubric => "CFRubric",
            Self::CFRubricCriterion => "CFRubricCriterion",
            Self::CFRubricCriterionLevel => "CFRubricCriterionLevel",
        }
    }

    /// The entity whose record answers for this one: a package is answered by its document.
    #[must_use]
    pub fn answered_by(self) -> Self {
        match self {
            Self::CFPackage => Self::CFDocument,
            other => other,
        }
    }

    /// Reads a whole path segment, in any case.
    pub(crate) fn of_segment(segment: &str) -> Option<Self> {
        PATHS.iter().find(|(name, _)| segment.eq_ignore_ascii_case(name)).map(|(_, entity)| *entity)
    }

    /// Reads a path segment that lost the slash before its GUID, such as `CFItems0f3a…`.
    pub(crate) fn of_glued_segment(segment: &str) -> Option<(Self, Guid)> {
        PATHS.iter().find_map(|(name, entity)| {
            let guid = strip_prefix_ignore_case(segment, name)?.parse().ok()?;
            Some((*entity, guid))
        })
    }

    /// Reads the kind in `urn:case:{kind}:…`.
    pub(crate) fn of_urn_kind(kind: &str) -> Option<Self> {
        Self::of_segment(kind).or_else(|| Self::of_segment(&format!("CF{kind}")))
    }
}

impl fmt::Display for CaseEntity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_entity_in_any_case() {
        for (segment, expected) in [
            ("CFItems", Some(CaseEntity::CFItem)),
            ("cfitems", Some(CaseEntity::CFItem)),
            ("CFItemAssociations", Some(CaseEntity::CFItem)),
            ("CFItemTypes", Some(CaseEntity::CFItemType)),
            ("CFRubricCriteria", Some(CaseEntity::CFRubricCriterion)),
            ("CFThings", None),
            ("items", None),
        ] {
            assert_eq!(CaseEntity::of_segment(segment), expected);
        }
    }

    #[test]
    fn a_lost_slash_is_found_again() {
        let guid = "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";
        for (segment, expected) in [
            (format!("CFItems{guid}"), Some(CaseEntity::CFItem)),
            (format!("CFItemTypes{guid}"), Some(CaseEntity::CFItemType)),
            (format!("cfdocuments{guid}"), Some(CaseEntity::CFDocument)),
            ("CFItemsX".to_owned(), None),
        ] {
            assert_eq!(CaseEntity::of_glued_segment(&segment).map(|(entity, _)| entity), expected);
        }
    }

    #[test]
    fn a_longer_name_stands_before_the_names_it_begins_with() {
        for (at, (name, _)) in PATHS.iter().enumerate() {
            assert!(PATHS.iter().skip(at + 1).all(|(later, _)| !later.starts_with(name)));
        }
    }
}
