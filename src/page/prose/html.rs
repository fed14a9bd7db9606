//! The few tags of HTML that mean something in a statement.

use crate::page::prose::node::Tag;

/// What a tag comes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// It opens something.
    Open(Tag),
    /// It closes something.
    Close(Tag),
    /// It ends a line.
    Break,
    /// It says nothing here; what is in it stays.
    Nothing,
    /// It is no tag that we know, and so it is words.
    Words,
}

/// Reads what looks like a tag, from `<` to `>`.
pub(super) fn read(raw: &str) -> Mark {
    let Some(inside) = raw.strip_prefix('<').and_then(|raw| raw.strip_suffix('>')) else {
        return Mark::Words;
    };
    if inside.starts_with("!--") {
        return Mark::Nothing;
    }
    let (is_closing, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside.strip_suffix('/').unwrap_or(inside)),
    };
    let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(end);
    // `if a <b and c> d` is arithmetic.
    if !attributes.trim().is_empty() && !attributes.contains('=') {
        return Mark::Words;
    }
    let tag = match name.to_ascii_lowercase().as_str() {
        "br" => return Mark::Break,
        "a" | "abbr" | "big" | "caption" | "center" | "cite" | "dl" | "font" | "hr" | "ins"
        | "mark" | "s" | "small" | "span" | "tbody" | "tfoot" | "thead" | "u" => {
            return Mark::Nothing;
        }
        name => tag(name),
    };
    match tag {
        Some(tag) if is_closing => Mark::Close(tag),
        Some(tag) => Mark::Open(tag),
        None => Mark::Words,
    }
}

fn tag(name: &str) -> Option<Tag> {
    Some(match name {
        "p" | "div" | "section" | "article" | "dt" | "dd" => Tag::Paragraph,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Tag::Heading,
        "ul" => Tag::Bullets,
        "ol" => Tag::Numbers(1),
        "li" => Tag::Item,
        "em" | "i" => Tag::Emphasis,
        "strong" | "b" => Tag::Strong,
        "code" | "kbd" | "samp" | "tt" => Tag::Code,
        "pre" => Tag::Verbatim,
        "blockquote" => Tag::Quote,
        "sub" => Tag::Sub,
        "sup" => Tag::Sup,
        "table" => Tag::Table,
        "tr" => Tag::Row,
        "th" => Tag::Head,
        "td" => Tag::Cell,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Mark, read};
    use crate::page::prose::node::Tag;

    #[test]
    fn a_tag_is_known_whatever_its_case_and_its_attributes() {
        for (raw, expected) in [
            ("<EM>", Mark::Open(Tag::Emphasis)),
            ("</sup>", Mark::Close(Tag::Sup)),
            ("<p class=\"x\" onclick=\"alert(1)\">", Mark::Open(Tag::Paragraph)),
            ("<br/>", Mark::Break),
            ("<span style='color:red'>", Mark::Nothing),
            ("<!-- said aside -->", Mark::Nothing),
        ] {
            assert_eq!(read(raw), expected, "{raw}");
        }
    }

    #[test]
    fn what_we_do_not_know_is_words() {
        for raw in [
            "<script>",
            "<img src=x onerror=alert(1)>",
            "<b and c>",
            "<!DOCTYPE html>",
            "<y>",
            "<>",
        ] {
            assert_eq!(read(raw), Mark::Words, "{raw}");
        }
    }
}
