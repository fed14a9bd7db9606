//! One place in a badge where a definition is named.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::ler::privacy::Withheld;

/// One occurrence of an identifier in a badge, with the words that stand beside it.
///
/// The fields carry the names of an Open Badges
/// [`Alignment`](https://www.imsglobal.org/spec/ob/v3p0/#alignment); at the other sites they hold what corresponds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
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
    /// `targetCode` of an alignment, or the value of an `IdentifierEntry` that is no address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
    /// `targetType` of an alignment, `achievementType` of an achievement, `identifierType` of an `IdentifierEntry`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_type: Option<String>,
    /// `targetName` of an alignment, the name of an achievement or a badge class, the text of a tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_name: Option<String>,
    /// `targetDescription` of an alignment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_description: Option<String>,
    /// `targetFramework` of an alignment, the agency of an `IdentifierEntry`.
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

/// The kind of place in a badge where a definition is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Site {
    /// [`Achievement.id`](https://www.imsglobal.org/spec/ob/v3p0/#achievement).
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
    /// The address of the criteria.
    Criteria,
    /// One of the `tag` of an achievement, or of the `tags` of a badge class.
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
            Self::Criteria => "criteria",
            Self::Tag => "tag",
        }
    }

    /// Whether a site belongs to the definition or to what the learner did.
    pub fn class(self) -> SiteClass {
        if self == Self::ResultAlignment { SiteClass::Learner } else { SiteClass::Definition }
    }

    /// Whether what stands here is a hint about the definition, and not a key to look up.
    pub fn is_hint(self) -> bool {
        matches!(self, Self::Criteria | Self::Tag)
    }
}

/// Which side of a badge a site belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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
            Site::Criteria,
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
