//! What a server was asked, and when.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::support::fake_server::site::Asked;

/// Everything that a server was asked since it began, or since the log was cleared.
#[derive(Debug, Default)]
pub(crate) struct Log(Mutex<Vec<Line>>);

/// A request, as it is remembered.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub method: String,
    pub path: String,
    pub query: Vec<(String, String)>,
    /// Whether there was an `Authorization`.
    pub is_authorized: bool,
    pub if_none_match: Option<String>,
    pub if_modified_since: Option<String>,
    pub accept: Option<String>,
    pub user_agent: Option<String>,
    pub begun: Instant,
    /// When the answer was ready to be sent.
    pub ended: Option<Instant>,
    /// 0 until the answer is ready.
    pub status: u16,
}

impl Line {
    /// The path with its parameters.
    pub(crate) fn place(&self) -> String {
        let query: Vec<String> =
            self.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{}?{}", self.path, query.join("&"))
    }

    /// Whether the caller named an earlier answer.
    pub(crate) fn is_conditional(&self) -> bool {
        self.if_none_match.is_some() || self.if_modified_since.is_some()
    }
}

impl Log {
    /// Notes a request, and gives the number by which its end is noted.
    pub(crate) fn begin(&self, asked: &Asked) -> usize {
        let field = |name: &str| asked.field(name).map(str::to_owned);
        let mut lines = self.0.lock().unwrap();
        lines.push(Line {
            method: asked.method.clone(),
            path: asked.path.clone(),
            query: asked.query.clone(),
            is_authorized: asked.field("authorization").is_some(),
            if_none_match: field("if-none-match"),
            if_modified_since: field("if-modified-since"),
            accept: field("accept"),
            user_agent: field("user-agent"),
            begun: Instant::now(),
            ended: None,
            status: 0,
        });
        lines.len() - 1
    }

    pub(crate) fn end(&self, number: usize, status: u16) {
        if let Some(line) = self.0.lock().unwrap().get_mut(number) {
            line.ended = Some(Instant::now());
            line.status = status;
        }
    }

    /// All requests, in the order they came in.
    pub(crate) fn lines(&self) -> Vec<Line> {
        self.0.lock().unwrap().clone()
    }

    /// The requests for paths that contain this.
    pub(crate) fn about(&self, part: &str) -> Vec<Line> {
        self.lines().into_iter().filter(|line| line.path.contains(part)).collect()
    }

    /// Gives all requests and forgets them. Nothing may be under way.
    pub(crate) fn take(&self) -> Vec<Line> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

/// The shortest time between the beginnings of two requests that follow each other.
pub(crate) fn least_gap(lines: &[Line]) -> Option<Duration> {
    lines.windows(2).map(|pair| pair[1].begun - pair[0].begun).min()
}

/// How many requests were under way at once.
pub(crate) fn most_at_once(lines: &[Line]) -> usize {
    let under_way = |at: Instant| {
        let is_under_way =
            |line: &&Line| line.begun <= at && line.ended.is_none_or(|ended| ended > at);
        lines.iter().filter(is_under_way).count()
    };
    lines.iter().map(|line| under_way(line.begun)).max().unwrap_or_default()
}

/// The parameters that were sent, each once.
pub(crate) fn parameters(lines: &[Line]) -> std::collections::BTreeSet<String> {
    lines.iter().flat_map(|line| line.query.iter().map(|(name, _)| name.clone())).collect()
}
