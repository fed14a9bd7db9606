//! A text that is shown as it was meant.

use std::fmt::{self, Display, Formatter};

use askama::filters::HtmlSafe;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag as Start, TagEnd};

use crate::page::address::is_web;
use crate::page::prose::builder::Builder;
use crate::page::prose::formula::{BEFORE_TAG, Formula, number, take_out};
use crate::page::prose::html::{Mark, read};
use crate::page::prose::literal::kept;
use crate::page::prose::mathml::mathml;
use crate::page::prose::node::{Node, Tag, write};

/// The longest text that is read for marks; a longer one is shown line by line.
const MAX_READ: usize = 16 << 10;

/// The longest text that is shown.
const MAX_SHOWN: usize = 48 << 10;

/// The most bytes of all formulas of a text; the others are shown as they were written.
const MAX_FORMULAS: usize = 48 << 10;

/// The most bytes of all addresses that are said; where more lead, nothing is said of it.
const MAX_ADDRESSES: usize = 16 << 10;

/// A text that is shown as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Prose {
    nodes: Vec<Node>,
}

impl Prose {
    /// Reads a published text.
    pub(crate) fn of(text: &str) -> Self {
        if text.len() > MAX_READ {
            return Self { nodes: lines(text) };
        }
        let (text, formulas) = take_out(text);
        let mut reading = Reading { formulas, ..Reading::default() };
        for event in Parser::new_ext(&kept(&text), Options::ENABLE_TABLES) {
            reading.take(event);
        }
        Self { nodes: reading.built.finish() }
    }
}

/// Every node is written with its text escaped.
impl HtmlSafe for Prose {}

impl Display for Prose {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write(formatter, &self.nodes)
    }
}

/// A text as paragraphs of its lines.
fn lines(text: &str) -> Vec<Node> {
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= MAX_SHOWN).last();
    let (shown, left) =
        text.split_at(if text.len() > MAX_SHOWN { end.unwrap_or(0) } else { text.len() });
    let lines = shown.lines().map(str::trim).filter(|line| !line.is_empty());
    let paragraph = |line: &str| Node::Element(Tag::Paragraph, vec![Node::Words(line.to_owned())]);
    let more = (!left.is_empty()).then_some("…");
    lines.chain(more).map(paragraph).collect()
}

/// A text while it is read.
#[derive(Default)]
struct Reading {
    built: Builder,
    formulas: Vec<Formula>,
    /// The bytes of all formulas so far.
    written: usize,
    /// The bytes of all addresses so far: a definition of one may be used a thousand times.
    addressed: usize,
    /// Whether the cells name columns.
    is_head: bool,
    /// Where the links that are open lead.
    targets: Vec<String>,
}

impl Reading {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(start) => self.start(start),
            Event::End(end) => self.end(end),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                let words = Node::Words(self.as_written(&text));
                self.built.push(Node::Element(Tag::Code, vec![words]));
            }
            Event::InlineHtml(raw) | Event::Html(raw) => self.html(&raw),
            Event::SoftBreak | Event::HardBreak => self.built.push(Node::Break),
            _ => {}
        }
    }

    fn start(&mut self, start: Start<'_>) {
        let tag = match start {
            Start::Paragraph | Start::CodeBlock(CodeBlockKind::Indented) => Some(Tag::Paragraph),
            Start::Heading { .. } => Some(Tag::Heading),
            Start::BlockQuote(_) => Some(Tag::Quote),
            Start::CodeBlock(CodeBlockKind::Fenced(_)) => Some(Tag::Verbatim),
            Start::List(Some(first)) => Some(Tag::Numbers(first)),
            Start::List(None) => Some(Tag::Bullets),
            Start::Item => Some(Tag::Item),
            Start::Table(_) => Some(Tag::Table),
            Start::TableHead => {
                self.is_head = true;
                Some(Tag::Row)
            }
            Start::TableRow => Some(Tag::Row),
            Start::TableCell if self.is_head => Some(Tag::Head),
            Start::TableCell => Some(Tag::Cell),
            Start::Emphasis => Some(Tag::Emphasis),
            Start::Strong => Some(Tag::Strong),
            Start::Link { dest_url, .. } | Start::Image { dest_url, .. } => {
                let has_room = self.addressed < MAX_ADDRESSES;
                let target = if has_room { self.as_written(&dest_url) } else { String::new() };
                self.addressed += target.len();
                self.targets.push(target);
                None
            }
            _ => None,
        };
        self.built.open(tag);
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::TableHead => self.is_head = false,
            TagEnd::Link | TagEnd::Image => {
                let target = self.targets.pop().unwrap_or_default();
                let is_web = is_web(&target);
                let said = self.built.last_words();
                // Where it leads is said, and not followed from here.
                if is_web && said.is_empty() {
                    self.built.words(&target);
                } else if is_web && said != target {
                    self.built.words(&format!(" ({target})"));
                }
            }
            _ => {}
        }
        self.built.close();
    }

    /// Adds words, with the formulas for which there are marks in them.
    fn text(&mut self, text: &str) {
        let mut words = String::new();
        for c in text.chars().filter(|c| *c != BEFORE_TAG) {
            let Some(formula) = number(c).and_then(|n| self.formulas.get(n)) else {
                words.push(c);
                continue;
            };
            let has_room = self.written < MAX_FORMULAS;
            let written = if has_room { mathml(&formula.latex, formula.is_display) } else { None };
            match written {
                Some(written) => {
                    self.written += written.len();
                    self.built.words(&std::mem::take(&mut words));
                    self.built.push(Node::Formula(written));
                }
                None => words.push_str(&formula.source),
            }
        }
        self.built.words(&words);
    }

    fn html(&mut self, raw: &str) {
        let raw = self.as_written(raw);
        match read(&raw) {
            Mark::Open(tag) => self.built.open_html(tag),
            Mark::Close(tag) => self.built.close_html(tag),
            Mark::Break => self.built.push(Node::Break),
            Mark::Nothing => {}
            Mark::Words => self.built.words(&raw),
        }
    }

    /// A text with every formula as it was written.
    fn as_written(&self, text: &str) -> String {
        let mut written = String::with_capacity(text.len());
        for c in text.chars().filter(|c| *c != BEFORE_TAG) {
            match number(c).and_then(|n| self.formulas.get(n)) {
                Some(formula) => written.push_str(&formula.source),
                None => written.push(c),
            }
        }
        written
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::prelude::{any, prop, proptest};
    use serde_json::Value;

    use super::Prose;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(Prose::of(text).to_string(), expected, "{text}");
    }

    #[test]
    fn an_address_that_is_used_again_and_again_is_not_written_without_end() {
        let formulas = format!("\\({}\\)/", "x".repeat(590)).repeat(20);
        let text = format!("- [a]: http://x/{formulas}\n\n{}", "[a] ".repeat(900));
        assert!(Prose::of(&text).to_string().len() < 200_000);
        let address = format!("http://x/{}", "y".repeat(900));
        let text = format!("- [a]: {address}\n\n{}", "[a] ".repeat(2_000));
        let n = Prose::of(&text).to_string().matches(&address).count();
        assert!((1..20).contains(&n), "{n}");
    }

    /// A table with these rows.
    fn table(rows: &str) -> String {
        format!("<div {WIDE}><table>{rows}</table></div>")
    }

    /// The attributes of what a table stands in.
    const WIDE: &str =
        "class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"A table in the text\"";

    /// Holds that only our own tags are in what is written, each closed where it should be, and with no attribute but a number of ours
    /// and those of a formula.
    #[track_caller]
    fn is_ours(text: &str) {
        let html = Prose::of(text).to_string();
        let mut open = Vec::new();
        let mut rest = html.as_str();
        while let Some((before, after)) = rest.split_once('<') {
            assert!(!before.contains('>'), "{text:?}: {html}");
            let (tag, after) = after.split_once('>').unwrap_or_else(|| panic!("{text:?}: {html}"));
            rest = after;
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name.to_owned()), "{text:?}: {html}");
                continue;
            }
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            let is_math = open.iter().any(|name| name == "math") || name == "math";
            let names = [
                "p",
                "div",
                "ul",
                "ol",
                "li",
                "em",
                "strong",
                "code",
                "pre",
                "blockquote",
                "sub",
                "sup",
                "table",
                "tr",
                "th",
                "td",
                "br",
            ];
            assert!(is_math || names.contains(&name), "{text:?}: {html}");
            let is_number = attributes
                .strip_prefix("start=\"")
                .is_some_and(|rest| rest.trim_end_matches('"').chars().all(|c| c.is_ascii_digit()));
            assert!(
                is_math || attributes.is_empty() || attributes == WIDE || name == "ol" && is_number,
                "{text:?}: {html}"
            );
            assert!(
                !attributes.contains("style=\"") || attributes.contains("displaystyle=\""),
                "{html}"
            );
            if name != "br" {
                open.push(name.to_owned());
            }
        }
        assert!(open.is_empty() && !rest.contains('>'), "{text:?}: {html}");
    }

    #[test]
    fn markdown_is_read() {
        check("**Prompt:** choose *one*.", "<p><strong>Prompt:</strong> choose <em>one</em>.</p>");
        check(
            "Types:\r\n- Hot Text\r\n- Essay",
            "<p>Types:</p><ul><li>Hot Text</li><li>Essay</li></ul>",
        );
        check("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>");
        check("N-Q.A\r\nA-SSE.A", "<p>N-Q.A<br>A-SSE.A</p>");
        check(
            "# Number\n\nCount `x`.",
            "<p><strong>Number</strong></p><p>Count <code>x</code>.</p>",
        );
        check(
            "a fraction *a*/*b* with *a* > 1",
            "<p>a fraction <em>a</em>/<em>b</em> with <em>a</em> &gt; 1</p>",
        );
        check(
            "| A | B |\n| --- | --- |\n| 1 | 2|",
            &table("<tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr>"),
        );
        check(
            "See [the guide](https://a.example/g).",
            "<p>See the guide (https://a.example/g).</p>",
        );
        check("[click](javascript:alert(1))", "<p>click</p>");
        check("![Graph](https://a.example/g.png)", "<p>Graph (https://a.example/g.png)</p>");
    }

    #[test]
    fn what_only_looks_like_markdown_stays() {
        for text in [
            "2 * 3 * 4",
            "2*3*4",
            "5. Something",
            "snake_case_words",
            "costs $5 and $10",
            "+ 3 is positive",
            "fill in: ____ + 5 = 8",
            "____",
            "[1]: see below",
            "100% of 4#5",
            "x ~ y",
        ] {
            check(text, &format!("<p>{text}</p>"));
        }
        check("a < b and b > c", "<p>a &lt; b and b &gt; c</p>");
        check("a<b and c>d", "<p>a&lt;b and c&gt;d</p>");
        check("> 90 % right", "<p>&gt; 90 % right</p>");
        check("    indented", "<p>indented</p>");
        check("a\n\n    b", "<p>a</p><p>b</p>");
        check("5) a", "<p>5) a</p>");
    }

    #[test]
    fn simple_html_is_read_and_repaired() {
        check(
            "as 5 × 7. <em>For example, 5 × 7.</em>",
            "<p>as 5 × 7. <em>For example, 5 × 7.</em></p>",
        );
        check(
            "x<sup>2</sup> &lt; 4 &amp; H<sub>2</sub>O",
            "<p>x<sup>2</sup> &lt; 4 &amp; H<sub>2</sub>O</p>",
        );
        check("first<br/>second", "<p>first<br>second</p>");
        check("<p>a</p>\n<p>b", "<div><p>a</p><p>b</p></div>");
        check(
            "<ul>\n<li>a\n\n<li><b>b</ul>",
            "<div><ul><li>a </li><li><strong>b</strong></li></ul></div>",
        );
        check(
            "<table><tr><th>A<td>1</tr></table>",
            &format!("<div>{}</div>", table("<tr><th>A</th><td>1</td></tr>")),
        );
        check("<b><i>x</b></i>", "<p><strong><em>x</em></strong></p>");
        check("<li>alone", "<div><p>alone</p></div>");
        check("<span style=\"color:red\">red</span>", "<p>red</p>");
    }

    #[test]
    fn mathematics_is_readable() {
        let html = Prose::of("contains $x^2$ and $\\nosuch{x}$").to_string();
        let formula = "<math display=\"inline\"><msup><mi>x</mi><mn>2</mn></msup></math>";
        assert_eq!(html, format!("<p>contains {formula} and $\\nosuch{{x}}$</p>"));
        check("`$x^2$`", "<p><code>$x^2$</code></p>");
    }

    #[test]
    fn nothing_of_others_is_a_tag() {
        check("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
        check("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>");
        check("<b onclick=\"alert(1)\">b</b>", "<p><strong>b</strong></p>");
        for text in [
            "</main></article><h1>x",
            "<svg/onload=alert(1)>",
            "<p><table><li><td>",
            "&lt;script&gt;",
            "<!-- a",
            "<a href=\"javascript:1\">x</a>",
            "$\\text{<script>}$",
            "<math><mi>x",
            "```\n<b>",
            "<ul><tr>x<td>y",
            "$<script>$",
            "\\(</p>\\)",
        ] {
            is_ours(text);
        }
        is_ours(&"<b>".repeat(4_000));
        is_ours(&"> - ".repeat(3_000));
        is_ours(&"*".repeat(16_000));
        is_ours(&"[".repeat(16_000));
        is_ours(&"$x$ ".repeat(4_000));
        is_ours(&"<ul><li>".repeat(2_000));
    }

    #[test]
    fn a_text_without_end_is_cut() {
        let html = Prose::of(&"word ".repeat(20_000)).to_string();
        assert!(html.len() < 50_000 && html.ends_with("<p>…</p>"), "{}", html.len());
    }

    #[test]
    fn statements_of_real_frameworks_are_ours_and_lose_no_word() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/case");
        let Ok(entries) = fs::read_dir(&folder) else {
            println!("skipped: the real frameworks are not at hand");
            return;
        };
        let mut n = 0;
        for path in entries.map(|entry| entry.unwrap().path()) {
            let read = fs::read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
            let package: Value = read.unwrap_or_default();
            for item in package["CFItems"].as_array().into_iter().flatten() {
                let text = item["fullStatement"].as_str().unwrap_or_default();
                is_ours(text);
                let html = Prose::of(text).to_string();
                let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
                assert!(
                    letters(&html) >= letters(&ontology::plain(text)).min(20),
                    "{text}: {html}"
                );
                n += 1;
            }
        }
        assert!(n > 1_000, "{n}");
    }

    proptest! {
        #[test]
        fn any_text_is_ours(text in any::<String>()) {
            is_ours(&text);
        }

        #[test]
        fn any_marks_are_ours(pieces in prop::collection::vec(prop::sample::select(&[
            "<b>", "</b>", "<p>", "</p>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<ol>", "<sub>", "<pre>", "<div>", "</div>",
            "*", "**", "_", "`", "```", "\n", "\n\n", "    ", "- ", "1. ", "2) ", "> ", "# ", "| a | b |\n|---|---|\n", "[", "](", ")", "!", "http://a",
            "$", "$$", "\\(", "\\)", "x", "word ", "&lt;", "<", ">", "&", "\"", "'", "\\", "<!--", "-->", "<script>", "\u{F0000}", "\u{F01FF}",
        ][..]), 0..60)) {
            is_ours(&pieces.concat());
        }
    }
}
