//! The answer to a query, and how it is written.

use std::io::{self, ErrorKind, Write};

use oxigraph::io::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};

use crate::sparql::error::{QueryError, SparqlError};
use crate::sparql::format::{Form, Format};
use crate::sparql::prefixes::PREFIXES;

/// An answer that is evaluated while it is written: no more of it is held than the evaluation needs.
pub struct Answer {
    results: QueryResults<'static>,
    /// The most rows or triples.
    most: u64,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Answer").field("form", &self.form()).finish_non_exhaustive()
    }
}

impl Answer {
    /// Wraps what an evaluation has begun to find.
    pub(crate) fn new(results: QueryResults<'static>, most: u64) -> Self {
        Self { results, most }
    }

    /// What the answer is.
    pub fn form(&self) -> Form {
        match &self.results {
            QueryResults::Solutions(_) => Form::Solutions,
            QueryResults::Boolean(_) => Form::Boolean,
            QueryResults::Graph(_) => Form::Graph,
        }
    }

    /// Writes the answer; gives the number of its rows or triples, and for `ASK` 1 or 0.
    ///
    /// # Errors
    /// Also in the middle of an answer, of which the beginning is written then.
    pub fn write(self, format: Format, out: &mut dyn Write) -> Result<u64, SparqlError> {
        let misfit = QueryError::Format { form: self.form(), format };
        let most = self.most;
        match (self.results, results_format(format), rdf_format(format)) {
            (QueryResults::Solutions(rows), Some(format), _) => write_rows(rows, format, most, out),
            (QueryResults::Boolean(value), Some(format), _) => {
                QueryResultsSerializer::from_format(format)
                    .serialize_boolean_to_writer(out, value)?;
                Ok(u64::from(value))
            }
            (QueryResults::Graph(triples), _, Some(format)) => {
                write_triples(triples, format, most, out)
            }
            _ => Err(misfit.into()),
        }
    }
}

fn results_format(format: Format) -> Option<QueryResultsFormat> {
    match format {
        Format::Json => Some(QueryResultsFormat::Json),
        Format::Xml => Some(QueryResultsFormat::Xml),
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        _ => None,
    }
}

fn rdf_format(format: Format) -> Option<RdfFormat> {
    match format {
        Format::Turtle => Some(RdfFormat::Turtle),
        Format::NTriples => Some(RdfFormat::NTriples),
        Format::JsonLd => Some(RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() }),
        Format::TriG => Some(RdfFormat::TriG),
        Format::NQuads => Some(RdfFormat::NQuads),
        Format::RdfXml => Some(RdfFormat::RdfXml),
        _ => None,
    }
}

/// Counts one more.
fn count(n: &mut u64, most: u64) -> Result<(), QueryError> {
    *n += 1;
    if *n > most { Err(QueryError::Rows(most)) } else { Ok(()) }
}

fn write_rows(
    rows: QuerySolutionIter<'static>,
    format: QueryResultsFormat,
    most: u64,
    out: &mut dyn Write,
) -> Result<u64, SparqlError> {
    let serializer = QueryResultsSerializer::from_format(format);
    let mut serializer =
        serializer.serialize_solutions_to_writer(out, rows.variables().to_vec())?;
    let mut n = 0;
    for row in rows {
        let row = row?;
        count(&mut n, most)?;
        serializer.serialize(&row)?;
    }
    serializer.finish()?;
    Ok(n)
}

fn write_triples(
    triples: QueryTripleIter<'static>,
    format: RdfFormat,
    most: u64,
    out: &mut dyn Write,
) -> Result<u64, SparqlError> {
    let start = RdfSerializer::from_format(format);
    let serializer = PREFIXES.iter().fold(start, |serializer, (prefix, namespace)| {
        serializer.clone().with_prefix(*prefix, *namespace).unwrap_or(serializer)
    });
    let mut serializer = serializer.for_writer(out);
    let mut n = 0;
    for triple in triples {
        let triple = triple?;
        count(&mut n, most)?;
        serializer.serialize_triple(triple.as_ref()).map_err(unwritten)?;
    }
    serializer.finish()?;
    Ok(n)
}

/// Tells a triple that a format has no way to write from a writer that fails.
fn unwritten(error: io::Error) -> SparqlError {
    match error.kind() {
        ErrorKind::InvalidInput => QueryError::Evaluation(error.to_string()).into(),
        _ => error.into(),
    }
}
