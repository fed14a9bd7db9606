//! Words that must be found nowhere, and every spelling in which they are looked for.

use std::cell::Cell;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};

use crate::support::carried::MARK;

/// What every canary holds: a word, a UUID with and without its dashes, a number, a day.
const STEMS: [&str; 5] =
    [MARK, "c0ffee5e-ed1e-4af0-8bad", "c0ffee5eed1e4af08bad", "7700314159", "1987-06-05"];

/// A learner's day, wherever a date stands.
pub(super) const DAY: &str = "1987-06-05T04:03:02Z";

/// Coins canaries, each once, so that one that is found tells where it stood.
#[derive(Default)]
pub(super) struct Canaries(Cell<u32>);

impl Canaries {
    fn next(&self) -> u32 {
        self.0.set(self.0.get() + 1);
        self.0.get()
    }

    pub(super) fn word(&self) -> String {
        format!("{MARK}{:04}", self.next())
    }

    pub(super) fn mail(&self) -> String {
        format!("{}@people.example", self.word())
    }

    pub(super) fn url(&self) -> String {
        format!("https://people.example/of/{}", self.word())
    }

    pub(super) fn uuid(&self) -> String {
        format!("c0ffee5e-ed1e-4af0-8bad-{:012x}", self.next())
    }

    pub(super) fn number(&self) -> u64 {
        77_003_141_590_000 + u64::from(self.next())
    }

    /// Prose with a canary in it.
    pub(super) fn prose(&self) -> String {
        format!("Did {} well, says {}.", self.word(), self.word())
    }
}

/// The stems in every spelling that is looked for.
pub(super) struct Needles {
    /// Looked for in any case.
    folded: Vec<Vec<u8>>,
    /// Looked for as they are.
    exact: Vec<Vec<u8>>,
}

impl Needles {
    pub(super) fn all() -> Self {
        let spelt = |stem: &str, spell: &dyn Fn(u8) -> String| {
            stem.bytes().map(spell).collect::<String>().to_lowercase().into_bytes()
        };
        let (mut folded, mut exact) = (Vec::new(), Vec::new());
        for stem in STEMS {
            folded.extend([
                stem.as_bytes().to_vec(),
                spelt(stem, &|byte| format!("%{byte:02x}")),
                spelt(stem, &|byte| format!("%25{byte:02x}")),
                spelt(stem, &|byte| format!("\\u{byte:04x}")),
                spelt(stem, &|byte| format!("\\x{byte:02x}")),
                spelt(stem, &|byte| format!("&#{byte};")),
                spelt(stem, &|byte| format!("{byte:02x}")),
                spelt(stem, &|byte| format!("{byte}, ")),
            ]);
            for shift in 0..3 {
                exact.extend(in_base64(stem, shift));
            }
        }
        exact.sort();
        exact.dedup();
        Self { folded, exact }
    }

    /// What stands around the first canary in some bytes.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<String> {
        let lower = bytes.to_ascii_lowercase();
        let folded = self.folded.iter().find_map(|needle| position(&lower, needle));
        let found =
            folded.or_else(|| self.exact.iter().find_map(|needle| position(bytes, needle)))?;
        let around = &bytes[found.saturating_sub(120)..bytes.len().min(found + 80)];
        Some(String::from_utf8_lossy(around).into_owned())
    }
}

/// The characters of base64 that a stem alone decides, where it stands `shift` bytes behind a boundary.
fn in_base64(stem: &str, shift: usize) -> [Vec<u8>; 2] {
    let bytes = ["\u{0}".repeat(shift).as_bytes(), stem.as_bytes()].concat();
    let first = (shift * 8).div_ceil(6);
    let last = bytes.len() * 8 / 6;
    let inner = |text: String| text.into_bytes()[first..last].to_vec();
    [inner(BASE64_STANDARD_NO_PAD.encode(&bytes)), inner(BASE64_URL_SAFE_NO_PAD.encode(&bytes))]
}

fn position(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, rest) = needle.split_first().unwrap();
    let mut from = 0;
    while let Some(at) = haystack[from..].iter().position(|byte| byte == first) {
        let start = from + at;
        if haystack[start + 1..].starts_with(rest) {
            return Some(start);
        }
        from = start + 1;
    }
    None
}

#[test]
fn a_canary_is_found_in_every_spelling() {
    let needles = Needles::all();
    let canaries = Canaries::default();
    for canary in [
        canaries.word(),
        canaries.mail(),
        canaries.url(),
        canaries.uuid(),
        canaries.number().to_string(),
        canaries.prose(),
        DAY.to_owned(),
    ] {
        let spell = |spell: &dyn Fn(u8) -> String| canary.bytes().map(spell).collect::<String>();
        for shift in ["", "-", "--"] {
            let text = format!("{shift}{canary} and more");
            for spelt in [
                text.clone(),
                text.to_uppercase(),
                BASE64_STANDARD_NO_PAD.encode(&text),
                BASE64_URL_SAFE_NO_PAD.encode(&text),
            ] {
                assert!(needles.find(spelt.as_bytes()).is_some(), "{canary} as {spelt}");
            }
        }
        for spelt in [
            spell(&|byte| format!("%{byte:02X}")),
            spell(&|byte| format!("\\u{byte:04x}")),
            format!("{:?}", canary.as_bytes()),
        ] {
            assert!(needles.find(spelt.as_bytes()).is_some(), "{canary} as {spelt}");
        }
    }
    assert_eq!(needles.find(b"https://framework.example/uri/1 and nothing else"), None);
}
