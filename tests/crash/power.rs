//! Power cuts: what a command had promised is on the disk, by a trace of its system calls.
//!
//! The model does not see what is written through shared mappings or io_uring (a trace with either fails the test; the
//! stores use neither), the order in which a device empties its own cache, or a sync that lies. It takes the trace of one
//! run: another order of threads is another run.

use std::path::Path;

use super::house::{room, run, run_to_point, tree, words};
use super::package::write_samples;
use super::points::source_of;
use super::promises::{Promises, Story, entries};
use super::trace::{Call, LINE, is_possible, record};

/// Records what a command does to a data directory.
fn record_story(data: &Path, args: &[String], file: &Path) -> Story {
    let before = tree(data);
    let events = record(data, args, file);
    let meta = std::fs::read_to_string(data.join("views/text/meta.json")).unwrap();
    Story { data: data.to_owned(), before, events, entries: entries(data), meta }
}

/// The story of each command that writes, in the order of one directory's life.
fn stories(room: &Path) -> Vec<(&'static str, Story)> {
    let (data, samples, file) = (room.join("data"), room.join("samples"), room.join("trace"));
    let import = words(&["import", samples.to_str().unwrap()]);
    let mut stories = Vec::new();
    for (revision, name) in [(1, "first import"), (2, "second import"), (3, "third import")] {
        write_samples(&samples, revision);
        stories.push((name, record_story(&data, &import, &file)));
    }
    stories.push(("rebuild", record_story(&data, &words(&["rebuild"]), &file)));
    let purge = words(&["purge", &source_of(&data), "a.json"]);
    stories.push(("purge", record_story(&data, &purge, &file)));
    let again = room.join("again");
    write_samples(&samples, 1);
    run(&again, &import);
    write_samples(&samples, 2);
    run_to_point(&again, &import, "ledger.after_write:1").unwrap();
    stories.push(("import after a crash", record_story(&again, &import, &file)));
    stories
}

/// A story in which some events never were.
fn without(story: &Story, dropped: impl Fn(&Call) -> bool) -> Story {
    let mut story = story.clone();
    let n_events = story.events.len();
    story.events.retain(|event| !dropped(&event.call));
    assert!(story.events.len() < n_events, "the control changes nothing");
    story
}

/// A story in which `current` is written before its generation is synced.
fn with_current_first(story: &Story) -> Story {
    let mut story = story.clone();
    let (current, folder) = (story.data.join("current"), story.data.join("generations"));
    let temporary = story.data.join("current.tmp");
    let is_sync = |call: &Call| matches!(call, Call::SyncAll(path) if path.starts_with(&folder));
    let sync = story.events.iter().find(|event| is_sync(&event.call)).unwrap().begun;
    let mut at = sync - LINE / 2;
    for event in &mut story.events {
        let is_moved = match &event.call {
            Call::Rename { to, .. } => *to == current,
            Call::Create { path, .. } | Call::Write { path, .. } | Call::Sync(path) => {
                *path == temporary
            }
            _ => false,
        };
        if is_moved {
            at += 1;
            (event.begun, event.ended) = (at, at);
        }
    }
    // The generation has its name before `current` names it, as a hasty program would do it.
    for event in &mut story.events {
        if matches!(&event.call, Call::Rename { from, .. } if from.parent() == Some(&folder)) {
            (event.begun, event.ended) = (sync - LINE / 2, sync - LINE / 2);
        }
    }
    story
}

#[track_caller]
fn check_caught(what: &str, story: &Story, promise: &str) {
    let (_, broken) = story.broken();
    let n_caught = broken.iter().filter(|fault| fault.starts_with(promise)).count();
    println!("power: {what}: {n_caught} faults of `{promise}`, {} in all", broken.len());
    assert!(n_caught > 0, "{what} is not caught: {broken:?}");
}

/// Drops each sync alone, and counts those whose loss is noticed.
fn count_needed(story: &Story) -> (usize, usize) {
    let is_sync = |call: &Call| matches!(call, Call::Sync(_) | Call::SyncAll(_));
    let syncs: Vec<usize> =
        (0..story.events.len()).filter(|&at| is_sync(&story.events[at].call)).collect();
    let is_needed = |&&at: &&usize| {
        let mut story = story.clone();
        story.events.remove(at);
        !story.broken().1.is_empty()
    };
    (syncs.iter().filter(is_needed).count(), syncs.len())
}

#[test]
fn what_is_promised_outlives_a_power_cut() {
    if !is_possible() {
        println!("SKIPPED: no `strace` here that may trace; nothing was said about power cuts");
        eprintln!("SKIPPED: what_is_promised_outlives_a_power_cut needs `strace`");
        return;
    }
    let room = room();
    let stories = stories(room.path());
    let mut promises = Promises::new();
    for (name, story) in &stories {
        let (made, broken) = story.broken();
        println!("power: {name}: {} calls, promises {made:?}", story.events.len());
        assert!(broken.is_empty(), "{name}: {}", broken.join("\n"));
        made.into_iter().for_each(|(what, n)| *promises.entry(what).or_default() += n);
    }
    assert_eq!(promises.len(), 6, "every promise is made: {promises:?}");
    for (name, story) in &stories[1..2] {
        let (n_needed, n_syncs) = count_needed(story);
        println!("power: {name}: {n_needed} of {n_syncs} syncs are missed when each is dropped alone");
        check_controls(story);
    }
}

/// The null controls: what a careless program would do is noticed.
fn check_controls(story: &Story) {
    let data = &story.data;
    let syncs_in = |call: &Call, folder: &str| match call {
        Call::Sync(path) | Call::SyncAll(path) => path.starts_with(data.join(folder)),
        _ => false,
    };
    let current = "a generation is current";
    check_caught("no sync of the generation", &without(story, |call| syncs_in(call, "generations")), current);
    let no_names = |call: &Call| matches!(call, Call::Sync(path) if *path == data.join("generations"));
    check_caught("no sync of the generation's name", &without(story, no_names), current);
    check_caught("`current` before the syncs", &with_current_first(story), current);
    let graph = |call: &Call| syncs_in(call, "views/graph");
    check_caught("no flush of the graph", &without(story, graph), "a watermark moves");
    let no_tables = |call: &Call| {
        let (Call::Create { path, .. } | Call::Write { path, .. } | Call::Rename { to: path, .. }) = call
        else {
            return syncs_in(call, "views/graph");
        };
        path.extension().is_some_and(|end| end == "sst")
    };
    check_caught("the graph only in its log", &without(story, no_tables), "a watermark moves");
    let bodies = |call: &Call| syncs_in(call, "incoming") || syncs_in(call, "blobs");
    check_caught("no sync of the bodies", &without(story, bodies), "entries are acknowledged");
    let names = |call: &Call| syncs_in(call, "blobs");
    check_caught("no sync of the bodies' names", &without(story, names), "entries are acknowledged");
    check_caught("no sync of the ledger", &without(story, |call| syncs_in(call, "ledger")), "a watermark moves");
    let pointer = |call: &Call| matches!(call, Call::Sync(path) if path == data);
    check_caught("no sync of `current`", &without(story, pointer), "the command ends");
}
