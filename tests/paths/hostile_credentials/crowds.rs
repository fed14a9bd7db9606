//! Documents of many small values: each of them takes far more room in memory than in the document.

use std::fs;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE;
use serde_json::{Value, json};

use crate::paths::hostile_credentials::guard::guarded;
use crate::paths::hostile_credentials::texts::{listed, many, subject};
use crate::paths::hostile_credentials::{Ending, Worst, fault, floors, held};

/// As many of a value as fill 2 MB.
fn crowd(value: &str) -> String {
    format!("[{}]", listed((2 << 20) / (value.len() + 1) - 10, value))
}

/// A token of so many bytes of a value.
fn token(value: &str, n_bytes: usize) -> String {
    let inside = format!(r#"{{"a":[{}]}}"#, listed(n_bytes / (value.len() + 1), value));
    format!("eyJhbGciOiJub25lIn0.{}.x", URL_SAFE.encode(inside))
}

fn worst() -> Vec<Worst> {
    let tokens: Vec<String> = (0..14).map(|_| token("[[[[1]]]]", 100_000)).collect();
    let title = |what: &str, value: &str| -> &'static str {
        Box::leak(format!("{what} of {value}").into_boxed_str())
    };
    let mut all = vec![
        Worst::new(
            "many subjects",
            subject("x", &Value::Null).replace(
                "\"x\":null",
                &format!("\"x\":{}", crowd("{}").split_at(1_900_000).0.to_owned() + "{}]"),
            ),
            Ending::Either,
        ),
        Worst::new("many alignments of nothing", many(390_000, |_| Value::Null), Ending::Either),
        Worst::new("many empty alignments", many(600_000, |_| json!({})), Ending::Either),
        Worst::new("a token of many lists", token("[[[[1]]]]", 1_500_000), Ending::Either),
        Worst::new(
            "a presentation of such tokens",
            json!({ "type": "VerifiablePresentation", "verifiableCredential": tokens }).to_string(),
            Ending::Either,
        ),
    ];
    for value in
        ["{}", "[]", "1", "null", "\"\"", "[1]", "[[[[1]]]]", "{\"a\":1}", "{\"a\":{\"a\":{}}}"]
    {
        all.push(Worst::new(title("a list", value), crowd(value), Ending::Either));
        let evidence = crowd(value).split_at(1_900_000).0.rsplit_once(',').unwrap().0.to_owned();
        let badge =
            subject("x", &Value::Null).replacen('{', &format!("{{\"evidence\":{evidence}],"), 1);
        all.push(Worst::new(title("evidence", value), badge, Ending::Either));
    }
    all
}

#[test]
fn a_crowd_of_small_values_takes_little_memory() {
    let data = held();
    let folder = tempfile::tempdir().unwrap();
    let floors = floors(&data, folder.path());
    let path = folder.path().join("crowd");
    let mut faults = Vec::new();
    for Worst { name, bytes, ending } in worst() {
        assert!(bytes.len() <= 2 << 20, "{name}: {}", bytes.len());
        fs::write(&path, &bytes).unwrap();
        for (command, floor) in ["resolve", "extract"].into_iter().zip(floors) {
            let ended = guarded(&mut data.command(&[command, path.to_str().unwrap()]));
            faults.extend(fault(name, command, &ended, ending, floor));
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}
