//! The canonical key: one identity, one string.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::id::code::fold_code;
use crate::id::ctid::Ctid;
use crate::id::environment::Environment;
use crate::id::error::IdError;
use crate::id::guid::Guid;
use crate::id::{host, iri, percent};

/// The one spelling under which an identity is stored, hashed and compared.
///
/// | Form | Identity |
/// |---|---|
/// | `ctid:ce-<uuid>` | a record of the production registry |
/// | `ctid:<environment>:ce-<uuid>` | a record of another registry |
/// | `guid:<uuid>` | a CASE entity |
/// | `id:<host>\|<identifier>` | a CASE entity whose identifier is no UUID |
/// | `iri:<normalised IRI>` | anything else with an absolute IRI |
/// | `code:<framework key>\|<folded code>` | a human code within a framework |
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, ToSchema)]
#[schema(value_type = String, examples("guid:2373ee03-1b81-5d6f-9869-0a5bee3226c7"))]
pub struct CanonicalKey(Box<str>);

/// What a [`CanonicalKey`] identifies by.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum KeyScheme {
    /// A CTID, within its environment.
    Ctid,
    /// A GUID.
    Guid,
    /// A CASE identifier that is no UUID, within its host.
    Local,
    /// An absolute IRI.
    Iri,
    /// A code, within its framework.
    Code,
}

impl KeyScheme {
    /// The word before the first colon of the key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ctid => "ctid",
            Self::Guid => "guid",
            Self::Local => "id",
            Self::Iri => "iri",
            Self::Code => "code",
        }
    }
}

impl CanonicalKey {
    /// The key of a record of a registry.
    pub fn ctid(ctid: &Ctid, environment: &Environment) -> Self {
        match Environment::from(environment.as_str()) {
            Environment::Production => Self(format!("ctid:{ctid}").into()),
            other => Self(format!("ctid:{other}:{ctid}").into()),
        }
    }

    /// The key of a CASE entity.
    pub fn guid(guid: &Guid) -> Self {
        Self(format!("guid:{guid}").into())
    }

    /// The key of a CASE entity that has an identifier of its host's own making.
    ///
    /// The host loses its port and `www.`; the identifier loses surrounding whitespace and is otherwise compared code point by code
    /// point. An identifier that is a UUID after all gives the key of its GUID, so that no entity has two keys.
    pub fn local(host: &str, identifier: &str) -> Self {
        let identifier = identifier.trim();
        if let Ok(guid) = identifier.parse() {
            return Self::guid(&guid);
        }
        Self(format!("id:{}|{identifier}", local_host(host)).into())
    }

    /// The key of an absolute IRI, in its normal form; `None` where the text is no absolute IRI.
    ///
    /// The form is that of [RFC 3986, section 6.2](https://www.rfc-editor.org/rfc/rfc3986#section-6.2), by syntax and by scheme.
    /// `http` and `https`, or a path with and without its last slash, stay apart: see [`CanonicalKey::spellings`].
    pub fn iri(text: &str) -> Option<Self> {
        iri::normalized(text).map(|iri| Self(format!("iri:{iri}").into()))
    }

    /// The key of a human code within a framework.
    pub fn code(framework: &Self, code: &str) -> Self {
        Self(format!("code:{framework}|{}", fold_code(code)).into())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the key identifies by.
    pub fn scheme(&self) -> KeyScheme {
        match self.0.split_once(':') {
            Some(("ctid", _)) => KeyScheme::Ctid,
            Some(("guid", _)) => KeyScheme::Guid,
            Some(("id", _)) => KeyScheme::Local,
            Some(("code", _)) => KeyScheme::Code,
            _ => KeyScheme::Iri,
        }
    }

    /// The SHA-256 of the key.
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The first 64 bits of the [digest](Self::digest), big endian: the term under which an index finds the key.
    pub fn alias_key(&self) -> u64 {
        let head = self.digest().into_iter().take(8);
        head.fold(0, |key, byte| (key << 8) | u64::from(byte))
    }

    /// The CTID and environment of a `ctid:` key.
    pub fn as_ctid(&self) -> Option<(Ctid, Environment)> {
        let rest = self.0.strip_prefix("ctid:")?;
        match rest.rsplit_once(':') {
            Some((environment, ctid)) => Some((ctid.parse().ok()?, Environment::from(environment))),
            None => Some((rest.parse().ok()?, Environment::Production)),
        }
    }

    /// The GUID of a `guid:` key.
    pub fn as_guid(&self) -> Option<Guid> {
        self.0.strip_prefix("guid:").and_then(Guid::hyphenated)
    }

    /// The IRI of an `iri:` key.
    pub fn as_iri(&self) -> Option<&str> {
        self.0.strip_prefix("iri:")
    }

    /// The IRI that the identified resource has as an RDF subject; a code has none.
    pub fn subject_iri(&self) -> Option<String> {
        match self.scheme() {
            KeyScheme::Ctid => self.as_ctid().map(|(ctid, environment)| {
                format!("https://{}/resources/{ctid}", environment.registry_host())
            }),
            KeyScheme::Guid => self.as_guid().map(|guid| format!("urn:uuid:{guid}")),
            KeyScheme::Local => {
                let (host, identifier) = self.0.strip_prefix("id:")?.split_once('|')?;
                let identifier = percent::normalized(identifier, |byte| {
                    !matches!(byte, b'%' | b'/') && percent::is_path_character(byte)
                });
                Some(format!("urn:alidade:case:{host}:{identifier}"))
            }
            KeyScheme::Iri => self.as_iri().map(str::to_owned),
            KeyScheme::Code => None,
        }
    }

    /// Other web addresses that nearly always name what this one names: `http` or `https`, with or without `www.`, with or without the
    /// last slash of the path; the nearest first, at most seven.
    ///
    /// They are no part of the key, because they are a habit of the web and not of RFC 3986. A match through one of them
    /// has the strength [`Spelling`](crate::id::Strength::Spelling).
    pub fn spellings(&self) -> Vec<Self> {
        let Some((scheme, address)) = self.as_iri().and_then(|iri| iri.split_once("://")) else {
            return Vec::new();
        };
        if !iri::is_web(scheme) {
            return Vec::new();
        }
        let other_scheme = if scheme == "http" { "https" } else { "http" };
        let with_slashes = [Some(address.to_owned()), other_slash(address)];
        let mut spellings = Vec::new();
        for slash in with_slashes.into_iter().flatten() {
            for www in [Some(slash.clone()), other_www(&slash)].into_iter().flatten() {
                for scheme in [scheme, other_scheme] {
                    spellings.extend(Self::iri(&format!("{scheme}://{www}")));
                }
            }
        }
        spellings.retain(|spelling| spelling != self);
        spellings
    }
}

/// The host of a local identifier: without port and `www.`; what is no host keeps its letters, digits, dots and hyphens.
fn local_host(text: &str) -> String {
    // What one round takes away can uncover something for the next, and a key must be its own normal form.
    let mut host = text.trim().to_owned();
    for _round in 0..8 {
        let (bare, _port) = iri::split_port(&host);
        let normal = host::normalized(bare).unwrap_or_else(|| plain_host(bare));
        let next = normal.trim_start_matches("www.").to_owned();
        if next == host {
            break;
        }
        host = next;
    }
    host
}

fn plain_host(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' })
        .collect();
    plain.trim_end_matches('.').to_owned()
}

/// The address with `www.` where it has none, and the other way round; an address that names a user has one form only.
fn other_www(address: &str) -> Option<String> {
    let (authority, _path) = iri::split_before(address, &['/']);
    if authority.contains('@') || authority.starts_with('[') || authority.starts_with("www.www.") {
        return None;
    }
    Some(address.strip_prefix("www.").map_or_else(|| format!("www.{address}"), str::to_owned))
}

/// The address with a slash at the end of its path where it has none, and the other way round; an empty path has one form only.
fn other_slash(address: &str) -> Option<String> {
    let (place, tail) = iri::split_before(address, &['?', '#']);
    let (_host, path) = place.split_once('/')?;
    if path.is_empty() || place.ends_with("//") {
        return None;
    }
    match place.strip_suffix('/') {
        Some(bare) => Some(format!("{bare}{tail}")),
        None => Some(format!("{place}/{tail}")),
    }
}

/// Rebuilds a key from its parts, so that only what a constructor builds is a key.
fn rebuilt(text: &str) -> Option<CanonicalKey> {
    let (scheme, rest) = text.split_once(':')?;
    match scheme {
        "ctid" => match rest.rsplit_once(':') {
            Some((name, ctid)) => Some(CanonicalKey::ctid(&ctid.parse().ok()?, &name.into())),
            None => Some(CanonicalKey::ctid(&rest.parse().ok()?, &Environment::Production)),
        },
        "guid" => rest.parse().ok().map(|guid| CanonicalKey::guid(&guid)),
        "id" => {
            rest.split_once('|').map(|(host, identifier)| CanonicalKey::local(host, identifier))
        }
        "iri" => CanonicalKey::iri(rest),
        "code" => rebuilt_code(text),
        _ => None,
    }
}

/// Rebuilds a code key, whose framework may itself be named by a code: from the outside in, without recursion.
fn rebuilt_code(text: &str) -> Option<CanonicalKey> {
    let mut framework = text;
    let mut codes = Vec::new();
    while let Some(rest) = framework.strip_prefix("code:") {
        let (inner, code) = rest.rsplit_once('|')?;
        framework = inner;
        codes.push(code);
    }
    let key = rebuilt(framework)?;
    Some(codes.iter().rev().fold(key, |framework, code| CanonicalKey::code(&framework, code)))
}

impl FromStr for CanonicalKey {
    type Err = IdError;

    /// Reads a key that a constructor could have built, and refuses every other spelling.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rebuilt(text).filter(|key| *key.0 == *text).ok_or_else(|| IdError::Key(text.to_owned()))
    }
}

impl fmt::Display for CanonicalKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for CanonicalKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CanonicalKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, any, prop_oneof, proptest};

    use super::*;

    const GUID: &str = "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    fn ctid() -> Ctid {
        format!("ce-{GUID}").parse().unwrap()
    }

    #[test]
    fn constructors_build_the_published_forms() {
        let framework = CanonicalKey::guid(&GUID.parse().unwrap());
        for (key, expected) in [
            (CanonicalKey::ctid(&ctid(), &Environment::Production), format!("ctid:ce-{GUID}")),
            (CanonicalKey::ctid(&ctid(), &Environment::Sandbox), format!("ctid:sandbox:ce-{GUID}")),
            (
                CanonicalKey::ctid(&ctid(), &Environment::Other("Registry.Example".into())),
                format!("ctid:registry.example:ce-{GUID}"),
            ),
            (
                CanonicalKey::ctid(&ctid(), &Environment::Other("production".into())),
                format!("ctid:ce-{GUID}"),
            ),
            (framework.clone(), format!("guid:{GUID}")),
            (
                CanonicalKey::local("WWW.Case.Example:8080", " A|1 "),
                "id:case.example|A|1".to_owned(),
            ),
            (CanonicalKey::local("case.example", &GUID.to_uppercase()), format!("guid:{GUID}")),
            (
                CanonicalKey::iri("HTTPS://Example.org").unwrap(),
                "iri:https://example.org/".to_owned(),
            ),
            (
                CanonicalKey::code(&framework, "CCSS.Math.Content.3.OA.A.1"),
                format!("code:guid:{GUID}|3.oa.a.1"),
            ),
        ] {
            assert_eq!(key.as_str(), expected);
            assert_eq!(expected.parse::<CanonicalKey>().unwrap(), key);
        }
    }

    #[test]
    fn what_no_constructor_builds_is_no_key() {
        for text in [
            "",
            "guid:",
            "ctid:ce-1",
            "x:y",
            "guid:0F3A9C52-6B1D-4E7F-8A20-5C9D1E2F3A4B",
            "ctid:production:ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "ctid:Sandbox:ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "id:case.example|0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
            "id:www.case.example|a",
            "id:case.example",
            "iri:example.org",
            "iri:HTTP://example.org/",
            "iri:https://example.org:443/",
            "code:guid:0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b|3.OA",
            "code:3.oa",
            "code:|",
        ] {
            assert_eq!(text.parse::<CanonicalKey>(), Err(IdError::Key(text.to_owned())));
        }
    }

    #[test]
    fn the_subject_iri_is_the_resources_own() {
        for (key, expected) in [
            (
                "ctid:ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
                Some(
                    "https://credentialengineregistry.org/resources/ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
                ),
            ),
            (
                "ctid:sandbox:ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
                Some(
                    "https://sandbox.credentialengineregistry.org/resources/ce-0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
                ),
            ),
            (
                "guid:0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b",
                Some("urn:uuid:0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b"),
            ),
            ("id:case.example|a b/c", Some("urn:alidade:case:case.example:a%20b%2Fc")),
            ("iri:https://example.org/", Some("https://example.org/")),
            ("code:iri:https://example.org/|a", None),
        ] {
            assert_eq!(key.parse::<CanonicalKey>().unwrap().subject_iri().as_deref(), expected);
        }
    }

    #[test]
    fn deep_nesting_does_not_exhaust_the_stack() {
        let text = format!("{}guid:{GUID}{}", "code:".repeat(50), "|a".repeat(50));
        assert!(text.parse::<CanonicalKey>().is_ok());
        assert!("code:".repeat(1_000_000).parse::<CanonicalKey>().is_err());
    }

    fn any_key() -> impl Strategy<Value = CanonicalKey> {
        let guid =
            any::<u128>().prop_map(|number| Guid::compact(&format!("{number:032x}")).unwrap());
        let leaf = prop_oneof![
            guid.clone().prop_map(|guid| CanonicalKey::guid(&guid)),
            (guid, any::<String>()).prop_map(|(guid, name)| {
                CanonicalKey::ctid(&Ctid::from(&guid), &Environment::Other(name))
            }),
            (any::<String>(), any::<String>())
                .prop_map(|(host, id)| CanonicalKey::local(&host, &id)),
            "https?://[a-z]{1,9}\\.example[ -~]{0,30}".prop_map(|text| CanonicalKey::iri(&text)
                .or_else(|| CanonicalKey::iri("urn:a:b"))
                .unwrap()),
        ];
        (leaf, any::<Option<String>>()).prop_map(|(key, code)| match code {
            Some(code) => CanonicalKey::code(&key, &code),
            None => key,
        })
    }

    proptest! {
        #[test]
        fn printing_and_parsing_gives_the_same_key(key in any_key()) {
            assert_eq!(key.to_string().parse::<CanonicalKey>().unwrap(), key);
            let json = serde_json::to_string(&key).unwrap();
            assert_eq!(serde_json::from_str::<CanonicalKey>(&json).unwrap(), key);
        }

        #[test]
        fn every_spelling_is_a_key_and_has_the_key_among_its_own(key in any_key()) {
            for spelling in key.spellings() {
                assert_eq!(spelling.to_string().parse::<CanonicalKey>().unwrap(), spelling);
                assert!(spelling.spellings().contains(&key));
            }
        }

        #[test]
        fn arbitrary_text_never_panics(text in any::<String>()) {
            let _parsed = text.parse::<CanonicalKey>();
        }
    }
}
