//! Five small frameworks, and what a clean server makes of them.

use std::sync::LazyLock;

use serde_json::Value;

use crate::support::fake_case::{FakeCase, Quirks};
use crate::support::fake_server::FakeServer;
use crate::support::generated::framework;
use crate::support::mirror::{Content, Harvested, Mirror, check_same, n_withdrawn};
use crate::support::package::guid;

/// How many frameworks there are.
pub(super) const N: u32 = 5;

/// The frameworks.
pub(super) fn trades() -> impl Iterator<Item = Value> {
    (1..=N).map(|number| framework(number, 12))
}

/// The identifier of the document of a framework.
pub(super) fn document(number: u32) -> String {
    guid(number, 0)
}

/// The record that a framework becomes.
pub(super) fn record(number: u32) -> String {
    format!("CFPackages/{}", document(number))
}

static CLEAN: LazyLock<Content> = LazyLock::new(|| {
    let server = FakeCase::serving(trades());
    let mirror = Mirror::of_case(&server.url());
    mirror.harvest().check_complete();
    mirror.content()
});

/// What a harvest of a clean server shows.
pub(super) fn clean() -> &'static Content {
    &CLEAN
}

/// The same without some frameworks.
pub(super) fn clean_without(numbers: &[u32]) -> Content {
    let left_out: Vec<String> =
        numbers.iter().map(|number| format!("case {}", record(*number))).collect();
    let is_kept = |key: &String| !left_out.iter().any(|name| key.starts_with(name));
    clean()
        .iter()
        .filter(|(key, _)| is_kept(key))
        .map(|(key, shown)| (key.clone(), shown.clone()))
        .collect()
}

/// The frameworks on a server with quirks, and their mirror.
pub(super) struct Trades {
    pub server: FakeServer<FakeCase>,
    pub mirror: Mirror,
}

impl Trades {
    pub(super) fn behaving(switch: impl FnOnce(&mut Quirks)) -> Self {
        let server = FakeCase::behaving(trades(), switch);
        let prefix = server.change(|case| case.quirks.prefix);
        let mirror = Mirror::of_case(&format!("{}{prefix}", server.url()));
        Self { server, mirror }
    }

    /// The frameworks on a clean server, harvested once, with what was asked forgotten.
    pub(super) fn harvested(switch: impl FnOnce(&mut Quirks)) -> Self {
        let trades = Self::behaving(switch);
        trades.mirror.harvest().check_complete();
        trades.server.log().take();
        trades
    }

    /// Sets more lines of the configuration.
    pub(super) fn configure(&mut self, lines: &str) {
        let prefix = self.server.change(|case| case.quirks.prefix);
        let url = format!("{}{prefix}", self.server.url());
        self.mirror.source("case", "case", &url, lines);
    }

    /// Harvests, and fails unless everything came as from a clean server.
    #[track_caller]
    pub(super) fn check_as_clean(&self, what: &str) -> Harvested {
        let harvested = self.mirror.harvest();
        assert_eq!(harvested.status, 0, "{what}: {harvested:?}");
        harvested.check_complete();
        check_same(what, &self.mirror.content(), clean());
        harvested
    }

    /// Harvests, and fails unless everything came as from a clean server, or the reason is given why not, and what came is right.
    #[track_caller]
    pub(super) fn check_as_clean_or_said(&self, what: &str) -> Harvested {
        let harvested = self.mirror.harvest();
        let content = self.mirror.content();
        if harvested.ending("case") == "complete" {
            check_same(what, &content, clean());
            return harvested;
        }
        harvested.check_said("case");
        assert_eq!(n_withdrawn(&content), 0, "{what}");
        for (key, shown) in &content {
            assert_eq!(Some(shown), clean().get(key), "{what}: {key}");
        }
        harvested
    }

    /// Harvests three times, and fails where anything of what was held is withdrawn.
    #[track_caller]
    pub(super) fn check_retires_nothing(&self, what: &str) -> Harvested {
        for _ in 0..2 {
            self.mirror.harvest();
        }
        let last = self.mirror.harvest();
        let content = self.mirror.content();
        assert_eq!(n_withdrawn(&content), 0, "{what}: {last:?}");
        check_same(what, &content, clean());
        last
    }
}
