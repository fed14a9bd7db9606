//! Every item of a real framework, in every spelling.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::support::{DataDir, read_json, shared};

const CCSS: &str = "case/ccss-math-2010.cfpackage.json";

/// How many identifiers one process is asked for.
const CHUNK: usize = 500;

/// An identifier with what it must come to.
struct Question {
    text: String,
    subject: String,
    rung: &'static str,
    strength: &'static str,
    via: String,
}

fn items(path: &Path) -> Vec<Value> {
    let mut package = read_json(path);
    let Value::Array(items) = package["CFItems"].take() else {
        panic!("no items in `{}`", path.display())
    };
    assert!(!items.is_empty());
    items
}

fn text<'a>(item: &'a Value, field: &str) -> &'a str {
    item[field].as_str().unwrap()
}

fn subject(item: &Value) -> String {
    format!("urn:uuid:{}", text(item, "identifier"))
}

/// The spellings of one item: its own address and its subject are exact, whatever only holds the GUID is a spelling.
fn spellings(item: &Value) -> Vec<Question> {
    let guid = text(item, "identifier");
    let holding = [
        guid.to_owned(),
        guid.to_uppercase(),
        format!("https://opensalt.net/uri/{guid}"),
        format!("https://anything.example/prefix/ims/case/v1p1/CFItems/{guid}"),
    ];
    let question = |text: String, rung, strength, via| Question {
        text,
        subject: subject(item),
        rung,
        strength,
        via,
    };
    let spelt =
        holding.map(|text| question(text, "identifier", "spelling", format!("guid:{guid}")));
    let own = [format!("https://casenetwork.imsglobal.org/uri/{guid}"), subject(item)];
    assert_eq!(own[0], text(item, "uri"), "the items of this file have their own address there");
    let exact = own.map(|text| question(text.clone(), "exactIri", "exact", format!("iri:{text}")));
    spelt.into_iter().chain(exact).collect()
}

#[track_caller]
fn check(answer: &Value, question: &Question) {
    let Question { text, subject, rung, strength, via } = question;
    assert_eq!(answer["text"], text.as_str());
    let resolution = &answer["resolution"];
    assert_eq!(resolution["verdict"], "resolved", "{text}: {resolution}");
    assert_eq!(resolution["found"].as_array().unwrap().len(), 1, "{text}");
    let found = &resolution["found"][0];
    assert_eq!(
        found["chosen"]["card"]["resource"]["identity"]["subject"],
        subject.as_str(),
        "{text}"
    );
    assert_eq!(
        (&found["evidence"]["rung"], &found["evidence"]["strength"]),
        (&Value::from(*rung), &Value::from(*strength)),
        "{text}"
    );
    assert_eq!(found["evidence"]["via"], via.as_str(), "{text}");
    assert!(resolution["reason"].as_str().unwrap().contains("found by"), "{text}: {resolution}");
    assert!(!resolution["tried"].as_array().unwrap().is_empty(), "{text}");
}

#[test]
fn every_ccss_item_resolves_in_every_spelling_and_says_how() {
    let Some(path) = shared(CCSS) else { return };
    let data = DataDir::holding(&[&path]);
    let questions: Vec<Question> = items(&path).iter().flat_map(spellings).collect();
    assert_eq!(questions.len(), 746 * 6);
    for chunk in questions.chunks(CHUNK) {
        let mut args = vec!["resolve"];
        args.extend(chunk.iter().map(|question| question.text.as_str()));
        let said = data.json(&args);
        let answers = said["answers"].as_array().unwrap();
        assert_eq!(answers.len(), chunk.len());
        answers.iter().zip(chunk).for_each(|(answer, question)| check(answer, question));
    }
}

#[test]
fn every_ccss_code_resolves_in_its_framework_or_is_ambiguous_where_it_is_shared() {
    let Some(path) = shared(CCSS) else { return };
    let data = DataDir::holding(&[&path]);
    let items = items(&path);
    let mut codes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for item in items.iter().filter(|item| item["humanCodingScheme"].is_string()) {
        codes.entry(text(item, "humanCodingScheme")).or_default().push(subject(item));
    }
    assert_eq!(codes.values().map(Vec::len).sum::<usize>(), 664);
    let title = read_json(&path)["CFDocument"]["title"].as_str().unwrap().to_owned();
    let mut args = vec!["resolve", "--framework", title.as_str()];
    args.extend(codes.keys());
    let said = data.json(&args);
    for ((code, subjects), answer) in codes.iter().zip(said["answers"].as_array().unwrap()) {
        let resolution = &answer["resolution"];
        let verdict = if subjects.len() == 1 { "resolved" } else { "ambiguous" };
        assert_eq!(resolution["verdict"], verdict, "{code}: {resolution}");
        let found = resolution["found"].as_array().unwrap();
        let named: Vec<&str> = found
            .iter()
            .map(|found| {
                found["chosen"]["card"]["resource"]["identity"]["subject"].as_str().unwrap()
            })
            .collect();
        let mut expected: Vec<&str> = subjects.iter().map(String::as_str).collect();
        expected.sort_unstable();
        assert_eq!(named, expected, "{code}");
        for found in found {
            assert_eq!(
                (&found["evidence"]["rung"], &found["evidence"]["strength"]),
                (&"code".into(), &"code".into()),
                "{code}"
            );
            assert!(
                found["evidence"]["via"].as_str().unwrap().starts_with("code:guid:"),
                "{code}: {found}"
            );
        }
    }
}

#[test]
fn a_code_that_two_items_share_is_ambiguous_and_names_both() {
    use crate::support::package::{guid, package, save};
    let folder = tempfile::tempdir().unwrap();
    let mut weaving = package(
        1,
        "Weaving by Hand",
        &[(1, "Warps the loom"), (2, "Throws the shuttle"), (3, "Cuts the cloth")],
    );
    weaving["CFItems"][1]["humanCodingScheme"] = "T.1".into();
    save(folder.path(), "weaving.json", &weaving);
    let data = DataDir::holding(&[folder.path()]);
    let ask = |code: &str| {
        data.json(&["resolve", code, "--framework", "Weaving by Hand"])["answers"][0]["resolution"]
            .take()
    };
    let shared = ask("T.1");
    assert_eq!(
        (&shared["verdict"], shared["found"].as_array().unwrap().len()),
        (&"ambiguous".into(), 2)
    );
    let alone = ask("T.3");
    assert_eq!(alone["verdict"], "resolved");
    assert_eq!(
        alone["found"][0]["chosen"]["card"]["resource"]["identity"]["key"],
        format!("guid:{}", guid(1, 3))
    );
}
