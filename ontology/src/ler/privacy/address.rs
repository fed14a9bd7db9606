//! What the form of an address gives away.
//!
//! All functions but [`split_tail`] and [`names_a_person`] take a value as [`plain`] makes it.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::ler::privacy::folding::{decoded, key, plain};
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

/// Segments of a path behind which somebody stands, each also with an `s` at its end.
const PERSON_SEGMENTS: &[&str] = &[
    "candidate",
    "earner",
    "employee",
    "holder",
    "learner",
    "member",
    "people",
    "person",
    "pupil",
    "recipient",
    "student",
    "user",
];

/// Parameters of a query that name an award, and so whoever has it.
const AWARD_PARAMETERS: &[&str] =
    &["award", "awardid", "certificate", "certificateid", "credential", "credentialid"];

/// The fewest digits of a telephone number with its country.
const FEWEST_DIGITS: usize = 8;

/// Why an identifier is withheld, whoever's badge it stands in.
pub(super) fn reason(plain: &str) -> Option<Withheld> {
    let scheme = scheme(plain);
    let is_person = scheme.is_some_and(|scheme| is_person_scheme(scheme, plain));
    // What stands in the tail of an address is cut with it.
    let holds = holds_person(plain) || holds_handle(split_tail(plain).0);
    if is_person || holds || is_telephone(plain) {
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
    if is_private {
        return Some(Withheld::LoopbackHost);
    }
    leads_to_a_person(split_tail(plain).0).then_some(Withheld::PersonQuery)
}

/// Why words are withheld for an address among them: one alone is judged as any other, one in a sentence by the person whom it
/// names.
pub(super) fn reason_in_words(plain: &str) -> Option<Withheld> {
    plain.split_whitespace().find_map(|word| {
        let start = ["http://", "https://"].iter().filter_map(|scheme| word.find(scheme)).min()?;
        let address = word.get(start..)?;
        let (head, tail) = split_tail(address);
        if names_a_person(tail) || leads_to_a_person(head) {
            return Some(Withheld::PersonQuery);
        }
        let has_user = authority(address).is_some_and(|authority| authority.contains('@'));
        let alone = (address == plain).then(|| reason(plain)).flatten();
        alone.or_else(|| has_user.then_some(Withheld::Userinfo))
    })
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

/// Whether a word is an address, or a path of one.
pub(super) fn is_address(plain: &str) -> bool {
    plain.contains("://") || plain.starts_with('/') || plain.starts_with("urn:")
}

/// Shorter forms in which an identifier is still the same: without query and fragment, without the suffix of a file, and the part of
/// a `did:web` behind its method. A bare host is none.
pub(in crate::ler) fn shorter(plain: &str) -> Vec<&str> {
    let (head, _) = split_tail(plain);
    let bare = [".json", ".html"].iter().find_map(|suffix| head.strip_suffix(suffix));
    let did = plain.strip_prefix("did:web:").filter(|rest| rest.contains(':'));
    let has_path = |address: &&str| key(address).contains('/');
    let heads = [Some(head), bare].into_iter().flatten().filter(has_path);
    heads.chain(did).filter(|form| *form != plain).collect()
}

/// Whether the query or fragment of an address looks as if it named a person.
pub(super) fn names_a_person(tail: &str) -> bool {
    let tail = plain(tail);
    leads_to_a_person(&tail)
        || holds_handle(&tail)
        || tail.split(['?', '&', ';', '#', '/']).any(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or(("", parameter));
            let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
            is_person_word(name)
                || AWARD_PARAMETERS.contains(&letters.as_str())
                || scheme(value).is_some_and(|scheme| is_person_scheme(scheme, value))
        })
}

/// Whether a segment of a path is about people, and another stands behind it: `/users/ada`.
fn leads_to_a_person(plain: &str) -> bool {
    let mut is_behind = false;
    for segment in plain.split(['/', '#']) {
        if is_behind && !segment.is_empty() {
            return true;
        }
        let singular = segment.strip_suffix('s').unwrap_or(segment);
        is_behind = PERSON_SEGMENTS.contains(&singular);
    }
    false
}

/// Whether there is an identifier of a person inside a value, be it a longer address or a sentence.
pub(super) fn holds_person(plain: &str) -> bool {
    ["mailto:", "did:key:", "did:peer:", "did:jwk:"].iter().any(|scheme| plain.contains(scheme))
}

/// Whether a DID of a method other than `web`, or a telephone number, stands in a value as a word of its own.
pub(super) fn holds_handle(plain: &str) -> bool {
    behind(plain, "did:").any(|rest| {
        let method = rest.split_once(':').map_or("", |(method, _)| method);
        let is_method = method.bytes().all(|byte| byte.is_ascii_alphanumeric());
        is_method && !matches!(method, "" | "web")
    }) || behind(plain, "tel:")
        .any(|rest| rest.starts_with(|first: char| first == '+' || first.is_ascii_digit()))
}

/// What stands behind each place where a scheme stands as a word of its own.
fn behind<'a>(plain: &'a str, scheme: &'a str) -> impl Iterator<Item = &'a str> {
    plain.match_indices(scheme).filter_map(move |(start, _)| {
        let before = plain.get(..start)?.chars().next_back();
        let is_word = !before.is_some_and(char::is_alphanumeric);
        plain.get(start + scheme.len()..).filter(|_| is_word)
    })
}

/// Whether a value is a telephone number with its country: a plus, and digits.
fn is_telephone(plain: &str) -> bool {
    let Some(rest) = plain.strip_prefix('+') else { return false };
    let digits: String =
        rest.chars().filter(|sign| !matches!(sign, ' ' | '-' | '.' | '/' | '(' | ')')).collect();
    digits.len() >= FEWEST_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a [compact JWS](https://www.rfc-editor.org/rfc/rfc7515#section-7.1) stands in a text, as it is written or once it is
/// decoded: a run of base64url that begins with `{"`, and two full stops.
pub(super) fn holds_token(text: &str) -> bool {
    is_token_in(text) || is_token_in(&decoded(text))
}

fn is_token_in(text: &str) -> bool {
    let is_of_token = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | '.');
    text.split(|sign| !is_of_token(sign)).any(|run| {
        let n_behind = run.split('.').skip_while(|part| !part.starts_with("eyJ")).count();
        n_behind > 2
    })
}

/// Whether a word has the form of a mail address, or of a name at a host: `@ada@people.example`.
pub(super) fn is_mail_like(word: &str) -> bool {
    word.match_indices('@')
        .any(|(at, _)| at > 0 && word.get(at + 1..).is_some_and(|host| host.contains('.')))
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
