//! What may be typed to narrow a search.

use clap::Args;
use clap::builder::PossibleValuesParser;
use index::search::Facet;
use ontology::Kind;

use crate::narrowing::STATUSES;

/// The filters. Each may be given again: its values are alternatives, and different filters must all be met.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters; each may be given again for another value that will do")]
pub(crate) struct Narrowing {
    /// Only resources of this kind.
    #[arg(long, value_name = "KIND", hide_possible_values = true, value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::as_str)))]
    pub kind: Vec<String>,

    /// Only resources of this class of CTDL or one below it.
    #[arg(long = "class", value_name = "ceterms:CLASS")]
    pub class: Vec<String>,

    /// Only this framework and what is in it, by its identifier.
    #[arg(long, value_name = "ID")]
    pub framework: Vec<String>,

    /// Only what this one publishes.
    #[arg(long, value_name = "NAME")]
    pub publisher: Vec<String>,

    /// Only what came from this source, by the name that `alidade status` shows.
    #[arg(long, value_name = "SOURCE")]
    pub source: Vec<String>,

    /// Only resources of this subject.
    #[arg(long, value_name = "SUBJECT")]
    pub subject: Vec<String>,

    /// Only resources for this education level: `K`, `3`, `9-12`, `Undergraduate`, ….
    #[arg(long, value_name = "LEVEL")]
    pub level: Vec<String>,

    /// Only resources in this language.
    #[arg(long, value_name = "TAG")]
    pub language: Vec<String>,

    /// Only resources of this status.
    #[arg(long, value_name = "STATUS", value_parser = PossibleValuesParser::new(STATUSES))]
    pub status: Vec<String>,

    /// Only resources under this licence, by its address or its title.
    #[arg(long, value_name = "LICENCE")]
    pub license: Vec<String>,

    /// Only what has an alignment that leads out of its hierarchy.
    #[arg(long, conflicts_with = "not_aligned")]
    pub aligned: bool,

    /// Only what has none.
    #[arg(long)]
    pub not_aligned: bool,

    /// Only what holds in this place.
    #[arg(long, value_name = "PLACE")]
    pub jurisdiction: Vec<String>,

    /// Judge what is deprecated as of this day [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub as_of: Option<String>,
}

impl Narrowing {
    /// What was typed, by the names that all doors take.
    pub(crate) fn values(&self) -> impl Iterator<Item = (Facet, String)> {
        let aligned = [(self.aligned, "true"), (self.not_aligned, "false")];
        let aligned = aligned.into_iter().filter(|(is_given, _)| *is_given);
        let typed = [
            (Facet::Kind, &self.kind),
            (Facet::Class, &self.class),
            (Facet::Framework, &self.framework),
            (Facet::Publisher, &self.publisher),
            (Facet::Source, &self.source),
            (Facet::Subject, &self.subject),
            (Facet::Level, &self.level),
            (Facet::Language, &self.language),
            (Facet::Status, &self.status),
            (Facet::License, &self.license),
            (Facet::Jurisdiction, &self.jurisdiction),
        ];
        let typed = typed
            .into_iter()
            .flat_map(|(facet, values)| values.iter().map(move |value| (facet, value.clone())));
        typed.chain(aligned.map(|(_, value)| (Facet::Aligned, value.to_owned())))
    }
}
