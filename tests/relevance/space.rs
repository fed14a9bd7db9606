//! What may be found, as a framework of CASE.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

const DAY: &str = "2026-01-01T00:00:00+00:00";

const HOST: &str = "https://case.relevance.example";

/// An item of the framework.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// What it is called; its full statement.
    pub label: String,
    /// What explains it; its notes.
    pub definition: Option<String>,
    /// What else it is called; its keywords.
    pub alternatives: Vec<String>,
    pub code: Option<String>,
    pub language: String,
}

/// A framework that is imported and asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Space {
    /// The name of its data directory.
    pub name: String,
    pub title: String,
    pub entries: Vec<Entry>,
}

impl Space {
    /// The identifier of the item of a number.
    pub(crate) fn identifier(&self, number: usize) -> String {
        // FNV-1a of the name, so that two frameworks share no item.
        let hash = self.name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        format!("{:08x}-{:04x}-4000-8000-{number:012x}", hash >> 32, hash & 0xffff)
    }

    /// The numbers of the items by their identifiers.
    pub(crate) fn numbers(&self) -> BTreeMap<String, usize> {
        (0..self.entries.len()).map(|number| (self.identifier(number), number)).collect()
    }

    /// Writes it as a package.
    pub(crate) fn write(&self, path: &Path) {
        let mut file = BufWriter::new(File::create(path).unwrap());
        let document = self.identifier(0xffff_ffff_ffff);
        let uri = format!("{HOST}/uri/{document}");
        let whole = json!({
            "identifier": document, "uri": uri, "title": self.title, "creator": "relevance",
            "lastChangeDateTime": DAY, "adoptionStatus": "Adopted",
            "CFPackageURI": {"title": self.title, "identifier": document,
                "uri": format!("{HOST}/ims/case/v1p0/CFPackages/{document}")},
        });
        write!(file, "{{\"CFDocument\": {whole},\n\"CFItems\": [").unwrap();
        let link = json!({"title": self.title, "identifier": document, "uri": uri});
        for (number, entry) in self.entries.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let item = item(&self.identifier(number), &link, entry);
            write!(file, "{comma}\n{item}").unwrap();
        }
        writeln!(file, "],\n\"CFAssociations\": []}}").unwrap();
        file.flush().unwrap();
    }
}

fn item(identifier: &str, link: &Value, entry: &Entry) -> Value {
    let mut item = Map::new();
    let mut set = |name: &str, value: Value| item.insert(name.to_owned(), value);
    set("identifier", identifier.into());
    set("uri", format!("{HOST}/uri/{identifier}").into());
    set("lastChangeDateTime", DAY.into());
    set("CFDocumentURI", link.clone());
    set("fullStatement", entry.label.as_str().into());
    set("language", entry.language.as_str().into());
    if let Some(code) = &entry.code {
        set("humanCodingScheme", code.as_str().into());
    }
    if let Some(definition) = &entry.definition {
        set("notes", definition.as_str().into());
    }
    if !entry.alternatives.is_empty() {
        set("conceptKeywords", json!(entry.alternatives));
    }
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::Value;

    use super::{Entry, Space};

    #[test]
    fn a_space_is_a_package_whose_items_are_told_apart() {
        let entry = |label: &str, code: Option<&str>| Entry {
            label: label.to_owned(),
            code: code.map(str::to_owned),
            language: "de".to_owned(),
            ..Entry::default()
        };
        let space = Space {
            name: "skills".to_owned(),
            title: "Skills".to_owned(),
            entries: vec![entry("Brot backen", None), entry("sagen: „so“", Some("1.a"))],
        };
        let file = tempfile::NamedTempFile::new().unwrap();
        space.write(file.path());
        let read: Value = serde_json::from_slice(&fs::read(file.path()).unwrap()).unwrap();
        let items = read["CFItems"].as_array().unwrap();
        assert_eq!(items.len(), 2);
        assert_eq!(items[1]["fullStatement"], "sagen: „so“");
        assert_eq!(
            (&items[1]["humanCodingScheme"], &items[1]["language"]),
            (&"1.a".into(), &"de".into())
        );
        assert!(items[0].get("notes").is_none());
        assert_eq!(space.numbers()[items[1]["identifier"].as_str().unwrap()], 1);
        let other = Space { name: "jobs".to_owned(), ..space.clone() };
        assert_ne!(other.identifier(0), space.identifier(0));
    }
}
