//! Power cuts: what a command had promised is on the disk, by a trace of its system calls.
//!
//! The model does not see what is written through shared mappings or `io_uring` (a trace with either fails the test; the
//! stores use neither), the order in which a device empties its own cache, or a sync that lies. It takes the trace of one
//! run: another order of threads is another run.

use std::path::Path;

use index::crash::POINTS;

use super::house::{copy, room, run, tree, words};
use super::package::write_samples;
use super::points::source_of;
use super::promises::{Promises, Story, entries};
use super::trace::{Call, Event, LINE, is_possible, record, record_to_point};

/// Records what a command does to a data directory.
fn record_story(data: &Path, args: &[String], file: &Path) -> Story {
    let before = tree(data);
    let events = record(data, args, file);
    Story { data: data.to_owned(), before, events, entries: entries(data), meta: meta(data) }
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
    stories
}

/// The story of a command that dies at a point, and of the same command once more; `None` where it does not die.
fn story_with_a_kill(room: &Path, args: &[String], point: &str) -> Option<Story> {
    let (data, file) = (room.join(point), room.join(format!("{point}.trace")));
    copy(&room.join("before"), &data);
    let before = tree(&data);
    let mut events = record_to_point(&data, args, &file, &format!("{point}:1"))?;
    let end = events.last().map_or(0, |event| event.ended);
    events.extend(record(&data, args, &file).into_iter().map(|event| Event {
        begun: event.begun + end,
        ended: event.ended + end,
        ..event
    }));
    let story = Story { before, events, entries: entries(&data), meta: meta(&data), data };
    std::fs::remove_dir_all(&story.data).unwrap();
    Some(story)
}

fn meta(data: &Path) -> String {
    std::fs::read_to_string(data.join("views/text/meta.json")).unwrap()
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

/// Says loudly that nothing can be said here.
fn is_skipped(test: &str) -> bool {
    if is_possible() {
        return false;
    }
    let sentence = format!(
        "SKIPPED: `{test}` needs an `strace` that may trace; power cuts are NOT tested here"
    );
    println!("{sentence}");
    eprintln!("{sentence}");
    true
}

#[test]
fn what_is_promised_outlives_a_power_cut() {
    if is_skipped("what_is_promised_outlives_a_power_cut") {
        return;
    }
    let room = room();
    let stories = stories(room.path());
    let mut promises = Promises::new();
    for (name, story) in &stories {
        let (made, broken) = story.broken();
        let n_made: usize = made.values().sum();
        println!("power: {name}: {} calls, {n_made} promises", story.events.len());
        assert!(broken.is_empty(), "{name}: {}", broken.join("\n"));
        for (what, n) in made {
            *promises.entry(what).or_default() += n;
        }
    }
    assert_eq!(promises.len(), 6, "every promise is made: {promises:?}");
    for (name, story) in &stories[1..2] {
        let (n_needed, n_syncs) = count_needed(story);
        println!(
            "power: {name}: {n_needed} of {n_syncs} syncs are missed when each is dropped alone"
        );
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
    check_caught(
        "no sync of the generation",
        &without(story, |call| syncs_in(call, "generations")),
        current,
    );
    let no_names =
        |call: &Call| matches!(call, Call::Sync(path) if *path == data.join("generations"));
    check_caught("no sync of the generation's name", &without(story, no_names), current);
    check_caught("`current` before the syncs", &with_current_first(story), current);
    let graph = |call: &Call| syncs_in(call, "views/graph");
    check_caught("no flush of the graph", &without(story, graph), "a watermark moves");
    let no_tables = |call: &Call| {
        let (Call::Create { path, .. } | Call::Write { path, .. } | Call::Rename { to: path, .. }) =
            call
        else {
            return syncs_in(call, "views/graph");
        };
        path.extension().is_some_and(|end| end == "sst")
    };
    check_caught("the graph only in its log", &without(story, no_tables), "a watermark moves");
    let bodies = |call: &Call| syncs_in(call, "incoming") || syncs_in(call, "blobs");
    check_caught("no sync of the bodies", &without(story, bodies), "entries are acknowledged");
    let names = |call: &Call| syncs_in(call, "blobs");
    check_caught(
        "no sync of the bodies' names",
        &without(story, names),
        "entries are acknowledged",
    );
    check_caught(
        "no sync of the ledger",
        &without(story, |call| syncs_in(call, "ledger")),
        "a watermark moves",
    );
    let pointer = |call: &Call| matches!(call, Call::Sync(path) if path == data);
    check_caught("no sync of `current`", &without(story, pointer), "the command ends");
}

#[test]
fn what_is_promised_after_a_kill_outlives_a_power_cut() {
    if is_skipped("what_is_promised_after_a_kill_outlives_a_power_cut") {
        return;
    }
    let room = room();
    let (data, samples) = (room.path().join("before"), room.path().join("samples"));
    let import = words(&["import", samples.to_str().unwrap()]);
    write_samples(&samples, 1);
    run(&data, &import);
    write_samples(&samples, 2);
    let (mut n_kills, mut faults) = (0, Vec::new());
    for point in POINTS {
        let Some(story) = story_with_a_kill(room.path(), &import, point) else { continue };
        n_kills += 1;
        let broken = story.broken().1;
        faults.extend(broken.into_iter().map(|broken| format!("after {point}: {broken}")));
        if *point == "blob.before_dir_sync" {
            // What the kill left in its place must be synced by the command that finds it there.
            let folders = |call: &Call| matches!(call, Call::Sync(path) if path.starts_with(story.data.join("blobs")));
            check_caught(
                "a kill and no sync",
                &without(&story, folders),
                "entries are acknowledged",
            );
        }
    }
    println!("power: {n_kills} kills, each followed by the same import");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
