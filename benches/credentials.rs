//! Taking the identifiers out of credentials, kind by kind, beside parsing the JSON that is in them.
//!
//! A kind that the extractor does not read is named, with the reason, and left out.

use std::io::Write;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use criterion::Criterion;
use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};
use ontology::ler::extract;
use serde_json::{Value, json};

use crate::package::Item;
use crate::pair::{Pair, timed};

/// How many credentials one turn has.
const N_CREDENTIALS: usize = 200;

/// How many alignments a credential has.
const N_ALIGNMENTS: usize = 5;

/// A credential as it arrives, and the JSON that is in it.
struct Arrived {
    bytes: Vec<u8>,
    json: Vec<u8>,
}

impl Arrived {
    fn of(json: &Value) -> Self {
        let json = json.to_string().into_bytes();
        Self { bytes: json.clone(), json }
    }
}

/// Makes the credential of a number.
type Maker = fn(usize) -> Arrived;

const KINDS: [(&str, Maker); 8] = [
    ("Open Badges 3.0", |number| Arrived::of(&open_badge_3(number))),
    ("Open Badges 2.0", |number| Arrived::of(&open_badge_2(number))),
    ("CLR 2.0 of three badges", |number| Arrived::of(&clr(number))),
    ("LER-RS", |number| Arrived::of(&ler_rs(number))),
    ("ELM", |number| Arrived::of(&elm(number))),
    ("JWS", jws),
    ("baked PNG", png),
    ("baked SVG", svg),
];

/// Measures every kind.
pub(crate) fn measure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("credentials");
    group
        .sample_size(10)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(4));
    for (name, make) in KINDS {
        let arrived: Vec<Arrived> = (0..N_CREDENTIALS).map(make).collect();
        if let Err(refused) = extract(&arrived[0].bytes) {
            println!("{name}: not read: {refused}\n");
            continue;
        }
        Pair {
            name,
            unit: ("credentials", N_CREDENTIALS as f64),
            ours: &mut || timed(|| arrived.iter().map(|one| found(&one.bytes)).sum::<usize>()),
            floor: &mut || timed(|| arrived.iter().map(|one| parsed(&one.json)).sum::<usize>()),
        }
        .measure(&mut group);
    }
    group.finish();
}

fn found(bytes: &[u8]) -> usize {
    let n_found = extract(bytes).unwrap().mentions.len();
    assert!(n_found > 0, "a credential that names nothing measures nothing");
    n_found
}

fn parsed(json: &[u8]) -> usize {
    let value: Value = serde_json::from_slice(json).unwrap();
    std::hint::black_box(value).as_object().unwrap().len()
}

fn addresses(number: usize) -> impl Iterator<Item = (Item, String)> {
    (0..N_ALIGNMENTS).map(move |place| {
        let item = Item::of(number * N_ALIGNMENTS + place);
        let address = format!("https://case.bench.example/uri/{}", item.identifier);
        (item, address)
    })
}

fn open_badge_3(number: usize) -> Value {
    let alignments = addresses(number).map(|(item, address)| {
        json!({ "type": ["Alignment"], "targetUrl": address, "targetCode": item.code,
            "targetName": "Measures timber within an error", "targetFramework": "Invented Skills",
            "targetType": "CFItem" })
    });
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": format!("urn:uuid:{}", Item::of(number).identifier),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": "https://issuer.bench.example", "type": ["Profile"], "name": "A workshop" },
        "validFrom": "2025-01-01T00:00:00Z", "name": "Timber",
        "credentialSubject": {
            "id": format!("did:example:learner-{number}"), "type": ["AchievementSubject"],
            "achievement": {
                "id": format!("https://issuer.bench.example/achievements/{number}"),
                "type": ["Achievement"], "name": "Timber", "description": "Measures timber and cuts it",
                "criteria": { "narrative": "Measures, marks and cuts a beam." },
                "tag": ["timber", "measuring"], "alignment": alignments.collect::<Vec<_>>(),
            },
        },
    })
}

fn open_badge_2(number: usize) -> Value {
    let alignments = addresses(number).map(|(item, address)| {
        json!({ "targetUrl": address, "targetCode": item.code, "targetName": "Measures timber" })
    });
    json!({
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion",
        "id": format!("https://issuer.bench.example/assertions/{number}"),
        "recipient": { "type": "email", "hashed": true, "salt": "s", "identity": "sha256$00" },
        "issuedOn": "2025-01-01T00:00:00Z", "verification": { "type": "hosted" },
        "badge": {
            "type": "BadgeClass", "id": format!("https://issuer.bench.example/badges/{number}"),
            "name": "Timber", "description": "Measures timber", "image": "https://issuer.bench.example/i",
            "criteria": { "narrative": "Measures a beam." },
            "issuer": { "type": "Issuer", "id": "https://issuer.bench.example", "name": "A workshop" },
            "alignment": alignments.collect::<Vec<_>>(),
        },
    })
}

fn clr(number: usize) -> Value {
    let badges: Vec<Value> = (0..3).map(|place| open_badge_3(3 * number + place)).collect();
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"],
        "id": format!("urn:uuid:{}", Item::of(number).identifier),
        "type": ["VerifiableCredential", "ClrCredential"],
        "issuer": { "id": "https://issuer.bench.example", "type": ["Profile"], "name": "A workshop" },
        "name": "A record", "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("did:example:learner-{number}"), "type": ["ClrSubject"],
            "verifiableCredential": badges,
        },
    })
}

fn ler_rs(number: usize) -> Value {
    let skills = addresses(number).map(|(_, address)| {
        json!({ "name": "Measuring timber", "definitionReference": { "reference": address } })
    });
    json!({
        "@context": ["https://www.w3.org/2018/credentials/v1",
            "http://schema.hropenstandards.org/4.5/recruiting/json/VerifiableCredentialLER-RSType.json"],
        "type": ["VerifiableCredential", "LER-RS VC"], "issuer": "https://issuer.bench.example",
        "credentialSubject": {
            "type": "http://schema.hropenstandards.org/4.5/recruiting/json/LER-RSType.json",
            "documentId": { "value": Item::of(number).identifier },
            "person": { "name": { "formattedName": format!("Learner {number}") } },
            "skills": skills.collect::<Vec<_>>(),
        },
    })
}

fn elm(number: usize) -> Value {
    let skills = addresses(number).map(|(item, _)| {
        json!({ "id": format!("http://data.europa.eu/esco/skill/{}", item.identifier),
            "type": "Concept", "prefLabel": { "en": "measure timber" } })
    });
    json!({
        "@context": ["https://www.w3.org/2018/credentials/v1",
            "http://data.europa.eu/snb/model/context/edc-ap"],
        "id": format!("urn:credential:{}", Item::of(number).identifier),
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "credentialSubject": {
            "id": format!("urn:epass:person:{number}"), "type": "Person",
            "hasClaim": [{
                "id": "urn:epass:learningAchievement:1", "type": "LearningAchievement",
                "title": { "en": "Timber" },
                "specifiedBy": {
                    "id": "urn:epass:learningAchievementSpec:1", "type": "LearningAchievementSpecification",
                    "title": { "en": "Timber" },
                    "learningOutcome": [{ "id": "urn:epass:learningOutcome:1", "type": "LearningOutcome",
                        "title": { "en": "Measures" }, "relatedESCOSkill": skills.collect::<Vec<_>>() }],
                },
            }],
        },
    })
}

fn jws(number: usize) -> Arrived {
    let json = open_badge_3(number).to_string().into_bytes();
    let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let text = [encode(br#"{"alg":"RS256","typ":"JWT"}"#), encode(&json), encode(&[7; 256])];
    Arrived { bytes: text.join(".").into_bytes(), json }
}

/// A picture of one point, with the credential in a chunk of
/// [text](https://www.imsglobal.org/spec/ob/v3p0/#png).
fn png(number: usize) -> Arrived {
    let json = open_badge_3(number).to_string().into_bytes();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut bytes, *b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
    chunk(&mut bytes, *b"iTXt", &[b"openbadgecredential\0\0\0\0\0".as_slice(), &json].concat());
    let mut points = ZlibEncoder::new(Vec::new(), Compression::default());
    points.write_all(&[0, 0]).unwrap();
    chunk(&mut bytes, *b"IDAT", &points.finish().unwrap());
    chunk(&mut bytes, *b"IEND", &[]);
    Arrived { bytes, json }
}

fn chunk(bytes: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    bytes.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
    bytes.extend(kind);
    bytes.extend_from_slice(data);
    bytes.extend(crc.sum().to_be_bytes());
}

fn svg(number: usize) -> Arrived {
    let json = open_badge_3(number).to_string();
    let text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\">\
         <openbadges:credential><![CDATA[{json}]]></openbadges:credential><circle r=\"9\"/></svg>"
    );
    Arrived { bytes: text.into_bytes(), json: json.into_bytes() }
}
