//! Strings that break things, at every door.

use std::fs;
use std::path::Path;
use std::time::Instant;

use serde_json::{Value, json};

use crate::relevance::http::{NoAnswer, encoded, send};
use crate::relevance::measure::share;
use crate::relevance::parallel::each;
use crate::relevance::report::{Gate, Miss, Row, Section};
use crate::relevance::service::Service;

/// A request that may do harm.
struct Attack {
    method: &'static str,
    path: String,
    body: Vec<u8>,
    what: String,
}

/// What came of it.
struct Outcome {
    status: Result<u16, NoAnswer>,
    took: f64,
    /// Whether it is so large that a service may close the door on it.
    is_large: bool,
}

/// The size from which a request may be cut off without an answer.
const LARGE: usize = 16 * 1024;

/// Sends every hostile string in a folder to every door; `None` where there are none.
pub(crate) fn hostile(service: &mut Service, folder: &Path) -> Option<Section> {
    let strings = strings(folder)?;
    let attacks: Vec<Attack> = strings.iter().flat_map(|bytes| attacks(bytes)).collect();
    let address = service.address();
    let outcomes = each("hostile", &attacks, |attack| {
        let begun = Instant::now();
        let answer = send(address, attack.method, &attack.path, &attack.body);
        let took = begun.elapsed().as_secs_f64() * 1e3;
        let is_large = attack.path.len() + attack.body.len() > LARGE;
        Outcome { status: answer.map(|answer| answer.status), took, is_large }
    });
    let mut misses: Vec<Miss> = attacks
        .iter()
        .zip(&outcomes)
        .filter(|(_, outcome)| !is_well(outcome))
        .map(|(attack, outcome)| Miss {
            asked: format!("{} {}", attack.method, attack.what),
            wanted: "an answer below 500, in time".to_owned(),
            got: vec![format!("{:?} after {:.0} ms", outcome.status, outcome.took)],
        })
        .collect();
    let n_failed = misses.len();
    misses.extend(missing_doors(service).into_iter().map(|door| fault("a missing door", door)));
    let panics = service.panics();
    misses.extend(panics.iter().map(|line| fault("a panic", line)));
    if !service.is_up() {
        misses.push(fault("the end of the service", "it runs no more"));
    }
    let reached = if misses.len() > n_failed {
        0.0
    } else {
        share(outcomes.len() - n_failed, outcomes.len())
    };
    Some(Section {
        name: "hostile".to_owned(),
        about: format!("{} strings, {} requests", strings.len(), attacks.len()),
        rows: vec![row(&outcomes, reached)],
        gates: vec![Gate { measure: "well answered".to_owned(), wanted: 1.0, reached }],
        misses,
    })
}

fn row(outcomes: &[Outcome], reached: f64) -> Row {
    let is = |low: u16, high: u16| {
        let of = outcomes.iter().filter(|one| matches!(one.status, Ok(n) if n >= low && n < high));
        share(of.count(), outcomes.len())
    };
    let closed = outcomes.iter().filter(|one| one.status.err() == Some(NoAnswer::Closed)).count();
    let slowest = outcomes.iter().map(|one| one.took).fold(0.0, f64::max);
    Row {
        system: "all doors (ms: the slowest)".to_owned(),
        values: vec![
            ("well", reached),
            ("2xx", is(200, 300)),
            ("4xx", is(400, 500)),
            ("closed", share(closed, outcomes.len())),
        ],
        took: Some(slowest),
        ..Row::default()
    }
}

/// A request that is too large may be cut off; nothing else may go unanswered.
fn is_well(outcome: &Outcome) -> bool {
    match outcome.status {
        Ok(status) => status < 500,
        Err(fault) => fault == NoAnswer::Closed && outcome.is_large,
    }
}

fn fault(what: &str, line: &str) -> Miss {
    Miss {
        asked: "everything".to_owned(),
        wanted: format!("no sign of {what}"),
        got: vec![line.to_owned()],
    }
}

/// The naughty strings, and the searches that were made to do harm.
fn strings(folder: &Path) -> Option<Vec<Vec<u8>>> {
    let naughty = fs::read(folder.join("blns/blns.json")).ok()?;
    let naughty: Vec<String> = serde_json::from_slice(&naughty).unwrap();
    let mut strings: Vec<Vec<u8>> = naughty.into_iter().map(String::into_bytes).collect();
    let made = fs::read_dir(folder.join("generated/search")).ok()?;
    let mut made: Vec<_> = made.map(|entry| entry.unwrap().path()).collect();
    made.sort();
    strings.extend(made.iter().map(|path| fs::read(path).unwrap()));
    Some(strings)
}

fn attacks(bytes: &[u8]) -> Vec<Attack> {
    let asked = encoded(bytes);
    let get = |path: String| ("GET", path, Vec::new());
    let post = |path: &str, body: Vec<u8>| ("POST", path.to_owned(), body);
    let several = inside(r#"{"searches":[{"q":"#, bytes, r#","facets":["kind"]}]}"#);
    let requests = [
        get(format!("/v1/search?q={asked}")),
        get(format!("/v1/search?q=a&framework={asked}&kind={asked}")),
        get(format!("/v1/search?q=a&cursor={asked}")),
        get(format!("/v1/search?q=a&subject={asked}&level={asked}&facets=subject,level")),
        get(format!("/v1/autocomplete?q={asked}")),
        get(format!("/v1/similar?text={asked}")),
        get(format!("/v1/similar?id={asked}")),
        post("/v1/multi-search", several),
        post("/v1/suggest", inside(r#"{"text":"#, bytes, "}")),
        post("/v1/similar", inside(r#"{"text":"#, bytes, "}")),
    ];
    let what = String::from_utf8_lossy(bytes.get(..60).unwrap_or(bytes)).into_owned();
    let attack = |(method, path, body): (&'static str, String, Vec<u8>)| {
        let door: String = path.split('=').next().unwrap_or_default().to_owned();
        Attack { method, what: format!("{door}: {what}"), path, body }
    };
    requests.into_iter().map(attack).collect()
}

/// The bytes as a string of JSON; as they are, where they are no text.
fn inside(before: &str, bytes: &[u8], behind: &str) -> Vec<u8> {
    let quoted = match std::str::from_utf8(bytes) {
        Ok(text) => json!(text).to_string().into_bytes(),
        Err(_) => [b"\"", bytes, b"\""].concat(),
    };
    [before.as_bytes(), &quoted, behind.as_bytes()].concat()
}

/// The doors that do not answer a plain question.
fn missing_doors(service: &Service) -> Vec<&'static str> {
    let doors = [
        ("GET", "/v1/search", "/v1/search?q=a"),
        ("GET", "/v1/autocomplete", "/v1/autocomplete?q=a"),
        ("GET", "/v1/similar", "/v1/similar?text=a"),
        ("POST", "/v1/suggest", "/v1/suggest"),
        ("POST", "/v1/similar", "/v1/similar"),
        ("POST", "/v1/multi-search", "/v1/multi-search"),
    ];
    let body = |path: &str| -> Value {
        if path.ends_with("multi-search") {
            json!({"searches": [{"q": "a"}]})
        } else {
            json!({"text": "a"})
        }
    };
    let is_missing = |method: &str, path: &str| {
        let body = if method == "POST" { body(path).to_string().into_bytes() } else { Vec::new() };
        !send(service.address(), method, path, &body).is_ok_and(|answer| answer.status == 200)
    };
    let missing = doors.into_iter().filter(|(method, _, path)| is_missing(method, path));
    missing.map(|(_, name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::{Outcome, attacks, inside, is_well};
    use crate::relevance::http::NoAnswer;

    #[test]
    fn strings_are_sent_as_they_are() {
        assert_eq!(inside("[", "a\"\n".as_bytes(), "]"), br#"["a\"\n"]"#);
        assert_eq!(inside("[", &[0xff, b'a'], "]"), b"[\"\xffa\"]");
        let attacks = attacks("a b&c".as_bytes());
        assert_eq!(attacks[0].path, "/v1/search?q=a%20b%26c");
        assert!(
            attacks.iter().any(|attack| attack.path == "/v1/suggest" && !attack.body.is_empty())
        );
    }

    #[test]
    fn what_hangs_or_fails_is_not_well() {
        let is_well = |status, is_large| is_well(&Outcome { status, took: 0.0, is_large });
        assert!(is_well(Ok(200), false) && is_well(Ok(400), false));
        assert!(!is_well(Ok(500), true) && !is_well(Err(NoAnswer::Late), true));
        assert!(is_well(Err(NoAnswer::Closed), true) && !is_well(Err(NoAnswer::Closed), false));
    }
}
