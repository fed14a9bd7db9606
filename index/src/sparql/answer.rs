//! The answer to a query, and how it is written.

use std::io::Write;

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter, QueryTripleIter};

use crate::sparql::error::{QueryError, SparqlError};
use crate::sparql::format::{Form, Format};
use crate::sparql::prefixes::PREFIXES;

/// An answer that is evaluated while it is written: no more of it is held than the evaluation needs.
pub struct Answer {
    results: QueryResults<'static>,
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Answer").field("form", &self.form()).finish_non_exhaustive()
    }
}

impl Answer {
    /// Wraps what an evaluation has begun to find.
    pub(crate) fn new(results: QueryResults<'static>) -> Self {
        Self { results }
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
        match (self.results, results_format(format), rdf_format(format)) {
            (QueryResults::Solutions(rows), Some(format), _) => write_rows(rows, format, out),
            (QueryResults::Boolean(value), Some(format), _) => {
                QueryResultsSerializer::from_format(format)
                    .serialize_boolean_to_writer(out, value)?;
                Ok(u64::from(value))
            }
            (QueryResults::Graph(triples), _, Some(format)) => write_triples(triples, format, out),
            _ => Err(misfit.into()),
        }
    }
}

fn results_format(format: Format) -> Option<QueryResultsFormat> {
    match format {
        Format::Json => Some(QueryResultsFormat::Json),
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        Format::Turtle | Format::NTriples => None,
    }
}

fn rdf_format(format: Format) -> Option<RdfFormat> {
    match format {
        Format::Turtle => Some(RdfFormat::Turtle),
        Format::NTriples => Some(RdfFormat::NTriples),
        Format::Json | Format::Csv | Format::Tsv => None,
    }
}

fn write_rows(
    rows: QuerySolutionIter<'static>,
    format: QueryResultsFormat,
    out: &mut dyn Write,
) -> Result<u64, SparqlError> {
    let serializer = QueryResultsSerializer::from_format(format);
    let mut serializer =
        serializer.serialize_solutions_to_writer(out, rows.variables().to_vec())?;
    let mut n = 0;
    for row in rows {
        serializer.serialize(&row?)?;
        n += 1;
    }
    serializer.finish()?;
    Ok(n)
}

fn write_triples(
    triples: QueryTripleIter<'static>,
    format: RdfFormat,
    out: &mut dyn Write,
) -> Result<u64, SparqlError> {
    let start = RdfSerializer::from_format(format);
    let serializer = PREFIXES.iter().fold(start, |serializer, (prefix, namespace)| {
        serializer.clone().with_prefix(*prefix, *namespace).unwrap_or(serializer)
    });
    let mut serializer = serializer.for_writer(out);
    let mut n = 0;
    for triple in triples {
        serializer.serialize_triple(triple?.as_ref())?;
        n += 1;
    }
    serializer.finish()?;
    Ok(n)
}
