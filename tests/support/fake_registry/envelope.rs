//! An envelope, as it is published and as it is shown.

use serde_json::{Value, json};
use time::OffsetDateTime;

use crate::support::fake_server::clock::precise_stamp;

/// The address of a resource of the registry.
pub(crate) fn resource(ctid: &str) -> String {
    format!("https://credentialengineregistry.org/resources/{ctid}")
}

/// What is published under a CTID.
#[derive(Debug, Clone)]
pub(crate) struct Published {
    pub ctid: String,
    pub class: String,
    /// The organization that owns it.
    pub owner: Option<String>,
    pub is_provisional: bool,
    /// The CTIDs of the other resources of its graph.
    pub inner: Vec<String>,
    /// The graph as JSON.
    pub graph: String,
    /// The whole envelope, where it is not one of today's form.
    pub whole: Option<String>,
}

/// What the registry keeps of an envelope.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub published: Published,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
}

impl Published {
    /// A graph of resources; the first gives the envelope its CTID and its class.
    pub(crate) fn of(nodes: &[Value]) -> Self {
        let first = &nodes[0];
        let ctid = |node: &Value| node["ceterms:ctid"].as_str().map(str::to_owned);
        let own = ctid(first).unwrap();
        let owner = first["ceterms:ownedBy"][0].as_str();
        let provisional = "graphPublicationStatus:Provisional";
        let graph = json!({
            "@context": "https://credreg.net/ctdl/schema/context/json",
            "@id": format!("https://credentialengineregistry.org/graph/{own}"),
            "@graph": nodes,
        });
        Self {
            class: first["@type"].as_str().unwrap().to_owned(),
            owner: owner.and_then(|iri| iri.rsplit('/').next()).map(str::to_owned),
            is_provisional: first["adms:status"]["ceterms:targetNode"] == provisional,
            inner: nodes.iter().skip(1).filter_map(ctid).collect(),
            graph: graph.to_string(),
            whole: None,
            ctid: own,
        }
    }

    /// An envelope as it was found, such as one of the old form with its signature.
    pub(crate) fn found(text: &str) -> Self {
        let envelope: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        let nodes = envelope["decoded_resource"]["@graph"].as_array().unwrap().clone();
        let mut published = Self::of(&nodes);
        published.graph = envelope["decoded_resource"].to_string();
        published.whole = Some(envelope.to_string());
        published
    }

    /// The graph, read.
    pub(crate) fn read(&self) -> Value {
        serde_json::from_str(&self.graph).unwrap()
    }
}

impl Row {
    /// The envelope as the registry shows it.
    pub(crate) fn shown(&self, is_metadata_only: bool) -> String {
        let published = &self.published;
        if let (Some(whole), false) = (&published.whole, is_metadata_only) {
            return whole.clone();
        }
        let head = self.metadata().to_string();
        if is_metadata_only {
            return head;
        }
        let open = head.strip_suffix('}').unwrap();
        format!("{open},\"decoded_resource\":{}}}", published.graph)
    }

    /// Everything of the envelope but its resource.
    pub(crate) fn metadata(&self) -> Value {
        let published = &self.published;
        let [created_at, updated_at] = [self.created_at, self.updated_at].map(precise_stamp);
        json!({
            "envelope_community": "ce_registry",
            "envelope_id": self.envelope_id(),
            "envelope_ceterms_ctid": published.ctid,
            "envelope_ctdl_type": published.class,
            "envelope_type": "resource_data",
            "envelope_version": "1.0.0",
            "resource_format": "json",
            "resource_encoding": "jwt",
            "publisher_id": null,
            "secondary_publisher_id": null,
            "resource_publish_type": "primary",
            "node_headers": {
                "revision_history": [],
                "created_at": created_at,
                "updated_at": updated_at,
                "deleted_at": null,
            },
            "owned_by": published.owner,
            "published_by": published.owner,
            "changed": false,
            "last_verified_on": "2026-01-01",
            "updated_at": updated_at,
        })
    }

    /// The envelope's own identifier, which is not its CTID.
    pub(crate) fn envelope_id(&self) -> String {
        let rest = self.published.ctid.trim_start_matches("ce-").get(8..).unwrap_or_default();
        format!("e0e0e0e0{rest}")
    }
}
