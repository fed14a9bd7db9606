//! Credentials in everything that carries them, each with the place at which the credential is read there.
//!
//! Nothing is signed: nobody who reads these looks at a signature. What stands around the credential is about a learner,
//! and has [`MARK`] in it.

pub(crate) mod picture;
pub(crate) mod token;

use serde_json::{Value, json};

use crate::support::carried::picture::{Chunk, png, svg_body, svg_verify};
use crate::support::carried::token::{jws, sd_jwt};

/// Stands in everything that a carrier adds and that is nobody else's business.
pub(crate) const MARK: &str = "quillzephyr";

const VC_1: &str = "https://www.w3.org/2018/credentials/v1";
const VC_2: &str = "https://www.w3.org/ns/credentials/v2";

/// One way to carry a credential.
pub(crate) struct Carrier {
    pub name: &'static str,
    /// The JSON pointer of the credential in what is carried.
    pub pointer: &'static str,
    pub pack: fn(&Value) -> Vec<u8>,
}

/// Every way to carry an Open Badges 3.0 credential.
pub(crate) const CARRIERS: [Carrier; 37] = [
    Carrier { name: "json", pointer: "", pack: text },
    Carrier { name: "byte-order-mark", pointer: "", pack: marked },
    Carrier { name: "array", pointer: "/0", pack: |badge| text(&json!([badge])) },
    Carrier { name: "array-of-tokens", pointer: "/0", pack: |badge| text(&json!([jws(badge)])) },
    Carrier {
        name: "api",
        pointer: "/credential/0",
        pack: |badge| text(&json!({ "credential": [badge] })),
    },
    Carrier {
        name: "api-token",
        pointer: "/compactJwsString/0/vc",
        pack: |badge| text(&json!({ "compactJwsString": [jws(&claims(badge))] })),
    },
    Carrier {
        name: "api-tokens",
        pointer: "/compactJwsStrings/0",
        pack: |badge| text(&json!({ "credential": [], "compactJwsStrings": [jws(badge)] })),
    },
    Carrier { name: "jwt-1.1", pointer: "/vc", pack: |badge| jws(&claims(badge)).into_bytes() },
    Carrier {
        name: "jwt-2.0",
        pointer: "",
        pack: |badge| format!("\n{}\n", jws(badge)).into_bytes(),
    },
    Carrier {
        name: "vp-1.1",
        pointer: "/verifiableCredential/0",
        pack: |badge| text(&presentation(VC_1, &json!([badge]))),
    },
    Carrier {
        name: "vp-2.0-single",
        pointer: "/verifiableCredential",
        pack: |badge| text(&presentation(VC_2, badge)),
    },
    Carrier {
        name: "vp-of-tokens",
        pointer: "/verifiableCredential/0/vc",
        pack: |badge| text(&presentation(VC_1, &json!([jws(&claims(badge))]))),
    },
    Carrier {
        name: "vp-token",
        pointer: "/vp/verifiableCredential/0/vc",
        pack: |badge| presentation_token(&json!([jws(&claims(badge))])).into_bytes(),
    },
    Carrier {
        name: "vp-token-2.0",
        pointer: "/verifiableCredential/0",
        pack: |badge| jws(&presentation(VC_2, &json!([badge]))).into_bytes(),
    },
    Carrier {
        name: "wallet",
        pointer: "/vp/verifiableCredential/0",
        pack: |badge| text(&json!({ "vp": presentation(VC_2, &json!([badge])) })),
    },
    Carrier { name: "enveloped", pointer: "/id", pack: |badge| text(&enveloped(badge)) },
    Carrier {
        name: "vp-of-enveloped",
        pointer: "/verifiableCredential/0/id",
        pack: |badge| text(&presentation(VC_2, &json!([enveloped(badge)]))),
    },
    Carrier {
        name: "enveloped-vp",
        pointer: "/id/verifiableCredential/0",
        pack: |badge| text(&enveloped_presentation(badge)),
    },
    Carrier { name: "sd-jwt", pointer: "", pack: |badge| sd_jwt(badge).into_bytes() },
    Carrier {
        name: "vp-of-sd-jwt",
        pointer: "/verifiableCredential/0/id",
        pack: |badge| text(&presentation(VC_2, &json!([enveloped_sd_jwt(badge)]))),
    },
    Carrier {
        name: "jades",
        pointer: "/payload",
        pack: |badge| {
            text(
                &json!({ "payload": badge.to_string(), "signatures": [{ "protected": "e30", "signature": MARK }] }),
            )
        },
    },
    Carrier { name: "json-jws", pointer: "/payload", pack: |badge| text(&token::flattened(badge)) },
    Carrier {
        name: "elm-wrapper",
        pointer: "/credential",
        pack: |badge| text(&json!({ "credential": badge })),
    },
    Carrier {
        name: "png",
        pointer: "",
        pack: |badge| png(&[Chunk::plain("openbadgecredential", &badge.to_string())]),
    },
    Carrier {
        name: "png-token",
        pointer: "/vc",
        pack: |badge| png(&[Chunk::plain("openbadgecredential", &jws(&claims(badge)))]),
    },
    Carrier {
        name: "png-compressed",
        pointer: "",
        pack: |badge| png(&[Chunk::squeezed("openbadgecredential", &badge.to_string())]),
    },
    Carrier {
        name: "png-twice",
        pointer: "",
        pack: |badge| {
            png(&[
                Chunk::plain("Comment", MARK),
                Chunk::plain("openbadgecredential", &badge.to_string()),
                Chunk::plain("openbadgecredential", "{}"),
            ])
        },
    },
    Carrier {
        name: "png-clr",
        pointer: "/credentialSubject/verifiableCredential/0",
        pack: |badge| png(&[Chunk::plain("clrcredential", &clr(badge).to_string())]),
    },
    Carrier {
        name: "svg-verify",
        pointer: "/vc",
        pack: |badge| {
            svg_verify("https://purl.imsglobal.org/ob/v3p0", "credential", &jws(&claims(badge)))
        },
    },
    Carrier {
        name: "svg-body",
        pointer: "",
        pack: |badge| {
            svg_body("https://purl.imsglobal.org/ob/v3p0", "credential", &badge.to_string())
        },
    },
    Carrier {
        name: "svg-clr",
        pointer: "/credentialSubject/verifiableCredential/0",
        pack: |badge| {
            svg_body("https://purl.imsglobal.org/clr/v2p0", "credential", &clr(badge).to_string())
        },
    },
    Carrier {
        name: "clr",
        pointer: "/credentialSubject/verifiableCredential/0",
        pack: |badge| text(&clr(badge)),
    },
    Carrier {
        name: "clr-of-tokens",
        pointer: "/credentialSubject/verifiableCredential/0/vc",
        pack: |badge| text(&clr(&jws(&claims(badge)).into())),
    },
    Carrier {
        name: "ler-rs",
        pointer: "/credentialSubject/certifications/0/verifications/0",
        pack: |badge| {
            text(&ler_rs(
                &json!({ "certifications": [{ "name": "A certificate", "verifications": [badge] }] }),
            ))
        },
    },
    Carrier {
        name: "ler-rs-nested",
        pointer: "/credentialSubject/lerrsType/skills/0/verifications/0/Verification",
        pack: |badge| {
            text(&ler_rs(
                &json!({ "lerrsType": { "skills": [{ "name": "Sewing", "verifications": [{ "Verification": badge }] }] } }),
            ))
        },
    },
    Carrier {
        name: "ler-wrapper",
        pointer: "/learnerRecord/0/payload/data",
        pack: |badge| text(&wrapper(badge)),
    },
    Carrier {
        name: "ler-wrapper-text",
        pointer: "/learnerRecord/0/payload/data",
        pack: |badge| text(&wrapper(&badge.to_string().into())),
    },
];

fn text(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn marked(badge: &Value) -> Vec<u8> {
    format!("\u{FEFF} \r\n{badge:#}\n").into_bytes()
}

/// The claims of a token that carries a credential of version 1.1.
pub(crate) fn claims(badge: &Value) -> Value {
    json!({
        "iss": "https://issuer.example",
        "sub": format!("did:example:{MARK}"),
        "jti": format!("urn:token:{MARK}"),
        "nbf": 1_700_000_000,
        "vc": badge,
    })
}

fn presentation(context: &str, credentials: &Value) -> Value {
    json!({
        "@context": [context],
        "id": format!("urn:presentation:{MARK}"),
        "type": ["VerifiablePresentation"],
        "holder": { "id": format!("did:example:{MARK}"), "name": MARK },
        "verifiableCredential": credentials,
        "proof": { "type": "DataIntegrityProof", "verificationMethod": format!("did:example:{MARK}#1"), "proofValue": MARK },
    })
}

fn presentation_token(credentials: &Value) -> String {
    jws(&json!({
        "iss": format!("did:example:{MARK}"),
        "nonce": MARK,
        "vp": presentation(VC_1, credentials),
    }))
}

fn enveloped(badge: &Value) -> Value {
    json!({
        "@context": VC_2,
        "type": "EnvelopedVerifiableCredential",
        "id": format!("data:application/vc+jwt,{}", jws(badge)),
    })
}

fn enveloped_sd_jwt(badge: &Value) -> Value {
    json!({
        "@context": VC_2,
        "type": ["EnvelopedVerifiableCredential"],
        "id": format!("data:application/vc+sd-jwt,{}", sd_jwt(badge)),
    })
}

fn enveloped_presentation(badge: &Value) -> Value {
    let presentation = jws(&presentation(VC_2, &json!([badge])));
    json!({
        "@context": VC_2,
        "type": "EnvelopedVerifiablePresentation",
        "id": format!("data:application/vp+jwt,{presentation}"),
    })
}

/// A Comprehensive Learner Record 2.0 around a credential.
fn clr(badge: &Value) -> Value {
    json!({
        "@context": [VC_2, "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"],
        "id": format!("urn:clr:{MARK}"),
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": format!("Record of {MARK}"),
        "issuer": { "id": "https://school.example", "type": ["Profile"], "name": "A School" },
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": {
            "id": format!("did:example:{MARK}"),
            "type": ["ClrSubject"],
            "verifiableCredential": [badge],
        },
    })
}

/// A record of HR Open in a credential.
fn ler_rs(subject: &Value) -> Value {
    let mut subject = subject.clone();
    subject["person"] = json!({ "name": { "formattedName": MARK }, "id": { "value": MARK } });
    subject["communication"] =
        json!({ "email": [{ "address": format!("{MARK}@people.example") }] });
    json!({
        "@context": [VC_2],
        "id": format!("urn:record:{MARK}"),
        "type": ["VerifiableCredential", "LER-RS VC"],
        "issuer": "https://school.example",
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": subject,
    })
}

/// A wrapper of the T3 network.
fn wrapper(data: &Value) -> Value {
    json!({
        "@context": [VC_1],
        "id": format!("urn:wrapper:{MARK}"),
        "type": ["VerifiableCredential", "LearnerRecordWrapper"],
        "description": format!("conferred to {MARK}"),
        "issuer": "https://school.example",
        "learnerRecord": [{
            "POCid": MARK,
            "payload": { "type": "OpenBadge", "format": "application/json", "data": data },
        }],
    })
}
