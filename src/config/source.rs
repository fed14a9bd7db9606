//! A source, out of its table.

use std::path::PathBuf;
use std::time::Duration;

use crawler::access::{Access, Credentials};
use crawler::harvest::Scope;
use index::ledger::Terms;
use ontology::Environment;
use serde_json::Value;
use url::Url;

use crate::config::access::access;
use crate::config::configuration::Secrets;
use crate::config::key::Key;
use crate::config::nearest::nearest;
use crate::config::network::{is_loopback, is_private};
use crate::config::raw::Raw;
use crate::config::schema::KINDS;
use crate::config::scope::{case, environment, registry};
use crate::config::sheet::Sheet;
use crate::schedule::Schedule;

/// The most characters of a name.
const MAX_NAME: usize = 40;

/// How often a server is asked where nobody says it.
const WEEKLY: Duration = Duration::from_hours(7 * 24);

/// How long after a record was first missed a second look may confirm that it is gone.
const CONFIRM_AFTER: Duration = Duration::from_hours(24);

/// More often than this no server is asked without a word of warning.
const SELDOM: Duration = Duration::from_hours(1);

/// Something that documents come from.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// What it is and how it is asked.
    pub what: What,
    /// How often it is asked.
    pub schedule: Schedule,
    /// What its owner allows.
    pub terms: Terms,
}

/// What a source is.
#[derive(Debug, Clone)]
pub(crate) enum What {
    /// Files on the disk.
    Files {
        /// The folder or the file.
        path: PathBuf,
    },
    /// A server.
    Server(Box<Server>),
}

/// A server that is asked.
#[derive(Debug, Clone)]
pub(crate) struct Server {
    /// How it is asked.
    pub access: Access,
    /// What is taken from it.
    pub scope: Scope,
    /// The environment that its CTIDs belong to, where that is known.
    pub environment: Option<Environment>,
    /// How long after a record was first missed a second look may confirm that it is gone.
    pub confirm_after: Duration,
}

impl Source {
    /// The kind, as the configuration spells it.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.what {
            What::Files { .. } => "files",
            What::Server(server) => match server.scope {
                Scope::Case(_) => "case",
                Scope::Registry(_) => "registry",
            },
        }
    }

    /// Where it lies: an address, or a path.
    pub(crate) fn address(&self) -> String {
        match &self.what {
            What::Files { path, .. } => path.to_string_lossy().into_owned(),
            What::Server(server) => server.access.base.to_string(),
        }
    }
}

/// Reads the kind of a source.
pub(super) fn kind(sheet: &mut Sheet, table: &Key) -> Option<&'static str> {
    let key = table.child("kind");
    if sheet.origin(&key).is_none() {
        sheet.fault(&key, "it is missing: `case`, `registry` or `files`");
        return None;
    }
    let read = |raw: &Raw| {
        let text = raw.text()?;
        KINDS.into_iter().find(|kind| *kind == text).ok_or_else(|| {
            let hint = nearest(&text, KINDS).map(|near| format!("; did you mean `{near}`?"));
            let complaint = raw.complain("one of `case`, `registry` and `files`");
            complaint + &hint.unwrap_or_default()
        })
    };
    sheet.optional(&key, read, |kind| Value::from(*kind))
}

/// Reads a source of a kind; `None` where it lacks what it cannot do without.
pub(super) fn source(
    sheet: &mut Sheet,
    table: &Key,
    kind: &str,
    user_agent: &str,
    secrets: Secrets,
) -> Option<Source> {
    let terms = Terms {
        redistribute: sheet.boolean(&table.child("redistribute"), true),
        licence: sheet.optional(&table.child("licence"), link, |text| text.clone().into()),
        terms: sheet.optional(&table.child("terms"), link, |text| text.clone().into()),
    };
    let built_in = if kind == "files" { Schedule::Manual } else { Schedule::Every(WEEKLY) };
    let read = |raw: &Raw| raw.text()?.parse::<Schedule>().map_err(|error| error.to_string());
    let schedule = sheet
        .value(&table.child("schedule"), built_in, read, |schedule| schedule.to_string().into());
    let what = if kind == "files" {
        files(sheet, table)?
    } else {
        server(sheet, table, kind, user_agent, secrets)?
    };
    if let (What::Server(server), Schedule::Every(period)) = (&what, schedule)
        && period < SELDOM
        && !is_loopback(&server.access.base)
        && !is_private(&server.access.base)
    {
        sheet.warn(format!("`{table}` is asked every {schedule}; a day or a week is the custom"));
    }
    Some(Source { what, schedule, terms })
}

fn files(sheet: &mut Sheet, table: &Key) -> Option<What> {
    let key = table.child("path");
    let path = sheet.path(&key);
    if path.is_none() && sheet.origin(&key).is_none() {
        sheet.fault(&key, "it is missing: the folder or the file");
    }
    let path = path?;
    if !path.exists() {
        sheet.warn(format!("`{}`, which `{key}` names, is not there", path.display()));
    }
    Some(What::Files { path })
}

fn server(
    sheet: &mut Sheet,
    table: &Key,
    kind: &str,
    user_agent: &str,
    secrets: Secrets,
) -> Option<What> {
    let access = access(sheet, table, user_agent, secrets);
    let base = access.as_ref().map(|access| &access.base);
    let (scope, environment) = if kind == "case" {
        (case(sheet, table), None)
    } else {
        (registry(sheet, table), environment(sheet, table, base))
    };
    let confirm_after = sheet.duration(&table.child("confirm_after"), CONFIRM_AFTER);
    let is_known = access.as_ref().is_some_and(|access| match access.credentials {
        Credentials::None => false,
        Credentials::Token(_) | Credentials::Client { .. } => true,
    });
    if let Scope::Registry(scope) = &scope
        && scope.dump
        && !is_known
        && secrets == Secrets::Read
    {
        let token = table.child("credentials").child("token").variable();
        sheet.fault(
            &table.child("dump"),
            format!("a registry gives its dump to whoever has a token only; set `{token}` or name a `token_file`"),
        );
    }
    Some(What::Server(Box::new(Server { access: access?, scope, environment, confirm_after })))
}

/// An address that is shown and never fetched.
fn link(raw: &Raw) -> Result<String, String> {
    let is_link =
        |text: &str| Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    raw.parsed("an address, such as `https://example.org/terms`", |text| {
        is_link(text).then(|| text.to_owned())
    })
}

/// Refuses a name that could not be told apart in a variable, a folder or an address.
pub(super) fn refuse_name(sheet: &mut Sheet, name: &str) {
    let table = Key::of(&["sources", name]);
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_good = !name.is_empty() && name.chars().all(is_plain);
    let has_odd_dashes = name.starts_with('-') || name.ends_with('-') || name.contains("--");
    if !is_good {
        sheet.fault(&table, "the name of a source is of lower-case letters, digits and dashes");
    } else if has_odd_dashes {
        sheet.fault(&table, "in the name of a source each dash stands alone, between others");
    } else if name.len() > MAX_NAME {
        sheet.fault(&table, format!("the name of a source has at most {MAX_NAME} characters"));
    }
}
