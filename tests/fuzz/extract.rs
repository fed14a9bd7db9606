//! What holds for every extraction.

use ontology::ler::{Extraction, extract};
use serde_json::Value;

/// The words of the standards that lead to a mention. A format that reads from other members adds them here.
const WORDS: &[&str] = &[
    "@id",
    "AnnotatedDefinedTerm",
    "JDXjobDescription",
    "achievement",
    "achievementType",
    "achievements",
    "alignment",
    "alignments",
    "assertion",
    "assertions",
    "badge",
    "ceasn:codedNotation",
    "ceasn:ctid",
    "certifications",
    "ceterms:assesses",
    "ceterms:ctid",
    "ceterms:hasPart",
    "ceterms:requires",
    "ceterms:teaches",
    "compactJwsString",
    "compactJwsStrings",
    "competencies",
    "competencyIds",
    "competencyRequired",
    "credential",
    "credentialSubject",
    "credentials",
    "criteria",
    "criteriaUrl",
    "ctid",
    "data",
    "definitionReference",
    "educationAndLearnings",
    "educationDegrees",
    "educationalAlignment",
    "employmentHistories",
    "eqfLevel",
    "hasAchieved",
    "hasClaim",
    "hasCredential",
    "hasPart",
    "id",
    "identifier",
    "identifiers",
    "instructionalProgramType",
    "learnerRecord",
    "learningOutcome",
    "lerrsType",
    "licenses",
    "name",
    "nqfLevel",
    "occupationType",
    "otherIdentifier",
    "otherW3CVerifiableCredential",
    "owl:sameAs",
    "payload",
    "positionHistories",
    "related",
    "relatedESCOSkill",
    "relatedSkill",
    "result",
    "resultDescription",
    "resultDescriptions",
    "results",
    "rubricCriterionLevel",
    "rubricCriterionLevels",
    "schemeReference",
    "signedAssertion",
    "signedAssertions",
    "skills",
    "specifiedBy",
    "tag",
    "tags",
    "targetCompetency",
    "taxonomyIds",
    "thematicArea",
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
