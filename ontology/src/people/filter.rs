//! The one pass over the bytes.

use std::mem;

use crate::people::jws::{Jws, is_blank};
use crate::people::levels::Levels;
use crate::people::scan::{PersonMark, Scan, Shape, names_person};

/// How many top-level keys a [`Scan`] reports.
const MAX_KEYS: usize = 32;

/// How many bytes of a string are compared or reported; no word that counts is longer.
const MAX_TEXT: usize = 64;

/// Scans a document that arrives in pieces for signs that it is about a person.
///
/// ```
/// use ontology::people::{PeopleFilter, PersonMark};
///
/// let mut filter = PeopleFilter::default();
/// filter.push(br#"{"type": "Assertion", "recip"#);
/// filter.push(br#"ient": {"type": "email"}}"#);
/// assert_eq!(filter.finish().person, Some(PersonMark::Recipient));
/// ```
#[derive(Debug, Default)]
pub struct PeopleFilter {
    scan: Scan,
    begun: bool,
    /// The text since the last quotation mark, and the text before that mark.
    text: Text,
    last: Text,
    place: Place,
    escape: Escape,
    levels: Levels,
    /// The next value is a type: the key before it says so.
    type_follows: bool,
    jws: Jws,
}

impl PeopleFilter {
    /// Reads the next piece of the document.
    ///
    /// After a mark is found nothing more is read.
    pub fn push(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if self.scan.person.is_some() {
                return;
            }
            self.read(byte);
        }
    }

    /// What was found so far; a caller may stop at the first mark.
    pub fn person(&self) -> Option<PersonMark> {
        self.scan.person
    }

    /// Ends the document and says what was found.
    #[must_use]
    pub fn finish(self) -> Scan {
        self.scan
    }

    fn read(&mut self, byte: u8) {
        match self.escape {
            // No valid text holds a NUL; without them UTF-16 reads like ASCII and cannot slip through.
            _ if byte == 0 => {}
            Escape::None => self.plain(byte),
            Escape::Backslash => self.escaped(byte),
            Escape::Unicode { digits, unit } => self.unicode(byte, digits, unit),
        }
    }

    fn plain(&mut self, byte: u8) {
        match byte {
            b'"' => self.quote(),
            b'\\' => {
                self.escape = Escape::Backslash;
                self.place = self.place.settled();
            }
            _ => {
                self.after_quote(byte);
                self.text.push(byte);
                if self.place.in_string() { self.content(byte) } else { self.structure(byte) }
            }
        }
    }

    fn escaped(&mut self, byte: u8) {
        self.escape = Escape::None;
        match byte {
            b'u' => self.escape = Escape::Unicode { digits: 0, unit: 0 },
            b'b' | b'f' | b'n' | b'r' | b't' => self.decoded(' '),
            _ => self.decoded(char::from(byte)),
        }
    }

    fn unicode(&mut self, byte: u8, digits: u8, unit: u16) {
        let Some(digit) = hex(byte) else {
            self.escape = Escape::None;
            self.decoded(char::REPLACEMENT_CHARACTER);
            return self.plain(byte);
        };
        let unit = unit << 4 | digit;
        if digits < 3 {
            self.escape = Escape::Unicode { digits: digits + 1, unit };
        } else {
            self.escape = Escape::None;
            self.decoded(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
    }

    fn decoded(&mut self, character: char) {
        for &byte in character.encode_utf8(&mut [0; 4]).as_bytes() {
            self.text.push(byte);
            self.content(byte);
        }
    }

    /// Ends one stretch of text and begins the next.
    fn quote(&mut self) {
        if self.place.in_string() {
            let is_type = mem::take(&mut self.type_follows) || self.levels.in_type_array();
            if is_type && names_person(self.text.bytes()) {
                self.scan.person = Some(PersonMark::SchemaPerson);
            }
        }
        self.begin(Shape::Other);
        mem::swap(&mut self.text, &mut self.last);
        self.text.clear();
        self.jws = Jws::default();
        self.place = self.place.crossed();
    }

    /// Takes the string that has just ended for a key if a colon comes next.
    fn after_quote(&mut self, byte: u8) {
        if !self.place.awaits_colon() || byte.is_ascii_whitespace() {
            return;
        }
        self.place = self.place.settled();
        if byte == b':' {
            self.key();
        }
    }

    fn key(&mut self) {
        let Some(key) = self.last.whole() else {
            self.type_follows = false;
            return;
        };
        self.scan.person = PersonMark::of_key(key);
        // In a string the "key" was a gap between two strings: it counts for people, to be safe, and for nothing else.
        if self.place.in_string() {
            return;
        }
        self.type_follows = matches!(key, b"@type" | b"type");
        if self.levels.in_first_object() && self.scan.top_level_keys.len() < MAX_KEYS {
            self.scan.top_level_keys.push(String::from_utf8_lossy(key).into_owned());
        }
    }

    /// Reads a byte of a string's value; only a string that is the whole document is looked into.
    fn content(&mut self, byte: u8) {
        if self.levels.is_outside() {
            self.read_jws(byte);
        }
    }

    fn structure(&mut self, byte: u8) {
        if is_blank(byte) {
            return self.content(byte);
        }
        match byte {
            b'{' => self.open(Shape::Object),
            b'[' => self.open(Shape::Array),
            b'}' | b']' => self.levels.close(),
            b':' => return,
            _ => {
                self.begin(Shape::Other);
                self.content(byte);
            }
        }
        self.type_follows = false;
    }

    fn open(&mut self, shape: Shape) {
        self.begin(shape);
        let is_array = shape == Shape::Array;
        let of_types = is_array && (self.type_follows || self.levels.in_type_array());
        self.levels.open(is_array, of_types);
    }

    fn begin(&mut self, shape: Shape) {
        if !self.begun {
            self.begun = true;
            self.scan.shape = shape;
        }
    }

    fn read_jws(&mut self, byte: u8) {
        self.jws = self.jws.next(byte);
        if self.jws == Jws::Signature {
            self.scan.person = Some(PersonMark::CompactJws);
        }
    }
}

fn hex(byte: u8) -> Option<u16> {
    char::from(byte).to_digit(16).and_then(|digit| u16::try_from(digit).ok())
}

/// The first bytes of a stretch of text, and whether there were more.
#[derive(Debug, Default)]
struct Text {
    bytes: Vec<u8>,
    cut: bool,
}

impl Text {
    fn push(&mut self, byte: u8) {
        if self.bytes.len() < MAX_TEXT {
            self.bytes.push(byte);
        } else {
            self.cut = true;
        }
    }

    fn clear(&mut self) {
        self.bytes.clear();
        self.cut = false;
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn whole(&self) -> Option<&[u8]> {
        (!self.cut).then_some(&self.bytes)
    }
}

/// Where the scan stands between quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Gap,
    /// In a gap, and only white space since the string ended: a colon would make it a key.
    AfterString,
    String,
    /// In a string, and only white space since it began: a colon here means the quotation marks are out of step.
    StringStart,
}

impl Place {
    fn in_string(self) -> bool {
        matches!(self, Self::String | Self::StringStart)
    }

    fn awaits_colon(self) -> bool {
        matches!(self, Self::AfterString | Self::StringStart)
    }

    fn settled(self) -> Self {
        if self.in_string() { Self::String } else { Self::Gap }
    }

    fn crossed(self) -> Self {
        if self.in_string() { Self::AfterString } else { Self::StringStart }
    }
}

/// How far an escape has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Escape {
    #[default]
    None,
    Backslash,
    Unicode {
        digits: u8,
        unit: u16,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::PeopleFilter;
    use crate::people::scan::{PersonMark, Scan, Shape};

    fn scan(document: &[u8]) -> Scan {
        let mut filter = PeopleFilter::default();
        filter.push(document);
        filter.finish()
    }

    #[track_caller]
    fn check(document: &str, expected: Option<PersonMark>) {
        assert_eq!(scan(document.as_bytes()).person, expected, "whole: {document}");
        let mut bytewise = PeopleFilter::default();
        document.bytes().for_each(|byte| bytewise.push(&[byte]));
        assert_eq!(bytewise.finish().person, expected, "bytewise: {document}");
        let utf16: Vec<u8> = document.encode_utf16().flat_map(u16::to_le_bytes).collect();
        if document.is_ascii() {
            assert_eq!(scan(&utf16).person, expected, "UTF-16: {document}");
        }
    }

    #[test]
    fn a_key_that_names_a_learner_is_a_mark_at_any_depth() {
        let subject = Some(PersonMark::CredentialSubject);
        let recipient = Some(PersonMark::Recipient);
        check(r#"{"credentialSubject":{}}"#, subject);
        check(r#"{"recipient":"a"}"#, recipient);
        check(r#"[[{"a":[{"b":{"recipient" : null}}]}]]"#, recipient);
        check("{\"a\":1,\n \"credentialSubject\"\r\n\t :[]}", subject);
        check(r#"{"a":"b\\","recipient":1}"#, recipient);
        check(r#"{"a":"b\\\"","recipient":1}"#, recipient);
        check(&format!("{}{{\"recipient\":1}}", "[".repeat(5_000)), recipient);
        check(&format!("{{\"{}\":1,\"recipient\":1}}", "x".repeat(500)), recipient);
    }

    #[test]
    fn a_key_in_escapes_is_the_same_key() {
        check(r#"{"\u0072ecipient":1}"#, Some(PersonMark::Recipient));
        check(r#"{"recipien\u0074":1}"#, Some(PersonMark::Recipient));
        check(
            r#"{"\u0063\u0072\u0065\u0064\u0065\u006e\u0074\u0069\u0061\u006CSubject":1}"#,
            Some(PersonMark::CredentialSubject),
        );
        check(r#"{"\\u0072ecipient":1}"#, None);
        check(r#"{"\u0172ecipient":1}"#, None);
        check(r#"{"\ud83d\ude00":1,"recipient":1}"#, Some(PersonMark::Recipient));
        check(r#"{"\u00","recipient":1}"#, Some(PersonMark::Recipient));
    }

    #[test]
    fn the_words_elsewhere_are_no_mark() {
        check(r#"{"a":"recipient"}"#, None);
        check(r#"{"a":["credentialSubject","recipient"],"b":1}"#, None);
        check(r#"{"a":"\"recipient\": 1"}"#, None);
        check(r#"{"a":"x \"recipient\":","b":"\\\"recipient\":"}"#, None);
        check(r#"{"foo \"recipient":1}"#, None);
        check(
            r#"{"recipients":1,"Recipient":1,"recipient ":1,"_recipient":1,"credentialsubject":1}"#,
            None,
        );
        check(r#"{"a":":","b":" : ","c":"recipient"}"#, None);
        check(r#"["recipient"]"#, None);
        check("recipient: 1", None);
        check("", None);
    }

    #[test]
    fn a_schema_person_is_a_mark_under_a_type_only() {
        let person = Some(PersonMark::SchemaPerson);
        for spelling in [
            "Person",
            "schema:Person",
            "http://schema.org/Person",
            "https://schema.org/Person",
            "https://www.schema.org/Person",
            r"https:\/\/schema.org\/Person",
            "https://schema.org/Person/",
            "https://schema.org/Person#it",
            r"\u0050erson",
        ] {
            check(&format!(r#"{{"@type":"{spelling}"}}"#), person);
            check(&format!(r#"{{"type": [ "Thing" , "{spelling}" ]}}"#), person);
            check(&format!(r#"{{"type":[["{spelling}"]]}}"#), person);
            check(&format!(r#"{{"type":[{{"type":["Thing"]}},"{spelling}"]}}"#), person);
            check(&format!(r#"{{"name":"{spelling}","@id":"{spelling}","{spelling}":1}}"#), None);
            check(&format!(r#"{{"type":["A"],"names":["{spelling}"]}}"#), None);
            check(&format!(r#"{{"type":{{"a":"{spelling}"}},"b":"{spelling}"}}"#), None);
            check(&format!(r#"{{"type":["A",{{"b":"{spelling}"}}]}}"#), None);
            check(&format!(r#"{{"type":null,"a":"{spelling}"}}"#), None);
        }
        for other in [
            "In-Person",
            "PersonalDevelopment",
            "schema:PersonX",
            "foaf:Personage",
            "person",
            "delivery:InPerson",
        ] {
            check(&format!(r#"{{"@type":"{other}","type":["{other}"]}}"#), None);
        }
    }

    #[test]
    fn levels_too_deep_to_remember_are_refused_rather_than_missed() {
        let (open, close) = ("[".repeat(300), "]".repeat(200));
        check(&format!(r#"{{"type":["A",{open}{close}"Person""#), Some(PersonMark::SchemaPerson));
        check(&format!(r#"{{"a":{open}{close}"#), None);
    }

    #[test]
    fn a_compact_jws_is_a_mark_as_the_whole_text_only() {
        let jws = Some(PersonMark::CompactJws);
        check("eyJhbGciOiJub25lIn0.e30.", jws);
        check("\u{feff}  eyJhbGciOiJFUzI1NiJ9.eyJh\nIjoxfQ.c2ln\n", jws);
        check("\"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln\"", jws);
        check("{}\neyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln", jws);
        check("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln~WyJhIl0~", jws);
        check(r#"{"resource":"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln"}"#, None);
        check("eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ", None);
        check("keyJ.a.b. eyK.a.b eyJ,a.b.", None);
    }

    #[test]
    fn every_document_of_a_sequence_counts() {
        check("{\"a\":1}\n{\"recipient\":1}\n", Some(PersonMark::Recipient));
        check(r#"{"a":1}{"b":2}[{"@type":"Person"}]"#, Some(PersonMark::SchemaPerson));
    }

    #[test]
    fn garbage_hides_no_key() {
        for garbage in
            ["\"", "}}}", "]", ",,", "{\"", "\"a\" \"b\" \"", "nul", "{'a': 1", "\u{0}", "\"a\nb\""]
        {
            check(&format!("{garbage}{{\"x\":1, \"recipient\":1}}"), Some(PersonMark::Recipient));
        }
        assert_eq!(
            scan(b"{\"\xff\xfe\":\"\xc3\",\"recipient\":1}").person,
            Some(PersonMark::Recipient)
        );
        assert_eq!(scan(b"\xff\xfe{\"\xf0\x28\":\"\xed\xa0\x80\"}").person, None);
    }

    #[test]
    fn shape_and_top_level_keys_are_those_of_the_first_document() {
        let found =
            scan(br#" {"@context":"x","@gr\u0061ph":[{"in":1}],"a":{"b":2},"c":["d"]} {"e":1}"#);
        assert_eq!(found.shape, Shape::Object);
        assert_eq!(found.top_level_keys, ["@context", "@graph", "a", "c"]);
        for (document, shape) in [
            ("\u{feff}[1]", Shape::Array),
            ("\n\t[", Shape::Array),
            ("1", Shape::Other),
            ("\"{\"", Shape::Other),
            ("eyJ", Shape::Other),
            ("", Shape::Other),
            ("{", Shape::Object),
        ] {
            assert_eq!(scan(document.as_bytes()).shape, shape, "{document}");
        }
        assert_eq!(scan(br#"[{"a":1}]"#).top_level_keys, Vec::<String>::new());
        let wide: Vec<String> = (0..99).map(|n| format!("\"k{n}\":{n}")).collect();
        let document = format!("{{{}}}", wide.join(","));
        assert_eq!(scan(document.as_bytes()).top_level_keys.len(), 32);
    }

    proptest! {
        #[test]
        fn pieces_of_any_size_give_what_the_whole_gives(
            words in prop::collection::vec(prop::sample::select(vec![
                "\"", "\\", "{", "}", "[", "]", ":", ",", " ", "\n", "\\u", "\\u0072", "00", "recipient", "ecipient", "\"recipient\"",
                "credentialSubject", "\"type\":", "@type", "Person", "schema:", "eyJ", "eyJa.b", ".", "a", "é", "\0", "null",
            ]), 0..60),
            cuts in prop::collection::vec(0..400_usize, 0..12),
        ) {
            let document = words.concat().into_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(document.len())).collect();
            cuts.extend([0, document.len()]);
            cuts.sort_unstable();
            let mut filter = PeopleFilter::default();
            cuts.windows(2).for_each(|cut| filter.push(&document[cut[0]..cut[1]]));
            prop_assert_eq!(filter.finish(), scan(&document));
        }

        #[test]
        fn arbitrary_bytes_never_panic(document in prop::collection::vec(any::<u8>(), 0..2_000)) {
            let found = scan(&document);
            prop_assert!(found.top_level_keys.len() <= 32);
        }

        #[test]
        fn any_prefix_hides_no_key(prefix in "[^\\\\\"]{0,40}\"?[^\\\\\"]{0,40}") {
            let document = format!("{prefix}{{\"x\": 1, \"recipient\": 1}}");
            let person = scan(document.as_bytes()).person;
            prop_assert!(person.is_some());
        }
    }
}
