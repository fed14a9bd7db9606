//! A receiver that keeps what it is given in memory.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use crawler::receiver::{Body, Document, Kept, Receiver, StoreError};
use serde_json::Value;

type Records = Arc<Mutex<BTreeMap<String, Option<Vec<u8>>>>>;

/// Keeps the last body of each record; nothing where it was withdrawn.
#[derive(Default)]
pub(crate) struct Memory {
    records: Records,
}

impl Memory {
    /// The records that are there, with their bodies.
    pub(crate) fn held(&self) -> BTreeMap<String, String> {
        let records = self.records.lock().unwrap();
        let held = records.iter().filter_map(|(record, body)| Some((record, body.as_ref()?)));
        held.map(|(record, body)| (record.clone(), String::from_utf8(body.clone()).unwrap()))
            .collect()
    }

    /// The identifiers of the frameworks that are there.
    pub(crate) fn frameworks(&self) -> Vec<String> {
        let held = self.held().into_keys();
        held.map(|record| record.strip_prefix("CFPackages/").unwrap().to_owned()).collect()
    }
}

impl Receiver for Memory {
    fn open(&self) -> Result<Box<dyn Body>, StoreError> {
        Ok(Box::new(Taking { records: Arc::clone(&self.records), bytes: Vec::new() }))
    }

    fn withdraw(&self, _: &str, record: &str, _: &str) -> Result<bool, StoreError> {
        let mut records = self.records.lock().map_err(|error| error.to_string())?;
        Ok(records.insert(record.to_owned(), None).flatten().is_some())
    }

    fn records(&self, _: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.held().into_keys().collect())
    }

    fn has(&self, _: &str, record: &str) -> Result<bool, StoreError> {
        Ok(self.held().contains_key(record))
    }

    fn commit(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

struct Taking {
    records: Records,
    bytes: Vec<u8>,
}

impl Write for Taking {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Body for Taking {
    fn keep(self: Box<Self>, document: &Document) -> Result<Kept, StoreError> {
        let Ok(value) = serde_json::from_slice::<Value>(&self.bytes) else {
            return Ok(Kept::Refused("it is no JSON".to_owned()));
        };
        assert!(value.get("unreadable").is_none(), "a document that breaks whoever reads it");
        if value.get("credentialSubject").is_some() {
            return Ok(Kept::AboutPerson);
        }
        let identifier = value.pointer("/CFDocument/identifier").and_then(Value::as_str);
        let about = document.about.as_deref().map(str::to_lowercase);
        if identifier.map(str::to_lowercase) != about {
            return Ok(Kept::Refused(format!("it is about {identifier:?}")));
        }
        let body = Some(self.bytes);
        let mut records = self.records.lock().map_err(|error| error.to_string())?;
        let before = records.insert(document.record.clone(), body.clone());
        Ok(if before == Some(body) { Kept::Unchanged } else { Kept::Accepted })
    }
}
