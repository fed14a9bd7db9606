//! A record of CTDL as the bare JSON that it is: its nodes, what they are known by, and keys in any spelling of their namespace. It shares
//! nothing with the reader.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

pub(super) type Object = Map<String, Value>;

/// The namespaces of records, by a part that no spelling of theirs lacks.
const NAMESPACES: &[(&str, &str)] = &[
    ("/ctdlasn/terms/", "ceasn:"),
    ("/ctdl/terms/", "ceterms:"),
    ("/ceterms/terms/", "ceterms:"),
    ("/qdata/terms/", "qdata:"),
    ("/asn/schema/core/", "asn:"),
    ("/schema.org/", "schema:"),
    ("/skos/core#", "skos:"),
    ("/22-rdf-syntax-ns#", "rdf:"),
];

pub(super) fn each_object<'a>(value: &'a Value, visit: &mut dyn FnMut(&'a Object)) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| each_object(value, visit)),
        Value::Object(object) => visit(object),
        _ => {}
    }
}

/// The values of a property: those of an array or a container, or the one.
pub(super) fn values(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().flat_map(self::values).collect(),
        Value::Object(object) => {
            let contained = ["@list", "@set"].iter().find_map(|key| object.get(*key));
            contained.map_or_else(|| vec![value], values)
        }
        Value::Null => Vec::new(),
        _ => vec![value],
    }
}

/// The first text of a value, in whatever language.
pub(super) fn first_text(value: Option<&Value>) -> Option<&str> {
    match value? {
        Value::String(text) => Some(text),
        Value::Array(values) => values.iter().find_map(|value| first_text(Some(value))),
        Value::Object(object) => object.values().find_map(|value| first_text(Some(value))),
        _ => None,
    }
}

/// The nodes of one record.
pub(super) struct Record<'a> {
    pub nodes: Vec<&'a Object>,
    pub prefixes: BTreeMap<&'a str, &'a str>,
    pub by_name: BTreeMap<String, &'a Object>,
    /// What nodes are known by whose address says another CTID than they do.
    pub renamed: BTreeMap<String, String>,
}

impl<'a> Record<'a> {
    pub(super) fn of(record: &'a Object) -> Self {
        let mut prefixes = BTreeMap::new();
        each_object(record.get("@context").unwrap_or(&Value::Null), &mut |context| {
            prefixes.extend(
                context.iter().filter_map(|(name, iri)| Some((name.as_str(), iri.as_str()?))),
            );
        });
        let nodes = match record.get("@graph") {
            Some(graph) => values(graph).into_iter().filter_map(Value::as_object).collect(),
            None if record.contains_key("@type") => vec![record],
            None => Vec::new(),
        };
        let mut read = Self { nodes, prefixes, by_name: BTreeMap::new(), renamed: BTreeMap::new() };
        for node in read.nodes.clone() {
            let Some(name) = read.name_of(node) else { continue };
            if let Some(address) = node.get("@id").and_then(Value::as_str).map(folded) {
                read.renamed.insert(address, name.clone());
            }
            read.by_name.insert(name, node);
        }
        read
    }

    /// A key or a class with its usual prefix.
    pub(super) fn term(&self, text: &str) -> String {
        let text = text.trim().trim_end_matches(':');
        let prefixed = text.split_once(':').filter(|(_, local)| !local.starts_with("//"));
        let own = prefixed.and_then(|(prefix, local)| Some((*self.prefixes.get(prefix)?, local)));
        let iri = own.map_or_else(|| text.to_owned(), |(iri, local)| format!("{iri}{local}"));
        let lower = iri.to_lowercase();
        let known = NAMESPACES.iter().find_map(|(part, prefix)| {
            let at = lower.find(part).filter(|_| iri.contains("://"))?;
            Some(format!("{prefix}{}", iri.get(at + part.len()..)?))
        });
        known.unwrap_or(if own.is_some() { iri } else { text.to_owned() })
    }

    pub(super) fn get(&self, node: &'a Object, term: &str) -> Option<&'a Value> {
        node.iter().find(|(key, _)| self.term(key) == term).map(|(_, value)| value)
    }

    pub(super) fn is_a(&self, node: &Object, class: &str) -> bool {
        let mut classes = node.get("@type").into_iter().flat_map(values).filter_map(Value::as_str);
        classes.any(|held| self.term(held) == class)
    }

    /// What a node is known by: its CTID, else its address.
    pub(super) fn name_of(&self, node: &'a Object) -> Option<String> {
        let address = ["@id", "id"].iter().find_map(|key| node.get(*key)).and_then(Value::as_str);
        let address = address.map(folded);
        let stated = first_text(self.get(node, "ceterms:ctid")).map(folded);
        match (stated, address) {
            // An address in another environment says in which the CTID is.
            (Some(ctid), Some(address)) if address.ends_with(&ctid) => Some(address),
            (Some(ctid), _) if ctid.contains("ce-") => Some(ctid),
            (_, address) => address,
        }
    }

    /// What a reference names.
    pub(super) fn named(&self, text: &str) -> String {
        let name = folded(text);
        self.renamed.get(&name).cloned().unwrap_or(name)
    }

    /// An alignment object, also where it is called a competency.
    pub(super) fn is_alignment_object(&self, node: &'a Object) -> bool {
        let says_where = ["ceterms:targetNode", "ceterms:targetNodeName", "ceterms:frameworkName"];
        let is_mistyped = self.is_a(node, "ceasn:Competency")
            && self.get(node, "ceasn:competencyText").is_none()
            && says_where.iter().any(|term| self.get(node, term).is_some());
        self.is_a(node, "ceterms:CredentialAlignmentObject") || is_mistyped
    }
}

/// Tells whether a text names something: it has a scheme or a prefix, or is a CTID.
pub(super) fn is_address(text: &str) -> bool {
    let text = text.trim();
    let has_prefix = text.split_once(':').is_some_and(|(prefix, rest)| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-' | '_');
        !prefix.is_empty() && prefix.chars().all(is_name) && !rest.contains(char::is_whitespace)
    });
    has_prefix || folded(text).starts_with("ce-")
}

/// An address without what may differ between spellings of one: a CTID in lower case, with the environment it is in.
fn folded(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let environment = ["sandbox", "staging"].iter().find(|word| {
        lower
            .split("://")
            .nth(1)
            .unwrap_or_default()
            .split('/')
            .next()
            .unwrap_or_default()
            .contains(*word)
    });
    match lower.rfind("ce-").and_then(|at| lower.get(at..at + 39)) {
        Some(ctid) if is_ctid(ctid) => format!("{}{ctid}", environment.unwrap_or(&"")),
        _ => text.trim().trim_end_matches('/').replace("http://", "https://"),
    }
}

fn is_ctid(text: &str) -> bool {
    text.bytes().enumerate().all(|(at, byte)| match at {
        0 => byte == b'c',
        1 => byte == b'e',
        2 | 11 | 16 | 21 | 26 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}
