//! One framework in both standards: beside each other, whichever came first.

use serde_json::Value;

use crate::paths::ctdl::{ctid, folder, found, holding, twin};
use crate::support::DataDir;

/// Everything that a person sees of a data directory, without when it was imported.
fn seen(data: &DataDir) -> Vec<Value> {
    let mut seen = Vec::new();
    for n in 0..4 {
        for id in [twin(n), format!("ce-{}", twin(n))] {
            seen.push(data.json(&["show", &id]));
        }
    }
    seen.push(data.json(&["show", &ctid(1001)]));
    for words in ["bead", "Lamp Work", "L.2", "glass"] {
        seen.push(data.json(&["search", words]));
    }
    seen.iter_mut().for_each(forget_times);
    seen
}

fn forget_times(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(forget_times),
        Value::Object(object) => {
            for name in ["fetchedAt", "seq", "generation"] {
                object.remove(name);
            }
            object.values_mut().for_each(forget_times);
        }
        _ => {}
    }
}

#[test]
fn the_order_of_the_two_standards_is_not_seen() {
    let names = [
        "case/twin-package.json",
        "ctdl/twin-framework.json",
        "ctdl/envelope-old.json",
        "ctdl/envelope-new.json",
    ];
    let folder = folder(&names);
    let paths = names.map(|name| folder.path().join(name.rsplit('/').next().unwrap()));
    let together = DataDir::holding(&[folder.path()]);
    let (content, expected) = (together.content(), seen(&together));
    let orders = [[0, 1, 2, 3], [1, 0, 3, 2], [3, 2, 1, 0], [2, 0, 3, 1]];
    for order in orders {
        let data = DataDir::new();
        for at in order {
            assert_eq!(data.import(&[&paths[at]]).status, 0);
        }
        assert_eq!(data.content(), content, "{order:?}");
        assert_eq!(seen(&data), expected, "{order:?}");
    }
    assert_eq!(together.run(&["rebuild"]).status, 0);
    assert_eq!((together.content(), seen(&together)), (content, expected));
}

#[test]
fn twins_stand_beside_each_other_and_are_never_one() {
    let data = holding(&["case/twin-package.json", "ctdl/twin-framework.json"]);
    for n in 0..4 {
        let (guid, ctid) = (format!("guid:{}", twin(n)), format!("ctid:ce-{}", twin(n)));
        for (asked, own, other) in
            [(twin(n), &guid, &ctid), (format!("ce-{}", twin(n)), &ctid, &guid)]
        {
            let resolution = data.resolution(&asked);
            assert_eq!(found(&resolution), own, "{asked}");
            let inferred = &resolution["inferred"][0];
            assert_eq!(
                inferred["chosen"]["card"]["resource"]["identity"]["key"],
                other.as_str(),
                "{asked}"
            );
            assert_eq!(resolution["inferred"].as_array().unwrap().len(), 1, "{asked}");
            assert!(!resolution["tried"].as_array().unwrap().is_empty());
            let twins = data.context(&asked)["twins"].take();
            assert_eq!(twins.as_array().unwrap().len(), 1, "{asked}: {twins}");
        }
    }
    // Each is in its own framework with its own siblings.
    let context = data.context(&format!("ce-{}", twin(2)));
    assert_eq!(context["siblings"]["n"], 2, "{context}");
    assert_eq!(context["children"]["n"], 1, "{context}");
    // One world alone has no twin, and a CTID then names nothing here.
    let alone = holding(&["case/twin-package.json"]);
    let resolution = alone.resolution(&format!("ce-{}", twin(1)));
    assert_ne!(resolution["verdict"], "resolved", "{resolution}");
    assert!(alone.context(&twin(1))["twins"].as_array().is_none_or(Vec::is_empty));
}
