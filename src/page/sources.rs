//! `/sources`: where everything comes from, how fresh it is, what waits, what contradicts itself, and what changed last.

mod change;
mod conflict;
mod origin;
mod run;

use askama::Template;
use index::Reader;
use index::feed::Latest;
use time::OffsetDateTime;

use crate::page::moment::Moment;
use crate::page::shell::{Number as _, Shell};
use crate::page::sources::change::Changed;
use crate::page::sources::conflict::{Conflicting, conflicts};
use crate::page::sources::origin::{Due, Origin};
use crate::sources::SourceDocument;

/// What is known of the sources.
#[derive(Template)]
#[template(path = "sources.html")]
pub(crate) struct SourcesPage {
    shell: Shell,
    published: Option<Moment>,
    n_records: u64,
    n_resources: u64,
    origins: Vec<Origin>,
    conflicts: Vec<Conflicting>,
    /// How many there are, where more than are shown.
    n_conflicts: u64,
    changed: Vec<Changed>,
}

impl SourcesPage {
    /// The page of what is known of each source, and of what the last generations changed.
    pub(crate) fn of(
        sources: impl Iterator<Item = (String, SourceDocument)>,
        latest: &[Latest],
        reader: Option<&Reader>,
        now: OffsetDateTime,
    ) -> Self {
        let manifest = reader.map(Reader::manifest);
        let shell = Shell::new("/sources", manifest.map(|manifest| manifest.generation));
        let sources: Vec<(String, SourceDocument)> = sources.collect();
        let documents = || sources.iter().map(|(_, document)| document);
        let (conflicts, n_conflicts) = conflicts(documents());
        Self {
            published: manifest
                .and_then(|manifest| Moment::of(&manifest.published_at, now, &shell)),
            n_records: documents().map(|document| document.records).sum(),
            n_resources: documents().map(|document| document.resources).sum(),
            conflicts,
            n_conflicts,
            changed: latest.iter().map(|latest| Changed::of(latest, now, &shell)).collect(),
            origins: sources
                .into_iter()
                .map(|(name, document)| Origin::of(name, document, now, &shell))
                .collect(),
            shell,
        }
    }

    /// The sources that wait for a word.
    fn held(&self) -> impl Iterator<Item = &Origin> {
        self.origins.iter().filter(|origin| origin.held.is_some())
    }
}
