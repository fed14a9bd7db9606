//! The words of links, terms and literals of a record.

use std::collections::BTreeMap;

use index::context::Brief;
use ontology::{Node, Object, compact_term, local_name, plain};

use crate::page::address::is_web;
use crate::page::anchor::Anchor;
use crate::page::shell::Shell;

/// Finds the words for what a record states.
pub(crate) struct Wording<'a> {
    /// What the links of the record lead to, where that is held here.
    pub names: &'a BTreeMap<String, Brief>,
    pub shell: &'a Shell,
}

impl Wording<'_> {
    /// What a link leads to: by its name where it is held here, in words where it is a term, else by its address.
    pub(crate) fn link(&self, iri: &str) -> Anchor {
        if let Some(held) = self.names.get(iri) {
            return Anchor::of(held);
        }
        match term(iri) {
            Some(term) => Anchor::words(title(local_name(&term))),
            None if is_web(iri) => Anchor::address(iri),
            None if iri.starts_with("_:") || iri.starts_with("urn:alidade:") => Anchor::words(""),
            None => Anchor::words(title(local_name(iri))),
        }
    }

    /// The words of every value of a property, in a row.
    pub(crate) fn row(&self, node: &Node, property: &str) -> Option<String> {
        let words = node.objects(property).filter_map(|object| self.words(object));
        let words: Vec<String> = words.filter(|text| !text.is_empty()).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }

    fn words(&self, object: &Object) -> Option<String> {
        match object {
            Object::Iri(iri) => Some(self.link(iri).text),
            Object::Node(node) => {
                let code = || node.literal("ceterms:codedNotation").map(str::to_owned);
                let target = || node.iris("ceterms:targetNode").next();
                let name = first(node, &["ceterms:targetNodeName", "ceterms:name"]);
                name.or_else(|| target().map(|iri| self.link(iri).text)).or_else(code)
            }
            other => other.literal().map(plain),
        }
    }
}

/// The words of the first of several properties that has any.
pub(crate) fn first(node: &Node, properties: &[&str]) -> Option<String> {
    let text = node.first_texts(properties).first().map(plain);
    text.filter(|text| !text.is_empty())
}

/// A literal text: a link where it is an address of the web.
pub(crate) fn words_or_address(text: &str) -> Anchor {
    let is_address = is_web(text) && !text.contains(char::is_whitespace);
    if is_address { Anchor::address(text) } else { Anchor::words(plain(text)) }
}

/// A term of a vocabulary, compact; `None` where a link leads to something else.
fn term(iri: &str) -> Option<String> {
    let is_vocabulary = iri.contains("purl.org/ctdl") || iri.contains("credreg.net/ctdl");
    compact_term(iri).or_else(|| is_vocabulary.then(|| iri.to_owned()))
}

/// A number without what says nothing.
pub(crate) fn number(text: &str) -> String {
    match text.split_once('.') {
        Some((whole, rest)) if rest.chars().all(|c| c == '0') && !rest.is_empty() => {
            whole.to_owned()
        }
        _ => text.to_owned(),
    }
}

/// What a class of CTDL is called: that it is a profile tells people nothing.
pub(crate) fn title_of_class(class: &str) -> String {
    let name = local_name(class);
    title(name.strip_suffix("Profile").unwrap_or(name))
}

/// A name of a term in words: `BachelorOfScienceDegree` has five of them, and `QAVisit` two.
pub(crate) fn title(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut title = String::new();
    for (at, c) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| characters.get(before));
        let is_new = c.is_uppercase()
            && before.is_some_and(|before| {
                let ends_capitals = before.is_uppercase()
                    && characters.get(at + 1).is_some_and(|after| after.is_lowercase());
                before.is_lowercase() || before.is_ascii_digit() || ends_capitals
            });
        if is_new {
            title.push(' ');
        }
        title.push(*c);
    }
    title
}

#[cfg(test)]
mod tests {
    use super::{number, title};

    #[test]
    fn terms_are_parted_into_words_and_numbers_freed_of_empty_places() {
        for (name, expected) in [
            ("BachelorOfScienceDegree", "Bachelor Of Science Degree"),
            ("QACredentialOrganization", "QA Credential Organization"),
            ("Active", "Active"),
            ("Level2Course", "Level2 Course"),
            ("", ""),
        ] {
            assert_eq!(title(name), expected);
        }
        for (text, expected) in [("240.0", "240"), ("136.99", "136.99"), ("5.", "5."), ("7", "7")] {
            assert_eq!(number(text), expected);
        }
    }
}
