//! Whether a body is one JSON text, as far as brackets and strings tell, while it comes in.

use crate::brackets::{Brackets, Step};
use crate::syntax::Syntax;

/// How deep brackets may nest.
const DEPTH: usize = 128;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A JSON text that comes in.
#[derive(Debug)]
pub(super) struct JsonText {
    brackets: Brackets,
    state: State,
    /// How many bytes of a byte order mark were met.
    n_mark: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Before,
    Inside,
    After,
}

/// Why a body is no JSON text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Flaw {
    /// There is nothing in it but white space.
    #[error("it is empty")]
    Empty,
    /// It is a page for people.
    #[error("it is HTML, not JSON")]
    Html,
    /// Its brackets or strings are wrong.
    #[error("{0}")]
    Syntax(#[from] Syntax),
}

impl JsonText {
    /// A text of which nothing has come.
    pub(super) fn new() -> Self {
        Self { brackets: Brackets::new(DEPTH), state: State::Before, n_mark: 0 }
    }

    /// Looks at the next bytes and gives those of them that belong to the text: all but a byte order mark.
    pub(super) fn feed<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], Flaw> {
        let bytes = self.after_mark(bytes);
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            self.step(byte)?;
            let n_plain = if self.state == State::Inside { self.brackets.plain(after) } else { 0 };
            rest = after.get(n_plain..).unwrap_or_default();
        }
        Ok(bytes)
    }

    /// Ends the text.
    pub(super) fn finish(&self) -> Result<(), Flaw> {
        match self.state {
            State::Before => Err(Flaw::Empty),
            State::Inside if !self.brackets.is_scalar() => Err(Flaw::Syntax(Syntax::Truncated)),
            State::Inside | State::After => Ok(()),
        }
    }

    /// Leaves out a byte order mark ([RFC 8259 section 8.1](https://www.rfc-editor.org/rfc/rfc8259#section-8.1)), however it is cut.
    fn after_mark<'b>(&mut self, bytes: &'b [u8]) -> &'b [u8] {
        let mut rest = bytes;
        while let (Some(mark), Some((byte, after))) =
            (UTF8_MARK.get(self.n_mark), rest.split_first())
        {
            if mark != byte {
                self.n_mark = UTF8_MARK.len();
                break;
            }
            self.n_mark += 1;
            rest = after;
        }
        rest
    }

    fn step(&mut self, byte: u8) -> Result<(), Flaw> {
        if self.state == State::Before {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => return Ok(()),
                b'{' | b'[' | b'"' => self.brackets.begin(false),
                b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => self.brackets.begin(true),
                b'<' => return Err(Flaw::Html),
                found => {
                    return Err(Syntax::Unexpected { found, expected: "a JSON value" }.into());
                }
            }
            self.state = State::Inside;
        }
        if self.state == State::Inside {
            match self.brackets.step(byte) {
                Step::Goes => return Ok(()),
                Step::Breaks(syntax) => return Err(syntax.into()),
                Step::Ends => {
                    self.state = State::After;
                    return Ok(());
                }
                Step::EndedBefore => self.state = State::After,
            }
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => Ok(()),
            found => Err(Syntax::Trailing { found }.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &[u8], chunk: usize) -> Result<Vec<u8>, Flaw> {
        let mut json = JsonText::new();
        let mut kept = Vec::new();
        for part in text.chunks(chunk) {
            kept.extend_from_slice(json.feed(part)?);
        }
        json.finish().map(|()| kept)
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        for chunk in [1, 2, usize::MAX] {
            let said = read(text.as_bytes(), chunk);
            let kept = text.strip_prefix('\u{feff}').unwrap_or(text);
            match said {
                Ok(bytes) => {
                    assert_eq!((bytes.as_slice(), expected), (kept.as_bytes(), ""), "{text}");
                }
                Err(flaw) => assert_eq!(flaw.to_string(), expected, "{text}"),
            }
        }
    }

    #[test]
    fn one_json_text_is_taken() {
        for text in
            ["{}", " [] \r\n", "\"a\\\"b\"", "12", "-1.5e+3 ", "null", "\u{feff}{\"a\":[1,{}]}"]
        {
            check(text, "");
        }
    }

    #[test]
    fn what_is_no_json_text_is_refused_with_a_reason() {
        check("", "it is empty");
        check(" \n", "it is empty");
        check("\u{feff}", "it is empty");
        check(" <!doctype html><html></html>", "it is HTML, not JSON");
        check("{\"a\":[1,2", "the text ends too early");
        check("\"abc", "the text ends too early");
        check("{]", "`]` stands where `}` should");
        check("{}{}", "`{` follows the value on the same line");
        check("{}\n{}", "`{` follows the value on the same line");
        check("12 34", "`3` follows the value on the same line");
        check("Service Unavailable", "`S` stands where a JSON value should");
        check("{\"a\":\"b\nc\"}", "the line ends too early");
    }

    #[test]
    fn brackets_nest_as_deep_as_serde_json_reads_them() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        check(&nested(128), "");
        check(&nested(129), "brackets nest deeper than 128 levels");
    }

    proptest! {
        #[test]
        fn what_serde_json_reads_is_taken(text in "[\\[\\]{}\",:a1 \\\\]{0,20}") {
            if serde_json::from_str::<serde_json::Value>(&text).is_ok() {
                prop_assert!(read(text.as_bytes(), 3).is_ok());
            }
        }

        #[test]
        fn a_text_that_is_cut_off_is_never_taken(text in "\\{\"[a-z]{1,5}\":\\[[0-9]{1,3}(,\"[a-z]{0,3}\")*\\]\\}", at: proptest::sample::Index) {
            prop_assert!(read(text.as_bytes(), 3).is_ok());
            prop_assert!(read(&text.as_bytes()[..at.index(text.len())], 3).is_err());
        }
    }
}
