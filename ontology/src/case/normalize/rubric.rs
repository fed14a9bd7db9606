//! From `CFRubric` and what is nested in it to a rubric, its criteria and their levels.

use crate::alignment::Target;
use crate::case::model::{CFRubric, CFRubricCriterion, CFRubricCriterionLevel};
use crate::case::normalize::normalizer::Normalizer;
use crate::id::CanonicalKey;
use crate::resource::Resource;
use crate::rubric::{Rubric, RubricCriterion, RubricCriterionLevel};
use crate::text::LanguageMap;

/// Reads a rubric and everything nested in it; a criterion stands even where its rubric has no identifier.
pub(super) fn rubric(normalizer: &mut Normalizer, rubric: CFRubric) {
    let identity = normalizer.admit(rubric.entity);
    let parent = identity.as_ref().map(|identity| Target::of(identity.key.clone()));
    let at = normalizer.out.resources.len();
    let mut criteria: Vec<(i64, Target)> = Vec::with_capacity(rubric.criteria.len());
    for criterion in rubric.criteria {
        let position = criterion.position.unwrap_or(i64::MAX);
        if let Some(key) = self::criterion(normalizer, criterion, parent.clone()) {
            criteria.push((position, Target::of(key)));
        }
    }
    criteria.sort_by_key(|(position, _)| *position);
    let Some(identity) = identity else { return };
    let tagged = |text: Option<String>| LanguageMap::of(text, normalizer.language.as_deref());
    let resource = Resource::Rubric(Rubric {
        framework: normalizer.framework.clone(),
        title: tagged(rubric.title),
        description: tagged(rubric.description),
        criteria: criteria.into_iter().map(|(_, target)| target).collect(),
        identity,
    });
    normalizer.out.resources.insert(at, resource);
}

/// Reads a criterion and its levels; gives its key.
pub(super) fn criterion(
    normalizer: &mut Normalizer,
    criterion: CFRubricCriterion,
    rubric: Option<Target>,
) -> Option<CanonicalKey> {
    let identity = normalizer.admit(criterion.entity);
    let parent = identity.as_ref().map(|identity| Target::of(identity.key.clone()));
    let at = normalizer.out.resources.len();
    let mut levels: Vec<(i64, Target)> = Vec::with_capacity(criterion.levels.len());
    for level in criterion.levels {
        let position = level.position.unwrap_or(i64::MAX);
        if let Some(key) = self::level(normalizer, level, parent.clone()) {
            levels.push((position, Target::of(key)));
        }
    }
    levels.sort_by_key(|(position, _)| *position);
    let identity = identity?;
    let key = identity.key.clone();
    let tagged = |text: Option<String>| LanguageMap::of(text, normalizer.language.as_deref());
    let resource = Resource::RubricCriterion(RubricCriterion {
        framework: normalizer.framework.clone(),
        rubric: rubric.or_else(|| normalizer.by_identifier(criterion.rubric_id)),
        category: tagged(criterion.category),
        description: tagged(criterion.description),
        item: normalizer.target(criterion.cf_item_uri.as_ref()),
        weight: criterion.weight,
        position: criterion.position,
        levels: levels.into_iter().map(|(_, target)| target).collect(),
        identity,
    });
    normalizer.out.resources.insert(at, resource);
    Some(key)
}

/// Reads a level; gives its key.
pub(super) fn level(
    normalizer: &mut Normalizer,
    level: CFRubricCriterionLevel,
    criterion: Option<Target>,
) -> Option<CanonicalKey> {
    let identity = normalizer.admit(level.entity)?;
    let key = identity.key.clone();
    let tagged = |text: Option<String>| LanguageMap::of(text, normalizer.language.as_deref());
    normalizer.out.resources.push(Resource::RubricCriterionLevel(RubricCriterionLevel {
        framework: normalizer.framework.clone(),
        criterion: criterion.or_else(|| normalizer.by_identifier(level.rubric_criterion_id)),
        quality: tagged(level.quality),
        description: tagged(level.description),
        feedback: tagged(level.feedback),
        score: level.score,
        position: level.position,
        identity,
    }));
    Some(key)
}
