//! Documents with canaries that are refused: each must be refused in words that repeat none of it.

use serde_json::{Value, json};

use crate::paths::canaries::Planted;
use crate::paths::canaries::badges::{open_badge_2, open_badge_3};
use crate::paths::canaries::word::Canaries;
use crate::support::carried::picture::{Chunk, deflated, png, svg_body, svg_verify};
use crate::support::carried::token::{jws, typed};

const OB3: &str = "https://purl.imsglobal.org/ob/v3p0";

/// Documents that cannot be read, each for another reason.
pub(super) fn broken() -> Vec<Planted> {
    let canaries = Canaries::default();
    let badge = open_badge_3();
    let text = badge.to_string();
    let token = jws(&badge);
    let cut = |text: &str, at: usize| text.chars().take(at).collect::<String>();
    let with = |change: &dyn Fn(&mut Value)| {
        let mut badge = badge.clone();
        change(&mut badge);
        badge.to_string()
    };
    let many = |badge: &mut Value| {
        let alignment = json!({ "targetName": canaries.word(), "targetUrl": canaries.url() });
        badge["credentialSubject"]["achievement"]["alignment"] = vec![alignment; 501].into();
    };
    let deep = |badge: &mut Value| {
        let mut deep = json!(canaries.word());
        for _ in 0..40 {
            deep = json!([deep]);
        }
        badge["credentialSubject"]["achievement"]["alignment"] = deep;
    };
    let long = |badge: &mut Value| {
        let long = format!("https://framework.example/{}", canaries.word().repeat(500));
        badge["credentialSubject"]["achievement"]["alignment"] =
            json!([{ "targetName": "x", "targetUrl": long }]);
    };
    let secretive = |badge: &mut Value| {
        let identities: Vec<Value> =
            (0..1_200).map(|_| json!({ "identityHash": canaries.mail() })).collect();
        badge["credentialSubject"]["identifier"] = identities.into();
    };
    let mut crossed = png(&[Chunk::plain("openbadgecredential", &text)]);
    let middle = crossed.len() / 2;
    crossed[middle] ^= 0x20;
    let mut short = png(&[Chunk::plain("openbadgecredential", &text)]);
    short.truncate(900);
    let squeezed = |inside: &[u8]| Chunk {
        kind: *b"iTXt",
        data: [b"openbadgecredential\0\x01\0\0\0", inside].concat(),
    };
    let mut half = deflated(text.as_bytes());
    half.truncate(half.len() / 2);
    let doctype = format!(
        "<!DOCTYPE svg [<!ENTITY who \"{}\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&who;</svg>",
        canaries.word()
    );
    let unclosed = String::from_utf8(svg_body(OB3, "credential", &text)).unwrap();
    let [header, payload, _] = token.split('.').collect::<Vec<_>>()[..] else { unreachable!() };
    vec![
        Planted::new("cut in the middle", cut(&text, text.len() / 2)),
        Planted::new("cut in a word", cut(&text, text.find("Awarded to").unwrap() + 20)),
        Planted::new("a key without a value", format!("{{\"{}\"}}", canaries.word())),
        Planted::new(
            "a number that is none",
            text.replacen("\"Ties a bowline\"", &format!("0{}", canaries.word()), 1),
        ),
        Planted::new("an escape that is none", text.replacen("Awarded to", "Awarded \\q to", 1)),
        Planted::new("half a surrogate", text.replacen("Awarded to", "Awarded \\ud800 to", 1)),
        Planted::new("a raw line break", text.replacen("Awarded to", "Awarded\nto", 1)),
        Planted::new(
            "bytes that are no text",
            [&text.as_bytes()[..200], b"\xff\xfe", &text.as_bytes()[200..]].concat(),
        ),
        Planted::new("two documents", format!("{text} {text}")),
        Planted::new("a word", canaries.word()),
        Planted::new("a quoted word", format!("\"{}\"", canaries.word())),
        Planted::new("prose", canaries.prose()),
        Planted::new("an address", canaries.url()),
        Planted::new(
            "no credential",
            json!({ "name": canaries.word(), "email": canaries.mail() }).to_string(),
        ),
        Planted::new(
            "a list of no credentials",
            json!([canaries.word(), { "id": canaries.url() }]).to_string(),
        ),
        Planted::new("too many alignments", with(&many)),
        Planted::new("too deep", with(&deep)),
        Planted::new("too long a text", with(&long)),
        Planted::new("too many secrets", with(&secretive)),
        Planted::new("too long", format!("{text}{}", " ".repeat(2 << 20))),
        Planted::new("a token cut short", format!("{header}.{}", cut(payload, payload.len() / 2))),
        Planted::new(
            "a token of five parts",
            format!("{token}.{}.{}", canaries.word(), canaries.word()),
        ),
        Planted::new("a token of a word", typed("JWT", &canaries.word().into())),
        Planted::new(
            "a token that is no base64",
            format!("{header}.{}*{payload}.x", canaries.word()),
        ),
        Planted::new("a disclosure that is none", format!("{token}~{}*~", canaries.word())),
        Planted::new("a qr text", format!("VP1-{}", canaries.word().to_uppercase())),
        Planted::new("a data address", format!("data:application/vc+jwt,{token}")),
        Planted::new("a picture with another sum", crossed),
        Planted::new("a picture cut short", short),
        Planted::new(
            "a picture of prose",
            png(&[Chunk::plain("openbadgecredential", &canaries.prose())]),
        ),
        Planted::new(
            "a picture of half a document",
            png(&[Chunk::plain("openbadgecredential", &cut(&text, 700))]),
        ),
        Planted::new(
            "a picture of an address",
            png(&[Chunk::legacy("openbadges", &canaries.url())]),
        ),
        Planted::new(
            "a picture without a credential",
            png(&[Chunk::legacy("Author", &canaries.word())]),
        ),
        Planted::new(
            "a picture that does not unfold",
            png(&[squeezed(canaries.word().as_bytes())]),
        ),
        Planted::new("a picture that unfolds to a half", png(&[squeezed(&half)])),
        Planted::new("a drawing of an address", svg_verify(OB3, "credential", &canaries.url())),
        Planted::new("a drawing of prose", svg_body(OB3, "credential", &canaries.prose())),
        Planted::new("a drawing of half a document", svg_body(OB3, "credential", &cut(&text, 700))),
        Planted::new(
            "a drawing without a credential",
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>{}</title></svg>",
                canaries.word()
            ),
        ),
        Planted::new("a drawing that is not closed", cut(&unclosed, unclosed.len() - 40)),
        Planted::new("a drawing with an entity", doctype),
        Planted::new("a page", format!("<html><title>{}</title></html>", canaries.word())),
        Planted::new("a certificate", format!("%PDF-1.7 {}", canaries.word())),
        Planted::new("an assertion cut short", cut(&open_badge_2().to_string(), 1_000)),
    ]
}
