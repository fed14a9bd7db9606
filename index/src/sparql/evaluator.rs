//! Evaluates queries on the graph of one generation.

use std::path::Path;

use oxigraph::model::{GraphName, NamedNode};
use oxigraph::sparql::{PreparedSparqlQuery, QueryDatasetSpecification, SparqlEvaluator};
use oxigraph::store::Store;
use oxrdf::{GraphNameRef, NamedOrBlankNode, NamedOrBlankNodeRef};

use crate::error::IndexError;
use crate::graph::{STATE_GRAPH, open_generation};
use crate::sparql::answer::Answer;
use crate::sparql::bounds::refuse_services;
use crate::sparql::error::{QueryError, SparqlError};
use crate::sparql::mistake::mistake;
use crate::sparql::prefixes::PREFIXES;
use crate::sparql::terms::{Graphs, Terms};

/// The graph of one generation, open for queries.
///
/// The default graph of a query that names none is the union of all graphs. It is a union of quads: a triple that three
/// graphs state is there three times. Nothing but queries is evaluated, and nobody else is asked.
pub struct Evaluator {
    store: Store,
}

impl std::fmt::Debug for Evaluator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Evaluator").finish_non_exhaustive()
    }
}

impl Evaluator {
    /// Opens the graph of the generation in a folder; nothing is written there.
    pub fn open(folder: &Path) -> Result<Self, IndexError> {
        Ok(Self { store: open_generation(&folder.join("graph"))? })
    }

    /// Begins to evaluate a query; the answer goes on while it is written.
    ///
    /// # Errors
    /// [`SparqlError::Query`] where the query is none that can be answered.
    pub fn evaluate(&self, query: &str, terms: &Terms) -> Result<Answer, SparqlError> {
        let bounds = terms.bounds.as_ref();
        bounds.map_or(Ok(()), |bounds| bounds.check_depth(query))?;
        let mut prepared = prepare(query)?;
        refuse_services(query)?;
        bounds.map_or(Ok(()), |bounds| bounds.check(query))?;
        choose_named(prepared.dataset_mut(), &terms.graphs)?;
        self.choose_graphs(prepared.dataset_mut())?;
        let most = bounds.map_or(u64::MAX, |bounds| bounds.rows);
        Ok(Answer::new(prepared.on_store(&self.store).execute()?, most))
    }

    /// Makes the union the default, and hides the state that generations of an earlier version hold. Theirs is a list of
    /// graphs that each step of the evaluation goes through, and so slow where there are many.
    fn choose_graphs(&self, dataset: &mut QueryDatasetSpecification) -> Result<(), SparqlError> {
        if dataset.is_default_dataset() {
            dataset.set_default_graph_as_union();
        }
        if !self.store.contains_named_graph(STATE_GRAPH)? {
            return Ok(());
        }
        let held = self.store.named_graphs().collect::<Result<Vec<_>, _>>()?;
        let default = match dataset.default_graph_graphs() {
            Some(named) => named.to_vec(),
            None => held.iter().cloned().map(GraphName::from).collect(),
        };
        let named = dataset.available_named_graphs().map_or(held, <[NamedOrBlankNode]>::to_vec);
        let state = GraphNameRef::NamedNode(STATE_GRAPH);
        dataset.set_default_graph(
            default.into_iter().filter(|graph| graph.as_ref() != state).collect(),
        );
        let state = NamedOrBlankNodeRef::NamedNode(STATE_GRAPH);
        dataset.set_available_named_graphs(
            named.into_iter().filter(|graph| graph.as_ref() != state).collect(),
        );
        Ok(())
    }
}

/// Takes the graphs that are named beside a query instead of those that it names itself
/// ([SPARQL 1.1 Protocol, 2.1.4](https://www.w3.org/TR/sparql11-protocol/#dataset)).
fn choose_named(
    dataset: &mut QueryDatasetSpecification,
    graphs: &Graphs,
) -> Result<(), QueryError> {
    if graphs.is_empty() {
        return Ok(());
    }
    let named = |iri: &String| {
        NamedNode::new(iri.as_str()).ok().ok_or_else(|| QueryError::Graph(iri.clone()))
    };
    let default: Vec<NamedNode> = graphs.default.iter().map(named).collect::<Result<_, _>>()?;
    let available: Vec<NamedNode> = graphs.named.iter().map(named).collect::<Result<_, _>>()?;
    dataset.set_default_graph(default.into_iter().map(GraphName::from).collect());
    dataset.set_available_named_graphs(available.into_iter().map(NamedOrBlankNode::from).collect());
    Ok(())
}

/// Reads a query with the known prefixes.
fn prepare(query: &str) -> Result<PreparedSparqlQuery, QueryError> {
    let evaluator =
        PREFIXES.iter().fold(SparqlEvaluator::new(), |evaluator, (prefix, namespace)| {
            evaluator.clone().with_prefix(*prefix, *namespace).unwrap_or(evaluator)
        });
    let error = match evaluator.clone().parse_query(query) {
        Ok(prepared) => return Ok(prepared),
        Err(error) => error,
    };
    // Nothing at all is an update, too: one that does nothing.
    let is_update = !query.trim().is_empty() && evaluator.clone().parse_update(query).is_ok();
    if is_update {
        return Err(QueryError::Update);
    }
    Err(mistake(query, &error, &|text| evaluator.clone().parse_query(text).err()))
}

#[cfg(test)]
mod tests {
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::store::Store;
    use tempfile::TempDir;

    use super::{Evaluator, prepare};
    use crate::sparql::bounds::Bounds;
    use crate::sparql::error::{QueryError, SparqlError};
    use crate::sparql::format::Format;
    use crate::sparql::prefixes::PREFIXES;
    use crate::sparql::terms::{Graphs, Terms};

    const RECORDS: &str = "
        <urn:g:1> { <urn:a> <urn:p> 1 . <urn:a> <urn:q> 1 }
        <urn:g:2> { <urn:a> <urn:p> 1 }
        <urn:g:3> { <urn:a> <urn:p> 1 . <urn:b> <urn:p> 2 }";

    /// As generations were before the watermarks had a file of their own.
    const STATE: &str = "
        <urn:alidade:state> { <urn:alidade:source:s> <urn:alidade:vocab:watermark> 7 . <urn:a> <urn:p> 9 }";

    fn holding(texts: &[&str]) -> (TempDir, Evaluator) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("graph")).unwrap();
        for text in texts {
            let parser = RdfParser::from_format(RdfFormat::TriG);
            store.load_from_slice(parser, text.as_bytes()).unwrap();
        }
        store.flush().unwrap();
        drop(store);
        let evaluator = Evaluator::open(folder.path()).unwrap();
        (folder, evaluator)
    }

    fn ask(evaluator: &Evaluator, query: &str) -> Result<String, SparqlError> {
        let mut out = Vec::new();
        evaluator.evaluate(query, &Terms::default())?.write(Format::Csv, &mut out)?;
        Ok(String::from_utf8_lossy(&out).replace("\r\n", " ").trim_end().to_owned())
    }

    #[track_caller]
    fn check(query: &str, expected: &str) {
        for texts in [&[RECORDS][..], &[RECORDS, STATE]] {
            let (_folder, evaluator) = holding(texts);
            assert_eq!(ask(&evaluator, query).unwrap(), expected, "{query}");
        }
    }

    #[track_caller]
    fn check_refused(query: &str, expected: &QueryError) {
        let (_folder, evaluator) = holding(&[RECORDS]);
        match ask(&evaluator, query) {
            Err(SparqlError::Query(error)) => assert_eq!(error, *expected, "{query}"),
            other => panic!("{query}: {other:?}"),
        }
    }

    #[test]
    fn a_triple_that_three_graphs_state_counts_three_times() {
        check("SELECT ?o { <urn:a> <urn:p> ?o }", "o 1 1 1");
        check("SELECT (COUNT(*) AS ?n) { <urn:a> <urn:p> 1 }", "n 3");
        check("SELECT (COUNT(*) AS ?n) { ?a ?b ?c }", "n 5");
        check("SELECT DISTINCT ?o { <urn:a> <urn:p> ?o }", "o 1");
        check("SELECT ?o { ?a <urn:p> ?o ; <urn:q> ?o }", "o 1 1 1");
    }

    #[test]
    fn the_graphs_of_a_query_are_chosen_as_the_standard_says() {
        check("SELECT ?o FROM <urn:g:3> { ?s <urn:p> ?o } ORDER BY ?o", "o 1 2");
        check("SELECT ?o FROM <urn:g:1> FROM <urn:g:2> { <urn:a> <urn:q> ?o }", "o 1");
        check("SELECT ?o FROM NAMED <urn:g:3> { ?s <urn:p> ?o }", "o");
        let in_third = "SELECT ?g ?o FROM NAMED <urn:g:3> { GRAPH ?g { <urn:a> <urn:p> ?o } }";
        check(in_third, "g,o urn:g:3,1");
        check("SELECT ?g { GRAPH ?g { <urn:b> ?p ?o } }", "g urn:g:3");
    }

    #[test]
    fn the_state_graph_is_nowhere() {
        check("SELECT ?o { ?s <urn:alidade:vocab:watermark> ?o }", "o");
        check("SELECT (COUNT(*) AS ?n) { GRAPH <urn:alidade:state> { ?s ?p ?o } }", "n 0");
        check("SELECT ?g { GRAPH ?g {} } ORDER BY ?g", "g urn:g:1 urn:g:2 urn:g:3");
        check("SELECT ?o FROM <urn:alidade:state> { ?s ?p ?o }", "o");
        check("SELECT ?o FROM NAMED <urn:alidade:state> { GRAPH ?g { ?s ?p ?o } }", "o");
        check("SELECT (MAX(?o) AS ?m) { <urn:a> <urn:p> ?o }", "m 1");
    }

    #[test]
    fn graphs_named_beside_a_query_count_and_not_its_own() {
        let (_folder, evaluator) = holding(&[RECORDS]);
        let of = |default: &[&str], named: &[&str], query: &str| {
            let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
            let graphs = Graphs { default: owned(default), named: owned(named) };
            let mut out = Vec::new();
            let terms = Terms { graphs, bounds: None };
            evaluator.evaluate(query, &terms)?.write(Format::Csv, &mut out)?;
            Ok::<_, SparqlError>(String::from_utf8_lossy(&out).replace("\r\n", " "))
        };
        let all = "SELECT (COUNT(*) AS ?n) FROM <urn:g:3> { ?s ?p ?o }";
        assert_eq!(of(&["urn:g:1"], &[], all).unwrap(), "n 2 ");
        assert_eq!(of(&["urn:g:1", "urn:g:2"], &[], all).unwrap(), "n 3 ");
        assert_eq!(of(&[], &["urn:g:1"], all).unwrap(), "n 0 ");
        assert_eq!(of(&["urn:nowhere"], &[], all).unwrap(), "n 0 ");
        let inside = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }";
        assert_eq!(of(&[], &["urn:g:2"], inside).unwrap(), "g urn:g:2 ");
        assert_eq!(of(&["urn:g:2"], &[], inside).unwrap(), "g ");
        let refused = of(&["no iri"], &[], all).unwrap_err();
        assert!(matches!(refused, SparqlError::Query(QueryError::Graph(name)) if name == "no iri"));
    }

    #[test]
    fn an_answer_with_too_many_rows_breaks_off() {
        let (_folder, evaluator) = holding(&[RECORDS]);
        let with = |rows: u64, query: &str, format: Format| {
            let bounds = Bounds {
                depth: 9,
                triple_patterns: 9,
                optionals: 9,
                unions: 9,
                cells: 9,
                steps: 9,
                rows,
            };
            let terms = Terms { graphs: Graphs::default(), bounds: Some(bounds) };
            evaluator.evaluate(query, &terms)?.write(format, &mut Vec::new())
        };
        for (query, format, n) in [
            ("SELECT * { ?s ?p ?o }", Format::Xml, 5),
            // Of triples that are stated again one is left.
            ("CONSTRUCT WHERE { ?s ?p ?o }", Format::JsonLd, 3),
        ] {
            assert_eq!(with(n, query, format).unwrap(), n, "{query}");
            let refused = with(n - 1, query, format).unwrap_err();
            let is_refused =
                matches!(refused, SparqlError::Query(QueryError::Rows(most)) if most == n - 1);
            assert!(is_refused, "{refused}");
        }
        let refused = with(5, "ASK { ?s ?p 1,2,3,4,5,6,7,8,9,10 }", Format::Json).unwrap_err();
        assert!(matches!(refused, SparqlError::Query(QueryError::Complexity { .. })), "{refused}");
    }

    #[test]
    fn an_update_is_refused() {
        for update in [
            "INSERT DATA { <urn:a> <urn:p> 3 }",
            "DELETE WHERE { ?s ?p ?o }",
            "DROP ALL",
            "LOAD <https://a.example/>",
            "PREFIX a: <urn:> CLEAR GRAPH a:g",
        ] {
            check_refused(update, &QueryError::Update);
        }
    }

    #[test]
    fn nobody_else_is_asked() {
        let name = || QueryError::Service("<http://127.0.0.1:9/>".to_owned());
        check_refused("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", &name());
        check_refused("ASK { ?s ?p ?o . SERVICE <http://127.0.0.1:9/> { ?s ?q ?r } }", &name());
        // Also where it is asked silently, which the standard would let fail without a word.
        check_refused("SELECT ?o { SERVICE SILENT <http://127.0.0.1:9/> { ?o ?p ?q } }", &name());
    }

    #[test]
    fn a_mistake_has_a_place() {
        for (query, line, column, expected) in [
            ("SELECT ?a { ?a ?b }", 1, 19, "`}` cannot stand here"),
            ("SELECT *\n{ ?a é:b ?c }", 2, 6, "the prefix `é:` is not declared"),
            ("SELECT * {\n  ?a skos:notation ?b\n  ?c ?d ?e\n}", 3, 3, "`?c` cannot stand here"),
            ("SELEKT * { ?a ?b ?c }", 1, 1, "`SELEKT` cannot stand here"),
            ("# why\nSELECT * { ?a ?b \"no end }", 2, 27, "the query ends too early"),
            ("SELECT * { ?a ?b ?c", 1, 20, "the query ends too early"),
            ("SELECT * { ?a ?b ?c } \n again", 2, 2, "`again` cannot stand here"),
            ("SELECT * { ?a <no iri> ?c }", 1, 22, "IRI parsing failed"),
            ("", 1, 1, "the query ends too early"),
            (
                "SELECT ?x { ?x ?p ?o } GROUP BY ?p",
                1,
                35,
                "The SELECT contains a variable that is unbound",
            ),
            ("SELECT * { ?s ?p ?o . BIND(1 AS ?s) }", 1, 37, "`}` cannot stand here"),
            ("SELECT * { { _:a ?p ?o } { _:a ?q ?r } }", 1, 28, "`_:a` cannot stand here"),
        ] {
            match prepare(query).err().unwrap() {
                QueryError::Syntax { line: l, column: c, reason } => {
                    assert_eq!((l, c, reason.as_str()), (line, column, expected), "{query}");
                }
                other => panic!("{query}: {other}"),
            }
        }
    }

    #[test]
    fn an_answer_in_the_wrong_format_is_refused() {
        let (_folder, evaluator) = holding(&[RECORDS]);
        for (query, format) in [
            ("ASK {}", Format::Turtle),
            ("SELECT * {}", Format::NTriples),
            ("CONSTRUCT WHERE { ?s ?p ?o }", Format::Json),
            ("DESCRIBE <urn:a>", Format::Csv),
        ] {
            let refused = evaluator
                .evaluate(query, &Terms::default())
                .unwrap()
                .write(format, &mut Vec::new());
            let is_refused = matches!(refused, Err(SparqlError::Query(QueryError::Format { .. })));
            assert!(is_refused, "{query}");
        }
    }

    #[test]
    fn prefixes_need_no_declaration_and_yield_to_one() {
        for (prefix, namespace) in PREFIXES {
            let query = format!("SELECT ({prefix}:x AS ?x) {{}}");
            check(&query, &format!("x {namespace}x"));
        }
        check("PREFIX skos: <urn:mine:> SELECT (skos:x AS ?x) {}", "x urn:mine:x");
    }

    #[test]
    fn triples_are_written_with_prefixes_or_without() {
        let (_folder, evaluator) = holding(&[RECORDS]);
        let written = |format| {
            let query = "CONSTRUCT { ?s skos:notation ?o } WHERE { ?s <urn:p> ?o }";
            let mut out = Vec::new();
            let n = evaluator
                .evaluate(query, &Terms::default())
                .unwrap()
                .write(format, &mut out)
                .unwrap();
            (n, String::from_utf8(out).unwrap())
        };
        let (n, lines) = written(Format::NTriples);
        assert_eq!((n, lines.lines().count()), (2, 2), "{lines}");
        for format in [Format::NQuads, Format::TriG, Format::JsonLd, Format::RdfXml] {
            let (n, text) = written(format);
            assert!(n == 2 && text.contains("urn:b"), "{format}: {text}");
        }
        let (n, turtle) = written(Format::Turtle);
        assert!(n == 2 && turtle.contains("<urn:b> skos:notation 2"), "{turtle}");
    }
}
