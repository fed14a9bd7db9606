//! The command line: what may be typed, and what it means.

mod credential;
mod export;
mod narrowing;
mod private;
mod search;
mod similar;
mod sparql;
mod suggest;

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::LISTEN;

pub(crate) use crate::cli::credential::{AlignmentForm, Extract};
pub(crate) use crate::cli::export::{Export, ExportFormat};
pub(crate) use crate::cli::narrowing::Narrowing;
pub(crate) use crate::cli::search::Search;
pub(crate) use crate::cli::similar::Similar;
pub(crate) use crate::cli::sparql::{AnswerFormat, Sparql};
pub(crate) use crate::cli::suggest::Suggest;

/// Resolves the identifiers inside badges and learning records.
///
/// Import CASE frameworks, then ask what a badge, an address or a code means. Everything is kept in one data directory;
/// nothing is fetched but from the sources that are configured, and nothing about a learner is ever written.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    /// The data directory [default: the one that the variable `ALIDADE_DATA` or the configuration names, else the
    /// platform's place for application data].
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,

    /// The configuration [default: the one that the variable `ALIDADE_CONFIG` names, else `alidade.toml` in this folder,
    /// else in the platform's place for configurations].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Set a value of the configuration, such as `sources.georgia.pace=5s`; may be given again and again.
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub set: Vec<String>,

    /// Say more about what is going on; twice for more still.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// End with the process that started this one.
    #[arg(long, global = true, hide = true)]
    pub with_parent: bool,

    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  alidade import frameworks/                 take in every CASE document of a folder
  alidade harvest                            mirror the servers that alidade.toml names
  alidade resolve badge.png                  say what a badge's alignments mean
  alidade extract badge.png                  print just what would be asked about it
  alidade resolve urn:uuid:6b9bf846-d7cc-11e8-824f-0242ac160002
  alidade resolve 3.NF.A.1 --framework 'Common Core State Standards for Math'
  alidade show 6b9bf846-d7cc-11e8-824f-0242ac160002
  alidade search 'unit fractions' --level 3 --facet framework
  alidade suggest --file course.txt          name the competencies that a text is about
  alidade similar 6b9bf846-d7cc-11e8-824f-0242ac160002 --elsewhere
  alidade serve                              answer over HTTP on 127.0.0.1:8080
  alidade sparql 'SELECT ?name { ?framework a ceasn:CompetencyFramework ; ceasn:name ?name }'

Exit codes:
  0  done, or found; of `resolve`: everything that could be asked names one resource
  1  nothing found, or nothing accepted; ASK is false; of `resolve`: something names none, or several
  2  the command line, the configuration or the query is wrong; a file holds no credential
  3  a source failed, or waits for `alidade publish --accept SOURCE`; a query hit a limit; the server
     that `resolve --private` asks gave no answer
  4  the data directory is damaged or in use by another writer

Colours are left out where NO_COLOR is set or the output is no terminal.";

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Take in CASE frameworks and records of the Credential Registry: folders, files, ZIP, gzip, zstd, NDJSON; or what
    /// `export` wrote.
    Import(Import),
    /// Say what identifiers, codes or badges point at, and why.
    Resolve(Resolve),
    /// Print just what would be asked about a credential, and nothing else of it.
    Extract(Extract),
    /// Show a resource with everything around it.
    Show(Show),
    /// Search the resources by their words, codes or identifiers, or look through all of them.
    Search(Search),
    /// Suggest the competencies that a text is about.
    Suggest(Suggest),
    /// Find what says nearly the same as a text or a resource.
    Similar(Similar),
    /// Ask the graph in SPARQL.
    Sparql(Sparql),
    /// Evaluate one query for another process of this program.
    #[command(hide = true)]
    SparqlWorker,
    /// Write down everything, or a part, to be taken away: N-Quads, NDJSON, CSV.
    Export(Export),
    /// Say what the data directory holds.
    Status(Reading),
    /// Check the ledger, the bodies and the current generation against each other.
    Verify(Reading),
    /// Make the graph and the text index anew from the ledger.
    Rebuild,
    /// Publish what waits; release what the brake holds.
    Publish(Publish),
    /// Remove a record that must not be kept, everywhere and for good.
    Purge(Purge),
    /// Mirror the sources that are configured: CASE servers, Credential Registries, files.
    Harvest(Harvest),
    /// Say what is known of the sources: how fresh they are, how their last runs went, when they are due.
    Sources(Reading),
    /// Check the configuration, and say what counts in the end and where each value comes from.
    CheckConfig(Reading),
    /// Answer over HTTP, read-only, until told to stop.
    Serve(Serve),
    /// Import the sample set that comes with the program, resolve its badges, and serve it.
    Demo(Demo),
}

/// Takes in documents.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade import frameworks/
  alidade import ccss-math.json more.zip
  alidade import updated/ --accept           even where much of a source changes
  alidade import all.ndjson.zst              what `alidade export` wrote elsewhere")]
pub(crate) struct Import {
    /// Folders or files.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Apply the import even where it retires or changes so much of a source that it would be held.
    #[arg(long)]
    pub accept: bool,

    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade resolve badge.png                  every identifier of the credentials in it
  alidade resolve - < badge.json             the same, from the standard input
  alidade resolve https://opensalt.net/uri/6b9bf846-d7cc-11e8-824f-0242ac160002
  alidade resolve 3.NF.A.1 --framework 'Common Core State Standards for Math'

Exit codes, over all that is given:
  0  every identifier, and everything in a file that others could be asked about, names one resource
  1  something is unknown, ambiguous, unsupported, withheld or malformed, or a file has nothing to ask
  2  the command line is wrong, or a file cannot be read or holds no credential
Notices, such as superseded or withdrawn, change no exit code; nor does what only the issuer can know.

This is meaning, not verification: signature, expiry and revocation are not checked.")]
pub(crate) struct Resolve {
    /// Identifiers in any spelling, codes, or files that hold credentials.
    #[arg(required = true, value_name = "ID|FILE")]
    pub inputs: Vec<String>,

    /// The framework that a code belongs to, by its identifier or its title.
    #[arg(long, value_name = "ID|TITLE")]
    pub framework: Option<String>,

    /// Judge what is current as of this day [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<String>,

    /// Suggest what the words are like where nothing is resolved; a suggestion is no answer.
    #[arg(long)]
    pub suggest: bool,

    /// Resolve to provisional records too.
    #[arg(long)]
    pub provisional: bool,

    /// Print the answers as JSON.
    #[arg(long)]
    pub json: bool,

    #[command(flatten)]
    pub privately: private::Privately,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade show 6b9bf846-d7cc-11e8-824f-0242ac160002
  alidade show 3.NF.A.1 --framework 'Common Core State Standards for Math' --json
  alidade show ce-0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d --relation requiredBy --limit 50
  alidade show 6b9bf846-d7cc-11e8-824f-0242ac160002 --alignment ob3 > alignment.json")]
pub(crate) struct Show {
    /// An identifier in any spelling, or a code.
    #[arg(value_name = "ID")]
    pub id: String,

    /// Only the links of this type, a page of them: `requiredBy`, `taughtBy`, `assessedBy`, `owns`, ….
    #[arg(long, value_name = "NAME")]
    pub relation: Option<String>,

    /// How many links to list.
    #[arg(long, default_value_t = 20, value_name = "N", requires = "relation")]
    pub limit: usize,

    /// How many links to leave out before the first.
    #[arg(long, default_value_t = 0, value_name = "N", requires = "relation")]
    pub offset: usize,

    /// Print the alignment of a badge that points at it, ready to be pasted: all forms, or one.
    #[arg(long, value_enum, value_name = "FORM", num_args = 0..=1, default_missing_value = "all")]
    #[arg(conflicts_with = "relation")]
    pub alignment: Option<AlignmentForm>,

    /// Show provisional records too.
    #[arg(long)]
    pub provisional: bool,

    /// The framework that a code belongs to, by its identifier or its title.
    #[arg(long, value_name = "ID|TITLE")]
    pub framework: Option<String>,

    /// Judge what is current as of this day [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<String>,

    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// A command that only reads.
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade publish                            finish what a crash interrupted
  alidade publish --accept case-1a2b3c4d     apply what the brake holds of this source")]
pub(crate) struct Publish {
    /// The source whose held entries are released, by the name that `alidade status` shows.
    #[arg(long, value_name = "SOURCE")]
    pub accept: Vec<String>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  alidade purge case-1a2b3c4d wrong.json     the record as `alidade status --json` names it

The body is deleted, the graph and the text index are made anew without it, and earlier generations are removed.
The same bytes are refused from then on, and of a source that is harvested the record, whatever its bytes.")]
pub(crate) struct Purge {
    /// The source.
    pub source: String,
    /// The record within its source.
    pub record: String,
    /// Why, for the ledger.
    #[arg(long, default_value = "removed by the operator")]
    pub reason: String,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade harvest                            every source of alidade.toml
  alidade harvest georgia opensalt           these two
  alidade harvest --due                      those whose schedule says so
  alidade harvest georgia --set sources.georgia.pace=10s

Servers are asked one request at a time, two seconds apart, unless the configuration says otherwise; robots.txt and
Retry-After are obeyed. Ctrl-C stops where nothing is lost, and the next harvest goes on from there.")]
pub(crate) struct Harvest {
    /// The sources, by name [default: all].
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,

    /// Only those that are due.
    #[arg(long)]
    pub due: bool,

    /// Apply what came even where it retires or changes so much of a source that it would be held.
    #[arg(long)]
    pub accept: bool,

    /// Print the report as JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade serve                              on 127.0.0.1:8080, for this machine alone
  alidade serve --listen 0.0.0.0:8080        for whoever can reach this machine
  alidade serve --listen 127.0.0.1:0         on a free port

The first line on the standard output says where it listens. It takes identifiers and no credentials, writes nothing,
and logs nothing that a caller sends. What is imported meanwhile is served within a second or two.
SIGINT (Ctrl-C) and SIGTERM end it when the answers under way are given.")]
pub(crate) struct Serve {
    /// The address and port; port 0 takes a free one [default: what the configuration says, else 127.0.0.1:8080].
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<SocketAddr>,

    /// How long an answer may take, and a body to come in [default: what the configuration says, else 10].
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=600))]
    pub time_limit: Option<u64>,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  alidade demo --no-serve                    only import and resolve

Everything is kept in a passing folder, unless `--data` names another; the variable `ALIDADE_DATA` is let be.")]
pub(crate) struct Demo {
    /// The folder of the sample set.
    #[arg(long, default_value = "demo", value_name = "DIR")]
    pub samples: PathBuf,

    /// Where to serve the sample set; where the port is taken, a free one is taken instead.
    #[arg(long, default_value_t = LISTEN, value_name = "ADDR")]
    pub listen: SocketAddr,

    /// End after the badges instead of serving.
    #[arg(long)]
    pub no_serve: bool,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
