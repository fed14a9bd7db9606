//! Everything in turn: the judged sets, the samples, the hostile strings.

use std::path::Path;
use std::process::ExitCode;

use crate::relevance::beginnings::beginnings;
use crate::relevance::codes::codes;
use crate::relevance::door::Doors;
use crate::relevance::hostile::hostile;
use crate::relevance::judged::Judged;
use crate::relevance::melo;
use crate::relevance::mistyped::mistyped;
use crate::relevance::onet;
use crate::relevance::options::{Flag, Options, USAGE};
use crate::relevance::ranked::ranked;
use crate::relevance::report::{Section, conclude, write};
use crate::relevance::rivals::rivals;
use crate::relevance::samples;
use crate::relevance::service::Home;
use crate::relevance::skills;
use crate::relevance::space::Space;
use crate::relevance::wholes::wholes;

/// The questions that are asked of the samples.
const SAMPLES: [&str; 5] = ["codes", "wholes", "mistyped", "beginnings", "hostile"];

/// Measures what the command line names; says by its exit code whether every gate is met.
pub(crate) fn run(args: impl IntoIterator<Item = String>) -> ExitCode {
    let args: Vec<String> = args.into_iter().collect();
    if args.iter().any(|arg| arg == "--help") {
        println!("{USAGE}");
        return ExitCode::SUCCESS;
    }
    let options = match Options::read(args) {
        Ok(options) => options,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    if measure(&options) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Measures; gives whether every gate is met. Without data nothing is measured, and that is said.
fn measure(options: &Options) -> bool {
    let home = Home::of(options);
    let mut sections = Vec::new();
    for (space, judged) in judged(options) {
        let service = home.serve_space(&space);
        for judged in &judged {
            let doors = Doors { address: service.address() };
            let mut section = ranked(doors, &space, judged, options);
            if options.is(Flag::Rivals) {
                section.rows.splice(2..2, rivals(&space, judged));
            }
            add(section, &mut sections, options);
        }
    }
    measure_samples(options, &home, &mut sections);
    if sections.is_empty() {
        println!("SKIPPED: NOTHING WAS MEASURED. There are no sets in {}", options.sets.display());
        return true;
    }
    if let Some(path) = &options.json {
        write(&sections, path);
    }
    conclude(&sections) || options.is(Flag::NoGates)
}

/// The judged sets, by what they are asked of.
fn judged(options: &Options) -> Vec<(Space, Vec<Judged>)> {
    let mut all: Vec<(Space, Vec<Judged>)> = Vec::new();
    all.extend(skills::read(&options.sets, options.beside));
    all.extend(melo::read(&options.sets).into_iter().map(|(space, one)| (space, vec![one])));
    all.extend(onet::read(&options.sets).map(|(space, one)| (space, vec![one])));
    for (_, judged) in &mut all {
        judged.retain(|one| options.has(&one.name));
    }
    all.retain(|(_, judged)| !judged.is_empty());
    all
}

fn measure_samples(options: &Options, home: &Home, sections: &mut Vec<Section>) {
    let [has_codes, has_wholes, has_mistyped, has_beginnings, has_hostile] =
        SAMPLES.map(|name| options.has(name));
    if !SAMPLES.iter().any(|name| options.has(name)) {
        return;
    }
    let Some([case, ctdl]) = samples::folders(&options.sets) else {
        println!(
            "SKIPPED: {}: there are no samples beside {}",
            SAMPLES.join(", "),
            options.sets.display()
        );
        return;
    };
    let mut service = home.serve_files("samples", &[case.clone(), ctdl.clone()]);
    let doors = Doors { address: service.address() };
    let of_case = samples::case(&case);
    let mut all = of_case.clone();
    if has_wholes || has_mistyped || has_beginnings {
        all.extend(samples::ctdl(&ctdl, doors));
    }
    let asked = [
        has_codes.then(|| codes(doors, &of_case)),
        has_wholes.then(|| wholes(doors, &all)),
        has_mistyped.then(|| mistyped(doors, &all)),
        has_beginnings.then(|| beginnings(doors, &all)),
    ];
    for section in asked.into_iter().flatten() {
        add(section, sections, options);
    }
    if has_hostile {
        let folder = case.parent().unwrap_or(Path::new("")).join("abuse");
        match hostile(&mut service, &folder) {
            Some(section) => add(section, sections, options),
            None => println!("SKIPPED: hostile: there are no strings in {}", folder.display()),
        }
    }
}

fn add(section: Section, to: &mut Vec<Section>, options: &Options) {
    section.print(options.n_misses);
    to.push(section);
}

#[cfg(test)]
mod tests {
    use std::process::ExitCode;

    use super::run;

    #[test]
    fn without_the_sets_nothing_is_measured_and_nothing_fails() {
        let nowhere = tempfile::tempdir().unwrap();
        let sets = nowhere.path().to_str().unwrap().to_owned();
        let args = |more: &[&str]| {
            let first = ["--only", "tech", "--sets"].map(str::to_owned).into_iter();
            first
                .chain([sets.clone()])
                .chain(more.iter().map(|&one| one.to_owned()))
                .collect::<Vec<_>>()
        };
        assert_eq!(run(args(&[])), ExitCode::SUCCESS);
        assert_eq!(run(args(&["--no-such-option"])), ExitCode::from(2));
    }
}
