//! A host that has files and nothing else.

use std::collections::BTreeMap;

use crate::support::fake_server::FakeServer;
use crate::support::fake_server::site::{Asked, Said, Site};

/// The files by their paths.
pub(crate) struct FakeFiles(BTreeMap<String, Vec<u8>>);

impl FakeFiles {
    pub(crate) fn serving(path: &str, bytes: Vec<u8>) -> FakeServer<Self> {
        FakeServer::of(Self(BTreeMap::from([(path.to_owned(), bytes)])))
    }
}

impl Site for FakeFiles {
    fn answer(&mut self, asked: &Asked) -> Said {
        match self.0.get(&asked.path) {
            Some(bytes) => Said::of(200, "application/zip", bytes.clone()),
            None => Said::of(404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>"),
        }
    }
}
