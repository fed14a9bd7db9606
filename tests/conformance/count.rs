//! A second count of what stands in a document of CASE, made from the bare JSON. It shares nothing with the reader.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

/// What a file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Entities of each class as they stand in the file.
    pub entities: BTreeMap<String, u64>,
    /// Different identities, by class.
    pub resources: BTreeMap<String, u64>,
    /// Different associations with two ends.
    pub alignments: u64,
}

/// A class, with the members that hold it and, for a file that is one entity, the word in its address.
struct Class {
    name: &'static str,
    members: &'static [&'static str],
    in_address: &'static str,
}

/// An entity, with the name of its class.
type Found<'a> = (&'static str, &'a Map<String, Value>);

const CLASSES: &[Class] = &[
    Class {
        name: "CFDocument",
        members: &["cfdocument", "cfdocuments"],
        in_address: "/cfdocuments/",
    },
    Class { name: "CFConcept", members: &["cfconcept", "cfconcepts"], in_address: "/cfconcepts/" },
    Class { name: "CFSubject", members: &["cfsubject", "cfsubjects"], in_address: "/cfsubjects/" },
    Class { name: "CFLicense", members: &["cflicense", "cflicenses"], in_address: "/cflicenses/" },
    Class {
        name: "CFItemType",
        members: &["cfitemtype", "cfitemtypes"],
        in_address: "/cfitemtypes/",
    },
    Class {
        name: "CFAssociationGrouping",
        members: &["cfassociationgrouping", "cfassociationgroupings"],
        in_address: "/cfassociationgroupings/",
    },
    Class { name: "CFItem", members: &["cfitem", "cfitems", "cfitemset"], in_address: "/cfitems/" },
    Class { name: "CFRubric", members: &["cfrubric", "cfrubrics"], in_address: "/cfrubrics/" },
    Class {
        name: "CFRubricCriterion",
        members: &["cfrubriccriterion", "cfrubriccriteria"],
        in_address: "/cfrubriccriteria/",
    },
    Class {
        name: "CFRubricCriterionLevel",
        members: &["cfrubriccriterionlevel", "cfrubriccriterionlevels"],
        in_address: "/cfrubriccriterionlevels/",
    },
    Class {
        name: "CFAssociation",
        members: &["cfassociation", "cfassociations", "cfassociationset"],
        in_address: "/cfassociations/",
    },
];

impl Count {
    /// Counts a file; an array holds a document in each element.
    pub(super) fn of(file: &Value) -> Self {
        let mut count = Self::default();
        match file {
            Value::Array(documents) => {
                for document in documents {
                    count.add(document);
                }
            }
            document => count.add(document),
        }
        count
    }

    fn add(&mut self, document: &Value) {
        let mut found = Vec::new();
        collect(document, &mut found);
        if let Value::Object(object) = document
            && found.is_empty()
        {
            let uri = text(object, "uri").to_lowercase();
            let class = CLASSES.iter().find(|class| uri.contains(class.in_address));
            found.extend(class.map(|class| (class.name, object)));
        }
        let mut seen = BTreeSet::new();
        for class in CLASSES.iter().map(|class| class.name) {
            for (_, entity) in found.iter().filter(|(other, _)| *other == class) {
                *self.entities.entry(class.to_owned()).or_default() += 1;
                if class != "CFAssociation" && name(entity).is_some_and(|name| seen.insert(name)) {
                    *self.resources.entry(class.to_owned()).or_default() += 1;
                }
            }
        }
        let associations = found.iter().filter(|(class, _)| *class == "CFAssociation");
        let triples: BTreeSet<[String; 4]> =
            associations.filter_map(|(_, association)| triple(association)).collect();
        self.alignments += triples.len() as u64;
    }
}

/// Collects the entities from every member of every object, however deep.
fn collect<'a>(value: &'a Value, found: &mut Vec<Found<'a>>) {
    match value {
        Value::Array(values) => {
            for value in values {
                collect(value, found);
            }
        }
        Value::Object(object) => {
            for (member, value) in object.iter().filter(|(member, _)| *member != "extensions") {
                let member = member.to_lowercase();
                let class = CLASSES.iter().find(|class| class.members.contains(&member.as_str()));
                if let Some(class) = class {
                    let values =
                        value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
                    found.extend(
                        values.iter().filter_map(Value::as_object).map(|o| (class.name, o)),
                    );
                }
                collect(value, found);
            }
        }
        _ => {}
    }
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default().trim()
}

/// What an entity is known by: the UUID of its identifier, the identifier on its host, or the UUID in its address.
fn name(entity: &Map<String, Value>) -> Option<String> {
    let uri = text(entity, "uri");
    match ["identifier", "sourcedId"].map(|field| text(entity, field)) {
        ["", ""] => last_uuid(uri),
        ["", identifier] | [identifier, _] => last_uuid(identifier).or_else(|| {
            Some(format!("{}|{identifier}", uri.split('/').nth(2).unwrap_or_default()))
        }),
    }
}

/// What makes an association one: its type in any spelling, its ends and its grouping.
fn triple(association: &Map<String, Value>) -> Option<[String; 4]> {
    let kind: String = text(association, "associationType")
        .to_lowercase()
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .collect();
    let kind = kind.strip_prefix("is").unwrap_or(&kind).to_owned();
    let end = |field: &str| match association.get(field)? {
        Value::String(uri) => named_end("", uri),
        Value::Object(link) => named_end(text(link, "identifier"), text(link, "uri")),
        _ => None,
    };
    let grouping = end("CFAssociationGroupingURI").unwrap_or_default();
    Some([kind, end("originNodeURI")?, end("destinationNodeURI")?, grouping])
}

fn named_end(identifier: &str, uri: &str) -> Option<String> {
    let by_text = [uri, identifier].into_iter().find(|text| !text.is_empty());
    let uuid = last_uuid(identifier).or_else(|| last_uuid(uri));
    uuid.or_else(|| by_text.map(str::to_owned))
}

/// The last UUID in a text, in lower case.
fn last_uuid(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let is_uuid = |window: &[u8]| {
        window.iter().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => *byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
    };
    let at = lower.as_bytes().windows(36).rposition(is_uuid)?;
    lower.get(at..at + 36).map(str::to_owned)
}
