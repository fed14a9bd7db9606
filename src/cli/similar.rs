//! What may be typed after `alidade similar`.

use clap::Args;

use crate::cli::narrowing::Narrowing;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade similar 'Adds and subtracts fractions with unlike denominators.'
  alidade similar 6b9bf846-d7cc-11e8-824f-0242ac160002 --elsewhere
  alidade similar --report c6496676-d7cb-11e8-824f-0242ac160002 --threshold 0.8
  alidade similar --report c6496676-d7cb-11e8-824f-0242ac160002 --json > duplicates.ndjson

Look before you mint: what is found says the same in the same words, or in nearly the same; the words that only one of
both has are shown. A report goes over all items of a framework and lists those that have near-duplicates.

Unless the filters say otherwise, competencies are found that are neither deprecated nor withdrawn; what is like a
resource is of the resource's kind.")]
pub(crate) struct Similar {
    /// A statement, or the identifier of a resource in any spelling, or its code where one framework alone has it.
    #[arg(value_name = "TEXT|ID", required_unless_present = "report", conflicts_with = "report")]
    pub of: Vec<String>,

    /// Look at every item of this framework, by its identifier.
    #[arg(long, value_name = "FRAMEWORK")]
    pub report: Option<String>,

    /// Only what is in another framework than the resource; a text is in none.
    #[arg(long)]
    pub elsewhere: bool,

    #[command(flatten)]
    pub narrowing: Narrowing,

    /// The lowest score that is listed, from 0 to 1.
    #[arg(long, default_value_t = 0.6, value_name = "SCORE")]
    pub threshold: f32,

    /// How many to list; of a report, for each item.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub limit: usize,

    /// Find provisional records too.
    #[arg(long)]
    pub provisional: bool,

    /// Print the answer as JSON; of a report, a line for each item.
    #[arg(long)]
    pub json: bool,
}
