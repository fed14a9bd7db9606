//! One reference, read by the first form that fits it.

use crate::id::case_entity::CaseEntity;
use crate::id::case_uri::{self, CaseId, CaseUri};
use crate::id::ctid::Ctid;
use crate::id::data_uri::{self, DataReference};
use crate::id::environment::Environment;
use crate::id::guid::{Guid, strip_prefix_ignore_case};
use crate::id::identifier::IdentifierKind;
use crate::id::key::CanonicalKey;
use crate::id::reading::Reading;
use crate::id::unresolvable::Unresolvable;
use crate::id::web_address::WebAddress;
use crate::id::{iri, percent, registry_uri, scan, term, urn};

/// How many references may stand inside one another.
const MAX_DEPTH: usize = 3;

/// Reads a reference of a known form; `None` for a plain IRI, a code and words.
pub(crate) fn read(text: &str) -> Option<Reading> {
    read_at(text, 0)
}

fn read_at(text: &str, depth: usize) -> Option<Reading> {
    if depth > MAX_DEPTH {
        return None;
    }
    read_name(text)
        .or_else(|| term::of_blank_node_label(text))
        .or_else(|| data(text, depth))
        .or_else(|| term::of_compact_iri(text))
        .or_else(|| glued(text, depth))
        .or_else(|| WebAddress::parse(text).and_then(|address| web(&address, depth)))
        .or_else(|| prefixed(text))
}

/// Reads a CTID or a GUID, alone or behind one of the known prefixes, and no address.
pub(crate) fn read_name(text: &str) -> Option<Reading> {
    bare(text).or_else(|| urn::read(text))
}

/// A CTID or a GUID with nothing around it but what a path or a file name adds.
fn bare(text: &str) -> Option<Reading> {
    let name = case_uri::without_suffix(text.trim_matches('/'));
    if let Ok(guid) = name.parse::<Guid>() {
        return Some(Reading::guid(&guid, None));
    }
    let package = || case_uri::package_guid(name).map(|guid| (CaseEntity::CFPackage, guid));
    if let Some((entity, guid)) = CaseEntity::of_glued_segment(name).or_else(package) {
        return Some(Reading::guid(&guid, Some(entity)));
    }
    let guid: Guid = strip_prefix_ignore_case(name, "ce-")?.parse().ok()?;
    Some(Reading::ctid(&Ctid::from(&guid), Environment::Production))
}

/// A CTID behind a prefix that is not known, such as that of a compact IRI: `res:ce-…`.
///
/// What holds a slash may be an address whose host would tell the environment, and is left alone.
fn prefixed(text: &str) -> Option<Reading> {
    let is_name = !text.contains(char::is_whitespace) && !text.contains(['/', '\\']);
    let mut ctids = scan::uuids(text).into_iter().filter(|found| found.is_ctid);
    let first = ctids.next().filter(|_| is_name)?;
    if ctids.any(|other| other.guid != first.guid) {
        return Some(Reading::unresolvable(Unresolvable::SeveralIdentifiers));
    }
    let named = text
        .split(':')
        .map(Environment::from)
        .find(|environment| matches!(environment, Environment::Sandbox | Environment::Staging));
    Some(Reading::ctid(&Ctid::from(&first.guid), named.unwrap_or_default()))
}

fn data(text: &str, depth: usize) -> Option<Reading> {
    match data_uri::read(text)? {
        DataReference::Reading(reading) => Some(*reading),
        DataReference::Inner(inner, source) => read_at(&inner, depth + 1)
            .or_else(|| plain_iri(&inner))
            .or_else(|| Some(Reading::code(&inner, source.as_deref()))),
    }
}

/// A plain address with an authority.
fn plain_iri(text: &str) -> Option<Reading> {
    let address = WebAddress::parse(text).filter(|address| address.host.is_some())?;
    let key = CanonicalKey::iri(text)?;
    Some(Reading::iri(IdentifierKind::Iri, key).on(address.host.as_deref()))
}

/// A reference inside the path of an address: the inner one counts, where it is of a known form or follows `/uri/`.
fn glued(text: &str, depth: usize) -> Option<Reading> {
    let (hierarchy, tail) = iri::split_before(text, &['?', '#']);
    let decoded = percent::fully_decoded(hierarchy);
    let (outer, inner) = inner_reference(hierarchy).or_else(|| inner_reference(&decoded))?;
    let inner = format!("{inner}{tail}");
    let path = outer.trim_end_matches(['/', '\\']).to_ascii_lowercase();
    let is_certain = ["/uri", "http:", "https:"].iter().any(|end| path.ends_with(end));
    read_at(&inner, depth + 1).or_else(|| plain_iri(&inner).filter(|_| is_certain))
}

/// Splits a path before the last web address in it, or before another IRI that follows `/uri/`.
fn inner_reference(path: &str) -> Option<(&str, &str)> {
    let lower = path.to_ascii_lowercase();
    let web = ["http:/", "https:/", "http:\\", "https:\\"];
    let address = web.iter().filter_map(|scheme| lower.rfind(scheme)).max();
    let other = || {
        let at = ["/uri/data:", "/uri/urn:"].iter().find_map(|start| lower.find(start))?;
        Some(at + "/uri/".len())
    };
    let (outer, inner) = path.split_at_checked(address.filter(|at| *at > 0).or_else(other)?)?;
    (!outer.ends_with(char::is_alphanumeric)).then_some((outer, inner))
}

/// A web address: the path first, then the query, then the fragment.
fn web(address: &WebAddress, depth: usize) -> Option<Reading> {
    let recut = address.recut();
    let case = case_uri::read(address);
    let case_again = recut.as_ref().and_then(case_uri::read);
    let best =
        [&case, &case_again].into_iter().flatten().find(|uri| matches!(uri.id, CaseId::Guid(_)));
    let reading = term::of_address(address)
        .or_else(|| registry_uri::in_path(address))
        .or_else(|| best.and_then(|uri| case_reading(uri, address)))
        .or_else(|| queried(address, case.as_ref(), depth))
        .or_else(|| case.as_ref().and_then(|uri| case_reading(uri, address)))
        .or_else(|| registry_uri::without_ctid(address))?;
    Some(reading.on(address.host.as_deref()))
}

/// What the query holds, where the path holds no identity.
fn queried(address: &WebAddress, case: Option<&CaseUri>, depth: usize) -> Option<Reading> {
    let nested = address
        .query_values()
        .filter(|value| iri::scheme(value).is_some_and(|(scheme, _)| iri::is_web(&scheme)))
        .find_map(|value| read_at(&value, depth + 1).filter(Reading::is_uuid));
    let guid = || {
        let uri = case?;
        let guid = address.query_values().find_map(|value| scan::last_guid(&value))?;
        Some(Reading::guid(&guid, uri.entity))
    };
    nested.or_else(|| registry_uri::behind_path(address)).or_else(guid)
}

fn case_reading(uri: &CaseUri, address: &WebAddress) -> Option<Reading> {
    let reading = match &uri.id {
        CaseId::Guid(guid) => Reading::guid(guid, uri.entity),
        CaseId::Local(identifier) => Reading {
            kind: IdentifierKind::CaseLocal,
            key: Some(CanonicalKey::local(address.host.as_deref()?, identifier)),
            entity: uri.entity,
            ..Reading::default()
        },
        CaseId::DatabaseRow => {
            let reading = Reading::unresolvable(Unresolvable::OpenSaltDatabaseId);
            Reading { entity: uri.entity, ..reading }
        }
        CaseId::Missing => return None,
    };
    Some(Reading { framework: uri.framework.clone(), ..reading })
}
