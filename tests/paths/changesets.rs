//! Changesets of a Credential Registry: what was published and deleted since the one before.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::Output;
use crate::support::listing::{lasting, occurrences};
use crate::support::package::{guid, item};
use crate::support::registry::{Inbox, changeset, ctid, knots, states};

fn upsert(n: u32, document: Value) -> (String, Value) {
    (format!("upserts/graphs/{}.json", ctid(n)), document)
}

fn delete(n: u32, document: Value) -> (String, Value) {
    (format!("deletes/graphs/{}.json", ctid(n)), document)
}

const FIRST: &str = "2026-08-01T10-00-00.000001Z.zip";
const SECOND: &str = "2026-08-01T10-05-00.000001Z.zip";
const THIRD: &str = "2026-08-02T09-00-00.000001Z.zip";
const FOURTH: &str = "2026-08-03T09-00-00.000001Z.zip";

/// Three changesets: two records, one of them changed, the other deleted.
fn three_changesets() -> [(&'static str, Vec<u8>); 3] {
    let (bowline, hitch) = (knots(1, "Ties a bowline"), knots(2, "Ties a hitch"));
    let running = knots(1, "Ties a running bowline");
    [
        (FIRST, changeset(&[upsert(1, bowline), upsert(2, hitch.clone())])),
        (SECOND, changeset(&[upsert(1, running)])),
        (THIRD, changeset(&[delete(2, hitch)])),
    ]
}

#[test]
fn changesets_of_a_folder_follow_each_other_by_name() {
    let inbox = Inbox::new();
    // Written in another order than that of their names.
    for (name, bytes) in three_changesets().iter().rev() {
        inbox.put(name, bytes);
    }
    let report = inbox.import();
    let records = [1, 2, 1].map(|n| format!("changesets/{}", ctid(n)));
    let expected: Vec<(&str, &str)> =
        records.iter().map(|record| (record.as_str(), "accepted")).collect();
    assert_eq!(states(&report), expected, "{report}");
    assert_eq!((&report["withdrawn"], &report["withdrawnBefore"]), (&json!(1), &json!(0)));
    inbox.check(1, "current", "Ties a running bowline");
    inbox.check(2, "withdrawn", "Ties a hitch");
    inbox.check_settled();
    let again = inbox.import();
    assert!(states(&again).iter().all(|(_, state)| *state == "unchanged"), "{again}");
    assert_eq!((&again["withdrawn"], &again["withdrawnBefore"]), (&json!(0), &json!(1)));
    let said = inbox.data.import(&[inbox.folder.path()]).stdout;
    assert!(said.contains("0 withdrawn (1 were before), 0 refused"), "{said}");
}

#[test]
fn changesets_that_come_one_by_one_end_as_those_that_come_together() {
    let (apart, together) = (Inbox::new(), Inbox::new());
    for (name, bytes) in three_changesets() {
        let path = apart.put(name, &bytes);
        let imported = apart.data.import(&[&path]);
        assert_eq!(imported.status, 0, "{imported:?}");
        together.put(name, &bytes);
    }
    together.import();
    for inbox in [&apart, &together] {
        inbox.check(1, "current", "Ties a running bowline");
        inbox.check(2, "withdrawn", "Ties a hitch");
    }
    apart.check_settled();
}

#[test]
fn an_old_changeset_that_comes_again_changes_nothing() {
    let inbox = Inbox::new();
    for (name, bytes) in three_changesets() {
        inbox.put(name, &bytes);
    }
    inbox.import();
    let before = (lasting(&inbox.data.path()), inbox.data.content());
    let again = inbox.data.import(&[&inbox.folder.path().join(FIRST)]);
    assert_eq!(again.status, 0, "{again:?}");
    assert_eq!((lasting(&inbox.data.path()), inbox.data.content()), before);
}

#[test]
fn a_changeset_that_was_missing_takes_its_place_in_the_order() {
    let inbox = Inbox::new();
    let [first, second, third] = three_changesets();
    for (name, bytes) in [&first, &third] {
        inbox.put(name, bytes);
    }
    inbox.put(FOURTH, &changeset(&[upsert(1, knots(1, "Ties a double bowline"))]));
    inbox.import();
    inbox.put(second.0, &second.1);
    inbox.import();
    inbox.check(1, "current", "Ties a double bowline");
    inbox.check(2, "withdrawn", "Ties a hitch");
    inbox.check_settled();
}

#[test]
fn a_record_that_becomes_what_it_was_is_news() {
    let inbox = Inbox::new();
    for (name, bytes) in three_changesets() {
        inbox.put(name, &bytes);
    }
    inbox.import();
    let back = [upsert(1, knots(1, "Ties a bowline")), upsert(2, knots(2, "Ties a hitch"))];
    let path = inbox.put(FOURTH, &changeset(&back));
    assert_eq!(inbox.data.import(&[&path]).status, 0);
    inbox.check(1, "current", "Ties a bowline");
    inbox.check(2, "current", "Ties a hitch");
    inbox.check_settled();
    let gone = changeset(&[delete(2, knots(2, "Ties a hitch"))]);
    inbox.put("2026-08-04T09-00-00.000001Z.zip", &gone);
    assert_eq!(inbox.import()["withdrawn"], 1);
    inbox.check(2, "withdrawn", "Ties a hitch");
    inbox.check_settled();
}

#[test]
fn a_deletion_of_what_was_never_known_resolves_as_withdrawn() {
    let inbox = Inbox::new();
    let marker = json!({ "identifier": ctid(2), "deleted_at": "2026-08-01T10:00:00Z" });
    inbox.put(
        FIRST,
        &changeset(&[delete(1, knots(1, "Ties a bowline")), delete(2, marker.clone())]),
    );
    let report = inbox.import();
    assert_eq!((report["withdrawn"].clone(), states(&report).len()), (json!(1), 1), "{report}");
    assert_eq!(report["skipped"]["it deletes a record that was never known"], 1, "{report}");
    assert_eq!(report["refused"], json!([]), "{report}");
    inbox.check(1, "withdrawn", "Ties a bowline");
    assert_eq!(inbox.data.resolution(&guid(2, 1))["verdict"], "unknown");
    inbox.check_settled();
    // The marker is enough where the record is known.
    let marker = json!({ "identifier": ctid(1), "deleted_at": "2026-08-03T10:00:00Z" });
    inbox.put(SECOND, &changeset(&[upsert(1, knots(1, "Ties a bowline twice"))]));
    inbox.put(THIRD, &changeset(&[delete(1, marker)]));
    assert_eq!(inbox.import()["withdrawn"], 1);
    inbox.check(1, "withdrawn", "Ties a bowline twice");
    inbox.check_settled();
}

#[test]
fn a_folder_of_deletions_only_is_not_nothing() {
    let inbox = Inbox::new();
    inbox.put(FIRST, &changeset(&[upsert(1, knots(1, "Ties a bowline"))]));
    inbox.import();
    let path = inbox.put(SECOND, &changeset(&[delete(1, knots(1, "Ties a bowline"))]));
    for withdrawn in ["1 withdrawn, ", "0 withdrawn (1 were before), "] {
        let imported = inbox.data.import(&[&path]);
        assert_eq!(imported.status, 0, "{imported:?}");
        assert!(imported.stdout.contains(withdrawn), "{}", imported.stdout);
    }
}

#[test]
fn the_resources_of_a_changeset_are_parts_and_its_metadata_is_passed_over() {
    let inbox = Inbox::new();
    let whole = knots(1, "Ties a bowline");
    let mut part = item(1, 1, "Ties a bowline, they say");
    part["lastChangeDateTime"] = "2030-01-01T00:00:00+00:00".into();
    let path = |act: &str, kind: &str| format!("ce_registry/{act}/{kind}/{}.json", ctid(1));
    inbox.put(
        FIRST,
        &changeset(&[
            (path("upserts", "resources"), part.clone()),
            (path("upserts", "graphs"), whole.clone()),
            (path("upserts", "metadata"), json!({ "publisher": "The Loom Guild" })),
        ]),
    );
    let report = inbox.import();
    let (graph, resource) =
        (format!("changesets/{}", ctid(1)), format!("changesets/resources/{}", ctid(1)));
    assert_eq!(states(&report), [(resource.as_str(), "accepted"), (graph.as_str(), "accepted")]);
    assert_eq!(report["skipped"]["it is the metadata of a changeset"], 1, "{report}");
    let chosen = inbox.data.context(&guid(1, 1))["chosen"].take();
    assert_eq!(chosen["card"]["origin"]["partial"], false, "{chosen}");
    assert_eq!(chosen["copies"][0]["origin"]["record"], resource, "{chosen}");
    assert_eq!(chosen["copies"][0]["origin"]["partial"], true, "{chosen}");
    inbox.put(SECOND, &changeset(&[(path("deletes", "resources"), part)]));
    assert_eq!(inbox.import()["withdrawn"], 1);
    inbox.check(1, "current", "Ties a bowline");
    inbox.put(THIRD, &changeset(&[(path("deletes", "graphs"), whole)]));
    inbox.import();
    inbox.check(1, "withdrawn", "Ties a bowline");
    inbox.check_settled();
}

#[test]
fn a_part_is_a_part_whatever_its_document_looks_like() {
    let inbox = Inbox::new();
    let path = format!("upserts/resources/{}.json", ctid(1));
    inbox.put(FIRST, &changeset(&[(path, knots(1, "Ties a bowline"))]));
    inbox.import();
    let chosen = inbox.data.context(&guid(1, 1))["chosen"].take();
    assert_eq!(chosen["card"]["origin"]["partial"], true, "{chosen}");
}

#[test]
fn a_changeset_that_deletes_much_is_held_and_released() {
    let inbox = Inbox::new();
    let document = |n| knots(n, &format!("Ties the knot number {n}"));
    inbox.put(FIRST, &changeset(&(1..=60).map(|n| upsert(n, document(n))).collect::<Vec<_>>()));
    inbox.import();
    inbox.put(SECOND, &changeset(&(6..=60).map(|n| delete(n, document(n))).collect::<Vec<_>>()));
    let held: Output = inbox.data.import(&[inbox.folder.path()]);
    assert_eq!(held.status, 3, "{held:?}");
    assert!(held.stdout.contains("would retire 110 of 120"), "{}", held.stdout);
    inbox.check(60, "current", "Ties the knot number 60");
    let accepted = inbox.data.run(&["publish", "--accept", &inbox.data.source()]);
    assert_eq!(accepted.status, 0, "{accepted:?}");
    inbox.check(60, "withdrawn", "Ties the knot number 60");
    inbox.check(5, "current", "Ties the knot number 5");
    inbox.check_settled();
}

#[test]
fn a_purged_record_does_not_come_back_with_its_deletion() {
    let inbox = Inbox::new();
    inbox.put(
        FIRST,
        &changeset(&[upsert(1, knots(1, "Ties a bowline")), upsert(2, knots(2, "Ties a hitch"))]),
    );
    inbox.import();
    let record = format!("changesets/{}", ctid(1));
    let purged = inbox.data.run(&[
        "purge",
        &inbox.data.source(),
        &record,
        "--reason",
        "asked for by the guild",
    ]);
    assert_eq!(purged.status, 0, "{purged:?}");
    inbox.put(SECOND, &changeset(&[delete(1, knots(1, "Ties a bowline, at last"))]));
    assert_eq!(inbox.import()["withdrawn"], 0);
    assert_eq!(inbox.data.resolution(&guid(1, 1))["verdict"], "unknown");
    assert_eq!(occurrences(&inbox.data.path(), "ties a bowline"), Vec::<PathBuf>::new());
}
