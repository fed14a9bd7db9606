//! Other files that a Credential Registry gives away: dumps of transactions and of documents, pages of a listing.

use std::path::PathBuf;

use serde_json::json;

use crate::support::containers::zip;
use crate::support::listing::occurrences;
use crate::support::package::guid;
use crate::support::registry::{Inbox, ctid, dump, enveloped, knots, states, transaction};
use crate::support::{DataDir, shared};

#[test]
fn the_transactions_of_an_envelope_are_versions_of_one_record() {
    let inbox = Inbox::new();
    let bowline = enveloped(1, &knots(1, "Ties a bowline"));
    let running = enveloped(1, &knots(1, "Ties a running bowline"));
    let hitch = enveloped(2, &knots(2, "Ties a hitch"));
    inbox.put(
        "dump-2016-06-09.txt.gz",
        &dump(&[
            transaction("created", &bowline),
            transaction("created", &hitch),
            "A broken line".to_owned(),
            transaction("updated", &running),
            transaction("deleted", &hitch),
        ]),
    );
    let report = inbox.import();
    let records = [1, 2, 1].map(|n| format!("transactions/{}", ctid(n)));
    let expected: Vec<(&str, &str)> =
        records.iter().map(|record| (record.as_str(), "accepted")).collect();
    assert_eq!(states(&report), expected, "{report}");
    assert_eq!(report["withdrawn"], 1, "{report}");
    let refused = report["refused"].as_array().unwrap();
    assert_eq!(refused.len(), 1, "{report}");
    assert_eq!(refused[0]["place"], "dump-2016-06-09.txt.gz#L3");
    let reason = refused[0]["reason"].as_str().unwrap();
    assert!(reason.contains("at line 3") && reason.contains("not base64"), "{reason}");
    inbox.check(1, "current", "Ties a running bowline");
    inbox.check(2, "withdrawn", "Ties a hitch");
    // The place of a file on the operator's disk stands in the ledger and is given to nobody.
    let origin = inbox.data.context(&guid(1, 1))["chosen"]["card"]["origin"].take();
    assert!(origin["url"].is_null(), "{origin}");
    inbox.check_settled();

    inbox.put(
        "dump-2016-06-10.txt.gz",
        &dump(&[transaction("created", &hitch), transaction("updated", &bowline)]),
    );
    inbox.import();
    inbox.check(1, "current", "Ties a bowline");
    inbox.check(2, "current", "Ties a hitch");
    inbox.check_settled();
}

#[test]
fn a_dump_that_has_grown_brings_only_what_is_new() {
    let inbox = Inbox::new();
    let version = |n: u32| enveloped(1, &knots(1, &format!("Ties it {n} times")));
    let mut lines = vec![transaction("created", &version(1)), transaction("updated", &version(2))];
    inbox.put("dump.txt.gz", &dump(&lines));
    inbox.import();
    lines.push(transaction("updated", &version(1)));
    lines.push(transaction("updated", &version(3)));
    inbox.put("dump.txt.gz", &dump(&lines));
    let states: Vec<String> =
        states(&inbox.import()).iter().map(|(_, state)| (*state).to_owned()).collect();
    assert_eq!(states, ["unchanged", "unchanged", "accepted", "accepted"]);
    inbox.check(1, "current", "Ties it 3 times");
    inbox.check_settled();
}

#[test]
fn a_transaction_about_a_person_is_counted_and_its_file_not_named() {
    let inbox = Inbox::new();
    let badge = json!({ "envelope_id": "1", "credentialSubject": { "name": "Ada Quillfeather" } });
    inbox.put(
        "quillfeather.txt.gz",
        &dump(&[
            transaction("created", &enveloped(1, &knots(1, "Ties a bowline"))),
            transaction("created", &badge),
            transaction("deleted", &badge),
            "A broken line".to_owned(),
            "eyJhbGciOiJSUzI1NiJ9.eyJuYW1lIjoiUXVpbGxmZWF0aGVyIn0.c2ln".to_owned(),
        ]),
    );
    let report = inbox.import();
    assert_eq!((&report["aboutPeople"], &report["withdrawn"]), (&json!(3), &json!(0)), "{report}");
    assert_eq!(report["refused"], json!([]), "{report}");
    inbox.check(1, "current", "Ties a bowline");
    let kept = occurrences(&inbox.data.path(), "ada quillfeather");
    assert_eq!(kept, Vec::<PathBuf>::new());
}

#[test]
fn dumps_of_documents_and_pages_of_a_listing_are_read_document_by_document() {
    let inbox = Inbox::new();
    let text = |n: u32| knots(n, &format!("Ties the knot number {n}")).to_string();
    let (one, two) = (text(1), text(2));
    inbox.put(
        "ce_registry.zip",
        &zip(&[
            (&format!("{}.json", ctid(1)), one.as_bytes()),
            (&format!("{}.json", ctid(2)), two.as_bytes()),
        ]),
    );
    inbox.put("page-1.json", format!("[{},\n{}]", text(3), text(4)).as_bytes());
    let report = inbox.import();
    let mut expected = [1, 2].map(|n| format!("ce_registry.zip!{}.json", ctid(n))).to_vec();
    expected.extend(["page-1.json#/0".to_owned(), "page-1.json#/1".to_owned()]);
    let records: Vec<&str> = states(&report).iter().map(|(record, _)| *record).collect();
    assert_eq!(records, expected, "{report}");
    for n in 1..=4 {
        inbox.check(n, "current", &format!("Ties the knot number {n}"));
    }
    inbox.check_settled();
}

/// Imports real files, of which each document is taken, withdrawn or refused, and none is about a person.
#[track_caller]
fn check_real(path: &str, n_told: u64) {
    let Some(path) = shared(path) else { return };
    let data = DataDir::new();
    let report = data.json(&["import", path.to_str().unwrap()]);
    let n = |name: &str| u64::try_from(report[name].as_array().unwrap().len()).unwrap();
    let withdrawn = report["withdrawn"].as_u64().unwrap();
    assert_eq!(report["aboutPeople"], 0, "{report}");
    assert_eq!(n("documents") + n("refused") + withdrawn, n_told, "{report}");
}

#[test]
fn real_envelopes_with_their_tokens_are_not_taken_for_documents_about_people() {
    check_real("ctdl/envelopes", 4);
    check_real("ctdl/registry-fixtures/transactions-dump.txt.gz", 3);
}
