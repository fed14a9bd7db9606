//! Badges minted here against what is held here: every spelling, in everything that carries it, through every door.

mod asked;
mod door;
mod formats;
mod notices;
mod own;
mod real;
mod sites;
mod spelling;

use serde_json::{Value, json};

use crate::paths::minted::door::Doors;
use crate::paths::minted::spelling::Spelling;

const RESOURCES: &str = "https://credentialengineregistry.org/resources/";

/// An Open Badges 3.0 credential with these alignments. It says nothing about anybody.
fn badge(alignments: &[Value]) -> Value {
    json!({
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            { "res": RESOURCES },
        ],
        "id": "https://issuer.example/credentials/77",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": { "id": "https://issuer.example", "type": ["Profile"], "name": "The Loom Guild" },
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://issuer.example/achievements/1",
                "type": ["Achievement"],
                "name": "Works with care",
                "description": "Shown in the workshop",
                "criteria": { "narrative": "Work is shown" },
                "alignment": alignments,
            },
        },
    })
}

/// Reads a badge with these spellings in one carrier through every door, and holds each answer against what is expected.
#[track_caller]
fn check(doors: &Doors, (carrier, at): (&str, &str), bytes: &[u8], spellings: &[Spelling]) {
    let read = doors.read(carrier, bytes);
    let mentions = read["mentions"].as_array().unwrap().iter();
    let mut mentions = mentions.filter(|mention| mention["mention"]["site"] == "alignment");
    let mut wrong = String::new();
    for (number, spelling) in spellings.iter().enumerate() {
        let Some(mention) = mentions.next() else {
            panic!("{carrier}: {} is missing", spelling.label)
        };
        let pointer = format!("{at}/credentialSubject/achievement/alignment/{number}");
        assert_eq!(mention["mention"]["pointer"], pointer, "{carrier}: {}", spelling.label);
        assert_eq!(mention["asked"], true, "{carrier}: {}", spelling.label);
        let said = spelling.differs(&mention["resolution"]);
        wrong.extend(said.iter().flat_map(|said| [said.as_str(), "\n"]));
    }
    assert_eq!(wrong, "", "{carrier}");
    assert!(mentions.next().is_none(), "{carrier}");
}
