//! The sheet on which a configuration is worked out: what was said, what is wrong with it, and what counts in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;
use url::Url;

use crate::config::error::Fault;
use crate::config::file::Entry;
use crate::config::key::Key;
use crate::config::origin::Origin;
use crate::config::raw::Raw;
use crate::config::schema;

/// A value as it counts in the end.
#[derive(Debug, Clone)]
pub(crate) struct Effective {
    /// Its key.
    pub key: Key,
    /// The value; a secret is `***`.
    pub value: Value,
    /// Where it was said.
    pub origin: Origin,
}

impl Effective {
    /// The value as TOML writes it.
    pub(crate) fn to_toml(&self) -> String {
        match &self.value {
            Value::Array(values) => {
                let values: Vec<String> = values.iter().map(ToString::to_string).collect();
                format!("[{}]", values.join(", "))
            }
            other => other.to_string(),
        }
    }
}

/// What is shown of a secret.
pub(super) const MASK: &str = "***";

/// The sheet: values are asked for by their key, and every answer and every fault is written down.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    entries: BTreeMap<Key, (Raw, Origin)>,
    effective: Vec<Effective>,
    faults: Vec<Fault>,
    warnings: Vec<String>,
}

/// What is left of a sheet that has been worked out.
pub(super) struct Worked {
    /// The values that count.
    pub effective: Vec<Effective>,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// What is odd.
    pub warnings: Vec<String>,
}

impl Sheet {
    /// Lays the layers upon each other. Secrets that stand where they must not are faults.
    pub(super) fn of(entries: Vec<Entry>) -> Self {
        let mut sheet = Self::default();
        for (key, raw, origin) in entries {
            if schema::is_secret(&key) && !matches!(origin, Origin::Variable(_)) {
                let reason = format!(
                    "a secret stands only in the variable `{}` or in a file that `{key}_file` names",
                    key.variable()
                );
                sheet.faults.push(Fault::of(&key, &origin, reason));
            } else {
                sheet.entries.insert(key, (raw, origin));
            }
        }
        sheet
    }

    /// The names of the sources that anybody has said anything about.
    pub(super) fn sources(&self) -> BTreeSet<String> {
        let names = self.entries.keys().filter_map(|key| match key.parts().as_slice() {
            ["sources", name, ..] => Some((*name).to_owned()),
            _ => None,
        });
        names.collect()
    }

    /// Refuses every key that means nothing, given the kinds of the sources.
    pub(super) fn refuse_unknown(&mut self, kind: impl Fn(&str) -> Option<&'static str>) {
        for (key, (_, origin)) in &self.entries {
            let kind = key.parts().get(1).and_then(|name| kind(name));
            if let Err(reason) = schema::check(key, kind) {
                self.faults.push(Fault::of(key, origin, reason));
            }
        }
    }

    /// Where a value was said, where it was.
    pub(super) fn origin(&self, key: &Key) -> Option<&Origin> {
        self.entries.get(key).map(|(_, origin)| origin)
    }

    /// Reads a value, where it was said, and notes what counts.
    pub(super) fn optional<T>(
        &mut self,
        key: &Key,
        read: impl FnOnce(&Raw) -> Result<T, String>,
        show: impl FnOnce(&T) -> Value,
    ) -> Option<T> {
        let (raw, origin) = self.entries.get(key)?;
        match read(raw) {
            Ok(value) => {
                let (key, origin) = (key.clone(), origin.clone());
                self.effective.push(Effective { key, value: show(&value), origin });
                Some(value)
            }
            Err(reason) => {
                self.faults.push(Fault::of(key, origin, reason));
                None
            }
        }
    }

    /// Reads a value, or takes what is built in.
    pub(super) fn value<T>(
        &mut self,
        key: &Key,
        built_in: T,
        read: impl FnOnce(&Raw) -> Result<T, String>,
        show: impl FnOnce(&T) -> Value,
    ) -> T {
        if self.entries.contains_key(key) {
            return self.optional(key, read, show).unwrap_or(built_in);
        }
        self.note(key, show(&built_in), Origin::Default);
        built_in
    }

    /// A length of time.
    pub(super) fn duration(&mut self, key: &Key, built_in: Duration) -> Duration {
        self.value(key, built_in, Raw::duration, |value| {
            humantime::format_duration(*value).to_string().into()
        })
    }

    /// A whole number, from the least on.
    pub(super) fn number(&mut self, key: &Key, built_in: u64, least: u64) -> u64 {
        self.value(key, built_in, |raw| raw.number(least), |value| (*value).into())
    }

    /// Yes or no.
    pub(super) fn boolean(&mut self, key: &Key, built_in: bool) -> bool {
        self.value(key, built_in, Raw::boolean, |value| (*value).into())
    }

    /// A text, where there is one.
    pub(super) fn text(&mut self, key: &Key) -> Option<String> {
        self.optional(key, Raw::text, |text| text.clone().into())
    }

    /// A list, each text of which is read; what nobody named is empty.
    pub(super) fn list<T>(
        &mut self,
        key: &Key,
        read: impl Fn(&str) -> Result<T, String>,
        show: impl Fn(&T) -> String,
    ) -> Vec<T> {
        let all = |raw: &Raw| raw.list()?.iter().map(|text| read(text)).collect();
        let shown = |values: &Vec<T>| values.iter().map(&show).collect();
        self.optional(key, all, shown).unwrap_or_default()
    }

    /// A path; one out of the file lies beside the file.
    pub(super) fn path(&mut self, key: &Key) -> Option<PathBuf> {
        let beside = match self.origin(key) {
            Some(Origin::File { path, .. }) => path.parent().map(PathBuf::from).unwrap_or_default(),
            _ => PathBuf::new(),
        };
        let read = |raw: &Raw| raw.text().map(|text| beside.join(text));
        self.optional(key, read, |path| path.to_string_lossy().into())
    }

    /// An address on the web, without a name, a password, a query or a fragment in it.
    pub(super) fn url(&mut self, key: &Key) -> Option<Url> {
        self.optional(key, url, |url| url.as_str().into())
    }

    /// Notes a value that counts.
    pub(super) fn note(&mut self, key: &Key, value: Value, origin: Origin) {
        self.effective.push(Effective { key: key.clone(), value, origin });
    }

    /// Says that something is wrong with a value, wherever it was said.
    pub(super) fn fault(&mut self, key: &Key, reason: impl Into<String>) {
        let fault = match self.entries.get(key) {
            Some((_, origin)) => Fault::of(key, origin, reason),
            None => Fault::missing(key, reason),
        };
        self.faults.push(fault);
    }

    /// Says that something is odd.
    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.warnings.push(text.into());
    }

    /// Ends the work.
    pub(super) fn finish(mut self) -> Worked {
        self.effective.sort_by_key(|effective| (effective.key.table(), effective.key.clone()));
        self.faults.dedup();
        Worked { effective: self.effective, faults: self.faults, warnings: self.warnings }
    }
}

fn url(raw: &Raw) -> Result<Url, String> {
    let text = raw.text()?;
    let Ok(url) = Url::parse(&text) else {
        return Err("it is no address; write it whole, such as `https://case.example.org`".into());
    };
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err("it begins with neither `https://` nor `http://`".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it has a name or a password in it; those belong to `credentials`".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it has a query or a fragment; only what is below it is asked for".to_owned());
    }
    Ok(url)
}
