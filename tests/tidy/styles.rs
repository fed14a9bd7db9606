//! The one stylesheet: every rule is closed, and is of something that is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::tidy::sources::{Source, below, root};

/// The selectors of a stylesheet; or what is wrong with its braces.
fn selectors(sheet: &str) -> Result<Vec<String>, String> {
    let (mut selectors, mut open) = (Vec::new(), Vec::<String>::new());
    let (mut head, mut quote) = (String::new(), None);
    for letter in without_comments(sheet).chars() {
        match letter {
            '"' | '\'' if quote.is_none() => quote = Some(letter),
            _ if quote == Some(letter) => quote = None,
            _ if quote.is_some() => {}
            '{' => {
                let rule = head.trim().to_owned();
                head.clear();
                if let Some(outer) = open.last().filter(|outer| !outer.starts_with('@')) {
                    return Err(format!("`{rule}` stands inside `{outer}`"));
                }
                selectors.extend((!rule.starts_with('@')).then(|| rule.clone()));
                open.push(rule);
            }
            '}' => {
                head.clear();
                if open.pop().is_none() {
                    return Err(format!("a brace too many after {:?}", selectors.last()));
                }
            }
            ';' => head.clear(),
            _ => head.push(letter),
        }
    }
    open.pop().map_or(Ok(selectors), |rule| Err(format!("`{rule}` does not end")))
}

fn without_comments(sheet: &str) -> String {
    let mut parts = sheet.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    let after = |part| str::split_once(part, "*/").map_or("", |(_, after)| after);
    parts.fold(first, |text, part| text + " " + after(part))
}

fn is_of_a_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-' || letter == '_'
}

/// The classes and identifiers that a selector names.
fn named(selector: &str) -> impl Iterator<Item = &str> {
    let parts = selector.split(['.', '#']).skip(1);
    let names = parts.map(|part| part.split(|c: char| !is_of_a_name(c)).next().unwrap_or_default());
    names.filter(|name| name.starts_with(char::is_alphabetic))
}

/// The text of every file below a folder that has an ending.
fn texts(folder: &Path, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(texts(&path, ending));
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
    found
}

/// The words that stand in quotes, as classes do wherever they are given.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines();
    let parts = lines.flat_map(|line| line.split(['"', '`']).skip(1).step_by(2));
    parts.flat_map(|part| part.split(|c: char| !is_of_a_name(c)))
}

fn sheet() -> String {
    fs::read_to_string(root().join("src/web/assets/style.css")).unwrap()
}

#[test]
fn every_rule_is_closed_and_stands_in_no_other() {
    let selectors = selectors(&sheet()).unwrap();
    assert!(selectors.len() > 100, "{selectors:?}");
}

#[test]
fn every_rule_is_of_something_that_is_there() {
    let web = root().join("src/web");
    let mut all = texts(&web.join("templates"), "html");
    all.extend(texts(&web.join("assets"), "js"));
    let code = |source: &Source| source.code().collect::<Vec<_>>().join("\n");
    all.extend(below("src").iter().map(code));
    let there: BTreeSet<&str> = all.iter().flat_map(|text| quoted(text)).collect();
    for selector in selectors(&sheet()).unwrap() {
        for name in named(&selector) {
            assert!(there.contains(name), "nothing is called {name}, as in `{selector}`");
        }
    }
}

#[test]
fn what_is_not_closed_is_seen() {
    let fine = "/* { */ @media print { .a, #b.c { content: \"}\"; top: 0.5rem } } .d{}";
    let found = selectors(fine).unwrap();
    assert_eq!(found, [".a, #b.c", ".d"]);
    let names: Vec<&str> = found.iter().flat_map(|selector| named(selector)).collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
    for wrong in [".a { color: red; .b { top: 0 } }", ".a { top: 0", "@media { .a {}", ".a {} }"] {
        assert!(selectors(wrong).is_err(), "{wrong}");
    }
}
