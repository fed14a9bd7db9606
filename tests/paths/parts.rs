//! Documents that show only a part: listings, and single items.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::DataDir;
use crate::support::package::{document, guid, item, package, save};

/// A listing with a newer date and another title than the package.
fn listed() -> Value {
    let mut document = document(1, "Knots at Sea, as listed");
    document["lastChangeDateTime"] = "2030-01-01T00:00:00+00:00".into();
    json!({ "CFDocuments": [document] })
}

/// A single item with a newer date and other words than in the package.
fn single() -> Value {
    let mut item = item(1, 2, "Ties something else");
    item["lastChangeDateTime"] = "2030-01-01T00:00:00+00:00".into();
    item
}

fn whole() -> Value {
    package(
        1,
        "Knots at Sea",
        &[(1, "Ties a bowline"), (2, "Ties a reef knot"), (3, "Whips an end")],
    )
}

/// Checks that the whole package answers, and that the parts stand beside it as copies.
#[track_caller]
fn check(data: &DataDir, n_copies: usize) {
    let framework = data.context(&guid(1, 0));
    assert_eq!(
        framework["chosen"]["card"]["resource"]["title"]["en"][0], "Knots at Sea",
        "{framework}"
    );
    assert_eq!(framework["children"]["n"], 3, "{framework}");
    let item = data.context(&guid(1, 2));
    let chosen = &item["chosen"];
    assert_eq!(chosen["card"]["resource"]["statement"]["en"][0], "Ties a reef knot", "{chosen}");
    assert_eq!(chosen["card"]["origin"]["partial"], false);
    assert_eq!(chosen["card"]["framework"]["title"], "Knots at Sea");
    assert_eq!(chosen["card"]["withdrawn"], false);
    assert_eq!(item["siblings"]["n"], 3);
    assert_eq!(data.context(&guid(1, 3))["standing"]["state"], "current");
    assert_eq!(chosen["copies"].as_array().map_or(0, Vec::len), n_copies, "{chosen}");
}

#[test]
fn a_part_in_another_file_stands_beside_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let data = DataDir::new();
    for (name, document) in
        [("whole.json", whole()), ("listing.json", listed()), ("item.json", single())]
    {
        save(folder.path(), name, &document);
        assert_eq!(data.import(&[folder.path()]).status, 0);
    }
    check(&data, 1);
    let item = data.context(&guid(1, 2));
    assert_eq!(item["chosen"]["copies"][0]["differs"]["text"], "Ties something else", "{item}");
    assert_eq!(item["chosen"]["copies"][0]["origin"]["partial"], true);
    let framework = data.context(&guid(1, 0));
    assert_eq!(
        framework["chosen"]["copies"][0]["differs"]["name"], "Knots at Sea, as listed",
        "{framework}"
    );
}

#[test]
fn a_part_that_came_before_the_whole_ends_the_same() {
    let folder: TempDir = tempfile::tempdir().unwrap();
    let early = DataDir::new();
    for (name, document) in
        [("item.json", single()), ("listing.json", listed()), ("whole.json", whole())]
    {
        save(folder.path(), name, &document);
        assert_eq!(early.import(&[folder.path()]).status, 0);
    }
    check(&early, 1);
    assert_eq!(early.content(), DataDir::holding(&[folder.path()]).content());
}

#[test]
fn a_part_under_the_same_name_does_not_replace_the_whole() {
    for part in [listed(), single(), json!({ "CFItem": single() })] {
        let folder = tempfile::tempdir().unwrap();
        let path = save(folder.path(), "knots.json", &whole());
        let data = DataDir::holding(&[folder.path()]);
        save(folder.path(), "knots.json", &part);
        let imported = data.import(&[&path]);
        if imported.status == 0 {
            check(&data, 0);
            let before = data.content();
            assert_eq!(data.run(&["rebuild"]).status, 0);
            assert_eq!(data.content(), before);
        } else {
            assert_eq!(imported.status, 1, "refused, or not replacing: {imported:?}");
            check(&data, 0);
        }
    }
}

#[test]
fn a_part_alone_answers_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "item.json", &single());
    let data = DataDir::holding(&[folder.path()]);
    let found = data.resolution(&guid(1, 2))["found"][0].take();
    assert_eq!(
        found["chosen"]["card"]["resource"]["statement"]["en"][0], "Ties something else",
        "{found}"
    );
    assert_eq!(found["chosen"]["card"]["origin"]["partial"], true);
}
