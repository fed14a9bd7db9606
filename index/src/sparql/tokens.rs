//! A query taken apart into its tokens, no further than counting needs.

/// A token of [SPARQL](https://www.w3.org/TR/sparql11-query/#sparqlGrammar).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// An IRI with its brackets.
    Iri(&'a str),
    /// A string with its quotes; of one without an end, all that follows.
    Text,
    /// A keyword, a variable, a number, or a name or a part of one.
    Word(&'a str),
    /// Any other character.
    Mark(char),
}

/// The tokens of a query. Blanks and comments are none.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    /// Takes a query apart.
    pub(crate) fn of(query: &'a str) -> Self {
        Self { rest: query }
    }

    /// Takes the next bytes.
    fn cut(&mut self, n: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(n).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
        while let Some(comment) = self.rest.strip_prefix('#') {
            let end = comment.find(['\n', '\r']).unwrap_or(comment.len());
            self.rest = comment.get(end..).unwrap_or_default().trim_start();
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.skip_blanks();
        let first = self.rest.chars().next()?;
        if let Some(n) = iri(self.rest) {
            return Some(Token::Iri(self.cut(n)));
        }
        if let Some(n) = text(self.rest) {
            self.cut(n);
            return Some(Token::Text);
        }
        let n = word(self.rest);
        if n > 0 {
            return Some(Token::Word(self.cut(n)));
        }
        self.cut(first.len_utf8());
        Some(Token::Mark(first))
    }
}

/// The length of an [`IRIREF`](https://www.w3.org/TR/sparql11-query/#rIRIREF) at the beginning.
fn iri(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let ends =
        |c: char| c <= ' ' || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\');
    let end = inside.find(ends)?;
    inside.get(end..)?.starts_with('>').then_some(end + 2)
}

/// The length of a string at the beginning, in whichever of the four quotes.
fn text(text: &str) -> Option<usize> {
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    let quote = quotes.into_iter().find(|quote| text.starts_with(quote))?;
    let mut rest = text.strip_prefix(quote)?;
    loop {
        if let Some(after) = rest.strip_prefix(quote) {
            return Some(text.len() - after.len());
        }
        let mut characters = rest.chars();
        match characters.next() {
            None => return Some(text.len()),
            Some('\\') => {
                characters.next();
            }
            Some(_) => {}
        }
        rest = characters.as_str();
    }
}

/// The length of what is neither blank nor mark at the beginning; an escaped character of a name belongs to it.
fn word(text: &str) -> usize {
    let mut rest = text.chars();
    loop {
        let before = rest.as_str().len();
        match rest.next() {
            Some('\\') => {
                rest.next();
            }
            Some(c) if c.is_alphanumeric() || matches!(c, '_' | ':' | '?' | '$' | '%' | '@') => {}
            _ => return text.len() - before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, Tokens};

    #[track_caller]
    fn check(query: &str, expected: &[Token<'_>]) {
        assert_eq!(Tokens::of(query).collect::<Vec<_>>(), expected, "{query}");
    }

    #[test]
    fn a_query_is_taken_apart() {
        use Token::{Iri, Mark, Text, Word};
        check(
            "SELECT * { ?s <urn:a(b> \"}\" . }",
            &[
                Word("SELECT"),
                Mark('*'),
                Mark('{'),
                Word("?s"),
                Iri("<urn:a(b>"),
                Text,
                Mark('.'),
                Mark('}'),
            ],
        );
        check("# { \n ASK#{\r{", &[Word("ASK"), Mark('{')]);
        check("?a<?b", &[Word("?a"), Mark('<'), Word("?b")]);
        check(r"ex:a\'b(", &[Word(r"ex:a\'b"), Mark('(')]);
        check("", &[]);
    }

    #[test]
    fn a_string_ends_where_its_quotes_do() {
        for (query, n_after) in [
            (r#""(" ("#, 1),
            (r#""\"(" ("#, 1),
            (r"'(' (", 1),
            (r#""""("(""( """ ("#, 1),
            (r"'''(''' (", 1),
            (r#""" ("#, 1),
            (r#""( "#, 0),
            (r#"""#, 0),
            (r#""\"#, 0),
        ] {
            let tokens: Vec<_> = Tokens::of(query).collect();
            assert_eq!(tokens.len(), 1 + n_after, "{query}: {tokens:?}");
            assert_eq!(tokens[0], Token::Text, "{query}");
        }
    }
}
