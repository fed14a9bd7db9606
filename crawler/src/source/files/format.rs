//! What a file is, by its first bytes, and what its name promises.

use std::fmt;
use std::path::Path;

use crate::source::files::line::begins_dump;

/// How many first bytes are looked at.
pub(super) const HEAD: usize = 512;

/// What the first bytes of a stream say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    TextAfterMark,
    /// A dump of a registry's transactions.
    Dump,
    Gzip,
    Zstd,
    Zip,
    WideText,
    Foreign(Foreign),
}

/// A kind of file that holds no JSON documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A signed token ([RFC 7519](https://www.rfc-editor.org/rfc/rfc7519)), which is about somebody.
    SignedToken,
    /// A PNG image; a baked badge is read by other means.
    Png,
    /// A JPEG image.
    Jpeg,
    /// A GIF image.
    Gif,
    /// A PDF document.
    Pdf,
    /// SVG, HTML or other markup.
    Markup,
    /// A kind of archive that is not opened here.
    Archive,
    /// Anything else that is not text.
    Binary,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SignedToken => "a signed token",
            Self::Png => "a PNG image",
            Self::Jpeg => "a JPEG image",
            Self::Gif => "a GIF image",
            Self::Pdf => "a PDF document",
            Self::Markup => "markup (SVG, HTML or XML)",
            Self::Archive => "an archive of another kind",
            Self::Binary => "binary data",
        })
    }
}

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The first bytes of each kind. A zstd stream may begin with a skippable frame, of which there are sixteen.
const MAGIC: &[(&[u8], Format)] = &[
    (b"\x1F\x8B", Format::Gzip),
    (b"\x28\xB5\x2F\xFD", Format::Zstd),
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (UTF8_MARK, Format::TextAfterMark),
    (b"\xFF\xFE", Format::WideText),
    (b"\xFE\xFF", Format::WideText),
    (b"\0\0\xFE\xFF", Format::WideText),
    (b"\x89PNG", Format::Foreign(Foreign::Png)),
    (b"\xFF\xD8\xFF", Format::Foreign(Foreign::Jpeg)),
    (b"GIF8", Format::Foreign(Foreign::Gif)),
    (b"%PDF", Format::Foreign(Foreign::Pdf)),
    (b"BZh", Format::Foreign(Foreign::Archive)),
    (b"\xFD7zXZ", Format::Foreign(Foreign::Archive)),
    (b"7z\xBC\xAF", Format::Foreign(Foreign::Archive)),
    (b"Rar!", Format::Foreign(Foreign::Archive)),
];

impl Format {
    /// Judges a stream by its first bytes, at most [`HEAD`] of them.
    pub(super) fn of(head: &[u8]) -> Self {
        if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
            return *format;
        }
        match head {
            [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Self::Zstd,
            _ if begins_dump(head) => Self::Dump,
            [0, 1..=0x7F, ..] | [1..=0x7F, 0, ..] => Self::WideText,
            _ if head.trim_ascii_start().starts_with(b"eyJ") => Self::Foreign(Foreign::SignedToken),
            _ if head.contains(&0) => Self::Foreign(Foreign::Binary),
            _ if head.trim_ascii_start().starts_with(b"<") => Self::Foreign(Foreign::Markup),
            _ => Self::Text,
        }
    }

    /// How many first bytes of a text are no part of it.
    pub(super) fn mark_bytes(self) -> usize {
        if self == Self::TextAfterMark { UTF8_MARK.len() } else { 0 }
    }
}

/// How the values of a text are named.
///
/// It hangs on the name of the file alone, so that a record keeps its id when lines are added to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// The first value has the name of the text; values that follow are named by their line.
    Whole,
    /// Every value is named by its line, as [NDJSON](https://github.com/ndjson/ndjson-spec) has one in each.
    Lines,
}

impl Naming {
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let inner =
            [".gz", ".zst"].iter().find_map(|packing| name.strip_suffix(packing)).unwrap_or(&name);
        if ends_with_one_of(inner, &["ndjson", "jsonl"]) { Self::Lines } else { Self::Whole }
    }
}

/// Whether a file of this name in a folder or an archive is opened.
pub(super) fn is_taken(name: &str) -> bool {
    ends_with_one_of(name, &["json", "jsonld", "ndjson", "jsonl", "gz", "zst", "zip"])
}

/// The extension of a name, in lower case; empty where it has none.
pub(super) fn extension(name: &str) -> String {
    Path::new(name).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase()
}

fn ends_with_one_of(name: &str, extensions: &[&str]) -> bool {
    extensions.contains(&extension(name).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_format() {
        let check =
            |head: &[u8], expected: Format| assert_eq!(Format::of(head), expected, "{head:?}");
        check(b"", Format::Text);
        check(b" \n{\"a\":1}", Format::Text);
        check(b"\xEF\xBB\xBF{}", Format::TextAfterMark);
        check(b"\x1F\x8B\x08", Format::Gzip);
        check(b"\x28\xB5\x2F\xFD\x04", Format::Zstd);
        check(b"\x52\x2A\x4D\x18\x00", Format::Zstd);
        check(b"PK\x03\x04", Format::Zip);
        check(b"{\0\"\0", Format::WideText);
        check(b"\0{\0\"", Format::WideText);
        check(b"\xFF\xFE{\0", Format::WideText);
        check(b"\x89PNG\r\n\x1A\n", Format::Foreign(Foreign::Png));
        check(b"\n <svg>", Format::Foreign(Foreign::Markup));
        check(b"abc\0\0", Format::Foreign(Foreign::Binary));
        check(b"\xFFabc", Format::Text);
        check(b"eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.c2ln", Format::Foreign(Foreign::SignedToken));
        check(b"eyJzdGF0dXMiOiJjcmVhdGVkIiwiZGF0ZSI6", Format::Dump);
        check(b"damaged\r\neyJzdGF0dXMiOiJjcmVhdGVkIiwi\n", Format::Dump);
        check(b"eyJzdGF0dXMiOiJjcmVhdGVkIiwi.e30.c2ln", Format::Foreign(Foreign::SignedToken));
    }

    #[test]
    fn the_name_tells_whether_to_open_it_and_how_to_name_its_values() {
        let check = |name: &str, taken: bool, naming: Naming| {
            assert_eq!((is_taken(name), Naming::of(name)), (taken, naming), "{name}");
        };
        check("a.json", true, Naming::Whole);
        check("A.JSON", true, Naming::Whole);
        check("a.jsonld", true, Naming::Whole);
        check("a.ndjson", true, Naming::Lines);
        check("a.jsonl.gz", true, Naming::Lines);
        check("a.JSONL.ZST", true, Naming::Lines);
        check("a.zip", true, Naming::Whole);
        check("a.json.bak", false, Naming::Whole);
        check("json", false, Naming::Whole);
        check("a.md", false, Naming::Whole);
    }
}
