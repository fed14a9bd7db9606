//! What is asked about a badge says all that the badge is judged by: no door knows more than another.

use serde_json::{Value, json};

use crate::paths::minted::badge;
use crate::paths::minted::notices::{REGISTRY, address, ctid, doors, kinds, read};

#[test]
fn a_description_counts_at_every_door() {
    let alignment = json!({
        "targetUrl": address(1, 2), "targetName": "Sheet bends", "targetDescription": "Ties a sheet bend",
    });
    assert_eq!(kinds(&read(&doors(), &alignment)), Vec::<&str>::new());
}

#[test]
fn the_name_of_a_skill_counts_alike_at_every_door() {
    let record = json!({
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential", "LER-RS VC"],
        "credentialSubject": { "skills": [{
            "name": "Knots", "definitionReference": { "reference": address(1, 2) },
        }] },
    });
    doors().read("a skill", record.to_string().as_bytes());
}

#[test]
fn the_type_of_an_achievement_counts_alike_at_every_door() {
    let doors = doors();
    let mut badge = badge(&[]);
    let achievement = &mut badge["credentialSubject"]["achievement"];
    achievement["id"] = format!("{REGISTRY}/{}", ctid(4)).into();
    achievement["achievementType"] = "Course".into();
    let read = doors.read("an achievement", badge.to_string().as_bytes());
    let mentions = read["mentions"].as_array().unwrap();
    let own: Vec<&Value> =
        mentions.iter().filter(|mention| mention["mention"]["site"] == "achievementId").collect();
    assert_eq!(kinds(&own[0]["resolution"]), ["type_mismatch"], "{own:?}");
}
