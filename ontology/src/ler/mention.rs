//! One place in a badge where a definition is named.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::ler::privacy::{Tail, Withheld};

/// One occurrence of an identifier in a badge, with the words that stand beside it.
///
/// The fields carry the names of an Open Badges
/// [`Alignment`](https://www.imsglobal.org/spec/ob/v3p0/#alignment); at the other sites they hold what corresponds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Mention {
    /// What kind of place this is.
    pub site: Site,
    /// Whether the place belongs to the definition or to what the learner did.
    pub class: SiteClass,
    /// The JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) of the alignment object, or of the value.
    pub pointer: String,
    /// `targetUrl` of an alignment, the identifier itself elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_url: Option<String>,
    /// `targetCode` of an alignment, a coded notation, or an identifier that is no address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// `targetType` of an alignment, `achievementType` of an achievement, `identifierType` of an `IdentifierEntry`; elsewhere the
    /// type that is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<String>,
    /// `targetName` of an alignment, the name of what is identified, the text of a tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_name: Option<String>,
    /// `targetDescription` of an alignment, the text of a competency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_description: Option<String>,
    /// `targetFramework` of an alignment, the agency of an `IdentifierEntry`, the scheme of a term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
    /// Why parts of this mention were left out, each reason once.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub withheld: BTreeSet<Withheld>,
}

impl Mention {
    /// A mention at `pointer` that names nothing yet.
    pub(super) fn at(site: Site, pointer: String) -> Self {
        Self {
            site,
            class: site.class(),
            pointer,
            target_url: None,
            target_code: None,
            target_type: None,
            target_name: None,
            target_description: None,
            target_framework: None,
            withheld: BTreeSet::new(),
        }
    }

    /// Whether there was an identifier or a word here, and none was let through.
    pub fn is_withheld(&self) -> bool {
        self.is_blank() && !self.withheld.is_empty()
    }

    /// Whether no identifier and no word is left.
    pub(super) fn is_blank(&self) -> bool {
        [
            &self.target_url,
            &self.target_code,
            &self.target_type,
            &self.target_name,
            &self.target_description,
            &self.target_framework,
        ]
        .into_iter()
        .all(Option::is_none)
    }
}

/// The kind of place in a credential where a definition is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Site {
    /// The identifier of what was achieved: [`Achievement.id`](https://www.imsglobal.org/spec/ob/v3p0/#achievement), what a
    /// `hasAchieved` or `hasCredential` names, the specification of a learning achievement.
    AchievementId,
    /// `id` of a `BadgeClass`, or the address that stands for it in `Assertion.badge`.
    BadgeClassId,
    /// `alignment` of an achievement or a badge class.
    Alignment,
    /// [`ResultDescription.alignment`](https://www.imsglobal.org/spec/ob/v3p0/#resultdescription).
    ResultDescriptionAlignment,
    /// [`RubricCriterionLevel.alignment`](https://www.imsglobal.org/spec/ob/v3p0/#rubriccriterionlevel).
    RubricCriterionLevelAlignment,
    /// [`Result.alignment`](https://www.imsglobal.org/spec/ob/v3p0/#result): what this learner's result was aligned to.
    ResultAlignment,
    /// [`Achievement.otherIdentifier`](https://www.imsglobal.org/spec/ob/v3p0/#identifierentry).
    OtherIdentifier,
    /// [`Achievement.related`](https://www.imsglobal.org/spec/ob/v3p0/#related): another edition of the definition.
    Related,
    /// What the definition is said to be the same as.
    SameAs,
    /// What the definition requires, teaches, assesses or consists of.
    Linked,
    /// A learning outcome of the European Learning Model.
    LearningOutcome,
    /// `relatedESCOSkill` or `relatedSkill` of a learning outcome.
    RelatedSkill,
    /// A level or a subject, in a public classification.
    Classification,
    /// `competencyIds` or `taxonomyIds` of a competency of HR Open.
    Competency,
    /// A term of a named set, such as an `AnnotatedDefinedTerm` of JDX.
    DefinedTerm,
    /// `definitionReference` or `schemeReference` of a skill in an LER-RS.
    SkillReference,
    /// The name of a skill in an LER-RS: it may lead to suggestions, and to nothing that is sure.
    SkillName,
    /// The identifier of a certification or a licence in an LER-RS, where its scheme is public, or its name.
    Certification,
    /// The code of a degree or an education level in an LER-RS.
    EducationCode,
    /// The code of an occupation in an LER-RS.
    JobCategory,
    /// A CTID that stands where no standard names a place.
    RegistryIdentifier,
    /// The organization that issued the credential.
    Issuer,
    /// The organization that made, owns, offers or accredits the definition.
    Creator,
    /// The address of the criteria.
    Criteria,
    /// [`humanCode`](https://www.imsglobal.org/spec/ob/v3p0/#achievement) of an achievement: a code in the catalogue of its
    /// maker.
    HumanCode,
    /// `fieldOfStudy` or `specialization` of an achievement.
    FieldOfStudy,
    /// An identifier that means something only within the definition: of a result description, of a rubric level.
    LocalReference,
    /// One of the `tag` of an achievement, of the `tags` of a badge class, or of the skills beside them.
    Tag,
}

impl Site {
    /// The word for this site, as it is serialised.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AchievementId => "achievementId",
            Self::BadgeClassId => "badgeClassId",
            Self::Alignment => "alignment",
            Self::ResultDescriptionAlignment => "resultDescriptionAlignment",
            Self::RubricCriterionLevelAlignment => "rubricCriterionLevelAlignment",
            Self::ResultAlignment => "resultAlignment",
            Self::OtherIdentifier => "otherIdentifier",
            Self::Related => "related",
            Self::SameAs => "sameAs",
            Self::Linked => "linked",
            Self::LearningOutcome => "learningOutcome",
            Self::RelatedSkill => "relatedSkill",
            Self::Classification => "classification",
            Self::Competency => "competency",
            Self::DefinedTerm => "definedTerm",
            Self::SkillReference => "skillReference",
            Self::SkillName => "skillName",
            Self::Certification => "certification",
            Self::EducationCode => "educationCode",
            Self::JobCategory => "jobCategory",
            Self::RegistryIdentifier => "registryIdentifier",
            Self::Issuer => "issuer",
            Self::Creator => "creator",
            Self::Criteria => "criteria",
            Self::HumanCode => "humanCode",
            Self::FieldOfStudy => "fieldOfStudy",
            Self::LocalReference => "localReference",
            Self::Tag => "tag",
        }
    }

    /// Whether a site belongs to the definition or to what the learner did.
    pub fn class(self) -> SiteClass {
        match self {
            Self::ResultAlignment
            | Self::SkillName
            | Self::Certification
            | Self::EducationCode
            | Self::JobCategory => SiteClass::Learner,
            _ => SiteClass::Definition,
        }
    }

    /// Whether what stands here is a hint about the definition, and not a key to look up.
    pub fn is_hint(self) -> bool {
        matches!(
            self,
            Self::SkillName
                | Self::Issuer
                | Self::Creator
                | Self::Criteria
                | Self::HumanCode
                | Self::FieldOfStudy
                | Self::LocalReference
                | Self::Tag
        )
    }

    /// Whether an identifier here names the definition itself, or an edition of it, and not what it is aligned to.
    ///
    /// Whoever made the definition coined it, and may have coined one for each learner.
    pub fn is_own(self) -> bool {
        matches!(
            self,
            Self::AchievementId
                | Self::BadgeClassId
                | Self::Related
                | Self::SameAs
                | Self::LearningOutcome
        )
    }

    /// Whether what stands here counts as an alignment where their number is limited.
    pub(super) fn is_limited(self) -> bool {
        !self.is_own()
            && !matches!(self, Self::OtherIdentifier)
            && (!self.is_hint() || self == Self::SkillName)
    }

    /// What becomes of the query and the fragment of an address here.
    pub(super) fn tail(self) -> Tail {
        let is_cut = self.is_own() || self.is_hint() || self == Self::OtherIdentifier;
        if is_cut { Tail::Cut } else { Tail::Keep }
    }
}

/// Which side of a badge a site belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum SiteClass {
    /// The definition, which is the same for everybody who earns the badge.
    Definition,
    /// The award to one learner: which alignments stand here is learner data, though each of them is public.
    Learner,
}

impl SiteClass {
    /// The word for this class, as it is serialised.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Definition => "definition",
            Self::Learner => "learner",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_serialised_as_its_word() {
        for site in [
            Site::AchievementId,
            Site::BadgeClassId,
            Site::Alignment,
            Site::ResultDescriptionAlignment,
            Site::RubricCriterionLevelAlignment,
            Site::ResultAlignment,
            Site::OtherIdentifier,
            Site::Related,
            Site::SameAs,
            Site::Linked,
            Site::LearningOutcome,
            Site::RelatedSkill,
            Site::Classification,
            Site::Competency,
            Site::DefinedTerm,
            Site::SkillReference,
            Site::SkillName,
            Site::Certification,
            Site::EducationCode,
            Site::JobCategory,
            Site::RegistryIdentifier,
            Site::Issuer,
            Site::Creator,
            Site::Criteria,
            Site::HumanCode,
            Site::FieldOfStudy,
            Site::LocalReference,
            Site::Tag,
        ] {
            assert_eq!(serde_json::to_value(site).unwrap(), site.as_str());
            assert_eq!(serde_json::to_value(site.class()).unwrap(), site.class().as_str());
        }
    }

    #[test]
    fn a_mention_is_written_with_the_names_of_the_standard() {
        let mut mention = Mention::at(Site::Alignment, "/alignment/0".to_owned());
        mention.target_url = Some("https://framework.example/1".to_owned());
        mention.target_code = Some("A.1".to_owned());
        assert_eq!(
            serde_json::to_string(&mention).unwrap(),
            r#"{"site":"alignment","class":"definition","pointer":"/alignment/0","targetUrl":"https://framework.example/1","targetCode":"A.1"}"#,
        );
    }
}
