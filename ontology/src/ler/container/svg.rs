//! A baked SVG picture: a credential in an element of its own.
//!
//! Open Badges 3.0 and CLR 2.0 [bake](https://www.imsglobal.org/spec/ob/v3p0/#svg) into `<credential>`, Open Badges 2.0 into
//! `<assertion>`: a token in `verify`, or JSON in the body. The markup is walked tag by tag, and only that element, inside the
//! tags it stands in, is given to the parser: so the size of a picture, its depth and what is broken behind the credential do
//! not matter. No entity but the five of XML is known, and no document type is read.

mod tags;

use roxmltree::{Document, Node, ParsingOptions};

use crate::ler::container::error::{ContainerError, Limit};
use crate::ler::container::svg::tags::{Tag, TagKind, Tags};
use crate::ler::container::token::text_format;
use crate::ler::format::UnreadFormat;

/// How deep elements may be nested.
const DEEPEST_NESTING: usize = 100;
/// How many elements are tried that are named as one with a credential is.
const MOST_CANDIDATES: usize = 16;
/// How long the element with the credential may be, in bytes: JSON of 2 MB, and what escapes add to it.
const LONGEST_ELEMENT: usize = 4 * 1024 * 1024;
/// How many nodes the parser may make of it.
const MOST_NODES: u32 = 10_000;
/// How many attributes it and the tags around it may have: the parser compares each with the others.
const MOST_ATTRIBUTES: usize = 500;

/// The elements that hold credentials: their namespaces, without the scheme and a slash at the end, and their names.
const ELEMENTS: &[(&str, &str)] = &[
    ("openbadges.org", "assertion"),
    ("purl.imsglobal.org/ob/v3p0", "credential"),
    ("purl.imsglobal.org/clr/v2p0", "credential"),
];

/// Takes the credential out of a picture.
pub(super) fn baked(picture: &[u8]) -> Result<String, ContainerError> {
    let Ok(picture) = str::from_utf8(picture) else {
        return Err(markup("it is not written in UTF-8"));
    };
    let mut address = None;
    let mut candidates = Candidates::of(picture)?;
    for _ in 0..MOST_CANDIDATES {
        let Some(element) = candidates.next()? else { break };
        match credential(&element)? {
            Some(text) if text_format(&text) == Some(UnreadFormat::Address) => {
                address = Some(ContainerError::HostedUrl);
            }
            Some(text) => return Ok(text),
            None => {}
        }
    }
    Err(address.unwrap_or(ContainerError::Unbaked { picture: "SVG" }))
}

/// The elements of a picture that may hold a credential.
struct Candidates<'a> {
    picture: &'a str,
    tags: Tags<'a>,
    /// The tags that are open.
    open: Vec<Tag<'a>>,
}

impl<'a> Candidates<'a> {
    /// Enters the element that everything else stands in.
    fn of(picture: &'a str) -> Result<Self, ContainerError> {
        let mut tags = Tags::of(picture);
        match tags.next()? {
            Some(tag) if tag.local_name() == "svg" && tag.kind != TagKind::Closes => {
                let open = if tag.kind == TagKind::Opens { vec![tag] } else { Vec::new() };
                Ok(Self { picture, tags, open })
            }
            _ => Err(ContainerError::UnknownContainer { found: "an XML or HTML document" }),
        }
    }

    /// The next element that is named as one with a credential is, inside the tags it stands in.
    fn next(&mut self) -> Result<Option<String>, ContainerError> {
        let mut start = None;
        let mut n_attributes = 0;
        while let Some(tag) = self.tags.next()? {
            let is_candidate = ELEMENTS.iter().any(|(_, name)| *name == tag.local_name());
            if start.is_none() && is_candidate && tag.kind != TagKind::Closes {
                start = Some((self.open.len(), tag.start));
                n_attributes = self.open.iter().map(|open| open.n_attributes).sum();
            }
            n_attributes += tag.n_attributes;
            match tag.kind {
                TagKind::Opens if self.open.len() == DEEPEST_NESTING => {
                    return Err(ContainerError::TooLarge { limit: Limit::Nesting });
                }
                TagKind::Opens => self.open.push(tag),
                TagKind::Closes => drop(self.open.pop()),
                TagKind::Empty => {}
            }
            if let Some((depth, start)) = start
                && self.open.len() <= depth
            {
                if n_attributes > MOST_ATTRIBUTES {
                    return Err(markup("it has more than 500 attributes around its credential"));
                }
                return self.cut_out(start, tag.end()).map(Some);
            }
        }
        if self.open.is_empty() { Ok(None) } else { Err(markup("it ends in the middle")) }
    }

    /// An element and the tags that are open around it, as a document of its own.
    fn cut_out(&self, start: usize, end: usize) -> Result<String, ContainerError> {
        let element = self.picture.get(start..end).unwrap_or_default();
        let around: usize = self.open.iter().map(|tag| tag.text.len() * 2).sum();
        if element.len() + around > LONGEST_ELEMENT {
            return Err(ContainerError::TooLarge { limit: Limit::Baked });
        }
        let mut document: String = self.open.iter().map(|tag| tag.text).collect();
        document.push_str(element);
        for tag in self.open.iter().rev() {
            document.push_str("</");
            document.push_str(tag.name());
            document.push('>');
        }
        Ok(document)
    }
}

/// What the element in a document holds: a credential, or only the address of one.
fn credential(document: &str) -> Result<Option<String>, ContainerError> {
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(document, options) else {
        return Err(markup("the element of its credential is not well-formed"));
    };
    let Some(element) = document.descendants().find(|node| is_credential(*node)) else {
        return Ok(None);
    };
    let verify = element.attribute("verify").map(str::trim).filter(|text| !text.is_empty());
    let body: String =
        element.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect();
    let is_token =
        |text: &&str| matches!(text_format(text), Some(format) if format != UnreadFormat::Address);
    Ok(match verify.filter(is_token) {
        Some(token) => Some(token.to_owned()),
        None if body.trim().is_empty() => verify.map(str::to_owned),
        None => Some(body),
    })
}

fn is_credential(node: Node<'_, '_>) -> bool {
    let namespace = node.tag_name().namespace().unwrap_or_default().trim_end_matches('/');
    let namespace =
        namespace.strip_prefix("https://").or_else(|| namespace.strip_prefix("http://"));
    let is_one =
        |(home, name): &(&str, &str)| Some(*home) == namespace && node.tag_name().name() == *name;
    node.is_element() && ELEMENTS.iter().any(is_one)
}

fn markup(reason: &'static str) -> ContainerError {
    ContainerError::Markup { reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln";

    #[track_caller]
    fn check(picture: &str, expected: &str) {
        assert_eq!(baked(picture.as_bytes()).as_deref().map(str::trim), Ok(expected));
    }

    #[track_caller]
    fn check_refused(picture: &str, expected: ContainerError) {
        assert_eq!(baked(picture.as_bytes()), Err(expected));
    }

    #[test]
    fn each_element_of_the_standards_is_found() {
        for (namespace, element) in [
            ("http://openbadges.org", "assertion"),
            ("https://openbadges.org/", "assertion"),
            ("https://purl.imsglobal.org/ob/v3p0", "credential"),
            ("https://purl.imsglobal.org/ob/v3p0/", "credential"),
            ("http://purl.imsglobal.org/clr/v2p0", "credential"),
        ] {
            check(
                &format!("<svg xmlns:o='{namespace}'><o:{element}>{{}}</o:{element}></svg>"),
                "{}",
            );
            check(
                &format!("<svg><g><{element} xmlns='{namespace}'>{{}}</{element}></g></svg>"),
                "{}",
            );
            let named = format!("<svg xmlns:o='{namespace}'><o:{element} verify='{TOKEN}'/></svg>");
            check(&named, TOKEN);
        }
        let strange = "<svg xmlns:o='urn:o'><o:credential>{}</o:credential><credential/></svg>";
        check_refused(strange, ContainerError::Unbaked { picture: "SVG" });
        check_refused("<svg/>", ContainerError::Unbaked { picture: "SVG" });
    }

    /// An Open Badges 2.0 picture with an attribute and a body.
    fn assertion(verify: &str, body: &str) -> String {
        format!(
            "<?xml version='1.0'?>\n<!-- <svg> --><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://w3.example/svg11.dtd'>\n\
             <o:svg xmlns:o='http://openbadges.org'><o:assertion verify=\"{verify}\">{body}</o:assertion></o:svg>"
        )
    }

    #[test]
    fn a_token_wins_over_the_body_and_the_body_over_an_address() {
        let address = "https://issuer.example/1";
        check(&assertion(TOKEN, "<![CDATA[{}]]>"), TOKEN);
        check(&assertion(address, " <![CDATA[ {\"a\": \"]>\"} ]]> "), "{\"a\": \"]>\"}");
        check(&assertion(address, "{&quot;a&quot;: &#34;&amp;&lt;&#34;}"), "{\"a\": \"&<\"}");
        check(&assertion("anything", "{}"), "{}");
        check_refused(&assertion(address, ""), ContainerError::HostedUrl);
        check_refused(&assertion("anything", address), ContainerError::HostedUrl);
        check_refused(&assertion("", " "), ContainerError::Unbaked { picture: "SVG" });
        let later =
            assertion(address, "").replace("</o:svg>", "<o:assertion>{}</o:assertion></o:svg>");
        check(&later, "{}");
    }

    #[test]
    fn no_entity_and_no_document_type_is_processed() {
        let reason = "it declares entities or elements of its own";
        let laughs = "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>";
        check_refused(laughs, ContainerError::Markup { reason });
        let outside = "<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><svg/>";
        check_refused(outside, ContainerError::Markup { reason });
        let reason = "the element of its credential is not well-formed";
        check_refused(&assertion("", "&a;"), ContainerError::Markup { reason });
        check_refused(&assertion("&a;", "{}"), ContainerError::Markup { reason });
        check_refused(&assertion("", "</g>"), ContainerError::Markup { reason });
    }

    #[test]
    fn what_is_broken_behind_the_credential_does_not_matter() {
        let whole = "<svg xmlns:o='http://openbadges.org'><o:assertion>{}</o:assertion>";
        for behind in ["", "<rest-of-document...></svg>", "</g></g></svg>", "<!--", "<", "<g a='"] {
            check(&format!("{whole}{behind}"), "{}");
        }
        let reason = "it ends in the middle";
        for length in 4..whole.len() {
            let cut = whole.get(..length).unwrap();
            assert!(baked(cut.as_bytes()).is_err(), "{length}");
        }
        check_refused("<svg><o:assertion>{}", ContainerError::Markup { reason });
        let reason = "it is not written in UTF-8";
        assert_eq!(baked(b"<svg>\xff</svg>"), Err(ContainerError::Markup { reason }));
    }

    #[test]
    fn depth_and_numbers_are_bounded_before_parsing() {
        let deep = |levels: usize| {
            let (open, close) = ("<g>".repeat(levels), "</g>".repeat(levels));
            format!(
                "<svg>{open}<credential xmlns='http://purl.imsglobal.org/ob/v3p0'>{{}}</credential>{close}</svg>"
            )
        };
        check(&deep(98), "{}");
        let too_deep = ContainerError::TooLarge { limit: Limit::Nesting };
        check_refused(&deep(99), too_deep);
        check_refused(&"<svg>".repeat(100_000), too_deep);
        let many = (0..600).fold(String::new(), |tag, n| format!("{tag} a{n}='x'"));
        let reason = "it has more than 500 attributes around its credential";
        let around = format!("<svg{many}><assertion>{{}}</assertion></svg>");
        check_refused(&around, ContainerError::Markup { reason });
        let inside = format!("<svg><assertion{many}>{{}}</assertion></svg>");
        check_refused(&inside, ContainerError::Markup { reason });
        check(&deep(0).replace("<svg>", &format!("<svg><g{many}/>")), "{}");
        let nodes = assertion("", &"<g/>".repeat(10_000));
        let reason = "the element of its credential is not well-formed";
        check_refused(&nodes, ContainerError::Markup { reason });
        let long = assertion("", &" ".repeat(LONGEST_ELEMENT));
        check_refused(&long, ContainerError::TooLarge { limit: Limit::Baked });
        let empty = format!("<svg>{}</svg>", "<assertion/>".repeat(100_000));
        check_refused(&empty, ContainerError::Unbaked { picture: "SVG" });
    }
}
