//! Where a document lies, and the names made from it.
//!
//! A **record id** is the path below the import root with `/` between its parts, then `!` and the path of a ZIP member, then
//! `#` and the place in the text: `/3` is an RFC 6901 pointer to an element, `L17` a value that begins in line 17, `L17/3` an
//! element of the array of that line. `%`, `!`, `#`, control characters and bytes that are no UTF-8 are percent-encoded in
//! names, so that an id is read in one way only.
//!
//! What tells the history of records names them by themselves instead: `transactions/<CTID>` for a dump, and for a changeset
//! `changesets/<CTID>` and `changesets/resources/<CTID>`. These have no full stop, and the name of a file has one.

use std::fmt;
use std::path::{Component, Path};

use crate::source::files::format::Naming;
use crate::source::files::value::Opening;

/// The longest name of an envelope that becomes a part of a record id.
const MAX_PART: usize = 128;

/// Where a document of a file source lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The record id: unique in the source, and the same at every import.
    pub record: String,
    /// The `file:` URL of the file on the disk; for a ZIP member that of the archive, for a transaction with `#L` and its line.
    pub url: String,
    /// The RFC 6901 pointer of an element of an array.
    pub pointer: Option<String>,
    /// Where it begins in the decompressed text.
    pub start: Position,
    /// How long the document will be at most, where that is known; archives may lie.
    pub bytes_total: Option<u64>,
    /// What a document here tells of its record.
    pub telling: Telling,
}

impl Place {
    /// Whether a walk comes here after the place of this URL: files are in the order of their paths, and lines in theirs.
    pub fn follows(&self, url: &str) -> bool {
        order_of(&self.url) > order_of(url)
    }
}

/// What a document tells of the record that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Telling {
    /// What the record is, whatever it was before.
    #[default]
    State,
    /// What the record became at one point of its history, and may be no more.
    Event,
    /// What a part of the record became at one point of its history.
    PartialEvent,
}

/// A place in a decompressed text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Bytes before it, a byte order mark among them.
    pub offset: u64,
    /// The line, from 1.
    pub line: u64,
    /// The byte in the line, from 1.
    pub column: u64,
}

impl Position {
    /// The beginning of a text.
    pub(super) const START: Self = Self { offset: 0, line: 1, column: 1 };
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {} (byte {})", self.line, self.column, self.offset)
    }
}

/// A text that may hold documents: a file, or a member of an archive.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub record: String,
    pub url: String,
    pub naming: Naming,
    pub bytes: Option<u64>,
    pub telling: Telling,
}

impl Label {
    /// Names the file at `path`, known below the import root as `relative`.
    pub(super) fn file(path: &Path, relative: &Path, bytes: u64) -> Self {
        let record = record_of(relative);
        let url = url_of(path);
        let telling = Telling::State;
        Self { naming: Naming::of(&record), url, record, bytes: Some(bytes), telling }
    }

    /// Whether each value has a line of its own.
    pub(super) fn is_lines(&self) -> bool {
        self.naming == Naming::Lines
    }

    /// Names a member of this archive by the bytes that the archive calls it.
    pub(super) fn member(&self, name: &[u8], bytes: u64) -> Self {
        let record = format!("{}!{}", self.record, readable(name));
        let (naming, bytes) = (Naming::of(&record), Some(bytes));
        Self { record, naming, bytes, ..self.clone() }
    }

    /// Names a member of this archive that tells of the history of a record.
    pub(super) fn change(&self, record: String, telling: Telling, bytes: u64) -> Self {
        Self { record, naming: Naming::Whole, bytes: Some(bytes), telling, url: self.url.clone() }
    }

    /// Says the same text once it is unpacked, when nobody knows how long it will be.
    pub(super) fn unpacked(&self) -> Self {
        Self { bytes: None, ..self.clone() }
    }

    /// The place of the whole text.
    pub(super) fn whole(&self) -> Place {
        Place {
            record: self.record.clone(),
            url: self.url.clone(),
            pointer: None,
            start: Position::START,
            bytes_total: self.bytes,
            telling: self.telling,
        }
    }

    /// The place of a line that tells of a transaction.
    pub(super) fn line(&self, start: Position) -> Place {
        Place {
            record: format!("{}#L{}", self.record, start.line),
            url: format!("{}#L{}", self.url, start.line),
            start,
            bytes_total: None,
            telling: Telling::Event,
            ..self.whole()
        }
    }

    /// The place of a transaction whose envelope has this identity, or none, and so many bytes.
    pub(super) fn transaction(
        &self,
        identity: Option<String>,
        start: Position,
        bytes: u64,
    ) -> Place {
        let line = self.line(start);
        let named = identity.map(|identity| format!("transactions/{identity}"));
        Place { record: named.unwrap_or(line.record), bytes_total: Some(bytes), ..line }
    }

    /// The place of one value in the text.
    pub(super) fn value(&self, opening: &Opening) -> Place {
        let is_alone = opening.is_first && self.naming == Naming::Whole;
        let line = if is_alone { String::new() } else { format!("L{}", opening.line) };
        let pointer = opening.element.map(|index| format!("/{index}"));
        let fragment = line + pointer.as_deref().unwrap_or_default();
        let separator = if fragment.is_empty() { "" } else { "#" };
        Place {
            record: format!("{}{separator}{fragment}", self.record),
            bytes_total: self.bytes.filter(|_| fragment.is_empty()),
            pointer,
            start: opening.start,
            ..self.whole()
        }
    }
}

/// Folds the name that an envelope has in its registry into a part of a record id; `None` where it is no such name.
///
/// Names that differ in case only are one, as they are for the registry. The full stop is encoded, so that no such part is the name of a file.
pub(super) fn record_part(name: &[u8]) -> Option<String> {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if name.is_empty() || name.len() > MAX_PART || !name.iter().all(is_plain) {
        return None;
    }
    Some(encoded(&name.to_ascii_lowercase(), |c| c != '.'))
}

/// Where a URL stands in the order of a walk: the path as the disk has it, then the line.
fn order_of(url: &str) -> (Vec<u8>, u64) {
    let (file, line) = url.split_once("#L").unwrap_or((url, ""));
    let mut path = Vec::with_capacity(file.len());
    let mut rest = file.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = if byte == b'%' { after.split_first_chunk() } else { None };
        let decoded = digits.and_then(|(digits, after)| Some((hex(*digits)?, after)));
        let (byte, after) = decoded.unwrap_or((byte, after));
        path.push(byte);
        rest = after;
    }
    (path, line.parse().unwrap_or_default())
}

fn hex(digits: [u8; 2]) -> Option<u8> {
    let [high, low] = digits.map(|digit| char::from(digit).to_digit(16));
    u8::try_from(high? << 4 | low?).ok()
}

/// Writes a path below the import root as a record id.
pub(super) fn record_of(relative: &Path) -> String {
    let parts: Vec<String> = parts(relative).map(readable).collect();
    parts.join("/")
}

/// Writes an absolute path as a `file:` URL ([RFC 8089](https://www.rfc-editor.org/rfc/rfc8089)).
pub(super) fn url_of(path: &Path) -> String {
    let parts: Vec<String> = parts(path).map(|part| encoded(part, is_unreserved)).collect();
    format!("file:///{}", parts.join("/"))
}

fn parts(path: &Path) -> impl Iterator<Item = &[u8]> {
    path.components()
        .filter(|part| !matches!(part, Component::RootDir))
        .map(|part| part.as_os_str().as_encoded_bytes())
}

fn readable(name: &[u8]) -> String {
    encoded(name, |c| !c.is_control() && !matches!(c, '%' | '!' | '#'))
}

fn is_unreserved(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~')
}

fn encoded(bytes: &[u8], keeps: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if keeps(c) {
                out.push(c);
            } else {
                percent(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut out);
            }
        }
        percent(chunk.invalid(), &mut out);
    }
    out
}

fn percent(bytes: &[u8], out: &mut String) {
    out.extend(bytes.iter().map(|byte| format!("%{byte:02X}")));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_encoded_only_where_it_could_be_misread() {
        let check = |name: &[u8], expected: &str| assert_eq!(readable(name), expected);
        check(b"a b.json", "a b.json");
        check("Größe/é.json".as_bytes(), "Größe/é.json");
        check(b"100%.json", "100%25.json");
        check(b"a!b#c.json", "a%21b%23c.json");
        check(b"a\nb\x1b[0m", "a%0Ab%1B[0m");
        check(b"caf\xe9.json", "caf%E9.json");
        check("\u{85}".as_bytes(), "%C2%85");
    }

    #[test]
    fn a_url_keeps_only_unreserved_characters() {
        assert_eq!(url_of(Path::new("/a b/é~1.json")), "file:///a%20b/%C3%A9~1.json");
    }

    #[test]
    fn an_envelope_is_named_without_regard_to_case() {
        let check = |name: &str, expected: Option<&str>| {
            assert_eq!(record_part(name.as_bytes()).as_deref(), expected, "{name}");
        };
        check("ce-0A1b", Some("ce-0a1b"));
        check("urn_x.json", Some("urn_x%2Ejson"));
        check("", None);
        check("a/b", None);
        check("a b", None);
        check("ce-\u{e9}", None);
        check(&"a".repeat(128), Some(&"a".repeat(128)));
        check(&"a".repeat(129), None);
    }

    /// The place of a line of a file.
    fn line(path: &str, line: u64) -> Place {
        let label = Label::file(Path::new(path), Path::new("x"), 0);
        label.line(Position { offset: 0, line, column: 1 })
    }

    #[test]
    fn places_are_in_the_order_of_a_walk() {
        let check = |earlier: Place, later: Place| {
            assert!(later.follows(&earlier.url) && !earlier.follows(&later.url), "{}", later.url);
            assert!(!later.follows(&later.url));
        };
        check(line("/a/2016-06-09.gz", 500), line("/a/2016-06-10.gz", 1));
        check(line("/a/b.gz", 9), line("/a/b.gz", 10));
        check(line("/a/1.gz", 1), line("/a/1:.gz", 1));
        check(line("/a/b", 7), line("/a/b.gz", 1));
        check(line("/a/b.gz", 1), line("/a/b/c.gz", 1));
        let whole = Label::file(Path::new("/a/%L3.zip"), Path::new("x"), 0).whole();
        check(whole.clone(), line("/a/%L3.zip", 1));
        check(line("/a/%L", 1), whole);
    }

    proptest! {
        #[test]
        fn urls_are_in_the_order_of_the_paths(a in "[a-z/%#:. é]{1,8}", b in "[a-z/%#:. é]{1,8}") {
            let path = |name: &str| Path::new("/").join(name.trim_matches('/')).components().collect::<std::path::PathBuf>();
            let (a, b) = (path(&a), path(&b));
            let bytes = |path: &Path| path.as_os_str().as_encoded_bytes().to_vec();
            prop_assert_eq!(line(a.to_str().unwrap(), 1).follows(&url_of(&b)), bytes(&a) >= bytes(&b));
        }

        #[test]
        fn two_names_never_meet_in_one_record_id(
            a in prop::collection::vec(any::<u8>(), 0..4),
            b in prop::collection::vec(any::<u8>(), 0..4),
        ) {
            prop_assert_eq!(a == b, readable(&a) == readable(&b));
        }
    }
}
