//! The resources that a document describes, whichever standard it follows: what every one of them has, and the sum of
//! their kinds.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::alignment::Target;
use crate::competency::{Competency, Framework};
use crate::definition::Definition;
use crate::id::{CanonicalKey, Strength};
use crate::node::Node;
use crate::profile::Profile;
use crate::rubric::{Rubric, RubricCriterion, RubricCriterionLevel};
use crate::text::LanguageMap;

/// What every resource has: its identity and where it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Identity {
    /// The IRI of the resource in the graph.
    pub subject: String,
    /// Its canonical key.
    pub key: CanonicalKey,
    /// Every other name it goes by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<Alias>,
    /// The address that its publisher gives it (`uri` of CASE). It changes with version, host and proxy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// When its publisher last changed it, in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_change: Option<String>,
    /// The `extensions` object as it was, in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extensions: Option<String>,
    /// Everything its record states of it, where that is a record of CTDL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node: Option<Box<Node>>,
}

/// Another name of a resource.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct Alias {
    /// The name.
    pub key: CanonicalKey,
    /// How strongly it names the resource.
    pub strength: Strength,
}

/// A resource of any kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Resource {
    /// A framework of competencies.
    Framework(Framework),
    /// A competency.
    Competency(Competency),
    /// A rubric.
    Rubric(Rubric),
    /// A criterion of a rubric.
    RubricCriterion(RubricCriterion),
    /// A level of a criterion.
    RubricCriterionLevel(RubricCriterionLevel),
    /// A concept, subject, item type, licence or grouping.
    Definition(Definition),
    /// A credential, an organization, a course, or any other class of CTDL.
    Profile(Profile),
}

/// The kinds of resource, as people filter by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Kind {
    /// A framework.
    Framework,
    /// A competency.
    Competency,
    /// A rubric.
    Rubric,
    /// A criterion of a rubric.
    RubricCriterion,
    /// A level of a criterion.
    RubricCriterionLevel,
    /// A concept of a document's definitions.
    Concept,
    /// A subject.
    Subject,
    /// A type of item.
    ItemType,
    /// A licence.
    License,
    /// A grouping of associations.
    AssociationGrouping,
    /// A scheme of concepts, a progression model, a proficiency scale.
    ConceptScheme,
    /// A credential of any type.
    Credential,
    /// An organization.
    Organization,
    /// A learning opportunity: a course, a programme, a resource.
    LearningOpportunity,
    /// An assessment.
    Assessment,
    /// An occupation.
    Occupation,
    /// A job.
    Job,
    /// A task.
    Task,
    /// A work role.
    WorkRole,
    /// A pathway.
    Pathway,
    /// A component of a pathway.
    PathwayComponent,
    /// A collection of resources.
    Collection,
    /// A transfer value, or what arranges one.
    TransferValue,
    /// Conditions that several resources share.
    ConditionManifest,
    /// Costs that several resources share.
    CostManifest,
    /// An action of an organization about a credential.
    Action,
    /// A set of outcome data.
    DataSet,
    /// A resource of another class.
    Other,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 28] = [
        Self::Framework,
        Self::Competency,
        Self::Rubric,
        Self::RubricCriterion,
        Self::RubricCriterionLevel,
        Self::Concept,
        Self::Subject,
        Self::ItemType,
        Self::License,
        Self::AssociationGrouping,
        Self::ConceptScheme,
        Self::Credential,
        Self::Organization,
        Self::LearningOpportunity,
        Self::Assessment,
        Self::Occupation,
        Self::Job,
        Self::Task,
        Self::WorkRole,
        Self::Pathway,
        Self::PathwayComponent,
        Self::Collection,
        Self::TransferValue,
        Self::ConditionManifest,
        Self::CostManifest,
        Self::Action,
        Self::DataSet,
        Self::Other,
    ];

    /// The kind in a word, as it stands in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Framework => "framework",
            Self::Competency => "competency",
            Self::Rubric => "rubric",
            Self::RubricCriterion => "rubricCriterion",
            Self::RubricCriterionLevel => "rubricCriterionLevel",
            Self::Concept => "concept",
            Self::Subject => "subject",
            Self::ItemType => "itemType",
            Self::License => "license",
            Self::AssociationGrouping => "associationGrouping",
            Self::ConceptScheme => "conceptScheme",
            Self::Credential => "credential",
            Self::Organization => "organization",
            Self::LearningOpportunity => "learningOpportunity",
            Self::Assessment => "assessment",
            Self::Occupation => "occupation",
            Self::Job => "job",
            Self::Task => "task",
            Self::WorkRole => "workRole",
            Self::Pathway => "pathway",
            Self::PathwayComponent => "pathwayComponent",
            Self::Collection => "collection",
            Self::TransferValue => "transferValue",
            Self::ConditionManifest => "conditionManifest",
            Self::CostManifest => "costManifest",
            Self::Action => "action",
            Self::DataSet => "dataSet",
            Self::Other => "other",
        }
    }

    /// The kind as a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::RubricCriterion => "rubric criterion",
            Self::RubricCriterionLevel => "rubric level",
            Self::ItemType => "item type",
            Self::License => "licence",
            Self::AssociationGrouping => "association grouping",
            Self::ConceptScheme => "concept scheme",
            Self::LearningOpportunity => "learning opportunity",
            Self::WorkRole => "work role",
            Self::PathwayComponent => "pathway component",
            Self::TransferValue => "transfer value",
            Self::ConditionManifest => "condition manifest",
            Self::CostManifest => "cost manifest",
            Self::DataSet => "data set",
            Self::Other => "resource",
            other => other.as_str(),
        }
    }
}

impl Resource {
    /// What every resource has.
    pub fn identity(&self) -> &Identity {
        match self {
            Self::Framework(framework) => &framework.identity,
            Self::Competency(competency) => &competency.identity,
            Self::Rubric(rubric) => &rubric.identity,
            Self::RubricCriterion(criterion) => &criterion.identity,
            Self::RubricCriterionLevel(level) => &level.identity,
            Self::Definition(definition) => &definition.identity,
            Self::Profile(profile) => &profile.identity,
        }
    }

    /// What every resource has, to be changed.
    pub(crate) fn identity_mut(&mut self) -> &mut Identity {
        match self {
            Self::Framework(framework) => &mut framework.identity,
            Self::Competency(competency) => &mut competency.identity,
            Self::Rubric(rubric) => &mut rubric.identity,
            Self::RubricCriterion(criterion) => &mut criterion.identity,
            Self::RubricCriterionLevel(level) => &mut level.identity,
            Self::Definition(definition) => &mut definition.identity,
            Self::Profile(profile) => &mut profile.identity,
        }
    }

    /// The kind of the resource.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Framework(_) => Kind::Framework,
            Self::Competency(_) => Kind::Competency,
            Self::Rubric(_) => Kind::Rubric,
            Self::RubricCriterion(_) => Kind::RubricCriterion,
            Self::RubricCriterionLevel(_) => Kind::RubricCriterionLevel,
            Self::Definition(definition) => definition.class.kind(),
            Self::Profile(profile) => profile.class,
        }
    }

    /// The class of the resource in its standard's own word (`CFItem`, `ceterms:Course`), as Open Badges writes it in `targetType`.
    pub fn class(&self) -> &str {
        if let Some(class) = self.identity().node.as_ref().and_then(|node| node.types.first()) {
            return class;
        }
        match self {
            Self::Framework(_) => "CFDocument",
            Self::Competency(_) => "CFItem",
            Self::Rubric(_) => "CFRubric",
            Self::RubricCriterion(_) => "CFRubricCriterion",
            Self::RubricCriterionLevel(_) => "CFRubricCriterionLevel",
            Self::Definition(definition) => definition.class.as_str(),
            Self::Profile(profile) => profile.class.as_str(),
        }
    }

    /// A short name: a title, a label, or the statement where there is nothing shorter.
    #[expect(
        clippy::same_name_method,
        reason = "that of `ToSchema` has no receiver, and names the type"
    )]
    pub fn name(&self) -> &LanguageMap {
        match self {
            Self::Framework(framework) => &framework.title,
            Self::Competency(competency) => {
                first_filled(&[&competency.label, &competency.statement])
            }
            Self::Rubric(rubric) => first_filled(&[&rubric.title, &rubric.description]),
            Self::RubricCriterion(criterion) => {
                first_filled(&[&criterion.category, &criterion.description])
            }
            Self::RubricCriterionLevel(level) => {
                first_filled(&[&level.quality, &level.description])
            }
            Self::Definition(definition) => &definition.title,
            Self::Profile(profile) => &profile.name,
        }
    }

    /// The text that says what the resource is.
    pub fn text(&self) -> &LanguageMap {
        match self {
            Self::Framework(framework) => &framework.description,
            Self::Competency(competency) => &competency.statement,
            Self::Rubric(rubric) => &rubric.description,
            Self::RubricCriterion(criterion) => &criterion.description,
            Self::RubricCriterionLevel(level) => &level.description,
            Self::Definition(definition) => &definition.description,
            Self::Profile(profile) => &profile.description,
        }
    }

    /// The code people know the resource by.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Competency(competency) => competency.code.as_deref(),
            Self::Definition(definition) => definition.code.as_deref(),
            Self::Profile(profile) => profile.code.as_deref(),
            _ => None,
        }
    }

    /// The framework that the resource belongs to; a framework belongs to itself.
    pub fn framework(&self) -> Option<&Target> {
        match self {
            Self::Framework(_) => None,
            Self::Competency(competency) => competency.framework.as_ref(),
            Self::Rubric(rubric) => rubric.framework.as_ref(),
            Self::RubricCriterion(criterion) => criterion.framework.as_ref(),
            Self::RubricCriterionLevel(level) => level.framework.as_ref(),
            Self::Definition(definition) => definition.framework.as_ref(),
            Self::Profile(profile) => profile.framework.as_ref(),
        }
    }
}

fn first_filled<'a>(maps: &[&'a LanguageMap; 2]) -> &'a LanguageMap {
    let [first, second] = maps;
    if first.is_empty() { second } else { first }
}
