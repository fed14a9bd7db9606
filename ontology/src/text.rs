//! Text in the languages its publisher wrote it in, and the plain form that a reader or an index sees.
//!
//! CASE has one language for an item or a whole document; CTDL has a language map at every text. Both become a
//! [`LanguageMap`]. Nothing here detects a language or translates.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::char::compose;
use utoipa::ToSchema;

/// The tag of a text whose language nobody stated ([BCP 47](https://www.rfc-editor.org/info/bcp47) `und`).
pub const UNDETERMINED: &str = "und";

/// Texts by [BCP 47](https://www.rfc-editor.org/info/bcp47) language tag, in the publisher's order within a language.
///
/// Nearly always there is one; so this is a list and no map, which would take half a kilobyte for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, ToSchema)]
#[schema(value_type = BTreeMap<String, Vec<String>>, description = "Texts by the tag of their language (BCP 47; `und` where nobody stated it), in the publisher's order within a language.")]
pub struct LanguageMap(Vec<Tagged>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Tagged {
    tag: Box<str>,
    text: Box<str>,
}

impl LanguageMap {
    /// Wraps one text, whose language may be unknown.
    pub fn of(text: Option<String>, language: Option<&str>) -> Self {
        let mut map = Self::default();
        if let Some(text) = text {
            map.add(language, text);
        }
        map
    }

    /// Adds a text; an absent language is [`UNDETERMINED`].
    pub fn add(&mut self, language: Option<&str>, text: String) {
        let tag = language.unwrap_or(UNDETERMINED);
        let at = self.0.partition_point(|held| *held.tag <= *tag);
        self.0.reserve_exact(1);
        self.0.insert(at, Tagged { tag: tag.into(), text: text.into() });
    }

    /// Tells whether no text is there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives the text a reader with no stated preference sees: English, then undetermined, then the first by tag.
    pub fn first(&self) -> Option<&str> {
        let tagged = |wanted: fn(&str) -> bool| self.0.iter().find(move |held| wanted(&held.tag));
        let chosen = tagged(is_english).or_else(|| tagged(|tag| tag == UNDETERMINED));
        chosen.or_else(|| self.0.first()).map(|held| &*held.text)
    }

    /// Iterates over (tag, text); the tag is `None` where the language is undetermined.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, &str)> {
        let tag = |held: &Tagged| *held.tag != *UNDETERMINED;
        self.0.iter().map(move |held| (tag(held).then_some(&*held.tag), &*held.text))
    }
}

impl Serialize for LanguageMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let by_tag = self.0.chunk_by(|a, b| a.tag == b.tag).filter_map(|held| {
            let texts: Vec<&str> = held.iter().map(|held| &*held.text).collect();
            held.first().map(|first| (&*first.tag, texts))
        });
        serializer.collect_map(by_tag)
    }
}

impl<'de> Deserialize<'de> for LanguageMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let by_tag: BTreeMap<String, Vec<String>> = BTreeMap::deserialize(deserializer)?;
        let mut map = Self::default();
        for (tag, texts) in by_tag {
            for text in texts {
                map.add(Some(&tag), text);
            }
        }
        Ok(map)
    }
}

fn is_english(tag: &str) -> bool {
    tag.split(['-', '_']).next().is_some_and(|primary| primary.eq_ignore_ascii_case("en"))
}

/// Gives a text as it reads: HTML tags, entities, Markdown marks and LaTeX dollars taken away, white space folded.
///
/// CASE allows Markdown and LaTeX in statements and discourages HTML ([Implementation Guide](https://www.imsglobal.org/spec/CASE/v1p1/impl), A.15);
/// real frameworks hold all three. The original is kept beside it everywhere.
pub fn plain(text: &str) -> String {
    let untagged = strip_tags(text);
    let unescaped = unescape_entities(&untagged);
    let unmarked = strip_marks(&unescaped);
    unmarked.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Takes away what stands between `<` and `>` where it looks like a tag; a lone `<` (as in `a < b`) stays.
fn strip_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        if let Some((name, tail)) = tag_end(after) {
            if is_block(name) {
                out.push(' ');
            }
            rest = tail;
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

/// Splits `sup class="x">rest` into the tag's name and what follows it.
fn tag_end(after: &str) -> Option<(&str, &str)> {
    let named = after.strip_prefix('/').unwrap_or(after);
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (inside, tail) = after.split_once('>')?;
    if inside.contains('<') {
        return None;
    }
    let name = inside.trim_start_matches('/').split([' ', '/', '\t', '\n']).next()?;
    name.chars().all(|c| c.is_ascii_alphanumeric()).then_some((name, tail))
}

fn is_block(name: &str) -> bool {
    let inline =
        ["a", "b", "em", "i", "span", "strong", "sub", "sup", "u", "code", "small", "mark", "s"];
    !inline.iter().any(|tag| name.eq_ignore_ascii_case(tag))
}

fn unescape_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() <= 8);
        if let Some((character, tail)) =
            entity.and_then(|(name, tail)| Some((entity_char(name)?, tail)))
        {
            out.push(character);
            rest = tail;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn entity_char(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    let named = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "times" => '×',
        "divide" => '÷',
        "deg" => '°',
        "frac12" => '½',
        "le" => '≤',
        "ge" => '≥',
        "hellip" => '…',
        "szlig" => 'ß',
        "aelig" => 'æ',
        "AElig" => 'Æ',
        "oslash" => 'ø',
        "Oslash" => 'Ø',
        "iquest" => '¿',
        "iexcl" => '¡',
        "ordf" => 'ª',
        "ordm" => 'º',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "euro" => '€',
        "reg" => '®',
        "trade" => '™',
        "frac14" => '¼',
        "frac34" => '¾',
        "ne" => '≠',
        "plusmn" => '±',
        "minus" => '−',
        "pi" => 'π',
        _ => return accented(name),
    };
    Some(named)
}

/// The letter of an entity that names it with its accent (`eacute`).
fn accented(name: &str) -> Option<char> {
    let mut rest = name.chars();
    let letter = rest.next().filter(char::is_ascii_alphabetic)?;
    let mark = match rest.as_str() {
        "grave" => '\u{300}',
        "acute" => '\u{301}',
        "circ" => '\u{302}',
        "tilde" => '\u{303}',
        "uml" => '\u{308}',
        "ring" => '\u{30a}',
        "cedil" => '\u{327}',
        _ => return None,
    };
    compose(letter, mark)
}

/// Takes away `**`, `__`, backticks, heading and list marks at the start of a line, and the dollars around LaTeX.
fn strip_marks(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim();
        let unlisted = line.trim_start_matches('#').trim_start();
        unlisted.strip_prefix("- ").or_else(|| unlisted.strip_prefix("* ")).unwrap_or(unlisted)
    });
    let joined =
        lines.collect::<Vec<_>>().join(" ").replace("**", "").replace("__", "").replace('`', "");
    strip_single(&strip_single(&joined, '$'), '*')
}

/// Takes away pairs of a mark that hugs its content (`$x$`, `*word*`): opened after a break and before a word, closed
/// the other way round. A price (`$5 and $6`) or a product (`2 * 3`) stays.
fn strip_single(text: &str, mark: char) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut drop = vec![false; chars.len()];
    let mut open = None;
    for (at, _) in chars.iter().enumerate().filter(|(_, c)| **c == mark) {
        let before = at.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(at + 1).copied();
        let closes =
            before.is_some_and(|c| !c.is_whitespace()) && !after.is_some_and(char::is_alphanumeric);
        let opens =
            after.is_some_and(|c| !c.is_whitespace()) && !before.is_some_and(char::is_alphanumeric);
        match open {
            Some(start) if closes => {
                for i in [start, at] {
                    if let Some(flag) = drop.get_mut(i) {
                        *flag = true;
                    }
                }
                open = None;
            }
            _ if opens => open = Some(at),
            _ => {}
        }
    }
    chars.iter().zip(&drop).filter(|(_, dropped)| !**dropped).map(|(c, _)| *c).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, proptest};

    use super::{LanguageMap, plain};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(plain(text), expected);
    }

    #[test]
    fn html_markdown_and_latex_read_as_plain_text() {
        check(
            "Understand a fraction 1/<em>b</em> as 1 part",
            "Understand a fraction 1/b as 1 part",
        );
        check("x<sup>2</sup> &lt; 4 &amp; y &#8805; 1", "x2 < 4 & y ≥ 1");
        check(
            "formaci&oacute;n &amp; &Eacute;l&egrave;ve &szlig; &bogus;",
            "formación & Élève ß &bogus;",
        );
        check("a < b and b > c", "a < b and b > c");
        check("first<br/>second<p>third</p>", "first second third");
        check(
            "**Bold** and *slanted* words\r\n- a point\r\n\r\n# Head",
            "Bold and slanted words a point Head",
        );
        check("Solve $3 \\times 4$, then ($y$).", "Solve 3 \\times 4, then (y).");
        check("costs $5 and $6", "costs $5 and $6");
        check("2 * 3 * 4", "2 * 3 * 4");
        check("snake_case & co; done", "snake_case & co; done");
    }

    #[test]
    fn english_is_read_before_other_languages() {
        let mut map = LanguageMap::of(Some("Bruch".to_owned()), Some("de"));
        assert_eq!(map.first(), Some("Bruch"));
        map.add(Some("en-US"), "Fraction".to_owned());
        assert_eq!(map.first(), Some("Fraction"));
        assert_eq!(LanguageMap::of(None, Some("en")).first(), None);
    }

    #[test]
    fn a_map_survives_its_json() {
        let mut map = LanguageMap::of(Some("b".to_owned()), Some("es"));
        map.add(Some("en"), "a".to_owned());
        map.add(Some("es"), "c".to_owned());
        map.add(None, "d".to_owned());
        let json = serde_json::to_string(&map).unwrap();
        assert_eq!(json, r#"{"en":["a"],"es":["b","c"],"und":["d"]}"#);
        assert_eq!(serde_json::from_str::<LanguageMap>(&json).unwrap(), map);
    }

    proptest! {
        #[test]
        fn any_text_has_a_plain_form(text in prop::string::string_regex("[a<>&;#*$_` \\r\\n/-]{0,60}").unwrap()) {
            let once = plain(&text);
            assert!(!once.contains('\n'));
        }
    }
}
