//! What a text is made of.

use std::fmt::{self, Write};

use crate::page::words::Words;

/// The tags that there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// A paragraph.
    Paragraph,
    /// A heading, which is a paragraph that stands out: headings are the page's own.
    Heading,
    /// A list.
    Bullets,
    /// A list that counts from a number.
    Numbers(u64),
    /// An item of a list.
    Item,
    /// Words that are stressed.
    Emphasis,
    /// Words that are stressed more.
    Strong,
    /// Words of a program.
    Code,
    /// Lines that stand as they were written.
    Verbatim,
    /// What somebody else says.
    Quote,
    /// Lowered.
    Sub,
    /// Raised.
    Sup,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell that names its column or row.
    Head,
    /// A cell.
    Cell,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// Words.
    Words(String),
    /// The end of a line.
    Break,
    /// A formula in `MathML` that [`super::mathml`] wrote.
    Formula(String),
    /// Pieces under a tag.
    Element(Tag, Vec<Node>),
}

impl Tag {
    /// Whether it stands on lines of its own.
    pub(super) fn is_block(self) -> bool {
        !matches!(self, Self::Emphasis | Self::Strong | Self::Code | Self::Sub | Self::Sup)
    }

    /// Whether it says something even where nothing is in it.
    pub(super) fn may_be_empty(self) -> bool {
        matches!(self, Self::Head | Self::Cell | Self::Row)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Paragraph | Self::Heading => "p",
            Self::Bullets => "ul",
            Self::Numbers(_) => "ol",
            Self::Item => "li",
            Self::Emphasis => "em",
            Self::Strong => "strong",
            Self::Code => "code",
            Self::Verbatim => "pre",
            Self::Quote => "blockquote",
            Self::Sub => "sub",
            Self::Sup => "sup",
            Self::Table => "table",
            Self::Row => "tr",
            Self::Head => "th",
            Self::Cell => "td",
        }
    }
}

/// The words of some pieces, without their tags.
pub(super) fn words(nodes: &[Node]) -> String {
    let mut words = String::new();
    for node in nodes {
        match node {
            Node::Words(text) => words.push_str(text),
            Node::Break => words.push(' '),
            Node::Formula(_) => {}
            Node::Element(_, inner) => words.push_str(&self::words(inner)),
        }
    }
    words
}

fn has_block(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Element(tag, inner) => tag.is_block() || has_block(inner),
        _ => false,
    })
}

/// Writes pieces as HTML.
pub(super) fn write(out: &mut impl Write, nodes: &[Node]) -> fmt::Result {
    for node in nodes {
        match node {
            Node::Words(text) => escape(out, text)?,
            Node::Break => out.write_str("<br>")?,
            Node::Formula(formula) => out.write_str(formula)?,
            Node::Element(tag, inner) => element(out, *tag, inner)?,
        }
    }
    Ok(())
}

fn element(out: &mut impl Write, tag: Tag, inner: &[Node]) -> fmt::Result {
    // A paragraph ends where a list or a table begins; a division does not.
    let holds_blocks = matches!(tag, Tag::Paragraph | Tag::Heading) && has_block(inner);
    let name = if holds_blocks { "div" } else { tag.name() };
    match tag {
        // A wide one scrolls by itself, also with the keyboard, and has to have a name for that.
        Tag::Table => {
            out.write_str("<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"")?;
            escape(out, &Words::english().say("prose-table"))?;
            out.write_str("\"><table>")?;
        }
        Tag::Numbers(first) if first != 1 => write!(out, "<ol start=\"{first}\">")?,
        _ => write!(out, "<{name}>")?,
    }
    let is_heading = tag == Tag::Heading && !holds_blocks;
    if is_heading {
        out.write_str("<strong>")?;
    }
    write(out, inner)?;
    if is_heading {
        out.write_str("</strong>")?;
    }
    write!(out, "</{name}>")?;
    if tag == Tag::Table { out.write_str("</div>") } else { Ok(()) }
}

/// Writes a text as it stands in HTML.
pub(super) fn escape(out: &mut impl Write, text: &str) -> fmt::Result {
    for c in text.chars() {
        match c {
            '&' => out.write_str("&amp;")?,
            '<' => out.write_str("&lt;")?,
            '>' => out.write_str("&gt;")?,
            '"' => out.write_str("&quot;")?,
            '\'' => out.write_str("&#39;")?,
            c => out.write_char(c)?,
        }
    }
    Ok(())
}
