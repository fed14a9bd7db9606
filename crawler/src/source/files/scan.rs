//! Finds where the JSON values of a text begin and end.
//!
//! The scanner is fed chunks of any size and tells what it meets as [`Event`]s; the events are the same however the text is
//! cut, but for the cuts in [`Event::Text`]. It looks at strings, escapes and brackets only: a value that it closes may still
//! be bad JSON, a value that it does not close is bad for certain.

use crate::brackets::{Brackets, Step};
use crate::source::files::format::Naming;
use crate::source::files::place::Position;
use crate::source::files::value::{JsonKind, Opening};
use crate::syntax::Syntax;

/// What the scanner meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event<'t> {
    /// A value begins: the only value of the text, one of several, or an element of an array that is one of these.
    Open(Opening),
    /// Bytes of the value that was opened.
    Text(&'t [u8]),
    /// The value ends.
    Close,
    /// An array ends that had no elements.
    EmptyArray(Opening),
    /// The text is wrong here; in NDJSON the next line may be good, else nothing follows.
    Fault(Syntax, Position),
}

/// Where the scanner stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between the values of the text.
    Outside(Gap),
    /// Between the elements of an array.
    InArray(Expect),
    /// In a value.
    Value,
    /// After a fault in NDJSON, until a line begins with a bracket.
    Lost { at_line_start: bool },
    /// After a fault elsewhere.
    Dead,
}

/// Whether a line has begun since the last value; two values on one line could not be told apart by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    SameLine,
    NewLine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    ElementOrEnd,
    Element,
    CommaOrEnd,
}

/// Finds the values of one text.
#[derive(Debug)]
pub(super) struct Scanner {
    naming: Naming,
    state: State,
    /// The value that is open.
    brackets: Brackets,
    /// The array that is open, and the number of its next element.
    array: Option<(Opening, u64)>,
    /// Values of the text so far, an array counting as one.
    values: u64,
    offset: u64,
    line: u64,
    line_start: u64,
}

impl Scanner {
    /// Begins a text of which `offset` bytes, a byte order mark, are not fed.
    pub(super) fn new(naming: Naming, depth: usize, offset: u64) -> Self {
        Self {
            naming,
            state: State::Outside(Gap::NewLine),
            brackets: Brackets::new(depth),
            array: None,
            values: 0,
            offset,
            line: 1,
            line_start: offset,
        }
    }

    /// Where the next byte stands.
    pub(super) fn position(&self) -> Position {
        Position { offset: self.offset, line: self.line, column: self.offset - self.line_start + 1 }
    }

    /// Whether a fault was met after which nothing can follow.
    pub(super) fn is_dead(&self) -> bool {
        self.state == State::Dead
    }

    /// Whether neither a value nor a fault has been met.
    pub(super) fn is_empty(&self) -> bool {
        self.values == 0 && matches!(self.state, State::Outside(_))
    }

    /// Goes on with the next bytes of the text.
    pub(super) fn feed<E>(
        &mut self,
        chunk: &[u8],
        on: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut rest = chunk;
        while let Some(&byte) = rest.first() {
            let taken = match self.state {
                State::Value => self.value(rest, on)?,
                State::Outside(_) => self.outside(byte, on)?,
                State::InArray(expect) => self.in_array(expect, byte, on)?,
                State::Lost { at_line_start } => self.lost(at_line_start, byte),
                State::Dead => rest.len(),
            };
            rest = rest.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    /// Ends the text.
    pub(super) fn finish<E>(
        &mut self,
        on: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.state == State::Value && self.brackets.is_scalar() {
            self.close(on)?;
        }
        match self.state {
            State::Value | State::InArray(_) => self.fault(Syntax::Truncated, on),
            State::Outside(_) | State::Lost { .. } | State::Dead => Ok(()),
        }
    }

    /// Takes the bytes up to the end of the value or of the chunk; none where the value has ended just before.
    fn value<E>(
        &mut self,
        rest: &[u8],
        on: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let mut length = 0;
        let mut step = Step::Goes;
        for &byte in rest {
            step = self.step(byte);
            if matches!(step, Step::EndedBefore | Step::Breaks(_)) {
                break;
            }
            self.pass(byte);
            length += 1;
            if matches!(step, Step::Ends) {
                break;
            }
        }
        let text = rest.get(..length).unwrap_or_default();
        if !text.is_empty() {
            on(Event::Text(text))?;
        }
        match step {
            Step::Goes => {}
            Step::Ends | Step::EndedBefore => self.close(on)?,
            Step::Breaks(syntax) => self.fault(syntax, on)?,
        }
        Ok(length)
    }

    fn step(&mut self, byte: u8) -> Step {
        if byte == b'\n' && self.naming == Naming::Lines && self.brackets.is_structure() {
            return Step::Breaks(Syntax::LineBreak);
        }
        self.brackets.step(byte)
    }

    fn outside<E>(
        &mut self,
        byte: u8,
        on: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<usize, E> {
        if byte == b'\n' {
            self.state = State::Outside(Gap::NewLine);
        }
        if is_space(byte) {
            return Ok(self.pass(byte));
        }
        if self.state == State::Outside(Gap::SameLine) {
            return self.fault(Syntax::Trailing { found: byte }, on).map(|()| 0);
        }
        let Some(kind) = JsonKind::beginning_with(byte) else {
            let syntax = Syntax::Unexpected { found: byte, expected: "a JSON value" };
            return self.fault(syntax, on).map(|()| 0);
        };
        self.values += 1;
        let opening = Opening {
            kind,
            start: self.position(),
            line: self.line,
            is_first: self.values == 1,
            element: None,
        };
        if kind == JsonKind::Array {
            self.array = Some((opening, 0));
            self.state = State::InArray(Expect::ElementOrEnd);
            return Ok(self.pass(byte));
        }
        self.open(opening, on)
    }

    fn in_array<E>(
        &mut self,
        expect: Expect,
        byte: u8,
        on: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<usize, E> {
        let Some((array, index)) = self.array else {
            return self.fault(Syntax::Truncated, on).map(|()| 0);
        };
        match (expect, byte) {
            (_, b'\n') if self.naming == Naming::Lines => {
                return self.fault(Syntax::LineBreak, on).map(|()| 0);
            }
            _ if is_space(byte) => return Ok(self.pass(byte)),
            (Expect::ElementOrEnd | Expect::CommaOrEnd, b']') => {
                self.array = None;
                self.state = State::Outside(Gap::SameLine);
                if index == 0 {
                    on(Event::EmptyArray(array))?;
                }
                return Ok(self.pass(byte));
            }
            (Expect::CommaOrEnd, b',') => {
                self.state = State::InArray(Expect::Element);
                return Ok(self.pass(byte));
            }
            _ => {}
        }
        let kind = JsonKind::beginning_with(byte).filter(|_| expect != Expect::CommaOrEnd);
        let Some(kind) = kind else {
            let expected = if expect == Expect::CommaOrEnd { "`,` or `]`" } else { "an element" };
            return self.fault(Syntax::Unexpected { found: byte, expected }, on).map(|()| 0);
        };
        self.array = Some((array, index + 1));
        self.open(Opening { kind, start: self.position(), element: Some(index), ..array }, on)
    }

    /// Opens a value and leaves its first byte to be read as part of it.
    fn open<E>(
        &mut self,
        opening: Opening,
        on: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<usize, E> {
        self.brackets.begin(matches!(opening.kind, JsonKind::Number | JsonKind::Literal));
        self.state = State::Value;
        on(Event::Open(opening))?;
        Ok(0)
    }

    fn close<E>(&mut self, on: &mut impl FnMut(Event<'_>) -> Result<(), E>) -> Result<(), E> {
        let is_element = self.array.is_some();
        self.state = if is_element {
            State::InArray(Expect::CommaOrEnd)
        } else {
            State::Outside(Gap::SameLine)
        };
        on(Event::Close)
    }

    fn fault<E>(
        &mut self,
        syntax: Syntax,
        on: &mut impl FnMut(Event<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.array = None;
        self.state = match self.naming {
            Naming::Lines => State::Lost { at_line_start: false },
            Naming::Whole => State::Dead,
        };
        on(Event::Fault(syntax, self.position()))
    }

    fn lost(&mut self, at_line_start: bool, byte: u8) -> usize {
        if at_line_start && matches!(byte, b'{' | b'[') {
            self.state = State::Outside(Gap::NewLine);
            return 0;
        }
        self.state = State::Lost { at_line_start: byte == b'\n' };
        self.pass(byte)
    }

    fn pass(&mut self, byte: u8) -> usize {
        self.offset += 1;
        if byte == b'\n' {
            self.line += 1;
            self.line_start = self.offset;
        }
        1
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    /// Scans a text in chunks and writes each value as it was cut, with `@line` and `/element`; faults as `! reason`.
    fn scan(text: &[u8], naming: Naming, chunk: usize) -> Vec<String> {
        let mut scanner = Scanner::new(naming, 4, 0);
        let mut told: Vec<String> = Vec::new();
        let mut on = |event: Event<'_>| {
            match event {
                Event::Open(opening) => {
                    let element =
                        opening.element.map(|index| format!("/{index}")).unwrap_or_default();
                    told.push(format!("@{}{element} {} ", opening.line, opening.kind));
                }
                Event::Text(bytes) => {
                    told.last_mut().unwrap().push_str(&bytes.escape_ascii().to_string());
                }
                Event::Close => told.last_mut().unwrap().push('.'),
                Event::EmptyArray(opening) => told.push(format!("@{} []", opening.line)),
                Event::Fault(syntax, at) => {
                    told.push(format!("! {syntax} at {}:{}", at.line, at.column));
                }
            }
            Ok::<(), Infallible>(())
        };
        for part in text.chunks(chunk) {
            scanner.feed(part, &mut on).unwrap();
        }
        scanner.finish(&mut on).unwrap();
        told
    }

    #[track_caller]
    fn check(naming: Naming, text: &str, expected: &[&str]) {
        assert_eq!(scan(text.as_bytes(), naming, usize::MAX), expected, "{text}");
        assert_eq!(scan(text.as_bytes(), naming, 1), expected, "{text}, byte by byte");
    }

    #[test]
    fn values_are_cut_where_they_begin_and_end() {
        let check = |text: &str, expected: &[&str]| check(Naming::Whole, text, expected);
        check("", &[]);
        check(" {} ", &["@1 an object {}."]);
        check(r#"{"a":"}\"]{\\"}"#, &[r#"@1 an object {\"a\":\"}\\\"]{\\\\\"}."#]);
        check("{\"a\":\n[{}]}", &[r#"@1 an object {\"a\":\n[{}]}."#]);
        check("[]", &["@1 []"]);
        check("\n[ ]", &["@2 []"]);
        check("[{},\n {}]", &["@1/0 an object {}.", "@1/1 an object {}."]);
        check(
            "[1, \"]\", null, [{}]]",
            &[
                "@1/0 a number 1.",
                r#"@1/1 a string \"]\"."#,
                "@1/2 a literal null.",
                "@1/3 an array [{}].",
            ],
        );
        check("12", &["@1 a number 12."]);
        check("\"a\"", &[r#"@1 a string \"a\"."#]);
        check("{}\n{}\r\n\n[{}]", &["@1 an object {}.", "@2 an object {}.", "@4/0 an object {}."]);
        check("-1.5e+3\ntrue\n", &["@1 a number -1.5e+3.", "@2 a literal true."]);
    }

    #[test]
    fn a_fault_names_its_place_and_ends_the_text() {
        let check = |text: &str, expected: &[&str]| check(Naming::Whole, text, expected);
        check("{} {}", &["@1 an object {}.", "! `{` follows the value on the same line at 1:4"]);
        check("{}}\n{}", &["@1 an object {}.", "! `}` follows the value on the same line at 1:3"]);
        check("{}\n}", &["@1 an object {}.", "! `}` stands where a JSON value should at 2:1"]);
        check("eyJhIjox", &["! `e` stands where a JSON value should at 1:1"]);
        check("\u{e9}", &[r"! `\xc3` stands where a JSON value should at 1:1"]);
        check("{\"a\": ", &[r#"@1 an object {\"a\": "#, "! the text ends too early at 1:7"]);
        check("{\"a", &[r#"@1 an object {\"a"#, "! the text ends too early at 1:4"]);
        check("{\"a\\", &[r#"@1 an object {\"a\\"#, "! the text ends too early at 1:5"]);
        check("{\"a\n\":1}", &[r#"@1 an object {\"a"#, "! the line ends too early at 1:4"]);
        check("{]", &["@1 an object {", "! `]` stands where `}` should at 1:2"]);
        check("{\"a\":[}", &[r#"@1 an object {\"a\":["#, "! `}` stands where `]` should at 1:7"]);
        check("[", &["! the text ends too early at 1:2"]);
        check("[{}", &["@1/0 an object {}.", "! the text ends too early at 1:4"]);
        check("[{},", &["@1/0 an object {}.", "! the text ends too early at 1:5"]);
        check("[{},]", &["@1/0 an object {}.", "! `]` stands where an element should at 1:5"]);
        check("[,]", &["! `,` stands where an element should at 1:2"]);
        check("[{}\n{}]", &["@1/0 an object {}.", "! `{` stands where `,` or `]` should at 2:1"]);
        check("[1x\"]", &["@1/0 a number 1x.", "! `\"` stands where `,` or `]` should at 1:4"]);
    }

    #[test]
    fn depth_is_counted_within_a_value() {
        let check = |text: &str, expected: &[&str]| check(Naming::Whole, text, expected);
        check("{[[[]]]}", &["@1 an object {[[[]]]}."]);
        check("[{[[[]]]}]", &["@1/0 an object {[[[]]]}."]);
        check("{[[[[", &["@1 an object {[[[", "! brackets nest deeper than 4 levels at 1:5"]);
    }

    #[test]
    fn ndjson_goes_on_after_a_bad_line() {
        let check = |text: &str, expected: &[&str]| check(Naming::Lines, text, expected);
        check(
            "{}\n\n[{},1]\n3\n",
            &["@1 an object {}.", "@3/0 an object {}.", "@3/1 a number 1.", "@4 a number 3."],
        );
        check(
            "{\"a\n{}",
            &[r#"@1 an object {\"a"#, "! the line ends too early at 1:4", "@2 an object {}."],
        );
        check(
            "{\n  {}\n}\n{}",
            &["@1 an object {", "! the line ends too early at 1:2", "@4 an object {}."],
        );
        check(
            "[{},\n{}",
            &["@1/0 an object {}.", "! the line ends too early at 1:5", "@2 an object {}."],
        );
        check(
            "{} x\n{}",
            &[
                "@1 an object {}.",
                "! `x` follows the value on the same line at 1:4",
                "@2 an object {}.",
            ],
        );
        check("x\n{}", &["! `x` stands where a JSON value should at 1:1", "@2 an object {}."]);
        check(
            "{}\n{\"a",
            &["@1 an object {}.", r#"@2 an object {\"a"#, "! the text ends too early at 2:4"],
        );
    }

    fn jsonish() -> impl Strategy<Value = Vec<u8>> {
        let token = prop::sample::select(vec![
            "{", "}", "[", "]", "\"", "\\", ",", ":", "\n", " ", "1", "a", "{}", "\"a\":", "\u{e9}",
        ]);
        prop::collection::vec(token, 0..40).prop_map(|tokens| tokens.concat().into_bytes())
    }

    proptest! {
        #[test]
        fn chunks_make_no_difference(text in jsonish(), chunk in 1_usize..7) {
            for naming in [Naming::Whole, Naming::Lines] {
                prop_assert_eq!(scan(&text, naming, chunk), scan(&text, naming, usize::MAX));
            }
        }

        #[test]
        fn any_bytes_can_be_scanned(text in prop::collection::vec(any::<u8>(), 0..200)) {
            for naming in [Naming::Whole, Naming::Lines] {
                prop_assert_eq!(scan(&text, naming, 1), scan(&text, naming, usize::MAX));
            }
        }
    }
}
