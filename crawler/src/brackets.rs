//! The brackets and strings of one JSON value, byte by byte.
//!
//! Nothing else of it is looked at: a value that ends may still be bad JSON, one that does not end is bad for certain.

use crate::syntax::Syntax;

/// A JSON value that is being read.
#[derive(Debug)]
pub(crate) struct Brackets {
    depth: usize,
    token: Token,
    /// The closing brackets that the value still needs.
    closers: Vec<u8>,
}

/// What kind of text inside a value comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Structure,
    String,
    Escape,
    Scalar,
}

/// What one byte does to the value it is met in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// It belongs to the value, and more does.
    Goes,
    /// It is the last of the value.
    Ends,
    /// It is the first that no longer belongs to the value.
    EndedBefore,
    /// It makes the value a wrong one.
    Breaks(Syntax),
}

impl Brackets {
    /// Takes brackets that nest as deep as `depth`.
    pub(crate) fn new(depth: usize) -> Self {
        Self { depth, token: Token::Structure, closers: Vec::new() }
    }

    /// Begins a value; its first byte is the next that is given. A scalar is a number or a literal.
    pub(crate) fn begin(&mut self, is_scalar: bool) {
        self.token = if is_scalar { Token::Scalar } else { Token::Structure };
        self.closers.clear();
    }

    /// Whether the value is a number or a literal, which ends with the text.
    pub(crate) fn is_scalar(&self) -> bool {
        self.token == Token::Scalar
    }

    /// Whether the next byte stands outside strings, numbers and literals.
    pub(crate) fn is_structure(&self) -> bool {
        self.token == Token::Structure
    }

    /// Goes on by one byte.
    pub(crate) fn step(&mut self, byte: u8) -> Step {
        match (self.token, byte) {
            (Token::String | Token::Escape, b'\n') => Step::Breaks(Syntax::LineBreak),
            (Token::String, b'\\') => self.go(Token::Escape),
            (Token::String, b'"') if self.closers.is_empty() => Step::Ends,
            (Token::String, b'"') => self.go(Token::Structure),
            (Token::Escape, _) | (Token::Structure, b'"') => self.go(Token::String),
            (Token::Structure, b'{') => self.nest(b'}'),
            (Token::Structure, b'[') => self.nest(b']'),
            (Token::Structure, b'}' | b']') => self.unnest(byte),
            (Token::Scalar, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'-' | b'.') => {
                Step::Goes
            }
            (Token::Scalar, _) => Step::EndedBefore,
            (Token::String | Token::Structure, _) => Step::Goes,
        }
    }

    /// How many of these bytes come next and change nothing, so that they need not be given one by one.
    pub(crate) fn plain(&self, bytes: &[u8]) -> usize {
        let ends = |byte: &u8| match self.token {
            Token::String => matches!(byte, b'"' | b'\\' | b'\n'),
            Token::Structure => matches!(byte, b'"' | b'{' | b'[' | b'}' | b']'),
            Token::Escape | Token::Scalar => true,
        };
        bytes.iter().position(ends).unwrap_or(bytes.len())
    }

    fn go(&mut self, token: Token) -> Step {
        self.token = token;
        Step::Goes
    }

    fn nest(&mut self, closer: u8) -> Step {
        if self.closers.len() >= self.depth {
            return Step::Breaks(Syntax::TooDeep { limit: self.depth });
        }
        self.closers.push(closer);
        Step::Goes
    }

    fn unnest(&mut self, byte: u8) -> Step {
        match self.closers.pop() {
            Some(closer) if closer == byte && self.closers.is_empty() => Step::Ends,
            Some(closer) if closer == byte => Step::Goes,
            Some(b'}') => Step::Breaks(Syntax::Unexpected { found: byte, expected: "`}`" }),
            _ => Step::Breaks(Syntax::Unexpected { found: byte, expected: "`]`" }),
        }
    }
}
