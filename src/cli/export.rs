//! What may be typed after `alidade export`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade export --output all.nq.zst         everything, as N-Quads
  alidade export --output all.ndjson.zst     everything, to be imported elsewhere
  alidade export --framework 'Common Core State Standards for Math' --output math.csv
  alidade export --source georgia --format ndjson | wc -l

What comes from a source that may not be given away (`redistribute = false`) is left out, and so are values that reach a person:
addresses of mail, numbers of telephones, names of contacts.

Nothing to export is exit code 1; a framework or a source that is not known is 2.")]
pub(crate) struct Export {
    /// How to write it [default: as the name of the file ends].
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<ExportFormat>,

    /// Only what belongs to this framework, by its identifier or title; may be given again and again.
    #[arg(long, value_name = "ID|TITLE", conflicts_with = "source")]
    pub framework: Vec<String>,

    /// Only what came from this source; may be given again and again.
    #[arg(long, value_name = "NAME")]
    pub source: Vec<String>,

    /// Where to write it; `-` is the standard output.
    #[arg(long, short, default_value = "-", value_name = "FILE|-")]
    pub output: PathBuf,

    /// Pack it with zstd, as is done where the name of the file ends in `.zst`.
    #[arg(long)]
    pub zstd: bool,

    /// Write rows of what is withdrawn, too; N-Quads and NDJSON have it in any case.
    #[arg(long)]
    pub withdrawn: bool,
}

/// How it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// N-Quads: everything that the graph holds.
    Nquads,
    /// NDJSON: the documents, to be imported elsewhere.
    Ndjson,
    /// CSV: a row for each resource.
    Csv,
}
