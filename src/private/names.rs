//! The names under which something is asked for: as few as identify it, because every prefix tells the server more.

use index::resolve::Verdict;
use ontology::{CanonicalKey, Identifier, IdentifierKind, Strength, identify};

/// A name, and how surely it can name what is found by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// Its canonical key.
    pub key: CanonicalKey,
    /// The surest that a hit can be.
    pub surest: Strength,
}

/// Why nothing can be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unaskable {
    pub verdict: Verdict,
    pub reason: String,
}

impl Unaskable {
    pub(super) fn new(verdict: Verdict, reason: impl Into<String>) -> Self {
        Self { verdict, reason: reason.into() }
    }
}

/// Gives the names of an identifier, or of a code in the framework of an identifier, in the order of the ladder.
///
/// An identifier that has a CTID or a GUID in it is asked for by that alone, any other address as it is: the set of all spellings of one
/// address is known to belong to it wherever two of its prefixes come together. They are given only where somebody wants them.
pub(super) fn names(
    text: &str,
    framework: Option<&str>,
    all_spellings: bool,
) -> Result<Vec<Name>, Unaskable> {
    let read = identify(text);
    if let Some(why) = read.unresolvable {
        return Err(Unaskable::new(Verdict::Unsupported, why.to_string()));
    }
    if text.trim().is_empty() {
        return Err(Unaskable::new(Verdict::Malformed, "nothing was given"));
    }
    let names = of_identifier(&read, all_spellings);
    if !names.is_empty() {
        return Ok(names);
    }
    of_code(text, &read, framework)
}

fn of_identifier(read: &Identifier, all_spellings: bool) -> Vec<Name> {
    let own = |key: &CanonicalKey| {
        let is_plain = read.iri.as_ref() == Some(key);
        let surest = if is_plain { Strength::Exact } else { read.strength.min(Strength::Spelling) };
        Name { key: key.clone(), surest }
    };
    let mut names: Vec<Name> =
        read.key.as_ref().or(read.iri.as_ref()).map(own).into_iter().collect();
    if !all_spellings {
        return names;
    }
    if let Some(iri) = read.iri.as_ref().filter(|iri| read.key.as_ref() != Some(*iri)) {
        names.insert(0, own(iri));
    }
    let others = read.contained.as_ref().map(CanonicalKey::guid).into_iter();
    let others = others.chain(read.iri.iter().flat_map(CanonicalKey::spellings));
    names.extend(others.map(|key| Name { key, surest: Strength::Spelling }));
    names
}

fn of_code(text: &str, read: &Identifier, framework: Option<&str>) -> Result<Vec<Name>, Unaskable> {
    if !matches!(read.kind, IdentifierKind::Code | IdentifierKind::Text) {
        let reason = "it names nothing that could be looked up";
        return Err(Unaskable::new(Verdict::Unknown, reason));
    }
    let framework = framework.and_then(|framework| identify(framework).key);
    let Some(framework) = framework else {
        let reason = "a code is asked for in private only together with the identifier of its framework; a title has no hash that a server could know";
        return Err(Unaskable::new(Verdict::Unsupported, reason));
    };
    let code = read.code.as_deref().unwrap_or(text.trim());
    let key = CanonicalKey::code(&framework, code);
    Ok(vec![Name { key, surest: Strength::Code }])
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    #[track_caller]
    fn check(text: &str, framework: Option<&str>, all: bool, expected: &[(&str, Strength)]) {
        let found = names(text, framework, all).unwrap();
        let found: Vec<_> = found.iter().map(|name| (name.key.as_str(), name.surest)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn one_prefix_is_given_away_for_an_identifier() {
        let guid = format!("guid:{GUID}");
        let address = format!("https://case.example/uri/{GUID}");
        check(&address, None, false, &[(&guid, Strength::Spelling)]);
        check(&format!("urn:uuid:{GUID}"), None, false, &[(&guid, Strength::Exact)]);
        check(
            "https://skills.example/1",
            None,
            false,
            &[("iri:https://skills.example/1", Strength::Exact)],
        );
        check(
            "3.NF-A.1",
            Some(&address),
            false,
            &[(&format!("code:{guid}|3.nf.a.1"), Strength::Code)],
        );
    }

    #[test]
    fn every_range_has_the_published_key_hash_and_prefixes() {
        let vectors = include_str!("../../ontology/vectors/ranges.json");
        let vectors: Vec<serde_json::Value> = serde_json::from_str(vectors).unwrap();
        assert!(vectors.len() >= 10);
        for vector in &vectors {
            let input = vector["input"].as_str().unwrap();
            let found = names(input, vector["framework"].as_str(), false).unwrap();
            let [name] = found.as_slice() else { panic!("{vector}: {found:?}") };
            assert_eq!(name.key.as_str(), vector["key"], "{vector}");
            assert_eq!(name.surest.as_str(), vector["strength"], "{vector}");
            let hash = index::digest::Digest::of(name.key.as_str().as_bytes());
            assert_eq!(hash.to_string(), vector["sha256"], "{vector}");
            for (digits, text) in (1..).zip(vector["prefixes"].as_array().unwrap()) {
                let prefix = index::range::Prefix::read(text.as_str().unwrap(), digits).unwrap();
                assert!(prefix.covers(&hash), "{vector}");
            }
        }
    }

    #[test]
    fn all_spellings_are_given_where_they_are_wanted() {
        let found = names("https://skills.example/1", None, true).unwrap();
        assert_eq!(found.len(), 8, "{found:?}");
        assert!(found.iter().any(|name| name.key.as_str() == "iri:http://www.skills.example/1/"));
        let found = names(&format!("https://case.example/uri/{GUID}"), None, true).unwrap();
        assert_eq!(found[0].key.as_str(), format!("iri:https://case.example/uri/{GUID}"));
        assert_eq!(found[1].key.as_str(), format!("guid:{GUID}"));
    }

    #[test]
    fn what_cannot_be_hashed_is_not_asked() {
        for (text, framework, verdict) in [
            ("3.NF.A.1", None, Verdict::Unsupported),
            ("3.NF.A.1", Some("Common Core"), Verdict::Unsupported),
            (" ", None, Verdict::Malformed),
        ] {
            assert_eq!(names(text, framework, false).unwrap_err().verdict, verdict, "{text}");
        }
    }
}
