//! Alignments: how one resource stands to another, in one table across CASE, CTDL-ASN, Open Badges and SKOS.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use crate::id::CanonicalKey;
use crate::vocab;

/// The far end of an alignment or of any other link.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// The identity of the target, where its identifier or address has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<CanonicalKey>,
    /// The address as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The framework that a code belongs to, where only a code was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<String>,
    /// The code of the target in its framework, where the address holds one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The title that the link carries. It is a caption for people, often a placeholder, and never data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

impl Target {
    /// Wraps a bare key.
    pub fn of(key: CanonicalKey) -> Self {
        Self { key: Some(key), ..Self::default() }
    }

    /// The IRI under which the target stands in the graph; `None` where it has none.
    pub fn iri(&self) -> Option<String> {
        self.key.as_ref().and_then(CanonicalKey::subject_iri)
    }

    /// Tells whether it is named by a framework and a code, so that it can be looked up where that framework is known.
    pub fn is_coded(&self) -> bool {
        self.framework.is_some() && self.code.is_some()
    }
}

/// One alignment: an association of CASE, an alignment property of CTDL-ASN.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Alignment {
    /// The identity of the association itself, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<CanonicalKey>,
    /// How the origin stands to the target.
    #[serde(rename = "type")]
    pub kind: AlignmentType,
    /// The type as the publisher wrote it; empty where it is a property of CTDL, which stands in `path`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub term: String,
    /// Where the alignment starts.
    pub origin: Target,
    /// Where it leads.
    pub target: Target,
    /// The place among siblings ([`sequenceNumber`](https://www.imsglobal.org/spec/CASE/v1p1)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<i64>,
    /// What CASE says of the association itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<Box<Association>>,
    /// The properties that lead from the origin to the target in a record of CTDL, parted by ` > `.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How much the target counts for, as the publisher wrote it (`ceterms:weight`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
}

/// What an association says besides its ends: [`CFAssociation`](https://www.imsglobal.org/spec/CASE/v1p1) of CASE.
///
/// It stands apart because a property of CTDL has nothing of it, and there are as many of those.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Association {
    /// The identities of repetitions that were folded into this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<CanonicalKey>,
    /// The address of the association itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// The grouping (`CFAssociationGroupingURI`) it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grouping: Option<Target>,
    /// The publisher's notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// When the publisher last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
    /// What the target is, where it is no CASE entity (`targetType` of CASE 1.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_type: Option<String>,
    /// What the origin is, where it is no CASE entity (`targetType` of CASE 1.1 at that end).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_type: Option<String>,
    /// The framework that an association outside a package says it belongs to (`CFDocumentURI`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<Target>,
    /// The `extensions` object as it was, in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions: Option<String>,
}

impl Alignment {
    /// An alignment between two ends, and nothing more.
    pub fn between(origin: Target, kind: AlignmentType, target: Target) -> Self {
        Self {
            key: None,
            kind,
            term: String::new(),
            origin,
            target,
            sequence: None,
            association: None,
            path: None,
            weight: None,
        }
    }
}

/// What an alignment means for someone who walks the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Child to parent.
    Hierarchy,
    /// Two names for one competency.
    Equivalence,
    /// Related, wider, narrower, partly overlapping.
    Crosswalk,
    /// Before and after in learning.
    Sequence,
    /// Old to new.
    Succession,
    /// Illustration, level, translation.
    Annotation,
    /// What has to be met, and for what.
    Condition,
    /// What is taught or assessed, and by what.
    Learning,
    /// Who stands behind a resource.
    Agency,
    /// Whole and part.
    Part,
}

/// How an alignment is written in each standard.
struct Row {
    kind: AlignmentType,
    /// `associationType` of CASE; also the name of the type here.
    name: &'static str,
    /// What is read when the alignment is followed from its target.
    inverse: &'static str,
    relation: Relation,
    symmetric: bool,
    /// The property of CTDL-ASN or CTDL.
    ctdl: Option<&'static str>,
    /// The property of SKOS.
    skos: Option<&'static str>,
    /// Whether CASE itself defines the name.
    case: bool,
}

macro_rules! alignment_types {
    ($($variant:ident, $name:literal, $inverse:literal, $relation:ident, $symmetric:literal, $ctdl:expr, $skos:expr, $case:literal;)*) => {
        /// The types of alignment, across CASE, CTDL-ASN, Open Badges and SKOS.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum AlignmentType {
            $(#[doc = concat!("`", $name, "`, read from its target: `", $inverse, "`.")] $variant,)*
            /// An extension or an unknown type, as written; followed as `isRelatedTo` (Implementation Guide 4.7).
            Other(String),
        }

        /// The one table of types.
        const TABLE: &[Row] = &[
            $(Row { kind: AlignmentType::$variant, name: $name, inverse: $inverse, relation: Relation::$relation,
                    symmetric: $symmetric, ctdl: $ctdl, skos: $skos, case: $case },)*
        ];
    };
}

alignment_types! {
    IsChildOf, "isChildOf", "isParentOf", Hierarchy, false, Some(vocab::ceasn::IS_CHILD_OF), Some(vocab::skos::BROADER), true;
    IsPartOf, "isPartOf", "hasPart", Crosswalk, false, None, Some(vocab::skos::RELATED_MATCH), true;
    IsPeerOf, "isPeerOf", "isPeerOf", Crosswalk, true, None, Some(vocab::skos::RELATED_MATCH), true;
    ExactMatchOf, "exactMatchOf", "exactMatchOf", Equivalence, true, Some(vocab::ceasn::EXACT_ALIGNMENT), Some(vocab::skos::EXACT_MATCH), true;
    IsRelatedTo, "isRelatedTo", "isRelatedTo", Crosswalk, true, None, Some(vocab::skos::RELATED_MATCH), true;
    Precedes, "precedes", "hasPredecessor", Sequence, false, None, None, true;
    ReplacedBy, "replacedBy", "replaces", Succession, false, Some(vocab::ceterms::SUPERSEDED_BY), None, true;
    Exemplar, "exemplar", "exemplarOf", Annotation, false, None, None, true;
    HasSkillLevel, "hasSkillLevel", "skillLevelFor", Annotation, false, Some(vocab::ceasn::COMPLEXITY_LEVEL), None, true;
    IsTranslationOf, "isTranslationOf", "isTranslationOf", Annotation, true, None, None, true;
    BroadAlignment, "broadAlignment", "narrowAlignment", Crosswalk, false, Some(vocab::ceasn::BROAD_ALIGNMENT), Some(vocab::skos::BROAD_MATCH), false;
    NarrowAlignment, "narrowAlignment", "broadAlignment", Crosswalk, false, Some(vocab::ceasn::NARROW_ALIGNMENT), Some(vocab::skos::NARROW_MATCH), false;
    MajorAlignment, "majorAlignment", "majorAlignment", Crosswalk, true, Some(vocab::ceasn::MAJOR_ALIGNMENT), Some(vocab::skos::CLOSE_MATCH), false;
    MinorAlignment, "minorAlignment", "minorAlignment", Crosswalk, true, Some(vocab::ceasn::MINOR_ALIGNMENT), Some(vocab::skos::RELATED_MATCH), false;
    PrerequisiteAlignment, "prerequisiteAlignment", "prerequisiteFor", Sequence, false, Some(vocab::ceasn::PREREQUISITE_ALIGNMENT), None, false;
    CrossSubjectReference, "crossSubjectReference", "crossSubjectReference", Crosswalk, true, Some(vocab::ceasn::CROSS_SUBJECT_REFERENCE), Some(vocab::skos::RELATED_MATCH), false;
    DerivedFrom, "derivedFrom", "derivativeOf", Crosswalk, false, Some(vocab::ceasn::DERIVED_FROM), Some(vocab::skos::RELATED_MATCH), false;
    AlignTo, "alignTo", "alignFrom", Crosswalk, false, Some(vocab::ceasn::ALIGN_TO), Some(vocab::skos::RELATED_MATCH), false;
    AlignFrom, "alignFrom", "alignTo", Crosswalk, false, Some(vocab::ceasn::ALIGN_FROM), Some(vocab::skos::RELATED_MATCH), false;
    ComprisedOf, "comprisedOf", "isComprisedIn", Crosswalk, false, Some(vocab::ceasn::COMPRISED_OF), Some(vocab::skos::RELATED_MATCH), false;
    InferredCompetency, "inferredCompetency", "inferredFrom", Crosswalk, false, Some(vocab::ceasn::INFERRED_COMPETENCY), Some(vocab::skos::RELATED_MATCH), false;
    IsVersionOf, "isVersionOf", "hasVersion", Crosswalk, false, Some(vocab::ceasn::IS_VERSION_OF), Some(vocab::skos::RELATED_MATCH), false;
    IsSimilarTo, "isSimilarTo", "isSimilarTo", Crosswalk, true, Some(vocab::ceterms::IS_SIMILAR_TO), Some(vocab::skos::RELATED_MATCH), false;
    NextVersion, "nextVersion", "previousVersion", Succession, false, Some(vocab::ceterms::NEXT_VERSION), None, false;
    LatestVersion, "latestVersion", "earlierVersion", Succession, false, Some(vocab::ceterms::LATEST_VERSION), None, false;
    Requires, "requires", "requiredBy", Condition, false, Some(vocab::ceterms::REQUIRES), None, false;
    Recommends, "recommends", "recommendedBy", Condition, false, Some(vocab::ceterms::RECOMMENDS), None, false;
    Corequisite, "corequisite", "corequisiteOf", Condition, false, Some(vocab::ceterms::COREQUISITE), None, false;
    CoPrerequisite, "coPrerequisite", "coPrerequisiteOf", Condition, false, Some(vocab::ceterms::CO_PREREQUISITE), None, false;
    EntryCondition, "entryCondition", "entryConditionOf", Condition, false, Some(vocab::ceterms::ENTRY_CONDITION), None, false;
    Renewal, "renewal", "renewalConditionOf", Condition, false, Some(vocab::ceterms::RENEWAL), None, false;
    IsPreparationFor, "isPreparationFor", "preparationFrom", Condition, false, Some(vocab::ceterms::IS_PREPARATION_FOR), None, false;
    PreparationFrom, "preparationFrom", "isPreparationFor", Condition, false, Some(vocab::ceterms::PREPARATION_FROM), None, false;
    IsAdvancedStandingFor, "isAdvancedStandingFor", "advancedStandingFrom", Condition, false, Some(vocab::ceterms::IS_ADVANCED_STANDING_FOR), None, false;
    AdvancedStandingFrom, "advancedStandingFrom", "isAdvancedStandingFor", Condition, false, Some(vocab::ceterms::ADVANCED_STANDING_FROM), None, false;
    IsRequiredFor, "isRequiredFor", "requires", Condition, false, Some(vocab::ceterms::IS_REQUIRED_FOR), None, false;
    IsRecommendedFor, "isRecommendedFor", "recommends", Condition, false, Some(vocab::ceterms::IS_RECOMMENDED_FOR), None, false;
    MembershipCondition, "membershipCondition", "membershipConditionOf", Condition, false, Some(vocab::ceterms::MEMBERSHIP_CONDITION), None, false;
    SupportServiceCondition, "supportServiceCondition", "supportServiceConditionOf", Condition, false, Some(vocab::ceterms::SUPPORT_SERVICE_CONDITION), None, false;
    CommonConditions, "commonConditions", "commonConditionsOf", Condition, false, Some(vocab::ceterms::COMMON_CONDITIONS), None, false;
    Teaches, "teaches", "taughtBy", Learning, false, Some(vocab::ceterms::TEACHES), None, false;
    Assesses, "assesses", "assessedBy", Learning, false, Some(vocab::ceterms::ASSESSES), None, false;
    OwnedBy, "ownedBy", "owns", Agency, false, Some(vocab::ceterms::OWNED_BY), None, false;
    OfferedBy, "offeredBy", "offers", Agency, false, Some(vocab::ceterms::OFFERED_BY), None, false;
    AccreditedBy, "accreditedBy", "accredits", Agency, false, Some(vocab::ceterms::ACCREDITED_BY), None, false;
    ApprovedBy, "approvedBy", "approves", Agency, false, Some(vocab::ceterms::APPROVED_BY), None, false;
    RecognizedBy, "recognizedBy", "recognizes", Agency, false, Some(vocab::ceterms::RECOGNIZED_BY), None, false;
    RegulatedBy, "regulatedBy", "regulates", Agency, false, Some(vocab::ceterms::REGULATED_BY), None, false;
    RenewedBy, "renewedBy", "renews", Agency, false, Some(vocab::ceterms::RENEWED_BY), None, false;
    RevokedBy, "revokedBy", "revokes", Agency, false, Some(vocab::ceterms::REVOKED_BY), None, false;
    RegisteredBy, "registeredBy", "registers", Agency, false, Some(vocab::ceterms::REGISTERED_BY), None, false;
    Publisher, "publisher", "publisherOf", Agency, false, Some(vocab::ceasn::PUBLISHER), None, false;
    Creator, "creator", "creatorOf", Agency, false, Some(vocab::ceasn::CREATOR), None, false;
    HasPart, "hasPart", "partOf", Part, false, Some(vocab::ceterms::HAS_PART), None, false;
    HasMember, "hasMember", "isMemberOf", Part, false, Some(vocab::ceterms::HAS_MEMBER), None, false;
}

impl AlignmentType {
    /// Reads an `associationType` of CASE; spelling variants fold, anything unknown becomes [`AlignmentType::Other`].
    pub fn from_case(term: &str) -> Self {
        let folded = fold(term);
        let known = TABLE.iter().filter(|row| row.case).find(|row| {
            let name = fold(row.name);
            name == folded || name.strip_prefix("is") == Some(folded.as_str())
        });
        known.map_or_else(|| Self::Other(term.to_owned()), |row| row.kind.clone())
    }

    /// Reads a type as [`AlignmentType::as_str`] writes it.
    pub fn named(name: &str) -> Self {
        let known = TABLE.iter().find(|row| row.name == name);
        known.map_or_else(|| Self::Other(name.to_owned()), |row| row.kind.clone())
    }

    /// Every type that is known by name.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.kind.clone())
    }

    fn row(&self) -> Option<&'static Row> {
        TABLE.iter().find(|row| row.kind == *self)
    }

    /// The name of the type: CASE's where CASE has one, else CTDL-ASN's.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(term) => term,
            known => known.row().map_or("", |row| row.name),
        }
    }

    /// The name of the type as read from its target.
    pub fn inverse(&self) -> String {
        match self.row() {
            Some(row) => row.inverse.to_owned(),
            None => format!("inverse of {}", self.as_str()),
        }
    }

    /// What the type means for someone who walks the graph.
    pub fn relation(&self) -> Relation {
        self.row().map_or(Relation::Crosswalk, |row| row.relation)
    }

    /// Tells whether origin and target may be exchanged.
    pub fn is_symmetric(&self) -> bool {
        self.row().is_none_or(|row| row.symmetric)
    }

    /// Tells whether the type leads to another framework's or another version's view of the competency, and so belongs
    /// to its crosswalk.
    pub fn is_crosswalk(&self) -> bool {
        matches!(
            self.relation(),
            Relation::Equivalence | Relation::Crosswalk | Relation::Succession
        ) || *self == Self::IsTranslationOf
    }

    /// The property of CTDL-ASN or CTDL that says the same, as an IRI.
    pub fn ctdl_property(&self) -> Option<&'static str> {
        self.row().and_then(|row| row.ctdl)
    }

    /// The property of SKOS that says the same, as an IRI.
    pub fn skos_property(&self) -> Option<&'static str> {
        self.row().map_or(Some(vocab::skos::RELATED_MATCH), |row| row.skos)
    }

    /// Tells whether a term has the form in which CASE 1.1 lets publishers add types: `ext:` and letters, digits, `.`, `_`, `-`.
    pub fn is_extension(term: &str) -> bool {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        term.strip_prefix("ext:")
            .is_some_and(|name| !name.is_empty() && name.chars().all(is_allowed))
    }

    /// Tells whether CASE defines the type.
    pub fn is_case(&self) -> bool {
        self.row().is_some_and(|row| row.case)
    }
}

/// Folds case, underscores, hyphens and spaces, so that `is_child_of` and `IsChildOf` are one.
fn fold(term: &str) -> String {
    term.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).flat_map(char::to_lowercase).collect()
}

impl Serialize for AlignmentType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for AlignmentType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|name| Self::named(&name))
    }
}

#[cfg(test)]
mod tests {
    use super::{AlignmentType, Relation, TABLE};

    #[track_caller]
    fn check(term: &str, expected: &AlignmentType) {
        assert_eq!(AlignmentType::from_case(term), *expected);
    }

    #[test]
    fn case_types_are_read_in_every_seen_spelling() {
        check("isChildOf", &AlignmentType::IsChildOf);
        check("ischildof", &AlignmentType::IsChildOf);
        check("is_child_of", &AlignmentType::IsChildOf);
        check("RelatedTo", &AlignmentType::IsRelatedTo);
        check("exactMatchOf", &AlignmentType::ExactMatchOf);
        check("ext:prerequisite", &AlignmentType::Other("ext:prerequisite".to_owned()));
        check("broadAlignment", &AlignmentType::Other("broadAlignment".to_owned()));
    }

    #[test]
    fn an_unknown_type_is_followed_as_related() {
        let other = AlignmentType::from_case("ext:likes");
        assert_eq!(other.relation(), Relation::Crosswalk);
        assert_eq!(other.as_str(), "ext:likes");
        assert!(other.is_crosswalk());
    }

    #[test]
    fn an_extension_has_the_form_of_the_standard() {
        for (term, expected) in [
            ("ext:fine_1.0-x", true),
            ("ext:", false),
            ("ext:has space", false),
            ("ext:é", false),
            ("Ext:a", false),
            ("likes", false),
        ] {
            assert_eq!(AlignmentType::is_extension(term), expected, "{term}");
        }
    }

    #[test]
    fn every_row_has_a_name_of_its_own() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(AlignmentType::named(row.name), row.kind, "{}", row.name);
            assert!(
                TABLE.iter().skip(at + 1).all(|other| other.name != row.name),
                "{} twice",
                row.name
            );
        }
    }
}
