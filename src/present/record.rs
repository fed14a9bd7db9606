//! What a record of CTDL says of its resource, as a person reads it: every statement, those first that are asked for first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use index::context::Brief;
use ontology::{Node, Object, Statement, local_name, plain};

use crate::present::block::{cut, labelled};

/// How deep embedded nodes are shown.
const MAX_DEPTH: usize = 6;

/// The most characters of one text.
const MAX_TEXT: usize = 600;

/// The most values of one property that are shown; `--json` gives all.
const MAX_VALUES: usize = 12;

/// What people ask for first, in this order; the rest follows as its publisher wrote it.
const FIRST: &[&str] = &[
    "ceterms:credentialStatusType",
    "ceterms:lifeCycleStatusType",
    "ceasn:publicationStatusType",
    "ceterms:ownedBy",
    "ceterms:offeredBy",
    "ceasn:publisher",
    "ceasn:creator",
    "ceterms:accreditedBy",
    "ceterms:approvedBy",
    "ceterms:recognizedBy",
    "ceterms:regulatedBy",
    "ceterms:dateEffective",
    "ceterms:expirationDate",
    "ceterms:versionIdentifier",
    "ceterms:latestVersion",
    "ceterms:nextVersion",
    "ceterms:previousVersion",
    "ceterms:supersededBy",
    "ceterms:supersedes",
    "ceterms:subjectWebpage",
    "ceterms:requires",
    "ceterms:recommends",
    "ceterms:corequisite",
    "ceterms:entryCondition",
    "ceterms:teaches",
    "ceterms:assesses",
    "ceterms:isPreparationFor",
    "ceterms:isRequiredFor",
    "ceterms:audienceLevelType",
    "ceterms:estimatedDuration",
    "ceterms:estimatedCost",
    "ceterms:creditValue",
    "ceterms:occupationType",
    "ceterms:industryType",
];

/// What stands above already.
const SHOWN: &[&str] = &[
    "ceterms:name",
    "ceasn:name",
    "ceterms:description",
    "ceasn:description",
    "ceasn:competencyText",
    "ceasn:isPartOf",
    "ceasn:isChildOf",
    "ceasn:isTopChildOf",
    "ceasn:hasChild",
    "ceasn:hasTopChild",
];

/// The names of what the links of a record lead to.
pub(crate) type Names = BTreeMap<String, Brief>;

/// Writes the statements of a record.
pub(crate) fn write_record(out: &mut dyn Write, node: &Node, names: &Names) -> io::Result<()> {
    let types: Vec<String> = node.types.iter().map(|class| title(class)).collect();
    labelled(out, 2, "class", &types.join(", "))?;
    let rank = |statement: &&Statement| {
        FIRST.iter().position(|first| *first == &*statement.property).unwrap_or(FIRST.len())
    };
    let mut statements: Vec<&Statement> =
        node.statements.iter().filter(|held| !SHOWN.contains(&&*held.property)).collect();
    statements.sort_by_key(rank);
    statements.into_iter().try_for_each(|statement| write_statement(out, statement, names, 0))
}

fn write_statement(
    out: &mut dyn Write,
    statement: &Statement,
    names: &Names,
    depth: usize,
) -> io::Result<()> {
    let label = words(&statement.property);
    let indent = 2 + 2 * depth;
    let mut label = label.as_str();
    let mut plain_values = Vec::new();
    for object in statement.objects.iter().take(MAX_VALUES) {
        match object {
            Object::Node(node) => match one_line(node) {
                Some(line) => {
                    labelled(out, indent, label, &line)?;
                    label = "";
                }
                None if depth < MAX_DEPTH => {
                    labelled(out, indent, label, &heading(node))?;
                    label = "";
                    for statement in &node.statements {
                        write_statement(out, statement, names, depth + 1)?;
                    }
                }
                None => {}
            },
            Object::Iri(iri) => plain_values.push(link(iri, names)),
            Object::Tagged(text, tag) if !tag.starts_with("en") => {
                plain_values.push(format!("{} ({tag})", cut(&plain(text), MAX_TEXT)));
            }
            other => plain_values.extend(other.literal().map(|text| cut(&plain(text), MAX_TEXT))),
        }
    }
    let more = statement.objects.len().saturating_sub(MAX_VALUES);
    if more > 0 {
        plain_values.push(format!("and {more} more"));
    }
    if plain_values.is_empty() {
        return Ok(());
    }
    labelled(out, indent, label, &plain_values.join("; "))
}

/// The class of an embedded node and its name.
fn heading(node: &Node) -> String {
    let class = node.types.first().map(|class| title(class)).unwrap_or_default();
    format!("[{class}]")
}

/// An alignment object in one line: its name, code, framework and target.
fn one_line(node: &Node) -> Option<String> {
    if !node.is_a("ceterms:CredentialAlignmentObject") {
        return None;
    }
    let name = node.texts("ceterms:targetNodeName").first().map(plain);
    let target = node.objects("ceterms:targetNode").find_map(Object::iri);
    let mut line = name
        .or_else(|| target.map(|iri| local_name(iri).to_owned()))
        .unwrap_or_else(|| "(no name)".to_owned());
    if let Some(code) = node.literal("ceterms:codedNotation") {
        line = format!("{code}  {line}");
    }
    if let Some(framework) = node.texts("ceterms:frameworkName").first() {
        line = format!("{line} ({})", plain(framework));
    }
    if let Some(weight) = node.literal("ceterms:weight") {
        line = format!("{line}, weight {weight}");
    }
    let is_term = |iri: &str| iri.contains("purl.org/ctdl");
    match target.filter(|iri| !is_term(iri)) {
        Some(target) => Some(format!("{line} → {target}")),
        None => Some(line),
    }
}

/// A link by the name of what it leads to, where that is held here.
fn link(iri: &str, names: &Names) -> String {
    match names.get(iri) {
        Some(held) => format!("{} ({iri})", cut(&held.label, 100)),
        None if iri.contains("purl.org/ctdl") => local_name(iri).to_owned(),
        None => iri.to_owned(),
    }
}

/// `ceterms:BachelorDegree` reads as `Bachelor Degree`.
fn title(class: &str) -> String {
    let mut title = String::new();
    for character in local_name(class).chars() {
        if character.is_uppercase() && title.ends_with(char::is_lowercase) {
            title.push(' ');
        }
        title.push(character);
    }
    title
}

/// `ceterms:ownedBy` reads as `owned by`.
fn words(property: &str) -> String {
    title(property).to_lowercase()
}
