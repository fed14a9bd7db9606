//! What may be typed after `alidade suggest`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::narrowing::Narrowing;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade suggest 'Students compare fractions and place them on a number line.'
  alidade suggest --file course.txt --framework c6496676-d7cb-11e8-824f-0242ac160002
  pdftotext syllabus.pdf - | alidade suggest - --threshold 0.5 --json

A suggestion is a guess to choose from, with the words of the text that speak for it. A text has up to 10,000 characters;
nothing of it is kept.")]
pub(crate) struct Suggest {
    /// The text; `-` is the standard input.
    #[arg(value_name = "TEXT|-", required_unless_present = "file", conflicts_with = "file")]
    pub text: Vec<String>,

    /// Read the text from a file.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,

    #[command(flatten)]
    pub narrowing: Narrowing,

    /// The language of the text, as a tag of BCP 47 [default: what it looks like].
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,

    /// The lowest score that is listed, from 0 to 1.
    #[arg(long, default_value_t = 0.0, value_name = "SCORE")]
    pub threshold: f32,

    /// How many to list.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub limit: usize,

    /// Suggest provisional records too.
    #[arg(long)]
    pub provisional: bool,

    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
}
