//! The registry: what is asked for, and what comes.

use serde_json::{Value, json};

use crate::support::containers::zip;
use crate::support::fake_registry::envelope::{Published, Row, resource};
use crate::support::fake_registry::events;
use crate::support::fake_registry::listing::envelopes;
use crate::support::fake_registry::quirks::{RegistryQuirks, ShiftKind};
use crate::support::fake_registry::rows::Rows;
use crate::support::fake_registry::search;
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::clock::{now, precise_stamp};
use crate::support::fake_server::site::{Asked, Said, Site};

/// A registry with the community `ce-registry`. What it holds and how it behaves can be changed while it runs.
pub(crate) struct FakeRegistry {
    pub rows: Rows,
    pub quirks: RegistryQuirks,
    /// The token that is good.
    pub token: &'static str,
    /// Where the dump lies, where there is one.
    pub dump: Option<String>,
    /// What comes on top while somebody walks.
    pub waiting: Vec<Published>,
}

impl FakeRegistry {
    /// Serves envelopes that were published long ago, as the registry of today does.
    pub(crate) fn serving(published: impl IntoIterator<Item = Published>) -> FakeServer<Self> {
        Self::behaving(published, |_| {})
    }

    /// Serves them in the registry's own way.
    pub(crate) fn behaving(
        published: impl IntoIterator<Item = Published>,
        switch: impl FnOnce(&mut RegistryQuirks),
    ) -> FakeServer<Self> {
        let mut quirks = RegistryQuirks::default();
        switch(&mut quirks);
        let rows = Rows::long_ago(published);
        let token = "token-of-the-registry";
        FakeServer::of(Self { rows, quirks, token, dump: None, waiting: Vec::new() })
    }

    pub(crate) fn create(&mut self, published: Published) {
        self.rows.create(published);
    }

    pub(crate) fn update(&mut self, published: Published) {
        self.rows.update(published);
    }

    pub(crate) fn destroy(&mut self, ctid: &str) {
        self.rows.destroy(ctid);
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The dump as the registry packs it: one file an envelope.
    pub(crate) fn packed(&self) -> Vec<u8> {
        let files: Vec<(String, String)> = self
            .rows
            .newest_first()
            .map(|row| (format!("{}.json", row.published.ctid), row.shown(false)))
            .collect();
        let members: Vec<(&str, &[u8])> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
        zip(&members)
    }

    fn envelopes(&mut self, asked: &Asked) -> Said {
        let said = envelopes(self.rows.newest_first(), &self.quirks, asked);
        let Some(shift) = self.quirks.shift.as_mut().filter(|shift| shift.times > 0) else {
            return said;
        };
        shift.times -= 1;
        match shift.kind {
            ShiftKind::Creates => {
                if let Some(new) = self.waiting.pop() {
                    self.rows.create(new);
                }
            }
            ShiftKind::Destroys => {
                let top = self.rows.newest_first().next().map(|row| row.published.ctid.clone());
                if let Some(ctid) = top {
                    self.rows.destroy(&ctid);
                }
            }
        }
        said
    }

    fn download(&self, asked: &Asked) -> Said {
        if asked.token() != Some(self.token) {
            return Said::json(401, &json!({ "errors": ["Invalid token"] }));
        }
        let Some(url) = &self.dump else {
            return Said::json(200, &json!({ "status": "pending" }));
        };
        let at = precise_stamp(now());
        let status = json!({
            "status": "finished",
            "last_published_at": at,
            "enqueued_at": at,
            "started_at": at,
            "finished_at": at,
            "url": url,
        });
        Said::json(200, &status)
    }

    fn graph(&self, ctid: &str) -> Said {
        let Some(row) = self.rows.around(ctid) else { return unknown() };
        Said::of(200, "application/json", row.published.graph.clone())
    }

    fn graphs(&self, asked: &Asked) -> Said {
        let wanted: Value = serde_json::from_slice(&asked.body).unwrap_or_default();
        let wanted = wanted["ctids"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let own = |ctid: &str| {
            let row = self.rows.around(ctid)?;
            (row.published.ctid == ctid).then(|| row.published.graph.clone())
        };
        let graphs: Vec<String> = wanted.filter_map(own).collect();
        Said::of(200, "application/json", format!("[{}]", graphs.join(",")))
    }

    /// One node, with the context of its graph.
    fn resource(&self, ctid: &str) -> Said {
        let Some(row) = self.rows.around(ctid) else { return unknown() };
        let mut graph = row.published.read();
        let id = resource(ctid);
        let nodes = graph["@graph"].as_array_mut().into_iter().flatten();
        let found = nodes
            .map(Value::take)
            .find(|node| node["@id"].as_str().is_some_and(|found| found.eq_ignore_ascii_case(&id)));
        let Some(mut node) = found else { return unknown() };
        node["@context"] = graph["@context"].take();
        Said::json(200, &node)
    }

    fn organization(&self, owner: &str, asked: &Asked) -> Said {
        let is_owned = |row: &&Row| row.published.owner.as_deref() == Some(owner);
        envelopes(self.rows.newest_first().filter(is_owned), &self.quirks, asked)
    }
}

impl Site for FakeRegistry {
    fn answer(&mut self, asked: &Asked) -> Said {
        let parts: Vec<&str> = asked.path.split('/').filter(|part| !part.is_empty()).collect();
        let is_community = |part: &str| ["ce-registry", "ce_registry"].contains(&part);
        let inside = match parts.as_slice() {
            [first, rest @ ..] if is_community(first) => rest,
            all => all,
        };
        let is_let_in = !self.quirks.is_secured || asked.token() == Some(self.token);
        if !is_let_in && !inside.is_empty() {
            return Said::json(401, &json!({ "errors": ["401 Unauthorized"] }));
        }
        match (asked.method.as_str(), inside) {
            ("GET", []) => Said::json(
                200,
                &json!({
                    "api_version": "v1",
                    "total_envelopes": self.rows.len(),
                    "metadata_communities": { "ce_registry": format!("{}/ce-registry", asked.base()) },
                }),
            ),
            ("GET", ["envelopes"]) => self.envelopes(asked),
            ("GET", ["envelopes", "events"]) if self.quirks.has_events => {
                events::answer(&self.rows, &self.quirks, asked)
            }
            ("GET", ["envelopes", "events"]) => unknown(),
            ("GET" | "POST", ["envelopes", "download"]) => self.download(asked),
            ("GET", ["envelopes", id]) => match self.rows.envelope(id) {
                Some(row) => Said::of(200, "application/json", row.shown(false)),
                None => unknown(),
            },
            ("POST", ["graph", "search"]) if self.quirks.has_bulk => self.graphs(asked),
            ("GET", ["graph", ctid]) => self.graph(ctid),
            ("GET", ["resources", ctid]) => self.resource(ctid),
            ("GET", ["search"]) => search::answer(&self.rows, &self.quirks, asked),
            ("GET", ["metadata", "organizations", ctid, "envelopes"]) => {
                self.organization(ctid, asked)
            }
            _ => unknown(),
        }
    }
}

fn unknown() -> Said {
    Said::json(404, &json!({ "errors": ["Couldn't find the resource"] }))
}
