//! Reads the parts of an Open Badge, of every version, in the order in which they stand.
//!
//! The tables say which members of which object are read; a member that stands in no table is never looked at. That
//! is how evidence, endorsements, proofs, recipients and results stay out: by not being named here.

pub(super) mod draft;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::ler::container::{ContainerError, Limit};
use crate::ler::document::{Document, Shape};
use crate::ler::literal::{address, text, types};
use crate::ler::mention::Site;
use crate::ler::open_badge::draft::{Draft, Findings};
use crate::ler::place::{Place, members};
use crate::ler::prefix::Prefixes;
use crate::ler::privacy::{Filter, Tail, Withheld, is_person_word};

/// How many alignments one document may have.
const MOST_ALIGNMENTS: usize = 500;

type Object = Map<String, Value>;

/// The members of one kind of object, and how each is read.
type Table = &'static [(&'static str, Part)];

/// How one member is read.
enum Part {
    /// The identifier of the object that has it.
    Identifier(Site),
    Alignments(Site),
    OtherIdentifiers,
    Related,
    Criteria,
    Tags,
    /// Objects with members of their own; where the site is given, a string stands for the object it identifies.
    Objects(Table, Option<Site>),
}

const CREDENTIAL: Table = &[("credentialSubject", Part::Objects(SUBJECT, None))];

const SUBJECT: Table = &[
    ("achievement", Part::Objects(ACHIEVEMENT, Some(Site::AchievementId))),
    ("result", Part::Objects(RESULT, None)),
];

const ACHIEVEMENT: Table = &[
    ("id", Part::Identifier(Site::AchievementId)),
    ("@id", Part::Identifier(Site::AchievementId)),
    ("alignment", Part::Alignments(Site::Alignment)),
    ("alignments", Part::Alignments(Site::Alignment)),
    ("resultDescription", Part::Objects(RESULT_DESCRIPTION, None)),
    ("otherIdentifier", Part::OtherIdentifiers),
    ("related", Part::Related),
    ("criteria", Part::Criteria),
    ("tag", Part::Tags),
];

const RESULT_DESCRIPTION: Table = &[
    ("alignment", Part::Alignments(Site::ResultDescriptionAlignment)),
    ("alignments", Part::Alignments(Site::ResultDescriptionAlignment)),
    ("rubricCriterionLevel", Part::Objects(RUBRIC_CRITERION_LEVEL, None)),
];

const RUBRIC_CRITERION_LEVEL: Table = &[
    ("alignment", Part::Alignments(Site::RubricCriterionLevelAlignment)),
    ("alignments", Part::Alignments(Site::RubricCriterionLevelAlignment)),
];

const RESULT: Table = &[
    ("alignment", Part::Alignments(Site::ResultAlignment)),
    ("alignments", Part::Alignments(Site::ResultAlignment)),
];

const ASSERTION: Table = &[("badge", Part::Objects(BADGE_CLASS, Some(Site::BadgeClassId)))];

const BADGE_CLASS: Table = &[
    ("id", Part::Identifier(Site::BadgeClassId)),
    ("@id", Part::Identifier(Site::BadgeClassId)),
    ("alignment", Part::Alignments(Site::Alignment)),
    ("alignments", Part::Alignments(Site::Alignment)),
    ("related", Part::Related),
    ("criteria", Part::Criteria),
    ("criteriaUrl", Part::Criteria),
    ("tags", Part::Tags),
];

/// The types of an `IdentifierEntry` that identify things; all others identify, or may identify, people.
const THING_IDENTIFIERS: &[&str] = &["identifier", "systemId", "productId", "isbn", "issn"];
/// The type of the `IdentifierEntry` that says who coined the entry before it.
const AGENCY: &str = "ext:schemeAgencyId";

/// Reads one badge, or part of one, and adds what it mentions to `findings`.
pub(super) fn read(
    badge: &Document<'_>,
    filter: Filter<'_>,
    findings: &mut Findings,
) -> Result<(), ContainerError> {
    let prefixes = Prefixes::of(badge.object);
    let mut reader = Reader { filter, prefixes: &prefixes, findings };
    let table = match badge.shape {
        Shape::Credential => CREDENTIAL,
        Shape::Subject => SUBJECT,
        Shape::Achievement => ACHIEVEMENT,
        Shape::Assertion => ASSERTION,
        Shape::BadgeClass => BADGE_CLASS,
        Shape::Alignment => {
            return reader.alignment(Site::Alignment, &badge.place, Scope::of(badge.object, None));
        }
        Shape::Endorsement => return Ok(()),
    };
    reader.object(table, &badge.place, Scope::of(badge.object, None))
}

struct Reader<'a> {
    filter: Filter<'a>,
    prefixes: &'a Prefixes<'a>,
    findings: &'a mut Findings,
}

/// An object that is read, and the language its words are in.
#[derive(Clone, Copy)]
struct Scope<'o> {
    object: &'o Object,
    language: Option<&'o str>,
}

impl<'o> Scope<'o> {
    /// An object in its own language, or else in the one around it.
    fn of(object: &'o Object, around: Option<&'o str>) -> Self {
        let own = object.get("inLanguage").or_else(|| object.get("@language"));
        Self { object, language: own.and_then(Value::as_str).or(around) }
    }

    /// The text of the first of some members that is there.
    fn words(&self, keys: &[&str]) -> Option<Cow<'o, str>> {
        self.first(keys).and_then(|value| text(value, self.language))
    }

    fn first(&self, keys: &[&str]) -> Option<&'o Value> {
        keys.iter().find_map(|key| self.object.get(*key))
    }
}

impl<'a> Reader<'a> {
    fn object(
        &mut self,
        table: Table,
        place: &Place,
        scope: Scope<'_>,
    ) -> Result<(), ContainerError> {
        for (name, value) in scope.object {
            let Some((key, part)) = table.iter().find(|(key, _)| key == name) else { continue };
            let place = place.key(key);
            match part {
                Part::Identifier(site) => self.identifier(*site, &place, scope, value)?,
                Part::OtherIdentifiers => self.other_identifiers(&place, value)?,
                _ => {
                    for (place, member) in members(&place, value) {
                        self.member(part, &place, member, scope.language)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn member(
        &mut self,
        part: &Part,
        place: &Place,
        member: &Value,
        language: Option<&str>,
    ) -> Result<(), ContainerError> {
        match (part, member) {
            (Part::Objects(table, _), Value::Object(object)) => {
                self.object(table, place, Scope::of(object, language))?;
            }
            (Part::Alignments(site), Value::Object(object)) => {
                self.alignment(*site, place, Scope::of(object, language))?;
            }
            (Part::Objects(_, Some(site)) | Part::Alignments(site), Value::String(_)) => {
                self.bare_identifier(*site, place, member)?;
            }
            (Part::Related, _) => self.related(place, member)?,
            (Part::Criteria, _) => self.criteria(place, member)?,
            (Part::Tags, _) => self.tag(place, member, language)?,
            _ => self.findings.n_malformed += 1,
        }
        Ok(())
    }

    /// An identifier, with the name and the type of the object that has it.
    fn identifier(
        &mut self,
        site: Site,
        place: &Place,
        owner: Scope<'_>,
        value: &Value,
    ) -> Result<(), ContainerError> {
        let mut draft = self.draft(site, place);
        draft.url(address(value).filter(|id| !id.starts_with("_:")), Tail::Cut)?;
        if draft.has_identifier() {
            draft.kind(owner.words(&["achievementType"]).as_deref())?;
            draft.name(owner.words(&["name"]).as_deref())?;
        }
        draft.finish(self.findings);
        Ok(())
    }

    /// An identifier that stands where an object could.
    fn bare_identifier(
        &mut self,
        site: Site,
        place: &Place,
        member: &Value,
    ) -> Result<(), ContainerError> {
        let mut tail = Tail::Cut;
        if is_alignment(site) {
            self.count_alignment()?;
            tail = Tail::Keep;
        }
        let mut draft = self.draft(site, place);
        draft.url(address(member), tail)?;
        draft.finish(self.findings);
        Ok(())
    }

    /// An alignment; the names of Open Badges 1 and CLR 1.0 count where the newer ones are absent.
    fn alignment(
        &mut self,
        site: Site,
        place: &Place,
        scope: Scope<'_>,
    ) -> Result<(), ContainerError> {
        self.count_alignment()?;
        let mut draft = self.draft(site, place);
        draft.url(scope.first(&["targetUrl", "url"]).and_then(address), Tail::Keep)?;
        draft.code(scope.words(&["targetCode"]).as_deref())?;
        draft.kind(scope.words(&["targetType"]).as_deref())?;
        draft.name(scope.words(&["targetName", "name"]).as_deref())?;
        draft.description(scope.words(&["targetDescription", "description"]).as_deref())?;
        draft.framework(scope.words(&["targetFramework", "frameworkName"]).as_deref())?;
        draft.finish(self.findings);
        Ok(())
    }

    /// The other identifiers of an achievement; an entry that names an agency belongs to the entry before it.
    fn other_identifiers(&mut self, place: &Place, value: &Value) -> Result<(), ContainerError> {
        let entries = members(place, value);
        for (index, (place, entry)) in entries.iter().enumerate() {
            let Some(object) = entry.as_object() else {
                self.findings.n_malformed += 1;
                continue;
            };
            if entry_type(entry) != AGENCY {
                let next = entries.get(index + 1).map(|(_, next)| *next);
                let agency = next
                    .filter(|next| entry_type(next) == AGENCY)
                    .and_then(|next| next.get("identifier"));
                self.other_identifier(place, object, agency)?;
            }
        }
        Ok(())
    }

    fn other_identifier(
        &mut self,
        place: &Place,
        entry: &Object,
        agency: Option<&Value>,
    ) -> Result<(), ContainerError> {
        let mut draft = self.draft(Site::OtherIdentifier, place);
        let kind = entry.get("identifierType").and_then(Value::as_str).unwrap_or_default();
        let is_extension = kind.strip_prefix("ext:").is_some_and(|name| !is_person_word(name));
        if THING_IDENTIFIERS.contains(&kind) || is_extension {
            let identifier = entry.get("identifier").and_then(|value| text(value, None));
            let is_address =
                identifier.as_ref().is_some_and(|identifier| identifier.contains("://"));
            if is_address {
                draft.url(identifier.as_deref(), Tail::Cut)?;
            } else {
                draft.code(identifier.as_deref())?;
            }
            if draft.has_identifier() {
                draft.kind(Some(kind))?;
                draft.framework(agency.and_then(|agency| text(agency, None)).as_deref())?;
            }
        } else {
            draft.withhold(Withheld::PersonIdentifierType);
        }
        draft.finish(self.findings);
        Ok(())
    }

    /// Another edition of the definition; an assertion among them would be somebody's.
    fn related(&mut self, place: &Place, member: &Value) -> Result<(), ContainerError> {
        let kinds = member.as_object().map(types).unwrap_or_default();
        let mut draft = self.draft(Site::Related, place);
        if kinds.contains(&"Assertion") || kinds.iter().any(|kind| kind.ends_with("Credential")) {
            draft.withhold(Withheld::CredentialId);
        } else {
            draft.url(address(member), Tail::Cut)?;
            if draft.has_identifier() {
                draft.kind(kinds.into_iter().find(|kind| *kind != "Related"))?;
            }
        }
        draft.finish(self.findings);
        Ok(())
    }

    /// The address of the criteria; criteria that are told and not linked are no mention.
    fn criteria(&mut self, place: &Place, member: &Value) -> Result<(), ContainerError> {
        let Some(address) = address(member).filter(|text| !text.contains(char::is_whitespace))
        else {
            return Ok(());
        };
        let mut draft = self.draft(Site::Criteria, place);
        draft.url(Some(address), Tail::Cut)?;
        draft.finish(self.findings);
        Ok(())
    }

    fn tag(
        &mut self,
        place: &Place,
        member: &Value,
        language: Option<&str>,
    ) -> Result<(), ContainerError> {
        let mut draft = self.draft(Site::Tag, place);
        draft.name(text(member, language).as_deref())?;
        draft.finish(self.findings);
        Ok(())
    }

    fn draft(&self, site: Site, place: &Place) -> Draft<'a> {
        Draft::new(site, place.clone(), self.filter, self.prefixes)
    }

    fn count_alignment(&mut self) -> Result<(), ContainerError> {
        self.findings.n_alignments += 1;
        if self.findings.n_alignments > MOST_ALIGNMENTS {
            return Err(ContainerError::TooLarge { limit: Limit::Alignments });
        }
        Ok(())
    }
}

fn is_alignment(site: Site) -> bool {
    matches!(
        site,
        Site::Alignment
            | Site::ResultDescriptionAlignment
            | Site::RubricCriterionLevelAlignment
            | Site::ResultAlignment
    )
}

fn entry_type(entry: &Value) -> &str {
    entry.get("identifierType").and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ler::extract::extract;
    use crate::ler::mention::{Mention, SiteClass};

    /// One mention on one line: pointer, site, and the fields that are there.
    fn line(mention: &Mention) -> String {
        let fields = [
            ("url", &mention.target_url),
            ("code", &mention.target_code),
            ("type", &mention.target_type),
            ("name", &mention.target_name),
            ("description", &mention.target_description),
            ("framework", &mention.target_framework),
        ];
        let head = format!("{} {}", mention.pointer, mention.site.as_str());
        let fields = fields
            .into_iter()
            .filter_map(|(key, value)| Some(format!(" {key}={}", value.as_deref()?)));
        let reasons = mention.withheld.iter().map(|reason| format!(" -{}", reason.as_str()));
        [head].into_iter().chain(fields).chain(reasons).collect()
    }

    #[track_caller]
    fn check(badge: &Value, expected: &[&str]) {
        let extraction = extract(badge.to_string().as_bytes()).unwrap();
        assert_eq!(extraction.mentions.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[track_caller]
    fn check_malformed(badge: &Value, expected: u64) {
        let extraction = extract(badge.to_string().as_bytes()).unwrap();
        assert_eq!((extraction.mentions, extraction.malformed), (vec![], expected));
    }

    fn alignment(number: u8) -> Value {
        json!({"type": ["Alignment"], "targetUrl": format!("https://framework.example/{number}"), "targetName": "N"})
    }

    #[test]
    fn every_site_of_open_badges_3_is_read_in_document_order() {
        let badge = json!({
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "credentialSubject": {
                "result": [{"value": "9", "status": "Completed", "alignment": [alignment(1)]}],
                "achievement": {
                    "otherIdentifier": [
                        {"identifier": "AB-1", "identifierType": "systemId"},
                        {"identifier": "125", "identifierType": "identifier"},
                        {"identifier": "ACE", "identifierType": "ext:schemeAgencyId"},
                        {"identifier": "https://catalogue.example/9", "identifierType": "ext:catalogue"},
                    ],
                    "alignment": [alignment(2), alignment(3)],
                    "resultDescription": [{
                        "id": "urn:example:rd",
                        "alignment": [alignment(4)],
                        "rubricCriterionLevel": [{"id": "urn:example:level", "alignment": [alignment(5)]}],
                    }],
                    "related": [{"type": ["Related"], "id": "https://issuer.example/achievements/1/es"}],
                    "criteria": {"id": "https://issuer.example/criteria/1", "narrative": "Show it."},
                    "tag": ["maps", "rivers"],
                    "id": "https://issuer.example/achievements/1",
                    "name": "Map reading",
                    "achievementType": "Course",
                },
            },
        });
        let subject = "/credentialSubject";
        let achievement = "/credentialSubject/achievement";
        let level =
            "/resultDescription/0/rubricCriterionLevel/0/alignment/0 rubricCriterionLevelAlignment";
        check(
            &badge,
            &[
                &format!(
                    "{subject}/result/0/alignment/0 resultAlignment url=https://framework.example/1 name=N"
                ),
                &format!("{achievement}/otherIdentifier/0 otherIdentifier code=AB-1 type=systemId"),
                &format!(
                    "{achievement}/otherIdentifier/1 otherIdentifier code=125 type=identifier framework=ACE"
                ),
                &format!(
                    "{achievement}/otherIdentifier/3 otherIdentifier url=https://catalogue.example/9 type=ext:catalogue"
                ),
                &format!(
                    "{achievement}/alignment/0 alignment url=https://framework.example/2 name=N"
                ),
                &format!(
                    "{achievement}/alignment/1 alignment url=https://framework.example/3 name=N"
                ),
                &format!(
                    "{achievement}/resultDescription/0/alignment/0 resultDescriptionAlignment url=https://framework.example/4 name=N"
                ),
                &format!("{achievement}{level} url=https://framework.example/5 name=N"),
                &format!(
                    "{achievement}/related/0 related url=https://issuer.example/achievements/1/es"
                ),
                &format!("{achievement}/criteria criteria url=https://issuer.example/criteria/1"),
                &format!("{achievement}/tag/0 tag name=maps"),
                &format!("{achievement}/tag/1 tag name=rivers"),
                &format!(
                    "{achievement}/id achievementId url=https://issuer.example/achievements/1 type=Course name=Map reading"
                ),
            ],
        );
    }

    #[test]
    fn only_the_alignment_of_a_result_belongs_to_the_learner() {
        let subject = json!({"achievement": {"alignment": alignment(1)}, "result": {"alignment": alignment(2)}});
        let extraction = extract(subject.to_string().as_bytes()).unwrap();
        let classes: Vec<_> = extraction.mentions.iter().map(|mention| mention.class).collect();
        assert_eq!(classes, [SiteClass::Definition, SiteClass::Learner]);
    }

    #[test]
    fn every_site_of_open_badges_2_is_read_in_document_order() {
        let badge = json!({
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "badge": {
                "type": "BadgeClass",
                "id": "https://issuer.example/badges/1?v=2_0",
                "name": "Map reading",
                "alignment": {
                    "targetName": "Reads maps",
                    "targetUrl": "https://framework.example/levels",
                    "targetDescription": "At any scale.",
                    "targetFramework": "Geography",
                    "targetCode": "4",
                },
                "tags": ["maps"],
                "criteria": "https://issuer.example/badges/1/criteria",
                "related": {"id": "https://issuer.example/badges/1/es", "@language": "es"},
            },
        });
        check(
            &badge,
            &[
                "/badge/id badgeClassId url=https://issuer.example/badges/1 name=Map reading -queryOrFragment",
                "/badge/alignment alignment url=https://framework.example/levels code=4 name=Reads maps description=At any scale. framework=Geography",
                "/badge/tags/0 tag name=maps",
                "/badge/criteria criteria url=https://issuer.example/badges/1/criteria",
                "/badge/related related url=https://issuer.example/badges/1/es",
            ],
        );
    }

    #[test]
    fn a_hosted_badge_class_is_named_by_its_address() {
        let badge = json!({"type": "Assertion", "badge": "https://issuer.example/badges/1"});
        check(&badge, &["/badge badgeClassId url=https://issuer.example/badges/1"]);
    }

    #[test]
    fn the_older_names_of_an_alignment_count_where_the_newer_are_absent() {
        let badge = |alignment: Value| json!({"badge": {"alignment": [alignment]}});
        check(
            &badge(
                json!({"name": "Reads maps", "url": "https://framework.example/1", "description": "All."}),
            ),
            &[
                "/badge/alignment/0 alignment url=https://framework.example/1 name=Reads maps description=All.",
            ],
        );
        check(
            &badge(
                json!({"name": "old", "targetName": "new", "url": "urn:old", "targetUrl": "urn:new"}),
            ),
            &["/badge/alignment/0 alignment url=urn:new name=new"],
        );
        check(
            &json!({"name": "A", "issuer": "urn:i", "alignments": [{"targetCode": 7, "frameworkName": "G"}]}),
            &["/alignments/0 alignment code=7 framework=G"],
        );
    }

    #[test]
    fn parts_of_a_badge_are_read_alone() {
        let achievement = json!({"type": "Achievement", "id": "urn:a", "alignment": alignment(1)});
        let found = [
            "id achievementId url=urn:a",
            "alignment alignment url=https://framework.example/1 name=N",
        ];
        let at = |prefix: &str| found.map(|line| format!("{prefix}/{line}"));
        check(&achievement, &at("").each_ref().map(String::as_str));
        check(
            &json!({"achievement": achievement}),
            &at("/achievement").each_ref().map(String::as_str),
        );
        check(
            &json!({"achievement": [achievement]}),
            &at("/achievement/0").each_ref().map(String::as_str),
        );
        check(&json!({"achievement": "urn:a"}), &["/achievement achievementId url=urn:a"]);
        check(&json!([alignment(1)]), &["/0 alignment url=https://framework.example/1 name=N"]);
        check(&alignment(1), &[" alignment url=https://framework.example/1 name=N"]);
    }

    #[test]
    fn a_compact_iri_is_written_in_full_where_the_badge_declares_its_prefix() {
        let badge = json!({
            "@context": ["https://www.w3.org/2018/credentials/v1", {"res": "https://registry.example/resources/", "mailto": "https://a.example/"}],
            "type": "VerifiableCredential",
            "credentialSubject": {"achievement": [{"id": "res:ce-1"}, {"id": "other:ce-2"}, {"id": "mailto:ada"}]},
        });
        check(
            &badge,
            &[
                "/credentialSubject/achievement/0/id achievementId url=https://registry.example/resources/ce-1",
                "/credentialSubject/achievement/1/id achievementId url=other:ce-2",
                "/credentialSubject/achievement/2/id achievementId -personScheme",
            ],
        );
    }

    #[test]
    fn words_are_taken_in_the_language_of_the_badge() {
        let name = json!({"en": "Reads maps", "nl": "Leest kaarten"});
        for (key, expected) in
            [("inLanguage", "Leest kaarten"), ("@language", "Leest kaarten"), ("x", "Reads maps")]
        {
            let badge = json!({"achievement": {key: "nl", "alignment": [{"targetName": name}]}});
            check(&badge, &[&format!("/achievement/alignment/0 alignment name={expected}")]);
        }
    }

    #[test]
    fn an_identifier_of_a_person_type_is_withheld() {
        for kind in [
            "emailAddress",
            "nationalIdentityNumber",
            "userName",
            "sourcedId",
            "ext:studentNumber",
            "",
        ] {
            let entry = json!({"identifier": "125", "identifierType": kind});
            let badge = json!({"achievement": {"otherIdentifier": entry}});
            check(&badge, &["/achievement/otherIdentifier otherIdentifier -personIdentifierType"]);
        }
    }

    #[test]
    fn a_related_assertion_is_somebodys_and_withheld() {
        let related = json!({"id": "https://issuer.example/assertions/7", "type": ["Related", "https://w3id.org/openbadges#Assertion"]});
        let badge = json!({"achievement": {"related": [related]}});
        check(&badge, &["/achievement/related/0 related -credentialId"]);
        let related = json!({"id": "https://issuer.example/badges/1", "type": ["Related", "https://w3id.org/openbadges#BadgeClass"]});
        let badge = json!({"achievement": {"related": [related]}});
        check(
            &badge,
            &["/achievement/related/0 related url=https://issuer.example/badges/1 type=BadgeClass"],
        );
    }

    #[test]
    fn what_cannot_be_read_is_counted() {
        let badge = |alignment: Value| json!({"achievement": {"alignment": alignment}});
        check_malformed(&badge(json!([])), 0);
        check_malformed(&badge(json!(null)), 0);
        check_malformed(&badge(json!([null, 4, true, "", {}, {"targetUrl": " "}, [[]]])), 7);
        check_malformed(
            &json!({"achievement": {"id": "_:b0", "otherIdentifier": ["x"], "tag": [{}]}}),
            3,
        );
        check(&badge(json!(["urn:a", null])), &["/achievement/alignment/0 alignment url=urn:a"]);
    }

    #[test]
    fn limits_are_named() {
        let refused = |badge: &Value| extract(badge.to_string().as_bytes()).unwrap_err();
        let many = json!({"achievement": {"alignment": vec![alignment(1); MOST_ALIGNMENTS + 1]}});
        assert_eq!(refused(&many), ContainerError::TooLarge { limit: Limit::Alignments });
        let long = json!({"achievement": {"alignment": {"targetName": "n".repeat(4097)}}});
        assert_eq!(refused(&long), ContainerError::TooLarge { limit: Limit::Text });
        let unread = json!({"achievement": {"id": "urn:a", "description": "n".repeat(4097), "image": "n".repeat(9000)}});
        check(&unread, &["/achievement/id achievementId url=urn:a"]);
    }
}
