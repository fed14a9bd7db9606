//! The signature that the envelopes of a registry carried until September 2025.
//!
//! An old envelope has its record twice: readable in `decoded_resource`, and in `resource` as a compact
//! [JWS](https://www.rfc-editor.org/rfc/rfc7515#section-7.1) whose payload is the record as it was published, with the key in
//! `resource_public_key`. No list of keys was ever published, and the key travels with what it signs: a good signature shows that both texts are from
//! one hand, and not whose hand it is. Nothing here is a condition for reading a record, and no claim of the token is looked at: the payload is
//! no set of claims, and has no date to expire.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde_json::{Map, Number, Value};

use crate::envelope::Signature;

/// The longest key that is looked at, in PEM; one of 8192 bits has less than 2 kB.
const MAX_KEY: usize = 16 << 10;

/// The two forms of a public key for RSA: [PKCS#1 and SubjectPublicKeyInfo](https://www.rfc-editor.org/rfc/rfc7468#section-13).
const KEY_LABELS: [&str; 2] = ["RSA PUBLIC KEY", "PUBLIC KEY"];

/// Checks the signature of an envelope against its own key, and what was signed against what can be read.
///
/// - Prose in the place of a token (`encoded version of document`) is no signature that fails but none at all, and so is
///   prose in the place of a key. What begins as a token and is none, or what begins as a key, is [invalid](Signature::Invalid).
/// - Only RS256 counts, with a key of 2048 to 8192 bits; an `alg` of `none` or of any other name is invalid, and so is a
///   header with [`crit`](https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11), of which nothing is understood here.
/// - The texts are compared as JSON: neither the order of members counts nor the spelling of numbers (`3.0` is `3`).
/// - Within `@context` the schemes `http` and `https` are one: the same context is published under both, the registry wrote one
///   for the other in every envelope that is known, and a record means the same under each. Everywhere else they differ.
pub(crate) fn check(
    resource: Option<&str>,
    public_key: Option<&str>,
    decoded_resource: &Value,
) -> Signature {
    let token = resource.map(str::trim).filter(|text| begins_as_token(text));
    let key = public_key.and_then(|text| KEY_LABELS.iter().find_map(|label| pem(text, label)));
    let (Some(token), Some(key)) = (token, key) else { return Signature::Absent };
    let Some(payload) = verified_payload(token, key) else { return Signature::Invalid };
    match serde_json::from_slice::<Value>(&payload) {
        Ok(signed) if is_same(&signed, decoded_resource) => Signature::VerifiedEqual,
        _ => Signature::VerifiedDiffers,
    }
}

/// Whether a text begins as a token does: base64url of an object, then a full stop, and nowhere white space.
fn begins_as_token(text: &str) -> bool {
    let begins_with_brace = matches!(text.as_bytes(), [b'e', b'w'..=b'z' | b'3', ..]);
    begins_with_brace && text.contains('.') && !text.contains(char::is_whitespace)
}

/// The base64 between the lines of [PEM](https://www.rfc-editor.org/rfc/rfc7468) with this label; `None` where it does not begin.
fn pem<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let (_, body) = text.split_once(&format!("-----BEGIN {label}-----"))?;
    // What does not end is a damaged key, and no prose.
    Some(body.split_once(&format!("-----END {label}-----")).map_or("", |(body, _)| body))
}

/// The payload of a compact JWS that is good under the key.
fn verified_payload(token: &str, key: &str) -> Option<Vec<u8>> {
    let (message, signature) = token.rsplit_once('.')?;
    let (header, payload) = message.split_once('.')?;
    let header: Map<String, Value> =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    let is_rs256 = header.get("alg").and_then(Value::as_str) == Some("RS256");
    if !is_rs256 || header.contains_key("crit") {
        return None;
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    let key = decoding_key(key)?;
    // The provider is named, so that no state of the process and no feature of another crate decides who verifies.
    let verifier = (DEFAULT_PROVIDER.verifier_factory)(&Algorithm::RS256, &key).ok()?;
    verifier.verify(message.as_bytes(), &signature).ok()?;
    URL_SAFE_NO_PAD.decode(payload).ok()
}

/// Reads a key without looking into its ASN.1: the library that verifies tells both forms apart by itself, and no parser of ours
/// walks through what a stranger has nested.
fn decoding_key(body: &str) -> Option<DecodingKey> {
    if body.len() > MAX_KEY {
        return None;
    }
    let body: String = body.split_whitespace().collect();
    Some(DecodingKey::from_rsa_der(&STANDARD.decode(body).ok()?))
}

/// Whether two values say the same.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => is_same_number(a, b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same_member(key, a, b)))
        }
        _ => a == b,
    }
}

fn is_same_member(key: &str, a: &Value, b: &Value) -> bool {
    if key == "@context" { is_same_context(a, b) } else { is_same(a, b) }
}

/// Whether two values of `@context` are the same, whatever the scheme of the addresses in them.
fn is_same_context(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::String(a), Value::String(b)) => without_scheme(a) == without_scheme(b),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same_context(a, b))
        }
        _ => is_same(a, b),
    }
}

fn without_scheme(address: &str) -> &str {
    let schemes = ["https://", "http://"];
    schemes.iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address)
}

/// Whether two numbers are equal. Whole numbers are compared as they are; where one has a fraction, or could, both are.
fn is_same_number(a: &Number, b: &Number) -> bool {
    a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    // Made for these tests with OpenSSL from keys that were thrown away.

    /// Signed with RS256.
    const TOKEN: &str = "\
        eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.ew0KICAiQGNvbnRleHQiOiAiaHR0cDovL2NyZWRyZWcubmV0L2N0ZGwvc2N\
        oZW1hL2NvbnRleHQvanNvbiIsDQogICJAZ3JhcGgiOiBbeyJjZXRlcm1zOm5hbWUiOiB7ImVuIjogIktub3RzIn0sICJuIjo\
        gWzMuMCwgMTJdfV0NCn0.aPLuEA-lv9eCkTZ4gOvqHP_xLsOttvbUYJCwm_0IxO_Grsq9UEelczfLaltoFWYLtegx9fb31mZ\
        PODUje5zEobvPKQC_3nlwtJuVENKQ5So3C6XfKwpRIseFSa48GNN2wTRKqoRxRdqZS4TmwSxNUkG0qEAPGVsQ2dlg2Jq75Tl\
        oy4AhZAa2NOnrOW5Sqj_JcBJ0ddfXyjR49wRsxQv4iHC-5t-Qrw8WW8J-xgKAlnkJh-j4GRlC3bhONLoecoJIEinB-zQ241B\
        inV01-boFJSg6Ae8TdUs2uLZNxDV4fE_Uy9BNAhfymFAV2ViwdQiF49VL7N8R5fftQhhHBVf5Ew";

    /// The same payload, signed with RS512.
    const OF_RS512: &str = "\
        eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.ew0KICAiQGNvbnRleHQiOiAiaHR0cDovL2NyZWRyZWcubmV0L2N0ZGwvc2N\
        oZW1hL2NvbnRleHQvanNvbiIsDQogICJAZ3JhcGgiOiBbeyJjZXRlcm1zOm5hbWUiOiB7ImVuIjogIktub3RzIn0sICJuIjo\
        gWzMuMCwgMTJdfV0NCn0.lbvlQjwt2Oz61K5vOFXIjt0_8st-cublRCILsaUpz8yW8nGIWa2K1tbJmCCTx9Oe-KbujbZi-WG\
        xngib8ydfZwImFnXolLoeyBJSPlx-XV4P2ye5oO7ZGNB-oUZVJ-Jmy66zmaPw1LPq6ZDr1QzyZ7aELnHqQSdFvl9VVFY54zP\
        foYouBX5ElNUT6jHHS-gekpyZ2BrzQXNMk3VK7B-WzLbEzIlUoDd5EFhlHcrZgeTXQSYxYuCWKPqWdWV2MoUcpZul3uP6uoz\
        P6KeiwU1ulesD7yzSwiDLcQ28TGZFuuvSRFc7AyC-t4Dj-5lKJk6mtpbSi4Nb0eDc5X6R_Y_nKw";

    /// The same payload, signed with RS256 under a header with `crit`.
    const OF_CRIT: &str = "\
        eyJhbGciOiJSUzI1NiIsImNyaXQiOlsiYjY0Il0sImI2NCI6ZmFsc2V9.ew0KICAiQGNvbnRleHQiOiAiaHR0cDovL2NyZWR\
        yZWcubmV0L2N0ZGwvc2NoZW1hL2NvbnRleHQvanNvbiIsDQogICJAZ3JhcGgiOiBbeyJjZXRlcm1zOm5hbWUiOiB7ImVuIjo\
        gIktub3RzIn0sICJuIjogWzMuMCwgMTJdfV0NCn0.XUK4R0veWu0-KWsYACh0QYbKskcG9PBloROdMTnzvWtH2BWsQVNOnEQ\
        FZWDGpwRsYGxEXYWP5-ZX6__LRl3k3xyht3uDYWNc5GEGYNOcJ6IfxisDzG8GNK6p_yuflL-bmgfgSP7vhgAHKTy3ZUwdeTy\
        9hjMX8MEeRuBdiOn_pQR7bxKdOwNzVghv7_bJu7t-L5vHIbeUKDWgufYAC2IE_oAPWbkHjdOW7qmEgu3irAnuBnzF9TWtgua\
        JdT-CeDkBx-2pCcYNnCekPSXgjyy3wM8aSeq7BZHFxwP9JJdXSzqVdmVIWfmTYbdbhaBHE6r7BXqcphoU7jinx-FAjeRaaw";

    /// A payload that is no JSON.
    const OF_PROSE: &str = "\
        eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.bm8gSlNPTiBhdCBhbGw.JL9fvMCiz602RNG605Fnv8fHD4qes7Jv2F0kz2t\
        -T10AuYd4oPgiFe0mGTU359Zw4lGRExidQNy09eF1S5sep7w5Tn3nvE28K_EPiKWAsMPLsLIkyCymKeTZtCEf-6eMg5AHwGd\
        cv_8UxmeIbNJB28kL_tZpF-nDz7qdHTy6urOJDpaursOwAsOv-gBBy5uklYmSb8vXEgJSTJKEygYoPy2OtPVmufbpC2KbrZ0\
        El7QaYJrETXQAEH48qKScZRULHfMRQ5zuzs9QqJsuaDptotPWmlP3cGd-RwQKajHIbtCliTGIfbRZmJen2O3PLr_sVpcL7Nz\
        bfPYCUN4pCJnrNA";

    /// The same payload, signed with a key of 1024 bits.
    const OF_1024_BITS: &str = "\
        eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.ew0KICAiQGNvbnRleHQiOiAiaHR0cDovL2NyZWRyZWcubmV0L2N0ZGwvc2N\
        oZW1hL2NvbnRleHQvanNvbiIsDQogICJAZ3JhcGgiOiBbeyJjZXRlcm1zOm5hbWUiOiB7ImVuIjogIktub3RzIn0sICJuIjo\
        gWzMuMCwgMTJdfV0NCn0.sjk3LUnnb-9l9Ss-Tox5L05-Nc_yEnoZcNe_tKzA08hpseNgWFA76lWj6y9xFAOVezh7aa27Tdl\
        W_U3gAGzlaNdkO_eub7xbxqNCe0z0e3oMFEzRtIoH3fKpilMajnbMYWxtichkZwFabaPUjV64KBMy-kg-LS4huvrp1vxIm-c";

    /// The key of all but the last of them, 2048 bits.
    const SPKI: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAn3BH41m7FpDB6MmCaIl3
NewFfoCq70CXxeWZH9BLtgKrNEDM4klRxw6ceEA+6XA2vYvjT1TJpMCxsyTacJjT
8j4CG4HUh5zU2y6Ff5jhDC3WygZAt4Z+QMSZUfISwAthsbU4e6Y8wf+vT5nfmQZ8
5XvWlofETFBV1aGAI9r9qJ7oyXpogebeSeE2++JARrtdVDUyaWEHQArohU4XtHtv
5eBexndkm0sjmLkuh6g2NcQh26awCnRATB1LcLzClG2dG9hrZL5xiRC5R3DjASoD
VcuBihX+3Nr22/Q8/cfQfdxQjrswkSVIgt3f/Wu9wpZWCpmXvBX1tdloZuMTx7ie
+wIDAQAB
-----END PUBLIC KEY-----";

    /// The same key in PKCS#1.
    const PKCS1: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAn3BH41m7FpDB6MmCaIl3NewFfoCq70CXxeWZH9BLtgKrNEDM4klR
xw6ceEA+6XA2vYvjT1TJpMCxsyTacJjT8j4CG4HUh5zU2y6Ff5jhDC3WygZAt4Z+
QMSZUfISwAthsbU4e6Y8wf+vT5nfmQZ85XvWlofETFBV1aGAI9r9qJ7oyXpogebe
SeE2++JARrtdVDUyaWEHQArohU4XtHtv5eBexndkm0sjmLkuh6g2NcQh26awCnRA
TB1LcLzClG2dG9hrZL5xiRC5R3DjASoDVcuBihX+3Nr22/Q8/cfQfdxQjrswkSVI
gt3f/Wu9wpZWCpmXvBX1tdloZuMTx7ie+wIDAQAB
-----END RSA PUBLIC KEY-----";

    /// Another key.
    const OTHER_KEY: &str = "-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2vYCagR5GDFPw6njdP5h
l5Ez3a5uuvtE9RHO5icp1cjoKt2vKHbpN4ZsE9eqNqDNNPcsgqmdLsG/czzlTTUe
k+BroOmkiXR1yDvk/tfMan688XvLg6c8U9hzx64wkuQjWu3N3hr7horpQgETd/BT
lLwbR0bO+gaDb0bihmnTpqDgZKb1Mx0Mkcp41MxViWu8C7Db2y+R2eadbOnFL5dE
knl3wOC43sFdRB01Wbh8H/T5IrYPpAYidDfE1MD1j1R+UwVPluc357qX/8YNM2Hu
uPLuoYxkZOG/VBDGFp057y65HfjvAh4jCvmVPUGsqTz0l6s18NzfeL4xhkKADJO+
JQIDAQAB
-----END PUBLIC KEY-----";

    /// The key of the last of them.
    const KEY_OF_1024_BITS: &str = "-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDYH44DKAkcvCbb9SDyUOscid7V
JQmk1FXVEFC8uxoxAJY/RSqQqH+KbEMhgStTHfNqJUJp8iB5IZWXylGu3aizQQe2
iv4uElo1vgc/4tl42cUD2EhFiNxeSbKJwSr5eIleZ2bgtaVC9o7O/XysaxzB1v0J
SmM1WYsLg118elyjowIDAQAB
-----END PUBLIC KEY-----";

    fn signed() -> Value {
        json!({
            "@context": "http://credreg.net/ctdl/schema/context/json",
            "@graph": [{ "ceterms:name": { "en": "Knots" }, "n": [3.0, 12] }],
        })
    }

    #[track_caller]
    fn check_token(token: &str, key: &str, expected: Signature) {
        assert_eq!(check(Some(token), Some(key), &signed()), expected);
    }

    #[test]
    fn a_good_signature_is_verified_with_a_key_of_either_form() {
        check_token(TOKEN, SPKI, Signature::VerifiedEqual);
        check_token(TOKEN, PKCS1, Signature::VerifiedEqual);
        check_token(
            &format!(" {TOKEN}\r\n"),
            &SPKI.replace('\n', "\r\n"),
            Signature::VerifiedEqual,
        );
        check_token(TOKEN, &format!("a key:\n{SPKI}"), Signature::VerifiedEqual);
    }

    #[track_caller]
    fn check_record(record: &Value, expected: Signature) {
        assert_eq!(check(Some(TOKEN), Some(SPKI), record), expected, "{record}");
    }

    #[test]
    fn the_order_of_members_and_the_spelling_of_numbers_say_nothing() {
        let text = r#"{"@graph":[{"n":[3,12.0],"ceterms:name":{"en":"Knots"}}],"@context":"http://credreg.net/ctdl/schema/context/json"}"#;
        check_record(&serde_json::from_str(text).unwrap(), Signature::VerifiedEqual);
    }

    #[test]
    fn the_scheme_of_a_context_says_nothing_and_that_of_other_addresses_does() {
        let mut record = signed();
        record["@context"] = "https://credreg.net/ctdl/schema/context/json".into();
        check_record(&record, Signature::VerifiedEqual);
        record["@context"] = "https://credreg.com/ctdl/schema/context/json".into();
        check_record(&record, Signature::VerifiedDiffers);
        let contexts = |scheme: &str| json!({"@context": [format!("{scheme}://a.example/c"), {"x": format!("{scheme}://x.example/")}]});
        assert!(
            !is_same(&contexts("http"), &contexts("https")),
            "a term that is defined otherwise"
        );
        let outer =
            |scheme: &str| json!({"a": [{"@context": [format!("{scheme}://a.example/c")]}]});
        assert!(is_same(&outer("http"), &outer("https")));
        assert!(!is_same(
            &json!({"@id": "http://a.example/"}),
            &json!({"@id": "https://a.example/"})
        ));
    }

    #[test]
    fn a_record_that_was_changed_is_told() {
        let changes: [(&str, Value); 5] = [
            ("/@graph/0/ceterms:name/en", json!("Knots ")),
            ("/@graph/0/n/0", json!(3.5)),
            ("/@graph/0/n", json!([3, 12, 12])),
            ("/@graph/0/n", json!([12, 3])),
            ("/@graph/0", json!({ "ceterms:name": { "en": "Knots" } })),
        ];
        for (pointer, value) in changes {
            let mut record = signed();
            *record.pointer_mut(pointer).unwrap() = value;
            check_record(&record, Signature::VerifiedDiffers);
        }
        check_record(&Value::Null, Signature::VerifiedDiffers);
        assert!(!is_same(&json!(9_007_199_254_740_993_u64), &json!(9_007_199_254_740_992_u64)));
        check_token(OF_PROSE, SPKI, Signature::VerifiedDiffers);
    }

    #[test]
    fn a_token_that_was_changed_is_invalid() {
        for at in (0..TOKEN.len()).step_by(7) {
            let (before, after) = TOKEN.split_at(at);
            let mut after = after.chars();
            let other = if after.next() == Some('Q') { 'R' } else { 'Q' };
            let changed = format!("{before}{other}{}", after.as_str());
            // The first two characters are what makes it a token.
            let expected = if at < 2 { Signature::Absent } else { Signature::Invalid };
            check_token(&changed, SPKI, expected);
            if at > TOKEN.find('.').unwrap() {
                check_token(before, SPKI, Signature::Invalid);
            }
        }
        check_token(&format!("{TOKEN}="), SPKI, Signature::Invalid);
        check_token(&format!("{TOKEN}.e30"), SPKI, Signature::Invalid);
        check_token(TOKEN, OTHER_KEY, Signature::Invalid);
    }

    #[test]
    fn any_other_algorithm_is_invalid() {
        let (_, rest) = TOKEN.split_once('.').unwrap();
        let (payload, signature) = rest.split_once('.').unwrap();
        for header in [
            r#"{"alg":"none"}"#,
            r#"{"alg":"HS256"}"#,
            r#"{"alg":"rs256"}"#,
            r#"{"alg":["RS256"]}"#,
            "{}",
            "[]",
            "{",
        ] {
            let header = URL_SAFE_NO_PAD.encode(header);
            let is_object = header.starts_with('e');
            let expected = if is_object { Signature::Invalid } else { Signature::Absent };
            check_token(&format!("{header}.{payload}."), SPKI, expected);
            check_token(&format!("{header}.{payload}.{signature}"), SPKI, expected);
        }
        check_token(OF_RS512, SPKI, Signature::Invalid);
        check_token(OF_CRIT, SPKI, Signature::Invalid);
        check_token(OF_1024_BITS, KEY_OF_1024_BITS, Signature::Invalid);
    }

    #[test]
    fn what_is_not_there_is_absent_and_what_is_broken_is_invalid() {
        let record = signed();
        assert_eq!(check(None, None, &record), Signature::Absent);
        assert_eq!(check(Some(TOKEN), None, &record), Signature::Absent);
        assert_eq!(check(None, Some(SPKI), &record), Signature::Absent);
        for prose in [
            "",
            "encoded version of document",
            "DELETED FOR BREVITY",
            "www.loom.example",
            "eye. Ball",
        ] {
            check_token(prose, SPKI, Signature::Absent);
            check_token(TOKEN, prose, Signature::Absent);
        }
        let broken = [
            SPKI.replace("-----END PUBLIC KEY-----", ""),
            SPKI.replace("MII", "QUJ"),
            SPKI.replace("MII", "!!!"),
            "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----".to_owned(),
            SPKI.replace("MII", &format!("{}MII", "MIIA".repeat(MAX_KEY / 4))),
        ];
        for key in broken {
            check_token(TOKEN, &key, Signature::Invalid);
        }
    }

    #[test]
    fn an_answer_is_one_word() {
        for answer in [
            Signature::VerifiedEqual,
            Signature::VerifiedDiffers,
            Signature::Invalid,
            Signature::Absent,
        ] {
            assert_eq!(serde_json::to_value(answer).unwrap(), answer.as_str());
        }
    }

    proptest! {
        #[test]
        fn arbitrary_strings_never_panic(token in ".{0,60}", key in ".{0,60}", body in "[A-Za-z0-9+/=\n]{0,200}") {
            let record = signed();
            check(Some(&token), Some(&key), &record);
            check(Some(&token), Some(SPKI), &record);
            check(Some(&format!("eyJ{token}.{key}")), Some(SPKI), &record);
            for label in KEY_LABELS {
                let key = format!("-----BEGIN {label}-----{body}-----END {label}-----");
                prop_assert_eq!(check(Some(TOKEN), Some(&key), &record), Signature::Invalid);
            }
        }

        #[test]
        fn keys_of_arbitrary_bytes_never_panic(der in prop::collection::vec(any::<u8>(), 0..300)) {
            let key = format!("-----BEGIN PUBLIC KEY-----{}-----END PUBLIC KEY-----", STANDARD.encode(der));
            prop_assert_eq!(check(Some(TOKEN), Some(&key), &signed()), Signature::Invalid);
        }
    }

    /// Checks one of the real envelopes, where they are here.
    #[track_caller]
    fn check_real(name: &str, expected: Signature) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/ctdl/envelopes");
        let path = folder.join(name);
        if !path.exists() {
            println!("skipped: there is no `{}`", path.display());
            return;
        }
        let text = fs::read_to_string(path).unwrap();
        let text = text.trim_start_matches('\u{feff}');
        let envelope: Value = serde_json::from_str(text).unwrap();
        let member = |name: &str| envelope[name].as_str();
        let found =
            check(member("resource"), member("resource_public_key"), &envelope["decoded_resource"]);
        assert_eq!(found, expected, "{name}");
    }

    #[test]
    fn real_envelopes_prove_what_they_prove() {
        check_real("AssessmentEnvelope.json", Signature::VerifiedDiffers);
        check_real("CostManifest.json", Signature::VerifiedEqual);
        check_real("LearningOpportunityEnvelope.json", Signature::Absent);
        check_real("OrganizationEnvelope.json", Signature::VerifiedEqual);
    }
}
