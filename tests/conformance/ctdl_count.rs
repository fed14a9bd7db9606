//! A second count of what stands in a record of CTDL, made from the bare JSON. It shares nothing with the reader.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

type Object = Map<String, Value>;

/// What a file holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    /// Nodes of each class, wherever they stand.
    pub classes: BTreeMap<String, u64>,
    /// Different ways from a resource to another, by the property that they begin with.
    pub alignments: BTreeMap<String, u64>,
    /// Different pairs of child and parent.
    pub children: u64,
}

/// Properties that lead to what is asked for through condition profiles.
const CONDITIONS: &str = "requires recommends corequisite coPrerequisite entryCondition renewal isPreparationFor \
    preparationFrom isAdvancedStandingFor advancedStandingFrom isRequiredFor isRecommendedFor membershipCondition \
    supportServiceCondition";

/// Properties that lead from a resource to another, or to words about it, by their prefixes.
const LINKS: &[(&str, &str)] = &[
    (
        "ceterms",
        "teaches assesses ownedBy offeredBy accreditedBy approvedBy recognizedBy regulatedBy renewedBy revokedBy \
         registeredBy hasPart hasMember exactAlignment broadAlignment narrowAlignment majorAlignment minorAlignment \
         isSimilarTo latestVersion nextVersion supersededBy commonConditions",
    ),
    (
        "ceasn asn",
        "exactAlignment broadAlignment narrowAlignment majorAlignment minorAlignment prerequisiteAlignment alignTo \
         alignFrom derivedFrom comprisedOf crossSubjectReference",
    ),
    ("ceasn", "exactMatch inferredCompetency isVersionOf creator publisher"),
    ("skos", "exactMatch closeMatch broadMatch narrowMatch relatedMatch related"),
];

/// Properties that lead to a resource from another; words are nothing that could lead anywhere.
const BACK_LINKS: &[(&str, &str)] = &[
    (
        "ceterms",
        "owns offers accredits approves recognizes regulates renews revokes isPartOf isMemberOf previousVersion \
         supersedes",
    ),
    ("ceasn", "isMemberOf"),
];

fn is_among(table: &[(&str, &str)], (prefix, local): (&str, &str)) -> bool {
    let has = |words: &str, word: &str| words.split_whitespace().any(|held| held == word);
    table.iter().any(|(prefixes, words)| has(prefixes, prefix) && has(words, local))
}

/// Properties of hierarchy that the parent states.
const DOWN: &[&str] = &["hasChild", "hasTopChild", "narrower", "hasTopConcept"];

/// Properties of hierarchy that the child states.
const UP: &[&str] = &["isChildOf", "isTopChildOf", "broader", "topConceptOf"];

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

impl Count {
    /// Counts a file; an array holds a document in each element.
    pub(super) fn of(file: &Value) -> Self {
        let mut count = Self::default();
        for document in file.as_array().map_or(std::slice::from_ref(file), Vec::as_slice) {
            let inside = document.get("decoded_resource").filter(|record| record.is_object());
            if let Some(record) = inside.unwrap_or(document).as_object() {
                count.add(&Record::of(record));
            }
        }
        count
    }

    fn add(&mut self, record: &Record<'_>) {
        for node in &record.nodes {
            each_class(node, &mut |class| {
                *self.classes.entry(record.term(class)).or_default() += 1;
            });
        }
        let mut ways = Ways { record, links: BTreeSet::new(), pairs: BTreeSet::new() };
        for (at, node) in record.nodes.iter().enumerate() {
            let own = record.name_of(node).unwrap_or_else(|| format!("nameless {at}"));
            ways.node(&own, node);
        }
        self.children += ways.pairs.len() as u64;
        for (.., path) in &ways.links {
            *self.alignments.entry(first(path).to_owned()).or_default() += 1;
        }
    }
}

/// The property that a way is counted under: shared conditions lead elsewhere than what they are shared by.
pub(super) fn first(path: &str) -> &str {
    if path.ends_with("ceterms:commonConditions") {
        return "ceterms:commonConditions";
    }
    path.split(" > ").next().unwrap_or_default()
}

/// Hands over the class of every node in a value.
fn each_class<'a>(node: &'a Object, visit: &mut dyn FnMut(&'a str)) {
    if node.contains_key("@value") {
        return;
    }
    for class in node.get("@type").into_iter().flat_map(values).filter_map(Value::as_str) {
        visit(class);
    }
    let inside = node.iter().filter(|(key, _)| !key.starts_with('@') || is_container(key));
    for (_, value) in inside {
        each_object(value, &mut |node| each_class(node, visit));
    }
}

fn each_object<'a>(value: &'a Value, visit: &mut dyn FnMut(&'a Object)) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| each_object(value, visit)),
        Value::Object(object) => visit(object),
        _ => {}
    }
}

fn is_container(key: &str) -> bool {
    matches!(key, "@list" | "@set" | "@graph" | "@included")
}

/// The values of a property: those of an array or a container, or the one.
fn values(value: &Value) -> Vec<&Value> {
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
fn first_text(value: Option<&Value>) -> Option<&str> {
    match value? {
        Value::String(text) => Some(text),
        Value::Array(values) => values.iter().find_map(|value| first_text(Some(value))),
        Value::Object(object) => object.values().find_map(|value| first_text(Some(value))),
        _ => None,
    }
}

/// The nodes of one record.
struct Record<'a> {
    nodes: Vec<&'a Object>,
    prefixes: BTreeMap<&'a str, &'a str>,
    by_name: BTreeMap<String, &'a Object>,
    /// What nodes are known by whose address says another CTID than they do.
    renamed: BTreeMap<String, String>,
}

impl<'a> Record<'a> {
    fn of(record: &'a Object) -> Self {
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
    fn term(&self, text: &str) -> String {
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

    fn get(&self, node: &'a Object, term: &str) -> Option<&'a Value> {
        node.iter().find(|(key, _)| self.term(key) == term).map(|(_, value)| value)
    }

    fn is_a(&self, node: &Object, class: &str) -> bool {
        let mut classes = node.get("@type").into_iter().flat_map(values).filter_map(Value::as_str);
        classes.any(|held| self.term(held) == class)
    }

    /// What a node is known by: its CTID, else its address.
    fn name_of(&self, node: &'a Object) -> Option<String> {
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
    fn named(&self, text: &str) -> String {
        let name = folded(text);
        self.renamed.get(&name).cloned().unwrap_or(name)
    }

    /// An alignment object, also where it is called a competency.
    fn is_alignment_object(&self, node: &'a Object) -> bool {
        let says_where = ["ceterms:targetNode", "ceterms:targetNodeName", "ceterms:frameworkName"];
        let is_mistyped = self.is_a(node, "ceasn:Competency")
            && self.get(node, "ceasn:competencyText").is_none()
            && says_where.iter().any(|term| self.get(node, term).is_some());
        self.is_a(node, "ceterms:CredentialAlignmentObject") || is_mistyped
    }
}

/// The ways from the resources of one record.
struct Ways<'a> {
    record: &'a Record<'a>,
    /// Origin, target and the way between them.
    links: BTreeSet<(String, String, String)>,
    /// Child and parent.
    pairs: BTreeSet<(String, String)>,
}

impl<'a> Ways<'a> {
    fn node(&mut self, own: &str, node: &'a Object) {
        for (key, value) in node {
            let term = self.record.term(key);
            let (prefix, local) = term.split_once(':').unwrap_or(("", &term));
            let is_family = ["ceasn", "asn", "ceterms", "skos"].contains(&prefix);
            for value in values(value) {
                if is_among(&[("ceterms", CONDITIONS)], (prefix, local)) {
                    self.condition(own, value, &term, 0);
                } else if is_family && DOWN.contains(&local) {
                    self.pair(own, value, true);
                } else if is_family && UP.contains(&local) {
                    self.pair(own, value, false);
                } else if self.is_hierarchy(node, &term, value) {
                    self.pair(own, value, term == "ceasn:narrowAlignment");
                } else if is_among(LINKS, (prefix, local)) {
                    for target in self.targets(value) {
                        self.link(own, target, &term);
                    }
                } else if is_among(BACK_LINKS, (prefix, local)) {
                    for target in self.targets(value).into_iter().filter(|(_, is_named)| *is_named)
                    {
                        self.link(own, target, &term);
                    }
                }
            }
        }
    }

    fn link(&mut self, own: &str, (target, _): (String, bool), path: &str) {
        if target != own || path.contains(" > ") {
            self.links.insert((own.to_owned(), target, path.to_owned()));
        }
    }

    fn pair(&mut self, own: &str, value: &'a Value, is_parent: bool) {
        let Some(other) = self.address(value).filter(|other| other != own) else { return };
        let own = own.to_owned();
        self.pairs.insert(if is_parent { (other, own) } else { (own, other) });
    }

    /// Broader and narrower between competencies of one framework are its hierarchy.
    fn is_hierarchy(&self, node: &'a Object, term: &str, value: &'a Value) -> bool {
        if !matches!(term, "ceasn:broadAlignment" | "ceasn:narrowAlignment") {
            return false;
        }
        let home = |node: &'a Object| {
            let home = self.record.get(node, "ceasn:isPartOf")?;
            let home = values(home).into_iter().next()?;
            self.address(home).filter(|_| self.record.is_a(node, "ceasn:Competency"))
        };
        let other = self.address(value).and_then(|name| self.record.by_name.get(&name).copied());
        let (own, other) = (home(node), other.and_then(home));
        own.is_some() && own == other
    }

    /// What a value names; `None` where it only says something.
    fn address(&self, value: &'a Value) -> Option<String> {
        match value {
            Value::String(text) => is_address(text).then(|| self.record.named(text)),
            Value::Object(node) => {
                let own = self.record.name_of(node)?;
                Some(self.record.renamed.get(&own).cloned().unwrap_or(own))
            }
            _ => None,
        }
    }

    /// The targets of a value, with whether each is named or in words alone.
    fn targets(&self, value: &'a Value) -> Vec<(String, bool)> {
        let object = value.as_object();
        let elsewhere = self.address(value).and_then(|n| self.record.by_name.get(&n).copied());
        let is_alignment_object = |node: &&'a Object| self.record.is_alignment_object(node);
        if let Some(node) = [elsewhere, object].into_iter().flatten().find(is_alignment_object) {
            return self.of_alignment_object(node);
        }
        if let Some(name) = self.address(value) {
            return vec![(name, true)];
        }
        let names = ["ceterms:name", "ceasn:competencyText", "ceasn:name", "skos:prefLabel"];
        let words = match object {
            Some(node) => names
                .iter()
                .chain(&["ceterms:description"])
                .find_map(|term| first_text(self.record.get(node, term))),
            None => value.as_str(),
        };
        words.map(|words| (format!("words\n{words}"), false)).into_iter().collect()
    }

    fn of_alignment_object(&self, node: &'a Object) -> Vec<(String, bool)> {
        let text = |term: &str| first_text(self.record.get(node, term)).unwrap_or_default();
        let nodes = self.record.get(node, "ceterms:targetNode").into_iter().flat_map(values);
        let named: Vec<_> = nodes.filter_map(|value| Some((self.address(value)?, true))).collect();
        let spelled = text("ceterms:targetNode");
        let title = Some(text("ceterms:targetNodeName")).filter(|title| !title.is_empty());
        let title = title.unwrap_or(spelled);
        let code = text("ceterms:codedNotation");
        if !named.is_empty() || (title.is_empty() && code.is_empty()) {
            return named;
        }
        let framework = [text("ceterms:framework"), text("ceterms:frameworkName")];
        let framework = framework.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        vec![(format!("words\n{title}\n{framework}\n{code}"), false)]
    }

    /// Follows one value of a condition property.
    fn condition(&mut self, own: &str, value: &'a Value, path: &str, depth: usize) {
        assert!(depth < 16, "conditions lead in a circle: {own} {path}");
        let name = self.address(value);
        let elsewhere = name.as_ref().and_then(|name| self.record.by_name.get(name).copied());
        let is_profile = |node: &Object| self.record.is_a(node, "ceterms:ConditionProfile");
        let object = value.as_object().filter(|node| node.len() > 1);
        match (object, elsewhere) {
            (Some(node), _) if is_profile(node) => self.profile(own, node, path, depth),
            (_, Some(node)) if is_profile(node) => self.profile(own, node, path, depth),
            (Some(node), _) if name.is_none() && !self.record.is_alignment_object(node) => {
                self.profile(own, node, path, depth);
            }
            // Words alone say what is asked for, and name nothing.
            _ if value.is_string() && name.is_none() => {}
            _ => {
                for target in self.targets(value) {
                    self.link(own, target, path);
                }
            }
        }
    }

    fn profile(&mut self, own: &str, node: &'a Object, path: &str, depth: usize) {
        for (key, value) in node {
            let term = self.record.term(key);
            let path = format!("{path} > {term}");
            let is_target = term.strip_prefix("ceterms:target").is_some_and(|rest| {
                !rest.starts_with("Node") && rest != "ContactPoint" && !rest.is_empty()
            });
            for value in values(value) {
                if term == "ceterms:alternativeCondition" {
                    self.condition(own, value, &path, depth + 1);
                } else if is_target || term == "ceterms:commonConditions" {
                    for target in self.targets(value) {
                        self.link(own, target, &path);
                    }
                }
            }
        }
    }
}

/// Tells whether a text names something: it has a scheme or a prefix, or is a CTID.
fn is_address(text: &str) -> bool {
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
