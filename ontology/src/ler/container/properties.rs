//! What must hold for every document.

use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::ler::carrier::Carrier;
use crate::ler::container::mint::{credential, drawing, encoded, picture, text_chunk, token};
use crate::ler::container::open;

/// Small documents of every kind.
fn samples() -> Vec<Vec<u8>> {
    let token = token(&json!({"vc": credential()}));
    let text = credential().to_string();
    let disclosure = encoded(r#"["salt","name","A"]"#);
    let selective = json!({"_sd": [encoded(Sha256::digest(&disclosure))]});
    let selective = super::mint::token(&selective);
    let envelope = json!({"type": "EnvelopedVerifiableCredential", "id": format!("data:application/vc+jwt,{token}")});
    vec![
        text.clone().into_bytes(),
        token.clone().into_bytes(),
        format!("{selective}~{disclosure}~").into_bytes(),
        json!({"payload": text, "signatures": [{"protected": "e30"}]}).to_string().into_bytes(),
        json!({"verifiableCredential": [token, envelope]}).to_string().into_bytes(),
        picture(&[text_chunk("openbadgecredential", text.as_bytes())]),
        drawing(&text).into_bytes(),
        drawing(&token).into_bytes(),
    ]
}

/// One change to some bytes.
#[derive(Clone, Debug)]
enum Change {
    Flip(usize, u8),
    Cut(usize, usize),
    Insert(usize, Vec<u8>),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>().prop_map(|index| index.index(4096));
    prop_oneof![
        (at.clone(), any::<u8>()).prop_map(|(at, bits)| Change::Flip(at, bits)),
        (at.clone(), 1..64_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (at, prop::collection::vec(any::<u8>(), 1..16))
            .prop_map(|(at, bytes)| Change::Insert(at, bytes)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |at: usize, bytes: &[u8]| at % bytes.len().max(1);
    match change {
        Change::Flip(at, bits) => {
            let at = place(*at, bytes);
            bytes.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= bits);
        }
        Change::Cut(at, length) => {
            let at = place(*at, bytes);
            let end = bytes.len().min(at + length);
            bytes.drain(at..end).for_each(drop);
        }
        Change::Insert(at, inserted) => {
            let at = place(*at, bytes);
            bytes.splice(at..at, inserted.iter().copied()).for_each(drop);
        }
    }
}

/// JSON that has none of the members under which something would be unfolded.
fn plain_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(6, 32, 5, |inner| {
        let object = prop::collection::btree_map("[a-z]{1,5}", inner.clone(), 0..5)
            .prop_map(|members| Value::from(Map::from_iter(members)));
        prop_oneof![object, prop::collection::vec(inner, 0..4).prop_map(Value::from)]
    })
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in any::<Vec<u8>>()) {
        for start in [&b""[..], b"\x89PNG\r\n\x1a\n", b"<svg", b"eyJ", b"[\"eyJ"] {
            drop(open(&[start, &bytes].concat()));
        }
    }

    #[test]
    fn changed_documents_never_panic(changes in prop::collection::vec(change(), 1..6)) {
        for mut sample in samples() {
            for change in &changes {
                apply(&mut sample, change);
                drop(open(&sample));
            }
        }
    }

    #[test]
    fn what_was_baked_is_opened(value in plain_json()) {
        let document = json!({"a": value});
        let text = document.to_string();
        let cases = [
            (Carrier::Json, text.clone().into_bytes()),
            (Carrier::Jws, token(&document).into_bytes()),
            (Carrier::SdJwt, format!("{}~", token(&document)).into_bytes()),
            (Carrier::Png, picture(&[text_chunk("openbadges", text.as_bytes())])),
            (Carrier::Png, picture(&[text_chunk("openbadges", token(&document).as_bytes())])),
            (Carrier::Svg, drawing(&token(&document)).into_bytes()),
        ];
        for (carrier, bytes) in cases {
            let opened = open(&bytes).unwrap();
            assert_eq!((opened.carrier, &opened.value), (carrier, &document));
        }
        let listed = json!({"verifiableCredential": [token(&document)]}).to_string();
        let opened = open(listed.as_bytes()).unwrap();
        assert_eq!(opened.value.pointer("/verifiableCredential/0"), Some(&document));
    }

    #[test]
    fn what_was_disclosed_is_put_back(members in prop::collection::btree_map("[a-z]{1,8}", plain_json(), 0..6), hidden in any::<u8>()) {
        let mut claims = Map::new();
        let mut digests = vec![json!("decoy")];
        let mut text = String::new();
        for (index, (name, value)) in members.iter().enumerate() {
            if hidden >> index & 1 == 1 {
                let disclosure = encoded(json!(["salt", name, value]).to_string());
                digests.push(Value::from(encoded(Sha256::digest(&disclosure))));
                text = format!("{text}~{disclosure}");
            } else {
                claims.insert(name.clone(), value.clone());
            }
        }
        claims.insert("_sd".to_owned(), Value::from(digests));
        let token = format!("{}{text}~", token(&Value::from(claims)));
        assert_eq!(open(token.as_bytes()).unwrap().value, Value::from(Map::from_iter(members)));
    }
}
