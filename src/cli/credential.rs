//! What may be typed about credentials and the alignments in them.

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade extract badge.png
  alidade extract - < badge.json
  alidade extract *.json | while read -r body; do
    curl -s https://resolver.example/v1/resolve -H 'Content-Type: application/json' -d \"$body\"
  done

The standard output has the bodies of `POST /v1/resolve`, each on a line: one a file, more where a file has
more than 1,000 identifiers, none where it has nothing to ask. What is withheld and what is not read is counted
on the standard error stream. No data directory is needed, and nothing is sent.

Exit codes:
  0  there is something to ask
  1  there is nothing to ask
  2  a file cannot be read, or holds no credential; the others are extracted all the same")]
pub(crate) struct Extract {
    /// Files that hold credentials; `-` is the standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<String>,
}

/// The forms of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AlignmentForm {
    /// All of them, with what a reader should know besides.
    All,
    /// Open Badges 3.0, and CLR 2.0.
    Ob3,
    /// Open Badges 2.0.
    Ob2,
    /// A `ceterms:CredentialAlignmentObject`.
    Ctdl,
}
