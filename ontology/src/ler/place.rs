//! Where in the document something stands.

use std::fmt::Display;

use serde_json::Value;

/// A place in a JSON document, as an [RFC 6901](https://www.rfc-editor.org/rfc/rfc6901) pointer.
///
/// Its keys are words of the standards, fixed when the program was built, so a pointer can never carry a word of the
/// document it points into. (That also means that no key needs escaping.) Below a member with a name of its own, a pointer
/// stays at the object that has the member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pointer: String,
    is_below_unknown: bool,
}

impl Place {
    /// The member `key` of the object at this place.
    pub(super) fn key(&self, key: &'static str) -> Self {
        self.down(key)
    }

    /// A member of the object at this place whose name is the document's.
    pub(super) fn member(&self, name: &str) -> Self {
        match WORDS.iter().find(|word| **word == name) {
            Some(word) => self.down(word),
            None => Self { pointer: self.pointer.clone(), is_below_unknown: true },
        }
    }

    /// The element `index` of the list at this place.
    pub(super) fn index(&self, index: usize) -> Self {
        self.down(index)
    }

    /// The pointer as text.
    pub(super) fn into_pointer(self) -> String {
        self.pointer
    }

    fn down(&self, step: impl Display) -> Self {
        if self.is_below_unknown {
            return self.clone();
        }
        Self { pointer: format!("{}/{step}", self.pointer), is_below_unknown: false }
    }
}

/// The names of members that may stand in a pointer wherever they are met.
const WORDS: &[&str] = &[
    "AnnotatedDefinedTerm",
    "JDXjobDescription",
    "Verification",
    "about",
    "achievement",
    "achievements",
    "alignment",
    "alignments",
    "annotation",
    "assertions",
    "assesses",
    "award",
    "awards",
    "badge",
    "ceasn:codedNotation",
    "ceasn:ctid",
    "ceterms:ctid",
    "certification",
    "certifications",
    "claim",
    "claims",
    "competencies",
    "competency",
    "competencyId",
    "competencyIds",
    "competencyRequired",
    "course",
    "courses",
    "credential",
    "credentialSubject",
    "credentials",
    "ctid",
    "data",
    "degree",
    "degrees",
    "education",
    "educationAndLearning",
    "educationAndLearnings",
    "employmentHistories",
    "hasAchieved",
    "hasClaim",
    "hasCredential",
    "hasPart",
    "hasSkill",
    "id",
    "identifier",
    "items",
    "job",
    "knowledge",
    "knows",
    "learnerRecord",
    "learningOutcome",
    "learningOutcomes",
    "lerrsType",
    "license",
    "licenses",
    "microcredential",
    "outcome",
    "outcomes",
    "payload",
    "positionHistories",
    "positionOpening",
    "positionPreferences",
    "positionProfiles",
    "program",
    "qualification",
    "qualifications",
    "requires",
    "responsibilities",
    "result",
    "results",
    "sameAs",
    "signedAssertions",
    "skill",
    "skills",
    "standards",
    "subject",
    "target",
    "targetCode",
    "targetUrl",
    "task",
    "tasks",
    "taxonomyIds",
    "teaches",
    "training",
    "url",
    "verifiableCredential",
    "verifications",
];

/// The members of a value that may be one thing or a list of things; `null` stands for none.
///
/// Open Badges 3.0 wants lists, JSON-LD may compact them, and issuers write both.
pub(super) fn members<'a>(
    place: &Place,
    value: &'a Value,
) -> impl Iterator<Item = (Place, &'a Value)> {
    let is_list = value.is_array();
    each(value).enumerate().map(move |(index, member)| {
        (if is_list { place.index(index) } else { place.clone() }, member)
    })
}

/// The members of a value, without their places.
pub(super) fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let (list, single) = match value {
        Value::Null => (&[][..], None),
        Value::Array(list) => (list.as_slice(), None),
        single => (&[][..], Some(single)),
    };
    list.iter().chain(single)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_of_the_documents_own_stands_in_no_pointer() {
        let place = Place::default().member("credentialSubject");
        assert_eq!(place.member("skills").index(1).into_pointer(), "/credentialSubject/skills/1");
        assert_eq!(place.member("Ada").index(1).key("id").into_pointer(), "/credentialSubject");
    }

    #[test]
    fn one_thing_and_a_list_of_things_are_read_alike() {
        let pointers = |value: &Value| -> Vec<String> {
            let place = Place::default().key("alignment");
            members(&place, value).map(|(place, _)| place.into_pointer()).collect()
        };
        assert_eq!(pointers(&json!({})), ["/alignment"]);
        assert_eq!(pointers(&json!([{}, null])), ["/alignment/0", "/alignment/1"]);
        assert_eq!(pointers(&json!([])), [""; 0]);
        assert_eq!(pointers(&Value::Null), [""; 0]);
    }
}
