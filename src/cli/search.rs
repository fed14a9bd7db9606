//! What may be typed after `alidade search`.

use clap::Args;
use clap::builder::PossibleValuesParser;
use index::search::Facet;

use crate::cli::narrowing::Narrowing;
use crate::narrowing::ORDERS;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alidade search unit fractions
  alidade search 3.NF.A.1
  alidade search '\"number line\" fract' --level 3-5 --status current
  alidade search welding --kind framework --limit 5
  alidade search welding --facet class --facet publisher --limit 0
  alidade search --framework c6496676-d7cb-11e8-824f-0242ac160002 --sort title

Words may stand anywhere, a \"phrase\" as it is; the last word may be the beginning of one. An identifier, a code or a
whole label comes first. Without words, or for `*`, everything is listed. Where no text has a word, the words that are
nearest to it are looked for, and that is said.

The kinds: framework, competency, credential, organization, learningOpportunity, assessment, occupation, job, task,
workRole, pathway, pathwayComponent, collection, concept, conceptScheme, subject, itemType, license, rubric,
rubricCriterion, rubricCriterionLevel, associationGrouping, transferValue, conditionManifest, costManifest, action,
dataSet, other.")]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own, as it is typed")]
pub(crate) struct Search {
    /// Words, "phrases", a code or an identifier.
    #[arg(value_name = "WORDS")]
    pub words: Vec<String>,

    #[command(flatten)]
    pub narrowing: Narrowing,

    /// In which order to list them.
    #[arg(long, value_name = "ORDER", default_value = "relevance", value_parser = PossibleValuesParser::new(ORDERS.map(|(name, _)| name)))]
    pub sort: String,

    /// Count the hits by this; may be given again.
    #[arg(long, value_name = "NAME", value_parser = PossibleValuesParser::new(Facet::ALL.map(Facet::as_str)))]
    pub facet: Vec<String>,

    /// The language of the words, as a tag of BCP 47 [default: any].
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,

    /// How many to list.
    #[arg(long, default_value_t = 10, value_name = "N")]
    pub limit: usize,

    /// How many to leave out before the first.
    #[arg(long, default_value_t = 0, value_name = "N", conflicts_with = "cursor")]
    pub offset: usize,

    /// Go on where a page ended, by the `next` that it gave.
    #[arg(long, value_name = "CURSOR")]
    pub cursor: Option<String>,

    /// Show the words that were met in the texts; on a terminal they are shown without it.
    #[arg(long)]
    pub highlight: bool,

    /// Say why each hit stands where it does.
    #[arg(long)]
    pub explain: bool,

    /// Find provisional records too.
    #[arg(long)]
    pub provisional: bool,

    /// Print the answer as JSON.
    #[arg(long)]
    pub json: bool,
}
