//! What is wrong with a configuration.

use std::fmt;

use serde_json::{Value, json};

use crate::config::key::Key;
use crate::config::origin::Origin;

/// A configuration that cannot be followed; all that is wrong with it.
#[derive(Debug)]
pub(crate) struct ConfigError(pub Vec<Fault>);

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The value that it is about; none where it is about the file as a whole.
    pub key: Option<Key>,
    /// Where that was said; none where nobody said it.
    pub origin: Option<Origin>,
    /// What is wrong, and what would be right.
    pub reason: String,
}

impl Fault {
    /// Something is wrong with a value that was said somewhere.
    pub(crate) fn of(key: &Key, origin: &Origin, reason: impl Into<String>) -> Self {
        Self { key: Some(key.clone()), origin: Some(origin.clone()), reason: reason.into() }
    }

    /// A value is missing.
    pub(crate) fn missing(key: &Key, reason: impl Into<String>) -> Self {
        Self { key: Some(key.clone()), origin: None, reason: reason.into() }
    }

    /// The file as a whole is of no use.
    pub(crate) fn whole(reason: impl Into<String>) -> Self {
        Self { key: None, origin: None, reason: reason.into() }
    }

    /// The fault as JSON.
    pub(crate) fn to_json(&self) -> Value {
        let key = self.key.as_ref().map(ToString::to_string);
        json!({ "key": key, "origin": self.origin.as_ref().map(Origin::to_json), "reason": self.reason })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(key) = &self.key {
            write!(f, "`{key}`")?;
            if let Some(origin) = &self.origin {
                write!(f, " ({origin})")?;
            }
            f.write_str(": ")?;
        }
        f.write_str(&self.reason)
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is wrong")?;
        match self.0.as_slice() {
            [fault] => write!(f, ": {fault}"),
            faults => faults.iter().try_for_each(|fault| write!(f, "\n  {fault}")),
        }
    }
}

impl std::error::Error for ConfigError {}
