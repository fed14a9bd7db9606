//! The fake CASE server beside what a real one said.

use std::fs;

use super::caller::ask;
use crate::support::fake_case::{FakeCase, Quirks, Versions};
use crate::support::fake_server::FakeServer;
use crate::support::fake_server::robots::Robots;
use crate::support::http::Answer;
use crate::support::package::numbered;
use crate::support::shared;

/// An exchange as it was recorded.
struct Exchange {
    path: String,
    status: u16,
    fields: Vec<(String, String)>,
    body: String,
}

impl Exchange {
    fn read(text: &str) -> Self {
        let request = text.lines().next().unwrap();
        let path = request.split(' ').nth(2).unwrap().to_owned();
        let answer = &text[text.find("\nHTTP/1.1 ").unwrap() + 1..];
        let (head, body) =
            answer.split_once("\n\n").or_else(|| answer.split_once("\r\n\r\n")).unwrap();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let fields = lines.filter_map(|line| line.split_once(": "));
        let fields =
            fields.map(|(name, value)| (name.to_lowercase(), value.trim().to_owned())).collect();
        Self { path, status, fields, body: body.to_owned() }
    }

    fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// A server like the one that was recorded, with so many frameworks.
fn server(tenant: &'static str, n_frameworks: u32) -> FakeServer<FakeCase> {
    let quirks = |quirks: &mut Quirks| {
        quirks.prefix = tenant;
        quirks.caps_limit = Some(500);
        quirks.versions = Versions::V1p0LeadsToV1p1;
    };
    let server =
        FakeCase::behaving((1..=n_frameworks).map(|number| numbered(number, "Knots", 0)), quirks);
    server.conduct(|conduct| conduct.robots = Robots::NotFoundElsewhere);
    server
}

/// A text without the host that it was said by.
fn homeless(text: Option<&str>, host: &str) -> Option<String> {
    text.map(|text| text.replace(host, "http://host"))
}

fn n_documents(body: &[u8]) -> Option<usize> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    body["CFDocuments"].as_array().map(Vec::len)
}

fn check(server: &FakeServer<FakeCase>, name: &str, exchange: &Exchange) {
    let answer: Answer =
        ask(server.address(), &exchange.path, &[("Accept", "application/json")]).unwrap();
    assert_eq!(answer.status, exchange.status, "{name}");
    let recorded = |field| homeless(exchange.field(field), "http://127.0.0.1:8901");
    for field in ["x-total-count", "link", "location"] {
        assert_eq!(
            homeless(answer.field(field), &server.url()),
            recorded(field),
            "{name}: {field}"
        );
    }
    let n_recorded = n_documents(exchange.body.as_bytes());
    if exchange.body.len() < 200_000 {
        assert_eq!(n_documents(&answer.body), n_recorded, "{name}");
    }
}

#[test]
fn lists_pages_links_redirects_and_robots_are_as_a_real_server_gave_them() {
    let Some(folder) = shared("transcripts/compeito") else { return };
    let six = server("/11111111-1111-4111-8111-111111111111", 6);
    let many = server("/66666666-6666-4666-8666-666666666666", 230);
    let mut n_checked = 0;
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let number = name.get(..3).and_then(|number| number.parse::<u32>().ok());
        let server = match number {
            Some(1..=8 | 126 | 127 | 145) => &six,
            Some(166..=170) => &many,
            _ => continue,
        };
        check(server, &name, &Exchange::read(&fs::read_to_string(&path).unwrap()));
        n_checked += 1;
    }
    assert!(n_checked >= 14, "only {n_checked} exchanges");
}
