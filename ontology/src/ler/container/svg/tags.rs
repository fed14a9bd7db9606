//! The tags of a picture, one after the other, and nothing between them.

use crate::ler::container::error::ContainerError;

/// What a tag does to the elements that are open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    Opens,
    Closes,
    Empty,
}

/// A tag as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub kind: TagKind,
    /// Where it starts, in bytes.
    pub start: usize,
    /// From `<` to `>`.
    pub text: &'a str,
    /// How many attributes it has at most: one for each text in quotes.
    pub n_attributes: usize,
}

impl<'a> Tag<'a> {
    /// Where it ends, in bytes.
    pub(super) fn end(self) -> usize {
        self.start + self.text.len()
    }

    /// The name with its prefix.
    pub(super) fn name(self) -> &'a str {
        let name = self.text.trim_start_matches(['<', '/']);
        let is_over = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
        name.split(is_over).next().unwrap_or_default()
    }

    /// The name without its prefix.
    pub(super) fn local_name(self) -> &'a str {
        self.name().rsplit(':').next().unwrap_or_default()
    }
}

/// Walks through markup without keeping anything of it.
pub(super) struct Tags<'a> {
    markup: &'a str,
    at: usize,
}

/// What begins like a tag and is none, and how it ends.
const PASSED_OVER: &[(&str, &str)] = &[("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")];

impl<'a> Tags<'a> {
    pub(super) fn of(markup: &'a str) -> Self {
        Self { markup, at: 0 }
    }

    /// The next tag; a document type is passed over if it says nothing but where it stands.
    pub(super) fn next(&mut self) -> Result<Option<Tag<'a>>, ContainerError> {
        loop {
            let Some((start, rest)) = self.next_bracket() else { return Ok(None) };
            if let Some((open, close)) = PASSED_OVER.iter().find(|(open, _)| rest.starts_with(open))
            {
                let end = rest.get(open.len()..).and_then(|inside| inside.find(close));
                let end = end.ok_or(broken("it ends in the middle"))?;
                self.at = start + open.len() + end + close.len();
                continue;
            }
            let (text, n_attributes) = tag(rest)?;
            self.at = start + text.len();
            if !text.starts_with("<!") {
                return Ok(Some(Tag { kind: kind(text), start, text, n_attributes }));
            }
        }
    }

    fn next_bracket(&self) -> Option<(usize, &'a str)> {
        let start = self.at + self.markup.get(self.at..)?.find('<')?;
        Some((start, self.markup.get(start..)?))
    }
}

fn kind(tag: &str) -> TagKind {
    if tag.starts_with("</") {
        TagKind::Closes
    } else if tag.ends_with("/>") {
        TagKind::Empty
    } else {
        TagKind::Opens
    }
}

/// The tag, or the document type, that a text begins with: up to the first `>` outside quotes; and how many quotes it has.
fn tag(text: &str) -> Result<(&str, usize), ContainerError> {
    let is_declaration = text.starts_with("<!");
    let (mut quote, mut n_quotes) = (None, 0);
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => {
                quote = Some(byte);
                n_quotes += 1;
            }
            (_, Some(open)) if byte == open => quote = None,
            (b'[', None) if is_declaration => {
                return Err(broken("it declares entities or elements of its own"));
            }
            (b'>', None) => {
                let tag = text.get(..=at).ok_or(broken("it ends in the middle"))?;
                return Ok((tag, n_quotes));
            }
            _ => {}
        }
    }
    Err(broken("it ends in the middle"))
}

fn broken(reason: &'static str) -> ContainerError {
    ContainerError::Markup { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Found<'a> = Vec<(TagKind, &'a str, usize)>;

    fn all(markup: &str) -> Result<Found<'_>, ContainerError> {
        let mut tags = Tags::of(markup);
        let mut found = Vec::new();
        while let Some(tag) = tags.next()? {
            assert_eq!(markup.get(tag.start..tag.end()), Some(tag.text));
            found.push((tag.kind, tag.name(), tag.start));
        }
        Ok(found)
    }

    #[test]
    fn tags_are_found_and_what_looks_like_one_is_passed_over() {
        let markup = "<?xml version='1.0'?><!DOCTYPE svg PUBLIC \"a>[\" 'b'>\n<a:b c='>' d=\"'/>\"><!-- <x> --><![CDATA[<y>]]>é<c/></a:b>";
        assert_eq!(
            all(markup),
            Ok(vec![
                (TagKind::Opens, "a:b", 53),
                (TagKind::Empty, "c", 101),
                (TagKind::Closes, "a:b", 105),
            ])
        );
        assert_eq!(Tags::of("<a:b\n/>").next().unwrap().unwrap().local_name(), "b");
    }

    #[test]
    fn what_is_not_closed_or_declares_something_is_broken() {
        for markup in ["<a", "<a b='>", "<!-- >", "<![CDATA[ ]>", "<?a>", "<!DOCTYPE a"] {
            assert_eq!(all(markup), Err(broken("it ends in the middle")), "{markup}");
        }
        for markup in ["<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!DOCTYPE a SYSTEM 'b'[]>"] {
            let declares = broken("it declares entities or elements of its own");
            assert_eq!(all(markup), Err(declares), "{markup}");
        }
    }
}
