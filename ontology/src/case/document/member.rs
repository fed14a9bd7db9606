//! The members of a CASE document that hold entities.

use crate::definition::DefinitionClass;

/// A member, by what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Member {
    Package,
    Document,
    Documents,
    Item,
    Items,
    Association,
    Associations,
    Rubric,
    Rubrics,
    Criterion,
    Level,
    Definitions,
    Definition(DefinitionClass),
}

/// The names; the sets are those of other servers.
const NAMES: &[(&str, Member)] = &[
    ("CFPackage", Member::Package),
    ("CFDocument", Member::Document),
    ("CFDocuments", Member::Documents),
    ("CFItem", Member::Item),
    ("CFItems", Member::Items),
    ("CFItemSet", Member::Items),
    ("CFAssociation", Member::Association),
    ("CFAssociations", Member::Associations),
    ("CFAssociationSet", Member::Associations),
    ("CFRubric", Member::Rubric),
    ("CFRubrics", Member::Rubrics),
    ("CFRubricCriterion", Member::Criterion),
    ("CFRubricCriterionLevel", Member::Level),
    ("CFDefinitions", Member::Definitions),
    ("CFConcept", Member::Definition(DefinitionClass::Concept)),
    ("CFConcepts", Member::Definition(DefinitionClass::Concept)),
    ("CFSubject", Member::Definition(DefinitionClass::Subject)),
    ("CFSubjects", Member::Definition(DefinitionClass::Subject)),
    ("CFLicense", Member::Definition(DefinitionClass::License)),
    ("CFLicenses", Member::Definition(DefinitionClass::License)),
    ("CFItemType", Member::Definition(DefinitionClass::ItemType)),
    ("CFItemTypes", Member::Definition(DefinitionClass::ItemType)),
    ("CFAssociationGrouping", Member::Definition(DefinitionClass::AssociationGrouping)),
    ("CFAssociationGroupings", Member::Definition(DefinitionClass::AssociationGrouping)),
];

impl Member {
    /// Finds a member by its name in any capitals; gives the name in the right ones besides.
    pub(super) fn named(name: &str) -> Option<(&'static str, Self)> {
        NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).copied()
    }

    /// The class of the entities, where the member has only one and is no part of a package alone.
    pub(super) fn class(self) -> Option<&'static str> {
        match self {
            Self::Package | Self::Definitions => None,
            Self::Document | Self::Documents => Some("CFDocument"),
            Self::Item | Self::Items => Some("CFItem"),
            Self::Association | Self::Associations => Some("CFAssociation"),
            Self::Rubric | Self::Rubrics => Some("CFRubric"),
            Self::Criterion => Some("CFRubricCriterion"),
            Self::Level => Some("CFRubricCriterionLevel"),
            Self::Definition(class) => Some(class.as_str()),
        }
    }
}
