//! A document that is itself one entity, told by its address or by the fields that only its class has.

use serde_json::{Map, Value};

use crate::case::document::member::Member;
use crate::definition::DefinitionClass;
use crate::id::{CaseEntity, identify};

/// Tells the class; `None` where the object is no entity of CASE.
pub(super) fn class_of(object: &Map<String, Value>) -> Option<Member> {
    let has = |name: &str| object.keys().any(|key| key.eq_ignore_ascii_case(name));
    if !(has("identifier") || has("sourcedId") || has("uri")) {
        return None;
    }
    let uri = object.get("uri").and_then(Value::as_str);
    uri.and_then(in_uri).or_else(|| by_fields(has))
}

fn by_fields(has: impl Fn(&str) -> bool) -> Option<Member> {
    let found = if has("fullStatement") {
        Member::Item
    } else if has("associationType") || has("originNodeURI") {
        Member::Association
    } else if has("CFRubricCriteria") {
        Member::Rubric
    } else if has("CFRubricCriterionLevels") || has("rubricId") {
        Member::Criterion
    } else if has("rubricCriterionId") {
        Member::Level
    } else if has("CFPackageURI") || (has("creator") && has("title") && has("lastChangeDateTime")) {
        Member::Documents
    } else if has("licenseText") {
        Member::Definition(DefinitionClass::License)
    } else {
        return None;
    };
    Some(found)
}

/// The class that the path of a CASE address names.
fn in_uri(uri: &str) -> Option<Member> {
    Some(match identify(uri).entity? {
        CaseEntity::CFDocument | CaseEntity::CFPackage => Member::Documents,
        CaseEntity::CFItem => Member::Item,
        CaseEntity::CFAssociation => Member::Association,
        CaseEntity::CFRubric => Member::Rubric,
        CaseEntity::CFRubricCriterion => Member::Criterion,
        CaseEntity::CFRubricCriterionLevel => Member::Level,
        CaseEntity::CFConcept => Member::Definition(DefinitionClass::Concept),
        CaseEntity::CFSubject => Member::Definition(DefinitionClass::Subject),
        CaseEntity::CFLicense => Member::Definition(DefinitionClass::License),
        CaseEntity::CFItemType => Member::Definition(DefinitionClass::ItemType),
        CaseEntity::CFAssociationGrouping => {
            Member::Definition(DefinitionClass::AssociationGrouping)
        }
    })
}
