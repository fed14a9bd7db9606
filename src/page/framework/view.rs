//! The whole page of a framework.

use askama::Template;

use crate::page::framework::downloads::Downloads;
use crate::page::framework::found::FoundInside;
use crate::page::framework::head::Head;
use crate::page::framework::numbers::Numbers;
use crate::page::framework::quality::Quality;
use crate::page::framework::twig::Twigs;
use crate::page::shell::Shell;

/// A framework with its tree, its numbers, its quality and the ways to take it along.
#[derive(Template)]
#[template(path = "framework.html")]
pub(crate) struct FrameworkPage {
    pub shell: Shell,
    pub head: Head,
    /// Where this page is.
    pub path: String,
    /// The same, with the host where that is known.
    pub canonical: String,
    /// The words that were searched for inside it.
    pub text: String,
    /// What was found inside it, where something was searched for.
    pub found: Option<FoundInside>,
    /// The tree; none where it has no items here.
    pub twigs: Option<Twigs>,
    pub numbers: Numbers,
    pub quality: Quality,
    /// The other frameworks that it is aligned to.
    pub related: Vec<RelatedRow>,
    /// How many more there are.
    pub n_unlisted: usize,
    pub downloads: Downloads,
    /// The block of data for those who search the web.
    pub term_set: String,
}

/// Another framework, and how many items are aligned to it.
pub(crate) struct RelatedRow {
    /// Where both stand side by side.
    pub compare: String,
    pub href: String,
    pub title: String,
    pub n_exact: usize,
    pub n_other: usize,
}
