//! How one resource stands to another, in plain words, and how strongly that joins the two.

use ontology::{AlignmentType, Relation};

use crate::page::shell::Shell;

/// How strongly an alignment joins two competencies, strongest first ([SKOS](https://www.w3.org/TR/skos-reference/#mapping)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Stated to be an exact match. Nothing else is called the same.
    Same,
    /// The same UUID in two standards, of which nobody states anything.
    Unstated,
    /// A close match.
    Close,
    /// Broader or narrower.
    Slanted,
    /// Anything else.
    Related,
}

impl Strength {
    /// Of a type as it is read from the resource.
    pub(crate) fn of(reads: &str) -> Self {
        match reads {
            "exactMatchOf" | "sameAs" => Self::Same,
            "majorAlignment" | "isSimilarTo" => Self::Close,
            "broadAlignment" | "narrowAlignment" => Self::Slanted,
            _ => Self::Related,
        }
    }

    /// The class of its line.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Unstated => "unstated",
            Self::Close => "close",
            Self::Slanted => "slanted",
            Self::Related => "related",
        }
    }
}

/// Says how one resource stands to another, by the name of the type as it is read from the first.
pub(crate) fn relation(reads: &str, shell: &Shell) -> String {
    if let Some((_, name)) = RELATIONS.iter().find(|(held, _)| *held == reads) {
        return shell.say(name);
    }
    match reads.strip_prefix("inverse of ") {
        Some(name) => shell.tell("relation-other-inverse", "name", name),
        None => shell.tell("relation-other", "name", reads),
    }
}

/// The place of a relation among the others on the page; one that a publisher made up comes last.
pub(crate) fn rank(reads: &str) -> usize {
    RELATIONS.iter().position(|(held, _)| *held == reads).unwrap_or(RELATIONS.len())
}

/// Whether a resource says of itself who stands behind it.
pub(crate) fn is_own_agency(reads: &str) -> bool {
    AlignmentType::named(reads).relation() == Relation::Agency
}

/// Whether a resource says of itself what it asks for.
pub(crate) fn is_own_condition(reads: &str) -> bool {
    AlignmentType::named(reads).relation() == Relation::Condition
}

/// The relations in the order of the page: first who asks for a resource, then what it asks for, then what it is like.
const RELATIONS: &[(&str, &str)] = &[
    ("assessedBy", "relation-assessed-by"),
    ("taughtBy", "relation-taught-by"),
    ("requiredBy", "relation-required-by"),
    ("recommendedBy", "relation-recommended-by"),
    ("entryConditionOf", "relation-entry-condition-of"),
    ("corequisiteOf", "relation-corequisite-of"),
    ("coPrerequisiteOf", "relation-co-prerequisite-of"),
    ("renewalConditionOf", "relation-renewal-condition-of"),
    ("membershipConditionOf", "relation-membership-condition-of"),
    ("supportServiceConditionOf", "relation-support-service-condition-of"),
    ("commonConditionsOf", "relation-common-conditions-of"),
    ("alignFrom", "relation-align-from"),
    ("owns", "relation-owns"),
    ("offers", "relation-offers"),
    ("accredits", "relation-accredits"),
    ("approves", "relation-approves"),
    ("recognizes", "relation-recognizes"),
    ("regulates", "relation-regulates"),
    ("renews", "relation-renews"),
    ("revokes", "relation-revokes"),
    ("registers", "relation-registers"),
    ("publisherOf", "relation-publisher-of"),
    ("creatorOf", "relation-creator-of"),
    ("teaches", "relation-teaches"),
    ("assesses", "relation-assesses"),
    ("requires", "relation-requires"),
    ("recommends", "relation-recommends"),
    ("entryCondition", "relation-entry-condition"),
    ("corequisite", "relation-corequisite"),
    ("coPrerequisite", "relation-co-prerequisite"),
    ("renewal", "relation-renewal"),
    ("membershipCondition", "relation-membership-condition"),
    ("supportServiceCondition", "relation-support-service-condition"),
    ("commonConditions", "relation-common-conditions"),
    ("isPreparationFor", "relation-is-preparation-for"),
    ("preparationFrom", "relation-preparation-from"),
    ("isAdvancedStandingFor", "relation-is-advanced-standing-for"),
    ("advancedStandingFrom", "relation-advanced-standing-from"),
    ("isRequiredFor", "relation-is-required-for"),
    ("isRecommendedFor", "relation-is-recommended-for"),
    ("hasPart", "relation-has-part"),
    ("partOf", "relation-part-of"),
    ("hasMember", "relation-has-member"),
    ("isMemberOf", "relation-is-member-of"),
    ("precedes", "relation-precedes"),
    ("hasPredecessor", "relation-has-predecessor"),
    ("prerequisiteAlignment", "relation-prerequisite-alignment"),
    ("prerequisiteFor", "relation-prerequisite-for"),
    ("hasSkillLevel", "relation-has-skill-level"),
    ("skillLevelFor", "relation-skill-level-for"),
    ("exemplar", "relation-exemplar"),
    ("exemplarOf", "relation-exemplar-of"),
    ("ownedBy", "relation-owned-by"),
    ("offeredBy", "relation-offered-by"),
    ("accreditedBy", "relation-accredited-by"),
    ("approvedBy", "relation-approved-by"),
    ("recognizedBy", "relation-recognized-by"),
    ("regulatedBy", "relation-regulated-by"),
    ("renewedBy", "relation-renewed-by"),
    ("revokedBy", "relation-revoked-by"),
    ("registeredBy", "relation-registered-by"),
    ("publisher", "relation-publisher"),
    ("creator", "relation-creator"),
    ("exactMatchOf", "relation-exact-match-of"),
    ("majorAlignment", "relation-major-alignment"),
    ("isSimilarTo", "relation-is-similar-to"),
    ("broadAlignment", "relation-broad-alignment"),
    ("narrowAlignment", "relation-narrow-alignment"),
    ("isRelatedTo", "relation-is-related-to"),
    ("minorAlignment", "relation-minor-alignment"),
    ("isPeerOf", "relation-is-peer-of"),
    ("isPartOf", "relation-is-part-of"),
    ("derivedFrom", "relation-derived-from"),
    ("derivativeOf", "relation-derivative-of"),
    ("alignTo", "relation-align-to"),
    ("comprisedOf", "relation-comprised-of"),
    ("isComprisedIn", "relation-is-comprised-in"),
    ("inferredCompetency", "relation-inferred-competency"),
    ("inferredFrom", "relation-inferred-from"),
    ("isVersionOf", "relation-is-version-of"),
    ("hasVersion", "relation-has-version"),
    ("crossSubjectReference", "relation-cross-subject-reference"),
    ("replacedBy", "relation-replaced-by"),
    ("replaces", "relation-replaces"),
    ("nextVersion", "relation-next-version"),
    ("previousVersion", "relation-previous-version"),
    ("latestVersion", "relation-latest-version"),
    ("earlierVersion", "relation-earlier-version"),
    ("isTranslationOf", "relation-is-translation-of"),
];

#[cfg(test)]
mod tests {
    use ontology::AlignmentType;

    use super::{Strength, is_own_agency, relation};
    use crate::page::shell::Shell;

    #[test]
    fn every_type_has_words_in_both_directions() {
        let shell = Shell::new("/r", None);
        for kind in AlignmentType::all().filter(|kind| *kind != AlignmentType::IsChildOf) {
            for reads in [kind.as_str().to_owned(), kind.inverse()] {
                let words = relation(&reads, &shell);
                assert!(words.starts_with(char::is_uppercase), "{reads}: {words}");
                assert!(!words.starts_with("Stated as"), "{reads}: {words}");
                assert!(!words.starts_with("Names this"), "{reads}: {words}");
            }
        }
    }

    #[test]
    fn what_a_publisher_made_up_is_given_by_its_own_name() {
        let shell = Shell::new("/r", None);
        assert_eq!(relation("ext:first", &shell), "Stated as “ext:first”");
        assert_eq!(relation("inverse of ext:first", &shell), "Names this as its “ext:first”");
    }

    #[test]
    fn only_an_exact_match_is_the_same() {
        for kind in AlignmentType::all() {
            let is_same = Strength::of(kind.as_str()) == Strength::Same;
            assert_eq!(is_same, kind == AlignmentType::ExactMatchOf, "{kind:?}");
        }
        assert!(is_own_agency("ownedBy") && !is_own_agency("owns"));
    }
}
