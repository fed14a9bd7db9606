//! Documents that were broken at random: whatever they have become, they are read or refused.

use std::fs;

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use serde_json::{Value, json};

use crate::conformance::fixture::{self, Document};
use crate::conformance::rdf::check_quads_of;

/// What is done to one value of a document.
#[derive(Debug, Clone)]
enum Change {
    Drop,
    Duplicate,
    Replace(Value),
    MoveFrom(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let replacements = [
        json!(null),
        json!(true),
        json!(-7),
        json!(1e300),
        json!(""),
        json!("urn:uuid:not a uuid"),
        json!("https://a b/<c>"),
        json!("ext:\u{0}\u{202e}"),
        json!([]),
        json!([[], {}, null, "x"]),
        json!({}),
        json!({"": {"/~": []}}),
    ];
    prop_oneof![
        proptest::strategy::Just(Change::Drop),
        proptest::strategy::Just(Change::Duplicate),
        prop::sample::select(replacements.to_vec()).prop_map(Change::Replace),
        ".{0,20}".prop_map(|text| Change::Replace(Value::String(text))),
        any::<usize>().prop_map(Change::MoveFrom),
    ]
}

/// The pointers to every value below the root.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((at, value)) = open.pop() {
        let children: Vec<(String, &Value)> = match value {
            Value::Object(object) => object
                .iter()
                .map(|(name, value)| (name.replace('~', "~0").replace('/', "~1"), value))
                .collect(),
            Value::Array(values) => {
                values.iter().enumerate().map(|(n, value)| (n.to_string(), value)).collect()
            }
            _ => Vec::new(),
        };
        for (step, child) in children {
            let at = format!("{at}/{step}");
            found.push(at.clone());
            open.push((at, child));
        }
    }
    found
}

fn apply(root: &mut Value, at: usize, change: Change) {
    let places = pointers(root);
    if places.is_empty() {
        return;
    }
    let place = &places[at % places.len()];
    let (parent, step) = place.rsplit_once('/').unwrap();
    let step = step.replace("~1", "/").replace("~0", "~");
    let value = root.pointer(place).unwrap().clone();
    let moved = |from: usize| root.pointer(&places[from % places.len()]).unwrap().clone();
    let new = match change {
        Change::Drop => None,
        Change::Duplicate => Some(value.clone()),
        Change::Replace(new) => Some(new),
        Change::MoveFrom(from) => Some(moved(from)),
    };
    match (root.pointer_mut(parent).unwrap(), new) {
        (Value::Object(object), Some(new)) => {
            if new == value {
                object.insert(step.to_uppercase(), new.clone());
            }
            object.insert(step, new);
        }
        (Value::Object(object), None) => drop(object.shift_remove(&step)),
        (Value::Array(values), Some(new)) => values.insert(step.parse().unwrap(), new),
        (Value::Array(values), None) => drop(values.remove(step.parse().unwrap())),
        _ => unreachable!("a parent is an object or an array"),
    }
}

proptest! {
    #[test]
    fn a_broken_document_is_read_or_refused(
        changes in prop::collection::vec((any::<usize>(), change()), 1..8),
        name in prop::sample::select(vec![
            "case/package-v1p1-full",
            "case/item-associations",
            "case/concepts-set",
            "case/item-flat",
            "ctdl/conditions",
            "ctdl/envelope-new",
            "ctdl/blank-nodes",
            "ctdl/framework-broad-narrow",
            "ctdl/language-maps",
            "ctdl/resource-included",
        ]),
    ) {
        let path = fixture::folder().join(format!("{name}.json"));
        let mut package: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        for (at, change) in changes {
            apply(&mut package, at, change);
            // A whole package moved into itself again and again would only be large.
            if package.to_string().len() > 200_000 {
                break;
            }
        }
        let bytes = Ok(package.to_string().into_bytes());
        check_quads_of(&Document { record: "a b/#%\u{e9}.json".to_owned(), bytes });
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        check_quads_of(&Document { record: "x".to_owned(), bytes: Ok(bytes) });
    }
}
