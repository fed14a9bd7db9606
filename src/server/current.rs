//! The generation that is served, how the next one takes its place, and how long the ones before are held for whoever is on
//! their way through them.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use index::edition::Edition;
use index::generations::Generations;
use index::{IndexError, Reader};
use tokio::time::MissedTickBehavior;

/// How often the pointer to the current generation is read.
const PERIOD: Duration = Duration::from_secs(1);

/// How long an earlier generation is held, so that the cursors of its pages go on in it.
const HELD: Duration = Duration::from_mins(2);

/// The most earlier generations that are held, more than are published in that time. Each keeps its folder from being tidied away.
const MAX_EARLIER: usize = 8;

/// The reader of the current generation, shared by all requests; none before the first generation.
///
/// It is replaced by a task in the background and not by a request, so that no answer waits for it and a service that
/// nobody asks lets go of old generations too. Who has taken the reader keeps it for the whole answer.
///
/// The readers before it are held for a while, unless what they read has been removed: what is purged is served no longer.
pub(super) struct Current {
    data: PathBuf,
    held: RwLock<Option<Held>>,
    earlier: RwLock<Vec<Earlier>>,
}

/// A reader that another one has taken the place of.
struct Earlier {
    held: Held,
    /// When it was last asked for; when it was replaced, where nobody has asked since.
    since: Instant,
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
        let current =
            Self { data: data.to_owned(), held: RwLock::new(None), earlier: RwLock::default() };
        current.catch_up()?;
        Ok(current)
    }

    /// The reader that a request takes for its whole answer.
    pub(super) fn reader(&self) -> Option<Arc<Reader>> {
        self.held().map(|held| held.reader)
    }

    /// The reader of a generation, current or before, as long as it is held. Whoever asks for one before it goes on for another while.
    pub(super) fn reader_of(&self, edition: Edition) -> Option<Arc<Reader>> {
        let is_it = |held: &Held| held.reader.manifest().edition() == edition;
        let current = self.held().filter(is_it);
        current.map(|held| held.reader).or_else(|| {
            let mut earlier = self.earlier.write().unwrap_or_else(PoisonError::into_inner);
            let found = earlier.iter_mut().find(|earlier| is_it(&earlier.held))?;
            found.since = Instant::now();
            Some(Arc::clone(&found.held.reader))
        })
    }

    /// Opens the current generation where it is another than the one that is served; gives its number.
    ///
    /// Where the pointer has gone, or what it names cannot be opened, the one that is served goes on.
    pub(super) fn catch_up(&self) -> Result<Option<u64>, IndexError> {
        let generations = Generations::of(&self.data);
        self.let_go(&generations);
        let Some(number) = generations.current()? else { return Ok(None) };
        let print = print(&generations, number);
        if self.held().is_some_and(|held| held.print == print) {
            return Ok(None);
        }
        let Some(reader) = Reader::open_if_any(&self.data)? else { return Ok(None) };
        // The writer may have moved on since the pointer was read.
        let number = reader.manifest().generation;
        let print = self::print(&generations, number);
        let held = Held { reader: Arc::new(reader), print };
        let before = self.held.write().unwrap_or_else(PoisonError::into_inner).replace(held);
        self.hold(before);
        self.let_go(&generations);
        Ok(Some(number))
    }

    /// Holds a reader that another one has taken the place of.
    fn hold(&self, before: Option<Held>) {
        let mut earlier = self.earlier.write().unwrap_or_else(PoisonError::into_inner);
        earlier.extend(before.map(|held| Earlier { held, since: Instant::now() }));
        // Those that somebody is on the way through stay the longest.
        earlier.sort_by_key(|earlier| earlier.since);
        let n_old = earlier.len().saturating_sub(MAX_EARLIER);
        earlier.drain(..n_old);
    }

    /// Lets go of the readers that were held for long enough, and of those whose folder is gone.
    fn let_go(&self, generations: &Generations) {
        let mut earlier = self.earlier.write().unwrap_or_else(PoisonError::into_inner);
        earlier.retain(|Earlier { held, since }| {
            since.elapsed() < HELD && print(generations, held.print.0) == held.print
        });
    }

    fn held(&self) -> Option<Held> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn print(generations: &Generations, number: u64) -> Print {
    let folder = fs::metadata(generations.path(number)).ok();
    (number, folder.map(|folder| (folder.dev(), folder.ino())))
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
