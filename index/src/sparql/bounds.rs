//! How much a stranger's query may be, counted before it is planned.
//!
//! Planning takes longer than in proportion to what is planned and cannot be stopped from within, so that what is too much is
//! refused first. How deep a query nests is seen in its text, before it is read; the rest is counted in the algebra that comes of it.
//! The library shows the algebra as a text alone, in which every triple is written out: collections, lists of objects and
//! the steps of a path among them.

#![expect(deprecated, reason = "no other type of the library shows the algebra of a query")]

use oxigraph::sparql::Query;
use serde::{Deserialize, Serialize};

use crate::sparql::error::QueryError;
use crate::sparql::prefixes::PREFIXES;
use crate::sparql::tokens::{Token, Tokens};

/// The most that a query may have of each thing, and its answer of rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// How deep brackets of all kinds, and signs before a value, may nest.
    pub depth: usize,
    /// Triple patterns; each step of a path that is a plain sequence is one.
    pub triple_patterns: usize,
    /// `OPTIONAL`.
    pub optionals: usize,
    /// `UNION`.
    pub unions: usize,
    /// Values in `VALUES`.
    pub cells: usize,
    /// Steps and alternatives inside of paths.
    pub steps: usize,
    /// Rows or triples of the answer.
    pub rows: u64,
}

/// What is counted in the algebra.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    triple_patterns: usize,
    optionals: usize,
    unions: usize,
    cells: usize,
    steps: usize,
}

impl Bounds {
    /// Looks at the text alone: nothing but a flat query is read at all.
    pub(crate) fn check_depth(&self, query: &str) -> Result<(), QueryError> {
        let (mut open, mut signs, mut deepest) = (0_usize, 0_usize, 0_usize);
        for token in Tokens::of(query) {
            signs = if matches!(token, Token::Mark('!' | '+' | '-' | '^')) { signs + 1 } else { 0 };
            match token {
                Token::Mark('(' | '{' | '[') => open += 1,
                Token::Mark(')' | '}' | ']') => open = open.saturating_sub(1),
                _ => {}
            }
            // A `<` that is no IRI is hard to tell from one, so brackets between the two are counted.
            let inside =
                if let Token::Iri(iri) = token { iri.matches(['(', '[']).count() } else { 0 };
            deepest = deepest.max(open + signs + inside);
        }
        within("levels of brackets", deepest, self.depth)
    }

    /// Looks at the algebra of a query that has been read, and refuses `SERVICE` wherever it stands.
    pub(crate) fn check(&self, query: &str) -> Result<(), QueryError> {
        let counts = Counts::of(&algebra(query)?);
        within("triple patterns", counts.triple_patterns, self.triple_patterns)?;
        within("OPTIONAL", counts.optionals, self.optionals)?;
        within("UNION", counts.unions, self.unions)?;
        within("values in VALUES", counts.cells, self.cells)?;
        within("steps inside of paths", counts.steps, self.steps)
    }
}

/// Refuses what asks somebody else, also where it asks silently.
pub(crate) fn refuse_services(query: &str) -> Result<(), QueryError> {
    // Only of a query that has the word is the algebra looked at: it stands in texts and names, too.
    if !query.to_ascii_uppercase().contains("SERVICE") {
        return Ok(());
    }
    let algebra = algebra(query)?;
    let mut tokens = Tokens::of(&algebra);
    let Some(_) = tokens.find(|token| *token == Token::Word("SERVICE")) else { return Ok(()) };
    let name = tokens.find_map(|token| match token {
        Token::Iri(name) => Some(name),
        Token::Word(name) if name.starts_with('?') => Some(name),
        _ => None,
    });
    Err(QueryError::Service(name.unwrap_or_default().to_owned()))
}

/// The algebra of a query as the library writes it.
fn algebra(query: &str) -> Result<String, QueryError> {
    let known = PREFIXES.iter().map(|(prefix, iri)| format!("PREFIX {prefix}: <{iri}>\n"));
    let whole: String = known.chain([query.to_owned()]).collect();
    let read = Query::parse(&whole, None);
    read.map(|query| query.to_string()).map_err(|error| QueryError::Meaning(error.to_string()))
}

fn within(what: &str, n: usize, most: usize) -> Result<(), QueryError> {
    if n > most { Err(QueryError::Complexity { what: what.to_owned(), n, most }) } else { Ok(()) }
}

/// A bracket that is open, and what has come in it.
struct Bracket {
    /// Nothing has come that a path cannot have.
    is_path: bool,
    steps: usize,
}

impl Counts {
    fn of(algebra: &str) -> Self {
        let mut counts = Self::default();
        let mut brackets: Vec<Bracket> = Vec::new();
        let mut tokens = Tokens::of(algebra);
        while let Some(token) = tokens.next() {
            match token {
                Token::Mark('.') => counts.triple_patterns += 1,
                Token::Word("OPTIONAL") => counts.optionals += 1,
                Token::Word("UNION") => counts.unions += 1,
                Token::Word("VALUES") => counts.cells += cells(&mut tokens),
                Token::Mark('(') => brackets.push(Bracket { is_path: true, steps: 0 }),
                Token::Mark(')') => {
                    counts.steps += brackets.pop().map_or(0, |bracket| bracket.steps_of_path());
                    continue;
                }
                _ => {}
            }
            if let Some(bracket) = brackets.last_mut() {
                bracket.take(token);
            }
        }
        counts
    }
}

impl Bracket {
    fn take(&mut self, token: Token<'_>) {
        match token {
            Token::Mark('/' | '|') => self.steps += 1,
            Token::Iri(_) | Token::Mark('(' | '^' | '*' | '+' | '!') | Token::Word("?") => {}
            // It is an expression, in which `/` divides.
            _ => self.is_path = false,
        }
    }

    fn steps_of_path(&self) -> usize {
        if self.is_path { self.steps } else { 0 }
    }
}

/// The values of a table of which the word has been taken: `( ?a ?b ) { ( 1 2 ) ( 3 4 ) }`.
fn cells(tokens: &mut Tokens<'_>) -> usize {
    let n_columns = tokens.by_ref().skip(1).take_while(|token| *token != Token::Mark(')')).count();
    let table = tokens.by_ref().take_while(|token| *token != Token::Mark('}'));
    n_columns.max(1) * table.filter(|token| *token == Token::Mark('(')).count()
}

#[cfg(test)]
mod tests {
    use super::{Bounds, Counts, algebra, refuse_services};
    use crate::sparql::error::QueryError;

    const BOUNDS: Bounds = Bounds {
        depth: 6,
        triple_patterns: 5,
        optionals: 2,
        unions: 2,
        cells: 6,
        steps: 3,
        rows: 10,
    };

    #[track_caller]
    fn check(query: &str, expected: Counts) {
        assert_eq!(Counts::of(&algebra(query).unwrap()), expected, "{query}");
    }

    fn triples(triple_patterns: usize) -> Counts {
        Counts { triple_patterns, ..Counts::default() }
    }

    #[test]
    fn triples_are_counted_as_they_are_written_out() {
        check("SELECT * { ?s ?p ?o }", triples(1));
        check("SELECT * { ?s ?p 1.5, 'a.b. c .' ; ?q <urn:a.b> }", triples(3));
        check("SELECT * { ?s ?p (1 2) }", triples(5));
        check("SELECT * { ?s skos:broader/skos:broader ?o }", triples(2));
        check("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o . ?o ?q ?s }", triples(3));
        check("SELECT * { FILTER NOT EXISTS { ?s ?p ?o { SELECT * { ?a ?b ?c } } } }", triples(2));
        check("DESCRIBE <urn:a>", Counts { cells: 0, ..triples(0) });
    }

    #[test]
    fn everything_that_is_bounded_is_counted() {
        let counts = Counts { optionals: 2, ..triples(3) };
        check(
            "SELECT * { ?a ?b ?c OPTIONAL { ?a ?d ?e } OPTIONAL { ?a ?f ?g FILTER(?g > 1) } }",
            counts,
        );
        let counts = Counts { unions: 2, ..triples(3) };
        check("SELECT * { { ?a ?b ?c } UNION { ?a ?b ?d } UNION { ?a ?b ?e } }", counts);
        let counts = Counts { cells: 6, ..triples(1) };
        check("SELECT * { VALUES (?a ?b) { (1 'x )') (<urn:(> UNDEF) (3 4) } ?a ?p ?b }", counts);
        let counts = Counts { cells: 3, ..triples(0) };
        check("SELECT * { } VALUES ?a { 1 2 3 }", counts);
        let counts = Counts { steps: 3, ..triples(1) };
        check(
            "SELECT * { ?a (skos:broader/skos:broader|^skos:narrower/skos:broader)+ ?b }",
            counts,
        );
        check("SELECT (1/2/3 AS ?q) { FILTER((?a/?b)/(?c/2) > 1 || ?d) }", triples(0));
    }

    #[test]
    fn more_than_enough_is_refused_by_its_name() {
        let of = |query: &str| BOUNDS.check_depth(query).and_then(|()| BOUNDS.check(query));
        let refused = |query: &str, name: &str| match of(query).unwrap_err() {
            QueryError::Complexity { what, n, most } => {
                assert!(what == name && n == most + 1, "{query}: {n} {what}");
            }
            other => panic!("{query}: {other}"),
        };
        refused("ASK { FILTER((((((1)))))) }", "levels of brackets");
        refused("ASK { FILTER(!!!!!1) }", "levels of brackets");
        refused("ASK { ?s ?p 1,2,3,4,5,6 }", "triple patterns");
        refused("ASK { OPTIONAL { } OPTIONAL { } OPTIONAL { } }", "OPTIONAL");
        refused("ASK { { } UNION { } UNION { } UNION { } }", "UNION");
        refused("ASK { VALUES ?a { 1 2 3 4 5 6 7 } }", "values in VALUES");
        refused("ASK { ?a (skos:a/skos:b/skos:c/skos:d/skos:e)* ?b }", "steps inside of paths");
        assert_eq!(of("ASK { FILTER(((((1))))) # ((((\n FILTER('((((((' = <urn:a>) }"), Ok(()));
        assert_eq!(of("ASK { ?s ?p 1,2,3,4,5 }"), Ok(()));
    }

    #[test]
    fn brackets_cannot_hide_behind_what_looks_like_an_iri() {
        assert!(BOUNDS.check_depth("ASK { FILTER(1<((((((1))))))>2) }").is_err());
        assert!(BOUNDS.check_depth(r"ASK { ex:a\'b ?p ((((((1)))))) }").is_err());
    }

    #[test]
    fn a_service_is_found_wherever_it_stands() {
        for query in [
            "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
            "SELECT * { FILTER EXISTS { { SELECT * { SERVICE <http://127.0.0.1:9/> { } } } } }",
        ] {
            let name = "<http://127.0.0.1:9/>".to_owned();
            assert_eq!(refuse_services(query), Err(QueryError::Service(name)), "{query}");
        }
        let variable = "SELECT * { VALUES ?u { <urn:a> } SERVICE ?u { } }";
        assert_eq!(refuse_services(variable), Err(QueryError::Service("?u".to_owned())));
        assert_eq!(refuse_services("SELECT * { ?SERVICE <urn:SERVICE> 'SERVICE' }"), Ok(()));
    }
}
