//! Refuses what looks like a credential: identifiers are answered here, credentials are not read.
//!
//! [`PeopleFilter`] knows the keys that name a learner. This file adds what else tells a credential from a list of
//! identifiers: the keys of credentials and of their parts, tokens inside strings, and the first bytes of baked badges and certificates.
//! It guards against a slip and not against a wily caller, who would only tell us what we throw away.

use ontology::people::{PeopleFilter, PersonMark};

use crate::server::problem::{Problem, ProblemKind};

/// Keys that no list of identifiers has and that a credential, a part of one, a presentation, a
/// [JWS in JSON](https://www.rfc-editor.org/rfc/rfc7515#section-7.2), the answer of an API for badges, or a résumé has.
const KEYS: [&str; 40] = [
    "$schema",
    "@context",
    "achievement",
    "achievements",
    "alignment",
    "alignments",
    "assertion",
    "assertions",
    "badge",
    "badge_template",
    "ciphertext",
    "communication",
    "compactJwsString",
    "compactJwsStrings",
    "competencyIds",
    "criteria",
    "disclosures",
    "educationAndLearnings",
    "email",
    "evidence",
    "fullName",
    "hasClaim",
    "issuedOn",
    "issued_to",
    "jws",
    "learner",
    "learnerRecord",
    "lerrsType",
    "payload",
    "person",
    "proof",
    "recipient_email",
    "signature",
    "signatures",
    "signedAssertion",
    "signedAssertions",
    "skills",
    "vc",
    "verifiableCredential",
    "vp",
];

/// The first bytes of files that carry credentials. Markup covers baked SVG and credentials in XML.
const HEADS: [(&[u8], &str); 5] = [
    (b"\x89PNG", "PNG image"),
    (b"%PDF", "PDF document"),
    (b"<", "markup"),
    (b"data:", "data URL"),
    (b"VP1-", "VPQR"),
];

/// How values begin that hold an image or an enveloped credential: the signature of a PNG in base64, and a data URL.
const VALUES: [(&[u8], &str); 2] = [(b"iVBORw0KGgo", "image"), (b"data:", "data URL")];

/// How a reference begins that is a data URL, and an identifier all the same: that of a server of CASE to a standard that lies elsewhere.
const REFERENCE: &[u8] = b"data:text/x-ref";

/// How many bytes of a string are compared; no word that counts is longer.
const MAX_TEXT: usize = 32;

/// Refuses a text of the address that is a credential, or a part of one.
pub(super) fn refuse(text: &str) -> Result<(), Problem> {
    let mut guard = Guard { head: Head::Over, ..Guard::default() };
    guard.push(text.as_bytes())
}

/// Looks through a body while it comes in.
#[derive(Default)]
pub(super) struct Guard {
    people: PeopleFilter,
    strings: Strings,
    head: Head,
}

impl Guard {
    /// Looks through the next piece.
    ///
    /// # Errors
    /// [`ProblemKind::Credential`] with the first mark; the caller reads no further.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        self.people.push(bytes);
        let person = self.people.person().map(PersonMark::as_str);
        let mark = person.or_else(|| bytes.iter().find_map(|byte| self.read(*byte)));
        mark.map_or(Ok(()), |mark| Err(problem(mark)))
    }

    fn read(&mut self, byte: u8) -> Option<&'static str> {
        self.head.read(byte).or_else(|| self.strings.read(byte))
    }
}

fn problem(mark: &'static str) -> Problem {
    let detail = format!(
        "this looks like a credential ({mark}) and was not read; send the identifiers that stand in it, \
         or read it where it is with `alidade resolve FILE`"
    );
    Problem::new(ProblemKind::Credential, detail).with("mark", mark)
}

/// The first bytes that are no white space.
enum Head {
    Reading(Vec<u8>),
    Over,
}

impl Default for Head {
    fn default() -> Self {
        Self::Reading(Vec::new())
    }
}

impl Head {
    fn read(&mut self, byte: u8) -> Option<&'static str> {
        let Self::Reading(head) = self else { return None };
        // A byte order mark says as little as white space.
        if head.is_empty() && (byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF)) {
            return None;
        }
        head.push(byte);
        let found = HEADS.iter().find(|(start, _)| *start == head.as_slice());
        if !HEADS.iter().any(|(start, _)| start.starts_with(head)) {
            *self = Self::Over;
        }
        found.map(|(_, mark)| *mark)
    }
}

/// The strings of a JSON text, as far as they matter here.
#[derive(Default)]
struct Strings {
    place: Place,
    /// The beginning of the string that is read, or was read last.
    text: Vec<u8>,
    token: Token,
}

/// What is known of a [compact JWS](https://www.rfc-editor.org/rfc/rfc7515#section-7.1) in a string: a run of base64url that begins
/// with `{"`, and two full stops.
#[derive(Default)]
struct Token {
    /// The beginning of what stands since the last full stop, or since the last character that no token has.
    part: Vec<u8>,
    /// The full stops since the token began, if one did.
    n_full_stops: usize,
    is_found: bool,
}

impl Token {
    const BEGIN: &[u8] = b"eyJ";

    fn push(&mut self, byte: u8) {
        match byte {
            b'.' => {
                let is_begun = self.n_full_stops > 0 || self.part == Self::BEGIN;
                self.n_full_stops += usize::from(is_begun);
                self.is_found |= self.n_full_stops >= 2;
                self.part.clear();
            }
            _ if byte.is_ascii_alphanumeric() || b"-_".contains(&byte) => {
                if self.part.len() < Self::BEGIN.len() {
                    self.part.push(byte);
                }
            }
            _ => self.end(),
        }
    }

    /// Ends the run; what was found stays found.
    fn end(&mut self) {
        self.part.clear();
        self.n_full_stops = 0;
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Gap,
    /// Only white space since the string ended: a colon would make it a key.
    AfterString,
    String,
    Escape,
}

impl Strings {
    fn read(&mut self, byte: u8) -> Option<&'static str> {
        match (self.place, byte) {
            (Place::String, b'"') => {
                self.place = Place::AfterString;
                return self.value();
            }
            (Place::String, b'\\') => self.place = Place::Escape,
            (Place::Escape, _) => {
                self.place = Place::String;
                self.keep(byte);
                self.token.end();
            }
            (Place::String, _) => {
                self.keep(byte);
                self.token.push(byte);
            }
            (Place::Gap | Place::AfterString, b'"') => {
                *self = Self { place: Place::String, ..Self::default() };
            }
            (Place::AfterString, b':') => {
                self.place = Place::Gap;
                return KEYS.into_iter().find(|key| key.as_bytes() == self.text);
            }
            (Place::AfterString, _) if byte.is_ascii_whitespace() => {}
            (Place::Gap | Place::AfterString, _) => self.place = Place::Gap,
        }
        None
    }

    fn keep(&mut self, byte: u8) {
        if self.text.len() < MAX_TEXT {
            self.text.push(byte);
        }
    }

    /// Judges a string that has ended.
    fn value(&self) -> Option<&'static str> {
        if self.token.is_found {
            return Some("compact JWS");
        }
        if self.text.starts_with(REFERENCE) {
            return None;
        }
        let known = VALUES.iter().find(|(start, _)| self.text.starts_with(start));
        known.map(|(_, mark)| *mark)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use super::{Guard, problem, refuse};

    const TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln";

    #[track_caller]
    fn check(body: &[u8], mark: Option<&'static str>) {
        let expected = mark.map_or(Ok(()), |mark| Err(problem(mark)));
        let text = String::from_utf8_lossy(body);
        assert_eq!(Guard::default().push(body), expected, "whole: {text}");
        let mut bytewise = Guard::default();
        let found = body.iter().try_for_each(|byte| bytewise.push(&[*byte]));
        assert_eq!(found, expected, "bytewise: {text}");
    }

    #[test]
    fn a_credential_is_told_by_its_keys_its_tokens_and_its_first_bytes() {
        check(br#"{"credentialSubject":{}}"#, Some("credentialSubject"));
        check(br#"{"a":[{"recipient" : 1}]}"#, Some("recipient"));
        check(br#"{"ids":[],"proof"  :{}}"#, Some("proof"));
        check(br#"{"@context":[],"verifiableCredential":[]}"#, Some("@context"));
        check(br#"{"verifiableCredential":[]}"#, Some("verifiableCredential"));
        check(br#"{"payload":"e30","signatures":[]}"#, Some("payload"));
        check(TOKEN.as_bytes(), Some("compact JWS"));
        check(format!("{{\"ids\":[\"{TOKEN}\"]}}").as_bytes(), Some("compact JWS"));
        check(format!("{{\"ids\":[\"{TOKEN}~WyJhIl0~\"]}}").as_bytes(), Some("compact JWS"));
        let address = format!("{{\"targetUrl\":\"https://a.example/#verify?vc={TOKEN}\"}}");
        check(address.as_bytes(), Some("compact JWS"));
        check(format!("{{\"targetName\":\"see\\n{TOKEN}.\"}}").as_bytes(), Some("compact JWS"));
        check(b"\x89PNG\r\n\x1a\n", Some("PNG image"));
        check(b"%PDF-1.7", Some("PDF document"));
        check(b"\xef\xbb\xbf \n<svg>", Some("markup"));
        check(br#"{"ids":["iVBORw0KGgoAAA"]}"#, Some("image"));
        check(br#"{"ids":["data:image/png;base64,iVBORw0KGgoAAA"]}"#, Some("data URL"));
        check(br#"{"ids":["data:application/vc+jwt,abc"]}"#, Some("data URL"));
        check(b" data:application/vc+jwt,abc", Some("data URL"));
        check(b"VP1-B3ECQDAV", Some("VPQR"));
        check(br#"{"type":"BadgeClass","criteria":"https://a.example"}"#, Some("criteria"));
        check(br#"{"alignment":[{"targetName":"a"}]}"#, Some("alignment"));
    }

    #[test]
    fn every_sample_is_refused_whatever_it_is() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/credentials");
        let mut folders = vec![PathBuf::from(folder)];
        let mut n_files = 0;
        while let Some(at) = folders.pop() {
            let Ok(entries) = fs::read_dir(&at) else { continue };
            for path in entries.map(|entry| entry.unwrap().path()) {
                let name = path.file_name().unwrap().to_str().unwrap();
                if path.is_dir() {
                    folders.push(path);
                } else if !["SOURCES.md", "manifest.json"].contains(&name) {
                    let refused = Guard::default().push(&fs::read(&path).unwrap()).is_err();
                    assert!(refused, "{name}");
                    n_files += 1;
                }
            }
        }
        if n_files == 0 {
            println!("skipped: ../shared is not here");
        }
    }

    #[test]
    fn identifiers_and_alignments_are_no_credential() {
        check(br#"{"ids":["6b9bf846-d7cc-11e8-824f-0242ac160002"],"asOf":"2024-01-01"}"#, None);
        check(
            br#"{"ids":[{"targetUrl":"https://a.b.example/c.d.e","targetName":"the \"proof\": a"}]}"#,
            None,
        );
        check(br#"{"ids":["proof","recipient","vc"]}"#, None);
        check(br#"{"ids":["data:text/x-ref;src=ASN;type=guid,S2454361"]}"#, None);
        check(
            br#"{"ids":[{"type":["Alignment"],"targetName":"alignment","targetType":"badge"}]}"#,
            None,
        );
        check(b"\"T.1\"\n{\"targetCode\":\"evidence\",\"issuer\":\"https://a.example\"}\n", None);
        check(br#"{"ids":["data"],"asOf":"2024-01-01"}"#, None);
        check(br#"{"ids":["eyJ is no token. None. At all"]}"#, None);
        check(b"P", None);
        check(b"", None);
    }

    #[test]
    fn a_text_of_an_address_is_judged_by_its_words_and_not_by_its_first_bytes() {
        assert_eq!(refuse("<https://case.loom.example/uri/1>"), Ok(()));
        assert_eq!(refuse("less than < 5 %PDF"), Ok(()));
        assert_eq!(refuse(TOKEN), Err(problem("compact JWS")));
        assert_eq!(refuse(r#"{"recipient":{}}"#), Err(problem("recipient")));
    }
}
