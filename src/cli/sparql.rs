//! What may be typed after `alidade sparql`.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade sparql 'SELECT ?name { ?framework a ceasn:CompetencyFramework ; ceasn:name ?name }'
  alidade sparql 'ASK { ?competency skos:notation \"3.NF.A.1\" }'
  alidade sparql 'DESCRIBE <urn:uuid:6b9bf846-d7cc-11e8-824f-0242ac160002>'
  alidade sparql crosswalk.rq --format csv > crosswalk.csv
  alidade sparql - --format json < crosswalk.rq

A query sees the union of all graphs, where a triple that two documents state is there twice:
ask for DISTINCT rows, or name the GRAPH. These prefixes need no declaration: alidade, case, ceasn,
ceterms, owl, prov, rdf, rdfs, schema, skos, xsd. The README has ten queries to begin with.

Found nothing, or false, is exit code 1; a mistake in the query is 2; a limit is 3.")]
pub(crate) struct Sparql {
    /// A query, a file that holds one, or `-` for the standard input.
    #[arg(value_name = "QUERY|FILE.rq|-")]
    pub query: String,

    /// How to write the answer; `table` writes triples as Turtle.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Table)]
    pub format: AnswerFormat,

    /// Stop after this time, that of a slow reader of the answer included.
    #[arg(long, default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub timeout: u64,

    /// Stop where more memory is needed.
    #[arg(long, default_value_t = 1_024, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..=1_048_576))]
    pub memory: u64,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    /// For a person: columns that fit the terminal.
    Table,
    /// SPARQL 1.1 Query Results JSON.
    Json,
    /// SPARQL 1.1 Query Results CSV.
    Csv,
    /// SPARQL 1.1 Query Results TSV.
    Tsv,
    /// Turtle, for CONSTRUCT and DESCRIBE.
    Turtle,
    /// N-Triples, for CONSTRUCT and DESCRIBE.
    Ntriples,
}
