//! What the memory promises, and what it survives.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::state::{Opened, Seen, State, StateError};
use crate::validators::Validators;

const SOURCE: &str = "georgia";

fn folder() -> (TempDir, PathBuf) {
    let room = tempfile::tempdir().unwrap();
    let folder = room.path().join("state");
    (room, folder)
}

fn open(folder: &Path) -> (State, Opened) {
    State::open(folder).unwrap()
}

fn save(state: &State) {
    state.save(SOURCE, || Ok(())).unwrap();
}

#[test]
fn what_is_put_is_seen_and_only_what_was_saved_is_kept() {
    let (_room, folder) = folder();
    let (state, opened) = open(&folder);
    assert_eq!(opened, Opened::New);
    state.put(SOURCE, "a", &1).unwrap();
    state.put(SOURCE, "b", &2).unwrap();
    state.put("other", "a", &9).unwrap();
    assert_eq!(state.get(SOURCE, "a").unwrap(), Some(1));
    save(&state);
    state.put(SOURCE, "a", &3).unwrap();
    state.remove(SOURCE, "b");
    state.put(SOURCE, "c", &4).unwrap();
    assert_eq!(state.get(SOURCE, "a").unwrap(), Some(3));
    assert_eq!(state.get::<i32>(SOURCE, "b").unwrap(), None);
    let all = state.list::<i32>(SOURCE, "").unwrap();
    assert_eq!(all, [("a".to_owned(), 3), ("c".to_owned(), 4)].into());
    drop(state);
    let (state, opened) = open(&folder);
    assert_eq!(opened, Opened::AsLeft);
    let all = state.list::<i32>(SOURCE, "").unwrap();
    assert_eq!(all, [("a".to_owned(), 1), ("b".to_owned(), 2)].into());
    assert_eq!(state.get::<i32>("other", "a").unwrap(), None);
    state.remove(SOURCE, "b");
    save(&state);
    drop(state);
    assert_eq!(open(&folder).0.list::<i32>(SOURCE, "").unwrap(), [("a".to_owned(), 1)].into());
}

#[test]
fn nothing_reaches_the_disk_before_it_is_saved() {
    let (_room, folder) = folder();
    let (state, _) = open(&folder);
    let word = "quillfeather".repeat(50);
    state.put(SOURCE, "a", &word).unwrap();
    let is_on_disk = || {
        let bytes = fs::read(folder.join("db")).unwrap();
        bytes.windows(12).any(|window| window == b"quillfeather")
    };
    let saved = state.save(SOURCE, || {
        assert!(!is_on_disk());
        Err("the ledger is full".into())
    });
    assert_eq!(saved.unwrap_err().to_string(), "the ledger is full");
    assert!(!is_on_disk(), "what it speaks of was not made durable");
    assert_eq!(state.get(SOURCE, "a").unwrap(), Some(word.clone()), "and it is not lost");
    save(&state);
    assert!(is_on_disk());
    assert_eq!(state.get(SOURCE, "a").unwrap(), Some(word));
}

#[test]
fn what_is_put_while_something_is_saved_waits_and_is_seen_all_the_while() {
    let (_room, folder) = folder();
    let (state, _) = open(&folder);
    state.put(SOURCE, "a", &1).unwrap();
    state.put(SOURCE, "b", &1).unwrap();
    let during = || {
        assert_eq!(state.get(SOURCE, "a").unwrap(), Some(1));
        state.put(SOURCE, "a", &2).unwrap();
        assert_eq!(state.list::<i32>(SOURCE, "").unwrap().into_values().sum::<i32>(), 3);
        Ok(())
    };
    state.save(SOURCE, during).unwrap();
    assert_eq!(state.get(SOURCE, "a").unwrap(), Some(2));
    drop(state);
    assert_eq!(open(&folder).0.get(SOURCE, "a").unwrap(), Some(1));
}

#[test]
fn a_value_that_is_too_large_is_refused() {
    let (_room, folder) = folder();
    let (state, _) = open(&folder);
    state.put(SOURCE, "a", &"x".repeat(65_000)).unwrap();
    let error = state.put(SOURCE, "b", &"x".repeat(65_536)).unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(StateError::TooLarge { .. })), "{error}");
    save(&state);
    drop(state);
    assert_eq!(open(&folder).0.get::<String>(SOURCE, "a").unwrap().unwrap().len(), 65_000);
}

#[test]
fn a_name_with_an_odd_beginning_is_found_by_its_beginning() {
    let (_room, folder) = folder();
    let (state, _) = open(&folder);
    for name in ["seen/a", "seen/\u{10FFFF}", "seem", "seen"] {
        state.put(SOURCE, name, &1).unwrap();
    }
    assert_eq!(state.list::<i32>(SOURCE, "seen/").unwrap().len(), 2);
    save(&state);
    assert_eq!(state.list::<i32>(SOURCE, "seen/").unwrap().len(), 2);
}

#[test]
fn a_memory_that_is_open_elsewhere_is_in_use_and_left_alone() {
    let (_room, folder) = folder();
    let (state, _) = open(&folder);
    state.put(SOURCE, "a", &1).unwrap();
    let error = State::open(&folder).unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(StateError::InUse { .. })), "{error}");
    save(&state);
    drop(state);
    let (state, opened) = open(&folder);
    assert_eq!((opened, state.get(SOURCE, "a").unwrap()), (Opened::AsLeft, Some(1)));
}

#[test]
fn what_the_ledger_knows_is_read_in() {
    let (_room, folder) = folder();
    let (state, _) = open(&folder);
    let seen = |record: &str| Seen {
        record: record.to_owned(),
        validators: Validators { etag: Some("\"1\"".to_owned()), last_modified: None },
        at: 7,
    };
    let known = [("https://a.example/1", "one"), ("https://a.example/2", "two")];
    let known = known.map(|(address, record)| (address.to_owned(), seen(record)));
    state.seed(SOURCE, known.into_iter()).unwrap();
    save(&state);
    drop(state);
    let (state, _) = open(&folder);
    assert_eq!(state.get(SOURCE, "seen/https://a.example/2").unwrap(), Some(seen("two")));
    assert_eq!(state.list::<Seen>(SOURCE, "seen/").unwrap().len(), 2);
}

#[test]
fn a_database_that_was_seen_to_be_damaged_is_set_aside() {
    let (room, folder) = folder();
    for n in 1..=2 {
        let (state, _) = open(&folder);
        state.put(SOURCE, "a", &1).unwrap();
        save(&state);
        drop(state);
        fs::write(folder.join("damaged"), "by hand").unwrap();
        let (state, opened) = open(&folder);
        assert_eq!(opened, Opened::SetAside);
        assert_eq!(state.get::<i32>(SOURCE, "a").unwrap(), None);
        assert!(room.path().join(format!("state.damaged-{n}/db")).exists());
        drop(state);
        assert_eq!(open(&folder).1, Opened::AsLeft);
    }
}

/// A database with some hundred entries, saved over some time and partly changed again.
fn worn(folder: &Path) {
    let (state, _) = open(folder);
    for round in 0..6_u32 {
        for n in 0..60_u32 {
            let text = format!("round {round} number {n} {}", "x".repeat(n as usize * 7));
            state.put(SOURCE, &format!("seen/{n}"), &text).unwrap();
        }
        state.put(SOURCE, &format!("large/{round}"), &"y".repeat(30_000)).unwrap();
        state.remove(SOURCE, &format!("seen/{}", round * 3));
        save(&state);
        state.put("other", "a", &round).unwrap();
        state.save("other", || Ok(())).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    files
}

/// Damages one file of a database, in one of many ways.
fn damage(folder: &Path, random: &mut fastrand::Rng) -> String {
    let files = files(folder);
    // The file that holds everything is hit most often.
    let file = if random.bool() { folder.join("db") } else { random.choice(files).unwrap() };
    let mut bytes = fs::read(&file).unwrap();
    let len = bytes.len().max(1);
    // Most of the file is empty; its beginning is not.
    let within = if random.bool() { len } else { len.min(40_000) };
    let how = random.u8(0..6);
    match how {
        0 => return format!("removed {}: {:?}", file.display(), fs::remove_file(&file)),
        1 => bytes.truncate(random.usize(0..within)),
        2 => {
            let at = random.usize(0..within) & !4_095;
            bytes.iter_mut().skip(at).take(4_096).for_each(|byte| *byte = 0);
        }
        3 => {
            let at = random.usize(0..within);
            bytes.iter_mut().skip(at).take(64).for_each(|byte| *byte = random.u8(..));
        }
        4 => bytes.extend((0..random.usize(1..5_000)).map(|_| 0xA5)),
        _ => {
            for _ in 0..random.usize(1..8) {
                let at = random.usize(0..within);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << random.u8(0..8);
                }
            }
        }
    }
    fs::write(&file, bytes).unwrap();
    format!("way {how} on {}", file.display())
}

#[test]
fn damage_of_any_kind_ends_in_a_new_database_or_a_readable_one() {
    let (room, sound) = folder();
    worn(&sound);
    let (mut n_aside, mut n_left) = (0, 0);
    let n_seeds = std::env::var("ALIDADE_STATE_SEEDS").map_or(120, |n| n.parse().unwrap());
    for seed in 0..n_seeds {
        let folder = room.path().join(format!("state-{seed}"));
        copy(&sound, &folder);
        let mut random = fastrand::Rng::with_seed(seed);
        let how = damage(&folder, &mut random);
        let (state, opened) =
            State::open(&folder).unwrap_or_else(|error| panic!("seed {seed}, {how}: {error:?}"));
        match opened {
            Opened::SetAside => {
                n_aside += 1;
                assert!(state.list::<String>(SOURCE, "").unwrap().is_empty(), "seed {seed}, {how}");
            }
            Opened::AsLeft | Opened::New => n_left += 1,
        }
        state.list::<String>(SOURCE, "").unwrap();
        state.put(SOURCE, "new", &"z".repeat(500)).unwrap();
        // What cannot be written is an error, and is healed by the next opening.
        let saved = state.save(SOURCE, || Ok(()));
        drop(state);
        let (state, opened) =
            State::open(&folder).unwrap_or_else(|error| panic!("seed {seed}, {how}: {error:?}"));
        assert!(saved.is_ok() || opened == Opened::SetAside, "seed {seed}, {how}: {saved:?}");
        if opened != Opened::SetAside {
            assert!(state.get::<String>(SOURCE, "new").unwrap().is_some(), "seed {seed}, {how}");
        }
        drop(state);
        fs::remove_dir_all(&folder).unwrap();
    }
    assert!(n_aside > 0 && n_left > 0, "{n_aside} set aside, {n_left} left");
}
