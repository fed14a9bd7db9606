//! Kills at random moments, and readers who look on.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use index::Reader;
use index::resolve::resolve;
use serde_json::Value;

use super::house::{End, alidade, copy, look, room, run, run_for, run_to_point, try_run, words};
use super::package::{guid, package, write_samples};
use super::points::{check_gone, source_of};
use super::random::Random;

const KILLS: usize = 50;
const READS: usize = 1_000;
/// The largest document of the real data that takes part: a larger one only makes every trial longer.
const MAX_LEN: u64 = 100_000;

/// A folder of real frameworks where they are at hand, else of invented ones; and more records than one group holds.
fn mid_size(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/case");
    let files = fs::read_dir(real).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut n_files = 0;
    for path in files.filter(|path| path.extension().is_some_and(|end| end == "json")) {
        if fs::metadata(&path).unwrap().len() <= MAX_LEN {
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
            n_files += 1;
        }
    }
    if n_files == 0 {
        for number in 1..=3 {
            let text = package(number, 500, 1, "widely");
            fs::write(folder.join(format!("{number}.json")), text).unwrap();
        }
    }
    let many: Vec<String> = (100..1_120).map(|number| package(number, 0, 1, "often")).collect();
    fs::write(folder.join("many.ndjson"), many.join("\n")).unwrap();
}

#[test]
fn fifty_random_moments() {
    let room = room();
    let samples = room.path().join("samples");
    mid_size(&samples);
    let import = words(&["import", samples.to_str().unwrap()]);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let looking = scope.spawn(|| look_on(&room.path().join("shown"), &is_over));
        let (whole, expected) = undisturbed(room.path(), &import);
        let mut random = Random::seeded("fifty_random_moments");
        let mut faults = Vec::new();
        let (mut n_killed, mut n_moments, mut n_directories) = (0, 0, 0);
        let mut data = PathBuf::new();
        while n_killed < KILLS && n_moments < 4 * KILLS {
            // Some directories are fresh; the others are what earlier kills left.
            if !data.exists() || random.below(4) == 0 {
                finish(&data, &import, &expected, &mut faults);
                n_directories += 1;
                data = room.path().join(format!("trial-{n_directories}"));
            }
            n_moments += 1;
            match run_for(&data, &import, random.within(whole)) {
                Ok(End::Killed) => n_killed += 1,
                Ok(End::Finished) => finish(&data, &import, &expected, &mut faults),
                Err(fault) => faults.push(format!("at moment {n_moments}: {fault}")),
            }
        }
        finish(&data, &import, &expected, &mut faults);
        is_over.store(true, Ordering::Relaxed);
        let reads = looking.join().unwrap();
        println!(
            "fifty_random_moments: {n_killed} of {n_moments} died, in {n_directories} directories; an import takes {} ms",
            whole.as_millis()
        );
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(n_killed >= KILLS, "only {n_killed} kills");
        assert!(reads >= READS, "only {reads} reads");
    });
}

/// How long an import takes, the quicker of two, and what it comes to.
fn undisturbed(room: &Path, import: &[String]) -> (Duration, Value) {
    let once = |name: &str| {
        let data = room.join(name);
        let begun = Instant::now();
        run(&data, import);
        let whole = begun.elapsed();
        (whole, look(&data).unwrap().content)
    };
    let [first, second] = ["once", "twice"].map(once);
    assert_eq!(first.1, second.1, "two undisturbed imports differ");
    (first.0.min(second.0), first.1)
}

/// Ends the import of a directory undisturbed, and compares.
fn finish(data: &Path, import: &[String], expected: &Value, faults: &mut Vec<String>) {
    if !data.exists() {
        return;
    }
    if let Err(fault) = try_run(data, import) {
        faults.push(fault);
    }
    match look(data) {
        Ok(seen) if seen.content == *expected => {}
        Ok(seen) => {
            faults.push(format!("`{}` holds {} and not {expected}", data.display(), seen.content));
        }
        Err(fault) => faults.push(fault),
    }
    fs::remove_dir_all(data).unwrap();
}

/// Reads a directory over and over while it is imported anew, killed, and imported again; gives the number of reads.
fn look_on(room: &Path, is_over: &AtomicBool) -> usize {
    let (data, samples) = (room.join("data"), room.join("samples"));
    let import = words(&["import", samples.to_str().unwrap()]);
    write_pair(&samples, 1);
    run(&data, &import);
    let (n_reads, has_enough) = (AtomicUsize::new(0), AtomicBool::new(false));
    let generations = std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let mut generations = BTreeMap::new();
            while !has_enough.load(Ordering::Relaxed) {
                read_once(&data, n_reads.load(Ordering::Relaxed), &mut generations);
                n_reads.fetch_add(1, Ordering::Relaxed);
                // Readers leave the machine to the writers for a moment.
                std::thread::sleep(Duration::from_millis(12));
            }
            generations
        });
        let changing = scope.spawn(|| change(&data, &samples, &import, is_over, &n_reads));
        let (n_changes, n_killed) = changing.join().unwrap();
        has_enough.store(true, Ordering::Relaxed);
        println!("look_on: {n_changes} imports with changes, {n_killed} of them killed");
        reading.join().unwrap()
    });
    let n_reads = n_reads.into_inner();
    println!("look_on: {n_reads} reads of {} generations, each of one alone", generations.len());
    assert!(generations.len() >= 5, "only {} generations were seen", generations.len());
    n_reads
}

/// Imports one revision after the other, most of them killed at a random moment.
fn change(
    data: &Path,
    samples: &Path,
    import: &[String],
    is_over: &AtomicBool,
    n_reads: &AtomicUsize,
) -> (usize, usize) {
    let mut random = Random::seeded("look_on");
    let (mut n_changes, mut n_killed) = (0, 0);
    let mut whole = Duration::from_millis(200);
    while !is_over.load(Ordering::Relaxed) || n_reads.load(Ordering::Relaxed) < READS {
        n_changes += 1;
        write_pair(samples, u32::try_from(n_changes + 1).unwrap());
        if n_changes % 3 == 0 {
            let begun = Instant::now();
            run(data, import);
            whole = begun.elapsed();
        } else {
            let end = run_for(data, import, random.within(whole)).unwrap();
            n_killed += usize::from(end == End::Killed);
        }
        std::thread::sleep(Duration::from_millis(150));
    }
    (n_changes, n_killed)
}

/// Two documents that say the same revision.
fn write_pair(samples: &Path, revision: u32) {
    fs::create_dir_all(samples).unwrap();
    for number in 1..=2 {
        let text = package(number, 6, revision % 7, &format!("now {revision}"));
        let path = samples.join(format!("{number}.json"));
        // Replaced whole: an import that reads half a document is another test's matter.
        fs::write(path.with_extension("new"), text).unwrap();
        fs::rename(path.with_extension("new"), path).unwrap();
    }
}

/// What a generation showed the first time: its revision and its number of documents.
type Shown = BTreeMap<u64, (String, u64)>;

/// Reads once, and checks that the whole answer is of one generation.
fn read_once(data: &Path, number: usize, generations: &mut Shown) {
    let (generation, answers, documents) =
        if number % 25 == 24 { read_by_command(data) } else { read_in_process(data, number) };
    let revisions: Vec<&str> =
        answers.split(" now ").skip(1).filter_map(|rest| rest.split(' ').next()).collect();
    assert!(revisions.len() >= 2, "generation {generation} answers {answers}");
    let first = revisions[0];
    assert!(revisions.iter().all(|revision| *revision == first), "{generation}: {revisions:?}");
    let documents = documents.or_else(|| generations.get(&generation).map(|shown| shown.1));
    let Some(documents) = documents else { return };
    let shown = generations.entry(generation).or_insert_with(|| (first.to_owned(), documents));
    assert_eq!(*shown, (first.to_owned(), documents), "generation {generation} changes its mind");
}

fn read_in_process(data: &Path, number: usize) -> (u64, String, Option<u64>) {
    let reader = Reader::open(data).unwrap();
    let documents = reader.cards().count_documents();
    assert_eq!(reader.manifest().counts.documents, documents);
    let ask = |package| {
        let resolution = resolve(reader.cards(), &guid(package, 1), None, "2026-01-01").unwrap();
        serde_json::to_string(&resolution).unwrap()
    };
    let answers = [ask(1), ask(2)].concat();
    if number.is_multiple_of(10) {
        let mut n_quads = 0;
        reader.quads(&mut |_| n_quads += 1).unwrap();
        assert_eq!(reader.manifest().counts.quads, n_quads);
    }
    (reader.manifest().generation, answers, Some(documents))
}

fn read_by_command(data: &Path) -> (u64, String, Option<u64>) {
    let question = [words(&["resolve", "--json"]), vec![guid(1, 1), guid(2, 1)]].concat();
    let output = alidade(data, &question).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    (answer["generation"].as_u64().unwrap(), answer["answers"].to_string(), None)
}

#[test]
fn a_rebuild_a_publication_and_a_purge_killed_at_any_moment_end_the_same() {
    let room = room();
    let (samples, base) = (room.path().join("samples"), room.path().join("base"));
    let import = words(&["import", samples.to_str().unwrap()]);
    for revision in 1..=3 {
        write_samples(&samples, revision);
        run(&base, &import);
    }
    let waiting = room.path().join("waiting");
    write_samples(&samples, 1);
    run(&waiting, &import);
    write_samples(&samples, 3);
    run_to_point(&waiting, &import, "ledger.after_sync:1").unwrap();
    let purge = words(&["purge", &source_of(&base), "a.json"]);
    let mut random = Random::seeded("a_rebuild_a_publication_and_a_purge");
    let mut n_killed = 0;
    for (state, command) in
        [(&base, words(&["rebuild"])), (&waiting, words(&["publish"])), (&base, purge)]
    {
        let undisturbed = room.path().join("undisturbed");
        copy(state, &undisturbed);
        let begun = Instant::now();
        run(&undisturbed, &command);
        let whole = begun.elapsed();
        let expected = look(&undisturbed).unwrap();
        fs::remove_dir_all(&undisturbed).unwrap();
        for number in 0..12 {
            let data = room.path().join(format!("{}-{number}", command[0]));
            copy(state, &data);
            let end = run_for(&data, &command, random.within(whole)).unwrap();
            n_killed += usize::from(end == End::Killed);
            run(&data, &command);
            assert_eq!(look(&data).unwrap(), expected, "`{}`, kill {number}", command[0]);
            if command[0] == "purge" {
                assert_eq!(check_gone(&data), Ok(()), "kill {number}");
            }
            fs::remove_dir_all(&data).unwrap();
        }
    }
    println!("a_rebuild_a_publication_and_a_purge: {n_killed} of 36 died");
}
