//! Who may lean on whom.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::tidy::sources::{FOLDERS, Source, below, root};

/// What each crate of ours may lean on.
const LEANS_ON: &[(&str, &[&str])] =
    &[("ontology", &[]), ("crawler", &["ontology"]), ("index", &["ontology"])];

/// The foreign crates that stay at home, with the files that may name them; a folder ends in a slash.
const AT_HOME: &[(&str, &[&str])] = &[
    ("askama", &["src/page.rs", "src/page/", "src/server/answer.rs", "src/server/frame.rs"]),
    ("axum", &["crawler/src/source/registry/fake/", "src/server.rs", "src/server/"]),
    ("csv", &["src/export/"]),
    ("clap", &["src/cli.rs", "src/cli/", "src/main.rs"]),
    (
        "oxigraph",
        &[
            "index/src/description.rs",
            "index/src/dump/",
            "index/src/error.rs",
            "index/src/graph.rs",
            "index/src/rdf/",
            "index/src/reader.rs",
            "index/src/sparql/",
            "index/src/verify/",
        ],
    ),
    ("fluent_bundle", &["src/page/shell.rs", "src/page/words.rs"]),
    ("governor", &["crawler/src/host.rs", "crawler/src/host/", "src/server/rates.rs"]),
    (
        "hyper",
        &[
            "crawler/src/client.rs",
            "crawler/src/client/",
            "src/server/body.rs",
            "src/server/door.rs",
        ],
    ),
    ("hyper_util", &["crawler/src/client.rs", "crawler/src/client/", "src/server/door.rs"]),
    ("pulldown_cmark", &["src/page/prose/"]),
    ("pulldown_latex", &["src/page/prose/"]),
    ("reqwest", &["crawler/src/client.rs", "crawler/src/client/"]),
    ("rust_embed", &["src/server/files.rs"]),
    ("sled", &["crawler/src/state.rs", "crawler/src/state/"]),
    (
        "tantivy",
        &[
            "index/src/cards.rs",
            "index/src/directory.rs",
            "index/src/document.rs",
            "index/src/document/",
            "index/src/dump/",
            "index/src/error.rs",
            "index/src/language/stem.rs",
            "index/src/link_ends.rs",
            "index/src/outline.rs",
            "index/src/range/",
            "index/src/reader.rs",
            "index/src/related.rs",
            "index/src/schema.rs",
            "index/src/search/",
            "index/src/similar/",
            "index/src/sitemap.rs",
            "index/src/suggest/",
            "index/src/term.rs",
            "index/src/text.rs",
            "index/src/verify/",
            "index/src/vocabulary.rs",
        ],
    ),
    ("tokio", &["crawler/src/", "src/harvest.rs", "src/harvest/", "src/server.rs", "src/server/"]),
    ("tower_http", &["src/server/coding.rs", "src/server/routes.rs"]),
    ("unic_langid", &["src/page/words.rs"]),
];

/// Modules that lean on each other and should not; no others may join them.
const KNOWN_CIRCLES: &[(&str, &[&str])] = &[
    // A fault names a place of the files, and the files give faults.
    ("crawler/src", &["error", "source"]),
    // A resource is the sum of the kinds, and each kind has the identity that is declared beside the sum.
    ("ontology/src", &["competency", "definition", "profile", "resource", "rubric"]),
];

#[test]
fn crates_point_one_way() {
    for (name, allowed) in LEANS_ON {
        let manifest = fs::read_to_string(root().join(name).join("Cargo.toml")).unwrap();
        let keys: Vec<&str> =
            manifest.lines().filter_map(|line| line.split(['.', '=', ' ']).next()).collect();
        for (other, _) in LEANS_ON {
            let is_fine = !keys.contains(other) || allowed.contains(other);
            assert!(is_fine, "{name} must not depend on {other}");
        }
        assert!(!keys.contains(&"alidade"), "{name} must not depend on the root");
    }
}

#[test]
fn foreign_crates_stay_home() {
    let inside = FOLDERS.into_iter().filter(|folder| !["benches", "tests"].contains(folder));
    for source in inside.flat_map(below) {
        for (foreign, homes) in AT_HOME {
            let is_home = homes.iter().any(|home| {
                source.path == *home || (home.ends_with('/') && source.path.starts_with(home))
            });
            let named = source.code().find(|line| names(line, foreign));
            assert!(is_home || named.is_none(), "{} names {foreign}: {named:?}", source.path);
        }
    }
}

/// Tells whether a line of code names a crate.
fn names(line: &str, name: &str) -> bool {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':');
    let path = format!("{name}::");
    let mut texts = line.match_indices(&path).map(|(at, _)| line.split_at(at).0);
    texts.any(|before| !before.ends_with(is_inside))
}

#[test]
fn modules_lean_on_each_other_in_no_circle() {
    for folder in ["crawler/src", "index/src", "ontology/src", "src"] {
        let leans = leans(folder);
        let known = KNOWN_CIRCLES.iter().filter(|(name, _)| *name == folder);
        let known: BTreeSet<&str> =
            known.flat_map(|(_, modules)| modules.iter().copied()).collect();
        for module in leans.keys().filter(|module| !known.contains(module.as_str())) {
            let circle = way_back(&leans, module);
            assert!(circle.is_none(), "{folder}: {module} leans on itself: {circle:?}");
        }
    }
}

/// What each module at the top of a crate leans on; a file below `foo/` is a part of `foo`.
fn leans(folder: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut leans: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in below(folder) {
        let Some(module) = top_module(folder, &source) else { continue };
        let named = source.code().flat_map(named_modules).filter(|other| *other != module);
        leans.entry(module.clone()).or_default().extend(named.map(str::to_owned));
    }
    leans
}

fn top_module(folder: &str, source: &Source) -> Option<String> {
    let inside = source.path.strip_prefix(folder)?.trim_start_matches('/');
    let module = inside.split(['/', '.']).next()?;
    // The contents page names every module and is named by none.
    (!["lib", "main"].contains(&module)).then(|| module.to_owned())
}

fn named_modules(line: &str) -> impl Iterator<Item = &str> {
    let paths = line.split("crate::").skip(1);
    paths.filter_map(|path| path.split(|c: char| !(c.is_alphanumeric() || c == '_')).next())
}

/// The way from a module back to itself.
fn way_back(leans: &BTreeMap<String, BTreeSet<String>>, module: &str) -> Option<Vec<String>> {
    let mut seen = BTreeSet::new();
    let mut open = vec![vec![module.to_owned()]];
    while let Some(way) = open.pop() {
        for next in leans.get(way.last()?).into_iter().flatten() {
            let mut further = way.clone();
            further.push(next.clone());
            if next == module {
                return Some(further);
            }
            if seen.insert(next.clone()) {
                open.push(further);
            }
        }
    }
    None
}
