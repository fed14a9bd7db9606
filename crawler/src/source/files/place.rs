//! Where a document lies, and the names made from it.
//!
//! A **record id** is the path below the import root with `/` between its parts, then `!` and the path of a ZIP member, then
//! `#` and the place in the text: `/3` is an RFC 6901 pointer to an element, `L17` a value that begins in line 17, `L17/3` an
//! element of the array of that line. `%`, `!`, `#`, control characters and bytes that are no UTF-8 are percent-encoded in
//! names, so that an id is read in one way only.

use std::fmt;
use std::path::{Component, Path};

use crate::source::files::format::Naming;
use crate::source::files::value::Opening;

/// Where a document of a file source lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The record id: unique in the source, and the same at every import.
    pub record: String,
    /// The `file:` URL of the file on the disk; for a ZIP member that of the archive.
    pub url: String,
    /// The RFC 6901 pointer of an element of an array.
    pub pointer: Option<String>,
    /// Where it begins in the decompressed text.
    pub start: Position,
    /// How long the document will be at most, where that is known; archives may lie.
    pub bytes_total: Option<u64>,
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
}

impl Label {
    /// Names the file at `path`, known below the import root as `relative`.
    pub(super) fn file(path: &Path, relative: &Path, bytes: u64) -> Self {
        let record = record_of(relative);
        Self { naming: Naming::of(&record), url: url_of(path), record, bytes: Some(bytes) }
    }

    /// Whether each value has a line of its own.
    pub(super) fn is_lines(&self) -> bool {
        self.naming == Naming::Lines
    }

    /// Names a member of this archive by the bytes that the archive calls it.
    pub(super) fn member(&self, name: &[u8], bytes: u64) -> Self {
        let record = format!("{}!{}", self.record, readable(name));
        Self { naming: Naming::of(&record), url: self.url.clone(), record, bytes: Some(bytes) }
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
        }
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

    proptest! {
        #[test]
        fn two_names_never_meet_in_one_record_id(
            a in prop::collection::vec(any::<u8>(), 0..4),
            b in prop::collection::vec(any::<u8>(), 0..4),
        ) {
            prop_assert_eq!(a == b, readable(&a) == readable(&b));
        }
    }
}
