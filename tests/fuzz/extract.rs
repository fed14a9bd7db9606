//! What holds for every extraction.

use ontology::ler::{Extraction, extract};
use serde_json::Value;

/// The words of the standards that lead to a mention. A format that reads from other members adds them here.
const WORDS: &[&str] = &[
    "@context",
    "@id",
    "@type",
    "AnnotatedDefinedTerm",
    "JDXjobDescription",
    "Verification",
    "achievement",
    "achievementType",
    "achievements",
    "alignment",
    "alignments",
    "assertion",
    "assertions",
    "assesses",
    "attachments",
    "awardedOnCompletionOf",
    "badge",
    "badgeclassOpenBadgeId",
    "ceasn:codedNotation",
    "ceasn:competencyLabel",
    "ceasn:competencyText",
    "ceasn:creator",
    "ceasn:ctid",
    "ceasn:isPartOf",
    "ceasn:name",
    "certifications",
    "ceterms:accreditedBy",
    "ceterms:assesses",
    "ceterms:codedNotation",
    "ceterms:ctid",
    "ceterms:description",
    "ceterms:hasPart",
    "ceterms:instructionalProgramType",
    "ceterms:isPartOf",
    "ceterms:name",
    "ceterms:occupationType",
    "ceterms:offeredBy",
    "ceterms:ownedBy",
    "ceterms:requires",
    "ceterms:sameAs",
    "ceterms:subject",
    "ceterms:targetAssessment",
    "ceterms:targetCompetency",
    "ceterms:targetCredential",
    "ceterms:targetLearningOpportunity",
    "ceterms:targetNodeName",
    "ceterms:teaches",
    "cnf",
    "code",
    "codeValue",
    "codedNotation",
    "codes",
    "compactJwsString",
    "compactJwsStrings",
    "competencies",
    "competencyId",
    "competencyIds",
    "competencyLabel",
    "competencyRequired",
    "competencyText",
    "contactPoint",
    "creator",
    "credential",
    "credentialSchema",
    "credentialStatus",
    "credentialSubject",
    "credentials",
    "criteria",
    "criteriaUrl",
    "ctid",
    "data",
    "definitionReference",
    "description",
    "displayParameter",
    "educationAndLearning",
    "educationAndLearnings",
    "educationDegrees",
    "educationLevelCodes",
    "educationalAlignment",
    "educationalLevel",
    "employmentHistories",
    "endorse",
    "entitlesTo",
    "entityId",
    "eqfLevel",
    "fieldOfStudy",
    "hasAchieved",
    "hasClaim",
    "hasCode",
    "hasCredential",
    "hasPart",
    "holder",
    "humanCode",
    "id",
    "identifier",
    "identifiers",
    "ids",
    "image",
    "inCodeSet",
    "inDefinedTermSet",
    "inScheme",
    "influencedBy",
    "instructionalProgramType",
    "isPartOf",
    "iscedEducationLevelCode",
    "issuer",
    "issuerOpenBadgeId",
    "items",
    "jkt",
    "job",
    "jobCategories",
    "jwk",
    "kid",
    "learnerRecord",
    "learningOutcome",
    "lerrsType",
    "licenses",
    "name",
    "nqfLevel",
    "occupationType",
    "occupationalCategory",
    "offeredBy",
    "openBadgeId",
    "otherIdentifier",
    "otherW3CVerifiableCredential",
    "owl:sameAs",
    "ownedBy",
    "payload",
    "photo",
    "positionHistories",
    "positionPreferences",
    "prefLabel",
    "proof",
    "provenBy",
    "publisher",
    "refreshService",
    "related",
    "relatedESCOSkill",
    "relatedSkill",
    "requiredLevel",
    "requirement",
    "requires",
    "result",
    "resultDescription",
    "resultDescriptions",
    "results",
    "rubricCriterionLevel",
    "rubricCriterionLevels",
    "sameAs",
    "schemeReference",
    "signature",
    "signatures",
    "signedAssertion",
    "signedAssertions",
    "skills",
    "specialization",
    "specifiedBy",
    "status",
    "student",
    "tag",
    "tags",
    "targetAssessment",
    "targetCode",
    "targetCompetency",
    "targetCredential",
    "targetLearningOpportunity",
    "targetName",
    "targetNodeName",
    "targetUrl",
    "taxonomyIds",
    "teaches",
    "termCode",
    "termsOfUse",
    "thematicArea",
    "title",
    "vc",
    "verifiableCredential",
    "verifications",
    "vp",
];

pub(super) fn body(bytes: &[u8]) {
    let extracted = extract(bytes);
    if let Ok(extraction) = &extracted {
        check(extraction);
    }
    // White space, escapes and what a member said before it was named again make no difference.
    if let Ok(value) = serde_json::from_slice::<Value>(bytes)
        && !has_fraction(&value)
    {
        assert_eq!(extract(value.to_string().as_bytes()), extracted);
    }
}

/// Whether a number may be another one after it was written and read again.
fn has_fraction(value: &Value) -> bool {
    match value {
        Value::Number(number) => number.is_f64(),
        Value::Array(list) => list.iter().any(has_fraction),
        Value::Object(object) => object.values().any(has_fraction),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

fn check(extraction: &Extraction) {
    let pointers = extraction.mentions.iter().map(|mention| &mention.pointer);
    let outlines = extraction.credentials.iter().map(|credential| &credential.pointer);
    for pointer in pointers.chain(outlines) {
        assert!(pointer.is_empty() || pointer.starts_with('/'));
        for part in pointer.split('/').skip(1) {
            assert!(part.parse::<u32>().is_ok() || WORDS.contains(&part), "{part}");
        }
    }
    let of_credentials: usize =
        extraction.credentials.iter().map(|credential| credential.mentions).sum();
    assert_eq!(of_credentials, extraction.mentions.len());
    for reason in extraction.mentions.iter().flat_map(|mention| &mention.withheld) {
        let n_mentions =
            extraction.mentions.iter().filter(|mention| mention.withheld.contains(reason)).count();
        let n_counted = extraction.withheld.get(reason).copied().unwrap_or_default();
        assert!(n_counted >= u64::try_from(n_mentions).unwrap_or(u64::MAX), "{reason:?}");
    }
    let text = serde_json::to_string(extraction).unwrap_or_default();
    assert!(text.starts_with("{\"carrier\":"));
}
