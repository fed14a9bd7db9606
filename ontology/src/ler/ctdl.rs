//! Where [CTDL](https://credreg.net/ctdl/terms) and [schema.org](https://schema.org/EducationalOccupationalCredential) inside a
//! credential name definitions.
//!
//! The terms stand with their usual prefixes, or without one where the context makes them plain members. No context is
//! loaded: prefixes that mean something else in a document are taken by their word.

use crate::ler::mention::Site;
use crate::ler::table::{NOTHING, Part, Table};

/// What was achieved: a credential, a course, an assessment, a competency.
pub(super) static DEFINITION: Table = Table(&[
    ("owl:sameAs", Part::Things(Site::SameAs, &LINKED)),
    ("sameAs", Part::Things(Site::SameAs, &LINKED)),
    ("ceterms:sameAs", Part::Things(Site::SameAs, &LINKED)),
    ("ceterms:requires", Part::Things(Site::Linked, &LINKED)),
    ("requires", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:teaches", Part::Things(Site::Linked, &LINKED)),
    ("teaches", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:assesses", Part::Things(Site::Linked, &LINKED)),
    ("assesses", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:hasPart", Part::Things(Site::Linked, &LINKED)),
    ("hasPart", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:isPartOf", Part::Things(Site::Linked, &LINKED)),
    ("ceasn:isPartOf", Part::Things(Site::Linked, &LINKED)),
    ("isPartOf", Part::Things(Site::Linked, &LINKED)),
    ("hasCode", Part::Things(Site::DefinedTerm, &NOTHING)),
    ("competencyRequired", Part::Things(Site::Linked, &LINKED)),
    ("awardedOnCompletionOf", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:ownedBy", Part::Organization(Site::Creator)),
    ("ownedBy", Part::Organization(Site::Creator)),
    ("ceterms:offeredBy", Part::Organization(Site::Creator)),
    ("ceterms:accreditedBy", Part::Organization(Site::Creator)),
    ("offeredBy", Part::Organization(Site::Creator)),
    ("ceasn:creator", Part::Organization(Site::Creator)),
    ("creator", Part::Organization(Site::Creator)),
    ("alignment", Part::Alignments(Site::Alignment)),
    ("alignments", Part::Alignments(Site::Alignment)),
    ("educationalAlignment", Part::Alignments(Site::Alignment)),
    ("ceterms:subject", Part::Objects(&KEYWORD, Some(Site::Tag))),
    ("ceterms:targetCompetency", Part::Alignments(Site::Alignment)),
    ("targetCompetency", Part::Alignments(Site::Alignment)),
    ("ceterms:occupationType", Part::Alignments(Site::Alignment)),
    ("occupationType", Part::Alignments(Site::Alignment)),
    ("ceterms:instructionalProgramType", Part::Alignments(Site::Alignment)),
    ("instructionalProgramType", Part::Alignments(Site::Alignment)),
    ("educationalLevel", Part::Things(Site::Classification, &NOTHING)),
    ("occupationalCategory", Part::Things(Site::Classification, &NOTHING)),
    ("criteria", Part::Criteria),
]);

/// What a definition links to: a competency, a part, or a `ceterms:ConditionProfile` with targets of its own.
pub(super) static LINKED: Table = Table(&[
    ("owl:sameAs", Part::Things(Site::SameAs, &NOTHING)),
    ("sameAs", Part::Things(Site::SameAs, &NOTHING)),
    ("ceterms:requires", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:teaches", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:assesses", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:hasPart", Part::Things(Site::Linked, &LINKED)),
    ("hasPart", Part::Things(Site::Linked, &LINKED)),
    ("ceterms:targetCompetency", Part::Alignments(Site::Alignment)),
    ("targetCompetency", Part::Alignments(Site::Alignment)),
    ("ceterms:targetCredential", Part::Things(Site::Linked, &NOTHING)),
    ("targetCredential", Part::Things(Site::Linked, &NOTHING)),
    ("ceterms:targetAssessment", Part::Things(Site::Linked, &NOTHING)),
    ("targetAssessment", Part::Things(Site::Linked, &NOTHING)),
    ("ceterms:targetLearningOpportunity", Part::Things(Site::Linked, &NOTHING)),
    ("targetLearningOpportunity", Part::Things(Site::Linked, &NOTHING)),
    ("alignment", Part::Alignments(Site::Alignment)),
]);

/// A subject, which CTDL writes as an alignment though it is a keyword.
pub(super) static KEYWORD: Table = Table(&[
    ("ceterms:targetNodeName", Part::Words(Site::Tag)),
    ("targetNodeName", Part::Words(Site::Tag)),
]);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ler::expectation::{check, check_asks};

    const REGISTRY: &str = "https://credentialengineregistry.org/resources/";
    const DEGREE: &str = "ce-00000000-1111-2222-3333-444444444444";
    const SCIENCE: &str = "ce-00000000-1111-2222-3333-555555555555";

    #[test]
    fn what_was_achieved_and_what_it_links_to_is_read_with_the_prefixes_of_the_document() {
        let vc = json!({
            "@context": ["https://www.w3.org/2018/credentials/v1", {"res": REGISTRY, "owl": "http://www.w3.org/2002/07/owl#"}],
            "type": "VerifiableCredential", "id": "http://issuer.example/credentials/3732", "issuer": "res:ce-00000000-1111-2222-3333-666666666666",
            "credentialSubject": {
                "id": "did:example:ada",
                "achievement": [{
                    "id": format!("res:{DEGREE}"), "type": "ceterms:BachelorDegree", "ceterms:name": {"en-US": "Bachelor"},
                    "ceterms:offeredBy": "res:ce-00000000-1111-2222-3333-666666666666",
                    "ceterms:requires": [
                        {"type": "ceasn:Competency", "@id": format!("res:{SCIENCE}"), "ceasn:codedNotation": "SCI1",
                            "ceasn:competencyLabel": "Science", "ceasn:competencyText": "Know science."},
                        format!("res:{SCIENCE}"),
                        {"type": "ceterms:ConditionProfile", "ceterms:name": "Conditions",
                            "ceterms:targetCompetency": [{"ceterms:targetNode": format!("res:{SCIENCE}"), "ceterms:targetNodeName": "Science"}]},
                    ],
                }, {"id": "http://issuer.example/degrees/1", "owl:sameAs": format!("res:{DEGREE}")}],
                "hasAchieved": {"id": format!("{REGISTRY}{SCIENCE}"), "type": "ceasn:Competency", "competencyText": "Know science."},
            },
        });
        let subject = "/credentialSubject";
        let first = "/credentialSubject/achievement/0";
        check(
            &vc,
            &[
                &format!("/issuer issuer url={REGISTRY}ce-00000000-1111-2222-3333-666666666666"),
                &format!(
                    "{first}/id achievementId url={REGISTRY}{DEGREE} type=ceterms:BachelorDegree name=Bachelor"
                ),
                &format!(
                    "{first}/ceterms:offeredBy creator url={REGISTRY}ce-00000000-1111-2222-3333-666666666666"
                ),
                &format!(
                    "{first}/ceterms:requires/0 linked url={REGISTRY}{SCIENCE} code=SCI1 type=ceasn:Competency name=Science description=Know science."
                ),
                &format!("{first}/ceterms:requires/1 linked url={REGISTRY}{SCIENCE}"),
                &format!(
                    "{first}/ceterms:requires/2/ceterms:targetCompetency/0 alignment url={REGISTRY}{SCIENCE} name=Science"
                ),
                &format!(
                    "{subject}/achievement/1/id achievementId url=http://issuer.example/degrees/1"
                ),
                &format!("{subject}/achievement/1/owl:sameAs sameAs url={REGISTRY}{DEGREE}"),
                &format!(
                    "{subject}/hasAchieved achievementId url={REGISTRY}{SCIENCE} type=ceasn:Competency name=Know science."
                ),
            ],
        );
        let issuer = format!("{REGISTRY}ce-00000000-1111-2222-3333-666666666666");
        let science = format!("{REGISTRY}{SCIENCE}");
        let degree = format!("{REGISTRY}{DEGREE}");
        check_asks(
            &vc,
            &json!([
                {"targetUrl": degree, "targetType": "ceterms:BachelorDegree", "issuer": issuer},
                {
                    "targetUrl": science, "targetCode": "SCI1", "targetType": "ceasn:Competency", "targetName": "Science",
                    "targetDescription": "Know science.", "issuer": issuer,
                },
                {"targetUrl": science, "issuer": issuer},
                {"targetUrl": science, "targetName": "Science", "issuer": issuer},
                {"targetUrl": degree, "issuer": issuer},
                {"targetUrl": science, "targetType": "ceasn:Competency", "issuer": issuer},
            ]),
        );
    }

    #[test]
    fn a_credential_of_schema_org_is_read_in_another_or_alone() {
        let credential = json!({
            "id": "https://issuer.example/guide?learner=5", "type": "EducationalOccupationalCredential", "name": "Guide",
            "competencyRequired": [
                "Read a map",
                "https://framework.example/1",
                {"@type": "DefinedTerm", "name": "Rivers", "termCode": "R-1", "inDefinedTermSet": "https://framework.example/"},
            ],
            "educationalLevel": {"name": "Level 6", "url": "http://data.europa.eu/snb/eqf/6"},
        });
        let expected = |prefix: &str| {
            [
                format!(
                    "{prefix} achievementId url=https://issuer.example/guide type=EducationalOccupationalCredential name=Guide -queryOrFragment"
                ),
                format!("{prefix}/competencyRequired/0 linked name=Read a map"),
                format!("{prefix}/competencyRequired/1 linked url=https://framework.example/1"),
                format!(
                    "{prefix}/competencyRequired/2 linked code=R-1 name=Rivers framework=https://framework.example/"
                ),
                format!(
                    "{prefix}/educationalLevel classification url=http://data.europa.eu/snb/eqf/6 name=Level 6"
                ),
            ]
        };
        check(&credential, &expected("").each_ref().map(String::as_str));
        let vc = json!({"type": ["VerifiableCredential"], "credentialSubject": {"name": "Ada", "hasCredential": credential}});
        let expected = expected("/credentialSubject/hasCredential");
        check(&vc, &expected.each_ref().map(String::as_str));
        let named = json!({"type": ["VerifiableCredential"], "credentialSubject": {"hasCredential": {"name": "Guide"}}});
        check(&named, &["/credentialSubject/hasCredential achievementId name=Guide"]);
        check_asks(&named, &json!([]));
    }
}
