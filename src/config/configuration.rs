//! The configuration as a whole.

use std::collections::BTreeMap;
use std::path::PathBuf;

use url::Url;

use crate::config::error::ConfigError;
use crate::config::inputs::Inputs;
use crate::config::key::Key;
use crate::config::origin::Origin;
use crate::config::publishing::keep_changes;
use crate::config::raw::Raw;
use crate::config::server::server;
use crate::config::serving::{Serving, serving};
use crate::config::sheet::{Effective, Sheet};
use crate::config::source::{Source, kind, refuse_name, source};
use crate::config::sparql::sparql;
use crate::schedule::Schedule;
use crate::sparql::Limits;

/// Whether secrets are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secrets {
    /// For whoever asks the sources.
    Read,
    /// Files with secrets are not opened, and a secret that is missing is not missed.
    Left,
}

/// What a user has configured.
#[derive(Debug)]
pub(crate) struct Configuration {
    /// The file that was read.
    pub file: Option<PathBuf>,
    /// The data directory, where one is named.
    pub data: Option<PathBuf>,
    /// How the service is served.
    pub serving: Serving,
    /// What the queries of strangers may take.
    pub sparql: Limits,
    /// The most generations whose changes are kept.
    pub keep_changes: u64,
    /// The server that is asked in private, where one is named.
    pub server: Option<crawler::range::Server>,
    /// Whom the owners of the servers can reach.
    pub contact: Option<Url>,
    /// The sources.
    pub sources: BTreeMap<String, Source>,
    /// Every value that counts, with its origin.
    pub effective: Vec<Effective>,
    /// What is odd and does no harm.
    pub warnings: Vec<String>,
}

impl Configuration {
    /// Reads a configuration.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub(crate) fn load(inputs: &Inputs, secrets: Secrets) -> Result<Self, ConfigError> {
        let entries = inputs.entries().map_err(ConfigError)?;
        let mut sheet = Sheet::of(entries);
        let data = data(&mut sheet);
        let serving = serving(&mut sheet);
        let sparql = sparql(&mut sheet);
        let keep_changes = keep_changes(&mut sheet);
        let server = server(&mut sheet);
        let contact = contact(&mut sheet);
        let sources = sources(&mut sheet, contact.as_ref(), secrets);
        let worked = sheet.finish();
        if !worked.faults.is_empty() {
            return Err(ConfigError(worked.faults));
        }
        Ok(Self {
            file: inputs.file(),
            data,
            serving,
            sparql,
            keep_changes,
            server,
            contact,
            sources,
            effective: worked.effective,
            warnings: worked.warnings,
        })
    }

    /// Whether any source is asked by itself.
    pub(crate) fn has_schedules(&self) -> bool {
        self.sources.values().any(|source| source.schedule != Schedule::Manual)
    }
}

fn data(sheet: &mut Sheet) -> Option<PathBuf> {
    let key = Key::of(&["data"]);
    if sheet.origin(&key).is_none()
        && let Some(usual) = usual_data()
    {
        sheet.note(&key, usual.to_string_lossy().into(), Origin::Default);
    }
    sheet.path(&key)
}

/// The platform's place for the data of an application.
pub(crate) fn usual_data() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "alidade")?;
    Some(folders.data_dir().to_owned())
}

/// Whom the owner of a server can reach.
fn contact(sheet: &mut Sheet) -> Option<Url> {
    let read = |raw: &Raw| {
        raw.parsed("an address such as `mailto:ops@example.org` or `https://example.org`", |text| {
            let url = Url::parse(text).ok()?;
            let is_reachable = match url.scheme() {
                "mailto" => url
                    .path()
                    .split_once('@')
                    .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
                "https" => true,
                _ => false,
            };
            is_reachable.then_some(url)
        })
    };
    sheet.optional(&Key::of(&["harvest", "contact"]), read, |url| url.as_str().into())
}

fn sources(sheet: &mut Sheet, contact: Option<&Url>, secrets: Secrets) -> BTreeMap<String, Source> {
    let version = env!("CARGO_PKG_VERSION");
    let by = contact.map(|contact| format!(" (+{contact})")).unwrap_or_default();
    let user_agent = format!("alidade/{version}{by}");
    let names = sheet.sources();
    let kinds: BTreeMap<&str, &'static str> = names
        .iter()
        .filter_map(|name| {
            refuse_name(sheet, name);
            Some((name.as_str(), kind(sheet, &Key::of(&["sources", name]))?))
        })
        .collect();
    sheet.refuse_unknown(|name| kinds.get(name).copied());
    let contact_key = Key::of(&["harvest", "contact"]);
    let has_network = kinds.values().any(|kind| *kind != "files");
    if has_network && contact.is_none() && sheet.origin(&contact_key).is_none() {
        sheet.fault(&contact_key, "it is missing: where the owners of the servers reach you, such as `mailto:ops@example.org`");
    }
    let mut sources = BTreeMap::new();
    for (name, kind) in kinds {
        let table = Key::of(&["sources", name]);
        if let Some(source) = source(sheet, &table, kind, &user_agent, secrets) {
            sources.insert(name.to_owned(), source);
        }
    }
    warn_of_twins(sheet, &sources);
    sources
}

/// Two names for one address ask it twice.
fn warn_of_twins(sheet: &mut Sheet, sources: &BTreeMap<String, Source>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (name, source) in sources {
        if let Some(other) = seen.insert(source.address(), name) {
            let address = source.address();
            sheet.warn(format!("`{other}` and `{name}` both are `{address}`"));
        }
    }
}
