//! Nothing that a record says is lost: every text of it is found again in what the reader makes of it, contact values aside.

use std::collections::BTreeSet;

use oxrdf::Term;
use proptest::prelude::{Just, Strategy, any, prop, prop_assert, prop_oneof, proptest};
use serde_json::{Map, Value, json};

use crate::conformance::ctdl_real::files;
use crate::conformance::fixture::{self, Document};
use crate::conformance::json_ld::CONTACT;
use crate::conformance::rdf::check_quads_of;

/// Words for contact values in any namespace.
fn is_contact(key: &str) -> bool {
    let local = key.rsplit([':', '/', '#']).next().unwrap_or(key);
    CONTACT.iter().any(|term| term.ends_with(&format!(":{local}")))
}

/// Collects every text that a record states, and the last part of every key.
fn stated<'a>(value: &'a Value, out: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Array(values) => values.iter().for_each(|value| stated(value, out)),
        Value::Object(object) => {
            let class = object.get("@type").map(Value::to_string).unwrap_or_default();
            if class.contains("ContactPoint\"") {
                return;
            }
            for (key, value) in object {
                // What stands beside a graph is said of the graph; of that only the word for a provisional one is looked at.
                let is_beside = object.contains_key("@graph") && key != "@graph";
                if !is_beside && key != "@context" && !is_contact(key) {
                    stated(value, out);
                }
            }
        }
        _ => {}
    }
}

/// Every text in what the reader made.
fn held(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            out.insert(folded(text));
        }
        Value::Array(values) => values.iter().for_each(|value| held(value, out)),
        Value::Object(object) => object.values().for_each(|value| held(value, out)),
        _ => {}
    }
}

/// A text without what is mended in an address: space around it, percent signs, the case of a CTID.
fn folded(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        let byte =
            code.filter(|_| *first == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        out.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { tail.get(2..).unwrap_or_default() } else { tail };
    }
    String::from_utf8_lossy(&out).trim_end_matches('/').replace("http://", "https://")
}

/// Every text in the nodes of a document, with the other names of each.
fn in_nodes(document: &Document) -> BTreeSet<String> {
    let mut kept = BTreeSet::new();
    for resource in &document.normalize().unwrap().resources {
        let identity = resource.identity();
        held(&serde_json::to_value(&identity.node).unwrap(), &mut kept);
        kept.extend(identity.uri.as_deref().map(folded));
        kept.extend(identity.aliases.iter().map(|alias| folded(alias.key.as_str())));
    }
    kept
}

/// Every text in the quads that a document asserts. Another address of a node is no statement about it: it is one of its names.
fn in_quads(document: &Document) -> BTreeSet<String> {
    let (normalized, provenance) = (document.normalize().unwrap(), document.provenance());
    let mut kept = BTreeSet::new();
    for resource in &normalized.resources {
        let identity = resource.identity();
        kept.extend(identity.uri.as_deref().map(folded));
        kept.extend(identity.aliases.iter().map(|alias| folded(alias.key.as_str())));
    }
    let graph = format!("<{}>", provenance.asserted_graph());
    ontology::write_quads(&normalized, &provenance, &mut |quad| {
        if quad.graph_name.to_string() == graph {
            kept.insert(folded(quad.subject.to_string().trim_matches(['<', '>'])));
            kept.insert(folded(quad.predicate.as_str()));
            let object = match quad.object {
                Term::NamedNode(node) => node.into_string(),
                Term::Literal(literal) => {
                    kept.extend(literal.language().map(folded));
                    literal.value().to_owned()
                }
                Term::BlankNode(node) => node.into_string(),
            };
            kept.insert(folded(&object));
        }
    });
    kept
}

/// The texts of a record that are nowhere in what was made of it.
fn lost(record: &Value, kept: &BTreeSet<String>) -> Vec<String> {
    let mut texts = Vec::new();
    stated(record.get("decoded_resource").unwrap_or(record), &mut texts);
    // A term is written in another spelling; what is behind its prefix is the same.
    let ends = kept.iter().filter_map(|text| text.rsplit([':', '/', '#', '|']).next());
    let ends: BTreeSet<&str> = ends.collect();
    let is_kept = |text: &str| {
        let text = folded(text);
        let end = text.rsplit([':', '/', '#']).next().unwrap_or_default();
        let is_term = text.contains(':') && !text.contains(char::is_whitespace);
        text.is_empty()
            || kept.contains(&text)
            || ends.contains(text.as_str())
            || (is_term && ends.contains(end))
    };
    texts.into_iter().filter(|text| !is_kept(text)).map(str::to_owned).collect()
}

/// Files with texts that are kept nowhere but in the document, and why.
const NOT_KEPT: &[(&str, &str)] = &[
    ("registry-seeds/competency.json", RELATIVE),
    ("registry-seeds/competency_framework.json", RELATIVE),
];
const RELATIVE: &str = "a bare UUID for an address, which is relative to nothing; the node is known by its CTID, and a warning says so";

#[test]
fn no_text_of_a_real_record_is_lost() {
    let mut faults = Vec::new();
    let mut known = BTreeSet::new();
    for (name, path) in files() {
        for document in fixture::documents(&path) {
            let Ok(bytes) = &document.bytes else { continue };
            if document.normalize().is_err() {
                continue;
            }
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let record: Value = serde_json::from_slice(bytes).unwrap();
            let mut lost_in = |what: &str, kept: &BTreeSet<String>| {
                let lost = lost(&record, kept);
                if let Some((file, _)) = NOT_KEPT.iter().find(|(file, _)| *file == name) {
                    known.extend((!lost.is_empty()).then_some(*file));
                } else if !lost.is_empty() {
                    faults.push(format!(
                        "{name}: not in the {what}: {:?}",
                        lost.get(..8).unwrap_or(&lost)
                    ));
                }
            };
            lost_in("nodes", &in_nodes(&document));
            // Of a provisional record nothing is asserted.
            if !document.normalize().unwrap().provisional {
                lost_in("quads", &in_quads(&document));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(known.is_empty() || known.len() == NOT_KEPT.len(), "{known:?}");
}

/// A text: mostly words, sometimes what looks like an address, a term or markup.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z é\"\\\\<>%]{0,12}",
        1 => Just("https://example.org/a b".to_owned()),
        1 => Just("https://example.org/page/".to_owned()),
        1 => Just("see: the handbook".to_owned()),
        1 => Just("_:b0".to_owned()),
        1 => Just("CE-0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B".to_owned()),
    ]
}

/// Keys: of each way to read values, of no context, and of nobody's.
fn key() -> impl Strategy<Value = String> {
    let known = [
        "ceterms:name",
        "ceterms:requires",
        "ceterms:ctid",
        "ceterms:dateEffective",
        "ceterms:targetNode",
        "ceasn:competencyText",
        "ceasn:hasChild",
        "ceasn:isPartOf",
        "ceasn:weight",
        "ceterms:teaches",
        "https://purl.org/ctdl/terms/description",
        "ceterms:notInAnyContext",
        "socList",
        "x:y",
        "skos:prefLabel",
    ];
    prop_oneof![8 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => "[a-z ]{1,8}"]
}

fn value() -> impl Strategy<Value = Value> {
    let class = prop::sample::select(vec![
        "ceterms:Course",
        "ceasn:Competency",
        "ceterms:ConditionProfile",
        "ceterms:CredentialAlignmentObject",
        "Unheard",
    ]);
    let leaf = prop_oneof![
        6 => text().prop_map(Value::String),
        1 => any::<i32>().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        2 => ("[a-z]{2}", text()).prop_map(|(tag, text)| json!({ tag: text })),
        1 => ("en[_:-]us", text()).prop_map(|(tag, text)| json!([{ tag: [text] }])),
        1 => text().prop_map(|text| json!({ "@value": text })),
        1 => text().prop_map(|text| json!({ "@id": text })),
    ];
    leaf.prop_recursive(4, 40, 4, move |inner| {
        let fields = prop::collection::btree_map(key(), inner.clone(), 0..4);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec(inner, 0..3).prop_map(|values| json!({ "@list": values })),
            (class.clone(), fields).prop_map(|(class, fields)| {
                let mut node: Map<String, Value> = fields.into_iter().collect();
                node.insert("@type".to_owned(), class.into());
                Value::Object(node)
            }),
        ]
    })
}

fn graph() -> impl Strategy<Value = Value> {
    let node = prop::collection::btree_map(key(), value(), 1..6);
    prop::collection::vec(node, 1..4).prop_map(|nodes| {
        let nodes = nodes.into_iter().enumerate().map(|(at, fields)| {
            let mut node: Map<String, Value> = fields.into_iter().collect();
            node.insert("@id".to_owned(), format!("https://example.org/n/{at}").into());
            node.insert("@type".to_owned(), "ceterms:Course".into());
            node
        });
        json!({
            "@context": "https://credreg.net/ctdl/schema/context/json",
            "@id": "https://example.org/graph/1",
            "@graph": nodes.collect::<Vec<_>>(),
        })
    })
}

/// Any JSON at all.
fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any::<String>().prop_map(Value::String),
        any::<f64>().prop_map(Value::from),
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
    ];
    let word = prop_oneof![
        any::<String>(),
        prop::sample::select(vec![
            "@id",
            "@type",
            "@list",
            "@value",
            "@language",
            "@graph",
            "@context"
        ])
        .prop_map(str::to_owned),
        key(),
    ];
    leaf.prop_recursive(6, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(word.clone(), inner, 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn no_text_of_a_generated_record_is_lost(record in graph()) {
        let document = Document { record: "x".to_owned(), bytes: Ok(record.to_string().into_bytes()) };
        for kept in [in_nodes(&document), in_quads(&document)] {
            let lost = lost(&record, &kept);
            prop_assert!(lost.is_empty(), "{lost:?} of {record}");
        }
    }

    #[test]
    fn any_graph_is_read_or_refused(graph in anything(), context in anything(), beside in anything()) {
        for record in [
            json!({ "@context": context, "@graph": graph }),
            json!({ "@graph": graph, "@context": context, "adms:status": beside }),
            json!({ "envelope_id": beside, "decoded_resource": { "@graph": graph, "@id": context } }),
            json!({ "@id": context, "@type": beside, "ceterms:name": graph }),
        ] {
            let bytes = Ok(record.to_string().into_bytes());
            check_quads_of(&Document { record: "a b".to_owned(), bytes });
        }
    }
}

#[test]
fn a_deep_record_does_not_overflow() {
    for n in [100, 1_000, 100_000] {
        let deep = format!("{}\"x\"{}", "{\"ceterms:hasPart\":".repeat(n), "}".repeat(n));
        let record = format!(
            r#"{{"@graph": [{{"@id": "urn:x:1", "@type": "ceterms:Course", "ceterms:hasPart": {deep}}}]}}"#
        );
        check_quads_of(&Document { record: "x".to_owned(), bytes: Ok(record.into_bytes()) });
        let arrays = format!("{}{}", "[".repeat(n), "]".repeat(n));
        let record = format!(r#"{{"@type": "ceterms:Course", "ceterms:name": {arrays}}}"#);
        check_quads_of(&Document { record: "x".to_owned(), bytes: Ok(record.into_bytes()) });
    }
}
