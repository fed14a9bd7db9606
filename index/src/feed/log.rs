//! All changes that a generation holds: written on top of those of the one before, and read from any place on.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use utoipa::ToSchema;

use crate::cards::Cards;
use crate::changes::{Change, Summary, What, Words, compare};
use crate::edition::Edition;
use crate::error::IndexError;
use crate::feed::contents::{self, Contents, Kept, Publishing, folder_of};
use crate::feed::file::{self, Reading, Writing};

/// The most changes of one stretch.
pub const MAX_EVENTS: usize = 10_000;

/// The most bytes of lines that are read for one stretch.
const MAX_BYTES: u64 = 16 << 20;

/// A change, with the generation that made it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// The generation that has the change.
    pub generation: u64,
    /// When that was published.
    pub published_at: String,
    /// What happened.
    pub change: What,
    /// The subject of the resource, which is an identifier of it everywhere.
    pub subject: String,
    /// Its kind.
    pub kind: String,
    /// The source.
    pub source: String,
    /// The record.
    pub record: String,
    /// Its code and words before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Words>,
    /// Its code and words now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Words>,
}

impl Event {
    fn of(generation: u64, kept: &Kept, change: Change) -> Self {
        let published_at = kept.published_at.clone();
        let Change { change, subject, kind, source, record, old, new } = change;
        Self { generation, published_at, change, subject, kind, source, record, old, new }
    }
}

/// Where a reader of the feed has come to: everything before it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// A generation.
    pub generation: u64,
    /// How many bytes of its changes were read.
    pub bytes: u64,
}

impl Kept {
    /// The place behind so many bytes; behind all of them it is that behind the generation.
    fn place(&self, generation: u64, bytes: u64) -> Place {
        if bytes >= self.bytes { Place::behind(generation) } else { Place { generation, bytes } }
    }
}

impl Place {
    /// The place behind everything that a generation changed.
    pub fn behind(generation: u64) -> Self {
        Self { generation, bytes: u64::MAX }
    }
}

/// What is to be read.
pub struct Wanted<'a> {
    /// The place behind which it begins; the oldest there is, where none is named.
    pub after: Option<Place>,
    /// The most changes.
    pub limit: usize,
    /// The sources of which nothing is given.
    pub without: &'a BTreeSet<&'a str>,
}

/// A stretch of the feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Stretch {
    /// The changes in their order, each with the place behind it.
    pub events: Vec<(Event, Place)>,
    /// The place behind all that was read, also of what is not given.
    pub end: Place,
    /// Whether there is more.
    pub goes_on: bool,
}

/// What one generation changed, in short.
#[derive(Debug, Clone, PartialEq)]
pub struct Latest {
    /// The generation.
    pub generation: u64,
    /// When it was published, and how many changes it has.
    pub kept: Kept,
    /// The first of them.
    pub first: Vec<Change>,
}

/// All changes that a generation holds.
#[derive(Debug)]
pub struct ChangeLog {
    folder: PathBuf,
    contents: Contents,
}

/// Writes the changes of the named records' graphs between two commits as those of the generation that is built, links those that are
/// kept beside them, and sums them up by source.
pub(crate) fn write(
    publishing: &Publishing<'_>,
    graphs: &BTreeSet<String>,
    old: Option<&Cards>,
    new: &Cards,
) -> Result<BTreeMap<String, Summary>, IndexError> {
    let folder = folder_of(publishing.building);
    let Edition { generation: number, imprint } = publishing.edition;
    fs::create_dir(&folder).map_err(IndexError::io(&folder))?;
    let mut writing = Writing::begin(&folder, number)?;
    let mut sorts: BTreeMap<What, u64> = BTreeMap::new();
    let summaries = compare(graphs, old, new, &mut |change| {
        *sorts.entry(change.change).or_default() += 1;
        writing.line(change)
    })?;
    let (changes, bytes) = writing.finish()?;
    let mut contents = match publishing.earlier {
        Some((_, earlier)) => carry(&folder_of(earlier), &folder, publishing.keep)?,
        None => Contents::new(),
    };
    let against = publishing.earlier.map(|(earlier, _)| earlier);
    let published_at = publishing.published_at.clone();
    contents.insert(number, Kept { published_at, imprint, against, changes, sorts, bytes });
    contents::write(&folder, &contents)?;
    Ok(summaries)
}

/// Links what a generation holds into the folder of the next one, up to one generation less than are kept.
fn carry(from: &Path, to: &Path, keep: u64) -> Result<Contents, IndexError> {
    let mut contents = contents::read(from)?;
    let n_held = u64::try_from(contents.len()).unwrap_or(u64::MAX);
    for _ in keep.saturating_sub(1)..n_held {
        contents.pop_first();
    }
    for (generation, kept) in &contents {
        if kept.changes > 0 {
            file::link(from, to, *generation)?;
        }
    }
    Ok(contents)
}

impl ChangeLog {
    /// Opens what a generation holds, by its folder.
    pub(crate) fn open(generation: &Path) -> Result<Self, IndexError> {
        let folder = folder_of(generation);
        let contents = contents::read(&folder)?;
        Ok(Self { folder, contents })
    }

    /// The oldest generation whose changes are kept.
    pub fn oldest(&self) -> Option<(u64, &Kept)> {
        self.contents.first_key_value().map(|(generation, kept)| (*generation, kept))
    }

    /// A generation whose changes are kept, told from others of its number.
    pub fn edition(&self, generation: u64) -> Option<Edition> {
        let kept = self.contents.get(&generation)?;
        Some(Edition { generation, imprint: kept.imprint })
    }

    /// How many changes are kept.
    pub fn n_changes(&self) -> u64 {
        self.contents.values().map(|kept| kept.changes).sum()
    }

    /// Tells whether everything behind a place is still there.
    fn reaches(&self, place: Place) -> bool {
        let Some((oldest, kept)) = self.oldest() else { return false };
        match kept.against {
            _ if place.generation >= oldest => true,
            Some(against) => place.generation >= against && place.bytes == u64::MAX,
            // Whoever has nothing yet misses nothing of what begins from scratch.
            None => place == Place::behind(0),
        }
    }

    /// Reads a stretch; `None` where something behind the place is gone.
    pub fn read(&self, wanted: &Wanted<'_>) -> Result<Option<Stretch>, IndexError> {
        let start = wanted.after.unwrap_or(Place { generation: 0, bytes: 0 });
        if wanted.after.is_some_and(|place| !self.reaches(place)) {
            return Ok(None);
        }
        let mut stretch = Stretch { events: Vec::new(), end: start, goes_on: false };
        let mut room = MAX_BYTES;
        for (generation, kept) in self.contents.range(start.generation..) {
            let at = if *generation == start.generation { start.bytes } else { 0 };
            if at < kept.bytes {
                let Some(mut lines) = Reading::open(&self.folder, *generation, at)? else {
                    return Ok(None);
                };
                while let Some(change) = lines.next()? {
                    let place = kept.place(*generation, lines.at());
                    stretch.end = place;
                    if !wanted.without.contains(change.source.as_str()) {
                        let event = Event::of(*generation, kept, change);
                        stretch.events.push((event, place));
                    }
                    if stretch.events.len() >= wanted.limit || lines.at() - at >= room {
                        stretch.goes_on = self.goes_on(place);
                        return Ok(Some(stretch));
                    }
                }
                room = room.saturating_sub(kept.bytes - at);
            }
            stretch.end = Place::behind(*generation);
        }
        Ok(Some(stretch))
    }

    /// Tells whether there is anything behind a place.
    fn goes_on(&self, place: Place) -> bool {
        let mut behind = self.contents.range(place.generation..);
        behind.any(|(generation, kept)| {
            let n_read = if *generation == place.generation { place.bytes } else { 0 };
            n_read < kept.bytes
        })
    }

    /// Sums up the newest generations that changed anything, the newest first, each with its first changes.
    pub fn latest(&self, generations: usize, changes: usize) -> Result<Vec<Latest>, IndexError> {
        let mut latest = Vec::new();
        let changed = self.contents.iter().rev().filter(|(_, kept)| kept.changes > 0);
        for (generation, kept) in changed.take(generations) {
            let mut first = Vec::new();
            if let Some(mut lines) = Reading::open(&self.folder, *generation, 0)? {
                while first.len() < changes
                    && let Some(change) = lines.next()?
                {
                    first.push(change);
                }
            }
            latest.push(Latest { generation: *generation, kept: kept.clone(), first });
        }
        Ok(latest)
    }

    /// Finds the changes of a resource by its subject, the newest generation first.
    pub fn of_subject(&self, subject: &str) -> Result<Vec<Event>, IndexError> {
        let mut found = Vec::new();
        for (generation, kept) in self.contents.iter().rev().filter(|(_, kept)| kept.changes > 0) {
            let changes = file::of_subject(&self.folder, *generation, subject)?;
            found.extend(changes.into_iter().map(|change| Event::of(*generation, kept, change)));
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::{ChangeLog, Event, Place, Wanted};
    use crate::changes::What;
    use crate::reader::Reader;
    use crate::verify::sample::{SOURCE, guid, import, package, redact};

    fn knots(words: &str) -> Vec<u8> {
        package(1, "Knots", &[(0x11, "K.1", words), (0x12, "K.2", "Ties a sheet bend")])
    }

    /// Three generations: two records, one of them with other words, then without its second item.
    fn three(data: &Path) {
        let stars = package(2, "Stars", &[(0x21, "S.1", "Finds a star")]);
        import(data, 1, &[("knots", knots("Ties a bowline")), ("stars", stars)]);
        import(data, 2, &[("knots", knots("Ties a running bowline"))]);
        let fewer = package(1, "Knots", &[(0x11, "K.1", "Ties a running bowline")]);
        import(data, 3, &[("knots", fewer)]);
    }

    fn log(data: &Path) -> ChangeLog {
        let reader = Reader::open(data).unwrap();
        ChangeLog::open(reader.folder()).unwrap()
    }

    fn wanted(after: Option<Place>, limit: usize) -> Wanted<'static> {
        static NONE: BTreeSet<&str> = BTreeSet::new();
        Wanted { after, limit, without: &NONE }
    }

    fn told(events: &[Event]) -> Vec<(u64, What, String)> {
        let told = |event: &Event| (event.generation, event.change, event.subject.clone());
        events.iter().map(told).collect()
    }

    fn subject(n: u32) -> String {
        format!("urn:uuid:{}", guid(n))
    }

    #[test]
    fn everything_is_told_once_and_in_order_however_small_the_steps() {
        let data = tempfile::tempdir().unwrap();
        three(data.path());
        let log = log(data.path());
        let whole = log.read(&wanted(None, 100)).unwrap().unwrap();
        assert_eq!((whole.goes_on, whole.end), (false, Place::behind(3)));
        let whole: Vec<Event> = whole.events.into_iter().map(|(event, _)| event).collect();
        assert_eq!(whole.len() as u64, log.n_changes());
        let later: Vec<_> = told(&whole).into_iter().filter(|(n, ..)| *n > 1).collect();
        assert_eq!(later, [(2, What::Changed, subject(0x11)), (3, What::Retired, subject(0x12))]);
        let (old, new) = (whole[5].old.clone().unwrap(), whole[5].new.clone().unwrap());
        assert_eq!(old.text.unwrap(), "Ties a bowline");
        assert_eq!(new.text.unwrap(), "Ties a running bowline");
        for step in 1..=whole.len() {
            let (mut after, mut found) = (None, Vec::new());
            loop {
                let stretch = log.read(&wanted(after, step)).unwrap().unwrap();
                assert!(stretch.events.len() <= step);
                after = Some(stretch.end);
                found.extend(stretch.events.into_iter().map(|(event, _)| event));
                if !stretch.goes_on {
                    break;
                }
            }
            assert_eq!(found, whole, "{step}");
        }
        let after_two = log.read(&wanted(Some(Place::behind(2)), 100)).unwrap().unwrap();
        assert_eq!(after_two.events.len(), 1);
        let without = BTreeSet::from([SOURCE]);
        let none = Wanted { after: None, limit: 100, without: &without };
        let none = log.read(&none).unwrap().unwrap();
        assert_eq!((none.events.len(), none.end), (0, Place::behind(3)));
    }

    #[test]
    fn a_resource_has_its_history_newest_first() {
        let data = tempfile::tempdir().unwrap();
        three(data.path());
        let log = log(data.path());
        let check = |n, expected: &[(u64, What)]| {
            let found = told(&log.of_subject(&subject(n)).unwrap());
            let expected: Vec<_> =
                expected.iter().map(|(at, what)| (*at, *what, subject(n))).collect();
            assert_eq!(found, expected);
        };
        check(0x11, &[(2, What::Changed), (1, What::Added)]);
        check(0x12, &[(3, What::Retired), (1, What::Added)]);
        check(0x21, &[(1, What::Added)]);
        check(0x99, &[]);
    }

    #[test]
    fn the_newest_generations_are_summed_up() {
        let data = tempfile::tempdir().unwrap();
        three(data.path());
        let latest = log(data.path()).latest(2, 1).unwrap();
        let sums: Vec<_> =
            latest.iter().map(|one| (one.generation, one.kept.sorts.clone())).collect();
        assert_eq!(sums, [(3, [(What::Retired, 1)].into()), (2, [(What::Changed, 1)].into())]);
        assert_eq!(latest[0].first[0].subject, subject(0x12));
        let all = log(data.path()).latest(9, 2).unwrap();
        assert_eq!((all.len(), all[2].first.len(), all[2].kept.changes), (3, 2, 5));
    }

    #[test]
    fn a_purge_begins_a_new_feed_that_says_nothing_of_what_went() {
        let data = tempfile::tempdir().unwrap();
        three(data.path());
        redact(data.path(), "stars");
        let log = log(data.path());
        assert_eq!(log.oldest().map(|(oldest, kept)| (oldest, kept.against)), Some((4, None)));
        for gone in [Place::behind(3), Place { generation: 2, bytes: 0 }, Place::behind(1)] {
            assert!(log.read(&wanted(Some(gone), 9)).unwrap().is_none(), "{gone:?}");
        }
        let all = log.read(&wanted(None, 100)).unwrap().unwrap();
        assert_eq!(log.read(&wanted(Some(Place::behind(0)), 100)).unwrap().unwrap(), all);
        assert!(all.events.iter().all(|(event, _)| event.record == "knots"), "{all:?}");
        assert!(log.of_subject(&subject(0x21)).unwrap().is_empty());
    }

    #[test]
    fn a_place_where_no_line_begins_is_gone() {
        let data = tempfile::tempdir().unwrap();
        three(data.path());
        let place = Place { generation: 1, bytes: 7 };
        assert!(log(data.path()).read(&wanted(Some(place), 9)).unwrap().is_none());
    }
}
