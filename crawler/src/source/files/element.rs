//! Cuts the elements out of an array that comes in piece by piece, as a server sends a page of a list.

use thiserror::Error;

use crate::source::files::format::Naming;
use crate::source::files::scan::{Event, Scanner};
use crate::syntax::Syntax;

/// An element of an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Element<'t> {
    /// Its text, byte by byte.
    Whole(&'t [u8]),
    /// It is longer than one may be.
    TooLong,
}

/// Why a text is no array.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(in crate::source) enum NoArray {
    /// It is another value, or more than one.
    #[error("it is no array")]
    Other,
    /// Its boundaries cannot be told.
    #[error(transparent)]
    Syntax(#[from] Syntax),
}

/// Cuts one text; holds one element at a time.
#[derive(Debug)]
pub(in crate::source) struct Elements {
    scanner: Scanner,
    cut: Cut,
}

#[derive(Debug)]
struct Cut {
    limit: usize,
    text: Vec<u8>,
    is_too_long: bool,
    fault: Option<NoArray>,
}

impl Elements {
    /// Begins a text whose elements may have `limit` bytes, and brackets `depth` levels deep.
    pub(in crate::source) fn new(limit: usize, depth: usize) -> Self {
        let cut = Cut { limit, text: Vec::new(), is_too_long: false, fault: None };
        Self { scanner: Scanner::new(Naming::Whole, depth, 0), cut }
    }

    /// Goes on with the next bytes, and hands over every element that they end.
    pub(in crate::source) fn feed<E>(
        &mut self,
        chunk: &[u8],
        on: &mut impl FnMut(Element<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let cut = &mut self.cut;
        self.scanner.feed(chunk, &mut |event| cut.on(event, on))
    }

    /// What is wrong with the text so far.
    pub(in crate::source) fn fault(&self) -> Option<NoArray> {
        self.cut.fault
    }

    /// Ends the text.
    pub(in crate::source) fn finish(&mut self) -> Result<(), NoArray> {
        if self.scanner.is_empty() {
            return Err(Syntax::Truncated.into());
        }
        let cut = &mut self.cut;
        self.scanner.finish(&mut |event| cut.on(event, &mut |_| Ok::<(), NoArray>(())))?;
        cut.fault.map_or(Ok(()), Err)
    }
}

impl Cut {
    fn on<E>(
        &mut self,
        event: Event<'_>,
        on: &mut impl FnMut(Element<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        match event {
            Event::Open(opening) => {
                self.text.clear();
                self.is_too_long = false;
                if opening.element.is_none() || !opening.is_first {
                    self.fault = self.fault.or(Some(NoArray::Other));
                }
            }
            Event::Text(text) => self.text(text),
            Event::Close if self.fault.is_some() => {}
            Event::Close if self.is_too_long => on(Element::TooLong)?,
            Event::Close => on(Element::Whole(&self.text))?,
            Event::EmptyArray(opening) if opening.is_first => {}
            Event::EmptyArray(_) => self.fault = self.fault.or(Some(NoArray::Other)),
            Event::Fault(syntax, _) => self.fault = self.fault.or(Some(syntax.into())),
        }
        Ok(())
    }

    fn text(&mut self, text: &[u8]) {
        let is_wanted = self.fault.is_none() && !self.is_too_long;
        if is_wanted && self.text.len() + text.len() <= self.limit {
            self.text.extend_from_slice(text);
        } else {
            self.is_too_long = true;
            self.text = Vec::new();
        }
    }
}

/// The first element of an array that lies in memory.
pub(in crate::source) fn first_element(text: &[u8], depth: usize) -> Option<Vec<u8>> {
    let mut first = None;
    let mut elements = Elements::new(usize::MAX, depth);
    let halted = elements.feed(text, &mut |element| match element {
        Element::Whole(text) => {
            first = Some(text.to_vec());
            Err(())
        }
        Element::TooLong => Err(()),
    });
    halted.err().and(first)
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;

    use super::*;

    /// Cuts a text in chunks and writes each element, or `-` where it is too long, and at the end what is wrong.
    fn cut(text: &[u8], chunk: usize) -> Vec<String> {
        let mut elements = Elements::new(7, 3);
        let mut told = Vec::new();
        for part in text.chunks(chunk) {
            let fed = elements.feed(part, &mut |element| {
                told.push(match element {
                    Element::Whole(text) => text.escape_ascii().to_string(),
                    Element::TooLong => "-".to_owned(),
                });
                Ok::<(), Infallible>(())
            });
            fed.unwrap();
        }
        if let Err(fault) = elements.finish() {
            told.push(format!("! {fault}"));
        }
        told
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(cut(text.as_bytes(), usize::MAX), expected, "{text}");
        assert_eq!(cut(text.as_bytes(), 1), expected, "{text}, byte by byte");
    }

    #[test]
    fn elements_come_as_they_stand_in_the_text() {
        check("[]", &[]);
        check(" [ {\"a\" :1},2,\n[] ] ", &["-", "2", "[]"]);
        check("[{\"a\":1},{}]", &[r#"{\"a\":1}"#, "{}"]);
    }

    #[test]
    fn what_is_whole_before_a_cut_is_handed_over() {
        check("[{},{\"a\"", &["{}", "! the text ends too early"]);
        check("[{},", &["{}", "! the text ends too early"]);
        check("[{},{}", &["{}", "{}", "! the text ends too early"]);
        check("[{}}", &["{}", "! `}` stands where `,` or `]` should"]);
    }

    #[test]
    fn what_is_no_array_says_so() {
        check("", &["! the text ends too early"]);
        check("{}", &["! it is no array"]);
        check("7", &["! it is no array"]);
        check("[{}]\n{}", &["{}", "! it is no array"]);
        check("[]\n[]", &["! it is no array"]);
        check("<html>", &["! `<` stands where a JSON value should"]);
    }

    #[test]
    fn the_first_element_is_found_without_the_rest() {
        let check = |text: &str, expected: Option<&str>| {
            let found = first_element(text.as_bytes(), 4);
            assert_eq!(found.as_deref(), expected.map(str::as_bytes), "{text}");
        };
        check("[{\"a\":[1]},{", Some("{\"a\":[1]}"));
        check("[]", None);
        check("{}", None);
        check("[{", None);
    }

    proptest! {
        #[test]
        fn the_cut_of_the_chunks_does_not_matter(text in "[\\[\\]{},\"a1 \n]{0,20}", chunk in 1_usize..5) {
            prop_assert_eq!(cut(text.as_bytes(), chunk), cut(text.as_bytes(), usize::MAX));
        }

        #[test]
        fn arbitrary_bytes_never_panic(text in prop::collection::vec(any::<u8>(), 0..100)) {
            cut(&text, 7);
            drop(first_element(&text, 2));
        }
    }
}
