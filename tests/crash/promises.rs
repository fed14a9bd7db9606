//! What must be sure on the disk at which moment.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::disk::Disk;
use super::trace::{Call, Event};

/// How a data directory was before a command, what the command did, and what its ledger says at the end.
#[derive(Clone)]
pub(super) struct Story {
    pub data: PathBuf,
    pub before: BTreeMap<PathBuf, Option<u64>>,
    pub events: Vec<Event>,
    /// Of each segment of the ledger: where an entry ends, and the body it names.
    pub entries: BTreeMap<PathBuf, Vec<(u64, Option<PathBuf>)>>,
    /// What the text index says of itself at the end; it names its segments.
    pub meta: String,
}

/// How often a promise was made, by what it is about.
pub(super) type Promises = BTreeMap<&'static str, usize>;

impl Story {
    /// Goes through the events, and names every promise that a power cut at its moment would have broken.
    pub(super) fn broken(&self) -> (Promises, Vec<String>) {
        let mut telling = Telling {
            story: self,
            disk: Disk::of(&self.before),
            acknowledged: self.before.clone(),
            tables: BTreeMap::new(),
            promises: Promises::new(),
            broken: Vec::new(),
        };
        let mut events = self.events.clone();
        events.sort_by_key(|event| event.ended);
        for event in &events {
            telling.before(event);
            telling.disk.apply(event);
            telling.after(event);
        }
        telling.at_the_end();
        (telling.promises, telling.broken)
    }
}

struct Telling<'a> {
    story: &'a Story,
    disk: Disk,
    /// The length of each segment that is acknowledged.
    acknowledged: BTreeMap<PathBuf, Option<u64>>,
    /// The tables of the graph: who writes them, until they are listed in its manifest.
    tables: BTreeMap<PathBuf, Option<u64>>,
    promises: Promises,
    broken: Vec<String>,
}

impl Telling<'_> {
    fn path(&self, name: &str) -> PathBuf {
        self.story.data.join(name)
    }

    fn promise(&mut self, what: &'static str, unsure: Vec<String>) {
        *self.promises.entry(what).or_default() += 1;
        self.broken
            .extend(unsure.into_iter().map(|unsure| format!("{what}: {unsure} is not sure")));
    }

    /// The promises of a call that may reach the disk as soon as it is made.
    fn before(&mut self, event: &Event) {
        match &event.call {
            Call::Blind(what) => self.broken.push(format!("this model does not see {what}")),
            Call::Rename { from, to } if *to == self.path("current") => self.point_at(from),
            Call::Rename { to, .. } if *to == self.path("views/text/meta.json") => {
                // The first one of all says nothing yet.
                if self.disk.has(to) {
                    self.move_watermarks(event);
                }
            }
            Call::Rename { from, .. } if from.parent() == Some(&self.path("generations")) => {
                if from.extension().is_none() {
                    self.give_up();
                }
            }
            Call::Remove(path) if path.starts_with(self.path("blobs")) => {
                let unsure = self.unsure_ledger();
                self.promise("a body is removed", unsure);
            }
            _ => {}
        }
    }

    fn after(&mut self, event: &Event) {
        match &event.call {
            Call::Sync(path) => self.acknowledge(path),
            Call::Create { path, .. } | Call::Write { path, .. }
                if path.parent() == Some(&self.path("views/graph")) =>
            {
                self.list_tables(path, event.thread);
            }
            _ => {}
        }
    }

    /// A table that is still written, or that a compaction has made and not listed yet, may be lost. The thread that writes
    /// a table lists it.
    fn list_tables(&mut self, path: &Path, thread: u64) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".sst") {
            self.tables.insert(path.to_owned(), Some(thread));
        } else if name.starts_with("MANIFEST-") {
            let own = self.tables.values_mut().filter(|writer| **writer == Some(thread));
            own.for_each(|writer| *writer = None);
        }
    }

    /// Every entry that is acknowledged has its body.
    fn acknowledge(&mut self, path: &Path) {
        let Some(entries) = self.story.entries.get(path) else { return };
        let known = self.acknowledged.get(path).copied().flatten().unwrap_or(0);
        let len = self.disk.len(path);
        let new: Vec<&PathBuf> = entries
            .iter()
            .filter(|(end, _)| known < *end && *end <= len)
            .filter_map(|(_, blob)| blob.as_ref())
            .collect();
        let unsure = new.iter().flat_map(|blob| self.disk.unsure_below(blob)).collect();
        if len > known {
            self.promise("entries are acknowledged", unsure);
            self.acknowledged.insert(path.to_owned(), Some(len));
        }
    }

    /// The generation that `current` names is whole, and so is the ledger it was made from.
    fn point_at(&mut self, pointer: &Path) {
        let newest = self.disk.names_in(&self.path("generations"));
        let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u64>().ok();
        let newest = newest.into_iter().filter(|path| number(path).is_some()).max_by_key(number);
        let mut unsure = self.unsure_ledger();
        unsure.extend(self.disk.unsure_content(pointer));
        match newest {
            Some(newest) => unsure.extend(self.disk.unsure_below(&newest)),
            None => unsure.push("no generation at all".to_owned()),
        }
        self.promise("a generation is current", unsure);
    }

    /// What lies below the watermarks is in both views, and in the ledger.
    fn move_watermarks(&mut self, event: &Event) {
        let mut unsure = self.unsure_ledger();
        let is_graph = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_table =
                name.ends_with(".sst") && !matches!(self.tables.get(path), Some(Some(_)));
            is_table || name == "CURRENT" || name.starts_with("MANIFEST-")
        };
        // A log is written over an old one, whose records it knows from its own: its end may be anywhere.
        let is_log = |path: &PathBuf| path.extension().is_some_and(|end| end == "log");
        let logs = self.disk.names_in(&self.path("views/graph")).into_iter().filter(is_log);
        unsure.extend(logs.filter_map(|log| self.disk.unsure_bytes(&log)));
        let is_text = |path: &PathBuf| {
            // The segment's number stands without its hyphens in the names of its files.
            let segment = path.file_name().and_then(|name| name.to_str()?.split('.').next());
            let meta = self.story.meta.replace('-', "");
            segment.is_some_and(|segment| segment.len() == 32 && meta.contains(segment))
        };
        let graph = self.disk.names_in(&self.path("views/graph")).into_iter().filter(is_graph);
        let text = self.disk.names_in(&self.path("views/text")).into_iter().filter(is_text);
        unsure.extend(graph.chain(text).flat_map(|path| {
            if self.is_in_hand(&path, event) {
                self.disk.unsure_name(&path).into_iter().collect()
            } else {
                self.disk.unsure_below(&path)
            }
        }));
        self.promise("a watermark moves", unsure);
    }

    /// Whether all that is unsure of a manifest was appended by a thread that works behind the promising one, and that syncs
    /// it next: a compaction lists what it moved. Before its lines the manifest lists the tables it moved them from, and
    /// what no table holds is in the logs, which must be sure.
    fn is_in_hand(&self, path: &Path, promise: &Event) -> bool {
        if !path.file_name().unwrap().to_string_lossy().starts_with("MANIFEST-") {
            return false;
        }
        let is_sync = |event: &&Event| matches!(&event.call, Call::Sync(of) if of == path);
        let events = &self.story.events;
        let synced = events.iter().filter(is_sync).filter(|sync| sync.ended < promise.begun);
        let synced = synced.map(|sync| sync.begun).max().unwrap_or(0);
        let is_unsure = |event: &&Event| {
            let is_write = matches!(&event.call, Call::Write { path: of, .. } if of == path);
            is_write && synced < event.ended && event.ended < promise.begun
        };
        let is_synced_next = |write: &Event| {
            let of_thread = events.iter().filter(|event| event.thread == write.thread);
            of_thread.filter(is_sync).any(|sync| write.ended < sync.begun)
        };
        synced > 0
            && events
                .iter()
                .filter(is_unsure)
                .all(|write| write.thread != promise.thread && is_synced_next(write))
    }

    /// A generation is given up only when `current` surely names another.
    fn give_up(&mut self) {
        let unsure = self.disk.unsure_below(&self.path("current"));
        self.promise("a generation is removed", unsure);
    }

    fn at_the_end(&mut self) {
        let mut unsure = self.unsure_ledger();
        unsure.extend(self.disk.unsure_below(&self.path("current")));
        self.promise("the command ends", unsure);
    }

    fn unsure_ledger(&self) -> Vec<String> {
        self.disk.unsure_below(&self.path("ledger"))
    }
}

/// Reads the segments of a ledger: length, checksum and JSON of each entry, one after the other.
pub(super) fn entries(data: &Path) -> BTreeMap<PathBuf, Vec<(u64, Option<PathBuf>)>> {
    let segments = fs::read_dir(data.join("ledger")).unwrap().map(|entry| entry.unwrap().path());
    segments.map(|path| (path.clone(), entries_of(&fs::read(path).unwrap(), data))).collect()
}

fn entries_of(bytes: &[u8], data: &Path) -> Vec<(u64, Option<PathBuf>)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let len = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap());
        let end = at + 8 + usize::try_from(len).unwrap();
        let entry: Value = serde_json::from_slice(&bytes[at + 8..end]).unwrap();
        let blob = entry["digest"]
            .as_str()
            .map(|digest| data.join("blobs").join(&digest[..2]).join(format!("{digest}.zst")));
        found.push((u64::try_from(end).unwrap(), blob));
        at = end;
    }
    found
}

#[test]
fn a_manifest_in_the_hands_of_a_compaction_is_no_broken_promise() {
    let data = PathBuf::from("/d");
    let manifest = data.join("views/graph/MANIFEST-000005");
    let (new, meta) = (data.join("views/text/.new"), data.join("views/text/meta.json"));
    let before = [data.clone(), data.join("ledger"), data.join("views"), manifest.clone()];
    let files = [manifest.clone(), new.clone(), meta.clone()].map(|path| (path, Some(9)));
    let mut before: BTreeMap<PathBuf, Option<u64>> =
        before.into_iter().map(|path| (path, None)).collect();
    before.extend(files);
    before.insert(data.join("current"), Some(1));
    let write = || Call::Write { path: manifest.clone(), len: 5 };
    let sync = || Call::Sync(manifest.clone());
    let promise = || Call::Rename { from: new.clone(), to: meta.clone() };
    let n_broken = |calls: Vec<(u64, Call)>| {
        let events = (1..).zip(calls).map(|(at, (thread, call))| {
            let at = at * super::trace::LINE;
            Event { thread, begun: at, ended: at, call }
        });
        let story = Story {
            data: data.clone(),
            before: before.clone(),
            events: events.collect(),
            entries: BTreeMap::new(),
            meta: String::new(),
        };
        story.broken().1.len()
    };
    let (own, other) = (1, 2);
    let synced = || vec![(other, write()), (other, sync())];
    let with = |more: Vec<(u64, Call)>| n_broken(synced().into_iter().chain(more).collect());
    assert_eq!(with(vec![(own, promise())]), 0);
    assert_eq!(with(vec![(other, write()), (own, promise()), (other, sync())]), 0, "in hand");
    assert_eq!(with(vec![(own, write()), (own, promise()), (own, sync())]), 1, "its own");
    assert_eq!(with(vec![(other, write()), (own, promise())]), 1, "never synced");
    let first = vec![(other, write()), (own, promise()), (other, sync())];
    assert_eq!(n_broken(first), 1, "nothing of it was synced before");
}
