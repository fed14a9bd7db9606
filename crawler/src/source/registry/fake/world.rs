//! The registry as it stands, and what it answers.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use serde_json::{Value, json};
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};
use url::{Url, form_urlencoded};

use crate::source::registry::fake::answer::{Answer, refusal};
use crate::source::registry::fake::envelope::{Envelope, ctid};
use crate::source::registry::fake::quirks::Quirks;
use crate::source::registry::held::NOW;

/// What happens to the registry once a page of envelopes was given.
type Deed = Box<dyn FnOnce(&mut World) + Send>;

/// What the registry tells of what happened.
type Told = (Option<String>, &'static str, OffsetDateTime);

/// The registry as it stands.
pub(in crate::source::registry) struct World {
    /// Oldest first.
    pub envelopes: Vec<Envelope>,
    /// What the dump holds.
    pub an_hour_ago: Vec<Envelope>,
    /// Oldest first: whose, what and when.
    pub events: Vec<Told>,
    pub quirks: Quirks,
    pub deeds: BTreeMap<usize, Deed>,
    pub log: Vec<String>,
    /// Where it answers.
    pub url: Url,
}

impl World {
    pub(in crate::source::registry) fn create(&mut self, n: u32) {
        let updated_at = self.tick();
        self.envelopes.push(Envelope {
            ctid: Some(ctid(n)),
            n,
            class: "ceterms:Certification".to_owned(),
            owner: ctid(9000),
            version: 1,
            inner: Vec::new(),
            updated_at,
        });
        self.events.push((Some(ctid(n)), "create", updated_at));
    }

    pub(in crate::source::registry) fn update(&mut self, n: u32) {
        let updated_at = self.tick();
        let envelope = self.envelope(n);
        envelope.version += 1;
        envelope.updated_at = updated_at;
        self.events.push((Some(ctid(n)), "update", updated_at));
    }

    pub(in crate::source::registry) fn destroy(&mut self, n: u32) {
        let at = self.tick();
        self.envelopes.retain(|envelope| envelope.n != n);
        self.events.push((Some(ctid(n)), "destroy", at));
    }

    pub(in crate::source::registry) fn envelope(&mut self, n: u32) -> &mut Envelope {
        self.envelopes.iter_mut().find(|envelope| envelope.n == n).unwrap()
    }

    /// What a mirror of it holds: by CTID, what the record says.
    pub(in crate::source::registry) fn resources(&self) -> BTreeMap<String, Value> {
        let named = self.envelopes.iter().filter_map(|envelope| {
            Some((envelope.ctid.clone()?.to_lowercase(), envelope.resource()))
        });
        named.collect()
    }

    /// The requests so far, but those for robots.txt; they are forgotten.
    pub(in crate::source::registry) fn requests(&mut self) -> Vec<String> {
        let mut log = std::mem::take(&mut self.log);
        log.retain(|line| !line.contains("robots.txt"));
        log
    }

    /// Every deed has an instant of its own: the first a day before the clock, the others after it.
    fn tick(&self) -> OffsetDateTime {
        match self.events.last() {
            None => NOW - Duration::days(1),
            Some((.., at)) => *at + Duration::seconds(1),
        }
    }

    /// Lets the clock reach now.
    pub(super) fn settle(&mut self) {
        self.an_hour_ago = self.envelopes.clone();
        self.events.push((None, "update", NOW));
    }

    /// Answers a request.
    pub(super) fn answer(&mut self, method: &str, path: &str, query: &str, body: &[u8]) -> Answer {
        let query: BTreeMap<String, String> =
            form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let path: Vec<&str> = path.trim_matches('/').split('/').collect();
        let quirks = &self.quirks;
        match (method, path.as_slice()) {
            _ if quirks.no_community => refusal(404, "Couldn't find Envelope Community"),
            _ if quirks.is_secured => refusal(401, "401 Unauthorized"),
            ("GET", ["ce-registry", "envelopes"]) => self.envelopes(&query, None),
            ("GET", ["metadata", "organizations", owner, "envelopes"]) => {
                self.envelopes(&query, Some(owner))
            }
            ("GET", ["ce-registry", "envelopes", "events"]) => match quirks.no_events {
                Some(status) => refusal(status, "Couldn't find Envelope"),
                None => self.events(&query),
            },
            ("GET", ["ce-registry", "envelopes", "download"]) => self.download(),
            ("GET", ["dump.zip"]) => self.dump(),
            ("GET", ["ce-registry", "search"]) if !quirks.no_search => self.search(&query),
            ("POST", ["ce-registry", "graph", "search"]) if !quirks.bulk_at_root_only => {
                self.graphs(body)
            }
            ("POST", ["graph", "search"]) => self.graphs(body),
            ("GET", ["ce-registry", "graph", ctid]) => self.graph(ctid),
            _ => refusal(404, "404 Not Found"),
        }
    }

    fn envelopes(&mut self, query: &BTreeMap<String, String>, owner: Option<&str>) -> Answer {
        let is_bare = query.get("metadata_only").is_some_and(|value| value == "true");
        let rows: Vec<Value> = self
            .envelopes
            .iter()
            .rev()
            .filter(|envelope| !self.quirks.unlisted.contains(&envelope.n))
            .filter(|envelope| owner.is_none_or(|owner| envelope.owner == owner))
            .map(|envelope| envelope.envelope(!is_bare))
            .collect();
        let mut answer = self.page(&rows, query);
        let number = number(query);
        if is_bare {
            return answer;
        }
        if self.quirks.cut_off.contains(&number) {
            self.quirks.cut_off.retain(|cut| *cut != number);
            answer.is_cut_off = true;
        }
        answer.hangs = self.quirks.hangs_at == Some(number);
        if let Some(deed) = self.deeds.remove(&number) {
            deed(self);
        }
        answer
    }

    fn events(&self, query: &BTreeMap<String, String>) -> Answer {
        let after = query.get("after").map(|at| OffsetDateTime::parse(at, &Rfc3339).unwrap());
        let is_told = !self.quirks.tells_no_events;
        let events = self.events.iter().rev().filter(|(_, what, at)| {
            is_told
                && after.is_none_or(|after| *at >= after)
                && query.get("event").is_none_or(|wanted| wanted == what)
        });
        let rows: Vec<Value> = events
            .map(|(ctid, what, at)| {
                let at = at.format(&Rfc3339).unwrap();
                json!({ "envelope_ceterms_ctid": ctid, "event": what, "created_at": at })
            })
            .collect();
        self.page(&rows, query)
    }

    fn search(&self, query: &BTreeMap<String, String>) -> Answer {
        let from = OffsetDateTime::parse(&query["from"], &Rfc3339).unwrap();
        let mut found: Vec<&Envelope> =
            self.envelopes.iter().filter(|envelope| envelope.updated_at >= from).collect();
        if self.quirks.search_finds_nothing {
            found.clear();
        }
        found.sort_by_key(|envelope| envelope.updated_at);
        // One row for each node of the graph.
        let rows = found
            .iter()
            .flat_map(|envelope| vec![envelope.envelope(false); 1 + envelope.inner.len()]);
        self.page(&rows.collect::<Vec<_>>(), query)
    }

    fn graphs(&self, body: &[u8]) -> Answer {
        let asked: Value = serde_json::from_slice(body).unwrap();
        let asked: Vec<&str> =
            asked["ctids"].as_array().unwrap().iter().map(|ctid| ctid.as_str().unwrap()).collect();
        assert!(asked.len() <= 100, "{}", asked.len());
        if self.quirks.no_bulk {
            return refusal(405, "405 Not Allowed");
        }
        let given = self.envelopes.iter().filter(|envelope| {
            let own = envelope.ctid.as_ref().map(|ctid| ctid.to_lowercase());
            let is_asked = own.is_some_and(|own| asked.contains(&own.as_str()));
            let is_garbled = self.quirks.garbled.contains(&ctid(envelope.n));
            is_asked && !self.quirks.bulk_gives_nothing && !is_garbled && !self.is_broken(envelope)
        });
        Answer::of(&given.map(Envelope::resource).collect::<Value>())
    }

    fn graph(&self, asked: &str) -> Answer {
        let has = |envelope: &&Envelope| {
            let mut names = envelope.ctid.iter().chain(&envelope.inner);
            names.any(|name| name.eq_ignore_ascii_case(asked))
        };
        match self.envelopes.iter().find(has) {
            Some(envelope) if self.quirks.garbled.contains(&ctid(envelope.n)) => {
                Answer::of(&json!({ "nothing": true }))
            }
            Some(envelope) if self.is_broken(envelope) => refusal(422, "cannot be shown"),
            Some(envelope) => Answer::of(&envelope.resource()),
            None => refusal(404, "No matching resource found"),
        }
    }

    fn download(&self) -> Answer {
        let Some(status) = self.quirks.dump else { return refusal(401, "Invalid token") };
        let url = self.url.join("dump.zip?signature=0123").unwrap();
        let published = (NOW - Duration::hours(1)).format(&Rfc3339).unwrap();
        Answer::of(
            &json!({ "status": status, "url": url.as_str(), "last_published_at": published }),
        )
    }

    /// The dump as it was an hour ago.
    fn dump(&self) -> Answer {
        if self.quirks.dump_is_kept_back {
            return refusal(403, "signature 0123 is wrong");
        }
        let n_lacking = usize::from(self.quirks.dump_lacks_one);
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        for envelope in self.an_hour_ago.iter().skip(n_lacking) {
            let name = format!("ce_registry/{}.json", envelope.ctid.as_ref().unwrap());
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(envelope.envelope(true).to_string().as_bytes()).unwrap();
        }
        let mut archive = writer.finish().unwrap().into_inner();
        if self.quirks.dump_is_damaged {
            archive.truncate(archive.len() / 2);
        }
        Answer { archive, ..refusal(200, "") }
    }

    fn is_broken(&self, envelope: &Envelope) -> bool {
        envelope.ctid.as_ref().is_some_and(|ctid| self.quirks.broken.contains(ctid))
    }

    fn page(&self, rows: &[Value], query: &BTreeMap<String, String>) -> Answer {
        let quirks = &self.quirks;
        let most = if quirks.per_page_at_most == 0 { 200 } else { quirks.per_page_at_most };
        let per_page = query.get("per_page").map_or(10, |value| value.parse().unwrap()).min(most);
        let last = rows.len().div_ceil(per_page).max(1);
        let number = number(query);
        let number = if quirks.repeats_last_page { number.min(last) } else { number };
        let shown: Value =
            rows.iter().skip((number - 1) * per_page).take(per_page).cloned().collect();
        let total = i64::try_from(rows.len()).unwrap() + quirks.total_is_off_by;
        let name = if quirks.total_is_called_total { "Total" } else { "X-Total" };
        let total = (!quirks.no_totals).then(|| (name, total.to_string()));
        Answer { total, ..Answer::of(&shown) }
    }
}

fn number(query: &BTreeMap<String, String>) -> usize {
    query.get("page").map_or(1, |page| page.parse().unwrap())
}
