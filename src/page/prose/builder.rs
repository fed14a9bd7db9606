//! Puts pieces under tags as they come, so that what comes out is always well formed: tags of HTML may be missing, crossed, or somewhere
//! they cannot be.

use crate::page::prose::node::{Node, Tag, words};

/// The most tags inside each other; deeper ones are left out, and what is in them is not.
const MAX_DEPTH: usize = 40;

/// Something that is open.
struct Frame {
    /// Its tag; none where only what is in it matters.
    tag: Option<Tag>,
    /// Whether it was opened by HTML, which may leave it open.
    is_html: bool,
    nodes: Vec<Node>,
}

/// Pieces under tags that are open.
#[derive(Default)]
pub(super) struct Builder {
    done: Vec<Node>,
    open: Vec<Frame>,
}

impl Builder {
    /// Opens a tag of Markdown, which is always closed again.
    pub(super) fn open(&mut self, tag: Option<Tag>) {
        self.begin(tag, false);
    }

    /// Closes what Markdown opened last, and what HTML has opened in it.
    pub(super) fn close(&mut self) {
        while let Some(is_html) = self.end() {
            if !is_html {
                break;
            }
        }
    }

    /// Opens a tag of HTML, and closes what it ends.
    pub(super) fn open_html(&mut self, tag: Tag) {
        match tag {
            Tag::Item => self.close_before(&[Tag::Item], &[Tag::Bullets, Tag::Numbers(1)]),
            Tag::Row => self.close_before(&[Tag::Row], &[Tag::Table]),
            Tag::Head | Tag::Cell => self.close_before(&[Tag::Head, Tag::Cell], &[Tag::Row]),
            Tag::Emphasis | Tag::Strong | Tag::Code | Tag::Sub | Tag::Sup => {}
            _ => self.close_before(&[Tag::Paragraph, Tag::Heading], &[Tag::Item, Tag::Cell]),
        }
        self.begin(Some(tag), true);
    }

    /// Closes the last such tag of HTML, where there is one.
    pub(super) fn close_html(&mut self, tag: Tag) {
        self.close_before(&[tag], &[]);
    }

    /// Adds words.
    pub(super) fn words(&mut self, text: &str) {
        if let Some(Node::Words(words)) = self.nodes().last_mut() {
            words.push_str(text);
        } else if !text.is_empty() {
            self.push(Node::Words(text.to_owned()));
        }
    }

    /// Adds a piece, where it can be.
    pub(super) fn push(&mut self, node: Node) {
        let tag = self.open.last().and_then(|frame| frame.tag);
        let is_blank = match &node {
            Node::Words(text) => text.trim().is_empty(),
            Node::Break => true,
            _ => false,
        };
        let has = |tags: &[Tag]| matches!(&node, Node::Element(tag, _) if tags.contains(tag));
        let node = match tag {
            Some(Tag::Bullets | Tag::Numbers(_)) if !has(&[Tag::Item]) => {
                wrapped(&[Tag::Item], node)
            }
            Some(Tag::Table) if has(&[Tag::Head, Tag::Cell]) => wrapped(&[Tag::Row], node),
            Some(Tag::Table) if !has(&[Tag::Row]) => wrapped(&[Tag::Cell, Tag::Row], node),
            Some(Tag::Row) if !has(&[Tag::Head, Tag::Cell]) => wrapped(&[Tag::Cell], node),
            _ => {
                // Beside what stands on lines of its own a line ends anyhow.
                let follows_line = match self.nodes().last() {
                    Some(Node::Element(tag, _)) => !tag.is_block(),
                    last => last.is_some(),
                };
                if node != Node::Break || follows_line {
                    self.nodes().push(node);
                }
                return;
            }
        };
        if !is_blank {
            self.nodes().push(node);
        }
    }

    /// The words of what is open last.
    pub(super) fn last_words(&self) -> String {
        words(self.open.last().map_or(&self.done, |frame| &frame.nodes))
    }

    /// Closes everything.
    pub(super) fn finish(mut self) -> Vec<Node> {
        while self.end().is_some() {}
        self.done
    }

    fn nodes(&mut self) -> &mut Vec<Node> {
        match self.open.last_mut() {
            Some(frame) => &mut frame.nodes,
            None => &mut self.done,
        }
    }

    fn begin(&mut self, tag: Option<Tag>, is_html: bool) {
        let above = self.open.last().and_then(|frame| frame.tag);
        let is_list = matches!(above, Some(Tag::Bullets | Tag::Numbers(_)));
        let tag = match tag {
            // An item without a list would end the one that the whole text stands in.
            Some(Tag::Item) if !is_list => Some(Tag::Paragraph),
            Some(Tag::Row) if above != Some(Tag::Table) => None,
            Some(Tag::Head | Tag::Cell) if !matches!(above, Some(Tag::Row | Tag::Table)) => {
                self.words(" ");
                None
            }
            tag => tag,
        };
        let tag = tag.filter(|_| self.open.len() < MAX_DEPTH);
        self.open.push(Frame { tag, is_html, nodes: Vec::new() });
    }

    /// Ends what is open last, and says whether HTML had opened it.
    fn end(&mut self) -> Option<bool> {
        let Frame { tag, is_html, nodes } = self.open.pop()?;
        match tag {
            Some(tag) if !nodes.is_empty() || tag.may_be_empty() => {
                self.push(Node::Element(tag, nodes));
            }
            Some(_) => {}
            None => nodes.into_iter().for_each(|node| self.push(node)),
        }
        Some(is_html)
    }

    /// Closes the last of some tags that HTML has opened, with what is in it, unless another one stands in the way.
    fn close_before(&mut self, tags: &[Tag], limits: &[Tag]) {
        for (n_above, frame) in self.open.iter().rev().take_while(|frame| frame.is_html).enumerate()
        {
            if frame.tag.is_some_and(|tag| tags.contains(&tag)) {
                for _ in 0..=n_above {
                    self.end();
                }
                return;
            }
            if frame.tag.is_some_and(|tag| limits.contains(&tag)) {
                return;
            }
        }
    }
}

/// Puts a piece under tags, the innermost first.
fn wrapped(tags: &[Tag], node: Node) -> Node {
    tags.iter().fold(node, |node, tag| Node::Element(*tag, vec![node]))
}
