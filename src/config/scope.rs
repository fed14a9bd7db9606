//! What is taken from a source, out of its table.

use std::time::Duration;

use crawler::harvest::Scope;
use crawler::source::case::CaseScope;
use crawler::source::registry::RegistryScope;
use ontology::{Ctid, Environment, Guid};
use url::Url;

use crate::config::key::Key;
use crate::config::raw::Raw;
use crate::config::sheet::Sheet;

/// The community that nearly everybody means.
const COMMUNITY: &str = "ce-registry";

/// The host of the Credential Registry; its trial instances lie below it.
const HOME: &str = "credentialengineregistry.org";

/// How long a complete walk of a registry is good for.
const WALK_EVERY: Duration = Duration::from_hours(30 * 24);

/// What is taken from a CASE server.
pub(super) fn case(sheet: &mut Sheet, table: &Key) -> Scope {
    let frameworks = sheet.list(&table.child("frameworks"), framework, Clone::clone);
    let subjects = sheet.list(&table.child("subjects"), not_empty, Clone::clone);
    Scope::Case(CaseScope { frameworks, subjects })
}

/// What is taken from a registry.
pub(super) fn registry(sheet: &mut Sheet, table: &Key) -> Scope {
    let community = |raw: &Raw| raw.parsed("the name of a community", community);
    let ctid = |text: &str| text.parse::<Ctid>().map_err(|error| error.to_string());
    let plain = |ctids: Vec<Ctid>| ctids.iter().map(ToString::to_string).collect();
    Scope::Registry(RegistryScope {
        community: sheet.value(
            &table.child("community"),
            COMMUNITY.to_owned(),
            community,
            |text| text.clone().into(),
        ),
        ctids: plain(sheet.list(&table.child("ctids"), ctid, ToString::to_string)),
        organizations: plain(sheet.list(&table.child("organizations"), ctid, ToString::to_string)),
        types: sheet.list(&table.child("types"), class, Clone::clone),
        dump: sheet.boolean(&table.child("dump"), false),
        walk_every: sheet.duration(&table.child("walk_every"), WALK_EVERY),
    })
}

/// The environment that the records of a registry belong to: what is said, else what the host says where it is one of
/// Credential Engine's own. Of another host nobody knows, and its records are taken as what they call themselves.
pub(super) fn environment(
    sheet: &mut Sheet,
    table: &Key,
    base: Option<&Url>,
) -> Option<Environment> {
    let host = base.and_then(Url::host_str);
    let is_known = |host: &&str| *host == HOME || host.ends_with(&format!(".{HOME}"));
    let by_host = host.filter(is_known).map(Environment::of_host);
    let what = "`production`, `sandbox`, `staging` or the host of a registry";
    let read = |raw: &Raw| raw.parsed(what, named_environment);
    let key = table.child("environment");
    match by_host {
        Some(known) => Some(sheet.value(&key, known, read, |value| value.as_str().into())),
        None => sheet.optional(&key, read, |value| value.as_str().into()),
    }
}

fn named_environment(text: &str) -> Option<Environment> {
    let is_name = matches!(text, "production" | "sandbox" | "staging");
    let is_host = text.contains('.')
        && text.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        });
    (is_name || is_host).then(|| Environment::from(text))
}

fn community(text: &str) -> Option<String> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.chars().all(is_plain).then(|| text.to_owned())
}

/// The identifier of a framework: a GUID in small letters, or what else a server names it by.
fn framework(text: &str) -> Result<String, String> {
    let is_stray = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '/' | '?' | '#');
    // Dots alone would be steps of a path.
    if matches!(text, "" | "." | "..") || text.contains(is_stray) {
        return Err(format!("`{text}` is no identifier of a framework"));
    }
    Ok(text.parse::<Guid>().map_or_else(|_| text.to_owned(), |guid| guid.as_str().to_owned()))
}

fn not_empty(text: &str) -> Result<String, String> {
    if text.is_empty() { Err("one of them is empty".to_owned()) } else { Ok(text.to_owned()) }
}

/// A class by its short name; only its form is looked at, because the registry has new classes every year.
fn class(text: &str) -> Result<String, String> {
    let is_plain = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric());
    let is_class = text.split_once(':').is_some_and(|(prefix, name)| {
        is_plain(prefix) && is_plain(name) && name.starts_with(|c: char| c.is_ascii_uppercase())
    });
    if is_class {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no class, such as `ceterms:Certification`"))
    }
}
