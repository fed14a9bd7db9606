//! The terms of the vocabularies that the graph is written in, each under its declared namespace.

/// Where the Credential Registry keeps its resources; a production CTID is appended.
pub const REGISTRY_RESOURCES: &str = "https://credentialengineregistry.org/resources/";

macro_rules! namespace {
    ($name:ident $doc:literal $iri:literal { $($term:ident $local:literal)* }) => {
        #[doc = $doc]
        pub mod $name {
            /// The namespace itself.
            pub const NAMESPACE: &str = $iri;
            $(#[doc = concat!("<", $iri, $local, ">")] pub const $term: &str = concat!($iri, $local);)*
        }
    };
}

namespace! { rdf "RDF." "http://www.w3.org/1999/02/22-rdf-syntax-ns#" { TYPE "type" } }

namespace! { skos "SKOS, the view that spans every framework." "http://www.w3.org/2004/02/skos/core#" {
    CONCEPT "Concept" CONCEPT_SCHEME "ConceptScheme" PREF_LABEL "prefLabel" ALT_LABEL "altLabel" NOTATION "notation"
    DEFINITION "definition" NOTE "note" BROADER "broader" NARROWER "narrower" IN_SCHEME "inScheme"
    TOP_CONCEPT_OF "topConceptOf" HAS_TOP_CONCEPT "hasTopConcept" EXACT_MATCH "exactMatch" CLOSE_MATCH "closeMatch"
    BROAD_MATCH "broadMatch" NARROW_MATCH "narrowMatch" RELATED_MATCH "relatedMatch"
} }

namespace! { ceasn "CTDL-ASN: competency frameworks." "https://purl.org/ctdlasn/terms/" {
    COMPETENCY "Competency" COMPETENCY_FRAMEWORK "CompetencyFramework" RUBRIC "Rubric"
    RUBRIC_CRITERION "RubricCriterion" CRITERION_LEVEL "CriterionLevel"
    COMPETENCY_TEXT "competencyText" COMPETENCY_LABEL "competencyLabel" COMPETENCY_CATEGORY "competencyCategory"
    CODED_NOTATION "codedNotation" LIST_ID "listID" COMMENT "comment" CONCEPT_KEYWORD "conceptKeyword"
    EDUCATION_LEVEL_TYPE "educationLevelType" IN_LANGUAGE "inLanguage" LICENSE "license" NAME "name"
    DESCRIPTION "description" PUBLISHER_NAME "publisherName" AUTHOR "author" SOURCE "source"
    PUBLICATION_STATUS_TYPE "publicationStatusType" DATE_MODIFIED "dateModified" DATE_VALID_FROM "dateValidFrom"
    DATE_VALID_UNTIL "dateValidUntil" LOCAL_SUBJECT "localSubject" IS_CHILD_OF "isChildOf"
    IS_TOP_CHILD_OF "isTopChildOf" IS_PART_OF "isPartOf" EXACT_ALIGNMENT "exactAlignment"
    BROAD_ALIGNMENT "broadAlignment" NARROW_ALIGNMENT "narrowAlignment" MAJOR_ALIGNMENT "majorAlignment"
    MINOR_ALIGNMENT "minorAlignment" PREREQUISITE_ALIGNMENT "prerequisiteAlignment"
    CROSS_SUBJECT_REFERENCE "crossSubjectReference" DERIVED_FROM "derivedFrom" COMPLEXITY_LEVEL "complexityLevel"
    HAS_CHILD "hasChild" HAS_TOP_CHILD "hasTopChild" ALIGN_TO "alignTo" ALIGN_FROM "alignFrom" COMPRISED_OF "comprisedOf"
    INFERRED_COMPETENCY "inferredCompetency" IS_VERSION_OF "isVersionOf" PUBLISHER "publisher" CREATOR "creator"
    HAS_RUBRIC_CRITERION "hasRubricCriterion" HAS_CRITERION_LEVEL "hasCriterionLevel" WEIGHT "weight"
    FEEDBACK "feedback" BENCHMARK_LABEL "benchmarkLabel" BENCHMARK_TEXT "benchmarkText"
} }

namespace! { ceterms "CTDL: credentials, organizations and what surrounds them." "https://purl.org/ctdl/terms/" {
    SUPERSEDED_BY "supersededBy" VERSION_IDENTIFIER "versionIdentifier" CTID "ctid"
    REQUIRES "requires" RECOMMENDS "recommends" COREQUISITE "corequisite" CO_PREREQUISITE "coPrerequisite"
    ENTRY_CONDITION "entryCondition" RENEWAL "renewal" IS_PREPARATION_FOR "isPreparationFor"
    PREPARATION_FROM "preparationFrom" IS_ADVANCED_STANDING_FOR "isAdvancedStandingFor"
    ADVANCED_STANDING_FROM "advancedStandingFrom" IS_REQUIRED_FOR "isRequiredFor"
    IS_RECOMMENDED_FOR "isRecommendedFor" MEMBERSHIP_CONDITION "membershipCondition"
    SUPPORT_SERVICE_CONDITION "supportServiceCondition" COMMON_CONDITIONS "commonConditions" TEACHES "teaches"
    ASSESSES "assesses" OWNED_BY "ownedBy" OFFERED_BY "offeredBy" ACCREDITED_BY "accreditedBy"
    APPROVED_BY "approvedBy" RECOGNIZED_BY "recognizedBy" REGULATED_BY "regulatedBy" RENEWED_BY "renewedBy"
    REVOKED_BY "revokedBy" REGISTERED_BY "registeredBy" HAS_PART "hasPart" IS_PART_OF "isPartOf"
    HAS_MEMBER "hasMember" IS_MEMBER_OF "isMemberOf" IS_SIMILAR_TO "isSimilarTo" NEXT_VERSION "nextVersion"
    LATEST_VERSION "latestVersion" OWNS "owns" OFFERS "offers" ACCREDITS "accredits" APPROVES "approves"
    RECOGNIZES "recognizes" REGULATES "regulates" RENEWS "renews" REVOKES "revokes"
} }

namespace! { case "CASE, where CTDL-ASN has no equivalent." "https://purl.imsglobal.org/spec/case/v1p0/" {
    CF_DOCUMENT "CFDocument" CF_ITEM "CFItem" CF_ASSOCIATION "CFAssociation" CF_RUBRIC "CFRubric"
    CF_RUBRIC_CRITERION "CFRubricCriterion" CF_RUBRIC_CRITERION_LEVEL "CFRubricCriterionLevel" CF_CONCEPT "CFConcept"
    CF_SUBJECT "CFSubject" CF_ITEM_TYPE "CFItemType" CF_LICENSE "CFLicense"
    CF_ASSOCIATION_GROUPING "CFAssociationGrouping"
    URI "uri" TITLE "title" CREATOR "creator" NOTES "notes" VERSION "version" FRAMEWORK_TYPE "frameworkType"
    CASE_VERSION "caseVersion" SUBJECT_URI "subjectURI" LICENSE_URI "licenseURI" ITEM_TYPE_URI "CFItemTypeURI"
    CONCEPT_KEYWORDS_URI "conceptKeywordsURI" ABBREVIATED_STATEMENT "abbreviatedStatement" PACKAGE_URI "CFPackageURI"
    ORIGIN_NODE_URI "originNodeURI" DESTINATION_NODE_URI "destinationNodeURI" ASSOCIATION_TYPE "associationType"
    SEQUENCE_NUMBER "sequenceNumber" ASSOCIATION_GROUPING_URI "CFAssociationGroupingURI" TARGET_TYPE "targetType"
    CATEGORY "category" ITEM_URI "CFItemURI" POSITION "position" QUALITY "quality" SCORE "score"
    HIERARCHY_CODE "hierarchyCode" KEYWORDS "keywords" TYPE_CODE "typeCode" LICENSE_TEXT "licenseText"
    EXTENSIONS "extensions" ADOPTION_STATUS "adoptionStatus" SOURCE_ITEM_URI "sourceItemURI"
    SOURCE_DOCUMENT_URI "sourceDocumentURI"
} }

namespace! { prov "PROV-O, for where a record came from." "http://www.w3.org/ns/prov#" {
    GENERATED_AT_TIME "generatedAtTime" HAD_PRIMARY_SOURCE "hadPrimarySource"
} }

namespace! { alidade "What no standard has a term for." "urn:alidade:vocab:" {
    UNKNOWN_FIELDS "unknownFields" STATUS "status" DIGEST "digest" SIGNATURE "signature"
    COMMUNITY "community"
} }

namespace! { owl "OWL, for declared identity." "http://www.w3.org/2002/07/owl#" { SAME_AS "sameAs" } }

namespace! { xsd "XML Schema datatypes." "http://www.w3.org/2001/XMLSchema#" {
    DATE "date" DATE_TIME "dateTime" INTEGER "integer" DECIMAL "decimal" DOUBLE "double" BOOLEAN "boolean"
    ANY_URI "anyURI" LANGUAGE "language"
} }

/// The datatype of a JSON text kept as it was ([JSON-LD 1.1](https://www.w3.org/TR/json-ld11/#the-rdf-json-datatype)).
pub const RDF_JSON: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON";

/// Percent-encodes everything but the unreserved characters of RFC 3986, for a part of a URN.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&encode_byte(byte)),
        }
    }
    out
}

/// Percent-encodes one byte.
pub(crate) fn encode_byte(byte: u8) -> String {
    format!("%{byte:02X}")
}
