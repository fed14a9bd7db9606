//! A document says the same, whatever it is carried in.

use ontology::ler::{ContainerError, Extraction, extract};
use serde_json::Value;

use super::baking::{drawing, picture, token};

/// Longer documents would pass a limit in one carrier and not in another.
const LONGEST: usize = 100_000;

pub(super) fn body(bytes: &[u8]) {
    let Ok(value @ Value::Object(_)) = serde_json::from_slice::<Value>(bytes) else { return };
    let text = value.to_string();
    if text.len() > LONGEST {
        return;
    }
    let plain = extract(text.as_bytes());
    let quoted = Value::from(String::from_utf8_lossy(&token(text.as_bytes()))).to_string();
    let baked = picture(*b"iTXt", &[b"openbadges\0\0\0\0\0", text.as_bytes()].concat());
    let older = picture(*b"tEXt", &[b"openbadges\0", &token(text.as_bytes())[..]].concat());
    for carried in [token(text.as_bytes()), quoted.into_bytes(), baked, older] {
        check_same(&plain, &extract(&carried));
    }
    // What stands for something undisclosed is taken out of an SD-JWT, and means nothing elsewhere.
    if !text.contains("\"_sd") && !text.contains("\"...\"") {
        check_same(&plain, &extract(&[&token(text.as_bytes())[..], b"~"].concat()));
    }
    let is_character_data = !text.contains("]]>") && !text.contains(['\u{fffe}', '\u{ffff}']);
    if is_character_data {
        check_same(&plain, &extract(&drawing(text.as_bytes())));
    }
}

#[track_caller]
fn check_same(
    plain: &Result<Extraction, ContainerError>,
    carried: &Result<Extraction, ContainerError>,
) {
    match (plain, carried) {
        (Ok(plain), Ok(carried)) => {
            let plain = Extraction { carrier: carried.carrier, ..plain.clone() };
            assert_eq!(&plain, carried);
        }
        (plain, carried) => assert_eq!(plain.as_ref().err(), carried.as_ref().err()),
    }
}
