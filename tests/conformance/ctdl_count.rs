//! A second count of what stands in a record of CTDL, made from the bare JSON. It shares nothing with the reader.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::conformance::ctdl_json::{Object, Record, each_object, first_text, is_address, values};

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

fn is_container(key: &str) -> bool {
    matches!(key, "@list" | "@set" | "@graph" | "@included")
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
        let object = value.as_object().filter(|node| node.len() > 1);
        let is_profile = |node: &&'a Object| self.record.is_a(node, "ceterms:ConditionProfile");
        if let Some(node) = [object, elsewhere].into_iter().flatten().find(is_profile) {
            return self.profile(own, node, path, depth);
        }
        match object {
            Some(node) if name.is_none() && !self.record.is_alignment_object(node) => {
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
