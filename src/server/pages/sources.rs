//! `/sources`.

use axum::extract::State;
use index::Reader;
use time::OffsetDateTime;

use crate::page::SourcesPage;
use crate::server::answer::Answer;
use crate::server::parameters::Parameters;
use crate::server::problem::Problem;
use crate::server::sources::{described, unreadable};
use crate::server::state::AppState;
use crate::sources::Sources;

/// How many generations are told that changed anything, and how many changes of each.
const GENERATIONS: usize = 5;
const CHANGES: usize = 5;

/// Shows what is known of the sources, also before anything is published.
pub(super) async fn sources(
    State(state): State<AppState>,
    parameters: Parameters,
) -> Result<Answer, Problem> {
    let [] = parameters.named([])?;
    let (reader, sources, now) = (state.reader(), state.sources(), state.now());
    state.write(move || page(reader.as_deref(), &sources, now)).await
}

fn page(
    reader: Option<&Reader>,
    sources: &Sources,
    now: OffsetDateTime,
) -> Result<Answer, Problem> {
    let documents = described(sources, reader, now)?.documents();
    let documents = documents.map_err(|error| unreadable(&error.into()))?;
    let latest = reader.map(|reader| reader.changes().latest(GENERATIONS, CHANGES)).transpose()?;
    let latest = latest.unwrap_or_default();
    Answer::page(&SourcesPage::of(documents.into_iter(), &latest, reader, now))
}
