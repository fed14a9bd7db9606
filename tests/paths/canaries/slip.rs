//! Slips that are harder to see: a fragment that is a path to somebody, a number of the learner's inside an address.

use serde_json::{Value, json};

use crate::paths::canaries::outlet::Outlets;
use crate::paths::canaries::word::Canaries;
use crate::paths::canaries::{Planted, check_silent, held};

#[track_caller]
fn check(subject: &Value, alignments: &[Value]) {
    let mut subject = subject.clone();
    subject["achievement"] =
        json!({ "id": "https://issuer.example/1", "name": "Knots", "alignment": alignments });
    let badge = json!({ "type": ["VerifiableCredential", "OpenBadgeCredential"], "credentialSubject": subject });
    let data = held();
    check_silent(&Outlets::new(&data).on_the_command_line(&Planted::of("slips", &badge)).1);
}

#[test]
fn a_fragment_that_leads_to_a_learner_is_cut_off() {
    let canaries = Canaries::default();
    let alignments = ["user", "learner", "student"].map(|segment| {
        let url = format!("https://framework.example/1#/{segment}/{}", canaries.word());
        json!({ "targetName": "Ties a knot", "targetUrl": url })
    });
    check(&json!({}), &alignments);
}

#[test]
fn a_licence_number_inside_an_address_or_a_code_is_withheld() {
    let licence = Canaries::default().number().to_string();
    let alignments = [
        json!({ "targetName": "Ties a knot", "targetUrl": format!("https://framework.example/of/{licence}") }),
        json!({ "targetName": "Ties a knot", "targetCode": format!("L {licence}") }),
    ];
    check(&json!({ "licenseNumber": licence }), &alignments);
}
