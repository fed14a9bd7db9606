//! Where a query stops being the beginning of any query.
//!
//! The parser tells how far it has looked, and it looks a whole keyword ahead: the mistake lies there or a little before.
//! So beginnings of the query are read once more, each followed by blanks. Of one that is right so far the parser wants to
//! see what comes after the blanks; of one that is wrong it never gets there. What it would rather have seen it does not tell
//! reliably either: so what stands there is told, or the rule that is broken.

use oxigraph::sparql::SparqlSyntaxError;

use crate::sparql::error::QueryError;

/// More characters than the longest keyword has.
const LOOKAHEAD: usize = 16;

/// More blanks than the parser ever looks ahead.
const BLANKS: &str = "                                ";

/// The most characters of a query that a message repeats.
const MAX_SHOWN: usize = 24;

/// A line and a character in it, from 1.
type Place = (usize, usize);

/// Reads a text as a query and gives what the parser has against it.
type Parse<'a> = dyn Fn(&str) -> Option<SparqlSyntaxError> + 'a;

/// Finds the mistake that the parser has met somewhere.
pub(crate) fn mistake(query: &str, error: &SparqlSyntaxError, parse: &Parse<'_>) -> QueryError {
    let text = error.to_string();
    let Some(reached) = placed(&text) else { return QueryError::Meaning(text) };
    let seen = query.char_indices().map(|(at, _)| at).chain([query.len()]);
    let seen: Vec<usize> = seen.take_while(|at| place_of(query, *at) <= reached).collect();
    let mut beginnings = seen.iter().rev().take(LOOKAHEAD + 1).map(|at| query.split_at(*at));
    let found = beginnings.find(|(start, _)| is_beginning(start, parse));
    let (start, rest) = found.unwrap_or_else(|| query.split_at(seen.last().copied().unwrap_or(0)));
    let wrong = rest.trim_start();
    let (line, column) = place_of(query, start.len() + (rest.len() - wrong.len()));
    let reason = match (wrong, undeclared(start, wrong, parse), rule(&text)) {
        (_, Some(prefix), _) => format!("the prefix `{prefix}:` is not declared"),
        (_, None, Some(rule)) => rule.to_owned(),
        ("", None, None) => "the query ends too early".to_owned(),
        (wrong, None, None) => format!("`{}` cannot stand here", word(wrong)),
    };
    QueryError::Syntax { line, column, reason }
}

/// The rule that is broken, where the parser tells one in a sentence among the marks and keywords that it would take.
fn rule(text: &str) -> Option<&str> {
    let (_, wanted) = text.split_once(": expected ")?;
    let mut wanted = wanted.trim_start_matches("one of ").split(", ");
    wanted.find(|wanted| {
        let is_sentence =
            wanted.starts_with(char::is_alphabetic) && wanted.split_whitespace().count() > 2;
        // A keyword that begins like a name with a prefix is told so as well.
        is_sentence && *wanted != "Prefix not found"
    })
}

/// Takes the place out of the words of the parser, which has no other way of telling it.
fn placed(text: &str) -> Option<Place> {
    let (place, _) = text.strip_prefix("error at ")?.split_once(": ")?;
    let (line, column) = place.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// The line and the character in it, from 1.
fn place_of(text: &str, at: usize) -> Place {
    let (before, _) = text.split_at_checked(at).unwrap_or((text, ""));
    let (above, line) = before.rsplit_once('\n').unwrap_or(("", before));
    let n_above = if line.len() == before.len() { 0 } else { above.matches('\n').count() + 1 };
    (n_above + 1, line.chars().count() + 1)
}

/// Tells whether a text is a query or the beginning of one.
fn is_beginning(start: &str, parse: &Parse<'_>) -> bool {
    let text = format!("{start}{BLANKS}");
    let Some(error) = parse(&text) else { return true };
    placed(&error.to_string()) == Some(place_of(&text, text.len()))
}

/// The prefix of the name that stands in a place where a name with another prefix would be right.
fn undeclared<'a>(start: &str, rest: &'a str, parse: &Parse<'_>) -> Option<&'a str> {
    let (prefix, _) = rest.split_once(':')?;
    let is_prefix = prefix != "_"
        && prefix.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let would_do = is_prefix && is_beginning(&format!("{start}alidade:x"), parse);
    would_do.then_some(prefix)
}

/// The first word of a text, cut where it is long.
fn word(text: &str) -> String {
    let word = text.split_whitespace().next().unwrap_or_default();
    let shown: String = word.chars().take(MAX_SHOWN).collect();
    if shown.len() < word.len() { shown + "…" } else { shown }
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn places_are_counted_in_lines_and_characters() {
        let text = "é\nab\n";
        let places = [0, 2, 3, 4, 6].map(|at| place_of(text, at));
        assert_eq!(places, [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1)]);
    }
}
