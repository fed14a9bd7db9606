//! What an element of a listing says of itself.
//!
//! An element is an envelope, the graph of a record, an event, or a row of a search. Its own text is kept as it is; here only
//! those members are read that say which record it belongs to.

use std::hash::{DefaultHasher, Hasher as _};

use ontology::Ctid;
use serde::de::DeserializeOwned;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::source::files::FileLimits;
use crate::source::files::element::first_element;
use crate::source::files::object::{Member, member, members};

/// The longest id of an envelope that is remembered as it is; theirs are UUIDs.
const LONGEST_ID: usize = 64;

/// An envelope or a graph, as far as it says which record it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The CTID of the record.
    pub ctid: Option<Ctid>,
    /// What the registry calls the envelope.
    pub envelope_id: Option<String>,
    /// The classes of the record.
    pub classes: Vec<String>,
    /// When the envelope was written last.
    pub updated_at: Option<OffsetDateTime>,
}

impl Row {
    /// Reads an envelope or a row of a search; nothing of one that is no object.
    pub(super) fn of_envelope(text: &[u8]) -> Self {
        let Some(members) = object(text) else { return Self::default() };
        let class: Option<String> = read(&members, "envelope_ctdl_type");
        let classes = class.map_or_else(|| classes_of_resource(&members), |class| vec![class]);
        let headers = member(&members, "node_headers").and_then(|headers| object(headers.value));
        let updated_at = instant(&members, "updated_at")
            .or_else(|| headers.and_then(|headers| instant(&headers, "updated_at")));
        Self {
            ctid: ctid(&members, "envelope_ceterms_ctid"),
            envelope_id: read(&members, "envelope_id"),
            classes,
            updated_at,
        }
    }

    /// Reads the graph of a record: its own `@id` names it, else its first node does.
    pub(super) fn of_graph(text: &[u8]) -> Self {
        let Some(members) = object(text) else { return Self::default() };
        let own: Option<String> = read(&members, "@id");
        let tail = own.as_deref().and_then(|own| own.rsplit('/').next()?.parse().ok());
        let node = first_node(&members);
        let node = node.as_deref().and_then(object).unwrap_or(members);
        Self {
            ctid: tail.or_else(|| ctid(&node, "ceterms:ctid")),
            classes: classes(&node),
            ..Self::default()
        }
    }

    /// What tells the envelope from others of its community.
    pub(super) fn identity(&self) -> Option<String> {
        let ctid = self.ctid.as_ref().map(ToString::to_string);
        ctid.or_else(|| self.envelope_id.as_ref().map(|id| format!("id:{}", cut(id))))
    }
}

/// The id of an envelope where it is a short word, else its digest: walks remember very many of them.
fn cut(id: &str) -> String {
    let is_short = id.len() <= LONGEST_ID && id.bytes().all(|byte| byte.is_ascii_graphic());
    if is_short {
        return id.to_owned();
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(id.as_bytes());
    format!("#{:016x}", hasher.finish())
}

/// What happened to an envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// The record; nothing where the envelope has no CTID.
    pub ctid: Option<Ctid>,
    /// Whether it was destroyed.
    pub is_destruction: bool,
    /// When.
    pub at: OffsetDateTime,
}

impl Event {
    /// Reads an event; nothing where it does not say what happened when.
    pub(super) fn of(text: &[u8]) -> Option<Self> {
        let members = object(text)?;
        let what: String = read(&members, "event")?;
        Some(Self {
            ctid: ctid(&members, "envelope_ceterms_ctid"),
            is_destruction: what == "destroy",
            at: instant(&members, "created_at")?,
        })
    }
}

/// Reads an instant in either spelling of the registry: ISO 8601, or `2019-02-08 17:08:46 UTC`.
pub(super) fn read_instant(text: &str) -> Option<OffsetDateTime> {
    let text = text.trim();
    let iso = text.strip_suffix(" UTC").map(|text| format!("{}Z", text.replacen(' ', "T", 1)));
    OffsetDateTime::parse(iso.as_deref().unwrap_or(text), &Rfc3339).ok()
}

fn object(text: &[u8]) -> Option<Vec<Member<'_>>> {
    members(text, FileLimits::default().depth).ok()
}

fn read<T: DeserializeOwned>(members: &[Member<'_>], name: &str) -> Option<T> {
    serde_json::from_slice(member(members, name)?.value).ok()
}

fn ctid(members: &[Member<'_>], name: &str) -> Option<Ctid> {
    read::<String>(members, name)?.trim().parse().ok()
}

fn instant(members: &[Member<'_>], name: &str) -> Option<OffsetDateTime> {
    read_instant(&read::<String>(members, name)?)
}

fn first_node(members: &[Member<'_>]) -> Option<Vec<u8>> {
    first_element(member(members, "@graph")?.value, FileLimits::default().depth)
}

fn classes_of_resource(members: &[Member<'_>]) -> Vec<String> {
    let resource = member(members, "decoded_resource");
    resource.map(|resource| Row::of_graph(resource.value).classes).unwrap_or_default()
}

fn classes(node: &[Member<'_>]) -> Vec<String> {
    match read(node, "@type") {
        Some(Value::String(class)) => vec![class],
        Some(Value::Array(classes)) => {
            classes.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::macros::datetime;

    use super::*;

    const CTID: &str = "ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";
    const OTHER: &str = "ce-1f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    #[test]
    fn an_envelope_says_which_record_it_is() {
        let text = format!(
            r#"{{"envelope_id":"e1","envelope_ceterms_ctid":"{}","envelope_ctdl_type":"ceterms:License",
                "node_headers":{{"updated_at":"2019-02-08 17:08:46 UTC"}}}}"#,
            CTID.to_uppercase()
        );
        let row = Row::of_envelope(text.as_bytes());
        assert_eq!(row.identity().as_deref(), Some(CTID));
        assert_eq!(row.classes, ["ceterms:License"]);
        assert_eq!(row.updated_at, Some(datetime!(2019-02-08 17:08:46 UTC)));
    }

    #[test]
    fn an_envelope_without_a_ctid_is_known_by_its_id() {
        let row = Row::of_envelope(br#"{"envelope_id":"e1","envelope_ceterms_ctid":null}"#);
        assert_eq!((row.ctid.clone(), row.identity().as_deref()), (None, Some("id:e1")));
        assert_eq!(Row::of_envelope(b"7").identity(), None);
    }

    #[test]
    fn walks_remember_no_more_of_an_id_than_they_can() {
        let identity = |id: &str| {
            let row = Row { envelope_id: Some(id.to_owned()), ..Row::default() };
            row.identity().unwrap()
        };
        for long in ["x".repeat(100_000), "\u{1}".repeat(64), "\u{e4}".repeat(32)] {
            assert!(identity(&long).len() < 64);
            assert_ne!(identity(&long), identity(&format!("{long}x")));
        }
    }

    #[test]
    fn an_envelope_without_a_class_has_that_of_its_first_node() {
        let text = r#"{"envelope_ctdl_type":null,"decoded_resource":
            {"@graph":[{"@type":["ceterms:Badge","ceterms:Credential"]},{"@type":"ceterms:Place"}]}}"#;
        let row = Row::of_envelope(text.as_bytes());
        assert_eq!(row.classes, ["ceterms:Badge", "ceterms:Credential"]);
    }

    #[test]
    fn a_graph_is_named_by_its_address_else_by_its_first_node() {
        let check = |text: String, expected: Option<&str>| {
            let row = Row::of_graph(text.as_bytes());
            assert_eq!(row.ctid.as_ref().map(Ctid::as_str), expected, "{text}");
        };
        let node = format!(r#"{{"@type":"ceterms:Badge","ceterms:ctid":"{OTHER}"}}"#);
        check(
            format!(r#"{{"@id":"https://r.example/graph/{CTID}","@graph":[{node}]}}"#),
            Some(CTID),
        );
        check(format!(r#"{{"@graph":[{node}]}}"#), Some(OTHER));
        check(format!(r#"{{"@id":"https://r.example/x","@graph":[{node}]}}"#), Some(OTHER));
        check(node, Some(OTHER));
        check(r#"{"@graph":[]}"#.to_owned(), None);
        check("[]".to_owned(), None);
    }

    #[test]
    fn an_event_says_what_happened_when() {
        let event = |what: &str| {
            let text = format!(
                r#"{{"envelope_ceterms_ctid":"{CTID}","event":"{what}","created_at":"2026-08-01T10:00:00.5+02:00"}}"#
            );
            Event::of(text.as_bytes()).unwrap()
        };
        assert!(event("destroy").is_destruction && !event("update").is_destruction);
        assert_eq!(event("create").at, datetime!(2026-08-01 08:00:00.5 UTC));
        let nobody = br#"{"envelope_ceterms_ctid":null,"event":"create","created_at":"2026-08-01T10:00:00Z"}"#;
        assert_eq!(Event::of(nobody).unwrap().ctid, None);
        assert_eq!(Event::of(br#"{"event":"create","created_at":"soon"}"#), None);
        assert_eq!(Event::of(b"[]"), None);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(text in prop::collection::vec(any::<u8>(), 0..100)) {
            Row::of_envelope(&text);
            Row::of_graph(&text);
            Event::of(&text);
            read_instant(&String::from_utf8_lossy(&text));
            for (head, tail) in [
                ("{\"@id\":\"", "\",\"@graph\":[{}]}"),
                ("{\"@graph\":", "}"),
                ("{\"decoded_resource\":", "}"),
                ("{\"event\":\"x\",\"created_at\":\"", "\"}"),
            ] {
                let text = [head.as_bytes(), &text, tail.as_bytes()].concat();
                Row::of_envelope(&text);
                Row::of_graph(&text);
                Event::of(&text);
            }
        }
    }
}
