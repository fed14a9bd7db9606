//! `/r/{id}` where there is not one resource: what it may mean, and how to look for it.

use askama::Template;
use index::context::Brief;
use index::resolve::{Resolution, Verdict};

use crate::page::sentence::sentence_of;
use crate::page::shell::Shell;
use crate::page::way::{Line, Way};

/// Why there is not one resource to show, and what there is instead.
#[derive(Template)]
#[template(path = "resource/not_one.html")]
pub(crate) struct NotOnePage {
    shell: Shell,
    is_several: bool,
    /// What was asked for.
    id: String,
    reason: String,
    candidates: Vec<Line>,
    /// How many there are, where not all are listed.
    n: usize,
    notices: Vec<String>,
}

impl NotOnePage {
    /// The page of what an identifier came to.
    pub(crate) fn of(resolution: &Resolution, id: &str, shell: Shell, way: &Way) -> Self {
        let is_several = resolution.verdict == Verdict::Ambiguous;
        let all = if is_several { &resolution.found } else { &resolution.inferred };
        let candidates: Vec<Line> =
            all.iter().map(|found| way.line(&Brief::of(&found.chosen.card))).collect();
        Self {
            is_several,
            id: id.to_owned(),
            reason: sentence_of(&resolution.reason),
            n: resolution.n_found.unwrap_or(candidates.len()),
            candidates,
            notices: resolution.notices.iter().map(|notice| sentence_of(&notice.text)).collect(),
            shell,
        }
    }
}
