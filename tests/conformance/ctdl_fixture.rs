//! The fixtures of CTDL: what their quads are, and what must be in them or must not.

use ontology::{AlignmentType, Normalized, Resource};
use serde_json::Value;

use crate::conformance::fixture::{self, Document};
use crate::conformance::rdf::check_quads;

const RESOURCES: &str = "https://credentialengineregistry.org/resources/";

/// The subject of the `n`-th resource of the fixtures.
fn subject(n: u32) -> String {
    format!("{RESOURCES}ce-{:08x}-c7d1-4000-8000-{:012x}", n / 1000, n % 1000)
}

fn normalized(name: &str) -> Normalized {
    fixture::document(&format!("ctdl/{name}.json")).normalize().unwrap()
}

fn resource(normalized: &Normalized, subject: &str) -> Resource {
    let mut resources = normalized.resources.iter();
    resources.find(|resource| resource.identity().subject == subject).unwrap().clone()
}

/// The targets of a type of alignment from a resource, with their ways and weights.
fn targets(normalized: &Normalized, origin: &str, kind: &AlignmentType) -> Vec<(String, String)> {
    let alignments = normalized.alignments.iter().filter(|alignment| {
        alignment.kind == *kind && alignment.origin.iri().as_deref() == Some(origin)
    });
    alignments
        .map(|alignment| {
            let words = alignment.target.title.clone().unwrap_or_default();
            let target = alignment.target.iri().unwrap_or(words);
            (alignment.path.clone().unwrap_or_default(), target)
        })
        .collect()
}

#[test]
fn an_envelope_of_today_is_its_graph() {
    check_quads("ctdl/envelope-new.json");
}

#[test]
fn absolute_keys_and_values_that_say_what_they_are_mean_the_same() {
    check_quads("ctdl/expanded-keys.json");
}

#[test]
fn texts_are_read_in_every_shape() {
    check_quads("ctdl/language-maps.json");
}

#[test]
fn conditions_are_kept_as_they_are_nested() {
    check_quads("ctdl/conditions.json");
}

#[test]
fn children_have_an_order_whoever_says_it() {
    check_quads("ctdl/hierarchy-order.json");
    check_quads("ctdl/lists.json");
}

#[test]
fn alignments_have_the_direction_of_the_vocabulary() {
    check_quads("ctdl/alignments.json");
}

#[test]
fn blank_nodes_are_named_and_may_be_missing() {
    check_quads("ctdl/blank-nodes.json");
}

#[test]
fn unknown_terms_are_kept_under_their_own_names() {
    check_quads("ctdl/terms-unknown.json");
    check_quads("ctdl/types.json");
}

#[test]
fn a_sandbox_is_another_place() {
    check_quads("ctdl/sandbox.json");
}

#[test]
fn a_provisional_graph_is_no_more_than_the_word_for_it() {
    check_quads("ctdl/provisional.json");
}

#[test]
fn a_rubric_names_its_criteria_and_levels() {
    check_quads("ctdl/rubric.json");
    let rubric = normalized("rubric");
    let Resource::RubricCriterion(stem) = resource(&rubric, &subject(2502)) else {
        panic!("no criterion")
    };
    // The rubric lists the bowl first.
    assert_eq!((stem.position, stem.weight), (Some(2), Some(0.25)));
    assert_eq!(stem.rubric.unwrap().iri(), Some(subject(2501)));
    assert_eq!(stem.item.unwrap().iri(), Some(subject(2002)));
}

#[test]
fn a_condition_leads_to_everything_that_it_asks_for() {
    let conditions = normalized("conditions");
    let ways = |kind| targets(&conditions, &subject(1601), &kind);
    let step = |path: &str, n| (path.to_owned(), subject(n));
    let alternative = "ceterms:requires > ceterms:alternativeCondition";
    assert_eq!(
        ways(AlignmentType::Requires),
        [
            step("ceterms:requires > ceterms:targetCompetency", 2002),
            step("ceterms:requires > ceterms:targetCompetency", 2003),
            step(&format!("{alternative} > ceterms:targetCredential"), 1001),
            step(
                &format!("{alternative} > ceterms:alternativeCondition > ceterms:targetAssessment"),
                1604
            ),
            step(
                &format!(
                    "{alternative} > ceterms:alternativeCondition > ceterms:targetLearningOpportunity"
                ),
                1101
            ),
        ]
    );
    assert_eq!(
        ways(AlignmentType::CommonConditions),
        [
            step("ceterms:requires > ceterms:commonConditions", 1603),
            step("ceterms:commonConditions", 1603)
        ]
    );
    assert_eq!(ways(AlignmentType::Corequisite), [step("ceterms:corequisite", 1101)]);
    assert_eq!(ways(AlignmentType::EntryCondition), []);
    assert_eq!(
        ways(AlignmentType::IsRequiredFor),
        [step("ceterms:isRequiredFor > ceterms:targetJob", 1607)]
    );
    let weights = conditions.alignments.iter().filter_map(|alignment| alignment.weight);
    assert_eq!(weights.collect::<Vec<_>>(), [0.6, 0.4]);
}

#[test]
fn a_circle_of_conditions_is_followed_once_by_the_shortest_way() {
    let licence = normalized("conditions-circular");
    let asked = targets(&licence, &subject(1651), &AlignmentType::Requires);
    let direct = "ceterms:requires > ceterms:targetCredential".to_owned();
    let round = "ceterms:requires > ceterms:alternativeCondition > ceterms:targetCredential";
    let others = (1..12).map(|n| (round.to_owned(), subject(1660 + n)));
    assert_eq!(asked, [(direct, subject(1660))].into_iter().chain(others).collect::<Vec<_>>());
}

#[test]
fn words_alone_stay_words() {
    let course = normalized("alignment-text-alone");
    let words: Vec<String> = targets(&course, &subject(1701), &AlignmentType::Teaches)
        .into_iter()
        .map(|way| way.1)
        .collect();
    assert_eq!(words, ["Draws a cane", "Pulls a point", "Anneals a bead"]);
    assert!(course.alignments.iter().all(|alignment| alignment.target.key.is_none()));
    let cane = &course.alignments[0].target;
    assert_eq!(
        (cane.framework.as_deref(), cane.code.as_deref()),
        (Some("Studio Skills"), Some("S.4"))
    );
}

#[test]
fn hierarchy_written_as_alignment_is_hierarchy_and_no_crosswalk() {
    let framework = normalized("framework-broad-narrow");
    let broad = targets(&framework, &subject(2204), &AlignmentType::BroadAlignment);
    assert_eq!(broad, [("ceasn:broadAlignment".to_owned(), subject(9301))]);
    for child in [2203, 2204] {
        let parents = targets(&framework, &subject(child), &AlignmentType::IsChildOf);
        let parents: Vec<String> = parents.into_iter().map(|way| way.1).collect();
        assert_eq!(parents, [subject(2202)]);
    }
}

#[test]
fn a_ctid_is_known_by_in_any_case_and_its_page_stays_as_it_is() {
    let loud = normalized("ctid-upper-case");
    let n = 0xabc * 1000 + 31;
    let badge = resource(&loud, &subject(n));
    assert_eq!(badge.identity().key.as_str(), format!("ctid:{}", &subject(n)[RESOURCES.len()..]));
    assert!(badge.identity().uri.as_deref().unwrap().contains("ABC"));
    let owners = targets(&loud, &subject(n), &AlignmentType::OwnedBy);
    assert_eq!(owners, [("ceterms:ownedBy".to_owned(), subject(n + 1))]);
    let guild = resource(&loud, &subject(n + 1));
    let page =
        guild.identity().node.as_ref().unwrap().iris("ceterms:subjectWebpage").next().unwrap();
    assert!(page.starts_with("https://glass.example/ce-") && page.contains("ABC"), "{page}");
}

#[test]
fn pages_are_pages_even_where_they_are_the_address_of_a_node() {
    let courses = normalized("page-is-address");
    let page = |n, property: &str| {
        let node = resource(&courses, &subject(n)).identity().node.clone().unwrap();
        node.iris(property).next().unwrap().to_owned()
    };
    assert_eq!(page(1891, "ceterms:subjectWebpage"), "https://glass.example/courses/7");
    assert_eq!(page(1891, "ceterms:sameAs"), "https://glass.example/courses/7");
    assert!(page(1892, "ceterms:subjectWebpage").starts_with("https://credentialfinder.org/"));
    assert_eq!(page(1892, "ceterms:hasPart"), subject(1891));
}

#[test]
fn a_competency_with_the_ctid_of_its_framework_is_not_its_framework() {
    let documents = fixture::documents(&fixture::folder().join("ctdl/ctid-differs.json"));
    let framework = documents[1].normalize().unwrap();
    assert_eq!(framework.resources.len(), 2);
    let competency = resource(&framework, &subject(1822));
    assert_eq!(competency.class(), "ceasn:Competency");
    assert_eq!(competency.identity().aliases, []);
    let badge = documents[0].normalize().unwrap();
    let keys: Vec<&str> =
        badge.resources[0].identity().aliases.iter().map(|alias| alias.key.as_str()).collect();
    // The CTID names it; its address still finds it.
    assert_eq!(badge.resources[0].identity().subject, subject(1812));
    assert!(
        keys.contains(&format!("ctid:{}", &subject(1811)[RESOURCES.len()..]).as_str()),
        "{keys:?}"
    );
}

#[test]
fn nothing_that_reaches_a_person_is_kept() {
    let document = fixture::document("ctdl/contacts.json");
    let raw = String::from_utf8(document.bytes.clone().unwrap()).unwrap();
    for n in 1..=15 {
        assert!(raw.contains(&format!("canary-{n}")), "no canary {n} in the fixture");
    }
    let normalized = document.normalize().unwrap();
    let everything = [
        document.quads().join("\n"),
        serde_json::to_string(&normalized.resources).unwrap(),
        serde_json::to_string(&normalized.alignments).unwrap(),
        serde_json::to_string(&normalized.warnings).unwrap(),
        format!("{normalized:?}"),
    ];
    for text in everything {
        assert!(!text.contains("canary"), "{text}");
    }
    // What stands around them is.
    assert!(document.quads().iter().any(|quad| quad.contains("1 Furnace Lane")));
}

#[test]
fn what_an_envelope_says_is_no_part_of_its_record() {
    for (name, community) in [("envelope-old", "ce_registry"), ("envelope-new", "ce_registry")] {
        let envelope = normalized(name).envelope.unwrap();
        assert_eq!(envelope.community.as_deref(), Some(community));
        assert_eq!(envelope.id.is_some(), name == "envelope-new");
    }
    let old = normalized("envelope-old");
    let change = old.resources[0].identity().last_change.as_deref();
    assert_eq!(change, Some("2019-02-09T10:00:00Z"));
    let new = normalized("envelope-new").envelope.unwrap();
    assert!(
        new.owned_by.is_some() && new.published_by.is_some() && new.owned_by != new.published_by
    );
}

#[test]
fn the_graph_of_an_envelope_says_what_the_graph_alone_says() {
    let envelope = fixture::document("ctdl/envelope-new.json");
    let mut value: Value = serde_json::from_slice(envelope.bytes.as_ref().unwrap()).unwrap();
    let graph = value["decoded_resource"].take().to_string().into_bytes();
    let alone = Document { record: envelope.record.clone(), bytes: Ok(graph) };
    let said = |document: &Document| {
        let mut quads = document.quads();
        quads.retain(|quad| !quad.contains("#derived>"));
        quads
    };
    assert!(!said(&alone).is_empty());
    assert_eq!(said(&alone), said(&envelope));
}

#[test]
fn only_a_resource_alone_is_a_part() {
    for (name, partial) in [
        ("resource", true),
        ("resource-included", true),
        ("graph-context-last", false),
        ("envelope-old", false),
        ("nameless", false),
    ] {
        assert_eq!(normalized(name).partial, partial, "{name}");
    }
    let provisional = normalized("provisional");
    assert!(provisional.provisional && !normalized("resource").provisional);
}

#[test]
fn a_profile_that_is_brought_along_is_followed() {
    let licence = normalized("resource-included");
    let asked = targets(&licence, &subject(1201), &AlignmentType::Requires);
    assert_eq!(asked, [("ceterms:requires > ceterms:targetCompetency".to_owned(), subject(2002))]);
}
