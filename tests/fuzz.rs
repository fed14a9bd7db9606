//! The bodies of the fuzz targets, over the files that lie in `fuzz/corpus` and over changes to them.
//!
//! `make fuzz` lets libFuzzer look for more where a nightly compiler is at hand; here the same bodies run with every test.

mod baking;
mod container;
mod extract;
mod identify;
mod mutation;
mod png;
mod svg;

use std::fs;
use std::path::Path;

use crate::fuzz::mutation::Mutations;

/// How many changes of each file are tried.
const N_MUTATIONS: usize = 200;
/// The fewest files that a target has.
const FEWEST_FILES: usize = 10;

/// Runs a body over each file of a target, and over changes of it that are the same in every run.
#[track_caller]
fn run(target: &str, body: fn(&[u8])) {
    let mut n_files = 0;
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    for entry in fs::read_dir(corpus).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        body(&bytes);
        Mutations::of(&bytes).take(N_MUTATIONS).for_each(|changed| body(&changed));
        n_files += 1;
    }
    assert!(n_files >= FEWEST_FILES, "only {n_files} files");
}

#[test]
fn extraction_keeps_its_promises_for_any_bytes() {
    run("extract", extract::body);
}

#[test]
fn a_credential_says_the_same_in_every_carrier() {
    run("container", container::body);
}

#[test]
fn no_png_breaks_the_reader() {
    run("png", png::body);
}

#[test]
fn no_svg_breaks_the_reader() {
    run("svg", svg::body);
}

#[test]
fn any_text_is_identified_as_something() {
    run("identify", identify::body);
}
