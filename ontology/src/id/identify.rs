//! From any string to what it says.

use std::collections::BTreeSet;

use crate::id::ctid::Ctid;
use crate::id::dirt;
use crate::id::environment::Environment;
use crate::id::guid::{Guid, strip_prefix_ignore_case};
use crate::id::identifier::{Identifier, IdentifierKind};
use crate::id::key::{CanonicalKey, KeyScheme};
use crate::id::reading::Reading;
use crate::id::strength::Strength;
use crate::id::unresolvable::Unresolvable;
use crate::id::web_address::WebAddress;
use crate::id::{iri, reference, registry_uri, scan};

/// The number of characters above which a text is not looked into.
pub(crate) const MAX_CHARS: usize = 4096;

/// The schemes of addresses that are none of a definition.
const NO_DEFINITION: [&str; 13] = [
    "about",
    "blob",
    "cid",
    "data",
    "file",
    "javascript",
    "mailto",
    "mid",
    "sip",
    "sms",
    "tel",
    "vbscript",
    "xmpp",
];

/// Says what a string names, without looking anything up.
///
/// Every string has an answer: what is neither an identifier nor a code is [`IdentifierKind::Text`]. The text is first read as
/// it came, as a canonical key; then without what stands around it, mended where an identifier was broken, and word by word.
///
/// ```
/// use ontology::{IdentifierKind, identify};
///
/// let page = identify("https://case.example/uri/0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B.html?display=tree");
/// assert_eq!(page.kind, IdentifierKind::Guid);
/// assert_eq!(page.key.unwrap().as_str(), "guid:0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b");
/// ```
pub fn identify(raw: &str) -> Identifier {
    if let Some((at, _)) = raw.char_indices().nth(MAX_CHARS) {
        let beginning = raw.split_at_checked(at).map_or("", |(beginning, _)| beginning);
        let reading = Reading { unresolvable: Some(Unresolvable::TooLong), ..Reading::default() };
        return complete(beginning, "", reading);
    }
    if let Ok(key) = raw.parse() {
        return of_key(raw, key);
    }
    let text = dirt::unescaped(dirt::trimmed(raw));
    match text.parse() {
        Ok(key) => of_key(raw, key),
        Err(_not_a_key) => complete(raw, &text, read(&text)),
    }
}

/// Reads a text by the surest reading that fits.
fn read(text: &str) -> Reading {
    match among_words(text) {
        Some(found) if found.is_sure() => found.reading,
        among_words => mended(text)
            .or_else(|| reference::read(text))
            .or_else(|| among_words.map(|found| found.reading))
            .or_else(|| plain_iri(text))
            .unwrap_or_else(|| words(text)),
    }
}

/// Reads a UUID that whitespace, dashes or invisible characters broke.
///
/// Across whitespace an address is mended from its scheme on and not without one: words before it would become a part of its
/// host, and the host tells the environment.
fn mended(text: &str) -> Option<Reading> {
    let is_whole = !text.contains(char::is_whitespace);
    let part = if is_whole { text } else { from_scheme(text) };
    let mended = dirt::mended(part);
    let is_address = iri::scheme(part).is_some_and(|(scheme, _)| iri::is_web(&scheme));
    let reading = if is_whole || is_address {
        reference::read(&mended)
    } else {
        reference::read_name(&mended)
    };
    let rejoined = || rejoined(&mended).filter(|_| mended != part);
    reading.filter(Reading::is_uuid).or_else(rejoined)
}

/// Reads a UUID into which a printer put hyphens of its own before the ends of lines.
fn rejoined(text: &str) -> Option<Reading> {
    let ctid_digits = strip_prefix_ignore_case(text, "ce-");
    let guid = Guid::compact(&ctid_digits.unwrap_or(text).replace('-', ""))?;
    Some(match ctid_digits {
        Some(_) => Reading::ctid(&Ctid::from(&guid), Environment::Production),
        None => Reading::guid(&guid, None),
    })
}

/// A reading of one word among others.
struct Word {
    place: usize,
    is_address: bool,
    reading: Reading,
}

impl Word {
    /// Whether the reading stands whatever the words around it are: several identities are several, and an address that is whole
    /// and not the first word is surer than a first one that would have to be mended across it.
    fn is_sure(&self) -> bool {
        self.reading.unresolvable.is_some() || (self.place > 0 && self.is_address)
    }
}

/// Reads the CTIDs and addresses among the words of a text. A bare GUID among words is no identity.
fn among_words(text: &str) -> Option<Word> {
    if !text.contains(char::is_whitespace) && !text.contains("](") {
        return None;
    }
    let mut found = Vec::new();
    let mut keys = BTreeSet::new();
    let mut environment = Environment::Production;
    for (place, word) in text.split_whitespace().enumerate() {
        let word = dirt::trimmed(from_scheme(dirt::trimmed(word)));
        let is_address = word.contains('/');
        let is_reference =
            is_address || word.contains(':') || strip_prefix_ignore_case(word, "ce-").is_some();
        if let Some(reading) = reference::read(word).filter(|r| is_reference && r.is_uuid()) {
            if keys.insert(reading.key.clone()) {
                found.push(Word { place, is_address, reading });
            }
        } else if let Some(address) = WebAddress::parse(word).filter(|_| is_address) {
            environment = registry_uri::environment(&address);
        }
    }
    if found.len() > 1 {
        let reading = Reading::unresolvable(Unresolvable::SeveralIdentifiers);
        return Some(Word { place: 0, is_address: false, reading });
    }
    let mut word = found.pop()?;
    if !word.is_address {
        word.reading = moved(word.reading, environment);
    }
    Some(word)
}

/// A bare CTID beside an address of another environment belongs to that environment.
fn moved(reading: Reading, environment: Environment) -> Reading {
    match reading.key.as_ref().and_then(CanonicalKey::as_ctid) {
        Some((ctid, Environment::Production)) => Reading::ctid(&ctid, environment),
        _ => reading,
    }
}

/// The word from the first web address in it, where there is one.
fn from_scheme(word: &str) -> &str {
    let lower = word.to_ascii_lowercase();
    let at = ["http:/", "https:/"].iter().filter_map(|scheme| lower.find(scheme)).min();
    at.and_then(|at| word.split_at_checked(at)).map_or(word, |(_, address)| address)
}

/// Reads an absolute IRI of no known form.
fn plain_iri(text: &str) -> Option<Reading> {
    if is_prefixed_code(text) {
        return None;
    }
    if iri::scheme(text).is_some_and(|(scheme, _)| NO_DEFINITION.contains(&scheme.as_str())) {
        return Some(Reading::unresolvable(Unresolvable::UnsupportedScheme));
    }
    let reading = Reading::iri(IdentifierKind::Iri, CanonicalKey::iri(text)?);
    let Some(address) = WebAddress::parse(text) else {
        return Some(Reading { contained: scan::last_guid(text), ..reading });
    };
    let host = address.host.as_deref();
    let environment = host
        .filter(|host| registry_uri::is_registry_family(host))
        .map_or(Environment::Production, |_| registry_uri::environment(&address));
    let (contained, framework) = contained(&address);
    Some(Reading { environment, framework, contained, ..reading }.on(host))
}

/// The UUIDs in a plain address: the last of the path, with the one before it, else one behind the path.
fn contained(address: &WebAddress) -> (Option<Guid>, Option<Guid>) {
    if registry_uri::is_envelope(address) {
        return (None, None);
    }
    let mut in_path = scan::uuids(&address.path).into_iter().rev().map(|found| found.guid);
    match (in_path.next(), in_path.next()) {
        (None, _) => {
            let queried = address.query_values().find_map(|value| scan::last_guid(&value));
            (queried.or_else(|| scan::last_guid(&address.fragment)), None)
        }
        (last, before) => (last, before),
    }
}

/// Reads a code, or words in which a UUID may stand.
fn words(text: &str) -> Reading {
    let guids: BTreeSet<Guid> = scan::uuids(text).into_iter().map(|found| found.guid).collect();
    match guids.len() {
        0 if is_relative(text) => Reading::unresolvable(Unresolvable::RelativeReference),
        0 if is_code(text) => Reading::code(text, None),
        0 | 1 => Reading { contained: guids.into_iter().next(), ..Reading::default() },
        _ => Reading::unresolvable(Unresolvable::SeveralIdentifiers),
    }
}

/// Whether the text is a reference relative to a place that it does not name.
fn is_relative(text: &str) -> bool {
    let is_path = ["/", "./", "../", "?", "#"].iter().any(|start| text.starts_with(start));
    let says_something = text.contains(char::is_alphanumeric);
    is_path && says_something && !text.contains(char::is_whitespace)
}

/// Whether the text looks like a human code: a few short words, each with a digit or in capitals with a separator.
fn is_code(text: &str) -> bool {
    let separators = ['.', '-', '_', ':', '/'];
    let is_part = |word: &str| {
        let has_digit = word.chars().any(char::is_numeric);
        let is_capital = !word.contains(char::is_lowercase) && word.contains(char::is_alphabetic);
        has_digit || (is_capital && word.contains(separators))
    };
    let is_prefixed = strip_prefix_ignore_case(text, "ccss.").is_some_and(|code| !code.is_empty());
    let n_words = text.split_whitespace().count();
    let is_address = text.contains("://") || text.starts_with(['/', '?', '#']);
    let fits = !is_address && (1..=4).contains(&n_words) && text.chars().count() <= 100;
    fits && (text.split_whitespace().all(is_part) || (is_prefixed && n_words == 1))
}

/// Whether the text is a code behind the name of its framework in capitals, `ABC:1.2`, and no IRI.
fn is_prefixed_code(text: &str) -> bool {
    text.split_once(':').is_some_and(|(name, code)| {
        let is_name =
            name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        let is_registered =
            matches!(name, "URN" | "DID" | "DOI" | "TAG" | "INFO" | "DATA" | "MAILTO" | "TEL");
        let has_digit = code.bytes().any(|byte| byte.is_ascii_digit());
        is_name && !is_registered && has_digit && !code.starts_with('/')
    })
}

/// Reads a canonical key, which names itself.
fn of_key(raw: &str, key: CanonicalKey) -> Identifier {
    let mut reading = Reading::default();
    match key.scheme() {
        KeyScheme::Ctid => {
            reading.kind = IdentifierKind::Ctid;
            reading.environment =
                key.as_ctid().map(|(_, environment)| environment).unwrap_or_default();
        }
        KeyScheme::Guid => reading.kind = IdentifierKind::Guid,
        KeyScheme::Local => {
            reading.kind = IdentifierKind::CaseLocal;
            let name = key.as_str().strip_prefix("id:").and_then(|name| name.split_once('|'));
            reading.host = name.map(|(host, _)| host.to_owned());
        }
        KeyScheme::Iri => {
            reading.kind = IdentifierKind::Iri;
            reading.host =
                key.as_iri().and_then(WebAddress::parse).and_then(|address| address.host);
        }
        KeyScheme::Code => {
            reading.kind = IdentifierKind::Code;
            if let Some((framework, code)) = key.as_str().rsplit_once('|') {
                reading.code = Some(code.to_owned());
                reading.framework = framework.strip_prefix("code:guid:").and_then(Guid::hyphenated);
            }
        }
    }
    let text = key.as_iri().unwrap_or_default().to_owned();
    complete(raw, &text, Reading { key: Some(key), ..reading })
}

/// Adds what follows from the reading and the text.
fn complete(raw: &str, text: &str, reading: Reading) -> Identifier {
    let iri = match reading.kind {
        IdentifierKind::Text => None,
        _ if reading.unresolvable == Some(Unresolvable::UnsupportedScheme) => None,
        _ => CanonicalKey::iri(raw).filter(|_| is_iri(raw)).or_else(|| CanonicalKey::iri(text)),
    };
    Identifier {
        raw: raw.to_owned(),
        strength: strength(&reading, text),
        inferred: reading.key.as_ref().and_then(sibling),
        iri,
        kind: reading.kind,
        key: reading.key,
        environment: reading.environment,
        entity: reading.entity,
        framework: reading.framework,
        framework_hint: reading.framework_hint,
        code: reading.code,
        unresolvable: reading.unresolvable,
        host: reading.host,
        contained: reading.contained,
    }
}

/// Whether the text as it came may be taken for an IRI: a canonical key has the form of one and is none.
fn is_iri(raw: &str) -> bool {
    raw.trim().parse::<CanonicalKey>().is_err() && iri::scheme(raw.trim()).is_some()
}

/// Exact where the text is the resource's own IRI, as exactly as [`CanonicalKey::iri`] compares.
fn strength(reading: &Reading, text: &str) -> Strength {
    let Some(key) = &reading.key else {
        let is_code = reading.kind == IdentifierKind::Code;
        return if is_code { Strength::Code } else { Strength::Inferred };
    };
    if key.scheme() == KeyScheme::Code {
        return Strength::Code;
    }
    let own = key.subject_iri().and_then(|iri| CanonicalKey::iri(&iri));
    if own.is_some() && own == CanonicalKey::iri(text) {
        Strength::Exact
    } else {
        Strength::Spelling
    }
}

/// The key that the same UUID has in the other world; environments other than production have no sibling.
fn sibling(key: &CanonicalKey) -> Option<CanonicalKey> {
    if let Some(guid) = key.as_guid() {
        return Some(CanonicalKey::ctid(&Ctid::from(&guid), &Environment::Production));
    }
    let (ctid, environment) = key.as_ctid()?;
    (environment == Environment::Production).then(|| CanonicalKey::guid(&ctid.guid()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
    use proptest::sample::select;

    use super::*;

    fn any_guid() -> impl Strategy<Value = Guid> {
        any::<u128>().prop_map(|number| format!("{number:032x}").parse().unwrap())
    }

    /// What may stand around an identifier without being a part of it.
    fn dirt() -> impl Strategy<Value = (&'static str, &'static str)> {
        select(vec![
            ("", ""),
            (" ", "\n"),
            ("\"", "\""),
            ("\u{201c}", "\u{201d}"),
            ("<", ">"),
            ("(", ")."),
            ("\u{feff}", ","),
            ("[", "]"),
            ("'", "';"),
            ("", "\u{ad}"),
        ])
    }

    /// An identifier with something inside it that a printer, an editor or a mail program may have put there.
    fn broken(text: String) -> impl Strategy<Value = String> {
        let breaks = select(vec!["", "\n", "\r\n  ", " ", "\u{ad}", "\u{200b}"]);
        let hyphens = select(vec!["-", "\u{2010}", "\u{2011}", "\u{2013}", "\u{2212}"]);
        let length = text.len();
        (breaks, hyphens, 0..length).prop_map(move |(inner, hyphen, at)| {
            let (before, after) = text.split_at(at);
            format!("{before}{inner}{after}").replace('-', hyphen)
        })
    }

    fn case_of(text: String, upper: bool) -> String {
        if upper { text.to_uppercase() } else { text }
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(text in any::<String>()) {
            assert_eq!(identify(&text).raw, text);
        }

        #[test]
        fn text_that_looks_like_an_identifier_never_panics(
            text in "(https?:/{0,2}|urn:|data:text/x-ref|ce-|_:|%3A|/uri/|CFItems|[{}()<>\"'%?#:/ .-]|[0-9a-f]{1,12}|é){0,24}"
        ) {
            let identifier = identify(&text);
            if let Some(key) = identifier.key {
                assert_eq!(identify(key.as_str()).key, Some(key));
            }
        }

        #[test]
        fn a_canonical_key_names_itself(guid in any_guid(), environment in "[a-z]{0,9}", text in "[ -~]{0,20}") {
            let environment = Environment::from(environment.as_str());
            let framework = CanonicalKey::guid(&guid);
            let keys = [
                Some(framework.clone()),
                Some(CanonicalKey::ctid(&Ctid::from(&guid), &environment)),
                Some(CanonicalKey::local("case.example", &text)),
                Some(CanonicalKey::code(&framework, &text)),
                CanonicalKey::iri(&format!("https://example.org/{text}")),
            ];
            for key in keys.into_iter().flatten() {
                assert_eq!(identify(key.as_str()).key, Some(key));
            }
        }

        #[test]
        fn dirt_does_not_change_a_bare_identifier(
            (guid, is_ctid, upper, text) in (any_guid(), any::<bool>(), any::<bool>()).prop_flat_map(|(guid, is_ctid, upper)| {
                let text = case_of(format!("{}{guid}", if is_ctid { "ce-" } else { "" }), upper);
                (Just(guid), Just(is_ctid), Just(upper), broken(text))
            }),
            (before, after) in dirt(),
        ) {
            let key = identify(&format!("{before}{text}{after}")).key.map(|key| key.to_string());
            let scheme = if is_ctid { "ctid:ce-" } else { "guid:" };
            assert_eq!(key, Some(format!("{scheme}{guid}")), "{upper}");
        }

        #[test]
        fn dirt_does_not_change_an_address(
            guid in any_guid(),
            upper in any::<bool>(),
            scheme in select(vec!["https://", "http://", "https:/", "HTTPS://", ""]),
            host in select(vec!["case.example", "www.case.example", "CASE.EXAMPLE:443", "bücher.example"]),
            path in select(vec!["uri", "tenant/uri", "ims/case/v1p0/CFItems", "x/ims/case/v1p1/CFDocuments", "CFRubrics/"]),
            suffix in select(vec!["", ".json", ".HTML", "/", "?display=tree", "#x", "/associations", ".jsonld?a=b#c"]),
            (before, after) in dirt(),
        ) {
            let text = format!("{before}{scheme}{host}/{path}/{}{suffix}{after}", case_of(guid.to_string(), upper));
            assert_eq!(identify(&text).key, Some(CanonicalKey::guid(&guid)), "{text}");
        }

        #[test]
        fn an_environment_is_never_lost(
            guid in any_guid(),
            host in prop_oneof![Just("sandbox.credentialengineregistry.org"), Just("sandbox.credentialengine.org")],
            scheme in select(vec!["https://", "http://", "https:/", "", "//", "see https://", "CTID https://"]),
            path in select(vec!["resources", "graph", "ce-registry/resources", "finder/credential", "a?id=", "#"]),
            inner in select(vec!["", "\n", " "]),
            (before, after) in dirt(),
        ) {
            let text = format!("{before}{scheme}{host}/{path}/{inner}ce-{guid}{after}");
            let expected = CanonicalKey::ctid(&Ctid::from(&guid), &Environment::Sandbox);
            assert_eq!(identify(&text).key, Some(expected), "{text}");
        }
    }

    #[test]
    fn a_long_text_is_not_looked_into() {
        let address = format!(
            "https://case.example/uri/0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b?{}",
            "é".repeat(MAX_CHARS)
        );
        let identifier = identify(&address);
        assert_eq!(identifier.unresolvable, Some(Unresolvable::TooLong));
        assert_eq!(identifier.raw.chars().count(), MAX_CHARS);
        assert_eq!(identifier.key, None);
    }

    #[test]
    fn the_longest_texts_of_brackets_and_addresses_are_read_in_time() {
        for part in
            [")", ")]", "(", "a ", "https://", "ce-", "%25", "https://a/uri/", "code:", "{", "/"]
        {
            let text = part.repeat(MAX_CHARS / part.len());
            assert_eq!(identify(&text).raw, text);
        }
    }
}
