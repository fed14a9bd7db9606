//! The address forms of the Credential Registry and its Finder.
//!
//! A CTID is an identity wherever it stands: publishers mint CTIDs on hosts of their own. Only the environment is read off the host.
//! Registry addresses without a CTID are kept apart: an envelope has a UUID of its own, and a Finder page has a number.

use crate::id::ctid::Ctid;
use crate::id::dirt;
use crate::id::environment::Environment;
use crate::id::guid::Guid;
use crate::id::host;
use crate::id::identifier::IdentifierKind;
use crate::id::key::CanonicalKey;
use crate::id::reading::Reading;
use crate::id::scan;
use crate::id::unresolvable::Unresolvable;
use crate::id::web_address::WebAddress;

/// Reads the CTID in the path of an address, the last one where there are several.
pub(crate) fn in_path(address: &WebAddress) -> Option<Reading> {
    let ctid = scan::last_ctid(&address.path)
        .or_else(|| bare_uuid_resource(address))
        .or_else(|| scan::last_ctid(&dirt::mended(&address.path)))?;
    Some(Reading::ctid(&ctid, environment(address)))
}

/// Reads the CTID in the query or, failing that, in the fragment of an address.
pub(crate) fn behind_path(address: &WebAddress) -> Option<Reading> {
    let in_query = address.query_values().find_map(|value| scan::last_ctid(&value));
    let ctid = in_query.or_else(|| scan::last_ctid(&address.fragment))?;
    Some(Reading::ctid(&ctid, environment(address)))
}

/// Reads a Registry address that holds no CTID.
pub(crate) fn without_ctid(address: &WebAddress) -> Option<Reading> {
    if is_finder_page(address) {
        let reading = Reading::unresolvable(Unresolvable::FinderNumericId);
        return Some(Reading { environment: environment(address), ..reading });
    }
    let key = resource(address)?;
    let reading = Reading::iri(IdentifierKind::Iri, key);
    let contained = address.segments.last().and_then(|id| id.parse().ok());
    Some(Reading { environment: environment(address), contained, ..reading })
}

/// The environment that an address speaks of: that of its host, or of a registry named in the path of an archive.
pub(crate) fn environment(address: &WebAddress) -> Environment {
    let own = address.host.as_deref().map(Environment::of_host).unwrap_or_default();
    if own != Environment::Production || is_registry_family(address.site()) {
        return own;
    }
    let named = address.segments.iter().map(|segment| segment.to_ascii_lowercase());
    named
        .filter(|segment| is_registry_family(segment))
        .map(|host| Environment::of_host(&host))
        .next_back()
        .unwrap_or_default()
}

/// Whether the host is the Registry's, the Finder's or their publisher's, in any environment.
pub(crate) fn is_registry_family(host: &str) -> bool {
    let owners = [
        "credentialengineregistry.org",
        "credentialengineregistry.mil",
        "credentialengine.org",
        "credentialfinder.org",
        "credentialfinder.com",
        "lr-staging.learningtapestry.com",
    ];
    owners.iter().any(|owner| is_within(host, owner))
}

/// Whether the UUIDs in the address name envelopes, the wrappings of records, and not the records.
pub(crate) fn is_envelope(address: &WebAddress) -> bool {
    let has_envelopes = address.segments.iter().any(|s| s.eq_ignore_ascii_case("envelopes"));
    has_envelopes && is_registry_family(address.site())
}

fn is_within(host: &str, owner: &str) -> bool {
    host.strip_suffix(owner).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// `/resource/{uuid}`, as the Registry wrote its addresses before there were CTIDs.
fn bare_uuid_resource(address: &WebAddress) -> Option<Ctid> {
    let [.., resource, uuid] = address.segments.as_slice() else { return None };
    let is_old_form =
        resource.eq_ignore_ascii_case("resource") && is_registry_family(address.site());
    let guid: Guid = uuid.parse().ok().filter(|_| is_old_form)?;
    Some(Ctid::from(&guid))
}

/// Whether the address is a page of the Finder with a number where a CTID could stand: `/{type}/{number}[/{name}]`.
fn is_finder_page(address: &WebAddress) -> bool {
    let host = address.site();
    let is_finder =
        is_within(host, "credentialfinder.org") || is_within(host, "credentialfinder.com");
    let is_publisher = is_within(host, "credentialengine.org")
        && address.segments.first().is_some_and(|first| {
            matches!(first.to_ascii_lowercase().as_str(), "finder" | "publisher")
        });
    let is_number = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_word = |text: &String| text.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    let has_number = address
        .segments
        .windows(2)
        .any(|pair| matches!(pair, [kind, id] if is_word(kind) && is_number(id)));
    (is_finder || is_publisher) && has_number
}

/// The key of `[/{community}]/resources/{name}` where the name is no CTID: one spelling for every scheme, community and host name.
fn resource(address: &WebAddress) -> Option<CanonicalKey> {
    let host = address.site();
    let host = host.strip_prefix("registry.").unwrap_or(host);
    let environment = Environment::of_host(host);
    if host != environment.registry_host() {
        return None;
    }
    let name = match address.segments.as_slice() {
        [resources, name] | [_, resources, name] if resources.eq_ignore_ascii_case("resources") => {
            name
        }
        _ => return None,
    };
    let is_plain = !name.contains(['/', '?', '#', '%', '\\']);
    let tail = address.query.is_empty() && address.fragment.is_empty();
    let canonical = format!("https://{}/resources/{name}", host::without_www(host));
    CanonicalKey::iri(&canonical).filter(|_| is_plain && tail)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UUID: &str = "0f3a9c52-6b1d-4e7f-8a20-5c9d1e2f3a4b";

    #[track_caller]
    fn check(url: &str, expected: Option<&str>) {
        let address = WebAddress::parse(&url.replace("UUID", UUID)).unwrap();
        let key = in_path(&address).and_then(|reading| reading.key);
        assert_eq!(
            key.map(|key| key.to_string()),
            expected.map(|key| key.replace("UUID", UUID)),
            "{url}"
        );
    }

    #[test]
    fn a_ctid_counts_on_every_host_and_the_host_tells_the_environment() {
        check("https://credentialengineregistry.org/resources/ce-UUID", Some("ctid:ce-UUID"));
        check(
            "https://credentialengineregistry.org/ce-registry/graph/CE-UUID",
            Some("ctid:ce-UUID"),
        );
        check(
            "https://sandbox.credentialengine.org/finder/competency/ce-UUID",
            Some("ctid:sandbox:ce-UUID"),
        );
        check("https://publisher.example/skills/ce-UUID", Some("ctid:ce-UUID"));
        check("https://credentialengineregistry.org/resource/UUID", Some("ctid:ce-UUID"));
        check(
            "https://archive.example/2020/sandbox.credentialengineregistry.org/resources/ce-UUID",
            Some("ctid:sandbox:ce-UUID"),
        );
        check("https://publisher.example/resource/UUID", None);
        check("https://credentialengineregistry.org/resources/UUID", None);
        check("https://credentialengineregistry.org/envelopes/UUID", None);
    }

    #[test]
    fn a_number_is_no_ctid() {
        for (url, expected) in [
            ("https://credentialfinder.org/credential/20/Name", true),
            ("https://www.credentialfinder.com/organization/7", true),
            ("https://sandbox.credentialengine.org/finder/credential/20", true),
            ("https://credentialengine.org/2024/01/news", false),
            ("https://credentialfinder.org/about", false),
            ("https://other.example/credential/20", false),
        ] {
            assert_eq!(is_finder_page(&WebAddress::parse(url).unwrap()), expected, "{url}");
        }
    }
}
