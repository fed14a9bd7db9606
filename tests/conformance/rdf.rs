//! The quads, as a reader of RDF sees them.

use ontology::vocab::{alidade, case, ceasn, ceterms, owl, prov, rdf, skos, xsd};
use serde_json::Value;

use crate::conformance::fixture::{self, Document};

/// Every namespace that the vocabulary declares.
const NAMESPACES: &[&str] = &[
    alidade::NAMESPACE,
    case::NAMESPACE,
    ceasn::NAMESPACE,
    ceterms::NAMESPACE,
    owl::NAMESPACE,
    prov::NAMESPACE,
    rdf::NAMESPACE,
    skos::NAMESPACE,
    xsd::NAMESPACE,
];

/// Compares with a snapshot in the folder of snapshots.
pub(super) fn check_snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name.rsplit('/').next().unwrap(), text));
}

/// Compares the quads of a fixture, without the graph of each: the asserted ones first, then the derived ones.
#[track_caller]
pub(super) fn check_quads(fixture: &str) {
    let document = fixture::document(fixture);
    let [asserted, derived] = {
        let provenance = document.provenance();
        [provenance.asserted_graph(), provenance.derived_graph()]
    };
    let in_graph = |graph: &str| {
        let end = format!(" <{graph}> .");
        let quads = document.quads();
        let lines = quads.iter().filter_map(|line| line.strip_suffix(&end).map(str::to_owned));
        lines.collect::<Vec<_>>()
    };
    let (ours, theirs) = (in_graph(&derived), in_graph(&asserted));
    assert_eq!(ours.len() + theirs.len(), document.quads().len(), "a quad lies elsewhere");
    let text = format!("# asserted\n{}\n\n# derived\n{}", theirs.join("\n"), ours.join("\n"));
    check_snapshot(&fixture.trim_end_matches(".json").replace("ctdl/", "ctdl-"), &text);
}

#[test]
fn a_full_package_of_version_1_0_keeps_every_field() {
    check_quads("case/package-v1p0-full.json");
}

#[test]
fn a_full_package_of_version_1_1_keeps_every_field() {
    check_quads("case/package-v1p1-full.json");
}

/// Looks for every value of a document in the quads of the entity that it stands in. The title of a link is a caption and no
/// data; of a link the quads have what it names.
fn check_values(entity: &str, value: &Value, quads: &[String]) {
    let about = |text: &str| {
        let subject = format!("<urn:uuid:{entity}>");
        quads.iter().any(|quad| quad.contains(&subject) && quad.contains(text))
    };
    match value {
        Value::Object(object) => {
            let text = |name: &str| object.get(name).and_then(Value::as_str);
            let is_link = object
                .keys()
                .all(|key| ["title", "identifier", "uri", "targetType"].contains(&key.as_str()));
            if let (Some(named), true) = (text("identifier"), is_link) {
                assert!(about(&format!("<urn:uuid:{named}>")), "{entity}: {value}");
                return;
            }
            let entity = text("identifier").unwrap_or(entity);
            for (_, value) in object.iter().filter(|(name, _)| *name != "extensions") {
                check_values(entity, value, quads);
            }
            let kept = object.get("extensions").map(|kept| escaped(&kept.to_string()));
            let is_kept = |kept: &String| quads.iter().any(|quad| quad.contains(kept));
            assert!(kept.as_ref().is_none_or(is_kept), "{entity}: {kept:?}");
        }
        Value::Array(values) => {
            for value in values {
                check_values(entity, value, quads);
            }
        }
        Value::String(text) => assert!(about(&escaped(text)), "{entity}: {value}"),
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            assert!(about(&format!("\"{number}\"^^")), "{entity}: {value}");
        }
        Value::Bool(_) | Value::Null => {}
    }
}

/// A text as it stands in N-Quads.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[test]
fn every_value_of_a_full_package_is_in_the_graph() {
    for name in ["case/package-v1p0-full.json", "case/package-v1p1-full.json"] {
        let document = fixture::document(name);
        let value: Value = serde_json::from_slice(document.bytes.as_ref().unwrap()).unwrap();
        let framework = value["CFDocument"]["identifier"].as_str().unwrap().to_owned();
        check_values(&framework, &value, &document.quads());
    }
}

#[test]
fn an_item_and_its_associations_name_their_framework() {
    check_quads("case/item-associations.json");
}

#[test]
fn a_repeated_association_is_one_statement() {
    check_quads("case/associations-repeated.json");
}

#[test]
fn types_of_association_are_properties() {
    check_quads("case/association-types.json");
}

#[test]
fn ends_are_named_by_what_they_refer_to() {
    check_quads("case/ends-references.json");
}

#[test]
fn addresses_that_are_none_are_literals() {
    check_quads("case/uri-invalid.json");
}

#[test]
fn unknown_fields_are_kept() {
    check_quads("case/fields-unknown.json");
}

#[test]
fn texts_are_kept_to_the_letter() {
    check_quads("case/texts.json");
}

#[test]
fn a_circle_is_asserted_as_it_is() {
    check_quads("case/parents-circular.json");
}

#[test]
fn a_borrowed_item_keeps_its_identity_and_names_its_source() {
    check_quads("case/item-borrowed.json");
}

#[test]
fn warnings_say_what_is_odd_and_where() {
    for (folder, snapshot) in [("case/", "case/warnings"), ("ctdl/", "ctdl-warnings")] {
        check_snapshot(snapshot, &warnings_of(folder).join("\n"));
    }
}

/// The warnings of the accepted fixtures in a folder, one on each line.
fn warnings_of(folder: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let accepted = fixture::all().into_iter().filter(|fixture| fixture.accepted);
    for fixture in accepted.filter(|fixture| fixture.path.starts_with(folder)) {
        for document in fixture::documents(&fixture::folder().join(&fixture.path)) {
            for warning in document.normalize().unwrap().warnings {
                let (kind, pointer) = (warning.kind.as_str(), &warning.pointer);
                lines.push(format!("{} {kind} {pointer} {}", document.record, warning.detail));
            }
        }
    }
    lines
}

#[test]
fn every_property_is_under_a_declared_namespace() {
    for fixture in fixture::all().into_iter().filter(|fixture| fixture.accepted) {
        for document in fixture::documents(&fixture::folder().join(&fixture.path)) {
            check_quads_of(&document);
        }
    }
}

/// Checks that every quad lies in a graph of its record and, where the record is one of CASE, has a property of a declared namespace.
#[track_caller]
pub(super) fn check_quads_of(document: &Document) {
    let Ok(normalized) = document.normalize() else { return };
    let is_ctdl = normalized.resources.iter().any(|resource| resource.identity().node.is_some());
    let provenance = document.provenance();
    let graphs =
        [provenance.asserted_graph(), provenance.derived_graph()].map(|g| format!("<{g}>"));
    ontology::write_quads(&normalized, &provenance, &mut |quad| {
        assert!(graphs.contains(&quad.graph_name.to_string()), "{quad}");
        let property = quad.predicate.as_str();
        let namespace = NAMESPACES.iter().find(|namespace| property.starts_with(**namespace));
        let term = namespace.and_then(|namespace| property.strip_prefix(namespace));
        let is_declared = term.is_some_and(|term| !term.contains(['/', '#']));
        assert!(is_ctdl || is_declared, "{quad}");
    });
}
