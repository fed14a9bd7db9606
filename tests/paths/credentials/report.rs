//! The report on a file: how it reads, what it says as data, and how it ends.

use serde_json::{Value, json};

use crate::paths::credentials::{
    CANARY, alignment, check_silent, item, knots, mixed, open_badge_1, open_badge_2, open_badge_3,
    presentation, write,
};
use crate::support::{DataDir, Output, output_of};

/// Compares a printed report with what was accepted; the source and the day of the import are put at rest.
#[track_caller]
fn check(name: &str, badge: &Value) {
    let (place, data) = knots();
    write(place.path(), "badge.json", badge);
    let said = output_of(data.command(&["resolve", "badge.json"]).current_dir(place.path()));
    check_silent(&[&said.stdout, &said.stderr]);
    for line in said.stdout.lines() {
        let has_long_word = line.split_whitespace().any(|word| word.chars().count() > 40);
        assert!(line.chars().count() <= 80 || has_long_word, "{line}");
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let text = at_rest(&data, &said);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn at_rest(data: &DataDir, said: &Output) -> String {
    let context = data.context(&item(1));
    let fetched = context["chosen"]["card"]["origin"]["fetchedAt"].as_str().unwrap();
    let (day, _) = fetched.split_once('T').unwrap();
    said.stdout.replace(&data.source(), "knots-0badcafe").replace(day, "2026-01-01")
}

#[test]
fn an_open_badge_3_reads_alignment_by_alignment() {
    check("report-open-badge-3", &open_badge_3(&mixed()));
}

#[test]
fn an_open_badge_2_reads_alignment_by_alignment() {
    check("report-open-badge-2", &open_badge_2(&mixed()));
}

#[test]
fn an_open_badge_1_reads_alignment_by_alignment() {
    check("report-open-badge-1", &open_badge_1());
}

#[test]
fn a_presentation_reads_credential_by_credential() {
    check("report-presentation", &presentation());
}

#[test]
fn no_control_sequence_of_a_badge_reaches_the_terminal() {
    let (place, data) = knots();
    let red = "Ties \u{1b}[31m a \u{9b}2J bowline\u{7}";
    let mut badge = open_badge_3(&[json!({
        "targetName": red, "targetUrl": item(1), "targetCode": red, "targetFramework": red,
    })]);
    badge["credentialSubject"]["achievement"]["tag"] = json!([red]);
    let file = write(place.path(), "badge.json", &badge);
    let said = output_of(data.command(&["resolve", &file]).env("CLICOLOR_FORCE", "1"));
    assert!(said.stdout.contains("Ties"), "{said:?}");
    let bare = said.stdout.replace("\u{1b}[", "");
    assert!(!bare.contains(|c: char| c.is_control() && c != '\n'), "{said:?}");
    assert!(!said.stdout.contains("\u{1b}[31m a"), "{said:?}");
}

#[test]
fn the_report_as_data_has_every_credential_and_every_identifier_with_its_place() {
    let (place, data) = knots();
    let file = write(place.path(), "badge.json", &presentation());
    let said = data.json(&["resolve", "--as-of", "2024-05-06", &file]);
    check_silent(&[&said.to_string()]);
    assert_eq!((&said["generation"], &said["asOf"]), (&json!(1), &json!("2024-05-06")));
    let answer = &said["answers"][0];
    assert_eq!((&answer["input"], &answer["file"]), (&json!("badge"), &json!(file)));
    assert_eq!((&answer["carrier"], &answer["format"]), (&json!("json"), &json!("openBadge3")));
    let pointers: Vec<&Value> =
        answer["credentials"].as_array().unwrap().iter().map(|held| &held["pointer"]).collect();
    assert_eq!(pointers, ["/verifiableCredential/0", "/verifiableCredential/1"]);
    let mentions = answer["mentions"].as_array().unwrap();
    let facts: Vec<Value> = mentions
        .iter()
        .map(|held| {
            json!([
                held["credential"],
                held["asked"],
                held["mention"]["site"],
                held["resolution"]["verdict"]
            ])
        })
        .collect();
    let expected = [
        json!([0, false, "achievementId", "unknown"]),
        json!([0, true, "alignment", "resolved"]),
        json!([1, false, "achievementId", "unknown"]),
        json!([1, true, "alignment", "resolved"]),
    ];
    assert_eq!(facts, expected, "{answer}");
    assert_eq!(
        mentions[3]["mention"]["pointer"],
        "/verifiableCredential/1/credentialSubject/achievement/alignment/0"
    );
    assert_eq!(mentions[3]["resolution"]["found"][0]["standing"]["asOf"], "2024-05-06");
    let hints = answer["hints"].as_array().unwrap();
    assert_eq!(hints.iter().filter(|hint| hint["mention"]["site"] == "tag").count(), 4);
    assert!(answer["notChecked"].as_str().unwrap().contains("were not checked"));
}

#[test]
fn the_exit_code_says_whether_everything_that_could_be_asked_names_one_resource() {
    let (place, data) = knots();
    let good = open_badge_3(&[alignment(1, "Ties a bowline"), alignment(2, "Ties a granny knot")]);
    let no_name = json!({ "targetName": "Ties a bowline" });
    let elsewhere = json!({ "targetName": "a", "targetUrl": "https://elsewhere.example/1" });
    let ambiguous = json!({ "targetName": "a", "targetCode": "T.1" });
    let withheld = json!({ "targetUrl": format!("mailto:{CANARY}@learners.example") });
    let cases = [
        (good.clone(), 0),
        (presentation(), 0),
        (open_badge_1(), 0),
        (open_badge_3(&[alignment(1, "Ties a bowline"), no_name]), 1),
        (open_badge_3(&[alignment(1, "Ties a bowline"), elsewhere]), 1),
        (open_badge_3(&[ambiguous]), 1),
        (open_badge_3(&[withheld]), 1),
        (open_badge_3(&[]), 1),
        (json!({ "a": CANARY }), 2),
    ];
    for (badge, expected) in cases {
        let file = write(place.path(), "badge.json", &badge);
        let said = data.run(&["resolve", &file]);
        assert_eq!(said.status, expected, "{badge}: {said:?}");
        let as_data = data.run(&["resolve", "--json", &file]);
        assert_eq!(as_data.status, expected, "{badge}: {as_data:?}");
        check_silent(&[&said.stdout, &said.stderr, &as_data.stdout, &as_data.stderr]);
    }
    let good = write(place.path(), "good.json", &good);
    let bad = write(place.path(), "bad.json", &json!({ "a": CANARY }));
    assert_eq!(data.run(&["resolve", &good, &item(1)]).status, 0);
    assert_eq!(data.run(&["resolve", &good, "nothing-like-it"]).status, 1);
    let both = data.run(&["resolve", &bad, "nothing-like-it", &good]);
    assert_eq!(both.status, 2, "{both:?}");
    assert!(both.stdout.contains("refused") && both.stdout.contains("resolved"), "{both:?}");
}
