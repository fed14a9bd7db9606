//! JSON that was made to hurt.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::paths::hostile_credentials::{Ending, Worst};

const MB: usize = 1 << 20;
const TOO_DEEP: &str = "nested deeper than 32 levels";
const TOO_LONG: &str = "longer than 2 MB";
const TOO_MANY: &str = "more than 500 alignments";
const LONG_TEXT: &str = "longer than 4 kB";

/// A badge with these alignments.
pub(super) fn badge(alignments: &str) -> String {
    format!(
        r#"{{"type":["VerifiableCredential","OpenBadgeCredential"],"credentialSubject":{{"type":["AchievementSubject"],"achievement":{{"id":"https://issuer.example/1","type":["Achievement"],"name":"x","alignment":[{alignments}]}}}}}}"#
    )
}

/// A badge with a member of its subject.
pub(super) fn subject(name: &str, value: &Value) -> String {
    json!({
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {
            name: value,
            "achievement": {
                "id": "https://issuer.example/1", "type": ["Achievement"], "name": "x",
                "alignment": [{ "targetName": "x", "targetUrl": "https://framework.example/1" }],
            },
        },
    })
    .to_string()
}

/// Many alignments, each of them made from its number.
pub(super) fn many(n: usize, alignment: impl Fn(usize) -> Value) -> String {
    badge(&(0..n).map(|n| alignment(n).to_string()).collect::<Vec<_>>().join(","))
}

fn url(n: usize) -> Value {
    json!({ "targetName": "x", "targetUrl": format!("https://framework.example/{n}") })
}

/// A value at a depth, the root being the first level.
fn nested(depth: usize, opening: &str, inside: &str, closing: &str) -> String {
    format!("{}{inside}{}", opening.repeat(depth), closing.repeat(depth))
}

pub(super) fn listed(n: usize, item: &str) -> String {
    vec![item; n].join(",")
}

pub(super) fn worst() -> Vec<Worst> {
    use Ending::{Either, Read, Refused};
    let long = |len: usize| json!({ "targetName": "x".repeat(len), "targetUrl": "https://framework.example/1" });
    let member = |extra: &str| {
        badge(r#"{"targetName":"x","targetUrl":"https://framework.example/1"}"#).replacen(
            '{',
            &format!("{{{extra},"),
            1,
        )
    };
    let mut all = vec![
        Worst::new("2 MB of lists that open", "[".repeat(2 * MB), Refused(TOO_DEEP)),
        Worst::new("2 MB of objects that open", "{\"a\":".repeat(400_000), Refused(TOO_DEEP)),
        Worst::new("2 MB of brackets in turn", "[{\"a\":".repeat(300_000), Refused(TOO_DEEP)),
        Worst::new("2 MB of small credentials", format!("[{}]", listed(80_000, r#"{"credentialSubject":{}}"#)), Either),
        Worst::new("2 MB of achievements", format!("[{}]", listed(30_000, r#"{"credentialSubject":{"achievement":{"id":"a:b"}}}"#)), Either),
        Worst::new("a text of more than 2 MB", format!("{}{}", badge(""), " ".repeat(2 * MB)), Refused(TOO_LONG)),
        Worst::new("2 MB of commas", format!("[{}", ",".repeat(2 * MB - 10)), Refused("more than 100000 values")),
        Worst::new("a badge behind 1.9 MB of spaces", format!("{}{}", " ".repeat(MB * 19 / 10), badge(&url(1).to_string())), Read),
        Worst::new("16 MB of nothing", vec![0; 16 << 20], Either),
        Worst::new("more than 16 MB of nothing", vec![b' '; (16 << 20) + 1], Either),
        Worst::new("2 MB of byte order marks", "\u{FEFF}".repeat(600_000), Either),
        Worst::new("text in 16 bits", badge("").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(), Either),
        Worst::new("nothing", "", Either),
        Worst::new("500 alignments", many(500, url), Read),
        Worst::new("501 alignments", many(501, url), Refused(TOO_MANY)),
        Worst::new("20,000 alignments", many(20_000, |_| json!({ "targetUrl": "https://a.example/1" })), Refused(TOO_MANY)),
        Worst::new("a name of 4,096 bytes", badge(&long(4_096).to_string()), Read),
        Worst::new("a name of 4,097 bytes", badge(&long(4_097).to_string()), Refused(LONG_TEXT)),
        Worst::new("an address of 4,097 bytes", badge(&json!({ "targetUrl": format!("https://a.example/{}", "x".repeat(4_079)) }).to_string()), Refused(LONG_TEXT)),
        Worst::new("a name of 1 MB", badge(&long(MB).to_string()), Refused(LONG_TEXT)),
        Worst::new("32 levels", member(&format!("\"evidence\":{}", nested(31, "[", "", "]"))), Read),
        Worst::new("33 levels", member(&format!("\"evidence\":{}", nested(32, "[", "", "]"))), Refused(TOO_DEEP)),
        Worst::new("brackets in a text", member(&format!("\"evidence\":\"{}\"", "[{\\\"".repeat(200_000))), Read),
        Worst::new("a number of a million digits", member(&format!("\"evidence\":{}", "9".repeat(MB))), Either),
        Worst::new("an exponent beyond all", member("\"evidence\":1e999999999"), Either),
        Worst::new("a code of a million digits", badge(&format!(r#"{{"targetName":"x","targetCode":{}}}"#, "9".repeat(MB))), Either),
        Worst::new("60,000 prefixes", subject("x", &Value::Null).replacen('{', &format!("{{\"@context\":[{{{}}}],", prefixes(30_000)), 1), Either),
        Worst::new("60,000 contexts", subject("x", &Value::Null).replacen('{', &format!("{{\"@context\":[{}],", listed(60_000, "{\"a\":\"https://a.example/\"}")), 1), Either),
        Worst::new("one name 200,000 times", member(&listed(200_000, "\"a\":1")), Either),
        Worst::new("200,000 names", member((0..100_000).fold(String::new(), |mut text, n| { write!(text, "\"a{n}\":1,").unwrap(); text }).trim_end_matches(',')), Either),
        Worst::new("a name in 100,000 languages", badge(&json!({ "targetUrl": "https://a.example/1", "targetName": languages(100_000) }).to_string()), Either),
        Worst::new("1,000 values about the learner", subject("identifier", &identities(990, 8)), Read),
        Worst::new("1,001 values about the learner", subject("identifier", &identities(2_001, 8)), Refused("more than 1000 values about its learner")),
        Worst::new("1,000 long secrets and 490 long alignments", secrets(990, 490), Either),
        Worst::new("a presentation of 20,000 tokens", json!({ "type": "VerifiablePresentation", "verifiableCredential": vec!["e30.e30.e30"; 20_000] }).to_string(), Either),
        Worst::new("presentations in presentations", nested(28, r#"{"type":"VerifiablePresentation","verifiableCredential":"#, "{}", "}"), Either),
        Worst::new("490 codes of 4,000 bytes", many(490, |n| json!({ "targetName": "x", "targetCode": format!("{n}.{}", "1a-.".repeat(1_000)), "targetFramework": "Knots by Number" })), Either),
        Worst::new("490 frameworks of 4,000 bytes", many(240, |n| json!({ "targetName": "x", "targetCode": "T.1", "targetFramework": format!("{n} {}", "knots by number ".repeat(250)) })), Either),
        Worst::new("490 addresses of points", many(490, |n| json!({ "targetName": "x", "targetUrl": format!("http://{}{n}", "1.".repeat(1_900)) })), Either),
        Worst::new("490 addresses of percents", many(490, |n| json!({ "targetName": "x", "targetUrl": format!("https://a.example/{n}{}", "%25".repeat(600)) })), Either),
        Worst::new("490 addresses of folders", many(490, |n| json!({ "targetName": "x", "targetUrl": format!("https://a.example/{n}{}", "/../a".repeat(380)) })), Either),
        Worst::new("490 names that grow when they are folded", many(490, |_| json!({ "targetUrl": format!("https://case.loom.example/ims/case/v1p0/CFItems/{}", crate::support::package::guid(1, 1)), "targetName": "\u{FDFA}".repeat(1_300) })), Either),
        Worst::new("490 names of marks", many(490, |_| json!({ "targetUrl": format!("urn:uuid:{}", crate::support::package::guid(1, 1)), "targetName": format!("a{}", "\u{0301}\u{0323}".repeat(900)) })), Either),
        Worst::new("490 names of markup", many(490, |_| json!({ "targetUrl": format!("urn:uuid:{}", crate::support::package::guid(1, 1)), "targetName": "<a<!--$\\frac{[](&amp".repeat(200) })), Either),
        Worst::new("490 dirty identifiers", many(490, |_| json!({ "targetName": "x", "targetUrl": "ce-0000 0000-".repeat(300) })), Either),
    ];
    for (name, text) in [
        ("percents", "%"),
        ("coded percents", "%25"),
        ("at signs", "@"),
        ("backslashes", "\\"),
        ("digits", "7"),
        ("quotes", "\""),
        ("wide at signs", "\u{FF20}"),
        ("colons", ":"),
        ("stops", "."),
        ("tildes", "~"),
        ("blanks", " "),
        ("hyphens", "-"),
        ("token starts", "eyJ."),
        ("disclosures", "eyJ~"),
        ("addresses", "data:application/vc+jwt,"),
        ("letters", "ce-"),
        ("mail", "mailto:"),
    ] {
        let filling = |len: usize| text.repeat(len / text.len());
        let size = MB * 9 / 10;
        let title = |what: &str| -> &'static str {
            Box::leak(format!("{what} of {name}").into_boxed_str())
        };
        all.extend([
            Worst::new(title("2 MB"), filling(2 * MB), Either),
            Worst::new(title("a learner's name"), subject("name", &filling(size).into()), Either),
            Worst::new(title("a description"), subject("description", &filling(size).into()), Either),
            Worst::new(title("a presentation"), json!({ "type": "VerifiablePresentation", "verifiableCredential": filling(size) }).to_string(), Either),
            Worst::new(title("an envelope"), json!({ "type": "EnvelopedVerifiableCredential", "id": filling(size) }).to_string(), Either),
            Worst::new(title("470 alignments"), many(230, |_| json!({ "targetName": filling(4_000), "targetUrl": filling(1_900), "targetCode": filling(1_000) })), Either),
        ]);
    }
    all
}

fn prefixes(n: usize) -> String {
    (0..n).map(|n| format!("\"p{n}\":\"https://a.example/{n}/\"")).collect::<Vec<_>>().join(",")
}

fn languages(n: usize) -> Value {
    (0..n).map(|n| (format!("x-{n}"), Value::from("x"))).collect::<serde_json::Map<_, _>>().into()
}

fn identities(n: usize, len: usize) -> Value {
    (0..n).map(|n| json!({ "identityHash": format!("{}{n}", "a".repeat(len)) })).collect()
}

/// As many secrets and alignments, each as long as fits, and each secret nearly in each alignment.
fn secrets(n_secrets: usize, n_alignments: usize) -> String {
    let near = format!("https://a.example/{}", "a".repeat(1_800));
    let alignments: Vec<Value> = (0..n_alignments)
        .map(|n| json!({ "targetName": "x", "targetUrl": format!("{near}{n}") }))
        .collect();
    json!({
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {
            "identifier": identities(n_secrets, 1_000),
            "achievement": { "id": "https://issuer.example/1", "type": ["Achievement"], "name": "x", "alignment": alignments },
        },
    })
    .to_string()
}
