//! What the form of an address gives away.
//!
//! All functions but [`split_tail`] and [`names_a_person`] take a value as [`plain`] makes it.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::ler::privacy::folding::plain;
use crate::ler::privacy::{Withheld, is_person_word};

/// Schemes that name a person, run code, or carry their content with them.
const PERSON_SCHEMES: &[&str] = &[
    "about",
    "acct",
    "blob",
    "callto",
    "data",
    "facetime",
    "file",
    "im",
    "javascript",
    "mailto",
    "sip",
    "sips",
    "skype",
    "sms",
    "tel",
    "vbscript",
    "whatsapp",
    "xmpp",
];

/// Ends of host names that exist only in somebody's own network.
const PRIVATE_SUFFIXES: &[&str] =
    &[".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp"];

/// Why an identifier is withheld, whoever's badge it stands in.
pub(super) fn reason(plain: &str) -> Option<Withheld> {
    let scheme = scheme(plain);
    if scheme.is_some_and(|scheme| is_person_scheme(scheme, plain)) || holds_person(plain) {
        return Some(Withheld::PersonScheme);
    }
    let authority = authority(plain);
    if authority.is_some_and(|authority| authority.contains('@')) {
        return Some(Withheld::Userinfo);
    }
    if plain.contains('@') {
        return Some(Withheld::AtSign);
    }
    let is_private = scheme == Some("localhost")
        || authority.is_some_and(|authority| is_private(host(authority)));
    is_private.then_some(Withheld::LoopbackHost)
}

/// Divides a web address before its query or fragment; anything else is all head.
pub(super) fn split_tail(text: &str) -> (&str, &str) {
    let lower = text.trim_start().get(..8).map(str::to_ascii_lowercase).unwrap_or_default();
    let is_web = lower.starts_with("http:") || lower.starts_with("https:");
    match text.find(['?', '#']) {
        Some(start) if is_web => text.split_at_checked(start).unwrap_or((text, "")),
        _ => (text, ""),
    }
}

/// Whether the query or fragment of an address looks as if it named a person.
pub(super) fn names_a_person(tail: &str) -> bool {
    let tail = plain(tail);
    tail.split(['?', '&', ';', '#', '/']).any(|parameter| {
        let (name, value) = parameter.split_once('=').unwrap_or(("", parameter));
        is_person_word(name) || scheme(value).is_some_and(|scheme| is_person_scheme(scheme, value))
    })
}

/// Whether there is an identifier of a person inside a value, be it a longer address or a sentence.
pub(super) fn holds_person(plain: &str) -> bool {
    ["mailto:", "did:key:", "did:peer:", "did:jwk:"].iter().any(|scheme| plain.contains(scheme))
}

/// Whether a word has the form of a mail address.
pub(super) fn is_mail_like(word: &str) -> bool {
    word.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
}

/// A DID passes only with the method `web`: the others are made by whoever they name.
fn is_person_scheme(scheme: &str, plain: &str) -> bool {
    PERSON_SCHEMES.contains(&scheme) || (scheme == "did" && !plain.starts_with("did:web:"))
}

fn scheme(plain: &str) -> Option<&str> {
    let (scheme, _) = plain.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_lowercase())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    is_scheme.then_some(scheme)
}

fn authority(plain: &str) -> Option<&str> {
    let start = match scheme(plain) {
        Some(scheme) => plain.get(scheme.len() + 1..)?,
        None => plain,
    };
    start.strip_prefix("//")?.split(['/', '?', '#']).next()
}

/// The host in an authority without a user.
fn host(authority: &str) -> &str {
    if let Some(bracketed) = authority.strip_prefix('[') {
        return bracketed.split(']').next().unwrap_or_default();
    }
    authority.split(':').next().unwrap_or_default().trim_end_matches('.')
}

fn is_private(host: &str) -> bool {
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return is_private_v4(address);
    }
    if let Ok(address) = host.parse::<Ipv6Addr>() {
        return is_private_v6(address);
    }
    // No public host name ends in a number: what is left is an address in an odd spelling.
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_odd_address = last.starts_with(|first: char| first.is_ascii_digit())
        && last.strip_prefix("0x").unwrap_or(last).bytes().all(|byte| byte.is_ascii_hexdigit());
    !host.contains('.')
        || is_odd_address
        || PRIVATE_SUFFIXES.iter().any(|suffix| host.ends_with(suffix))
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    let is_shared = first == 100 && (64..128).contains(&second);
    first == 0
        || is_shared
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4() {
        return is_private_v4(mapped);
    }
    address.is_unique_local() || address.is_unicast_link_local()
}
