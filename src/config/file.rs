//! The file: where it lies, and what stands in it, with the lines.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use toml::de::DeTable;
use toml::{Spanned, Value};

use crate::config::error::Fault;
use crate::config::key::Key;
use crate::config::origin::Origin;
use crate::config::raw::Raw;

/// The name of the file where nobody names another.
const NAME: &str = "alidade.toml";

/// A value with its name and its place.
pub(super) type Entry = (Key, Raw, Origin);

/// The file that is read: the one that was named, else one that lies where it is looked for.
pub(super) fn find(named: Option<&Path>) -> Option<PathBuf> {
    if let Some(named) = named {
        return Some(named.to_owned());
    }
    let here = PathBuf::from(NAME);
    let folders = directories::ProjectDirs::from("", "", "alidade");
    let usual = folders.map(|folders| folders.config_dir().join(NAME));
    [Some(here), usual].into_iter().flatten().find(|path| path.exists())
}

/// Reads a file: every value that is no table, and every table that is empty.
pub(super) fn read(path: &Path) -> Result<Vec<Entry>, Fault> {
    let shown = path.display();
    let text = fs::read_to_string(path).map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "is not there".to_owned(),
            ErrorKind::InvalidData => "is no UTF-8".to_owned(),
            _ => format!("cannot be read: {error}"),
        };
        Fault::whole(format!("`{shown}` {reason}"))
    })?;
    parse(&text, path)
}

fn parse(text: &str, path: &Path) -> Result<Vec<Entry>, Fault> {
    // The words of the parser without the line itself, in which a secret may stand.
    let refuse = |error: toml::de::Error| {
        let line = error.span().map_or(1, |span| line(text, span.start));
        Fault::whole(format!("`{}`, line {line}: {}", path.display(), error.message()))
    };
    let places = DeTable::parse(text).map_err(refuse)?;
    let values: toml::Table = text.parse().map_err(refuse)?;
    let mut entries = Vec::new();
    let mut open = vec![(Key::of(&[]), places.get_ref(), values)];
    while let Some((key, places, mut values)) = open.pop() {
        for (name, place) in places {
            let Some(value) = values.remove(name.get_ref().as_ref()) else { continue };
            let child = key.child(name.get_ref());
            match (place.get_ref().as_table(), value) {
                (Some(below), Value::Table(values)) if !values.is_empty() => {
                    open.push((child, below, values));
                }
                (_, value) => {
                    let line = line(text, start(name));
                    let origin = Origin::File { path: path.to_owned(), line };
                    entries.push((child, Raw::Typed(value), origin));
                }
            }
        }
    }
    Ok(entries)
}

fn start<T>(place: &Spanned<T>) -> usize {
    place.span().start
}

/// The line, from 1, that a byte stands in.
fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Raw, parse};

    #[test]
    fn every_value_has_its_key_and_its_line() {
        let text = "data = \"d\"\n\n[sources.a]\nkind = \"case\"\nframeworks = [\n  \"x\",\n]\n\
                    credentials.client_id = \"me\"\n[sources.b]\n";
        let mut found: Vec<String> = parse(text, Path::new("f"))
            .unwrap()
            .into_iter()
            .map(|(key, _, origin)| format!("{key} {origin}"))
            .collect();
        found.sort();
        assert_eq!(
            found,
            [
                "data f, line 1",
                "sources.a.credentials.client_id f, line 8",
                "sources.a.frameworks f, line 5",
                "sources.a.kind f, line 4",
                "sources.b f, line 9",
            ]
        );
    }

    #[test]
    fn a_slip_has_its_line_and_repeats_nothing_of_it() {
        for text in ["a = 1\ntoken = hunter2 hunter2\n", "a = 1\na = \"hunter2\"\n"] {
            let fault = parse(text, Path::new("f.toml")).unwrap_err().to_string();
            assert!(fault.starts_with("`f.toml`, line 2: "), "{fault}");
            assert!(!fault.contains("hunter2"), "{fault}");
        }
    }

    #[test]
    fn a_list_is_one_value() {
        let entries = parse("scopes = [\"a\", \"b\"]", Path::new("f")).unwrap();
        let [(_, raw, _)] = entries.as_slice() else { panic!("{entries:?}") };
        assert_eq!(raw.list().unwrap(), ["a", "b"]);
        assert_eq!(Raw::Text("a, b".to_owned()).list().unwrap(), ["a", "b"]);
        assert_eq!(Raw::Text("['a','b']".to_owned()).list().unwrap(), ["a", "b"]);
        assert_eq!(Raw::Text("[]".to_owned()).list().unwrap(), [""; 0]);
    }
}
