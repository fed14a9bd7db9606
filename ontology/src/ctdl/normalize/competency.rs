//! `ceasn:CompetencyFramework` and `ceasn:Competency` as the framework and competency of this crate.

use crate::alignment::Target;
use crate::competency::{Competency, Framework};
use crate::ctdl::normalize::reading::{
    DESCRIPTIONS, NAMES, day, first_literal, first_target, first_word, words,
};
use crate::ctdl::normalize::target::target;
use crate::node::Node;
use crate::resource::Identity;

/// Reads a framework.
pub(super) fn framework(identity: Identity, node: &Node) -> Framework {
    Framework {
        title: node.first_texts(NAMES),
        creator: first_literal(node, &["ceasn:creatorName", "ceasn:author"]),
        publisher: node.texts("ceasn:publisherName").first().map(str::to_owned),
        description: node.first_texts(DESCRIPTIONS),
        notes: node.texts("ceasn:comment"),
        language: first_literal(node, &["ceasn:inLanguage", "ceterms:inLanguage"]),
        subjects: [words(node, "ceasn:localSubject"), words(node, "ceasn:conceptTerm")].concat(),
        subject_links: Vec::new(),
        version: first_literal(node, &["ceterms:versionCode", "ceterms:versionIdentifier"]),
        adoption_status: first_word(node, "ceasn:publicationStatusType"),
        status_start: day(node, &["ceasn:dateValidFrom", "ceterms:dateEffective"]),
        status_end: day(node, &["ceasn:dateValidUntil", "ceterms:expirationDate"]),
        license: first_target(node, &["ceasn:license"]),
        official_source_url: node
            .iris("ceasn:source")
            .chain(node.iris("ceterms:subjectWebpage"))
            .next()
            .map(str::to_owned),
        framework_type: None,
        case_version: None,
        package: None,
        identity,
    }
}

/// Reads a competency; one that names no framework belongs to the only one of its record.
pub(super) fn competency(
    identity: Identity,
    node: &Node,
    framework: Option<&Target>,
) -> Competency {
    let stated = node.texts("ceasn:competencyText");
    let name = node.first_texts(&["ceterms:name", "ceasn:name", "skos:prefLabel"]);
    let label = node.texts("ceasn:competencyLabel");
    let (statement, name) = if stated.is_empty() {
        (node.first_texts(&[NAMES, DESCRIPTIONS].concat()), name)
    } else {
        (stated, name)
    };
    Competency {
        framework: node.iris("ceasn:isPartOf").next().map(target).or_else(|| framework.cloned()),
        statement,
        label: if label.is_empty() { name } else { label },
        abbreviated_statement: crate::text::LanguageMap::default(),
        code: first_literal(
            node,
            &["ceasn:codedNotation", "ceterms:codedNotation", "skos:notation"],
        ),
        list_enumeration: first_literal(node, &["ceasn:listID"]),
        item_type: first_word(node, "ceasn:competencyCategory"),
        item_type_link: None,
        keywords: [words(node, "ceasn:conceptKeyword"), words(node, "ceasn:conceptTerm")].concat(),
        keyword_links: Vec::new(),
        subjects: words(node, "ceasn:localSubject"),
        subject_links: Vec::new(),
        education_levels: words(node, "ceasn:educationLevelType"),
        notes: node.texts("ceasn:comment"),
        language: first_literal(node, &["ceasn:inLanguage"]),
        license: first_target(node, &["ceasn:license"]).map(Box::new),
        status_start: day(node, &["ceasn:dateValidFrom"]),
        status_end: day(node, &["ceasn:dateValidUntil"]),
        source_item: None,
        source_document: None,
        identity,
    }
}
