//! What a registry holds, and how it came to that.

use std::collections::BTreeMap;

use time::{Duration, OffsetDateTime};

use crate::support::fake_registry::envelope::{Published, Row};
use crate::support::fake_server::clock::now;

/// The envelopes in the order they were created in, and what happened to them.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    held: BTreeMap<u64, Row>,
    /// The envelope in whose graph a CTID stands, by the CTID in lower case.
    places: BTreeMap<String, u64>,
    events: Vec<Event>,
    n_created: u64,
}

/// Something that happened to an envelope.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub ctid: String,
    pub what: &'static str,
    pub at: OffsetDateTime,
    pub is_provisional: bool,
}

impl Rows {
    /// What was created a month ago, one a second.
    pub(crate) fn long_ago(published: impl IntoIterator<Item = Published>) -> Self {
        let mut rows = Self::default();
        let begun = now() - Duration::days(30);
        for (at, published) in (0..).zip(published) {
            rows.create_at(published, begun + Duration::seconds(at));
        }
        rows
    }

    pub(crate) fn create(&mut self, published: Published) {
        self.create_at(published, now());
    }

    fn create_at(&mut self, published: Published, at: OffsetDateTime) {
        self.n_created += 1;
        let number = self.n_created;
        self.note(&published, "create", at);
        self.place(&published, number);
        self.held.insert(number, Row { published, created_at: at, updated_at: at });
    }

    /// Replaces what is published under the CTID; it keeps its place in the list.
    pub(crate) fn update(&mut self, published: Published) {
        let at = now();
        let number = self.places[&published.ctid.to_lowercase()];
        self.note(&published, "update", at);
        self.place(&published, number);
        let row = self.held.get_mut(&number).unwrap();
        (row.published, row.updated_at) = (published, at);
    }

    pub(crate) fn destroy(&mut self, ctid: &str) {
        let number = self.places[&ctid.to_lowercase()];
        let row = self.held.remove(&number).unwrap();
        self.places.retain(|_, place| *place != number);
        self.note(&row.published, "destroy", now());
    }

    fn note(&mut self, published: &Published, what: &'static str, at: OffsetDateTime) {
        let (ctid, is_provisional) = (published.ctid.clone(), published.is_provisional);
        self.events.push(Event { ctid, what, at, is_provisional });
    }

    fn place(&mut self, published: &Published, number: u64) {
        for ctid in published.inner.iter().chain([&published.ctid]) {
            self.places.insert(ctid.to_lowercase(), number);
        }
    }

    /// The envelopes, newest first.
    pub(crate) fn newest_first(&self) -> impl Iterator<Item = &Row> {
        self.held.values().rev()
    }

    /// The envelope in whose graph a CTID stands, whatever its case.
    pub(crate) fn around(&self, ctid: &str) -> Option<&Row> {
        self.held.get(self.places.get(&ctid.to_lowercase())?)
    }

    /// The envelope that has this CTID itself, or this identifier.
    pub(crate) fn envelope(&self, id: &str) -> Option<&Row> {
        let own = self.around(id);
        own.or_else(|| self.held.values().find(|row| row.envelope_id() == id))
    }

    /// What happened, oldest first.
    pub(crate) fn events(&self) -> &[Event] {
        &self.events
    }

    pub(crate) fn len(&self) -> usize {
        self.held.len()
    }
}
