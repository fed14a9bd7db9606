//! A page, tag by tag: enough of HTML for what we write ourselves.

use std::collections::BTreeMap;

/// An element as it begins.
#[derive(Debug, Clone)]
pub(crate) struct Tag {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The text from here to the next tag.
    pub text: String,
}

impl Tag {
    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// Reads every element of a page, in order.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    for part in page.split('<').skip(1) {
        if part.starts_with(['/', '!']) {
            continue;
        }
        let (inside, text) = closed(part);
        let end = inside.find(|c: char| c.is_whitespace()).unwrap_or(inside.len());
        let attributes = attributes(&inside[end..]);
        tags.push(Tag { name: inside[..end].to_owned(), attributes, text: unescaped(text) });
    }
    tags
}

/// Takes a tag apart from the text behind it; a `>` in quotes does not end it.
fn closed(part: &str) -> (&str, &str) {
    let mut is_quoted = false;
    for (at, letter) in part.char_indices() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '>' if !is_quoted => return (&part[..at], &part[at + 1..]),
            _ => {}
        }
    }
    panic!("a tag that does not end: {part}");
}

fn attributes(text: &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = if let Some(quoted) = after.strip_prefix("=\"") {
            quoted.split_once('"').unwrap()
        } else {
            assert!(!after.starts_with('='), "a value without quotes: {text}");
            ("", after)
        };
        attributes.insert(name.to_ascii_lowercase(), unescaped(value));
        rest = after.trim_start();
    }
    attributes
}

/// A text without the entities that askama writes.
pub(crate) fn unescaped(text: &str) -> String {
    let entities =
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}
