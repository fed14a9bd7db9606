//! One graph in two forms: inside the envelope that a registry lists it in, and bare, as it is given in bulk.
//!
//! The two never have the same bytes. Without a look inside, a record that comes now in one form and now in the other would seem to change
//! with every run.

use serde_json::Value;

/// The most bytes of a document that is looked into; of a larger one a version more than needed is kept.
pub(super) const LOOKED_INTO: u64 = 32 << 20;

/// What a graph has and a CASE package has not.
const MARK: &[u8] = b"\"@graph\"";

/// Whether a bare graph says what an envelope said already.
pub(super) fn is_graph_of(graph: &[u8], envelope: &[u8]) -> bool {
    // Most documents are no graph, and need not be read to know it.
    if !graph.windows(MARK.len()).any(|window| window == MARK) {
        return false;
    }
    let Ok(Value::Object(graph)) = serde_json::from_slice(graph) else { return false };
    if !graph.contains_key("@graph") || graph.contains_key("decoded_resource") {
        return false;
    }
    let Ok(Value::Object(envelope)) = serde_json::from_slice(envelope) else { return false };
    envelope.get("decoded_resource").and_then(Value::as_object) == Some(&graph)
}

#[cfg(test)]
mod tests {
    use super::is_graph_of;

    const GRAPH: &[u8] = br#"{"@graph": [{"a": 1, "b": [2]}], "@id": "x"}"#;

    #[test]
    fn a_graph_is_known_by_what_it_says_and_not_by_how_it_is_written() {
        let envelope =
            br#"{"envelope_id": "e", "decoded_resource": {"@id":"x","@graph":[{"b":[2],"a":1}]}}"#;
        assert!(is_graph_of(GRAPH, envelope));
        let other =
            br#"{"envelope_id": "e", "decoded_resource": {"@id":"x","@graph":[{"b":[3],"a":1}]}}"#;
        assert!(!is_graph_of(GRAPH, other));
    }

    #[test]
    fn an_envelope_is_no_graph_and_what_is_no_json_is_neither() {
        let envelope = br#"{"decoded_resource": {"@graph": []}}"#;
        assert!(!is_graph_of(envelope, envelope));
        assert!(!is_graph_of(b"{", envelope));
        assert!(!is_graph_of(GRAPH, b"{"));
        assert!(!is_graph_of(
            br#"{"CFDocument": {}}"#,
            br#"{"decoded_resource": {"CFDocument": {}}}"#
        ));
    }
}
