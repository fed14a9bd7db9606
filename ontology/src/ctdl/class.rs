//! The classes of CTDL and CTDL-ASN: their tree, and what each is for a reader.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::resource::Kind;

static SUPERCLASSES: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let rows = include_str!("classes.tsv").lines().map(|line| {
        let (class, above) = line.split_once('\t').unwrap_or((line, ""));
        (class, above.split_whitespace().collect())
    });
    rows.collect()
});

/// What the nearest class of this list says a resource is.
const KINDS: &[(&str, Kind)] = &[
    ("ceasn:CompetencyFramework", Kind::Framework),
    ("ceasn:Competency", Kind::Competency),
    ("ceasn:Rubric", Kind::Rubric),
    ("asn:Rubric", Kind::Rubric),
    ("ceasn:RubricCriterion", Kind::RubricCriterion),
    ("asn:RubricCriterion", Kind::RubricCriterion),
    ("ceasn:CriterionLevel", Kind::RubricCriterionLevel),
    ("asn:CriterionLevel", Kind::RubricCriterionLevel),
    ("ceasn:RubricLevel", Kind::RubricCriterionLevel),
    ("asn:ProgressionModel", Kind::ConceptScheme),
    ("ceasn:ProficiencyScale", Kind::ConceptScheme),
    ("skos:ConceptScheme", Kind::ConceptScheme),
    ("asn:ProgressionLevel", Kind::Concept),
    ("skos:Concept", Kind::Concept),
    ("ceterms:Credential", Kind::Credential),
    ("ceterms:CredentialType", Kind::Credential),
    ("ceterms:Organization", Kind::Organization),
    ("ceterms:Agent", Kind::Organization),
    ("ceterms:LearningOpportunityProfile", Kind::LearningOpportunity),
    ("ceterms:LearningOpportunity", Kind::LearningOpportunity),
    ("ceterms:LearningResource", Kind::LearningOpportunity),
    ("ceterms:AssessmentProfile", Kind::Assessment),
    ("ceterms:Assessment", Kind::Assessment),
    ("ceterms:Occupation", Kind::Occupation),
    ("ceterms:Job", Kind::Job),
    ("ceterms:Task", Kind::Task),
    ("ceterms:WorkRole", Kind::WorkRole),
    ("ceterms:PathwayComponent", Kind::PathwayComponent),
    ("ceterms:Pathway", Kind::Pathway),
    ("ceterms:Collection", Kind::Collection),
    ("ceterms:TransferValueProfile", Kind::TransferValue),
    ("ceterms:TransferAgreement", Kind::TransferValue),
    ("ceterms:TransferIntermediary", Kind::TransferValue),
    ("ceterms:ConditionManifest", Kind::ConditionManifest),
    ("ceterms:CostManifest", Kind::CostManifest),
    ("ceterms:CredentialingAction", Kind::Action),
    ("qdata:DataSetProfile", Kind::DataSet),
];

/// Classes whose nodes stand inside another resource and are none themselves, even where they have an identifier.
const EMBEDDED: &[&str] = &[
    "ceterms:AggregateDataProfile",
    "ceterms:AlignmentObject",
    "ceterms:CollectionMember",
    "ceterms:ComponentCondition",
    "ceterms:ConditionProfile",
    "ceterms:Constraint",
    "ceterms:ContactPoint",
    "ceterms:CostProfile",
    "ceterms:CredentialAlignmentObject",
    "ceterms:DurationProfile",
    "ceterms:FinancialAssistanceProfile",
    "ceterms:GeoCoordinates",
    "ceterms:IdentifierValue",
    "ceterms:JurisdictionProfile",
    "ceterms:PayProfile",
    "ceterms:Place",
    "ceterms:PostalAddress",
    "ceterms:ProcessProfile",
    "ceterms:RevocationProfile",
    "ceterms:ValueProfile",
    "ceterms:VerificationServiceProfile",
    "schema:MonetaryAmount",
    "schema:MonetaryAmountDistribution",
    "schema:QuantitativeValue",
    "qdata:DataProfile",
    "qdata:DataSetTimeFrame",
];

/// A class and all its superclasses, itself first.
pub fn lineage(class: &str) -> Vec<String> {
    let mut lineage = vec![class.to_owned()];
    let mut seen = BTreeSet::from([class]);
    let mut open = vec![class];
    while let Some(class) = open.pop() {
        for above in SUPERCLASSES.get(class).into_iter().flatten() {
            if seen.insert(above) {
                lineage.push((*above).to_owned());
                open.push(above);
            }
        }
    }
    lineage
}

/// What a node of these classes is; [`Kind::Other`] where no class is a known one.
pub(crate) fn kind_of(types: &[String]) -> Kind {
    let kinds = types.iter().filter_map(|class| {
        let lineage = lineage(class);
        // A framework of CTDL-ASN is a collection too, and a framework first.
        KINDS.iter().find(|(known, _)| lineage.iter().any(|class| class == known)).map(|row| row.1)
    });
    kinds.min().unwrap_or(Kind::Other)
}

/// Tells whether nodes of these classes only ever stand inside another resource.
pub(crate) fn is_embedded(types: &[String]) -> bool {
    types.iter().any(|class| EMBEDDED.contains(&class.as_str()))
}

/// Tells whether a class belongs to a vocabulary's own description, and not to records.
pub(crate) fn is_schema(class: &str) -> bool {
    ["rdfs:", "rdf:", "owl:", "meta:", "vs:"].iter().any(|prefix| class.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::{is_embedded, kind_of, lineage};
    use crate::resource::Kind;

    #[track_caller]
    fn check(types: &[&str], expected: Kind) {
        let types: Vec<String> = types.iter().map(|class| (*class).to_owned()).collect();
        assert_eq!(kind_of(&types), expected, "{types:?}");
    }

    #[test]
    fn the_nearest_known_class_says_what_a_resource_is() {
        check(&["ceterms:BachelorOfScienceDegree"], Kind::Credential);
        check(&["ceterms:QACredentialOrganization"], Kind::Organization);
        check(&["ceterms:Course"], Kind::LearningOpportunity);
        check(&["ceasn:CompetencyFramework"], Kind::Framework);
        check(&["skos:ConceptScheme", "asn:ProgressionModel"], Kind::ConceptScheme);
        check(&["skos:Concept", "asn:ProgressionLevel"], Kind::Concept);
        check(&["ceterms:CourseComponent"], Kind::PathwayComponent);
        check(&["ceterms:PathwaySet"], Kind::Collection);
        check(&["ceterms:AccreditAction"], Kind::Action);
        check(&["ceterms:NobodyKnows"], Kind::Other);
        check(&["urn:x", "ceterms:License"], Kind::Credential);
        check(&[], Kind::Other);
    }

    #[test]
    fn the_tree_is_climbed_to_its_root() {
        let lineage = lineage("ceterms:BachelorOfScienceDegree");
        for class in ["ceterms:BachelorDegree", "ceterms:Degree", "ceterms:Credential"] {
            assert!(lineage.iter().any(|held| held == class), "{class}");
        }
        assert!(is_embedded(&["ceterms:ConditionProfile".to_owned()]));
        assert!(!is_embedded(&["ceterms:Course".to_owned()]));
    }
}
