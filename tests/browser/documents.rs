//! Documents on which the module and the library have to agree.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::support::shared;

/// The badges of the demonstration, and the samples of others where they are at hand.
pub(super) fn badges() -> Vec<Vec<u8>> {
    let mut documents = below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("demo/badges"));
    for folder in ["credentials", "abuse"].iter().filter_map(|name| shared(name)) {
        documents.extend(below(&folder));
    }
    documents
}

/// Every file below a folder that is not too large to be looked at here, in the order of the paths.
fn below(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        for path in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let files = paths.into_iter().map(|path| fs::read(path).unwrap());
    files.filter(|bytes| bytes.len() < 600_000).collect()
}

/// What no badge should be, and what JSON leaves to whoever reads it.
pub(super) fn dirt() -> Vec<Vec<u8>> {
    let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    let named =
        |name: &str| format!(r#"{{"achievement":{{"name":"A","id":"urn:a","alignment":{name}}}}}"#);
    let mut texts: Vec<String> = [
        "", " ", "\u{feff}", "\u{feff}{}", "\u{feff}\u{feff}{}", "{}", "[]", "null", "1", "\"a\"", "{", "[1,]", "{\"a\":1,}",
        "{\"a\" 1}", "[1 2]", "{}{}", "{} x", "nul", "truefalse", "<svg/>", "<a>", "%PDF", "VP1-ABC", "VP1-",
        "https://a.example/b", "https://a.example/b c", "eyJ.eyJ.a", "eyJ.a.b.c.d", "eyJ.a.b~c~", "\u{c}{}", "{}\u{c}", "\u{a0}{}",
        r#"{"achievement":{"id":"\ud800"}}"#, r#"{"achievement":{"id":"\udc00\ud800"}}"#, r#"{"achievement":{"id":"\ud83d\ude00"}}"#,
        r#"{"achievement":{"id":"\u00zz"}}"#, r#"{"achievement":{"id":"\x"}}"#, "{\"achievement\":{\"id\":\"a\nb\"}}",
        r#"{"achievement":{"id":"urn:a","id":"urn:b"}}"#, r#"{"achievement":{"2":1,"1":2,"tag":["b","a"],"id":"urn:a"}}"#,
        r#"{"__proto__":{"achievement":1},"achievement":{"__proto__":1,"constructor":2,"id":"urn:a"}}"#,
    ]
    .map(str::to_owned)
    .to_vec();
    texts.extend([31, 32, 33, 200].map(deep));
    let numbers = [
        "0",
        "-0",
        "1",
        "-1",
        "1.0",
        "0.1",
        "1e2",
        "1E+2",
        "1e-2",
        "1e15",
        "1e16",
        "1e17",
        "1e300",
        "1e308",
        "1e309",
        "1e400",
        "-1e400",
        "0e400",
        "1e-400",
        "123456789.125",
        "0.00001",
        "0.000001",
        "1.5e-7",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "-9223372036854775809",
        "18446744073709551615",
        "18446744073709551616",
        "99999999999999999999999999",
        "99999999999999999999999999.99e-3",
        "0.30000000000000004",
        "3.14159265358979323846264338327950288",
        "123456789012345678",
        "12345678901234567.5",
        "5e-324",
        "2.2250738585072011e-308",
        "1e99999999999",
        "1e-99999999999",
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "1e+",
        "1.e1",
        "0x1",
        "Infinity",
        "NaN",
        "1_0",
        "--1",
        "1-1",
    ];
    texts.extend(numbers.map(|number| named(&format!(r#"{{"targetName":{number}}}"#))));
    texts.extend(WORDS.map(|word| {
        let word = Value::from(word);
        named(&format!(r#"[{word},{{"targetUrl":{word}}},{{"targetCode":{word},"targetName":{word},"targetType":{word}}}]"#))
    }));
    texts.extend(WORDS.map(|word| {
        let leaks = json!([word, word.to_uppercase(), format!("https://a.example/{word}/x"), format!("x {word} y")]);
        let subject = json!({"id": word, "name": word, "givenName": "Ada", "familyName": word, "achievement": {
            "id": word, "name": word, "tag": leaks, "alignment": leaks, "criteria": word, "related": leaks,
            "otherIdentifier": [{"identifier": word, "identifierType": word}, {"identifier": word, "identifierType": "ext:schemeAgencyId"}],
        }});
        json!({"id": word, "credentialSubject": subject, "issuer": {"id": word, "type": "Person"}}).to_string()
    }));
    let mut documents: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    documents.extend([
        b"\xff".to_vec(),
        b"{\"achievement\":{\"id\":\"\xff\"}}".to_vec(),
        b"\x89PNG\r\n\x1a\n".to_vec(),
    ]);
    documents.extend([
        vec![b' '; 3 << 20],
        vec![b'['; 100_000],
        many_alignments(500),
        many_alignments(501),
    ]);
    documents
}

fn many_alignments(n: usize) -> Vec<u8> {
    let alignments: Vec<Value> = (0..n).map(|at| json!({"targetName": at})).collect();
    json!({"achievement": {"alignment": alignments}}).to_string().into_bytes()
}

/// Words that are written in many ways, and words that are about people.
const WORDS: [&str; 52] = [
    "",
    " ",
    "%",
    "%%40",
    "@",
    "a@b.example",
    "a b@c.d e",
    "Achievement",
    "did:key:z",
    "did:web:a",
    "did:web:a.example:learner",
    "en",
    "https://a.example/%zz?b=c#d",
    "https://a.example/1?learner=5",
    "http://[::1",
    "http://[::1]/a",
    "http://[::ffff:10.0.0.1]/",
    "http://[1:2:3:4:5:6:7:8]/",
    "http://[1::2::3]/",
    "http://[::1.2.3.4]/",
    "http://127.1/",
    "http://0x7f.1/",
    "http://10.0.0.1/",
    "http://172.32.0.1/",
    "http://a.local./",
    "localhost:8080/1",
    "https:\\\\a@b",
    "https://u:p@b.example/",
    "mailto:a",
    "MAILTO:a",
    "ce-12345678-1234-1234-1234-123456789abc",
    "res:a",
    "https://a.example/",
    "//",
    ":",
    "::",
    "\u{ff20}",
    "É/ß?ı#İ",
    "ΑΣ ΑΣΑ Σ",
    "ﬁ ǅ Ⅷ",
    "e\u{301}\u{200b}\u{feff}x",
    "\u{85}a\u{85}",
    "\u{2028}a\u{3000}",
    "😀 https://😀.example/",
    "𝒳y?z",
    "%F0%9F%98%80%ff%c3%28",
    "%2525252540",
    "urn:uuid:0b5c8c3a-52af-4a51-8a2e-6c6f5d3f7b10",
    "http:\t//a.example/b",
    "  http://x?y",
    "http:é?x",
    "canada example",
];

/// A fixed row of numbers ([SplitMix64](https://dl.acm.org/doi/10.1145/2714064.2660195)).
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`.
    pub(super) fn roll(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % (end.max(1) as u64)).unwrap()
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
}

/// A document with a few bytes changed, or a few of its members if it is JSON.
pub(super) fn mutated(document: &[u8], dice: &mut Dice) -> Vec<u8> {
    let n_changes = 1 + dice.roll(4);
    if let (Ok(mut value), 1..) = (serde_json::from_slice::<Value>(document), dice.roll(4)) {
        for _ in 0..n_changes {
            change(&mut value, dice);
        }
        return value.to_string().into_bytes();
    }
    let mut bytes = document.to_vec();
    for _ in 0..n_changes {
        let at = dice.roll(bytes.len());
        match dice.roll(4) {
            0 if at < bytes.len() => bytes[at] ^= 1 << dice.roll(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.splice(at..at, *b"\"}]")),
            _ => drop(bytes.drain(at..(at + dice.roll(9)).min(bytes.len()))),
        }
    }
    bytes
}

/// Changes a value somewhere inside.
fn change(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Object(object) if !object.is_empty() && dice.roll(8) > 0 => {
            let keys: Vec<String> = object.keys().cloned().collect();
            let key = dice.pick(&keys);
            match dice.roll(8) {
                0 => drop(object.remove(&key)),
                1 => rename(object, &key, dice.pick(&KEYS)),
                _ => change(&mut object[&key], dice),
            }
        }
        Value::Array(list) if !list.is_empty() && dice.roll(8) > 0 => {
            let at = dice.roll(list.len());
            change(&mut list[at], dice);
        }
        leaf => *leaf = other(leaf, dice),
    }
}

fn rename(object: &mut Map<String, Value>, key: &str, name: &str) {
    if let Some(value) = object.remove(key) {
        object.insert(name.to_owned(), value);
    }
}

fn other(leaf: &Value, dice: &mut Dice) -> Value {
    match dice.roll(9) {
        0 => Value::Null,
        1 => json!([leaf, leaf]),
        2 => json!({"id": leaf}),
        3 => json!({"en": leaf, "nl": leaf}),
        4 => json!({"@value": leaf}),
        5 => json!({"type": dice.pick(&TYPES), "id": leaf, "name": leaf}),
        6 => json!(dice.roll(100)),
        _ => Value::from(dice.pick(&WORDS)),
    }
}

const KEYS: [&str; 42] = [
    "@context",
    "@id",
    "@language",
    "@value",
    "achievement",
    "achievements",
    "achievementType",
    "alignment",
    "alignments",
    "assertion",
    "assertions",
    "badge",
    "credential",
    "credentialSubject",
    "criteria",
    "evidence",
    "hasClaim",
    "holder",
    "id",
    "identifier",
    "inLanguage",
    "issuer",
    "learner",
    "learnerRecord",
    "name",
    "otherIdentifier",
    "payload",
    "recipient",
    "related",
    "result",
    "results",
    "signedAssertion",
    "skills",
    "specifiedBy",
    "sub",
    "tag",
    "targetCode",
    "targetName",
    "targetUrl",
    "type",
    "vc",
    "verifiableCredential",
];
const TYPES: [&str; 18] = [
    "Achievement",
    "Alignment",
    "AlignmentObject",
    "Assertion",
    "BadgeClass",
    "Clr",
    "ClrCredential",
    "EndorsementCredential",
    "EnvelopedVerifiableCredential",
    "EuropeanDigitalCredential",
    "LearnerRecordWrapper",
    "LER-RS VC",
    "OpenBadgeCredential",
    "Person",
    "Profile",
    "VerifiableCredential",
    "VerifiablePresentation",
    "ceterms:Certificate",
];
