//! Identifiers with a scheme but no address: URNs, `local:` and the like.

use crate::id::case_entity::CaseEntity;
use crate::id::ctid::Ctid;
use crate::id::dirt;
use crate::id::environment::Environment;
use crate::id::guid::{Guid, strip_prefix_ignore_case};
use crate::id::identifier::IdentifierKind;
use crate::id::iri;
use crate::id::key::CanonicalKey;
use crate::id::percent;
use crate::id::reading::Reading;

/// The prefixes that say no more than that a GUID follows.
const GUID_PREFIXES: [&str; 6] = ["urn:uuid:", "urn:guid:", "local:", "uuid:", "guid:", "urn:"];

/// The prefixes that say that a CTID follows, with `ce-` or without.
const CTID_PREFIXES: [&str; 2] = ["urn:ctid:", "ctid:"];

/// Reads one of the forms; `None` where the text has none of them.
pub(crate) fn read(text: &str) -> Option<Reading> {
    of_ctid(text)
        .or_else(|| of_guid(text))
        .or_else(|| of_case(text))
        .or_else(|| of_own_subject(text))
        .or_else(|| of_federated_code(text))
}

fn of_guid(text: &str) -> Option<Reading> {
    let rest = GUID_PREFIXES.iter().find_map(|prefix| strip_prefix_ignore_case(text, prefix))?;
    let guid = bare(rest).parse().ok()?;
    Some(Reading::guid(&guid, None))
}

fn of_ctid(text: &str) -> Option<Reading> {
    let rest = CTID_PREFIXES.iter().find_map(|prefix| strip_prefix_ignore_case(text, prefix))?;
    let (environment, name) = rest.rsplit_once(':').unwrap_or(("", rest));
    let name = bare(name);
    let guid: Guid = strip_prefix_ignore_case(name, "ce-").unwrap_or(name).parse().ok()?;
    Some(Reading::ctid(&Ctid::from(&guid), Environment::from(environment)))
}

/// The part of a name before its query, fragment or path, without what stands around it.
fn bare(name: &str) -> &str {
    dirt::trimmed(iri::split_before(name, &['?', '#', '/']).0)
}

/// `urn:case:{kind}:[{prefix}_]{guid}`, as OpenCASE accepts it.
fn of_case(text: &str) -> Option<Reading> {
    let rest = strip_prefix_ignore_case(text, "urn:case:")?;
    let (kind, name) = rest.split_once(':')?;
    let name = bare(name);
    let (prefix, guid) = name.split_at_checked(name.len().checked_sub(36)?)?;
    let is_prefix = prefix.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-'));
    let guid = Guid::hyphenated(guid).filter(|_| is_prefix)?;
    Some(Reading::guid(&guid, CaseEntity::of_urn_kind(kind)))
}

/// `urn:alidade:case:{host}:{identifier}`, the subject that an identifier without a UUID has in the graph.
fn of_own_subject(text: &str) -> Option<Reading> {
    let rest = strip_prefix_ignore_case(text, "urn:alidade:case:")?;
    let (host, identifier) = rest.split_once(':')?;
    let identifier = percent::decoded(identifier).unwrap_or_else(|| identifier.to_owned());
    let key = CanonicalKey::local(host, &identifier);
    Some(Reading::iri(IdentifierKind::CaseLocal, key).on(Some(host)))
}

/// `urn:fdc:{authority}:{date}:cfr:{framework}:{code}`: a code and the short name of its framework.
fn of_federated_code(text: &str) -> Option<Reading> {
    strip_prefix_ignore_case(text, "urn:fdc:")?;
    let at = text.to_ascii_lowercase().find(":cfr:")?;
    let (_, rest) = text.split_at_checked(at + ":cfr:".len())?;
    let (framework, code) = rest.split_once(':')?;
    let plain = |part: &str| percent::decoded(part).unwrap_or_else(|| part.to_owned());
    let (framework, code) = (plain(framework), plain(code));
    let is_empty = framework.is_empty() || code.trim().is_empty();
    (!is_empty).then(|| Reading::code(code.trim(), Some(&framework)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let key = read(&text.replace("UUID", UUID)).and_then(|reading| reading.key);
        assert_eq!(
            key.map(|key| key.to_string()),
            expected.map(|key| key.replace("UUID", UUID)),
            "{text}"
        );
    }

    #[test]
    fn the_uuid_behind_a_prefix_is_the_identity() {
        check("urn:uuid:UUID", Some("guid:UUID"));
        check("URN:GUID:UUID", Some("guid:UUID"));
        check("local:{UUID}", Some("guid:UUID"));
        check("urn:UUID", Some("guid:UUID"));
        check("urn:uuid:UUID#key-1", Some("guid:UUID"));
        check("urn:case:item:UUID", Some("guid:UUID"));
        check("urn:case:document:doc_UUID", Some("guid:UUID"));
        check("urn:ctid:UUID", Some("ctid:ce-UUID"));
        check("urn:ctid:ce-UUID", Some("ctid:ce-UUID"));
        check("CTID:Sandbox:CE-UUID", Some("ctid:sandbox:ce-UUID"));
        check("urn:alidade:case:Case.Example:a%20b", Some("id:case.example|a b"));
        check("urn:credential:UUID", None);
        check("urn:case:item:12UUID", None);
        check("urn:case:item:x", None);
    }

    #[test]
    fn a_federated_code_names_its_framework_and_itself() {
        let reading = read("urn:fdc:codes.example:2016:cfr:ABC-M:1%7Cx:2.A").unwrap();
        assert_eq!(reading.framework_hint.as_deref(), Some("ABC-M"));
        assert_eq!(reading.code.as_deref(), Some("1|x:2.A"));
        assert_eq!(reading.key, None);
    }
}
