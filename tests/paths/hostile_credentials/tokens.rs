//! Tokens that were made to hurt.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as URL_SAFE;
use serde_json::{Value, json};

use crate::paths::hostile_credentials::{Ending, Worst, texts};
use crate::support::carried::token::{digest, jws, typed};

/// A badge of one alignment.
fn badge() -> Value {
    serde_json::from_str(&texts::badge(
        r#"{"targetName":"x","targetUrl":"https://framework.example/1"}"#,
    ))
    .unwrap()
}

/// Tokens signed around each other.
fn layers(n: usize) -> String {
    let mut inside = badge();
    for _ in 0..n {
        inside =
            json!({ "verifiableCredential": [jws(&inside)], "type": "VerifiablePresentation" });
    }
    jws(&inside)
}

/// Each disclosure discloses the next; the last is no other than the first.
fn chain(n: usize) -> String {
    let mut disclosures = Vec::new();
    let mut inside = json!({ "_sd": [digest("e30")] });
    for at in 0..n {
        let disclosure = URL_SAFE.encode(json!(["s", format!("a{at}"), inside]).to_string());
        inside = json!({ "_sd": [digest(&disclosure)] });
        disclosures.push(disclosure);
    }
    let mut badge = badge();
    badge["credentialSubject"]["_sd"] = inside["_sd"].take();
    format!("{}~{}~", jws(&badge), disclosures.join("~"))
}

/// Many disclosures beside each other, each of them asked for twice.
fn wide(n: usize) -> String {
    let disclosures: Vec<String> =
        (0..n).map(|at| URL_SAFE.encode(json!(["s", format!("a{at}"), at]).to_string())).collect();
    let digests: Vec<String> = disclosures.iter().map(|disclosure| digest(disclosure)).collect();
    let mut badge = badge();
    badge["credentialSubject"]["_sd"] = json!(digests);
    format!("{}~{}~", jws(&badge), disclosures.join("~"))
}

/// One disclosure that is asked for at many places.
fn everywhere(n: usize) -> String {
    let disclosure = URL_SAFE.encode(
        json!(["s", { "targetName": "x".repeat(2_000), "targetUrl": "https://a.example/1" }])
            .to_string(),
    );
    let mut badge = badge();
    badge["credentialSubject"]["achievement"]["alignment"] =
        json!(vec![json!({ "...": digest(&disclosure) }); n]);
    format!("{}~{disclosure}~", jws(&badge))
}

/// Each disclosure asks for the one before it many times: as many as there are atoms, were each used more than once.
fn doubling(n: usize) -> String {
    let mut disclosures = Vec::new();
    let mut before = digest("none");
    for _ in 0..n {
        let disclosure =
            URL_SAFE.encode(json!(["s", vec![json!({ "...": before }); 10]]).to_string());
        before = digest(&disclosure);
        disclosures.push(disclosure);
    }
    let mut badge = badge();
    badge["credentialSubject"]["achievement"]["alignment"] =
        json!(vec![json!({ "...": before }); 10]);
    format!("{}~{}~", jws(&badge), disclosures.join("~"))
}

pub(super) fn worst() -> Vec<Worst> {
    use Ending::{Either, Read, Refused};
    let envelope = |inside: &str| json!({ "type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+jwt,{inside}") });
    let token = jws(&badge());
    vec![
        Worst::new("a token", token.clone(), Read),
        Worst::new("3 tokens in each other", layers(3), Read),
        Worst::new("12 tokens in each other", layers(12), Either),
        Worst::new("17 tokens in each other", layers(17), Either),
        Worst::new("a token of many parts", vec!["e30"; 500_000].join("."), Either),
        Worst::new("a token of five parts", "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..e30.e30.e30", Refused("JWE")),
        Worst::new("a token of 2 MB of one letter", format!("eyJhbGciOiJub25lIn0.{}.x", "A".repeat(2 << 20)), Refused("2 MB")),
        Worst::new("a token of lists that open", format!("eyJhbGciOiJub25lIn0.{}.x", URL_SAFE.encode("[".repeat(1_400_000))), Either),
        Worst::new("a token that is packed", format!("{}.e30.x", URL_SAFE.encode(r#"{"alg":"none","zip":"DEF"}"#)), Either),
        Worst::new("a chain of 20 disclosures", chain(20), Read),
        Worst::new("a chain of 10,000 disclosures", chain(10_000), Either),
        Worst::new("10,000 disclosures", wide(10_000), Either),
        Worst::new("one disclosure at 10,000 places", everywhere(10_000), Either),
        Worst::new("disclosures that double", doubling(20), Either),
        Worst::new("2 MB of empty disclosures", format!("{token}{}", "~".repeat((2 << 20) - token.len() - 9)), Either),
        Worst::new("2 MB of small disclosures", format!("{token}~{}", "W10~".repeat(500_000)), Either),
        Worst::new("an algorithm that nobody has", { let mut badge = badge(); badge["_sd_alg"] = "md5".into(); format!("{}~W10~", typed("dc+sd-jwt", &badge)) }, Either),
        Worst::new("an envelope in an envelope", envelope(&jws(&envelope(&jws(&envelope(&token))))).to_string(), Either),
        Worst::new("an envelope of base64 of 1 MB", json!({ "type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+ld+json;base64,{}", "A".repeat(1 << 20)) }).to_string(), Either),
        Worst::new("30,000 envelopes", json!({ "type": "VerifiablePresentation", "verifiableCredential": vec![json!({ "type": "EnvelopedVerifiableCredential", "id": "data:,x" }); 30_000] }).to_string(), Either),
        Worst::new("a payload of text in text", { let mut text = badge().to_string(); for _ in 0..9 { text = json!({ "payload": text, "signatures": [] }).to_string(); } text }, Either),
        Worst::new("a token of 500 alignments", jws(&json!({ "vc": serde_json::from_str::<Value>(&texts::badge(&vec![r#"{"targetUrl":"https://a.example/1"}"#; 500].join(","))).unwrap() })), Read),
        Worst::new("two tokens of 300 alignments", json!([jws(&three_hundred()), jws(&three_hundred())]).to_string(), Refused("more than 500 alignments")),
    ]
}

fn three_hundred() -> Value {
    serde_json::from_str(&texts::badge(
        &vec![r#"{"targetUrl":"https://a.example/1"}"#; 300].join(","),
    ))
    .unwrap()
}
