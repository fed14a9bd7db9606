//! A text of ours with marks in it: names in backticks, and links in the manner of Markdown.

use askama::Template;

/// A text of ours, with what is code and what leads somewhere.
#[derive(Template, Debug, Clone, Default, PartialEq, Eq)]
#[template(path = "written.html")]
pub(crate) struct Written {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(String),
    Code(String),
    Link {
        text: String,
        /// Without its scheme.
        address: String,
    },
}

impl Written {
    /// Reads the marks of a text.
    pub(crate) fn of(text: &str) -> Self {
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some([before, text, address, after]) = link(rest) {
            add_plain(before, &mut parts);
            parts.push(Part::Link { text: text.replace('`', ""), address: address.to_owned() });
            rest = after;
        }
        add_plain(rest, &mut parts);
        Self { parts }
    }

    /// The same where it begins a sentence of its own and ends with it, which it does not where programs read it.
    pub(crate) fn sentence(text: &str) -> Self {
        let mut letters = text.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().collect::<String>());
        let mut sentence = first.unwrap_or_default() + letters.as_str();
        if !sentence.is_empty() && !sentence.ends_with(['.', '!', '?']) {
            sentence.push('.');
        }
        Self::of(&sentence)
    }

    /// The same of a text with tables in it, without those.
    pub(crate) fn without_tables(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('|'));
        Self::of(lines.collect::<Vec<_>>().join("\n").trim())
    }

    /// Whether there is nothing to read.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// The first link of a text, between what stands before it and behind it: its words, and its address without the scheme.
fn link(text: &str) -> Option<[&str; 4]> {
    let (opened, led) = text.split_once("](https://")?;
    let (before, name) = opened.rsplit_once('[')?;
    let (address, after) = led.split_once(')')?;
    Some([before, name, address, after])
}

/// Adds a text without links.
fn add_plain(text: &str, parts: &mut Vec<Part>) {
    for (number, part) in text.split('`').enumerate().filter(|(_, part)| !part.is_empty()) {
        let part = part.to_owned();
        parts.push(if number % 2 == 1 { Part::Code(part) } else { Part::Text(part) });
    }
}

#[cfg(test)]
mod tests {
    use super::Written;

    #[test]
    fn what_stands_in_backticks_is_code_and_nothing_is_markup() {
        assert_eq!(Written::of("a `b<c` d & e").to_string(), "a <code>b&#60;c</code> d &#38; e");
        assert_eq!(Written::of("`a`").to_string(), "<code>a</code>");
        assert!(Written::of("").is_empty());
    }

    #[test]
    fn links_lead_on() {
        let marked = Written::of("see [`RFC` <1>](https://rfc.example/1) and [2](javascript:x)");
        let link = "<a href=\"https://rfc.example/1\" rel=\"noopener\">RFC &#60;1&#62;</a>";
        assert_eq!(marked.to_string(), format!("see {link} and [2](javascript:x)"));
        assert_eq!(Written::without_tables("a\n\n| b |\n|---|").to_string(), "a");
    }

    #[test]
    fn a_sentence_begins_and_ends_as_sentences_do() {
        assert_eq!(Written::sentence("no `a` here").to_string(), "No <code>a</code> here.");
        assert_eq!(Written::sentence("Done.").to_string(), "Done.");
        assert_eq!(Written::sentence("").to_string(), "");
    }
}
