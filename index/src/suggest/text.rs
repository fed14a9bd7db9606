//! The text whose competencies are looked for: its words with their places, in passages.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::document::label::each_once;
use crate::language::{Language, tokens};
use crate::search::Span;

/// The most words of a text that is looked at as one passage.
const WHOLE: usize = 60;

/// The most words of a passage of a longer text.
const PASSAGE: usize = 40;

/// Shorter sentences are put together up to this many words.
const SENTENCES: usize = 25;

/// The most parts of a text that are looked for one by one.
const MAX_PARTS: usize = 12;

/// The most bytes of what is taken for a tag.
const MAX_TAG: usize = 2_000;

/// A word of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded.
    pub folded: String,
    /// Its stem in the language of the text.
    pub stem: String,
    /// Its stem and those of the other forms under which it is looked for: what it is joined of, or a part of.
    pub forms: Vec<String>,
    /// Whether it says nothing by itself.
    pub is_stop: bool,
    /// Where it stands in the text as it was given.
    pub span: Span,
    /// Its bytes in that text.
    pub bytes: Range<usize>,
}

/// A text, taken apart.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// The text with blanks in the place of markup, byte for byte as long as it was given.
    pub bare: String,
    /// Its language.
    pub language: Language,
    /// Its words in order.
    pub words: Vec<Word>,
    /// The passages that are judged each by itself: sentences, or the whole of a short text.
    pub passages: Vec<Range<usize>>,
}

impl Text {
    /// Takes a text apart that is in the language of its tag; where it has none, in the one of those it may be in whose stems are the most
    /// known. Markup is no word, and moves nothing: the places are those of the text as it was given.
    pub(super) fn of(given: &str, tag: Option<&str>, is_known: impl Fn(&str) -> bool) -> Self {
        let bare = without_markup(given);
        let mut language = Language::of(tag, &bare);
        let mut most = 0;
        for candidate in Language::candidates(tag, &bare) {
            let taken = tokens(&bare, candidate);
            let known = taken.iter().filter(|token| token.is_stop || is_known(&token.stem));
            let n_known = known.count();
            if n_known > most {
                (language, most) = (candidate, n_known);
            }
        }
        let starts: Vec<usize> = given.char_indices().map(|(at, _)| at).collect();
        let character = |byte: usize| starts.partition_point(|start| *start < byte);
        let all = tokens(&bare, language);
        let kept = each_once(all.clone()).into_iter().map(|token| Word {
            span: Span { from: character(token.from), to: character(token.to) },
            bytes: token.from..token.to,
            folded: token.word,
            stem: token.stem,
            is_stop: token.is_stop,
            forms: Vec::new(),
        });
        let mut words: Vec<Word> = kept.collect();
        for token in all {
            let behind = words.partition_point(|word| word.bytes.start <= token.from);
            if let Some(word) = behind.checked_sub(1).and_then(|at| words.get_mut(at)) {
                word.forms.push(token.stem);
            }
        }
        let passages = passages(&bare, &words);
        Self { bare, language, words, passages }
    }

    /// The same text as one passage, however long it is.
    pub(super) fn undivided(mut self) -> Self {
        self.passages = std::iter::once(0..self.words.len()).collect();
        self
    }

    /// The parts that are looked for one by one: a few passages each.
    pub(super) fn parts(&self) -> impl Iterator<Item = &[Range<usize>]> {
        let n_passages = self.passages.len().div_ceil(MAX_PARTS).max(1);
        self.passages.chunks(n_passages)
    }

    /// The words of a stretch.
    pub(super) fn of_range(&self, range: &Range<usize>) -> &[Word] {
        self.words.get(range.clone()).unwrap_or_default()
    }

    /// The words of several passages that follow one another.
    pub(super) fn of_passages(&self, passages: &[Range<usize>]) -> &[Word] {
        let from = passages.first().map_or(0, |first| first.start);
        let to = passages.last().map_or(0, |last| last.end);
        self.of_range(&(from..to))
    }
}

/// The words that count: all but stop words, or all where there are no others.
pub(super) fn counting(words: &[Word]) -> Vec<&Word> {
    let kept: Vec<&Word> = words.iter().filter(|word| !word.is_stop).collect();
    if kept.is_empty() { words.iter().collect() } else { kept }
}

/// The different stems of words that count, in every form.
pub(super) fn stems(words: &[Word]) -> BTreeSet<&str> {
    counting(words).into_iter().flat_map(|word| &word.forms).map(String::as_str).collect()
}

fn passages(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    if words.is_empty() {
        return Vec::new();
    }
    if words.len() <= WHOLE {
        return std::iter::once(0..words.len()).collect();
    }
    let mut passages: Vec<Range<usize>> = Vec::new();
    for sentence in sentences(text, words) {
        match passages.last_mut() {
            Some(last) if sentence.end - last.start <= SENTENCES => last.end = sentence.end,
            _ => passages.push(sentence),
        }
    }
    passages
}

/// The words of each sentence; of a long one, of each piece.
fn sentences(text: &str, words: &[Word]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    let pairs = words.iter().zip(words.iter().skip(1));
    for (at, (word, next)) in pairs.enumerate() {
        let between = text.get(word.bytes.end..next.bytes.start).unwrap_or_default();
        let to = at + 1;
        if between.contains(ends_sentence) || to - from >= PASSAGE {
            found.push(from..to);
            from = to;
        }
    }
    found.push(from..words.len());
    found
}

fn ends_sentence(character: char) -> bool {
    matches!(
        character,
        '.' | '!' | '?' | ';' | '\n' | '\u{2022}' | '\u{3002}' | '\u{ff01}' | '\u{ff1f}'
    )
}

/// The text with blanks where tags and entities stand, byte for byte.
fn without_markup(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, marked) = rest.split_at(at);
        bare.push_str(before);
        let length = markup(marked);
        if let Some((tag, after)) =
            marked.split_at_checked(length).filter(|(tag, _)| !tag.is_empty())
        {
            bare.extend(std::iter::repeat_n(' ', tag.len()));
            rest = after;
        } else {
            let mut characters = marked.chars();
            bare.extend(characters.next());
            rest = characters.as_str();
        }
    }
    bare.push_str(rest);
    bare
}

/// The length in bytes of the tag or the entity with which a text begins; 0 where it begins with neither.
fn markup(text: &str) -> usize {
    let mut rest = text.chars();
    let is_tag = rest.next() == Some('<');
    let name = rest.as_str().trim_start_matches('/');
    let is_named = name.starts_with(|c: char| c.is_ascii_alphabetic() || (!is_tag && c == '#'));
    let ends = |c: char| {
        if is_tag { matches!(c, '<' | '>') } else { !c.is_ascii_alphanumeric() && c != '#' }
    };
    // The shortest entity is `&lt;`; `AT&T;` has none.
    let mut inside = text.char_indices().take_while(|(at, _)| *at < MAX_TAG).skip(1);
    let end = inside.find(|(_, c)| ends(*c));
    match end {
        Some((at, '>')) if is_tag && is_named => at + 1,
        Some((at, ';')) if !is_tag && is_named && (3..=10).contains(&at) => at + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_PARTS, Text, WHOLE};

    fn words(text: &str) -> Vec<String> {
        let taken = Text::of(text, Some("en"), |_| true);
        let at = |word: &super::Word| {
            let length = word.span.to - word.span.from;
            text.chars().skip(word.span.from).take(length).collect()
        };
        taken.words.iter().map(at).collect()
    }

    #[test]
    fn markup_is_no_word_and_moves_no_place() {
        assert_eq!(
            words("<p class=\"ä\">Löten &amp; <b>Schweißen</b> 😀 a < b"),
            ["Löten", "Schweißen", "a", "b"]
        );
        assert_eq!(words("AT&T; x &#228; <notclosed"), ["AT", "T", "x", "notclosed"]);
    }

    #[test]
    fn a_long_text_falls_into_passages_at_its_sentences() {
        let sentence = "the quick brown fox jumps over the lazy dog and sleeps";
        let short = Text::of(sentence, Some("en"), |_| true);
        assert_eq!(short.passages, std::iter::once(0..11).collect::<Vec<_>>());
        let text = vec![sentence; 30].join(". ");
        let long = Text::of(&text, Some("en"), |_| true);
        assert_eq!(long.words.len(), 330);
        assert!(long.passages.iter().all(|passage| passage.len() == 22), "{:?}", long.passages);
        assert_eq!(long.passages.last().unwrap().end, 330);
        let text = "word ".repeat(2_000);
        let endless = Text::of(&text, Some("en"), |_| true);
        assert!(endless.passages.iter().all(|passage| passage.len() <= WHOLE));
        assert!(endless.parts().count() <= MAX_PARTS);
        assert_eq!(endless.parts().flatten().map(std::ops::Range::len).sum::<usize>(), 2_000);
    }
}
