//! An envelope, as a listing shows it and as a record by itself.

use serde_json::{Value, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// An envelope of the registry.
#[derive(Debug, Clone)]
pub(in crate::source::registry) struct Envelope {
    pub ctid: Option<String>,
    pub n: u32,
    pub class: String,
    pub owner: String,
    pub version: u32,
    pub inner: Vec<String>,
    pub updated_at: OffsetDateTime,
}

/// The CTID of envelope `n`.
pub(in crate::source::registry) fn ctid(n: u32) -> String {
    format!("ce-{n:08x}-1111-4111-8111-aaaaaaaaaaaa")
}

impl Envelope {
    pub(in crate::source::registry) fn resource(&self) -> Value {
        let node = |name: &str, class: &str| {
            json!({
                "@id": format!("https://r.example/resources/{name}"),
                "@type": class,
                "ceterms:ctid": name,
                "ceterms:name": { "en": format!("version {}", self.version) },
            })
        };
        let own = self.ctid.clone().unwrap_or_default();
        let mut graph = vec![node(&own, &self.class)];
        graph.extend(self.inner.iter().map(|inner| node(inner, "ceasn:Competency")));
        json!({
            "@context": "https://credreg.net/ctdl/schema/context/json",
            "@id": format!("https://r.example/graph/{own}"),
            "@graph": graph,
        })
    }

    pub(in crate::source::registry) fn envelope(&self, is_whole: bool) -> Value {
        let updated_at = self.updated_at.format(&Rfc3339).unwrap();
        let mut envelope = json!({
            "envelope_id": format!("envelope-{}", self.n),
            "envelope_ceterms_ctid": self.ctid,
            "envelope_ctdl_type": self.class,
            "node_headers": { "updated_at": updated_at.replace('T', " ").replace('Z', " UTC") },
        });
        if is_whole {
            envelope["decoded_resource"] = self.resource();
        }
        envelope
    }
}
