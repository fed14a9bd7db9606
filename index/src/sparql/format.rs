//! What an answer is, and the formats it can be written in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What an answer is, by the form of its query ([SPARQL 1.1, 16](https://www.w3.org/TR/sparql11-query/#QueryForms)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Form {
    /// Rows, of `SELECT`.
    Solutions,
    /// True or false, of `ASK`.
    Boolean,
    /// Triples, of `CONSTRUCT` and `DESCRIBE`.
    Graph,
}

impl Form {
    /// Every form.
    const ALL: [Self; 3] = [Self::Solutions, Self::Boolean, Self::Graph];

    /// The form in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Solutions => "solutions",
            Self::Boolean => "boolean",
            Self::Graph => "graph",
        }
    }

    /// Reads a form as [`Form::as_str`] writes it.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.as_str() == name)
    }
}

impl fmt::Display for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Solutions => "rows",
            Self::Boolean => "true or false",
            Self::Graph => "triples",
        })
    }
}

/// A standard format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// [SPARQL 1.1 Query Results JSON](https://www.w3.org/TR/sparql11-results-json/).
    Json,
    /// [SPARQL Query Results XML](https://www.w3.org/TR/rdf-sparql-XMLres/).
    Xml,
    /// [SPARQL 1.1 Query Results CSV](https://www.w3.org/TR/sparql11-results-csv-tsv/): values without their types.
    Csv,
    /// [SPARQL 1.1 Query Results TSV](https://www.w3.org/TR/sparql11-results-csv-tsv/): terms as Turtle writes them.
    Tsv,
    /// [Turtle](https://www.w3.org/TR/turtle/).
    Turtle,
    /// [N-Triples](https://www.w3.org/TR/n-triples/).
    NTriples,
    /// [JSON-LD](https://www.w3.org/TR/json-ld11/), in the expanded form.
    JsonLd,
    /// [TriG](https://www.w3.org/TR/trig/), all in the default graph.
    TriG,
    /// [N-Quads](https://www.w3.org/TR/n-quads/), all in the default graph.
    NQuads,
    /// [RDF/XML](https://www.w3.org/TR/rdf-syntax-grammar/), which is written and never read.
    RdfXml,
}

impl Format {
    /// Tells whether answers of this form can be written so.
    pub fn fits(self, form: Form) -> bool {
        let is_of_rows = matches!(self, Self::Json | Self::Xml | Self::Csv | Self::Tsv);
        (form == Form::Graph) != is_of_rows
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Json => "JSON",
            Self::Xml => "XML",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Turtle => "Turtle",
            Self::NTriples => "N-Triples",
            Self::JsonLd => "JSON-LD",
            Self::TriG => "TriG",
            Self::NQuads => "N-Quads",
            Self::RdfXml => "RDF/XML",
        })
    }
}
