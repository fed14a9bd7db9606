//! The generation that is served, and how the next one takes its place.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use index::generations::Generations;
use index::{IndexError, Reader};
use tokio::time::MissedTickBehavior;

/// How often the pointer to the current generation is read.
const PERIOD: Duration = Duration::from_secs(1);

/// The reader of the current generation, shared by all requests; none before the first generation.
///
/// It is replaced by a task in the background and not by a request, so that no answer waits for it and a service that
/// nobody asks lets go of old generations too. Who has taken the reader keeps it for the whole answer.
pub(super) struct Current {
    data: PathBuf,
    held: RwLock<Option<Held>>,
}

#[derive(Clone)]
struct Held {
    reader: Arc<Reader>,
    print: Print,
}

/// What tells one generation from another: its number, and the device and inode of its folder, because a data directory
/// that was removed and filled anew counts from 1 again.
type Print = (u64, Option<(u64, u64)>);

impl Current {
    /// Opens the current generation of a data directory, where there is one.
    pub(super) fn open(data: &Path) -> Result<Self, IndexError> {
        let current = Self { data: data.to_owned(), held: RwLock::new(None) };
        current.catch_up()?;
        Ok(current)
    }

    /// The reader that a request takes for its whole answer.
    pub(super) fn reader(&self) -> Option<Arc<Reader>> {
        self.held().map(|held| held.reader)
    }

    /// Opens the current generation where it is another than the one that is served; gives its number.
    ///
    /// Where the pointer has gone, or what it names cannot be opened, the one that is served goes on.
    pub(super) fn catch_up(&self) -> Result<Option<u64>, IndexError> {
        let generations = Generations::of(&self.data);
        let Some(number) = generations.current()? else { return Ok(None) };
        let folder = fs::metadata(generations.path(number)).ok();
        let print = (number, folder.map(|folder| (folder.dev(), folder.ino())));
        if self.held().is_some_and(|held| held.print == print) {
            return Ok(None);
        }
        let Some(reader) = Reader::open_if_any(&self.data)? else { return Ok(None) };
        let number = reader.manifest().generation;
        let held = Held { reader: Arc::new(reader), print };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Some(held);
        Ok(Some(number))
    }

    fn held(&self) -> Option<Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Follows the pointer for as long as the service lives. What goes wrong is logged once, and tried again.
pub(super) async fn follow(current: Arc<Current>) {
    let mut period = tokio::time::interval(PERIOD);
    period.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut complaint = None;
    loop {
        period.tick().await;
        let looking = Arc::clone(&current);
        let looked = tokio::task::spawn_blocking(move || looking.catch_up()).await;
        // A panic is logged by its hook.
        let Ok(looked) = looked else { continue };
        match looked {
            Ok(Some(generation)) => tracing::info!(generation, "serving another generation"),
            Ok(None) => {}
            Err(error) => {
                let error = format!("{:#}", anyhow::Error::from(error));
                if complaint.as_ref() != Some(&error) {
                    tracing::warn!(error, "cannot open the current generation");
                    complaint = Some(error);
                }
                continue;
            }
        }
        complaint = None;
    }
}
