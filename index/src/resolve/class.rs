//! The class that a badge gives its target beside the class that is published.

use ontology::{Kind, Resource, compact_term, lineage};

use crate::resolve::claim::Claim;
use crate::resolve::notice::{Notice, NoticeKind};

/// The words for kinds that several standards share: those of
/// [`AlignmentTargetType`](https://www.imsglobal.org/spec/ob/v3p0/#alignmenttargettype-enumeration), and how else they are written.
const KINDS: [(&str, Kind); 17] = [
    ("CFItem", Kind::Competency),
    ("ceasn:Competency", Kind::Competency),
    ("Competency", Kind::Competency),
    ("CFDocument", Kind::Framework),
    ("CFPackage", Kind::Framework),
    ("ceasn:CompetencyFramework", Kind::Framework),
    ("CompetencyFramework", Kind::Framework),
    ("CFRubric", Kind::Rubric),
    ("ceasn:Rubric", Kind::Rubric),
    ("CFRubricCriterion", Kind::RubricCriterion),
    ("ceasn:RubricCriterion", Kind::RubricCriterion),
    ("CFRubricCriterionLevel", Kind::RubricCriterionLevel),
    ("ceasn:CriterionLevel", Kind::RubricCriterionLevel),
    ("ceasn:RubricLevel", Kind::RubricCriterionLevel),
    ("ceterms:Credential", Kind::Credential),
    // The draft of Open Badges 3.0 wrote it without its prefix.
    ("Credential", Kind::Credential),
    ("ceterms:Assessment", Kind::Assessment),
];

/// The words of [`AchievementType`](https://www.imsglobal.org/spec/ob/v3p0/#achievementtype-enumeration) whose class has another
/// name in CTDL.
const RENAMED: [(&str, &str); 1] = [("Assessment", "ceterms:AssessmentProfile")];

/// Notes where a badge says that its target is of another class than it is. A word that is not known says nothing, and so does one of
/// the extensions (`ext:…`).
pub(super) fn class_notice(resource: &Resource, claim: &Claim) -> Option<Notice> {
    let given = claim.class.as_deref().map(str::trim)?;
    if agrees(given, resource)? {
        return None;
    }
    let text = "the badge says it is of another class than it is";
    let published = resource.class().to_owned();
    Some(Notice::new(NoticeKind::TypeMismatch, text).comparing(given, published))
}

/// Tells whether a resource is of a class; `None` where the word says nothing that could be compared.
fn agrees(given: &str, resource: &Resource) -> Option<bool> {
    if given.eq_ignore_ascii_case("CTDL") {
        return Some(resource.identity().node.is_some());
    }
    let compact = compact_term(given);
    let word = compact.as_deref().unwrap_or(given);
    if word.eq_ignore_ascii_case("ESCO:Skill") {
        return Some(is_under(resource, "data.europa.eu/esco/skill/"));
    }
    if word.eq_ignore_ascii_case("ESCO:Occupation") {
        return Some(is_under(resource, "data.europa.eu/esco/occupation/"));
    }
    if word.eq_ignore_ascii_case(resource.class()) {
        return Some(true);
    }
    let kind = KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
    if let Some((known, kind)) = kind {
        return Some(resource.kind() == *kind || is_of(resource, known));
    }
    let renamed = RENAMED.iter().find(|(known, _)| *known == word).map(|(_, class)| *class);
    let class = match renamed {
        Some(class) => class.to_owned(),
        None if word.contains(':') => word.to_owned(),
        None => format!("ceterms:{word}"),
    };
    // A class that nothing stands above is none that is known.
    if lineage(&class).len() < 2 {
        return None;
    }
    // The bare words name types of achievements, which CASE does not have.
    let says_class = word.contains(':') || resource.identity().node.is_some();
    says_class.then(|| is_of(resource, &class))
}

/// Tells whether one of the classes of a resource is a class, stands below it, or stands above it: a badge may say more than is
/// published.
fn is_of(resource: &Resource, class: &str) -> bool {
    let types = resource.identity().node.iter().flat_map(|node| &node.types);
    types.into_iter().any(|own| {
        lineage(own).iter().any(|above| above == class)
            || lineage(class).iter().any(|above| above == own)
    })
}

fn is_under(resource: &Resource, place: &str) -> bool {
    let identity = resource.identity();
    let aliases = identity.aliases.iter().map(|alias| alias.key.as_str());
    aliases.chain([identity.subject.as_str()]).any(|name| name.contains(place))
}
