//! What scripts say stands in one place.

use std::fs;
use std::path::{Path, PathBuf};

use crate::tidy::sources::root;

/// The scripts that keep their words: the three files of words, of which the picker's goes to other sites with it, and the module that
/// others load, which has messages for whoever writes programs with it.
const KEEP: [&str; 5] = ["words.js", "badge/words.js", "picker/words.js", "alidade.js", "alidade/"];

/// What gives an element a text.
const SAYS: [&str; 10] = [
    ".textContent = ",
    ".innerText = ",
    ".title = ",
    ".placeholder = ",
    ".ariaLabel = ",
    ".label = ",
    ".alt = ",
    "setAttribute(\"aria-label\", ",
    "createTextNode(",
    "append(",
];

fn scripts(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(scripts(&path));
        } else if path.extension().is_some_and(|extension| extension == "js") {
            found.push(path);
        }
    }
    found
}

/// Whether a literal begins here that has a word of a language in it.
fn says(code: &str) -> bool {
    let Some(quote) = code.chars().next().filter(|quote| "\"'`".contains(*quote)) else {
        return false;
    };
    let literal = code[1..].split(quote).next().unwrap_or_default();
    // What stands in `${}` is no text of ours.
    let mut plain = String::new();
    for (number, part) in literal.split("${").enumerate() {
        plain.push_str(if number == 0 {
            part
        } else {
            part.split_once('}').map_or("", |(_, rest)| rest)
        });
        plain.push(' ');
    }
    plain.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1)
}

#[test]
fn no_script_has_words_of_its_own() {
    let folder = root().join("src/web/assets");
    let mut n_read = 0;
    for path in scripts(&folder) {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().to_owned();
        if KEEP.iter().any(|keep| name.starts_with(keep)) {
            continue;
        }
        n_read += 1;
        let text = fs::read_to_string(&path).unwrap();
        for mark in SAYS {
            for code in text.split(mark).skip(1) {
                let line = code.lines().next().unwrap_or_default();
                assert!(!says(code), "{name} says something of its own: {mark}{line}");
            }
        }
    }
    assert!(n_read >= 4, "{n_read} scripts were read");
}

#[test]
fn a_literal_with_words_is_told_from_one_without() {
    for code in ["\"Nothing found\"", "`${n} rows`", "'Stop'"] {
        assert!(says(code), "{code}");
    }
    for code in ["words.stopped", "`_:${value}`", "` ${tag}`", "\"›\"", "\"\"", "mark)"] {
        assert!(!says(code), "{code}");
    }
}
