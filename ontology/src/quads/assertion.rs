//! What a publisher asserts, quad by quad.

use crate::alignment::{Alignment, AlignmentType, Target};
use crate::competency::{Competency, Framework};
use crate::definition::{Definition, DefinitionClass};
use crate::id::CanonicalKey;
use crate::quads::node::assert_node;
use crate::quads::writer::GraphWriter;
use crate::resource::{Identity, Resource};
use crate::rubric::{Rubric, RubricCriterion, RubricCriterionLevel};
use crate::text::LanguageMap;
use crate::vocab::{self, alidade, case, ceasn, rdf, xsd};

/// Writes one resource.
pub(crate) fn assert_resource(out: &mut GraphWriter<'_>, resource: &Resource) {
    let identity = resource.identity();
    if let Some(node) = &identity.node {
        return assert_node(out, &identity.subject, node);
    }
    assert_identity(out, identity);
    match resource {
        Resource::Framework(framework) => assert_framework(out, framework),
        Resource::Competency(competency) => assert_competency(out, competency),
        Resource::Rubric(rubric) => assert_rubric(out, rubric),
        Resource::RubricCriterion(criterion) => assert_criterion(out, criterion),
        Resource::RubricCriterionLevel(level) => assert_level(out, level),
        Resource::Definition(definition) => assert_definition(out, definition),
        // It has a node.
        Resource::Profile(_) => {}
    }
}

fn assert_identity(out: &mut GraphWriter<'_>, identity: &Identity) {
    let subject = &identity.subject;
    if let Some(uri) = &identity.uri {
        out.typed(subject, case::URI, uri, xsd::ANY_URI);
    }
    if let Some(changed) = &identity.last_change {
        out.typed(subject, ceasn::DATE_MODIFIED, changed, xsd::DATE_TIME);
    }
    if let Some(extensions) = &identity.extensions {
        out.json(subject, case::EXTENSIONS, extensions);
    }
}

fn targets<'t>(
    out: &mut GraphWriter<'_>,
    subject: &str,
    predicate: &str,
    targets: impl IntoIterator<Item = &'t Target>,
) {
    for target in targets {
        out.target(subject, predicate, target);
    }
}

fn strings(out: &mut GraphWriter<'_>, subject: &str, predicate: &str, texts: &[String]) {
    for text in texts {
        out.text(subject, predicate, text);
    }
}

/// Writes words of the resource's own language.
fn worded(
    out: &mut GraphWriter<'_>,
    subject: &str,
    predicate: &str,
    words: &[String],
    language: Option<&str>,
) {
    let mut texts = LanguageMap::default();
    for word in words {
        texts.add(language, word.clone());
    }
    out.texts(subject, predicate, &texts);
}

fn assert_framework(out: &mut GraphWriter<'_>, framework: &Framework) {
    let subject = &framework.identity.subject;
    out.link(subject, rdf::TYPE, ceasn::COMPETENCY_FRAMEWORK);
    out.link(subject, rdf::TYPE, case::CF_DOCUMENT);
    out.texts(subject, ceasn::NAME, &framework.title);
    out.optional(subject, case::CREATOR, framework.creator.as_ref());
    out.optional(subject, ceasn::PUBLISHER_NAME, framework.publisher.as_ref());
    out.texts(subject, ceasn::DESCRIPTION, &framework.description);
    out.texts(subject, ceasn::COMMENT, &framework.notes);
    out.optional(subject, ceasn::IN_LANGUAGE, framework.language.as_ref());
    worded(out, subject, ceasn::LOCAL_SUBJECT, &framework.subjects, framework.language.as_deref());
    targets(out, subject, case::SUBJECT_URI, &framework.subject_links);
    out.optional(subject, case::VERSION, framework.version.as_ref());
    out.optional(subject, case::ADOPTION_STATUS, framework.adoption_status.as_ref());
    out.date(subject, ceasn::DATE_VALID_FROM, framework.status_start.as_ref());
    out.date(subject, ceasn::DATE_VALID_UNTIL, framework.status_end.as_ref());
    targets(out, subject, ceasn::LICENSE, framework.license.as_slice());
    if let Some(url) = &framework.official_source_url {
        out.link(subject, ceasn::SOURCE, url);
    }
    out.optional(subject, case::FRAMEWORK_TYPE, framework.framework_type.as_ref());
    out.optional(subject, case::CASE_VERSION, framework.case_version.as_ref());
    if let Some(package) = &framework.package
        && let Some(address) = package.uri.clone().or_else(|| package.iri())
    {
        // Its address alone: the package and its framework share one identifier.
        out.typed(subject, case::PACKAGE_URI, &address, xsd::ANY_URI);
    }
}

fn assert_competency(out: &mut GraphWriter<'_>, item: &Competency) {
    let subject = &item.identity.subject;
    let language = item.language.as_deref();
    out.link(subject, rdf::TYPE, ceasn::COMPETENCY);
    out.link(subject, rdf::TYPE, case::CF_ITEM);
    out.texts(subject, ceasn::COMPETENCY_TEXT, &item.statement);
    out.texts(subject, ceasn::COMPETENCY_LABEL, &item.label);
    out.texts(subject, case::ABBREVIATED_STATEMENT, &item.abbreviated_statement);
    out.optional(subject, ceasn::CODED_NOTATION, item.code.as_ref());
    out.optional(subject, ceasn::LIST_ID, item.list_enumeration.as_ref());
    worded(out, subject, ceasn::COMPETENCY_CATEGORY, item.item_type.as_slice(), language);
    targets(out, subject, case::ITEM_TYPE_URI, item.item_type_link.as_deref());
    worded(out, subject, ceasn::CONCEPT_KEYWORD, &item.keywords, language);
    targets(out, subject, case::CONCEPT_KEYWORDS_URI, &item.keyword_links);
    worded(out, subject, ceasn::LOCAL_SUBJECT, &item.subjects, language);
    targets(out, subject, case::SUBJECT_URI, &item.subject_links);
    strings(out, subject, ceasn::EDUCATION_LEVEL_TYPE, &item.education_levels);
    out.texts(subject, ceasn::COMMENT, &item.notes);
    out.optional(subject, ceasn::IN_LANGUAGE, item.language.as_ref());
    targets(out, subject, ceasn::LICENSE, item.license.as_deref());
    out.date(subject, ceasn::DATE_VALID_FROM, item.status_start.as_ref());
    out.date(subject, ceasn::DATE_VALID_UNTIL, item.status_end.as_ref());
    targets(out, subject, case::SOURCE_ITEM_URI, item.source_item.as_deref());
    targets(out, subject, case::SOURCE_DOCUMENT_URI, item.source_document.as_deref());
}

fn assert_rubric(out: &mut GraphWriter<'_>, rubric: &Rubric) {
    let subject = &rubric.identity.subject;
    out.link(subject, rdf::TYPE, ceasn::RUBRIC);
    out.link(subject, rdf::TYPE, case::CF_RUBRIC);
    out.texts(subject, ceasn::NAME, &rubric.title);
    out.texts(subject, ceasn::DESCRIPTION, &rubric.description);
}

fn assert_criterion(out: &mut GraphWriter<'_>, criterion: &RubricCriterion) {
    let subject = &criterion.identity.subject;
    out.link(subject, rdf::TYPE, ceasn::RUBRIC_CRITERION);
    out.link(subject, rdf::TYPE, case::CF_RUBRIC_CRITERION);
    out.texts(subject, ceasn::NAME, &criterion.category);
    out.texts(subject, ceasn::DESCRIPTION, &criterion.description);
    targets(out, subject, case::ITEM_URI, criterion.item.as_slice());
    number(out, subject, ceasn::WEIGHT, criterion.weight);
    integer(out, subject, case::POSITION, criterion.position);
    part_of(out, criterion.rubric.as_ref(), ceasn::HAS_RUBRIC_CRITERION, subject);
}

fn assert_level(out: &mut GraphWriter<'_>, level: &RubricCriterionLevel) {
    let subject = &level.identity.subject;
    out.link(subject, rdf::TYPE, ceasn::CRITERION_LEVEL);
    out.link(subject, rdf::TYPE, case::CF_RUBRIC_CRITERION_LEVEL);
    out.texts(subject, ceasn::BENCHMARK_LABEL, &level.quality);
    out.texts(subject, ceasn::BENCHMARK_TEXT, &level.description);
    out.texts(subject, ceasn::FEEDBACK, &level.feedback);
    number(out, subject, case::SCORE, level.score);
    integer(out, subject, case::POSITION, level.position);
    part_of(out, level.criterion.as_ref(), ceasn::HAS_CRITERION_LEVEL, subject);
}

/// Writes a part into its whole, which may be in another document.
fn part_of(out: &mut GraphWriter<'_>, whole: Option<&Target>, predicate: &str, part: &str) {
    if let Some(whole) = whole.and_then(Target::iri) {
        out.link(&whole, predicate, part);
    }
}

fn assert_definition(out: &mut GraphWriter<'_>, definition: &Definition) {
    let subject = &definition.identity.subject;
    let class = match definition.class {
        DefinitionClass::Concept => case::CF_CONCEPT,
        DefinitionClass::Subject => case::CF_SUBJECT,
        DefinitionClass::ItemType => case::CF_ITEM_TYPE,
        DefinitionClass::License => case::CF_LICENSE,
        DefinitionClass::AssociationGrouping => case::CF_ASSOCIATION_GROUPING,
    };
    out.link(subject, rdf::TYPE, class);
    out.texts(subject, case::TITLE, &definition.title);
    out.texts(subject, ceasn::DESCRIPTION, &definition.description);
    out.optional(subject, case::HIERARCHY_CODE, definition.hierarchy_code.as_ref());
    out.optional(subject, case::TYPE_CODE, definition.code.as_ref());
    out.optional(subject, case::KEYWORDS, definition.keywords.as_ref());
    out.optional(subject, case::LICENSE_TEXT, definition.license_text.as_ref());
}

/// Writes an alignment: the plain statement between its ends, and the association itself where it has an identity.
pub(crate) fn assert_alignment(
    out: &mut GraphWriter<'_>,
    alignment: &Alignment,
    language: Option<&str>,
) {
    if let Some(origin) = alignment.origin.iri() {
        out.target(&origin, &property_of(&alignment.kind), &alignment.target);
    }
    if let Some(subject) = alignment.key.as_ref().and_then(CanonicalKey::subject_iri) {
        assert_ends(out, &subject, alignment, &alignment.term);
        assert_association(out, &subject, alignment, language);
    }
    let also = alignment.association.iter().flat_map(|association| &association.also);
    for subject in also.filter_map(CanonicalKey::subject_iri) {
        // Of a repetition only what makes it one is known here.
        assert_ends(out, &subject, alignment, alignment.kind.as_str());
    }
}

/// The property that says what an alignment says: that of CTDL-ASN, else one named as CASE names the type; an extension or
/// an unknown type has no place in anybody's namespace but ours.
fn property_of(kind: &AlignmentType) -> String {
    let own = |namespace: &str| format!("{namespace}{}", vocab::encode(kind.as_str()));
    match kind.ctdl_property() {
        Some(property) => property.to_owned(),
        None if kind.is_case() => own(case::NAMESPACE),
        None => own(alidade::NAMESPACE),
    }
}

fn assert_ends(out: &mut GraphWriter<'_>, subject: &str, alignment: &Alignment, term: &str) {
    out.link(subject, rdf::TYPE, case::CF_ASSOCIATION);
    if !term.is_empty() {
        out.text(subject, case::ASSOCIATION_TYPE, term);
    }
    out.target(subject, case::ORIGIN_NODE_URI, &alignment.origin);
    out.target(subject, case::DESTINATION_NODE_URI, &alignment.target);
    let association = alignment.association.as_ref();
    if let Some(grouping) = association.and_then(|association| association.grouping.as_ref()) {
        out.target(subject, case::ASSOCIATION_GROUPING_URI, grouping);
    }
}

fn assert_association(
    out: &mut GraphWriter<'_>,
    subject: &str,
    alignment: &Alignment,
    language: Option<&str>,
) {
    integer(out, subject, case::SEQUENCE_NUMBER, alignment.sequence);
    let Some(association) = &alignment.association else { return };
    out.texts(subject, ceasn::COMMENT, &LanguageMap::of(association.notes.clone(), language));
    out.optional(subject, case::TARGET_TYPE, association.target_type.as_ref());
    if let Some(kind) = association.origin_type.as_ref().filter(|kind| *kind != "CASE") {
        out.text(subject, &format!("{}originTargetType", alidade::NAMESPACE), kind);
    }
    if let Some(framework) = &association.framework {
        out.target(subject, ceasn::IS_PART_OF, framework);
    }
    if let Some(uri) = &association.uri {
        out.typed(subject, case::URI, uri, xsd::ANY_URI);
    }
    if let Some(changed) = &association.last_change {
        out.typed(subject, ceasn::DATE_MODIFIED, changed, xsd::DATE_TIME);
    }
    if let Some(extensions) = &association.extensions {
        out.json(subject, case::EXTENSIONS, extensions);
    }
}

fn number(out: &mut GraphWriter<'_>, subject: &str, predicate: &str, value: Option<f64>) {
    if let Some(value) = value {
        out.typed(subject, predicate, &value.to_string(), xsd::DECIMAL);
    }
}

fn integer(out: &mut GraphWriter<'_>, subject: &str, predicate: &str, value: Option<i64>) {
    if let Some(value) = value {
        out.typed(subject, predicate, &value.to_string(), xsd::INTEGER);
    }
}
