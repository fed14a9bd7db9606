//! The keys that mean something, and what is said of one that does not.

use crate::config::key::Key;
use crate::config::nearest::nearest;

/// The kinds of sources.
pub(super) const KINDS: [&str; 3] = ["case", "registry", "files"];

/// What stands at the top of the file besides its tables.
const TOP: [&str; 1] = ["data"];

/// The tables at the top of the file.
const TABLES: [&str; 6] = ["harvest", "publish", "resolve", "serve", "sources", "sparql"];

const HARVEST: [&str; 1] = ["contact"];
const PUBLISH: [&str; 1] = ["keep_changes"];
const RESOLVE: [&str; 2] = ["server", "private_networks"];
const SERVE: [&str; 9] = [
    "burst",
    "connections",
    "connections_per_address",
    "credentials",
    "listen",
    "public_url",
    "rate",
    "time_limit",
    "trusted_proxies",
];
const SPARQL: [&str; 6] = ["at_once", "bytes", "memory", "queue", "rows", "time_limit"];

/// What every source may say.
const SOURCE: [&str; 5] = ["kind", "schedule", "redistribute", "licence", "terms"];

/// What a source may say that is asked over the network.
const NETWORK: [&str; 17] = [
    "url",
    "credentials",
    "private_networks",
    "pace",
    "at_once",
    "attempts",
    "backoff",
    "longest_wait",
    "breaker",
    "rest",
    "connect_timeout",
    "idle_timeout",
    "answer_timeout",
    "max_requests",
    "max_bytes",
    "max_time",
    "confirm_after",
];

const CASE: [&str; 2] = ["frameworks", "subjects"];
const REGISTRY: [&str; 7] =
    ["community", "ctids", "organizations", "types", "dump", "walk_every", "environment"];
const FILES: [&str; 1] = ["path"];

const CREDENTIALS: [&str; 9] = [
    "token",
    "token_file",
    "token_url",
    "client_id",
    "client_secret",
    "client_secret_file",
    "scopes",
    "comma_separated",
    "in_body",
];

/// The keys whose values are secrets.
const SECRETS: [&str; 2] = ["token", "client_secret"];

/// Tells whether the value of a key is a secret.
pub(super) fn is_secret(key: &Key) -> bool {
    matches!(key.parts().as_slice(), ["sources", _, "credentials", name] if SECRETS.contains(name))
}

/// Refuses a key that means nothing, or nothing for a source of this kind.
pub(super) fn check(key: &Key, kind: Option<&str>) -> Result<(), String> {
    match key.parts().as_slice() {
        [name] if TOP.contains(name) => Ok(()),
        [name] if TABLES.contains(name) => Err(format!("it is a table: `[{name}]`")),
        [name] => unknown(name, TOP.into_iter().chain(TABLES)),
        ["harvest", name] => among(name, &HARVEST),
        ["publish", name] => among(name, &PUBLISH),
        ["resolve", name] => among(name, &RESOLVE),
        ["serve", name] => among(name, &SERVE),
        ["sparql", name] => among(name, &SPARQL),
        ["sources", _] => Err("it is a table, and says what `kind` of source it is".to_owned()),
        ["sources", _, "credentials"] => Err("it is a table".to_owned()),
        ["sources", _, name] => of_source(name, kind),
        ["sources", _, "credentials", name] if kind != Some("files") => among(name, &CREDENTIALS),
        ["sources", _, "credentials", _] => {
            Err("a source of the kind `files` needs no credentials".to_owned())
        }
        [table, ..] if !TABLES.contains(table) => unknown(table, TOP.into_iter().chain(TABLES)),
        _ => Err("there is nothing inside this value".to_owned()),
    }
}

fn of_source(name: &str, kind: Option<&str>) -> Result<(), String> {
    let own: &[&str] = match kind {
        Some("case") => &CASE,
        Some("registry") => &REGISTRY,
        Some("files") => &FILES,
        // What is wrong with the kind is said elsewhere.
        _ => return among(name, &all_of_sources()),
    };
    let network: &[&str] = if kind == Some("files") { &[] } else { &NETWORK };
    let known: Vec<&str> = [&SOURCE, own, network].concat();
    if !known.contains(&name) && all_of_sources().contains(&name) {
        let kind = kind.unwrap_or_default();
        return Err(format!("a source of the kind `{kind}` has no such key"));
    }
    among(name, &known)
}

fn all_of_sources() -> Vec<&'static str> {
    [SOURCE.as_slice(), &NETWORK, &CASE, &REGISTRY, &FILES].concat()
}

fn among(name: &str, known: &[&str]) -> Result<(), String> {
    if known.contains(&name) { Ok(()) } else { unknown(name, known.iter().copied()) }
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Result<(), String> {
    let place = if HARVEST.contains(&name) {
        Some("[harvest]")
    } else if PUBLISH.contains(&name) {
        Some("[publish]")
    } else if name == "server" {
        Some("[resolve]")
    } else if SERVE.contains(&name) {
        Some("[serve]")
    } else if all_of_sources().contains(&name) {
        Some("[sources.NAME]")
    } else if SPARQL.contains(&name) {
        Some("[sparql]")
    } else if CREDENTIALS.contains(&name) {
        Some("[sources.NAME.credentials]")
    } else if TOP.contains(&name) {
        Some("the top of the file")
    } else {
        None
    };
    let hint = match (nearest(name, known.clone()), place) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, Some(place)) => format!("its place is `{place}`"),
        (None, None) => format!("known are `{}`", sorted(known).join("`, `")),
    };
    Err(format!("there is no such key; {hint}"))
}

fn sorted<'a>(known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    known
}

#[cfg(test)]
mod tests {
    use super::{Key, check, is_secret};

    #[track_caller]
    fn refused(key: &str, kind: Option<&str>, hint: &str) {
        let reason = check(&Key::dotted(key), kind).unwrap_err();
        assert!(reason.contains(hint), "{reason}");
    }

    #[test]
    fn a_key_that_means_nothing_is_refused_with_what_was_probably_meant() {
        refused("harvest.contacts", None, "did you mean `contact`?");
        refused("sources.a.framework", Some("case"), "did you mean `frameworks`?");
        refused("source.a.url", None, "did you mean `sources`?");
        refused("contact", None, "its place is `[harvest]`");
        refused("pace", None, "its place is `[sources.NAME]`");
        refused("sources.a.token_file", Some("case"), "its place is `[sources.NAME.credentials]`");
        refused("sources.a.bandwidth", Some("files"), "known are `kind`, `licence`");
        refused("sources.a.frameworks", Some("registry"), "kind `registry` has no such key");
        refused("sources.a.pace", Some("files"), "kind `files` has no such key");
        refused("sources.a.credentials.token", Some("files"), "no credentials");
        refused("harvest", None, "table");
        refused("sources.a", None, "table");
        refused("sources.a.pace.slow", Some("case"), "nothing inside");
    }

    #[test]
    fn every_kind_has_its_keys() {
        for (key, kind) in [
            ("data", None),
            ("serve.time_limit", None),
            ("serve.credentials", None),
            ("serve.public_url", None),
            ("serve.trusted_proxies", None),
            ("serve.rate", None),
            ("sparql.at_once", None),
            ("sparql.time_limit", None),
            ("publish.keep_changes", None),
            ("resolve.server", None),
            ("resolve.private_networks", None),
            ("sources.a.frameworks", Some("case")),
            ("sources.a.walk_every", Some("registry")),
            ("sources.a.path", Some("files")),
            ("sources.a.credentials.in_body", Some("case")),
            ("sources.a.pace", None),
        ] {
            assert_eq!(check(&Key::dotted(key), kind), Ok(()), "{key}");
        }
    }

    #[test]
    fn secrets_are_known_by_their_key() {
        assert!(is_secret(&Key::dotted("sources.a.credentials.token")));
        assert!(is_secret(&Key::dotted("sources.a.credentials.client_secret")));
        assert!(!is_secret(&Key::dotted("sources.a.credentials.token_file")));
    }
}
